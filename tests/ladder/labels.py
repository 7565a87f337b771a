"""Points and steps: the labels of maps with linked premises, undercuts, rivals and circles, computed in several ways."""

from __future__ import annotations

import copy
import itertools
import random
from typing import TYPE_CHECKING

import clingo

from kb.abstract import grounded as abstract
from kb.abstract.extensions import Extensions
from kb.abstract.flattening import flatten
from kb.abstract.notation import write
from kb.semantics import grounded
from kb.standing.framework import NO, OPEN, YES, Framework, Point, Step
from tests.ladder.frameworks import COMPLETE, STABLE, check_solvers, models
from tests.ladder.rung import Rung, Seen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.abstract.attacks import AttackGraph

Fixed = dict[int, str]


def drawn(count: int, seed: int = 7, least: int = 2, most: int = 5) -> Iterator[Framework]:
    """Frameworks of a few points with linked premises, undercuts of all sorts, rivals and circles."""
    dice = random.Random(seed)
    for _ in range(count):
        size = dice.randrange(least, most + 1)
        points = [Point(f"p-{n}", dice.choice([YES, YES, NO, OPEN])) for n in range(size)]
        steps: list[Step] = []
        for number in range(dice.randrange(size, 2 * size)):
            premises = tuple(sorted(dice.sample(range(size), dice.choice([1, 1, 2]))))
            denied = dice.randrange(number) if number and dice.random() < 0.25 else None
            against = dice.random() < 0.5
            steps.append(
                Step(number, premises, -1 if denied is not None else dice.randrange(size), against, [], denied)
            )
            if denied is not None:
                steps[denied].undercuts.append(number)
            else:
                target = points[steps[-1].target]
                (target.attacks if against else target.supports).append(number)
                if not against and target.basis == YES:
                    target.basis = NO
        groups = []
        if dice.random() < 0.4:
            groups.append(tuple(sorted(dice.sample(range(size), 2))))
            for member in groups[0]:
                points[member].groups.append(0)
        yield Framework(points, steps, groups, {p.id: n for n, p in enumerate(points)}, {}, frozenset())


# -- the conditions, tried out ---------------------------------------------------------------------------------

Labels = tuple[str, ...]
"""Of the points, then of the steps."""


