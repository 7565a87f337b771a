"""Robust verdicts: those that are the same in every world, whatever becomes of what is unsettled.

The cautious view is a quick test that is never wrong when it says yes: what it decides is the same in every world. It may miss some: a
point carried by either of two reasons of which one or the other must hold is in everywhere, though neither reason is settled. Those
are found by looking at all worlds, or where these are too many by asking a solver for one that differs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.abstract.solver import solver
from kb.finding import KbError
from kb.settling.clauses import Clauses
from kb.settling.flips import leaves_below
from kb.settling.worlds import ALL_UP_TO, Worlds
from kb.standing.framework import NO, OPEN, YES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kb.settling.conditions import Conditions

MISSING = "to tell what holds in every world takes a solver here: `pip install 'argument-kb[solve]'`"


def possible(found: Conditions, target: int) -> frozenset[str]:
    """The labels that a point has in one world or another. Raises `KbError` if that takes a solver and there is none."""
    return _possible(found, target, search=True) or frozenset()


def forced(found: Conditions) -> dict[int, str]:
    """Undecided points that are in, or out, in every world, as far as that can be told without a solver: with few leaves below them.

    Most are ruled out by a few worlds that all share; the rest are looked at one by one.
    """
    same = _same_in(found, ([], found.leaves, found.leaves[::2], found.leaves[1::2]))
    told = {point: _possible(found, point, search=False) for point in same}
    return {point: same[point] for point, labels in told.items() if labels == frozenset({same[point]})}


def _same_in(found: Conditions, worlds: Iterable[Sequence[int]]) -> dict[int, str]:
    """Undecided points that are in, or out, in each of some worlds, given by the leaves that they grant."""
    same: dict[int, str] | None = None
    for leaves in worlds:
        granting = set(leaves)
        facts = found.follow(found.granted(n) if n in granting else found.denied(n) for n in found.leaves)
        labels = {n: found.label(n) for n in (found.points if same is None else same)}
        found.forget(facts)
        same = {n: label for n, label in labels.items() if label != OPEN and (same is None or same[n] == label)}
    return same or {}


def _possible(found: Conditions, target: int, *, search: bool) -> frozenset[str] | None:
    """The labels of a point; None if only a solver can tell and none is asked."""
    if target not in found:
        return frozenset({found.label(target)})
    leaves = [*leaves_below(found, target), *([target] if target in found.leaves else [])]
    if not search and len(leaves) > ALL_UP_TO:
        return None
    goals = {label: found.literal(target, label) for label in (YES, NO)}
    worlds = Worlds(found, goals.values(), leaves)
    seen = {label: worlds.where(goal) for label, goal in goals.items()}
    labels = {label for label, where in seen.items() if where}
    if (seen[YES] | seen[NO]).bit_count() < worlds.count:
        labels.add(OPEN)
    if worlds.sampled and len(labels) < len((YES, NO, OPEN)):
        labels |= _searched(found, goals, leaves, labels)
    return frozenset(labels)


def _searched(found: Conditions, goals: Mapping[str, int], leaves: list[int], seen: set[str]) -> set[str]:
    """Labels that a solver finds, besides those seen in the sample."""
    search = _Search(found, list(goals.values()), leaves)
    labels = {label for label, goal in goals.items() if label not in seen and search.somewhere(goal)}
    if OPEN not in seen and search.nowhere(list(goals.values())):
        labels.add(OPEN)
    return labels


class _Search:
    """Asks for worlds with a solver."""

    def __init__(self, found: Conditions, goals: list[int], leaves: list[int]) -> None:
        self.found = found
        self.sides = [(found.granted(leaf), found.denied(leaf)) for leaf in leaves]
        self.clauses = Clauses(found, goals, [literal for pair in self.sides for literal in pair])
        try:
            self.led, self.closed = solver(), solver()
        except KbError as error:
            raise KbError(MISSING) from error
        for clause in self.clauses.conditions():
            self.led.add_clause(clause)
        for clause in self.clauses.consequences():
            self.closed.add_clause(clause)
        choices = self.clauses.choices
        for granted, denied in self.sides:
            if granted in choices and denied in choices:
                for clause in ([choices[granted], choices[denied]], [-choices[granted], -choices[denied]]):
                    self.led.add_clause(clause)
                    self.closed.add_clause(clause)

    def somewhere(self, goal: int) -> bool:
        """Whether there is a world from which a literal follows."""
        while self.led.solve(assumptions=[self.clauses.of(goal)]):
            model = self.led.get_model()
            followed = self.found.follow(self.clauses.chosen(model))
            circle = self.clauses.circle(model)
            self.found.forget(followed)
            if not circle:
                return True
            for clause in circle:
                self.led.add_clause(clause)
        return False

    def nowhere(self, goals: list[int]) -> bool:
        """Whether there is a world from which none of some literals follows: whatever follows may then be left out of it."""
        return self.closed.solve(assumptions=[-self.clauses.of(goal) for goal in goals])
