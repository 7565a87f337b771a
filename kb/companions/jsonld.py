"""The whole debate as linked data, one record in each line: JSON-LD (W3C Recommendation, 1.1) with the vocabulary of AIF."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from kb.output.links import Stream
from kb.publishing import addresses, aif
from kb.publishing.json_lines import NodeLines, in_lines, of_nodes, patched
from kb.queries.published import encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.debate import Debate
    from kb.model import Node
    from kb.output.links import Before, Piece
    from kb.tables import Row

REUSES = True
_NODE = b'\n{"id":"' + addresses.node("").partition(".")[0].encode()
"""How the line of a node begins."""


def files(debate: Debate, before: Before) -> Iterator[Stream]:
    """The debate, as one file."""
    previous = before.file(addresses.DEBATE_JSONLD)
    yield Stream(
        addresses.DEBATE_JSONLD, patched(debate, _node_lines, addresses.node, previous) or _pieces(debate, previous)
    )


def _pieces(debate: Debate, previous: bytes | None) -> Iterator[Piece]:
    head = f'{{"@context":{encode(aif.context(addresses.site_url(debate.settings.url)))},\n"@graph":'.encode()
    yield head
    nodes = None if previous is None else NodeLines(previous, max(previous.rfind(b"\n]"), 0))
    lines_before = _lines_before_nodes(debate, len(head), previous)
    yield from in_lines(chain(lines_before, of_nodes(debate, _node_lines, addresses.node, nodes)))
    yield b"}\n"


def _lines_before_nodes(debate: Debate, start: int, previous: bytes | None) -> Iterable[bytes]:
    """The lines before those of nodes: participants and sources, which do not depend on points."""
    end = -1 if previous is None else previous.find(_NODE, start)
    if previous is None or end < 0:
        return chain(_lines(aif.participant_rows(debate)), _lines(aif.source_rows(debate)))
    return filter(None, [previous[start + len("[\n") : end - len(",")]])


def _node_lines(debate: Debate, node: Node) -> Iterator[bytes]:
    return _lines(aif.node_rows(debate, node))


def _lines(rows: Iterable[Row]) -> Iterator[bytes]:
    return (encode(row).encode() for row in rows)
