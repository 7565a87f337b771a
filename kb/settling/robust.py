"""Robust verdicts: those that are the same in every world, whatever becomes of what is unsettled.

The cautious view is a quick test that is never wrong when it says yes: what it decides is the same in every world. It may miss some: a
point carried by either of two reasons of which one or the other must hold is in everywhere, though neither reason is settled. Those
are found by looking at all worlds, or where these are too many by asking a solver for one that differs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.abstract.solver import solver
from kb.finding import KbError
from kb.settling.clauses import ClauseSet
from kb.settling.flips import leaves_below
from kb.settling.worlds import Worlds
from kb.standing.framework import NO, OPEN, YES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kb.settling.conditions import Conditions

KnownLabels = tuple[frozenset[str], bool]
"""Labels of a point in some worlds, and whether there can be no others."""

MISSING = "to tell what holds in every world takes a solver here: `pip install 'argument-kb[solve]'`"


def possible_labels(conditions: Conditions, target: int) -> frozenset[str]:
    """The labels that a point has in one world or another. Raises `KbError` if that takes a solver and there is none."""
    seen, every = _labels_without_solver(conditions, target)
    return seen if every else seen | _labels_by_solver(conditions, target, seen)


def possible_labels_by_point(conditions: Conditions) -> dict[int, frozenset[str]]:
    """The same for every undecided point; what hangs together is looked at together."""
    labels_by_point = {}
    for group in _groups(conditions):
        seen = _joint_labels_without_solver(conditions, group)
        labels_by_point.update(
            {point: labels if every else possible_labels(conditions, point) for point, (labels, every) in seen.items()}
        )
    return labels_by_point


def forced_labels(conditions: Conditions) -> dict[int, str]:
    """Undecided points that are in, or out, in every world, as far as that can be told without a solver.

    Most are ruled out by a few worlds that all share; the rest are looked at one by one.
    """
    same = _labels_shared_by(conditions, ([], conditions.leaves, conditions.leaves[::2], conditions.leaves[1::2]))
    known = {point: _labels_without_solver(conditions, point) for point in same}
    return {point: same[point] for point, found in known.items() if found == (frozenset({same[point]}), True)}


def _labels_shared_by(conditions: Conditions, worlds: Iterable[Sequence[int]]) -> dict[int, str]:
    """Undecided points that are in, or out, in each of some worlds, given by the leaves that they grant."""
    same: dict[int, str] | None = None
    for leaves in worlds:
        granted = set(leaves)
        facts = conditions.assume(
            conditions.granted_literal(n) if n in granted else conditions.denied_literal(n) for n in conditions.leaves
        )
        labels = {n: conditions.label(n) for n in (conditions.points if same is None else same)}
        conditions.undo(facts)
        same = {n: label for n, label in labels.items() if label != OPEN and (same is None or same[n] == label)}
    return same or {}


def _groups(conditions: Conditions) -> Iterator[list[int]]:
    """The undecided points, those together of which one can bear on another."""
    seen: set[int] = set()
    for point in conditions.points:
        queue = [conditions.literal(point, YES)]
        if queue[0] not in seen:
            seen.add(queue[0])
            for literal in queue:  # what is said of one thing stands in pairs
                near = {literal ^ 1, *conditions.causes[literal], *conditions.follows[literal]} - seen
                seen |= near
                queue += near
            yield sorted({end[0] for end in map(conditions.point_and_label, queue) if end is not None})


def _labels_without_solver(conditions: Conditions, target: int) -> KnownLabels:
    """The labels of a point, as far as they can be told without a solver."""
    if target not in conditions:
        return frozenset({conditions.label(target)}), True
    return _joint_labels_without_solver(conditions, [target])[target]


def _joint_labels_without_solver(conditions: Conditions, points: list[int]) -> dict[int, KnownLabels]:
    """The labels of points in all worlds, or in a sample of them."""
    goals = {point: (conditions.literal(point, YES), conditions.literal(point, NO)) for point in points}
    cone = conditions.cone(*(goal for pair in goals.values() for goal in pair))
    worlds = Worlds(conditions, cone, sorted({leaf for leaf, _ in conditions.leaf_outcomes(cone).values()}))
    all_labels = {YES, NO, OPEN} if not (worlds.sampled and _is_acyclic(conditions, cone)) else {YES, NO}
    labels_by_point = {point: _labels_in(worlds, *pair) for point, pair in goals.items()}
    return {point: (labels, labels == all_labels or not worlds.sampled) for point, labels in labels_by_point.items()}


def _labels_in(worlds: Worlds, holds: int, fails: int) -> frozenset[str]:
    """The labels of a point in some worlds."""
    seen = {label for label, goal in ((YES, holds), (NO, fails)) if worlds.true_in(goal)}
    if (worlds.true_in(holds) | worlds.true_in(fails)).bit_count() < worlds.count:
        seen.add(OPEN)
    return frozenset(seen)


def _is_acyclic(conditions: Conditions, cone: Sequence[int]) -> bool:
    """Whether nothing follows from itself, so that every world decides everything."""
    counts = dict.fromkeys(cone, 0)
    for literal in cone:
        for cause in conditions.causes[literal]:
            counts[cause] += 1
    queue = [literal for literal, count in counts.items() if count == 0]
    for literal in queue:
        for cause in conditions.causes[literal]:
            counts[cause] -= 1
            if counts[cause] == 0:
                queue.append(cause)
    return len(queue) == len(cone)


def _labels_by_solver(conditions: Conditions, target: int, seen: frozenset[str]) -> set[str]:
    """Labels that a solver finds, besides those seen in the sample."""
    goals = {label: conditions.literal(target, label) for label in (YES, NO)}
    leaves = [*leaves_below(conditions, target), *([target] if conditions.is_leaf(target) else [])]
    search = _WorldSearch(conditions, list(goals.values()), leaves)
    labels = {label for label, goal in goals.items() if label not in seen and search.can_hold(goal)}
    if OPEN not in seen and search.can_all_fail(list(goals.values())):
        labels.add(OPEN)
    return labels


class _WorldSearch:
    """Asks for worlds with a solver."""

    def __init__(self, conditions: Conditions, goals: list[int], leaves: list[int]) -> None:
        self.conditions = conditions
        self.sides = [(conditions.granted_literal(leaf), conditions.denied_literal(leaf)) for leaf in leaves]
        self.clauses = ClauseSet(conditions, goals, [literal for pair in self.sides for literal in pair])
        try:
            self.model_solver, self.closed_solver = solver(), solver()
        except KbError as error:
            raise KbError(MISSING) from error
        for clause in self.clauses.conditions():
            self.model_solver.add_clause(clause)
        for clause in self.clauses.consequences():
            self.closed_solver.add_clause(clause)
        choices = self.clauses.choices
        for granted, denied in self.sides:
            if granted in choices and denied in choices:
                for clause in ([choices[granted], choices[denied]], [-choices[granted], -choices[denied]]):
                    self.model_solver.add_clause(clause)
                    self.closed_solver.add_clause(clause)

    def can_hold(self, goal: int) -> bool:
        """Whether there is a world from which a literal follows."""
        while self.model_solver.solve(assumptions=[self.clauses.variable(goal)]):
            model = self.model_solver.get_model()
            assumed = self.conditions.assume(self.clauses.chosen(model))
            loop_clauses = self.clauses.loop_clauses(model)
            self.conditions.undo(assumed)
            if not loop_clauses:
                return True
            for clause in loop_clauses:
                self.model_solver.add_clause(clause)
        return False

    def can_all_fail(self, goals: list[int]) -> bool:
        """Whether there is a world from which none of some literals follows: whatever follows may then be left out of it."""
        return self.closed_solver.solve(assumptions=[-self.clauses.variable(goal) for goal in goals])
