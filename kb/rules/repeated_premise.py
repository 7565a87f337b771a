"""A step lists a premise twice, or one of its own ends as a premise.

The node itself carries the step already, and what is to be shown cannot be among the reasons for it. Readers would count one premise as
two, or find a point resting on itself.

Bad:

    id: light-scatters
    kind: claim
    text: Air scatters blue light more than red.
    supports:
      - to: sky-is-blue
        with: [light-scatters]    # <- repeated-premise
    ---
    id: sky-is-blue
    kind: claim
    text: The sky is blue.

Bad:

    id: light-scatters
    kind: claim
    text: Air scatters blue light more than red.
    ---
    id: from-scattering
    kind: argument
    premises:
      - light-scatters
      - sky-is-blue    # <- repeated-premise
    supports: sky-is-blue
    ---
    id: sky-is-blue
    kind: claim
    text: The sky is blue.

Good:

    id: light-scatters
    kind: claim
    text: Air scatters blue light more than red.
    supports:
      - to: sky-is-blue
        with: [sun-is-white]
    ---
    id: sun-is-white
    kind: claim
    text: The light of the sun is white.
    ---
    id: sky-is-blue
    kind: claim
    text: The sky is blue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.linting.scope import STRUCTURE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.finding import Place
    from kb.model import Node, Relation

SEVERITY = "error"
READS = STRUCTURE
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Look through linked premises and the premises of arguments."""
    for node in debate.nodes.values():
        for relation in node.relations:
            if relation.premises:
                yield from _linked(node, relation)
        if node.premises:
            yield from _listed(node)


def _linked(node: Node, relation: Relation) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, premise in enumerate(relation.premises):
        place = relation.place("with", index)
        yield from _problem(node, place, premise, relation.to, seen, "carries this step already")


def _listed(node: Node) -> Iterator[Problem]:
    seen: set[str] = set()
    target = next((relation.to for relation in node.relations), "")
    for entry in node.premises:
        yield from _problem(node, entry.place(), entry.id, target, seen, "is the argument itself")


def _problem(node: Node, place: Place, premise: str, target: str, seen: set[str], itself: str) -> Iterator[Problem]:
    if premise == node.id:
        yield Problem(place, f"`{premise}` {itself}", "name the other premises only", node.id)
    elif premise == target:
        yield Problem(place, f"`{premise}` is both a premise and what is argued about", "leave it out", node.id)
    elif premise in seen:
        yield Problem(place, f"the premise `{premise}` is listed twice", "remove one of them", node.id)
    seen.add(premise)
