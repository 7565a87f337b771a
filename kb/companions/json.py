"""JSON beside the pages of people, sources, terms, topics and lists, and of the whole debate in one file.

A list has a record in a line, so that programs can read it line by line and git can show what changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.linting.manual import rules
from kb.publishing import addresses
from kb.publishing.lines import in_lines, of_nodes
from kb.publishing.links import Output, Stream
from kb.queries import open as disputes
from kb.queries import published
from kb.queries.published import encode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kb.debate import Debate
    from kb.model import Node
    from kb.publishing.lines import Before

REUSES = True
_AFTER_NODES = b'\n],\n"participants":'
"""What follows the nodes in the file of the debate; the records after it have ids that a node may have, too."""


def files(debate: Debate, before: Before) -> Iterator[Output | Stream]:
    """All of it."""
    tables = {
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
    yield _file(addresses.OPEN, _list(map(encode, disputes.rows(debate, settled=True))))
    yield _file(addresses.RULES, _list(encode(rule._asdict()) for rule in rules()))
    yield _file(addresses.ABOUT, encode(published.vocabulary_rows()).encode())
    yield Stream(addresses.beside(addresses.HOME), _whole(debate, tables, before(addresses.DEBATE_JSON)))


def _whole(debate: Debate, tables: Mapping[str, Mapping[str, str]], before: bytes | None) -> Iterator[bytes]:
    """The debate with its nodes, and the records of those tables."""
    nodes = None if before is None else before.partition(_AFTER_NODES)[0]
    yield f'{encode(published.debate_row(debate))[:-1]},\n"nodes":'.encode()
    yield from in_lines(of_nodes(debate, _brief, str, nodes))
    for name, rows in tables.items():
        yield f",\n{encode(name)}:".encode() + _list(rows.values())
    yield b"}\n"


def _brief(debate: Debate, node: Node) -> Iterator[bytes]:
    yield published.briefs(debate)[node.id].encode()


def _written(rows: Mapping[str, object]) -> dict[str, str]:
    return {name: encode(row) for name, row in rows.items()}


def _each(rows: Mapping[str, str], page: Callable[[str], str]) -> Iterator[Output]:
    """A file beside the page of each record."""
    return (_file(page(name), row.encode()) for name, row in rows.items())


def _file(page: str, text: bytes) -> Output:
    """The JSON beside a page."""
    return Output(addresses.beside(page), text + b"\n")


def _list(rows: Iterable[str]) -> bytes:
    """A list with a record in a line."""
    return b"".join(in_lines(row.encode() for row in rows))
