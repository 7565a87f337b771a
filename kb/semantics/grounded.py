"""What must be accepted, and nothing more: the grounded labelling.

The least fixpoint of the three-valued conditions below (Dung 1995; labellings: Caminada 2006; for frameworks with
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
    return _LabellingRun(frame, unsettled).run(fixed or {})


class _LabellingRun:
    """One labelling in progress: what each point and step still waits for, and a queue of the points that were decided."""

    def __init__(self, frame: Framework, unsettled: Collection[int]) -> None:
        self.frame = frame
        self.points = [OPEN] * len(frame.points)
        self.steps = [OPEN] * len(frame.steps)
        self.point_rank = [-1] * len(frame.points)
        self.step_rank = [-1] * len(frame.steps)
        self.queue: list[int] = []  # points; steps that hold at once, as their complement (~step)
        self.basis = [point.basis for point in frame.points]
        for number in unsettled:
            self.basis[number] = OPEN
        self.attacks_left = [len(p.attacks) + len(p.groups) for p in frame.points]
        self.supports_left = [len(p.supports) for p in frame.points]
        self.group_left = [len(g) for g in frame.groups]
        self.group_sum = [sum(g) for g in frame.groups]
        self.used_in: list[list[int]] = [[] for _ in frame.points]
        self.undercuts_of: dict[int, list[int]] = {}
        self.step_left = [1] * len(frame.steps)
        for number, step in enumerate(frame.steps):
            if step.undercuts or len(step.premises) != 1:
                self.step_left[number] = len(step.premises) + len(step.undercuts)
                for undercut in step.undercuts:
                    self.undercuts_of.setdefault(undercut, []).append(number)
            for premise in step.premises:
                self.used_in[premise].append(number)

    def run(self, fixed: Mapping[int, str]) -> Labelling:
        """Decide everything that is decided at once, then what follows from it, until nothing does."""
        for number, value in fixed.items():
            self._decide(number, YES if value == YES else NO)
        for number, left in enumerate(self.attacks_left):
            if left == 0 and self.basis[number] == YES:
                self._decide(number, YES)
            elif self.supports_left[number] == 0 and self.basis[number] == NO:
                self._decide(number, NO)
        self.queue += [~number for number, left in enumerate(self.step_left) if left == 0]
        self._propagate()
        return Labelling(tuple(self.points), tuple(self.steps), tuple(self.point_rank), tuple(self.step_rank))

    def _decide(self, number: int, value: str) -> None:
        if self.points[number] is OPEN:
            self.points[number] = value
            self.queue.append(number)

    def _propagate(self) -> None:
        """Pass each label on: from points to the steps that use them and to rivals, from steps to undercut steps and to targets.

        One loop, since calls would cost more than all the rest.
        """
        points, steps, step_left, frame_steps, rank = self.points, self.steps, self.step_left, self.frame.steps, 0
        for number in self.queue:
            label = points[number] if number >= 0 else YES
            if number >= 0:
                self.point_rank[number] = rank = rank + 1
            for first in self.used_in[number] if number >= 0 else (~number,):
                if label is YES and step_left[first] > 1:
                    step_left[first] -= 1
                    continue
                if steps[first] is not OPEN:
                    continue
                steps[first] = label
                decided = [first]
                for step in decided:
                    self.step_rank[step] = rank = rank + 1
                    if step in self.undercuts_of:
                        decided += self._propagate_to_undercut(step)
                    target = frame_steps[step].target
                    if target >= 0 and points[target] is OPEN:
                        self._propagate_to_target(target, steps[step], against=frame_steps[step].against)
            if number >= 0 and self.frame.points[number].groups:
                self._propagate_to_rivals(number)

    def _propagate_to_undercut(self, step: int) -> list[int]:
        """Pass a step's label on to the steps that it undercuts; those that are decided by it."""
        decided = []
        for undercut in self.undercuts_of[step]:
            if self.steps[undercut] is not OPEN:
                continue
            if self.steps[step] is NO and self.step_left[undercut] > 1:
                self.step_left[undercut] -= 1
            else:
                self.steps[undercut] = NO if self.steps[step] is YES else YES
                decided.append(undercut)
        return decided

    def _propagate_to_target(self, target: int, label: str, *, against: bool) -> None:
        """Pass a step's label on to the point that it is for or against."""
        if against and label is YES:
            self._decide(target, NO)
        elif against:
            self.attacks_left[target] -= 1
        elif label is YES:
            self.basis[target] = YES
        else:
            self.supports_left[target] -= 1
            if self.supports_left[target] == 0 and self.basis[target] == NO:
                self._decide(target, NO)
        if self.attacks_left[target] == 0 and self.basis[target] == YES:
            self._decide(target, YES)

    def _propagate_to_rivals(self, number: int) -> None:
        """Pass a point's label on to its rivals."""
        for group in self.frame.points[number].groups:
            if self.points[number] == YES:
                for rival in self.frame.groups[group]:
                    self._decide(rival, NO)
                continue
            self.group_left[group] -= 1
            self.group_sum[group] -= number
            if self.group_left[group] == 1:
                last = self.group_sum[group]
                self.attacks_left[last] -= 1
                if self.attacks_left[last] == 0 and self.basis[last] == YES:
                    self._decide(last, YES)
