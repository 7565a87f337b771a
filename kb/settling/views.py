"""The debate as one participant sees it: the unsettled leaves come out as they hold or deny them, the rest follows.

What somebody accepts or leans to is in for them, what they deny is out; what they doubt or never spoke of stays open. So a view says
what a person's own commitments come to (commitment stores: Walton and Krabbe, *Commitment in Dialogue*, §4), not what they would say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.semantics import grounded
from kb.settling.downstream import Downstream
from kb.settling.flips import supposing
from kb.standing.acts import HOLDS
from kb.standing.framework import NO, OPEN, YES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.evaluate import Evaluation
    from kb.semantics.grounded import Labelling
    from kb.settling.conditions import Conditions

_OTHER = {YES: NO, NO: YES}


def held(evaluation: Evaluation, participant: str) -> dict[int, str]:
    """How the unsettled leaves come out for a participant, by number; those they have no firm stance on are left out."""
    found: dict[int, str] = {}
    for number in _open_leaves(evaluation):
        stance = evaluation.stances.ledger(evaluation.frame.points[number].id).now.get(participant)
        if stance in HOLDS:
            found[number] = YES
        elif stance == "denies":
            found[number] = NO
    return found


def labels_as(evaluation: Evaluation, participant: str, supposed: Mapping[int, str] | None = None) -> Labelling:
    """The grounded labelling with the unsettled leaves as a participant has them, and what is `supposed` besides."""
    own = {**held(evaluation, participant), **(supposed or {})}
    others = [evaluation.frame.index[point] for point in evaluation.unsettled]
    return grounded.label(evaluation.frame, [number for number in others if number not in own], fixed=own)


def sight(evaluation: Evaluation, participant: str) -> Downstream:
    """The labelling as a participant has it, and what would become of it if they thought otherwise of a point."""
    numbers = [evaluation.frame.index[point] for point in evaluation.unsettled]
    labels = labels_as(evaluation, participant)
    return Downstream(evaluation.frame, labels, numbers, held(evaluation, participant))


def at_odds(found: Conditions, outcomes: Mapping[int, str]) -> list[int]:
    """The leaves that somebody's other commitments rule out."""
    with supposing(found, outcomes):
        torn = [leaf for leaf, label in outcomes.items() if found.overridden(found.literal(leaf, _OTHER[label]))]
    return [leaf for leaf in torn if _ruled_out(found, outcomes, leaf)]


def _ruled_out(found: Conditions, outcomes: Mapping[int, str], leaf: int) -> bool:
    """Whether the other outcomes rule one out by themselves, and not it itself."""
    with supposing(found, {other: label for other, label in outcomes.items() if other != leaf}):
        return found.label(leaf) == _OTHER[outcomes[leaf]]


def _open_leaves(evaluation: Evaluation) -> list[int]:
    """Unsettled leaves that the cautious view does not decide."""
    numbers = (evaluation.frame.index[point] for point in evaluation.unsettled)
    return sorted(number for number in numbers if evaluation.careful.points[number] == OPEN)
