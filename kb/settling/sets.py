"""The smallest settling sets: the fewest outcomes that decide a point, so that nothing else unsettled can matter to it.

A set settles a point if the point follows from its outcomes alone, whatever becomes of the rest; it must not contradict itself: no
outcome may be ruled out by the others. Where no condition is used twice the smallest set is put together from below (a cheapest
derivation: Knuth 1977); in general it takes MaxSAT, by which the smallest changes are found, too, that make arguments acceptable (Wallner,
Niskanen and Järvisalo 2017).
"""

from __future__ import annotations

from functools import cached_property
from heapq import heappop, heappush
from itertools import combinations
from math import comb, inf
from typing import TYPE_CHECKING, NamedTuple

from kb.finding import KbError
from kb.settling import maxsat
from kb.settling.flips import basis_granted, label_if, supposing
from kb.standing.framework import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kb.settling.conditions import Conditions
    from kb.settling.flips import Outcomes

_TRIES = 4000
"""So many sets of a size are tried one by one before a solver is asked."""


class SettlingSet(NamedTuple):
    """One smallest set of outcomes that settles a point, and those of them that every smallest set has."""

    outcomes: Outcomes
    necessary: Outcomes


def settling_set(
    conditions: Conditions, target: int, label: str, held: Mapping[int, str] | None = None, *, search: bool = True
) -> SettlingSet | None:
    """What settles a point as in, or as out; None if nothing unsettled can. Empty if it takes nothing.

    `held`: outcomes that somebody takes for granted, which need not be settled any more. Raises `KbError` if it takes a solver and there
    is none, or none shall `search`.
    """
    if target not in conditions:
        return None
    assumed = {leaf: outcome for leaf, outcome in (held or {}).items() if leaf != target}
    with basis_granted(conditions, target), supposing(conditions, assumed):
        if conditions.label(target) not in {OPEN, label}:
            return None
        task = _Task(conditions, target, label, assumed, search=search)
        best = task.smallest()
        if best is None:
            return None
        bound = {task.free[literal] for literal in task.unavoidable}
        necessary = (
            outcome for outcome in best if outcome in bound or task.smallest(without=outcome, at_most=len(best)) is None
        )
        return SettlingSet(best, tuple(necessary))


