"""What would settle a point, compared with trying everything: every set of outcomes, every world."""

from __future__ import annotations

import copy
import itertools
import random
from contextlib import contextmanager
from typing import TYPE_CHECKING
from unittest import mock

from kb.semantics import grounded
from kb.settling import robust, sets, worlds
from kb.settling.conditions import Conditions
from kb.settling.flips import flips, shifts, supposing
from kb.settling.views import points_at_odds
from kb.standing.framework import NO, OPEN, YES
from tests.ladder.labels import drawn
from tests.ladder.rung import Rung, Seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kb.semantics.grounded import Labelling
    from kb.standing.framework import Framework

Outcomes = frozenset[tuple[int, str]]
Disputed = tuple["Framework", list[int]]
"""A map, with the points whose bases are unsettled."""


def disputed(count: int) -> Iterator[Disputed]:
    """Random frameworks, with the points whose bases are unsettled."""
    return unsettling(drawn(count))


def disputed_larger(count: int) -> Iterator[Disputed]:
    """Random frameworks of 6 to 10 points, with the points whose bases are unsettled."""
    return unsettling(drawn(count, 23, 6, 10))


def unsettling(frames: Iterable[Framework]) -> Iterator[Disputed]:
    """Frameworks whose undecided bases are taken as granted on the record, and as unsettled."""
    for frame in frames:
        unsettled = [n for n, point in enumerate(frame.points) if point.basis == OPEN]
        for number in unsettled:
            frame.points[number].basis = YES
        yield frame, unsettled


def written(frame: Framework, unsettled: list[int]) -> Conditions:
    """The conditions of a map."""
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


def near(one: float, other: float) -> bool:
    """Whether two shares are the same up to rounding."""
    return abs(one - other) < 1e-9


# -- what follows ----------------------------------------------------------------------------------------------


def outcomes_drawn(count: int) -> Iterator[tuple[Disputed, random.Random]]:
    """Maps, each with dice for the outcomes of what it leaves open."""
    for number, case in enumerate(disputed(count)):
        yield case, random.Random(number)


def check_following(case: tuple[Disputed, random.Random]) -> Seen:
    """Compare what follows from some outcomes with the labelling in which they are fixed."""
    (frame, unsettled), dice = case
    found = written(frame, unsettled)
    fixed = {leaf: dice.choice([YES, NO]) for leaf in found.leaves if dice.random() < 0.7}
    labels = grounded.label(frame, [u for u in unsettled if u not in fixed], fixed=fixed)
    facts = found.assume([found.literal(leaf, label) for leaf, label in fixed.items()])
    clash = found.clash
    assert coherent(frame, labels, fixed) != clash
    assert [found.label(n) for n in range(len(frame.points))] == list(labels.points)
    found.undo(facts)
    assert [found.label(n) for n in range(len(frame.points))] == list(grounded.label(frame, unsettled).points)
    return Seen({"with outcomes": bool(fixed), "with outcomes that cannot be together": clash})


def check_flips(case: Disputed) -> Seen:
    """Compare what either outcome of a point makes of another with two labellings."""
    frame, unsettled = case
    found, mattering = written(frame, unsettled), False
    for target in found.points:
        others = [u for u in unsettled if u != target]
        for flip in flips(found, target):
            assert flip.as_is == grounded.label(frame, others).points[target]
            for label, told in ((YES, flip.if_in), (NO, flip.if_out)):
                rest = [u for u in others if u != flip.leaf]
                labels = grounded.label(frame, rest, fixed={flip.leaf: label})
                assert told == (labels.points[target] if coherent(frame, labels, {flip.leaf: label}) else None)
            mattering |= flip.matters
    return Seen({"with flips that matter": mattering})


def taken_for_granted(found: Conditions, dice: random.Random) -> dict[int, str]:
    """What somebody holds of the unsettled leaves."""
    return {leaf: dice.choice([YES, NO]) for leaf in found.leaves if dice.random() < 0.5}


def check_flips_for_somebody(case: tuple[Disputed, random.Random]) -> Seen:
    """Compare what either outcome makes of a point for somebody with the labelling in which all else is as they hold it."""
    (frame, unsettled), dice = case
    found, told = written(frame, unsettled), 0
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
    return Seen({"with outcomes that can be together": told > 0})


def check_at_odds(case: tuple[Disputed, random.Random]) -> Seen:
    """Who is at odds with themselves holds of a point what the rest of what they hold rules out."""
    (frame, unsettled), dice = case
    found, told = written(frame, unsettled), 0
    held = taken_for_granted(found, dice)
    for leaf, label in held.items():
        rest = {other: outcome for other, outcome in held.items() if other != leaf}
        with supposing(found, rest):
            ruled_out = found.label(leaf) not in {OPEN, label}
        assert (leaf in points_at_odds(found, held)) == ruled_out
        told += ruled_out
    return Seen({"with somebody at odds with themselves": told > 0})


