"""The least that a verdict needs: a set of labels of which none can be spared, each with its reasons among the others.

The points of it that are in form a strongly admissible set (Baroni and Giacomin 2007; Caminada 2014): each is defended by others that
need it not, so that an account of it never goes in a circle. The least such set is hard to find; one from which nothing can be taken
away is not (compare Caminada and Harikrishnan 2022).
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from kb.evaluate import evaluate
from kb.memory import once
from kb.standing.framework import NO, OPEN, YES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kb.debate import Debate
    from kb.semantics.grounded import Labelling
    from kb.standing.framework import Framework

_LARGE = 150
"""Sets larger than this are not searched for what can be spared."""

Value_co = TypeVar("Value_co", covariant=True)


class Lookup(Protocol[Value_co]):
    """Values by number."""

    def __getitem__(self, number: int, /) -> Value_co:
        """The value of a point or step."""


class Labels(NamedTuple):
    """Labels and ranks of points and steps, by number, as `semantics.grounded` gives them; perhaps of some of them only."""

    points: Lookup[str]
    steps: Lookup[str]
    point_rank: Lookup[int]
    step_rank: Lookup[int]


class _ChosenLabels(dict[int, str]):
    """Labels of what was chosen; of all else none is used."""

    def __missing__(self, number: int) -> str:
        return OPEN


@once
def grounds(debate: Debate) -> Grounds:
    """What the verdicts of a debate need."""
    evaluation = evaluate(debate)
    return Grounds(evaluation.frame, evaluation.record)


class Grounds:
    """The least that the labels of a framework need. Points go by their number, steps by its complement (`~step`)."""

    def __init__(self, frame: Framework, labels: Labelling) -> None:
        """Take labels in and out from a grounded labelling."""
        self.frame = frame
        self.labels = labels
        # a step goes by the complement of its number, which counts from the end of a list
        self._labels = [*labels.points, *reversed(labels.steps)]
        self._ranks = [*labels.point_rank, *reversed(labels.step_rank)]
        self._known_causes: dict[int, list[list[int]]] = {}

    def supporting_points(self, point: int) -> list[int]:
        """The other points that are in and that the label of a point needs; none if it is undecided."""
        if self.labels.points[point] == OPEN:
            return []
        return sorted(n for n in self._needed(point) if n >= 0 and n != point and self.labels.points[n] == YES)

    def needs(self, point: int, other: int) -> bool:
        """Whether the label of a point needs that of another one; of a large set as its labels were decided."""
        if self.labels.points[point] == OPEN or self.labels.point_rank[other] > self.labels.point_rank[point]:
            return False
        return other in self._needed(point)

    def needed_labels(self, point: int) -> Labels:
        """The labels that a point's label needs, ranked anew; all labels if it is undecided or needs very many."""
        ranks = self._least_set(point) if self.labels.points[point] != OPEN else None
        if ranks is None:
            return Labels(self.labels.points, self.labels.steps, self.labels.point_rank, self.labels.step_rank)
        return Labels(
            _ChosenLabels({n: self.labels.points[n] for n in ranks if n >= 0}),
            _ChosenLabels({~n: self.labels.steps[~n] for n in ranks if n < 0}),
            {n: rank for n, rank in ranks.items() if n >= 0},
            {~n: rank for n, rank in ranks.items() if n < 0},
        )

    # -- what a label follows from ---------------------------------------------------------------------------------

    def _causes(self, number: int) -> list[list[int]]:
        """The sets of labels that a label follows from, any one of them."""
        causes = self._known_causes.get(number)
        if causes is None:
            causes = self._step_causes(number) if number < 0 else self._point_causes(number)
            self._known_causes[number] = causes
        return causes

    def _step_causes(self, number: int) -> list[list[int]]:
        step = self.frame.steps[~number]
        undercuts = [~undercut for undercut in step.undercuts]
        if self._labels[number] == YES:
            return [[*step.premises, *undercuts]]
        return [[p] for p in step.premises if self._labels[p] == NO] + [
            [u] for u in undercuts if self._labels[u] == YES
        ]

    def _point_causes(self, number: int) -> list[list[int]]:
        point = self.frame.points[number]
        if point.supposed:
            return [[]]
        supports = [~step for step in point.supports]
        against = [~step for step in point.attacks]
        against += [rival for group in point.groups for rival in self.frame.groups[group] if rival != number]
        if self._labels[number] == YES:
            carrying = [[]] if point.basis == YES else [[s] for s in supports if self._labels[s] == YES]
            return [[*against, *cause] for cause in carrying]
        lost = point.basis == NO and all(self._labels[s] == NO for s in supports)
        return [[cause] for cause in against if self._labels[cause] == YES] + ([supports] if lost else [])

    # -- what is chosen of it ----------------------------------------------------------------------------------------

    def _needed(self, point: int) -> Collection[int]:
        """What a label needs; of a large set perhaps more than it needs."""
        least = self._least_set(point)
        return self._choose(point, self._ranks) if least is None else least

    def _least_set(self, point: int) -> Mapping[int, int] | None:
        """What a label needs and nothing that can be spared, ranked anew; None if that is too much to search."""
        chosen = self._choose(point, self._ranks, at_most=_LARGE)
        if len(chosen) == 1:
            return {point: 0}
        return None if len(chosen) > _LARGE else self._minimise(point, chosen)

    def _choose(self, point: int, ranks: Lookup[int], at_most: int | None = None) -> set[int]:
        """All that a label needs, or the first of it if it is more: of several ways to it the one that was complete first."""
        chosen = {point}
        queue = [point]
        for number in queue:
            if at_most is not None and len(chosen) > at_most:
                break
            cause = self._first_complete(self._causes(number), number, ranks)
            queue += [need for need in dict.fromkeys(cause) if need not in chosen]
            chosen.update(cause)
        return chosen

    @staticmethod
    def _first_complete(causes: list[list[int]], number: int, ranks: Lookup[int]) -> list[int]:
        """Of the ways to a label the one that was complete first."""
        if len(causes) == 1:
            return causes[0]
        before = (cause for cause in causes if all(ranks[n] < ranks[number] for n in cause))
        return min(before, key=lambda way: max((ranks[n] for n in way), default=-1))

    def _derive(self, members: Collection[int]) -> _DerivedRanks:
        """The members that follow from other members, ranked in the order in which they do."""
        ranks = _DerivedRanks()
        waiting = sorted(members, key=self._ranks.__getitem__)
        causes = {number: self._causes(number) for number in waiting}
        while waiting:
            still_waiting = []
            for number in waiting:
                if any(ranks.keys() >= set(way) for way in causes[number]):
                    ranks[number] = len(ranks)
                else:
                    still_waiting.append(number)
            if len(still_waiting) == len(waiting):
                break
            waiting = still_waiting
        return ranks

    def _minimise(self, point: int, chosen: set[int]) -> Mapping[int, int]:
        """Take away one after the other what the label does without: nothing that the only way to it takes."""
        indispensable = self._indispensable(point)
        for number in sorted(chosen - indispensable, key=self._ranks.__getitem__, reverse=True):
            if number in chosen:
                rest = self._derive(chosen - {number})
                chosen = self._choose(point, rest) if point in rest else chosen
        return self._derive(chosen)

    def _indispensable(self, point: int) -> set[int]:
        """What there is no way around."""
        indispensable = {point}
        queue = [point]
        for number in queue:
            causes = self._causes(number)
            if len(causes) == 1:
                queue += [need for need in dict.fromkeys(causes[0]) if need not in indispensable]
                indispensable.update(causes[0])
        return indispensable


class _DerivedRanks(dict[int, int]):
    """Ranks of what was derived; what was not comes after everything."""

    def __missing__(self, number: int) -> int:
        return sys.maxsize
