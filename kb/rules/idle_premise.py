"""A step rests on a premise that nobody holds and nothing speaks for.

Linked premises carry a conclusion only together, so a step is as good as the weakest of them. One that is only `mentioned`,
raised and held by nobody, was smuggled in: readers see a reason that stands on a point nobody put forward. Say who holds it, give
a reason for it, or mark it as supposed (`certainty: arguendo`). The rule finds linked premises and premises of arguments.

Bad:

    id: rents-fall
    kind: claim
    text: Rents fall where more flats are built.
    supports:
      - to: build-more
        with: [land-is-free]    # <- idle-premise
    ---
    id: land-is-free
    kind: claim
    text: There is land to build on.
    certainty: mentioned
    ---
    id: build-more
    kind: claim
    text: The city should build more flats.

Good:

    id: rents-fall
    kind: claim
    text: Rents fall where more flats are built.
    supports:
      - to: build-more
        with: [land-is-free]
    ---
    id: land-is-free
    kind: claim
    text: There is land to build on.
    certainty: mentioned
    ---
    id: harbour-is-empty
    kind: claim
    text: Half of the old harbour is empty.
    supports: land-is-free
    ---
    id: build-more
    kind: claim
    text: The city should build more flats.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.linting.scope import STRUCTURE
from kb.mentions import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.finding import Place
    from kb.model import Node

SEVERITY = "warning"
READS = STRUCTURE | {"rejected"}
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Look at the linked premises that are only mentioned."""
    mentioned = {node.id for node in debate.nodes.values() if node.certainty == "mentioned"}
    if debate.rejected or not mentioned:
        return  # what was not read may hold them
    idle = _idle_nodes(debate, mentioned)
    for node in debate.nodes.values():
        for premise, place in (*_linked_premises(node), *((entry.id, entry.place()) for entry in node.premises)):
            if premise in idle:
                message = f"`{node.id}` rests on `{premise}`, which nobody holds and nothing speaks for"
                also = ((*debate.nodes[premise].place("certainty"), "only mentioned"),)
                help_text = "say who holds it, support it, or suppose it with `certainty: arguendo`"
                yield Problem(place, message, help_text, node.id, also)


def _linked_premises(node: Node) -> Iterator[tuple[str, Place]]:
    """The premises that the relations of a node add to it, and where they are written."""
    for relation in node.relations:
        for index, premise in enumerate(relation.premises):
            yield premise, relation.place("with", index)


def _idle_nodes(debate: Debate, mentioned: set[str]) -> set[str]:
    """Of nodes that are only mentioned those that nobody put forward, granted, is taken to hold, or gave a reason for."""
    relations, points = mentions(debate).relations, debate.points
    spoken_for = {points[r.to] for kind in ("supports", "concedes") for r in relations[kind] if r.to in points}
    spoken_for |= {points[n.id] for n in debate.nodes.values() if n.certainty != "mentioned" or n.attributed_to}
    return {node_id for node_id in mentioned if points[node_id] not in spoken_for}
