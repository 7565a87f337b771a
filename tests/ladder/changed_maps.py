"""Metamorphic comparisons of maps and graphs: changes after which the result must be the same, or known in advance."""

from __future__ import annotations

import copy
import random
from typing import TYPE_CHECKING, NamedTuple

from kb.abstract.attacks import AttackGraph, attack_graph
from kb.abstract.extensions import SEMANTICS, Extensions
from kb.abstract.flattening import flatten
from kb.gradual.graph import Graph, Vertex
from kb.gradual.influence import SEMANTICS as GRADUAL
from kb.gradual.solving import Solver
from kb.semantics import grounded
from kb.standing.framework import NO, OPEN, YES, Framework, Point, Step
from tests.ladder import frameworks, strengths
from tests.ladder.labels import MAPS, drawn
from tests.ladder.outcomes import OPEN_MAPS, Disputed, coherent, disputed
from tests.ladder.rung import Rung, Seen
from tests.ladder.strengths import near, under_each

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class Map(NamedTuple):
    """A map, and dice that choose what is changed."""

    frame: Framework
    dice: random.Random

    def point(self) -> int:
        """One of its points."""
        return self.dice.randrange(len(self.frame.points))


def with_dice(count: int) -> Iterator[Map]:
    """Maps, each with dice of its own."""
    return (Map(frame, random.Random(number)) for number, frame in enumerate(drawn(count, 17)))


def add_point(frame: Framework, basis: str) -> int:
    """Add a point."""
    frame.points.append(Point(f"p-{len(frame.points)}", basis))
    return len(frame.points) - 1


def add_step(frame: Framework, premises: tuple[int, ...], target: int, *, against: bool) -> int:
    """Add a step for or against a point."""
    number, point = len(frame.steps), frame.points[target]
    frame.steps.append(Step(number, premises, target, against))
    (point.attacks if against else point.supports).append(number)
    return number


def add_undercut(frame: Framework, premises: tuple[int, ...], denied: int) -> int:
    """Add a step that denies another."""
    frame.steps.append(Step(len(frame.steps), premises, -1, against=True, denies=denied))
    frame.steps[denied].undercuts.append(len(frame.steps) - 1)
    return len(frame.steps) - 1


def same(one: Framework, other: Framework) -> Seen:
    """Compare the labels of the first map with those of the same points and steps in the second, which may have more."""
    before, after = grounded.label(one), grounded.label(other)
    assert after.points[: len(one.points)] == before.points
    assert after.steps[: len(one.steps)] == before.steps
    return Seen({"with all labels": {YES, NO, OPEN} <= {*before.points, *before.steps}})


# -- nothing changes -------------------------------------------------------------------------------------------


def check_renumbered(case: Map) -> Seen:
    """Numbers are only names: points and steps in any other order have the same labels, under every semantics."""
    frame, dice = case
    point = dice.sample(range(len(frame.points)), len(frame.points))
    step = dice.sample(range(len(frame.steps)), len(frame.steps))
    points = [Point("", "") for _ in point]
    steps = [Step(0, (), 0, against=True) for _ in step]
    for number, old in enumerate(frame.points):
        supports, objections = ([step[s] for s in dice.sample(ends, len(ends))] for ends in (old.supports, old.attacks))
        points[point[number]] = Point(f"q-{point[number]}", old.basis, old.supposed, supports, objections, old.groups)
    for number, found in enumerate(frame.steps):
        target = point[found.target] if found.target >= 0 else -1
        denied = None if found.denies is None else step[found.denies]
        premises = tuple(point[p] for p in found.premises)
        undercuts = [step[u] for u in found.undercuts]
        steps[step[number]] = Step(step[number], premises, target, found.against, undercuts, denied)
    groups = [tuple(point[n] for n in group) for group in frame.groups]
    made = Framework(points, steps, groups, {p.id: n for n, p in enumerate(points)}, {}, frozenset())
    before, after = grounded.label(frame), grounded.label(made)
    assert [after.points[n] for n in point] == list(before.points)
    assert [after.steps[n] for n in step] == list(before.steps)
    count = len(frame.points)
    for semantics in SEMANTICS:
        one = {frozenset(point[n] for n in e if n < count) for e in Extensions(flatten(frame), semantics).every()}
        other = {frozenset(n for n in e if n < count) for e in Extensions(flatten(made), semantics).every()}
        assert one == other
    return Seen({"undecided in part": OPEN in before.points})


