"""What the cautious view leaves undecided, as conditions: what must come out how for a point to be in, or out.

A *literal* says that a point or step is in, or that it is out. Each follows from others, from all of them together or from any one
(the conditions of `semantics.grounded`, written out; compare acceptance conditions: Brewka and Woltran 2010, §3). None follows from
the absence of another, so what follows from more outcomes is never less, and every outcome is pursued from what is already known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.evaluate import evaluate
from kb.memory import once
from kb.standing.framework import NO, OPEN, YES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from kb.debate import Debate
    from kb.semantics.grounded import Labelling
    from kb.standing.framework import Framework, Point, Step

_IN, _OUT, _BASIS, _LACK = range(4)
"""Of a point: it is in, it is out, it has a basis, it has none."""


class Conditions:
    """The undecided points and steps of a labelling, and what each of their literals follows from.

    `all_of[n]`: whether literal `n` takes all of `causes[n]`, or any one of them. `leaves` are the points whose bases are unsettled, by
    number in the framework.
    """

    def __init__(
        self,
        frame: Framework,
        labels: Labelling,
        unsettled: Iterable[int],
        rank: Callable[[int], int] | None = None,
    ) -> None:
        """Write down the conditions of what these labels leave undecided; literals go by the `rank` of points."""
        self.frame = frame
        self._labels = labels
        self.points = sorted((n for n, label in enumerate(labels.points) if label == OPEN), key=rank)
        steps = [n for n, label in enumerate(labels.steps) if label == OPEN]
        if rank is not None:
            steps.sort(key=lambda n: _step_sort_key(frame.steps[n], rank))
        self.leaves = sorted((n for n in unsettled if labels.points[n] == OPEN), key=rank)
        first_step = 4 * len(self.points)
        first_leaf = first_step + 2 * len(steps)
        self._point = {number: 4 * place for place, number in enumerate(self.points)}
        self._step = {number: first_step + 2 * place for place, number in enumerate(steps)}
        self._leaf = {number: first_leaf + 2 * place for place, number in enumerate(self.leaves)}
        size = first_leaf + 2 * len(self.leaves)
        self.causes: list[Sequence[int]] = [()] * size
        self.all_of = [False] * size
        for number in self.points:
            self._add_point(number, frame.points[number])
        for number in steps:
            self._add_step(self._step[number], frame.steps[number])
        self.follows: list[list[int]] = [[] for _ in range(size)]
        for literal, causes in enumerate(self.causes):
            for cause in causes:
                self.follows[cause].append(literal)
        self.clash = False
        """Whether what was followed last contradicts itself, or what was known."""
        self._true = [False] * (size + 1)
        self._opposite = [self._opposite_of(literal, size) for literal in range(size)]
        self._missing = [len(c) if every else 1 for c, every in zip(self.causes, self.all_of, strict=True)]

    # -- literals ------------------------------------------------------------------------------------------------------

    def literal(self, number: int, label: str) -> int:
        """The literal that an undecided point is `in`, or `out`."""
        return self._point[number] + (_IN if label == YES else _OUT)

    def granted_literal(self, leaf: int) -> int:
        """The literal that an unsettled leaf has a basis of its own."""
        return self._leaf[leaf]

    def denied_literal(self, leaf: int) -> int:
        """The literal that it has none."""
        return self._leaf[leaf] + 1

    def point_and_label(self, literal: int) -> tuple[int, str] | None:
        """The point that a literal speaks of and its label; None if it speaks of a basis or a step."""
        kind = literal % 4
        if literal >= 4 * len(self.points) or kind not in {_IN, _OUT}:
            return None
        return self.points[literal // 4], YES if kind == _IN else NO

    def leaf_outcomes(self, literals: Iterable[int]) -> dict[int, tuple[int, str]]:
        """Those literals that say how an unsettled leaf comes out, each with the leaf and its label."""
        named = ((literal, self.point_and_label(literal)) for literal in literals)
        return {literal: end for literal, end in named if end is not None and end[0] in self._leaf}

    def is_leaf(self, number: int) -> bool:
        """Whether the basis of an undecided point is itself unsettled."""
        return number in self._leaf

    def __contains__(self, number: int) -> bool:
        """Whether a point is undecided, so that something may follow for it."""
        return number in self._point

    def cone(self, *literals: int, up_to: Collection[int] = ()) -> list[int]:
        """These literals and everything that they may follow from, nearest first, but nothing that leads to some points."""
        seen = dict.fromkeys(literals)
        queue = list(seen)
        ends = {self._point[number] + side for number in up_to for side in (_IN, _OUT)}
        for literal in queue:
            for cause in self.causes[literal] if literal not in ends else ():
                if cause not in seen:
                    seen[cause] = None
                    queue.append(cause)
        return queue

    # -- conditions ----------------------------------------------------------------------------------------------------

    def _add_point(self, number: int, point: Point) -> None:
        own, known = self._point[number], self._labels
        attacks = [self._step[s] for s in point.attacks if known.steps[s] == OPEN]
        rivals = [
            self._point[r]
            for r in dict.fromkeys(r for group in point.groups for r in self.frame.groups[group])
            if r != number and known.points[r] == OPEN
        ]
        against = [*attacks, *rivals]
        self._set_causes(own + _OUT, against, every=False)
        self._set_causes(own + _IN, [literal + _OUT for literal in against], every=True)
        unsettled = self._leaf.get(number)
        if (unsettled is None and point.basis == YES) or any(known.steps[s] == YES for s in point.supports):
            return
        supports = [self._step[s] for s in point.supports if known.steps[s] == OPEN]
        own_basis = [] if unsettled is None else [unsettled]
        self._set_causes(own + _BASIS, [*own_basis, *supports], every=False)
        self._set_causes(own + _LACK, [literal + 1 for literal in (*own_basis, *supports)], every=True)
        self._set_causes(own + _OUT, [*against, own + _LACK], every=False)
        self._set_causes(own + _IN, [*self.causes[own + _IN], own + _BASIS], every=True)

    def _add_step(self, own: int, step: Step) -> None:
        premises = [self._point[p] for p in step.premises if self._labels.points[p] == OPEN]
        undercuts = [self._step[u] for u in step.undercuts if self._labels.steps[u] == OPEN]
        self._set_causes(own + _IN, [*premises, *(u + _OUT for u in undercuts)], every=True)
        self._set_causes(own + _OUT, [*(p + _OUT for p in premises), *undercuts], every=False)

    def _set_causes(self, literal: int, causes: Sequence[int], *, every: bool) -> None:
        self.causes[literal], self.all_of[literal] = sorted(causes), every

    # -- consequences ------------------------------------------------------------------------------------------------

    def assume(self, facts: Iterable[int]) -> list[int]:
        """Take literals as true, and return them with all that follows and was not known: to be taken back by `undo`.

        What is taken as true overrides what bears on it: its opposite does not follow, but that it would makes a `clash`.
        """
        true, missing, follows, opposite = self._true, self._missing, self.follows, self._opposite
        assumed = [fact for fact in dict.fromkeys(facts) if not true[fact]]
        for literal in assumed:
            true[literal] = True
        self.clash = any(true[opposite[literal]] for literal in assumed)
        for literal in assumed:
            for effect in follows[literal]:
                missing[effect] -= 1
                if missing[effect] == 0 and not true[effect]:
                    if true[opposite[effect]]:
                        self.clash = True
                    else:
                        true[effect] = True
                        assumed.append(effect)
        return assumed

    def _opposite_of(self, literal: int, none: int) -> int:
        """Of a literal that says that a point is in, the one that it is out, or the other way round; else one that is never true."""
        return literal ^ 1 if literal < 4 * len(self.points) and literal % 4 in {_IN, _OUT} else none

    def is_overridden(self, literal: int) -> bool:
        """Whether a literal would follow, if its opposite were not taken as true."""
        return not self._true[literal] and self._missing[literal] <= 0

    def undo(self, literals: Iterable[int]) -> None:
        """Take back what `assume` returned."""
        for literal in literals:
            self._true[literal] = False
            for effect in self.follows[literal]:
                self._missing[effect] += 1

    def holds(self, literal: int) -> bool:
        """Whether a literal is taken as true, or follows."""
        return self._true[literal]

    def label(self, number: int) -> str:
        """The label of a point that was known, or follows from what is taken as true."""
        if number not in self._point:
            return self._labels.points[number]
        own = self._point[number]
        if self._true[own + _OUT]:
            return NO
        return YES if self._true[own + _IN] else OPEN


@once
def conditions(debate: Debate) -> Conditions:
    """The conditions of what the cautious view of a debate leaves undecided."""
    evaluation = evaluate(debate)
    points = evaluation.frame.points
    numbers = [evaluation.frame.index[point] for point in evaluation.unsettled]
    return Conditions(evaluation.frame, evaluation.cautious, numbers, lambda number: debate.order[points[number].id])


def _step_sort_key(step: Step, rank: Callable[[int], int]) -> tuple[object, ...]:
    """Where a step belongs among others, in whichever order they were read."""
    target = rank(step.target) if step.target >= 0 else -1
    return sorted(map(rank, step.premises)), target, step.against, len(step.undercuts)
