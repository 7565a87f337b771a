"""What would settle a point, compared with trying everything: random debates with circles, linked premises, undercuts, rivals."""

from __future__ import annotations

import copy
import itertools
import random
from typing import TYPE_CHECKING

import pytest

from kb.semantics import grounded
from kb.settling import robust, sets, worlds
from kb.settling.conditions import Conditions
from kb.settling.flips import flips, shifts, supposing
from kb.settling.views import at_odds
from kb.standing.framework import NO, OPEN, YES
from tests.test_flattening import drawn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.semantics.grounded import Labelling
    from kb.standing.framework import Framework

Outcomes = frozenset[tuple[int, str]]


def disputed(count: int) -> Iterator[tuple[Framework, list[int]]]:
    """Random frameworks, with the points whose bases are unsettled."""
    for frame in drawn(count):
        unsettled = [n for n, point in enumerate(frame.points) if point.basis == OPEN]
        for number in unsettled:
            frame.points[number].basis = YES
        yield frame, unsettled


def written(frame: Framework, unsettled: list[int]) -> Conditions:
    return Conditions(frame, grounded.label(frame, unsettled), unsettled)


def coherent(frame: Framework, labels: Labelling, fixed: Mapping[int, str]) -> bool:
    """Whether the rest rules out none of the fixed labels."""
    for number, label in fixed.items():
        point = frame.points[number]
        against = [labels.steps[s] for s in point.attacks]
        against += [labels.points[r] for g in point.groups for r in frame.groups[g] if r != number]
        carried = any(labels.steps[s] == YES for s in point.supports)
        if (label == YES and YES in against) or (label == NO and carried and set(against) <= {NO}):
            return False
    return True


def test_what_follows_from_outcomes_is_the_labelling_with_them_fixed() -> None:
    dice = random.Random(5)
    followed = clashes = 0
    for frame, unsettled in disputed(1500):
        found = written(frame, unsettled)
        fixed = {leaf: dice.choice([YES, NO]) for leaf in found.leaves if dice.random() < 0.7}
        labels = grounded.label(frame, [u for u in unsettled if u not in fixed], fixed=fixed)
        facts = found.follow([found.literal(leaf, label) for leaf, label in fixed.items()])
        assert found.clash != coherent(frame, labels, fixed)
        assert [found.label(n) for n in range(len(frame.points))] == list(labels.points)
        clashes += found.clash
        followed += not found.clash
        found.forget(facts)
        assert [found.label(n) for n in range(len(frame.points))] == list(grounded.label(frame, unsettled).points)
    assert followed > 1000
    assert clashes > 50


def test_flips_are_two_labellings_each() -> None:
    mattering = 0
    for frame, unsettled in disputed(600):
        found = written(frame, unsettled)
        for target in found.points:
            others = [u for u in unsettled if u != target]
            for flip in flips(found, target):
                assert flip.as_is == grounded.label(frame, others).points[target]
                for label, told in ((YES, flip.if_in), (NO, flip.if_out)):
                    rest = [u for u in others if u != flip.leaf]
                    labels = grounded.label(frame, rest, fixed={flip.leaf: label})
                    assert told == (labels.points[target] if coherent(frame, labels, {flip.leaf: label}) else None)
                mattering += flip.matters
    assert mattering > 300


def taken_for_granted(found: Conditions, dice: random.Random) -> dict[int, str]:
    """What somebody holds of the unsettled leaves."""
    return {leaf: dice.choice([YES, NO]) for leaf in found.leaves if dice.random() < 0.5}


def test_flips_for_somebody_leave_what_they_hold_of_everything_else() -> None:
    dice, told = random.Random(2), 0
    for frame, unsettled in disputed(600):
        found = written(frame, unsettled)
        held = taken_for_granted(found, dice)
        for target in found.points:
            for flip in flips(found, target, held):
                rest = {leaf: label for leaf, label in held.items() if leaf not in {flip.leaf, target}}
                for label, become in ((YES, flip.if_in), (NO, flip.if_out)):
                    fixed = {**rest, flip.leaf: label}
                    labels = grounded.label(frame, [u for u in unsettled if u not in {*fixed, target}], fixed=fixed)
                    if coherent(frame, labels, fixed):
                        assert become == labels.points[target]
                        told += 1
    assert told > 300


def test_a_solver_is_not_put_off_by_somebody_who_is_at_odds_with_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    dice, torn = random.Random(4), 0
    for frame, unsettled in disputed(1500):
        found = written(frame, unsettled)
        held = taken_for_granted(found, dice)
        for target in found.points:
            for label in (YES, NO):
                told = []
                for tries in (4000, 0):
                    monkeypatch.setattr(sets, "_TRIES", tries)
                    settled = sets.settling(found, target, label, held)
                    told.append(settled and (len(settled.outcomes), settled.necessary))
                assert told[0] == told[1]
                torn += told[0] is not None and bool(at_odds(found, held))
    assert torn > 10


def test_who_is_at_odds_with_themselves_has_what_the_rest_rules_out() -> None:
    dice, told = random.Random(6), 0
    for frame, unsettled in disputed(1500):
        found = written(frame, unsettled)
        held = taken_for_granted(found, dice)
        for leaf, label in held.items():
            rest = {other: outcome for other, outcome in held.items() if other != leaf}
            with supposing(found, rest):
                ruled_out = found.label(leaf) not in {OPEN, label}
            assert (leaf in at_odds(found, held)) == ruled_out
            told += ruled_out
    assert told > 10