def check_fallen_objection(case: Map) -> Seen:
    """An objection that is itself defeated, to a point or a step, changes nothing else."""
    made = copy.deepcopy(case.frame)
    objection, answer = add_point(made, YES), add_point(made, YES)
    add_step(made, (answer,), objection, against=True)
    premises = tuple({objection, case.point()})
    if made.steps and case.dice.random() < 0.4:
        add_undercut(made, premises, case.dice.randrange(len(case.frame.steps)))
    else:
        add_step(made, premises, case.point(), against=True)
    return same(case.frame, made)


def check_fallen_left_out(case: Map) -> Seen:
    """An attack that is out can be left out; so can a reason that is out, if there was no other basis."""
    labels, made = grounded.label(case.frame), copy.deepcopy(case.frame)
    gone = {n for n, label in enumerate(labels.steps) if label == NO and case.dice.random() < 0.7}
    for point in made.points:
        point.attacks = [s for s in point.attacks if s not in gone]
        point.supports = [s for s in point.supports if s not in gone]
    for number, step in enumerate(made.steps):
        step.undercuts = [u for u in step.undercuts if u not in gone]
        step.target = -1 if number in gone else step.target
    same(case.frame, made)
    return Seen({"with something left out": bool(gone)})


def check_split_premise(case: Map) -> Seen:
    """A premise taken apart into two linked ones that fare alike: the step is no better or worse for it."""
    made, premise = copy.deepcopy(case.frame), case.point()
    uses = [step for step in made.steps if premise in step.premises]
    if not uses or made.points[premise].groups:
        return Seen()
    half = twin(made, premise)
    for step in uses:
        step.premises = (*step.premises, half)
    seen = same(case.frame, made)
    assert grounded.label(made).points[half] == grounded.label(made).points[premise]
    return Seen({"with a premise split": 1}) + seen


def twin(frame: Framework, number: int) -> int:
    """Another point that has the same basis, and of each step for or against it one that says the same."""
    other = add_point(frame, frame.points[number].basis)
    for against, found in ((False, frame.points[number].supports), (True, frame.points[number].attacks)):
        for step in list(found):
            copied = add_step(frame, frame.steps[step].premises, other, against=against)
            frame.steps[copied].undercuts = frame.steps[step].undercuts
    return other


def check_objection_twice(case: Map) -> Seen:
    """An objection, or a reason, made twice in the same words counts as it did: steps are not added up."""
    made, copied = copy.deepcopy(case.frame), False
    for number, step in enumerate(case.frame.steps):
        if step.target >= 0 and case.dice.random() < 0.5:
            again = add_step(made, step.premises, step.target, against=step.against)
            made.steps[again].undercuts = made.steps[number].undercuts
            copied = True
    same(case.frame, made)
    return Seen({"with steps made twice": copied})


def check_point_twice(case: Map) -> Seen:
    """A point put forward twice, with all that bears on it and all it bears on, changes nothing else."""
    made, number = copy.deepcopy(case.frame), case.point()
    if made.points[number].groups:
        return Seen()
    other = twin(made, number)
    for step, found in enumerate(case.frame.steps):
        if number in found.premises and found.target >= 0:
            premises = tuple(other if p == number else p for p in found.premises)
            again = add_step(made, premises, found.target, against=found.against)
            made.steps[again].undercuts = made.steps[step].undercuts
    return Seen({"with a point made twice": 1}) + same(case.frame, made)


