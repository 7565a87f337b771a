"""What would follow if some points held, or did not: every verdict that changes, and through what."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.evaluate import evaluate
from kb.finding import KbError
from kb.queries.lookup import find_node, require_id
from kb.queries.telling import NodeMention, plain_text
from kb.queries.why import account
from kb.semantics import grounded
from kb.settling.conditions import conditions
from kb.settling.views import held_outcomes, labels_with, outcomes_ahead_of
from kb.standing.framework import NO, OPEN, YES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kb.debate import Debate
    from kb.evaluate import Evaluation
    from kb.semantics.grounded import Labelling
    from kb.standing.framework import Framework, Point
    from kb.tables import Row

COLUMNS = ("id", "was", "would_be", "because")
OUTCOMES = (YES, NO)
_AGAINST = {YES: " holds against it", NO: " does not hold against it", OPEN: ", against it, is undecided"}
_FOR = {YES: " is a reason that holds", NO: " is a reason that fails", OPEN: " is a reason that is undecided"}
_UNDER = {YES: " undercuts it", NO: " does not undercut it", OPEN: ", which undercuts it, is undecided"}
_RIVAL = {YES: ", its rival, holds", NO: ", its rival, does not hold", OPEN: ", its rival, is undecided"}


class Change(NamedTuple):
    """A point whose verdict would be another, and through what that comes about."""

    id: str
    was: str
    would_be: str
    because: str


def changes(debate: Debate, supposed: Mapping[str, str], participant: str | None = None) -> tuple[Change, ...]:
    """What changes if these nodes are `in` or `out`, in the order in which one thing follows from another.

    The supposed labels override whatever bears on those nodes (an intervention; see `semantics.grounded`). With a participant: what
    changes in the debate as they see it, without what they said of anything that these nodes lead to. Raises `KbError` for what is no
    node or has no verdict, and for somebody who takes no part.
    """
    evaluation = evaluate(debate)
    if participant is not None:
        require_id(participant, debate.participants, "participant")
    for node_id in supposed:
        if find_node(debate, node_id) and evaluation.verdict(node_id) is None:
            message = f"`{node_id}` can be neither in nor out: {account(debate, node_id).text.rstrip('.')}"
            raise KbError(message)
    fixed = _fixed_labels(evaluation, supposed)
    if participant is None:
        before, after = evaluation.record, grounded.label(evaluation.frame, fixed=fixed)
    else:
        assumed = outcomes_ahead_of(conditions(debate), fixed, held_outcomes(evaluation, participant))
        before, after = labels_with(evaluation, assumed), labels_with(evaluation, {**assumed, **fixed})
    return tuple(
        Change(
            point.id,
            before.points[n],
            after.points[n],
            "supposed." if n in fixed else _explain_change(evaluation, before, after, n),
        )
        for n, point in _in_decision_order(evaluation.frame, after)
        if before.points[n] != after.points[n] and evaluation.verdict(point.id) is not None
    )


def rows(changes: Sequence[Change]) -> list[Row]:
    """Changes as the documented JSON has them."""
    return [dict(change._asdict()) for change in changes]


def sentence(debate: Debate, changes: Sequence[Change]) -> str:
    """How much changes."""
    evaluation = evaluate(debate)
    judged = sum(evaluation.verdict(point.id) is not None for point in evaluation.frame.points)
    return f"{len(changes)} of {judged} verdicts {'changes' if len(changes) == 1 else 'change'}."


def _fixed_labels(evaluation: Evaluation, supposed: Mapping[str, str]) -> dict[int, str]:
    """The supposed labels by point."""
    fixed: dict[int, str] = {}
    for node_id, value in supposed.items():
        number = evaluation.point_number(node_id)
        if fixed.setdefault(number, value) != value:
            point = evaluation.frame.points[number].id
            message = (
                f"`{node_id}` cannot be supposed: it says the same as `{point}`, which would be in and out at once"
            )
            raise KbError(message)
    return fixed


def contradiction_text(debate: Debate, supposed: Mapping[str, str]) -> str | None:
    """A sentence on points that are supposed to hold together though they exclude each other; None if there are none."""
    evaluation = evaluate(debate)
    frame, held = evaluation.frame, {evaluation.point_number(n): n for n, label in supposed.items() if label == YES}
    for number, node_id in held.items():
        point = frame.points[number]
        against = [frame.steps[step].premises for step in point.attacks]
        against += [(rival,) for group in point.groups for rival in frame.groups[group] if rival != number]
        for premises in against:
            if all(premise in held for premise in premises):
                others = " and ".join(f"`{held[premise]}`" for premise in premises)
                return f"What is supposed contradicts itself: `{node_id}` does not hold where {others} does."
    return None


def _in_decision_order(frame: Framework, after: Labelling) -> Iterator[tuple[int, Point]]:
    """Points as they were decided; those that were not, last."""
    ranks = [(rank < 0, rank, number) for number, rank in enumerate(after.point_rank)]
    for _, _, number in sorted(ranks):
        yield number, frame.points[number]


def _explain_change(evaluation: Evaluation, before: Labelling, after: Labelling, number: int) -> str:
    """What bears on a point, has another label now, and makes for that of the point."""
    frame, label = evaluation.frame, after.points[number]
    point = frame.points[number]
    reasons = [step for step in point.supports if frame.steps[step].premises or _maker(evaluation, step) != point.id]
    undercuts = [undercut for step in point.supports if step not in reasons for undercut in frame.steps[step].undercuts]
    steps = [(step, _AGAINST) for step in point.attacks] + [(step, _FOR) for step in reasons]
    steps += [(step, _UNDER) for step in undercuts]
    clauses = [
        f"{_premises_text(evaluation, step)}{words[after.steps[step]]}"
        for step, words in steps
        if before.steps[step] != after.steps[step] and _favours(label, after.steps[step], against=words is not _FOR)
    ]
    rivals = sorted({rival for group in point.groups for rival in frame.groups[group]} - {number})
    clauses += [
        f"`{frame.points[r].id}`{_RIVAL[after.points[r]]}"
        for r in rivals
        if before.points[r] != after.points[r] and _favours(label, after.points[r], against=True)
    ]
    return "; ".join(clauses) + "."


def _favours(label: str, of_other: str, *, against: bool) -> bool:
    """Whether the label of something for or against a point makes for the label that the point has."""
    return True if label == OPEN else of_other != OPEN and (of_other == label) != against


def _maker(evaluation: Evaluation, step: int) -> str:
    """The node that a step is written on."""
    return evaluation.debate.inferences[evaluation.frame.steps[step].inference].node


def _premises_text(evaluation: Evaluation, step: int) -> str:
    """The premises of a step, as the subject of a sentence; of an argument without premises the argument."""
    premises = evaluation.frame.steps[step].premises
    if not premises:
        return f"`{_maker(evaluation, step)}`"
    first, *linked = (NodeMention(evaluation.frame.points[premise].id) for premise in premises)
    return f"{plain_text(first)} together with {plain_text(tuple(linked))}" if linked else plain_text(first)
