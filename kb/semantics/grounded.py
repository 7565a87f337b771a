"""What must be accepted, and nothing more: the grounded labelling.

The least fixpoint of the three-valued conditions below (Dung 1995, §2.3; labellings: Caminada 2006; for frameworks with
acceptance conditions: Brewka and Woltran 2010, §3). It is unique, computed in time linear in the number of premises, and sceptical: what
only hangs in the balance stays undecided.

- A step is *in* iff all its premises are in and all undercuts of it out; *out* iff a premise is out or an undercut in.
- A point is *in* iff it has a basis and every attack on it is out; *out* iff an attack is in or it has no basis.
- A basis: what the record grants, or a supporting step that is in.
- Of rival answers each attacks the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.standing.framework import NO, OPEN, YES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kb.standing.framework import Framework


@dataclass(frozen=True, slots=True)
class Labelling:
    """Labels by number, and the rank at which each was decided: whatever decides a label has a lower rank."""

    points: tuple[str, ...]
    steps: tuple[str, ...]
    point_rank: tuple[int, ...]
    step_rank: tuple[int, ...]


def label(frame: Framework, unsettled: Collection[int] = (), fixed: Mapping[int, str] | None = None) -> Labelling:
    """Label a framework; `unsettled` points count as having an undecided basis.

    Points that are `fixed` have that label, in or out, whatever bears on them: an intervention, which overrides a point and leaves
    what it bears on as it is.
    """
    return _Run(frame, unsettled).run(fixed or {})


class _Run:
    """One labelling in progress: counters of what each point and step still waits for, and a queue of what was decided."""

    def __init__(self, frame: Framework, unsettled: Collection[int]) -> None:
        self.frame = frame
        self.points = [OPEN] * len(frame.points)
        self.steps = [OPEN] * len(frame.steps)
        self.point_rank = [-1] * len(frame.points)
        self.step_rank = [-1] * len(frame.steps)
        self.queue: list[int] = []  # points as they are, steps as their complement (~step)
        pinned = set(unsettled)
        self.basis = [OPEN if i in pinned else p.basis for i, p in enumerate(frame.points)]
        self.attacks_left = [len(p.attacks) + len(p.groups) for p in frame.points]
        self.supports_left = [len(p.supports) for p in frame.points]
        self.step_left = [len(s.premises) + len(s.undercuts) for s in frame.steps]
        self.group_left = [len(g) for g in frame.groups]
        self.group_sum = [sum(g) for g in frame.groups]
        self.used_in: list[list[int]] = [[] for _ in frame.points]
        self.undercuts_of: list[list[int]] = [[] for _ in frame.steps]
        for number, step in enumerate(frame.steps):
            for premise in step.premises:
                self.used_in[premise].append(number)
            for undercut in step.undercuts:
                self.undercuts_of[undercut].append(number)

    def run(self, fixed: Mapping[int, str]) -> Labelling:
        """Decide everything that is decided at once, then what follows from it, until nothing does."""
        for number, value in fixed.items():
            self._set_point(number, value)
        for number, point in enumerate(self.frame.points):
            if self.basis[number] == NO and not point.supports:
                self._set_point(number, NO)
            else:
                self._try_in(number)
        for number, left in enumerate(self.step_left):
            if left == 0:
                self._set_step(number, YES)
        for decided in self.queue:
            if decided >= 0:
                self._after_point(decided)
            else:
                self._after_step(~decided)
        return Labelling(tuple(self.points), tuple(self.steps), tuple(self.point_rank), tuple(self.step_rank))

    def _set_point(self, number: int, value: str) -> None:
        if self.points[number] is OPEN:
            self.points[number] = value
            self.point_rank[number] = len(self.queue)
            self.queue.append(number)

    def _set_step(self, number: int, value: str) -> None:
        if self.steps[number] is OPEN:
            self.steps[number] = value
            self.step_rank[number] = len(self.queue)
            self.queue.append(~number)

    def _try_in(self, number: int) -> None:
        if self.basis[number] == YES and self.attacks_left[number] == 0:
            self._set_point(number, YES)

    def _after_point(self, number: int) -> None:
        """Pass a point's label on to the steps that use it and to its rivals."""
        holds = self.points[number] == YES
        for step in self.used_in[number]:
            if holds:
                self._one_less(step)
            else:
                self._set_step(step, NO)
        for group in self.frame.points[number].groups:
            self._after_rival(group, number, holds=holds)

    def _after_rival(self, group: int, number: int, *, holds: bool) -> None:
        if holds:
            for rival in self.frame.groups[group]:
                if rival != number:
                    self._set_point(rival, NO)
            return
        self.group_left[group] -= 1
        self.group_sum[group] -= number
        if self.group_left[group] == 1:
            last = self.group_sum[group]
            self.attacks_left[last] -= 1
            self._try_in(last)

    def _one_less(self, step: int) -> None:
        self.step_left[step] -= 1
        if self.step_left[step] == 0:
            self._set_step(step, YES)

    def _after_step(self, number: int) -> None:
        """Pass a step's label on to its target and to the steps it undercuts."""
        holds = self.steps[number] == YES
        for undercut in self.undercuts_of[number]:
            if holds:
                self._set_step(undercut, NO)
            else:
                self._one_less(undercut)
        step = self.frame.steps[number]
        target = step.target
        if target < 0 or self.frame.points[target].supposed:
            return
        if step.against:
            if holds:
                self._set_point(target, NO)
            else:
                self.attacks_left[target] -= 1
                self._try_in(target)
        elif holds:
            self.basis[target] = YES
            self._try_in(target)
        else:
            self.supports_left[target] -= 1
            if self.supports_left[target] == 0 and self.basis[target] == NO:
                self._set_point(target, NO)
