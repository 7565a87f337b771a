"""The whole debate as JSON in one file, one record in each line, so that programs can read it and git can compare it line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.output.links import Stream
from kb.publishing import addresses, records
from kb.publishing.json_lines import NodeLines, in_lines, of_nodes, patched
from kb.queries import published
from kb.queries.published import encode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.model import Node
    from kb.output.links import Before, Piece

REUSES = True
_AFTER_NODES = b'\n],\n"participants":'
"""What follows the nodes; records after it may have the same ids as nodes."""


def files(debate: Debate, before: Before) -> Iterator[Stream]:
    """The debate, as one file."""
    yield Stream(addresses.DEBATE_JSON, _pieces(debate, before))


def _pieces(debate: Debate, before: Before) -> Iterator[Piece]:
    """The debate with its nodes, and then all other records."""
    file = before.file(addresses.DEBATE_JSON)
    edited = patched(debate, _brief, str, file)
    if edited is not None:
        yield from edited
        return
    nodes = None if file is None else NodeLines(file, max(file.find(_AFTER_NODES), 0))
    yield f'{encode(published.debate_row(debate))[:-1]},\n"nodes":'.encode()
    yield from in_lines(of_nodes(debate, _brief, str, nodes))
    others = None if nodes is None else nodes.file[nodes.end :]
    del file, nodes  # of a large debate they take much memory
    for name in published.record_tables(debate):
        yield f",\n{encode(name)}:".encode()
        yield from in_lines(records.record_lines(debate, name, before, others))
    yield b"}\n"


def _brief(debate: Debate, node: Node) -> Iterator[bytes]:
    yield published.brief_rows(debate)[node.id].encode()