def test_shifts_tell_everything_that_changes() -> None:
    for frame, unsettled in disputed(400):
        before = grounded.label(frame, unsettled)
        for shift in shifts(written(frame, unsettled)):
            fixed = {shift.leaf: shift.outcome}
            labels = grounded.label(frame, [u for u in unsettled if u != shift.leaf], fixed=fixed)
            if shift.changes is None:
                assert not coherent(frame, labels, fixed)
            else:
                changed = {n for n, label in enumerate(labels.points) if label != before.points[n]}
                assert dict(shift.changes) == {n: labels.points[n] for n in changed}


def every_set(frame: Framework, unsettled: list[int], target: int) -> dict[str, dict[int, list[Outcomes]]]:
    """All coherent sets of outcomes that settle a point, by its label and by their size."""
    careful = grounded.label(frame, unsettled)
    leaves = [u for u in unsettled if careful.points[u] == OPEN and u != target]
    found: dict[str, dict[int, list[Outcomes]]] = {YES: {}, NO: {}, OPEN: {}}
    for combination in itertools.product((None, YES, NO), repeat=len(leaves)):
        fixed = {leaf: label for leaf, label in zip(leaves, combination, strict=True) if label is not None}
        labels = grounded.label(frame, [u for u in unsettled if u not in fixed and u != target], fixed=fixed)
        if coherent(frame, labels, fixed):
            found[labels.points[target]].setdefault(len(fixed), []).append(frozenset(fixed.items()))
    return found


@pytest.mark.parametrize("tries", [4000, 8, 0], ids=["tried", "partly-tried", "solved"])
def test_settling_sets_are_the_smallest_of_all(tries: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sets, "_TRIES", tries)
    sizes = dict.fromkeys(range(6), 0)
    for frame, unsettled in disputed(500):
        found = written(frame, unsettled)
        for target in found.points:
            wanted = every_set(frame, unsettled, target)
            for label in (YES, NO):
                told = sets.settling(found, target, label)
                if not wanted[label]:
                    assert told is None
                    continue
                smallest = wanted[label][min(wanted[label])]
                assert told is not None
                assert frozenset(told.outcomes) in smallest
                assert frozenset(told.necessary) == frozenset.intersection(*smallest)
                sizes[len(told.outcomes)] += 1
    assert sizes[1] > 100
    assert sizes[2] > 5


def world_by_world(frame: Framework, unsettled: list[int], leaves: list[int]) -> list[tuple[dict[int, str], Labelling]]:
    """Every world with its labelling."""
    found = []
    for combination in itertools.product((YES, NO), repeat=len(leaves)):
        made, bases = copy.deepcopy(frame), dict(zip(leaves, combination, strict=True))
        for leaf, basis in bases.items():
            made.points[leaf].basis = basis
        found.append((bases, grounded.label(made, [u for u in unsettled if u not in leaves])))
    return found


@pytest.mark.parametrize("searched", [False, True], ids=["looked-at", "searched"])
def test_what_is_possible_is_what_some_world_has(searched: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if searched:
        monkeypatch.setattr(worlds, "ALL_UP_TO", 0)
        monkeypatch.setattr(worlds, "SAMPLE", 8)
    for frame, unsettled in disputed(500):
        found = written(frame, unsettled)
        judged = world_by_world(frame, unsettled, found.leaves)
        for target in range(len(frame.points)):
            labels = {labels.points[target] for _, labels in judged}
            assert robust.possible(found, target) == labels
        every = robust.possible_for_all(found)
        assert every == {target: robust.possible(found, target) for target in found.points}


def test_what_is_forced_is_the_same_in_every_world() -> None:
    told = 0
    for frame, unsettled in disputed(1500):
        found = written(frame, unsettled)
        judged = world_by_world(frame, unsettled, found.leaves)
        every = {n: {labels.points[n] for _, labels in judged} for n in found.points}
        assert robust.forced(found) == {n: min(labels) for n, labels in every.items() if labels in ({YES}, {NO})}
        told += len(robust.forced(found))
    assert told > 5


def test_shares_and_swings_are_counted_over_all_worlds() -> None:
    swinging = 0
    for frame, unsettled in disputed(400):
        found = written(frame, unsettled)
        judged = world_by_world(frame, unsettled, found.leaves)
        for target in found.points:
            own = [(bases, labels) for bases, labels in judged if bases.get(target, YES) == YES]
            told = worlds.prospect(found, target)
            assert told is not None
            for label, share in told.shares.items():
                assert share == pytest.approx(sum(labels.points[target] == label for _, labels in own) / len(own))
            for leaf, value, error in told.swings:
                with_it = [labels.points[target] == YES for bases, labels in own if bases[leaf] == YES]
                without = [labels.points[target] == YES for bases, labels in own if bases[leaf] == NO]
                assert value == pytest.approx(sum(with_it) / len(with_it) - sum(without) / len(without))
                assert error == 0
                swinging += value != 0
    assert swinging > 60


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
    """A thesis with two reasons, one of which needs a leaf that the other needs not to hold."""
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
    assert robust.possible(written(frame, unsettled), 2) == {YES}
    assert robust.forced(written(frame, unsettled)) == {2: YES}