def check_pinned(case: Map) -> Seen:
    """To fix a point at the label that it has changes nothing, one point or all of them."""
    labels = grounded.label(case.frame)
    decided = {n: label for n, label in enumerate(labels.points) if label != OPEN}
    some = {n: label for n, label in decided.items() if case.dice.random() < 0.5}
    for fixed in (decided, some, *({n: label} for n, label in decided.items())):
        found = grounded.label(case.frame, fixed=fixed)
        assert (found.points, found.steps) == (labels.points, labels.steps), fixed
    return Seen({"with something decided": bool(decided)})


def check_more_support(case: Map) -> Seen:
    """One reason more for a point that is in, whatever becomes of the reason, changes nothing."""
    labels, made = grounded.label(case.frame), copy.deepcopy(case.frame)
    standing = [n for n, label in enumerate(labels.points) if label == YES]
    if not standing:
        return Seen()
    add_step(made, tuple({case.point(), case.point()}), case.dice.choice(standing), against=False)
    same(case.frame, made)
    return Seen({"with a point that is in": 1})


# -- what follows is known -------------------------------------------------------------------------------------


def check_side_by_side(case: Map) -> Seen:
    """Two maps that do not touch have the labels that they have alone."""
    other = next(drawn(1, case.dice.randrange(10**6)))
    made = copy.deepcopy(case.frame)
    points, steps, groups = len(made.points), len(made.steps), len(made.groups)
    for point in copy.deepcopy(other.points):
        supports, objections = ([n + steps for n in ends] for ends in (point.supports, point.attacks))
        in_groups = [group + groups for group in point.groups]
        made.points.append(Point(f"q-{point.id}", point.basis, point.supposed, supports, objections, in_groups))
    for step in copy.deepcopy(other.steps):
        target = step.target + points if step.target >= 0 else -1
        premises, undercuts = tuple(p + points for p in step.premises), [u + steps for u in step.undercuts]
        made.steps.append(Step(step.inference, premises, target, step.against, undercuts))
    made.groups += [tuple(n + points for n in group) for group in other.groups]
    labels = grounded.label(made)
    assert labels.points[points:] == grounded.label(other).points
    assert labels.steps[steps:] == grounded.label(other).steps
    return same(case.frame, made)


def check_direction(case: Map) -> Seen:
    """Labels depend only on what bears on a point, directly or not (directionality: Baroni and Giacomin 2007)."""
    frame = case.frame
    points, steps = bearing_on(frame, case.point())
    made = copy.deepcopy(frame)
    for number in set(range(len(frame.points))) - points:
        made.points[number].basis = case.dice.choice([YES, NO, OPEN])
        made.points[number].attacks, made.points[number].supports = [], []
    for number in set(range(len(frame.steps))) - steps:
        made.steps[number] = Step(number, (case.point(),), -1, against=True)
    before, after = grounded.label(frame), grounded.label(made)
    assert [after.points[n] for n in sorted(points)] == [before.points[n] for n in sorted(points)]
    assert [after.steps[n] for n in sorted(steps)] == [before.steps[n] for n in sorted(steps)]
    return Seen({"with something else": len(points) < len(frame.points)})


def bearing_on(frame: Framework, start: int) -> tuple[set[int], set[int]]:
    """A point and all points and steps that bear on it; its rivals among them."""
    points, steps, queue = set[int](), set[int](), [start]
    for number in queue:
        if number in points:
            continue
        points.add(number)
        point = frame.points[number]
        queue += [r for group in point.groups for r in frame.groups[group]]
        found = [*point.attacks, *point.supports]
        for step in found:
            if step not in steps:
                steps.add(step)
                found += frame.steps[step].undercuts
                queue += frame.steps[step].premises
    return points, steps