def fixpoints(frame: Framework) -> set[Labels]:
    """All labellings that meet the conditions of `semantics.grounded`, by trying every labelling of the points and steps."""
    found = set()
    points = len(frame.points)
    for code in range(3 ** (points + len(frame.steps))):
        labels = [(YES, NO, OPEN)[code // 3**place % 3] for place in range(points + len(frame.steps))]
        if all(labels[n] == wanted(frame, labels, n) for n in range(len(labels))):
            found.add(tuple(labels))
    return found


def says_more(other: Labels, one: Labels) -> bool:
    """Whether a labelling decides all that another does, in the same way, and more."""
    return other != one and all(label in {OPEN, more} for label, more in zip(one, other, strict=True))


def accepted(labelled: set[Labels]) -> set[frozenset[int]]:
    """The points and steps that are in, for each labelling."""
    return {frozenset(n for n, label in enumerate(labels) if label == YES) for labels in labelled}


def wanted(frame: Framework, labels: list[str], number: int) -> str:
    """The label that a point or step should have, given those of all others."""
    points = len(frame.points)
    if number >= points:
        step = frame.steps[number - points]
        return least([*(labels[p] for p in step.premises), *(opposite(labels[points + u]) for u in step.undercuts)])
    point = frame.points[number]
    basis = most([point.basis, *(labels[points + s] for s in point.supports)])
    rivals = [labels[r] for g in point.groups for r in frame.groups[g] if r != number]
    return least([basis, *(opposite(labels[points + s]) for s in point.attacks), *map(opposite, rivals)])


def opposite(label: str) -> str:
    """In for out, out for in."""
    return {YES: NO, NO: YES}.get(label, label)


def least(labels: list[str]) -> str:
    """The label of all of these labels together: the least of them."""
    return NO if NO in labels else OPEN if OPEN in labels else YES


def most(labels: list[str]) -> str:
    """The label of any of these labels: the greatest of them."""
    return YES if YES in labels else OPEN if OPEN in labels else NO


TOO_MANY = 8
"""Up to so many points and steps every labelling is tried: 3 to the power of 8 are 6,561."""


def few(count: int) -> Iterator[Framework]:
    """Frameworks of so few points and steps that every labelling can be tried."""
    every = (frame for seed in itertools.count(7) for frame in drawn(1000, seed))
    return itertools.islice((f for f in every if len(f.points) + len(f.steps) <= TOO_MANY), count)


def check_conditions(frame: Framework) -> Seen:
    """Compare grounded, complete, preferred and stable with the labellings that meet the conditions."""
    complete = fixpoints(frame)
    preferred = {one for one in complete if not any(says_more(other, one) for other in complete)}
    stable = {one for one in complete if OPEN not in one}
    expected = {"CO": accepted(complete), "PR": accepted(preferred), "ST": accepted(stable)}
    if any(point.basis == OPEN for point in frame.points):
        del expected["ST"]  # a basis that is undecided from the start keeps any labelling from being stable
    size = len(frame.points) + len(frame.steps)
    for semantics, sets in expected.items():
        extensions = Extensions(flatten(frame), semantics).every()
        assert {frozenset(n for n in e if n < size) for e in extensions} == sets, (frame, semantics)
    labels = grounded.label(frame)
    own = (*labels.points, *labels.steps)
    assert own in complete
    assert all(own == one or says_more(one, own) for one in complete)
    return Seen({"with several labellings": len(complete) > 1})


# -- the abstract framework of a map ---------------------------------------------------------------------------


def check_flattened(frame: Framework) -> Seen:
    """Compare the grounded labels of a map with those of its abstract framework."""
    labels = grounded.label(frame)
    both = [*labels.points, *labels.steps]
    assert abstract.label(flatten(frame))[: len(both)] == both
    return Seen({"undecided in part": OPEN in both})


def check_clingo(frame: Framework) -> Seen:
    """Compare what the SAT solver, clingo and the counting of conditions make of a map."""
    made = flatten(frame)
    seen = check_solvers(made)
    known = min(models(made, COMPLETE), key=len)
    points = grounded.label(frame).points
    assert {n for n in known if n < len(points)} == {n for n, label in enumerate(points) if label == YES}
    return seen


def large(count: int) -> Iterator[Framework]:
    """Maps of 20 to 200 points; in every other one no basis is undecided, which would keep any labelling from being stable."""
    for number, frame in enumerate(drawn(count, 19, 20, 200)):
        for point in frame.points if number % 2 else ():
            point.basis = YES if point.basis == OPEN else point.basis
        yield frame


def consequences(found: AttackGraph, program: str, mode: str) -> frozenset[int] | None:
    """What is in, in some answer set (`brave`) or in all (`cautious`); None if there is none."""
    number = {name: n for n, name in enumerate(found.names)}
    control = clingo.Control(["--models=0", "--warn=none", f"--enum-mode={mode}"])
    control.add("base", [], f"{write(found, 'apx')}{program}#show in/1.")
    control.ground([("base", [])])
    last = None
    with control.solve(yield_=True) as handle:
        for model in handle:
            last = frozenset(number[str(atom.arguments[0])] for atom in model.symbols(shown=True))
    return last


def check_clingo_on_large(frame: Framework) -> Seen:
    """Compare what all, and what some, complete and stable extensions have with the consequences that clingo finds."""
    made = flatten(frame)
    known, credulous = (consequences(made, COMPLETE, mode) for mode in ("cautious", "brave"))
    points = grounded.label(frame).points
    assert known is not None
    assert {n for n in known if n < len(points)} == {n for n, label in enumerate(points) if label == YES}
    for semantics, sceptical in (("CO", known), ("GR", known), ("PR", None)):
        accepted = Extensions(made, semantics).accepted()
        assert accepted is not None
        assert accepted[0] == (known if semantics == "GR" else credulous), semantics
        assert sceptical is None or accepted[1] == sceptical, semantics
    every, some = (consequences(made, STABLE, mode) for mode in ("cautious", "brave"))
    assert Extensions(made, "ST").accepted() == (None if every is None or some is None else (some, every))
    return Seen({"with several complete extensions": known != credulous, "with stable extensions": every is not None})


# -- interventions ---------------------------------------------------------------------------------------------


def rewritten(frame: Framework, fixed: Mapping[int, str]) -> Framework:
    """The framework written again without anything that bears on the fixed points; what they bear on stays."""
    made = copy.deepcopy(frame)
    for number, value in fixed.items():
        point = made.points[number]
        point.basis, point.supports, point.attacks = value, [], []
        for group in point.groups:
            for rival in frame.groups[group]:
                if rival != number and rival not in fixed:
                    made.points[rival].attacks.append(len(made.steps))
                    made.steps.append(Step(-1, (number,), rival, against=True))
            left = made.groups[group] = tuple(n for n in made.groups[group] if n != number)
            if len(left) == 1:
                made.points[left[0]].groups.remove(group)
        point.groups = []
    return made


def interventions(count: int) -> Iterator[tuple[Framework, Fixed]]:
    """Maps, each with one or two points that are fixed."""
    dice = random.Random(3)
    for frame in drawn(count):
        numbers = dice.sample(range(len(frame.points)), dice.choice([1, 1, 2]))
        yield frame, {number: dice.choice([YES, NO]) for number in numbers}


def check_intervention(case: tuple[Framework, Fixed]) -> Seen:
    """Compare the labels with some of them fixed with those of the framework written anew."""
    frame, fixed = case
    labels = grounded.label(frame, fixed=fixed)
    assert labels.points == grounded.label(rewritten(frame, fixed)).points, (frame, fixed)
    return Seen({"with changed labels": labels.points != grounded.label(frame).points})


MAPS = "random maps"
CONDITIONS = Rung(
    "conditions",
    "grounded, complete, preferred and stable labels of a map, through its abstract framework",
    "the conditions of labels, by trying every labelling of points and steps",
    f"{MAPS} of up to {TOO_MANY} points and steps",
    few,
    check_conditions,
    3_000,
)
ABSTRACT = Rung(
    "flattened",
    "grounded labels of a map",
    "those of the abstract framework made of it",
    MAPS,
    drawn,
    check_flattened,
    50_000,
)
CLINGO = Rung(
    "clingo-on-maps",
    "all extensions by a SAT solver, the grounded labels of the map and of its abstract framework by counting",
    "clingo, from the definitions in six lines",
    MAPS,
    drawn,
    check_clingo,
    5_000,
)
CLINGO_ON_LARGE = Rung(
    "clingo-on-large-maps",
    "what all and what some complete and stable extensions have, and some preferred; the grounded labels",
    "clingo, from the definitions in six lines",
    "random maps of 20 to 200 points",
    large,
    check_clingo_on_large,
    1_500,
)
INTERVENTIONS = Rung(
    "interventions",
    "labels once some points are fixed (`kb what-if`)",
    "labels of the map written anew, with nothing left that bears on those points",
    MAPS,
    interventions,
    check_intervention,
    50_000,
)
RUNGS = (CONDITIONS, ABSTRACT, CLINGO, CLINGO_ON_LARGE, INTERVENTIONS)
