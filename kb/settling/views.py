"""The debate as one participant sees it: what they hold is so, what they deny is not, and the rest follows.

What somebody accepts or leans to is in for them, what they deny is out; what they doubt or never spoke of follows from that, or stays
open. So a view says what a person's commitments come to (commitment stores: Walton and Krabbe, *Commitment in Dialogue*, ch. 4). What all
sides accept decides for everybody: a stance that goes against it counts no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.semantics import grounded
from kb.settling.flips import basis_granted, supposing
from kb.standing.framework import NO, OPEN, YES
from kb.standing.stances import stances_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kb.evaluate import Evaluation
    from kb.semantics.grounded import Labelling
    from kb.settling.conditions import Conditions

_OTHER = {YES: NO, NO: YES}
_FIRM = {"accepts": YES, "leans": YES, "denies": NO}
"""How a point comes out for somebody with this stance on it."""


def held_outcomes(evaluation: Evaluation, participant: str) -> dict[int, str]:
    """How undecided points come out for a participant, by number; those they have no firm stance on are left out."""
    outcomes: dict[int, str] = {}
    for point, stance in stances_of(evaluation.debate, participant).items():
        number = evaluation.frame.index[point]
        if evaluation.cautious.points[number] == OPEN and stance in _FIRM:
            outcomes[number] = _FIRM[stance]
    return outcomes


def labels_seen_by(evaluation: Evaluation, participant: str) -> Labelling:
    """The grounded labelling with undecided points as a participant has them."""
    return labels_with(evaluation, held_outcomes(evaluation, participant))


def labels_with(evaluation: Evaluation, outcomes: Mapping[int, str], granted: int | None = None) -> Labelling:
    """The grounded labelling with these outcomes of points, and of the unsettled leaves at most one granted."""
    unsettled = (evaluation.frame.index[point] for point in evaluation.unsettled)
    open_still = [number for number in unsettled if number not in outcomes and number != granted]
    return grounded.label(evaluation.frame, open_still, fixed=outcomes)


def label_given(conditions: Conditions, target: int, outcomes: Mapping[int, str]) -> str:
    """The label of a point by what somebody holds of others: whether that carries what they say of it, or of its rivals."""
    with basis_granted(conditions, target), supposing(conditions, outcomes_without(conditions, target, outcomes)):
        return conditions.label(target)


def outcomes_without(conditions: Conditions, target: int, outcomes: Mapping[int, str]) -> dict[int, str]:
    """Outcomes without those of a point and of its rivals, which answer the same question."""
    competing = rival_points(conditions, target)
    return {n: label for n, label in outcomes.items() if n != target and n not in competing}


def rival_points(conditions: Conditions, target: int) -> set[int]:
    """The points that answer the same question as a point."""
    return {n for group in conditions.frame.points[target].groups for n in conditions.frame.groups[group]}


def outcomes_ahead_of(conditions: Conditions, points: Iterable[int], outcomes: Mapping[int, str]) -> dict[int, str]:
    """Outcomes without those of what some points lead to: what was said of it is put to the test by them."""
    start = [n for n in points if n in conditions]
    queue = [conditions.literal(n, label) for n in start for label in (YES, NO)]
    seen = set(queue)
    for literal in queue:
        more = [then for then in conditions.follows[literal] if then not in seen]
        seen.update(more)
        queue += more
    reached = {named[0] for named in map(conditions.point_and_label, queue) if named is not None}.difference(start)
    return {n: label for n, label in outcomes.items() if n not in reached}


def points_at_odds(conditions: Conditions, outcomes: Mapping[int, str]) -> list[int]:
    """The points that somebody's other commitments rule out as they have them."""
    with supposing(conditions, outcomes):
        contested = [
            leaf
            for leaf, label in outcomes.items()
            if conditions.is_overridden(conditions.literal(leaf, _OTHER[label]))
        ]
    return [leaf for leaf in contested if _is_ruled_out(conditions, outcomes, leaf)]


def _is_ruled_out(conditions: Conditions, outcomes: Mapping[int, str], leaf: int) -> bool:
    """Whether the other outcomes rule one out by themselves, without its help."""
    with supposing(conditions, {other: label for other, label in outcomes.items() if other != leaf}):
        return conditions.label(leaf) == _OTHER[outcomes[leaf]]