def check_outcomes(case: tuple[Disputed, random.Random]) -> Seen:
    """What the careful view decides stays so in every world, and under any outcomes that can be together; more of them decide no less."""
    (frame, unsettled), dice = case
    careful = grounded.label(frame, unsettled).points
    world = copy.deepcopy(frame)
    for number in unsettled:
        world.points[number].basis = dice.choice([YES, NO])
    some = {number: dice.choice([YES, NO]) for number in unsettled if dice.random() < 0.6}
    fewer = {number: label for number, label in some.items() if dice.random() < 0.5}
    views = [grounded.label(frame, [u for u in unsettled if u not in fixed], fixed) for fixed in (fewer, some)]
    assert keeps(careful, grounded.label(world).points)
    if not coherent(frame, views[1], some) or not coherent(frame, views[0], fewer):
        return Seen()
    assert keeps(careful, views[0].points)
    assert keeps(views[0].points, views[1].points)
    return Seen({"with more decided": views[1].points != careful})


def keeps(before: Iterable[str], after: Iterable[str]) -> bool:
    """Whether everything that is decided stays so."""
    return all(one in {OPEN, other} for one, other in zip(before, after, strict=True))


def disputed_with_dice(count: int) -> Iterator[tuple[Disputed, random.Random]]:
    """Maps with unsettled points, each with dice of its own."""
    return ((case, random.Random(-number)) for number, case in enumerate(disputed(count)))


# -- arguments and attacks -------------------------------------------------------------------------------------


def check_framework(case: tuple[AttackGraph, AttackGraph, random.Random]) -> Seen:
    """Extensions in another order, with another defeated argument, and beside another framework, under every semantics."""
    found, other, dice = case
    size = len(found.names)
    pairs = [(a, target) for target, attackers in enumerate(found.attackers) for a in attackers]
    place = dice.sample(range(size), size)
    moved = attack_graph([str(n) for n in range(size)], [(place[a], place[b]) for a, b in pairs])
    fallen = attack_graph([*found.names, "x", "y"], [*pairs, (size, dice.randrange(size)), (size + 1, size)])
    more = [(a + size, t + size) for t, attackers in enumerate(other.attackers) for a in attackers]
    both = attack_graph([str(n) for n in range(size + len(other.names))], [*pairs, *more])
    for semantics in SEMANTICS:
        sets = set(Extensions(found, semantics).every())
        assert set(Extensions(moved, semantics).every()) == {frozenset(place[n] for n in e) for e in sets}
        assert set(Extensions(fallen, semantics).every()) == {e | {size + 1} for e in sets}
        others = {frozenset(n + size for n in e) for e in Extensions(other, semantics).every()}
        assert set(Extensions(both, semantics).every()) == {one | two for one in sets for two in others}
        assert Extensions(both, semantics).count() == len(sets) * len(others)
    return Seen({"with several complete extensions": Extensions(found, "CO").count() > 1})


def pairs_of_frameworks(count: int) -> Iterator[tuple[AttackGraph, AttackGraph, random.Random]]:
    """Two random frameworks, and dice."""
    every = frameworks.some(2 * count)
    for number in range(count):
        yield next(every), next(every), random.Random(number)


# -- strengths -------------------------------------------------------------------------------------------------


def solved(graph: Graph, name: str) -> list[float | None]:
    """All strengths."""
    return Solver(graph, GRADUAL[name]).solve()


def check_order(case: strengths.Named) -> Seen:
    """Strengths do not depend on the order of anything."""
    graph, name = case
    total = len(graph.vertices)
    dice = random.Random(total)
    place = dice.sample(range(total), total)
    vertices = [Vertex(0)] * total
    for number, (base, _, against, in_favour) in enumerate(graph.vertices):
        moved = [tuple(place[n] for n in dice.sample(ends, len(ends))) for ends in (against, in_favour)]
        vertices[place[number]] = Vertex(base, (), *moved)
    one, other = solved(graph, name), solved(Graph(tuple(vertices), graph.ids), name)
    for number, value in enumerate(one):
        assert other[place[number]] is None if value is None else near(other[place[number]], value, 1e-9)
    return Seen({"with relations": any(one.attackers or one.supporters for one in graph.vertices)})


