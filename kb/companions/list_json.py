"""JSON beside the pages of people, sources, terms and topics, and beside the lists of them: a record in a line.

Programs can so read a list line by line, and git shows what changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.linting.manual import rules
from kb.publishing import addresses
from kb.publishing.faces import STRUCTURE
from kb.publishing.lines import as_list
from kb.publishing.links import Output
from kb.queries import published
from kb.queries.published import encode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kb.debate import Debate

READS = STRUCTURE


def files(debate: Debate) -> Iterator[Output]:
    """All of them."""
    tables = published.tables(debate)
    yield from _each(tables["participants"], addresses.person)
    yield from _each(tables["sources"], addresses.source)
    yield from _each(tables["terms"], addresses.term)
    yield from _each(tables["topics"], addresses.topic)
    yield _list(addresses.PEOPLE, tables["participants"].values())
    yield _list(addresses.SOURCES, tables["sources"].values())
    yield _list(addresses.TERMS, tables["terms"].values())
    yield _list(addresses.TOPICS, tables["topics"].values())
    yield _list(addresses.RULES, (encode(rule._asdict()) for rule in rules()))
    yield _file(addresses.ABOUT, encode(published.vocabulary_rows()))


def _each(rows: Mapping[str, str], page: Callable[[str], str]) -> Iterator[Output]:
    """A file beside the page of each record."""
    return (_file(page(name), row) for name, row in rows.items())


def _list(page: str, rows: Iterable[str]) -> Output:
    return Output(addresses.beside(page), as_list(rows))


def _file(page: str, row: str) -> Output:
    """The JSON beside a page."""
    return Output(addresses.beside(page), f"{row}\n".encode())
