"""The whole debate as linked data, a record in a line: JSON-LD (W3C Recommendation, 1.1) with the vocabulary of AIF."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from kb.publishing import addresses, aif
from kb.publishing.lines import again, in_lines, of_nodes
from kb.publishing.links import Stream
from kb.queries.published import encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.debate import Debate
    from kb.model import Node
    from kb.publishing.links import Before
    from kb.tables import Row

REUSES = True


def files(debate: Debate, before: Before) -> Iterator[Stream]:
    """One file."""
    there = before.file(addresses.LINKED)
    yield Stream(addresses.LINKED, again(debate, _told, addresses.node, there) or _pieces(debate, there))


def _pieces(debate: Debate, before: bytes | None) -> Iterator[bytes]:
    context = encode(aif.context(addresses.published(debate.settings.url)))
    yield f'{{"@context":{context},\n"@graph":'.encode()
    yield from in_lines(chain(_lines(aif.records(debate)), of_nodes(debate, _told, addresses.node, before)))
    yield b"}\n"


def _told(debate: Debate, node: Node) -> Iterator[bytes]:
    return _lines(aif.of_node(debate, node))


def _lines(rows: Iterable[Row]) -> Iterator[bytes]:
    return (encode(row).encode() for row in rows)
