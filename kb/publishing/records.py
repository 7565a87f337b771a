"""The records that are no nodes, as JSON: one is written again only if what it says of nodes changed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kb.memory import once
from kb.output.links import Bundle, Output, bundle
from kb.publishing import addresses
from kb.publishing.json_lines import lines_by_id
from kb.queries.published import encode, record_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kb.debate import Debate
    from kb.output.links import Before
    from kb.queries.published import RecordTable

_PAGES: Mapping[str, Callable[[str], str]] = {
    "participants": addresses.person,
    "sources": addresses.source,
    "terms": addresses.term,
    "topics": addresses.topic,
}
"""By table the function that gives the page of a record."""


@once
def json_bundles(debate: Debate) -> Mapping[str, Mapping[str, Bundle]]:
    """The JSON beside the page of each record, by table and id."""
    return {
        name: {
            id_: bundle((name, id_, table.of(id_)), partial(_json_beside, _PAGES[name](id_), table, id_))
            for id_ in table.ids
        }
        for name, table in record_tables(debate).items()
    }


def _json_beside(page: str, table: RecordTable, id_: str) -> Iterator[Output]:
    yield Output(addresses.json_beside(page), f"{encode(table.row(id_))}\n".encode())


def record_lines(debate: Debate, name: str, before: Before, file: bytes | None) -> Iterator[bytes]:
    """The records of a table, each as a line; those that have not changed are taken from `file`, what followed the nodes in `debate.json`, if any."""
    table, known = record_tables(debate)[name], {} if file is None else _table_lines(file, name)
    return (_line(table, found, before, known) for found in json_bundles(debate)[name].items())


def _line(table: RecordTable, record: tuple[str, Bundle], before: Before, known: Mapping[bytes, bytes]) -> bytes:
    id_, beside = record
    line = known.get(encode(id_).encode()) if before.known(beside.mark) is not None else None
    return encode(table.row(id_)).encode() if line is None else line


def _table_lines(file: bytes, table: str) -> Mapping[bytes, bytes]:
    begin = file.rfind(f'\n"{table}":[\n'.encode())
    return lines_by_id(file[begin : file.find(b"\n]", begin)]) if begin >= 0 else {}
