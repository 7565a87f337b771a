"""A node is related to itself.

Nothing is a reason for itself or an objection to itself, and what restates a point is that point: the relation says nothing, and the
verdict it leads to is not one that anybody argued for.

Bad:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    supports: sky-is-blue    # <- self-relation

Bad:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    ---
    id: heaven-is-blue
    kind: claim
    text: Heaven is blue.
    restates: sky-is-blue
    supports: sky-is-blue    # <- self-relation

Good:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    supports: day-is-bright
    ---
    id: day-is-bright
    kind: claim
    text: The day is bright.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.linting.scope import STRUCTURE
from kb.mentions import mentions
from kb.vocabulary import AGAINST, FOR, RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.model import Relation

SEVERITY = "error"
READS = STRUCTURE
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Look for relations whose ends are one node, or one point, and undercuts of a node's own step."""
    points = debate.points
    for relations in mentions(debate).relations.values():
        for relation in relations:
            if relation.to == relation.node:
                message = f"`{relation.node}` is related to itself"
            elif relation.kind == "undercuts":
                if not _denies_own_step(debate, relation):
                    continue
                message = f"`{relation.node}` undercuts a step of its own"
            elif relation.to in points and points[relation.to] == points[relation.node] and _takes_sides(relation):
                message = f"`{relation.node}` {relation.kind} `{relation.to}`, which is the same point restated"
            else:
                continue
            yield Problem(relation.target_place(), message, "name the other end, or remove the relation", relation.node)


def _takes_sides(relation: Relation) -> bool:
    return RELATIONS[relation.kind].polarity in {FOR, AGAINST}


def _denies_own_step(debate: Debate, relation: Relation) -> bool:
    return any(step.node == relation.node for step in debate.undercut_targets(relation))
