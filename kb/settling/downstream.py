"""What follows once a point comes out otherwise: only what it leads to is judged anew.

The grounded labelling is directional: the label of a point depends on nothing but what leads to it (Baroni and Giacomin 2007).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.semantics import grounded
from kb.standing.framework import NO, OPEN, YES, Framework, Point, Step

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kb.semantics.grounded import Labelling


class Downstream:
    """A labelling of a framework, with some points unsettled and some fixed, and what becomes of it if one more is fixed."""

    def __init__(
        self,
        frame: Framework,
        labels: Labelling,
        unsettled: Collection[int] = (),
        fixed: Mapping[int, str] | None = None,
    ) -> None:
        """Take a labelling, and what it was made from."""
        self.frame = frame
        self.labels = labels
        self.unsettled = frozenset(unsettled)
        self.fixed = fixed or {}
        self._used_in: list[list[int]] = [[] for _ in frame.points]
        self._undercuts: dict[int, list[int]] = {}
        for number, step in enumerate(frame.steps):
            for premise in step.premises:
                self._used_in[premise].append(number)
            for undercut in step.undercuts:
                self._undercuts.setdefault(undercut, []).append(number)

    def if_fixed(self, start: int, label: str) -> Mapping[int, str]:
        """The labels of all points that a point leads to, and its own, if it has this label whatever bears on it."""
        points, steps = self._region(start)
        excerpt = _Excerpt(self, points, steps)
        fixed = {number: self.fixed[number] for number in points if number in self.fixed} | {start: label}
        return excerpt.labels([n for n in points if n in self.unsettled and n not in fixed], fixed)

    def _region(self, start: int) -> tuple[list[int], list[int]]:
        """The points and steps that a point leads to, as far as the first that is fixed."""
        found = {start: None}
        queue = [start]
        for number in queue:
            for then in self._next(number) if number == start or number not in self.fixed else ():
                if then not in found:
                    found[then] = None
                    queue.append(then)
        return [number for number in queue if number >= 0], [~number for number in queue if number < 0]

    def _next(self, number: int) -> list[int]:
        """What a point leads to at once, or a step (given by its complement, as are steps here)."""
        if number >= 0:
            rivals = [rival for group in self.frame.points[number].groups for rival in self.frame.groups[group]]
            return [*(~step for step in self._used_in[number]), *rivals]
        target = self.frame.steps[~number].target
        return [*(~step for step in self._undercuts.get(~number, ())), *([target] if target >= 0 else [])]


class _Excerpt:
    """Some points and steps as a framework of their own; what bears on them from without has the label that is known."""

    def __init__(self, whole: Downstream, points: list[int], steps: list[int]) -> None:
        self.whole = whole
        self.place = {number: place for place, number in enumerate(points)}
        self.known = {label: len(points) + place for place, label in enumerate((YES, NO, OPEN))}
        self.frame = Framework([], [], [], {}, {}, frozenset())
        self.frame.points += (Point(p.id, p.basis, p.supposed) for p in map(whole.frame.points.__getitem__, points))
        self.frame.points += (Point(label, label) for label in self.known)
        self.step = {number: self._add(number) for number in steps}
        for number in points:
            self._bear_on(number)
        for number in steps:
            undercuts = whole.frame.steps[number].undercuts
            self.frame.steps[self.step[number]].undercuts += map(self._step, undercuts)
        for group in dict.fromkeys(g for number in points for g in whole.frame.points[number].groups):
            self._join(whole.frame.groups[group])

    def labels(self, unsettled: list[int], fixed: Mapping[int, str]) -> Mapping[int, str]:
        """The grounded labels of the points."""
        unknown = [self.place[number] for number in unsettled]
        found = grounded.label(self.frame, unknown, {self.place[number]: label for number, label in fixed.items()})
        return {number: found.points[place] for number, place in self.place.items()}

    def _add(self, number: int) -> int:
        step, known = self.whole.frame.steps[number], self.whole.labels.points
        premises = tuple(dict.fromkeys(self.place.get(p, self.known[known[p]]) for p in step.premises))
        self.frame.steps.append(Step(number, premises, self.place.get(step.target, -1), step.against))
        return len(self.frame.steps) - 1

    def _step(self, number: int, target: int = -1) -> int:
        """A step as it is here; from without one that has the same label."""
        if number not in self.step:
            label = self.whole.labels.steps[number]
            against = self.whole.frame.steps[number].against
            self.frame.steps.append(Step(number, (self.known[label],), target, against))
            return len(self.frame.steps) - 1
        return self.step[number]

    def _bear_on(self, number: int) -> None:
        point, here = self.whole.frame.points[number], self.place[number]
        self.frame.points[here].supports += (self._step(step, here) for step in point.supports)
        self.frame.points[here].attacks += (self._step(step, here) for step in point.attacks)

    def _join(self, group: tuple[int, ...]) -> None:
        """Rivals are led to together, but for those of a point that is fixed."""
        members = tuple(self.place[number] for number in group if number in self.place)
        for member in members:
            self.frame.points[member].groups.append(len(self.frame.groups))
        self.frame.groups.append(members)