def check_shifts(case: Disputed) -> Seen:
    """Compare all that one outcome changes with the labelling in which it is fixed."""
    frame, unsettled = case
    before, changing = grounded.label(frame, unsettled), False
    for shift in shifts(written(frame, unsettled)):
        fixed = {shift.leaf: shift.outcome}
        labels = grounded.label(frame, [u for u in unsettled if u != shift.leaf], fixed=fixed)
        if shift.changes is None:
            assert not coherent(frame, labels, fixed)
        else:
            changed = {n for n, label in enumerate(labels.points) if label != before.points[n]}
            assert dict(shift.changes) == {n: labels.points[n] for n in changed}
            changing |= len(changed) > 1
    return Seen({"where something follows": changing})


# -- what settles a point --------------------------------------------------------------------------------------


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


def check_settling(case: Disputed) -> Seen:
    """Compare the smallest settling sets, and what all of them have, with all sets of outcomes."""
    frame, unsettled = case
    found, seen = written(frame, unsettled), Seen()
    for target in found.points:
        wanted = every_set(frame, unsettled, target)
        for label in (YES, NO):
            told = sets.settling_set(found, target, label)
            if not wanted[label]:
                assert told is None
                continue
            smallest = wanted[label][min(wanted[label])]
            assert told is not None
            assert frozenset(told.outcomes) in smallest
            assert frozenset(told.necessary) == frozenset.intersection(*smallest)
            seen["with sets of one"] |= len(told.outcomes) == 1
            seen["with sets of two or more"] |= len(told.outcomes) > 1
    return seen


def check_settling_solved(case: Disputed) -> Seen:
    """Compare the smallest settling sets if few sets or none are tried, so that MaxSAT finds them."""
    with mock.patch.object(sets, "_TRIES", 8):
        check_settling(case)
    with mock.patch.object(sets, "_TRIES", 0):
        return check_settling(case)


def check_settling_for_somebody(case: tuple[Disputed, random.Random]) -> Seen:
    """Compare what is left to settle for somebody, at odds with themselves or not, by trying and by MaxSAT."""
    (frame, unsettled), dice = case
    found, torn = written(frame, unsettled), False
    held = taken_for_granted(found, dice)
    for target, label in itertools.product(found.points, (YES, NO)):
        told = []
        for tries in (4000, 0):
            with mock.patch.object(sets, "_TRIES", tries):
                settled = sets.settling_set(found, target, label, held)
            told.append(settled and (len(settled.outcomes), settled.necessary))
        assert told[0] == told[1]
        torn |= told[0] is not None and bool(points_at_odds(found, held))
    return Seen({"with somebody at odds with themselves": torn})


# -- worlds ----------------------------------------------------------------------------------------------------


def world_by_world(frame: Framework, unsettled: list[int], leaves: list[int]) -> list[tuple[dict[int, str], Labelling]]:
    """Every world with its labelling."""
    found = []
    for combination in itertools.product((YES, NO), repeat=len(leaves)):
        made, bases = copy.deepcopy(frame), dict(zip(leaves, combination, strict=True))
        for leaf, basis in bases.items():
            made.points[leaf].basis = basis
        found.append((bases, grounded.label(made, [u for u in unsettled if u not in leaves])))
    return found


def check_possible(case: Disputed) -> Seen:
    """Compare the labels that each point can come to have, alone and all together, with those it has in some world."""
    frame, unsettled = case
    found = written(frame, unsettled)
    judged = world_by_world(frame, unsettled, found.leaves)
    every = [{labels.points[target] for _, labels in judged} for target in range(len(frame.points))]
    assert [robust.possible_labels(found, target) for target in range(len(frame.points))] == every
    assert robust.possible_labels_by_point(found) == {target: every[target] for target in found.points}
    forced = {n: min(every[n]) for n in found.points if every[n] in ({YES}, {NO})}
    told = robust.forced_labels(found)
    assert told.items() <= forced.items()
    assert told == forced or not worlds.ALL_UP_TO, "it is told as far as no world need be searched for"
    return Seen({"with several worlds": len(judged) > 1, "with what every world has": bool(forced)})


@contextmanager
def searching() -> Iterator[None]:
    """Let worlds be searched for, as in a debate with too many open points to look at each world."""
    with mock.patch.object(worlds, "ALL_UP_TO", 0), mock.patch.object(worlds, "SAMPLE", 8):
        yield


