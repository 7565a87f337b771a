"""Strengths: what the base scores come to when each point is moved by what bears on it.

Where nothing leads back to itself one pass from the leaves up is exact. What leads to itself (rivals, mutual objections) is reckoned in
rounds, all vertices at once, until no strength moves any more. Where that swings or grows, only a part of each move is made: by ever
smaller parts this approaches the continuous model of Potyka (KR 2018; arXiv 1809.07133), which also starts from the base scores. No
method comes to rest on every graph (Mossakowski and Neuhaus, arXiv 1807.06685): what has not, and what depends on it, has no number.
"""

from __future__ import annotations

from functools import cached_property
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from kb.components import components
from kb.gradual.graph import NO_LIMIT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kb.gradual.graph import Graph
    from kb.gradual.influence import Semantics

    Values = list[float | None]

ROUNDS = 2000
PRECISION = 1e-12
"""A strength that would move by less has come to rest."""
_SMALLEST = 1 / 16
_SLOW = 0.5


class Solver:
    """The strengths of a graph, or of what bears on one vertex, as often as they are asked for."""

    def __init__(
        self, graph: Graph, semantics: Semantics, *, only: Collection[int] | None = None, rounds: int = ROUNDS
    ) -> None:
        """Find the order in which strengths can be reckoned."""
        self.graph, self.semantics, self.rounds = graph, semantics, rounds
        numbers = range(len(graph.vertices)) if only is None else sorted(only)
        self.inputs = {n: tuple(graph.vertices[n].inputs()) for n in numbers}
        self.parts: Sequence[tuple[int, ...]] = components(self.inputs)
        self.circles = frozenset(n for part in self.parts if self._is_circle(part) for n in part)

    def _is_circle(self, part: tuple[int, ...]) -> bool:
        return len(part) > 1 or part[0] in self.inputs[part[0]]

    def solve(self) -> Values:
        """All strengths."""
        return self._run([None] * len(self.graph.vertices), {}, self.parts)

    def solve_again(
        self,
        usual: Values,
        absent: frozenset[int] = frozenset(),
        bases: Mapping[int, float] | None = None,
        touched: Iterable[int] | None = None,
    ) -> Values:
        """Strengths if some vertices were not there, or started from other bases; what does not depend on them is as usual.

        What is absent has strength 0, which moves nothing. Where the `usual` ones are without some vertices already, `touched` are those
        that go or come back. What comes to the very strength it had is not pursued: a change is felt along a few steps, however many follow.
        """
        values, bases = list(usual), bases or {}
        touched = {*absent, *bases} if touched is None else set(touched)
        for number in absent.intersection(touched):
            values[number] = 0.0
        waiting = sorted({self._part_of[number] for number in touched if number in self._part_of})
        queued = set(waiting)
        while waiting:
            part = self.parts[heappop(waiting)]
            self._run(values, bases, [tuple(n for n in part if n not in absent)])
            more = {self._part_of[then] for n in part if values[n] != usual[n] for then in self._dependents[n]} - queued
            queued |= more
            for place in more:
                heappush(waiting, place)
        return values

    @cached_property
    def _part_of(self) -> dict[int, int]:
        """By vertex the part that it is in: what a part depends on stands before it."""
        return {number: place for place, part in enumerate(self.parts) for number in part}

    @cached_property
    def _dependents(self) -> dict[int, list[int]]:
        """By vertex those that depend on it directly."""
        dependents: dict[int, list[int]] = {number: [] for number in self.inputs}
        for number, inputs in self.inputs.items():
            for other in inputs:
                dependents[other].append(number)
        return dependents

    def _run(self, values: Values, bases: Mapping[int, float], parts: Sequence[tuple[int, ...]]) -> Values:
        for part in parts:
            inside = set(part)
            if any(values[i] is None for n in part for i in self.inputs[n] if i not in inside):
                for number in part:
                    values[number] = None
            elif part and part[0] in self.circles:
                self._settle(values, bases, part)
            elif part:
                values[part[0]] = self._strength_of(values, bases, part[0])
        return values

    def base(self, values: Values, bases: Mapping[int, float], number: int) -> float:
        """What a vertex starts from: its own base, or the weakest that it rests on."""
        vertex = self.graph.vertices[number]
        own = bases.get(number, vertex.base)
        return min([own, *_known_values(values, vertex.rests_on)]) if vertex.rests_on else own

    def _strength_of(self, values: Values, bases: Mapping[int, float], number: int) -> float:
        """The strength of a vertex, of those of what bears on it."""
        vertex, base = self.graph.vertices[number], self.base(values, bases, number)
        if not vertex.attackers and not vertex.supporters:
            return base
        return self.semantics.strength(
            base, _known_values(values, vertex.attackers), _known_values(values, vertex.supporters)
        )

    def _settle(self, values: Values, bases: Mapping[int, float], part: tuple[int, ...]) -> None:
        """Move all vertices of a circle at once, until they rest; none has a strength if they do not."""
        self._start(values, bases, part)
        share, before, last = 1.0, float("inf"), [0.0] * len(part)
        for _ in range(self.rounds):
            old = _known_values(values, part)
            moves = [self._strength_of(values, bases, n) - was for n, was in zip(part, old, strict=True)]
            farthest = max(map(abs, moves))
            if farthest <= PRECISION:
                return
            swings = sum(one * other for one, other in zip(moves, last, strict=True)) < 0
            if farthest >= before or (swings and farthest > _SLOW * before):
                share = max(share / 2, _SMALLEST)
            before, last = farthest, moves
            for number, was, move in zip(part, old, moves, strict=True):
                values[number] = was + share * move
        for number in part:
            values[number] = None

    def _start(self, values: Values, bases: Mapping[int, float], part: tuple[int, ...]) -> None:
        """Start from base scores; what has none of its own from the weakest of those that it rests on."""
        for number in part:
            own = bases.get(number, self.graph.vertices[number].base)
            values[number] = own if own < NO_LIMIT else 1.0
        for number in part:
            if self.graph.vertices[number].base == NO_LIMIT:
                values[number] = self.base(values, bases, number)


def _known_values(values: Values, numbers: Sequence[int]) -> list[float]:
    """Strengths that are known to be there."""
    return [value for n in numbers if (value := values[n]) is not None]
