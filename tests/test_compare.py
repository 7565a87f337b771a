"""Where two people part, in long debates: the same points as if every point was tried, at a cost that stays within bounds."""

from __future__ import annotations

import random
from itertools import combinations
from typing import TYPE_CHECKING

from kb.evaluate import evaluate
from kb.queries.compare import compare
from kb.settling.conditions import Conditions, conditions
from kb.settling.flips import points_below
from kb.settling.views import held_outcomes, label_given, outcomes_without
from kb.standing.acts import HOLDS
from kb.standing.framework import NO, OPEN, YES
from tests.conftest import read
from tests.ladder.debates import random_debates
from tests.ladder.outcomes import disputed, written

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from kb.debate import Debate

PEOPLE = ("ann", "bob")
RANK = {NO: 0, OPEN: 1, YES: 2}
CAST = "".join(f"## participants/{who}.yaml\nname: {who.title()}\n" for who in PEOPLE)
CLAIM = "id: point-{0}\nkind: claim\ntext: Point {0} holds.\nby: ann\nsupports: point-{1}\n"
DENIAL = "id: denial-{0}\nkind: objection\ntext: Point {0} fails.\nby: bob\nattacks: point-{0}\n"


def chain(length: int) -> Debate:
    """Claims of Ann's, each a reason for the one before; Bob denies every one."""
    nodes = ["id: point-0\nkind: claim\ntext: Point 0 holds.\nby: ann\n"]
    nodes += [CLAIM.format(n, n - 1) for n in range(1, length)]
    nodes += [DENIAL.format(n) for n in range(length)]
    return read(CAST + "## talk/thread.yaml\n" + "---\n".join(nodes)).debate


def steps(monkeypatch: pytest.MonkeyPatch, debate: Debate) -> int:
    """How many literals are looked at in order to compare the two."""
    counted = 0
    assume, cone = Conditions.assume, Conditions.cone

    def counting(real: Callable[..., list[int]]) -> Callable[..., list[int]]:
        def count(*given: object, **named: object) -> list[int]:
            nonlocal counted
            found = real(*given, **named)
            counted += len(found)
            return found

        return count

    with monkeypatch.context() as patch:
        patch.setattr(Conditions, "assume", counting(assume))
        patch.setattr(Conditions, "cone", counting(cone))
        compare(debate, *PEOPLE)
    return counted


def test_a_chain_of_twice_as_many_claims_takes_at_most_four_times_as_much(monkeypatch: pytest.MonkeyPatch) -> None:
    short, long = (chain(length) for length in (20, 40))
    assert len(compare(long, *PEOPLE).theses) == 40
    once, twice = (steps(monkeypatch, debate) for debate in (short, long))
    assert twice < 4.5 * once


def tried(debate: Debate, one: str, other: str) -> dict[str, tuple[str, ...]]:
    """Double cruxes by the definition: each point on which two people part is tried with the outcome that the other gives it."""
    evaluation, found, compared = evaluate(debate), conditions(debate), compare(debate, one, other)
    index, views = evaluation.frame.index, [held_outcomes(evaluation, who) for who in (one, other)]
    stances = {a.id: a.stances for a in compared.divergences if a.decided is None}

    def gives_way(thesis: str, crux: str, place: int) -> bool:
        as_the_other = YES if stances[crux][1 - place] in HOLDS else NO
        after = label_given(found, index[thesis], {**views[place], index[crux]: as_the_other})
        fewer = RANK[after] - RANK[label_given(found, index[thesis], views[place])]
        holds = evaluation.stances.now(thesis).get((one, other)[place]) in HOLDS
        return fewer < 0 if holds else fewer > 0

    def apart(thesis: str, crux: str) -> bool:
        return index[crux] in outcomes_without(found, index[thesis], {index[crux]: OPEN})

    return {
        t.id: tuple(c for c in stances if apart(t.id, c) and all(gives_way(t.id, c, place) for place in (0, 1)))
        for t in compared.theses
    }


def test_what_both_cases_turn_on_is_what_does_if_every_point_is_tried(made: Callable[[int], Debate]) -> None:
    told = 0
    for debate in (made(300), *random_debates(200)):
        for one, other in combinations(debate.participants, 2):
            found = {t.id: t.double_cruxes for t in compare(debate, one, other).theses}
            wanted = tried(debate, one, other)
            assert {t: set(cruxes) for t, cruxes in found.items()} == {t: set(cruxes) for t, cruxes in wanted.items()}
            told += sum(map(len, found.values()))
    assert told > 10


def test_behind_what_somebody_holds_nothing_turns_a_point_for_them() -> None:
    """Points that are not below it change nothing, whichever way they come out."""
    beyond = near = 0
    for number, case in enumerate(disputed(600)):
        found, dice = written(*case), random.Random(number)
        view = {n: dice.choice([YES, NO]) for n in found.points if dice.random() < 0.5}
        for target in found.points:
            below = points_below(found, target, outcomes_without(found, target, view))
            usual = label_given(found, target, view)
            for other in set(outcomes_without(found, target, dict.fromkeys(found.points, OPEN))):
                changed = {label_given(found, target, {**view, other: label}) for label in (YES, NO)} != {usual}
                assert other in below or not changed
                beyond += other not in below
                near += changed
    assert min(beyond, near) > 500
