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
    from collections.abc import Iterator, Sequence

    from kb.debate import Debate
    from kb.model import Node, Relation

SEVERITY = "error"
READS = STRUCTURE
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Look through linked premises and the premises of arguments."""
    for node in debate.nodes.values():
        for relation in node.relations:
            if relation.premises:
                yield from _repeated_linked_premises(node, relation)
        if node.premises:
            yield from _repeated_listed_premises(node)


def _repeated_linked_premises(node: Node, relation: Relation) -> Iterator[Problem]:
    faults = _wrong_premises(node, relation.premises, relation.to, "carries this step already")
    for index, (message, remedy) in faults:
        yield Problem(relation.place("with", index), message, remedy, node.id)


def _repeated_listed_premises(node: Node) -> Iterator[Problem]:
    target = next((relation.to for relation in node.relations), "")
    faults = _wrong_premises(node, [entry.id for entry in node.premises], target, "is the argument itself")
    for index, (message, remedy) in faults:
        yield Problem(node.premises[index].place(), message, remedy, node.id)


def _wrong_premises(
    node: Node, premises: Sequence[str], target: str, itself: str
) -> Iterator[tuple[int, tuple[str, str]]]:
    """By number the premises that should not be listed: what is wrong, and what would be right."""
    seen: set[str] = set()
    for index, premise in enumerate(premises):
        if premise == node.id:
            yield index, (f"`{premise}` {itself}", "name the other premises only")
        elif premise == target:
            yield index, (f"`{premise}` is both a premise and what is argued about", "leave it out")
        elif premise in seen:
            yield index, (f"the premise `{premise}` is listed twice", "remove one of them")
        seen.add(premise)