def check_possible_searched(case: Disputed) -> Seen:
    """Compare the possible labels if worlds are searched for."""
    with searching():
        return check_possible(case)


def check_prospect(case: Disputed) -> Seen:
    """Compare shares and swings with counts over all worlds."""
    frame, unsettled = case
    found, swinging = written(frame, unsettled), 0
    judged = world_by_world(frame, unsettled, found.leaves)
    for target in found.points:
        own = [(bases, labels) for bases, labels in judged if bases.get(target, YES) == YES]
        told = worlds.prospect(found, target)
        assert told is not None
        for label, share in told.shares.items():
            assert near(share, sum(labels.points[target] == label for _, labels in own) / len(own))
        for leaf, value, error in told.swings:
            with_it = [labels.points[target] == YES for bases, labels in own if bases[leaf] == YES]
            without = [labels.points[target] == YES for bases, labels in own if bases[leaf] == NO]
            assert near(value, sum(with_it) / len(with_it) - sum(without) / len(without))
            assert error == 0
            swinging += value != 0
    return Seen({"with swings": swinging > 0})


OPEN_MAPS = "random maps, some points unsettled"
FOLLOWING = Rung(
    "following",
    "what follows from outcomes of unsettled points, and which cannot be together",
    "labels with those points fixed",
    OPEN_MAPS,
    outcomes_drawn,
    check_following,
    50_000,
)
FLIPS = Rung(
    "flips",
    "what either outcome of one unsettled point makes of another (`kb cruxes`)",
    "two labellings, one for each outcome",
    OPEN_MAPS,
    disputed,
    check_flips,
    30_000,
)
FLIPS_FOR_SOMEBODY = Rung(
    "flips-for-somebody",
    "what either outcome makes of another point for somebody (`kb cruxes --as`)",
    "labels with that point fixed, and all others as they hold them",
    OPEN_MAPS,
    outcomes_drawn,
    check_flips_for_somebody,
    30_000,
)
AT_ODDS = Rung(
    "at-odds",
    "where somebody is at odds with themselves",
    "what follows for each point from all else that they hold",
    OPEN_MAPS,
    outcomes_drawn,
    check_at_odds,
    30_000,
)
SHIFTS = Rung(
    "shifts",
    "all that one outcome changes",
    "labels with that point fixed",
    OPEN_MAPS,
    disputed,
    check_shifts,
    30_000,
)
SETTLING = Rung(
    "settling",
    "the smallest sets that settle a point, and what each of them has, put together or tried",
    "every set of outcomes",
    OPEN_MAPS,
    disputed,
    check_settling,
    30_000,
)
SETTLING_SOLVED = Rung(
    "settling-solved",
    "the same sets, by MaxSAT, at once and after a few that were tried",
    "every set of outcomes",
    OPEN_MAPS,
    disputed,
    check_settling_solved,
    20_000,
)
SETTLING_FOR_SOMEBODY = Rung(
    "settling-for-somebody",
    "the smallest sets for somebody who takes some outcomes for granted, by trying",
    "the same by MaxSAT",
    OPEN_MAPS,
    outcomes_drawn,
    check_settling_for_somebody,
    20_000,
)
SETTLING_LARGER = Rung(
    "settling-larger",
    "the same sets, by MaxSAT, at once and after a few that were tried",
    "every set of outcomes",
    "random maps of 6 to 10 points, some unsettled",
    disputed_larger,
    check_settling_solved,
    2_000,
)
POSSIBLE = Rung(
    "worlds",
    "the verdicts that a point can come to have (`kb robust`)",
    "every world, written anew and labelled",
    OPEN_MAPS,
    disputed,
    check_possible,
    20_000,
)
POSSIBLE_SEARCHED = Rung(
    "worlds-searched",
    "the same verdicts, searched for without looking at every world",
    "every world, written anew and labelled",
    OPEN_MAPS,
    disputed,
    check_possible_searched,
    20_000,
)
PROSPECT = Rung(
    "swings",
    "in which share of the worlds a point stands, and how much each unsettled point changes that",
    "counting over every world",
    OPEN_MAPS,
    disputed,
    check_prospect,
    20_000,
)
RUNGS = (
    *(FOLLOWING, FLIPS, FLIPS_FOR_SOMEBODY, AT_ODDS, SHIFTS),
    *(SETTLING, SETTLING_SOLVED, SETTLING_LARGER, SETTLING_FOR_SOMEBODY, POSSIBLE, POSSIBLE_SEARCHED, PROSPECT),
)
