"""Conditions as clauses for a SAT solver, with what has to be added where they run in a circle.

A model of the clauses meets all conditions, but may let a circle hold itself up. What a model claims and nothing leads to is found
and forbidden, one circle after the other (loop formulas: Lin and Zhao 2004).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.standing.framework import NO, YES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kb.settling.conditions import Conditions

Clause = list[int]


class ClauseSet:
    """The conditions of some literals; those that are taken as true hold. `free` ones may also be chosen."""

    def __init__(self, conditions: Conditions, goals: Iterable[int], free: Iterable[int]) -> None:
        """Number the variables: first of the literals that the goals can follow from, then of the choices."""
        self._conditions = conditions
        self._literals = _with_opposites(conditions, goals)
        self._variables = {literal: place for place, literal in enumerate(self._literals, 1)}
        chosen = [literal for literal in free if literal in self._variables]
        self._choices = {literal: len(self._literals) + place for place, literal in enumerate(chosen, 1)}
        self._facts = frozenset(literal for literal in self._literals if conditions.holds(literal))

    def variable(self, literal: int) -> int:
        """The variable of a literal."""
        return self._variables[literal]

    @property
    def choices(self) -> dict[int, int]:
        """The variables of choices, by literal."""
        return self._choices

    def chosen(self, model: Sequence[int]) -> list[int]:
        """The literals that a model chooses."""
        return [literal for literal, variable in self._choices.items() if model[variable - 1] > 0]

    def conditions(self) -> Iterator[Clause]:
        """All conditions, both ways: what follows holds, and what holds follows from something."""
        yield from self.consequences()
        for literal in self._literals:
            if literal not in self._facts:
                yield from self._support_clauses(literal)

    def consequences(self) -> Iterator[Clause]:
        """What follows holds; and no point is in and out."""
        for literal in self._literals:
            own = self._variables[literal]
            if literal in self._facts:
                yield [own]
            if literal in self._choices:
                yield [-self._choices[literal], own]
            if not self._conditions.is_overridden(literal):
                yield from self._cause_clauses(literal)
            named = self._conditions.point_and_label(literal)
            if named is not None and named[1] == YES:
                yield [-own, -self._variables[self._conditions.literal(named[0], NO)]]

    def _cause_clauses(self, literal: int) -> Iterator[Clause]:
        """A literal holds where its causes do."""
        own, causes = self._variables[literal], [self._variables[c] for c in self._conditions.causes[literal]]
        if self._conditions.all_of[literal]:
            yield [own, *(-cause for cause in causes)]
        else:
            yield from ([own, -cause] for cause in causes)

    def _support_clauses(self, literal: int) -> Iterator[Clause]:
        """What holds follows from something, or was chosen."""
        own, causes = self._variables[literal], [self._variables[c] for c in self._conditions.causes[literal]]
        chosen = [self._choices[literal]] if literal in self._choices else []
        if self._conditions.all_of[literal]:
            yield from ([-own, cause, *chosen] for cause in causes)
        else:
            yield [-own, *causes, *chosen]

    def loop_clauses(self, model: Sequence[int]) -> list[Clause]:
        """Clauses that forbid what a model claims although it does not follow; none if there is no such thing."""
        claimed = (n for n in self._literals if model[self._variables[n] - 1] > 0)
        unfounded = {n: None for n in claimed if not self._conditions.holds(n)}
        covered: set[int] = set()
        clauses: list[Clause] = []
        for literal in unfounded:
            if literal not in covered:
                loop = self._loop(literal, unfounded)
                covered.update(loop)
                outside = self._external_supports(loop)
                clauses += ([-self._variables[n], *outside] for n in loop)
        return clauses

    def _loop(self, start: int, unfounded: Mapping[int, None]) -> dict[int, None]:
        """A few literals that hold each other up: small loops forbid more than large ones, of which there may be very many."""
        loop = {start: None}
        queue = [start]
        for literal in queue:
            causes = [cause for cause in self._conditions.causes[literal] if cause in unfounded]
            if self._conditions.all_of[literal]:  # one that does not follow is enough
                causes = [] if any(cause in loop for cause in causes) else causes[:1]
            queue += [cause for cause in dict.fromkeys(causes) if cause not in loop]
            loop.update(dict.fromkeys(causes))
        return loop

    def _external_supports(self, loop: Mapping[int, None]) -> list[int]:
        """What could lead into a loop: choices, and causes that are not in it."""
        conditions = self._conditions
        causes = (
            cause for n in loop if not conditions.all_of[n] for cause in conditions.causes[n] if cause not in loop
        )
        return [*(self._choices[n] for n in loop if n in self._choices), *(self._variables[cause] for cause in causes)]


def _with_opposites(conditions: Conditions, goals: Iterable[int]) -> list[int]:
    """What literals can follow from, and for every point among it what its opposite follows from."""
    seen: dict[int, None] = {}
    queue = list(goals)
    for literal in queue:
        if literal in seen:
            continue
        seen[literal] = None
        queue += conditions.causes[literal]
        named = conditions.point_and_label(literal)
        if named is not None:
            queue.append(conditions.literal(named[0], NO if named[1] == YES else YES))
    return list(seen)
