"""How much hangs on a point: which of the main questions change once it is settled."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kb.evaluate import evaluate
from kb.settling.conditions import conditions
from kb.settling.flips import supposing
from kb.standing.framework import NO, OPEN, YES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kb.debate import Debate
    from kb.settling.conditions import Conditions


@lru_cache(maxsize=8)
def theses(debate: Debate) -> Mapping[str, tuple[int, ...]]:
    """What the debate leads with: the points that answer each main question, by number; of a main thesis itself."""
    evaluation = evaluate(debate)
    found = {}
    for main in debate.settings.main:
        if main in debate.nodes:
            answers = debate.answers.get(main, ()) or (main,)
            found[main] = tuple(dict.fromkeys(map(evaluation.number, answers)))
    return found


def bears_on(debate: Debate, points: Iterable[str]) -> tuple[str, ...]:
    """The main questions an answer of which gets another label once one of some points comes out in, or out."""
    found, number, leading = conditions(debate), evaluate(debate).number, theses(debate)
    changed: set[str] = set()
    for point in map(number, points):
        for label in (YES, NO) if point in found else ():
            with supposing(found, {point: label}) as coherent:
                changed.update(_decided(found, leading) if coherent else ())
    return tuple(main for main in leading if main in changed)


def _decided(found: Conditions, leading: Mapping[str, Iterable[int]]) -> Iterable[str]:
    """The main questions of which an answer that was undecided is decided now."""
    for main, answers in leading.items():
        if any(answer in found and found.label(answer) != OPEN for answer in answers):
            yield main
