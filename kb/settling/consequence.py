"""How much hangs on a point: which of the main questions change once it is settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.evaluate import evaluate
from kb.memory import once
from kb.settling.conditions import conditions
from kb.settling.flips import points_below, supposing
from kb.standing.framework import NO, OPEN, YES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kb.debate import Debate
    from kb.settling.conditions import Conditions


@once
def theses(debate: Debate) -> Mapping[str, tuple[int, ...]]:
    """What the debate leads with: the points that answer each main question, by number; of a main thesis itself."""
    evaluation = evaluate(debate)
    theses = {}
    for main in debate.settings.main:
        if main in debate.nodes:
            answers = debate.answers.get(main, ()) or (main,)
            theses[main] = tuple(dict.fromkeys(map(evaluation.point_number, answers)))
    return theses


def bears_on(debate: Debate, points: Iterable[str]) -> tuple[str, ...]:
    """The main questions an answer of which gets another label once one of some points comes out in, or out."""
    conditions_of_debate, number, undecided = (
        conditions(debate),
        evaluate(debate).point_number,
        _undecided_answers(debate),
    )
    changed: set[str] = set()
    for point in map(number, points):
        reachable = {main: answers for main, (answers, below) in undecided.items() if point in below}
        for label in (YES, NO) if reachable else ():
            with supposing(conditions_of_debate, {point: label}) as coherent:
                changed.update(_newly_decided(conditions_of_debate, reachable) if coherent else ())
    return tuple(main for main in undecided if main in changed)


@once
def _undecided_answers(debate: Debate) -> Mapping[str, tuple[tuple[int, ...], frozenset[int]]]:
    """Of every main question the answers that are undecided, and the undecided points that can bear on one of them."""
    conditions_of_debate, undecided_answers = conditions(debate), {}
    for main, answers in theses(debate).items():
        undecided = tuple(answer for answer in answers if answer in conditions_of_debate)
        below = (points_below(conditions_of_debate, answer) for answer in undecided)
        undecided_answers[main] = undecided, frozenset(undecided).union(*below)
    return undecided_answers


def _newly_decided(conditions: Conditions, answers_of: Mapping[str, Iterable[int]]) -> Iterator[str]:
    """The main questions of which an answer that was undecided is decided now."""
    for main, answers in answers_of.items():
        if any(conditions.label(answer) != OPEN for answer in answers):
            yield main
