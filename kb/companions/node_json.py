"""JSON beside the page of each question, claim, objection, reply and argument."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.output.links import Output
from kb.publishing import addresses
from kb.queries import published

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.debate import Debate
    from kb.model import Node

LOCAL = True


def files(debate: Debate, nodes: Iterable[Node]) -> Iterator[Output]:
    """A file for each node."""
    for node in nodes:
        yield Output(
            addresses.json_beside(addresses.node(node.id)), f"{published.node_json(debate, node.id)}\n".encode()
        )
