"""A node supports and attacks the same point.

What is a reason for a point cannot also be a reason against it: the verdict would count one statement on both sides, and a reader
could not tell what it is meant to show. Restatements of the target, and of the node itself by the same speaker, are the same point.

Bad:

    id: light-scatters
    kind: objection
    text: Air scatters blue light more than red.
    supports: sky-is-blue
    attacks: sky-is-blue    # <- support-and-attack
    ---
    id: sky-is-blue
    kind: claim
    text: The sky is blue.

Good:

    id: light-scatters
    kind: claim
    text: Air scatters blue light more than red.
    supports: sky-is-blue
    ---
    id: sky-is-blue
    kind: claim
    text: The sky is blue.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.linting.scope import STRUCTURE
from kb.mentions import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.model import Relation

SEVERITY = "error"
READS = STRUCTURE
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Compare the attacks on every point with the supports of it."""
    points = debate.points
    supports: dict[tuple[str, str], list[Relation]] = defaultdict(list)
    for relation in mentions(debate).relations["supports"]:
        if relation.to in points:
            supports[points[relation.node], points[relation.to]].append(relation)
    for attack in mentions(debate).relations["attacks"]:
        for support in supports.get((points[attack.node], points.get(attack.to, "")), ()):
            if attack.node == support.node or _share_maker(debate, attack, support):
                yield _problem(attack, support)
                break


def _share_maker(debate: Debate, one: Relation, other: Relation) -> bool:
    """Whether somebody makes both; two people may well draw opposite conclusions from one point."""
    first, second = set(debate.makers(one)), set(debate.makers(other))
    return bool(first & second) or first == second


def _problem(attack: Relation, support: Relation) -> Problem:
    message = f"`{attack.node}` attacks `{attack.to}`, which it also supports"
    if (attack.node, attack.to) != (support.node, support.to):
        message = (
            f"`{attack.node}` attacks `{attack.to}`, but `{support.node}` supports `{support.to}`: the same points"
        )
    also = ((*support.target_place(), "supported here"),)
    help_text = "keep what is meant, or split the node into two points"
    return Problem(attack.target_place(), message, help_text, attack.node, also)
