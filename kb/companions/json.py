"""JSON beside the pages of people, sources, terms, topics and lists, and of the whole debate in one file.

A list has a record in a line, so that programs can read it line by line and git can show what changed.
"""

from __future__ import annotations

from json import JSONEncoder
from typing import TYPE_CHECKING

from kb.linting.manual import rules
from kb.publishing import addresses
from kb.publishing.links import Output
from kb.queries import open as disputes
from kb.queries import published

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kb.debate import Debate

_encode = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def files(debate: Debate) -> Iterator[Output]:
    """All of it."""
    tables = {
        "nodes": _written(published.brief_rows(debate)),
        "participants": _written(published.participant_rows(debate)),
        "sources": _written(published.source_rows(debate)),
        "terms": _written(published.term_rows(debate)),
        "topics": _written(published.topic_rows(debate)),
    }
    yield from _each(tables["participants"], addresses.person)
    yield from _each(tables["sources"], addresses.source)
    yield from _each(tables["terms"], addresses.term)
    yield from _each(tables["topics"], addresses.topic)
    yield _file(addresses.PEOPLE, _list(tables["participants"].values()))
    yield _file(addresses.SOURCES, _list(tables["sources"].values()))
    yield _file(addresses.TERMS, _list(tables["terms"].values()))
    yield _file(addresses.TOPICS, _list(tables["topics"].values()))
    yield _file(addresses.OPEN, _list(map(_encode, disputes.rows(debate, settled=True))))
    yield _file(addresses.RULES, _list(_encode(rule._asdict()) for rule in rules()))
    yield _file(addresses.ABOUT, _encode(published.vocabulary_rows()))
    lists = (f"{_encode(name)}:{_list(rows.values())}" for name, rows in tables.items())
    yield _file(addresses.HOME, ",\n".join([_encode(published.debate_row(debate))[:-1], *lists]) + "}")


def _written(rows: Mapping[str, object]) -> dict[str, str]:
    return {name: _encode(row) for name, row in rows.items()}


def _each(rows: Mapping[str, str], page: Callable[[str], str]) -> Iterator[Output]:
    """A file beside the page of each record."""
    return (_file(page(name), row) for name, row in rows.items())


def _file(page: str, text: str) -> Output:
    """The JSON beside a page."""
    return Output(addresses.beside(page), f"{text}\n".encode())


def _list(rows: Iterable[str]) -> str:
    """A list with a record in a line."""
    inside = ",\n".join(rows)
    return f"[\n{inside}\n]" if inside else "[]"