def check_one_more(case: strengths.Named) -> Seen:
    """One objection more, or the same again, never raises a strength, one reason more never lowers it; of strength 0 they change nothing."""
    graph, name = case
    before = strengths.known(solved(graph, name))[0]
    first, *others = graph.vertices
    zero = len(graph.vertices)
    nothing = Vertex(0.0)
    for more in (*range(1, len(graph.vertices)), zero):
        # a repeated objection is a copy, since a graph has each vertex only once
        copied = graph.vertices[more] if more < zero else nothing
        worse = first._replace(attackers=(*first.attackers, zero))
        better = first._replace(supporters=(*first.supporters, zero))
        for changed, sign in ((worse, 1), (better, -1)):
            after = strengths.known(solved(Graph((changed, *others, copied), graph.ids), name))[0]
            assert sign * after <= sign * before + 1e-12
            assert more < zero or near(after, before, 1e-12)
    return Seen({"with objections": bool(first.attackers)})


# -- rungs -----------------------------------------------------------------------------------------------------


def _of_maps(name: str, change: str, nothing: str, check: Callable[[Map], Seen]) -> Rung[Map]:
    return Rung(name, "labels of a map", f"{change}: {nothing}", MAPS, with_dice, check, 20_000)


NOTHING = "nothing else changes"
RENUMBERED = _of_maps(
    "renumbered", "points and steps in another order", "the same under every semantics", check_renumbered
)
FALLEN = _of_maps("fallen-objection", "a defeated objection added", NOTHING, check_fallen_objection)
LEFT_OUT = _of_maps("left-out", "objections and reasons that are out left out", NOTHING, check_fallen_left_out)
SPLIT = _of_maps("split-premise", "a premise split into two linked ones that fare alike", NOTHING, check_split_premise)
STEPS_TWICE = _of_maps("steps-twice", "objections and reasons made twice", NOTHING, check_objection_twice)
POINT_TWICE = _of_maps("point-twice", "a point made twice, with all steps to and from it", NOTHING, check_point_twice)
PINNED = _of_maps("pinned", "points fixed at the label they have", NOTHING, check_pinned)
SUPPORT = _of_maps("more-support", "a reason more for a point that is in", NOTHING, check_more_support)
BESIDE = _of_maps("side-by-side", "a map beside another", "each as if alone", check_side_by_side)
DIRECTION = _of_maps("direction", "all rewritten that does not bear on a point", "its label stays", check_direction)
OUTCOMES = Rung(
    "more-outcomes",
    "labels of a map",
    "more outcomes of what is unsettled: what was decided stays so",
    OPEN_MAPS,
    disputed_with_dice,
    check_outcomes,
    50_000,
)
EXTENSIONS = Rung(
    "changed-frameworks",
    "all extensions",
    "arguments in another order, a defeated one added, another framework beside: those known in advance",
    "random frameworks of 4 to 8 arguments",
    pairs_of_frameworks,
    check_framework,
    5_000,
)
ORDER = Rung(
    "strengths-in-any-order",
    "strengths",
    "points and relations in another order: the same",
    f"{strengths.GRAPHS}, with circles",
    under_each(lambda count: strengths.drawn(count, 3, circles=True)),
    check_order,
    10_000,
)
ONE_MORE = Rung(
    "one-more",
    "strengths",
    "an objection added or doubled: not raised; a reason: not lowered; of strength 0: the same",
    strengths.GRAPHS,
    under_each(lambda count: strengths.drawn(count, 2)),
    check_one_more,
    5_000,
)
RUNGS = (
    *(RENUMBERED, FALLEN, LEFT_OUT, SPLIT, STEPS_TWICE, POINT_TWICE, PINNED, SUPPORT, BESIDE, DIRECTION, OUTCOMES),
    *(EXTENSIONS, ORDER, ONE_MORE),
)