class _Task:
    """To settle one point in one way."""

    def __init__(
        self, conditions: Conditions, target: int, label: str, held: Mapping[int, str], *, search: bool
    ) -> None:
        self.conditions, self.target, self.label = conditions, target, label
        self.search = search
        self.held = [conditions.literal(leaf, outcome) for leaf, outcome in held.items()]
        self.goal = conditions.literal(target, label)
        self.cone = conditions.cone(self.goal)
        self.given = sorted(literal for literal in self.cone if conditions.holds(literal))
        fixed = {target, *held}
        self.free = {n: end for n, end in conditions.leaf_outcomes(sorted(self.cone)).items() if end[0] not in fixed}

    def smallest(self, without: tuple[int, str] | None = None, at_most: int | None = None) -> Outcomes | None:
        """A smallest set without one of the outcomes; None if there is none, or none of `at_most` so many, which is the fewest known."""
        free = [literal for literal, outcome in self.free.items() if outcome != without]
        cheap = self._cheapest(free)
        if cheap is None:
            return None
        bound = len(cheap) if self._settles(cheap) else len(free) + 1
        if bound <= (at_most or 1) or (bound <= len(free) and self._is_tree()):
            return cheap if at_most is None or bound <= at_most else None
        for size in range(at_most or 0, bound):
            if comb(len(free), size) > _TRIES:
                break
            smallest = next(self._sets_of_size(size, free), None)
            if smallest is not None or size == at_most:
                return smallest
        else:
            return cheap if bound <= len(free) else None
        best = self._smallest_by_solver(free)
        if best is None or (at_most is not None and len(best) > at_most):
            return None
        return cheap if len(best) == bound else best

    @cached_property
    def unavoidable(self) -> set[int]:
        """Free literals that the point does not follow without, as far as that is plain: there is no second way at any turn."""
        cost, _ = self._costs(self.free)
        needed: set[int] = set()
        seen = {self.goal}
        queue = [literal for literal in seen if not self.conditions.holds(literal)]
        for literal in queue:
            cause_sets = self._cause_sets(literal, cost)
            if literal in self.free:
                needed |= set() if cause_sets else {literal}
            elif len(cause_sets) == 1:
                queue += [cause for cause in cause_sets[0] if not (cause in seen or self.conditions.holds(cause))]
                seen.update(cause_sets[0])
        return needed

    def _cause_sets(self, literal: int, cost: Mapping[int, float]) -> list[list[int]]:
        """The causes that a literal can follow from, those that it takes together in one list."""
        causes = self.conditions.causes[literal]
        able = [cause for cause in causes if cause in cost]
        if self.conditions.all_of[literal]:
            return [able] if len(able) == len(causes) else []
        return [[cause] for cause in able]

    def _sets_of_size(self, size: int, free: list[int]) -> Iterator[Outcomes]:
        """Sets of a size that settle it; there is none without what is unavoidable."""
        needed = self.unavoidable.intersection(free)
        rest = [literal for literal in free if literal not in needed]
        for chosen in combinations(rest, size - len(needed)) if len(needed) <= size else ():
            outcomes = tuple(self.free[literal] for literal in sorted((*needed, *chosen)))
            if self._settles(outcomes):
                yield outcomes

    def _settles(self, outcomes: Outcomes) -> bool:
        leaves = dict(outcomes)
        return len(leaves) == len(outcomes) and label_if(self.conditions, self.target, leaves) == self.label

    def _is_tree(self) -> bool:
        """Whether nothing that the point can follow from is used twice."""
        used = [cause for literal in self.cone for cause in self.conditions.causes[literal]]
        return len(used) == len(set(used))

    def _smallest_by_solver(self, free: list[int]) -> Outcomes | None:
        if not self.search:
            raise KbError(maxsat.MISSING)
        best = maxsat.smallest_set(self.conditions, self.goal, free, self.held)
        return None if best is None else tuple(sorted(self.free[literal] for literal in best))

    def _cheapest(self, free: list[int]) -> Outcomes | None:
        """The outcomes of a derivation with the fewest, counting one that is used twice twice; None if there is none."""
        cost, cause_of = self._costs(free)
        return self._outcomes_of_derivation(cause_of, frozenset(free)) if self.goal in cost else None

    def _costs(self, free: Iterable[int]) -> tuple[dict[int, float], dict[int, int]]:
        """How many outcomes each literal takes at the most that follows from any, and the cause that makes it so few."""
        conditions, cone = self.conditions, self.cone
        missing = {n: len(conditions.causes[n]) for n in cone}
        cost: dict[int, float] = dict.fromkeys(self.given, 0.0) | dict.fromkeys(free, 1.0)
        cause_of: dict[int, int] = {}
        spent: dict[int, float] = dict.fromkeys(cone, 0)
        queue = [(value, literal) for literal, value in cost.items()]
        queue.sort()
        done: set[int] = set()
        while queue:
            value, literal = heappop(queue)
            if literal in done:
                continue
            done.add(literal)
            for effect in conditions.follows[literal]:
                if effect not in missing:
                    continue
                missing[effect] -= 1
                spent[effect] += value
                total = spent[effect] if conditions.all_of[effect] else value
                ready = missing[effect] == 0 or not conditions.all_of[effect]
                if ready and total < cost.get(effect, inf):
                    cost[effect], cause_of[effect] = total, literal
                    heappush(queue, (total, effect))
        return cost, cause_of

    def _outcomes_of_derivation(self, cause_of: dict[int, int], free: frozenset[int]) -> Outcomes:
        """The free literals that the cheapest derivation of the goal ends in."""
        seen = {self.goal}
        queue = [self.goal]
        for literal in queue:
            if literal in cause_of:
                causes = self.conditions.causes[literal] if self.conditions.all_of[literal] else (cause_of[literal],)
                queue += [cause for cause in causes if cause not in seen]
                seen.update(causes)
        return tuple(sorted(self.free[n] for n in seen if n in free and n not in cause_of))
