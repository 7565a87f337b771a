"""What would settle a point, compared with trying everything: random debates with circles, linked premises, undercuts, rivals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kb.semantics import grounded
from kb.settling import robust, worlds
from kb.standing.framework import NO, OPEN, YES
from tests.ladder.outcomes import (
    AT_ODDS,
    FLIPS,
    FLIPS_FOR_SOMEBODY,
    FOLLOWING,
    POSSIBLE,
    POSSIBLE_SEARCHED,
    PROSPECT,
    SETTLING,
    SETTLING_FOR_SOMEBODY,
    SETTLING_SOLVED,
    SHIFTS,
    Disputed,
    disputed,
    written,
)
from tests.ladder.rung import Rung, agree

if TYPE_CHECKING:
    from kb.standing.framework import Framework


def test_what_follows_from_outcomes_is_the_labelling_with_them_fixed() -> None:
    seen = agree(FOLLOWING, 1500)
    assert seen["with outcomes"] > 500
    assert seen["with outcomes that cannot be together"] > 50


def test_flips_are_two_labellings_each() -> None:
    assert agree(FLIPS, 600)["with flips that matter"] > 100


def test_flips_for_somebody_leave_what_they_hold_of_everything_else() -> None:
    assert agree(FLIPS_FOR_SOMEBODY, 600)["with outcomes that can be together"] > 100


def test_a_solver_is_not_put_off_by_somebody_who_is_at_odds_with_themselves() -> None:
    assert agree(SETTLING_FOR_SOMEBODY, 1500)["with somebody at odds with themselves"] > 5


def test_who_is_at_odds_with_themselves_has_what_the_rest_rules_out() -> None:
    assert agree(AT_ODDS, 1500)["with somebody at odds with themselves"] > 10


def test_shifts_tell_everything_that_changes() -> None:
    assert agree(SHIFTS, 400)["where something follows"] > 50


@pytest.mark.parametrize("rung", [SETTLING, SETTLING_SOLVED], ids=["tried", "solved"])
def test_settling_sets_are_the_smallest_of_all(rung: Rung[Disputed]) -> None:
    seen = agree(rung, 500)
    assert seen["with sets of one"] > 50
    assert seen["with sets of two or more"] > 5


@pytest.mark.parametrize("searched", [False, True], ids=["looked-at", "searched"])
def test_what_is_possible_is_what_some_world_has(searched: bool) -> None:
    assert agree(POSSIBLE_SEARCHED if searched else POSSIBLE, 500)["with several worlds"] > 50


def test_what_is_forced_is_the_same_in_every_world() -> None:
    assert agree(POSSIBLE, 1500)["with what every world has"] > 5


def test_shares_and_swings_are_counted_over_all_worlds() -> None:
    assert agree(PROSPECT, 400)["with swings"] > 40


def test_a_sample_is_near_and_says_how_near(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = {}
    cases = [(frame, unsettled) for frame, unsettled in disputed(200) if len(unsettled) > 1]
    for number, (frame, unsettled) in enumerate(cases):
        found = written(frame, unsettled)
        exact[number] = [worlds.prospect(found, target) for target in found.points]
    monkeypatch.setattr(worlds, "ALL_UP_TO", 0)
    off = told = 0
    for number, (frame, unsettled) in enumerate(cases):
        found = written(frame, unsettled)
        for target, right in zip(found.points, exact[number], strict=True):
            sampled = worlds.prospect(found, target)
            assert right is not None
            assert sampled is not None
            assert sampled.sampled or not sampled.swings
            for one, other in zip(sampled.swings, right.swings, strict=True):
                told += 1
                off += abs(one.value - other.value) > one.error + 1e-9
    assert told > 80
    assert off < 0.1 * told


def forked() -> tuple[Framework, list[int]]:
    """A thesis with two reasons: one needs a leaf to hold, the other needs it not to."""
    from kb.standing.framework import Framework, Point, Step  # noqa: PLC0415 - reads better here

    leaf = Point("leaf", YES)
    otherwise = Point("otherwise", YES, attacks=[0])
    thesis = Point("thesis", NO, supports=[1, 2])
    steps = [
        Step(0, (0,), 1, against=True),
        Step(1, (0,), 2, against=False),
        Step(2, (1,), 2, against=False),
    ]
    return Framework([leaf, otherwise, thesis], steps, [], {"leaf": 0, "otherwise": 1, "thesis": 2}, {}, frozenset()), [
        0
    ]


def test_what_holds_either_way_is_robust_though_the_cautious_view_leaves_it_open() -> None:
    frame, unsettled = forked()
    assert grounded.label(frame, unsettled).points[2] == OPEN
    assert robust.possible_labels(written(frame, unsettled), 2) == {YES}
    assert robust.forced_labels(written(frame, unsettled)) == {2: YES}
