"""A debate as an abstract framework: the same labels, in a form that every solver of arguments and attacks can read.

Each point and each step is an argument. A premise `p` of a step goes in as its denial, attacked by `p` and attacking the step; a point
that rests on reasons is attacked by its lack of support, which each of the reasons attacks. Objections, undercuts and rivals attack
directly. The size is linear in that of the debate. On points and steps the complete labellings are those that meet the conditions of
`semantics.grounded`, the preferred those of them that decide as much as can be decided, the stable those that decide all (compare
Strass 2013 for acceptance conditions that are conjunctions and disjunctions).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.abstract.attacks import attack_graph
from kb.standing.framework import OPEN, YES

if TYPE_CHECKING:
    from kb.abstract.attacks import AttackGraph
    from kb.standing.framework import Framework


def flatten(frame: Framework) -> AttackGraph:
    """The abstract framework of a debate: first the points in their order, then the steps in theirs, then what connects them."""
    return _Flattener(frame).flatten()


class _Flattener:
    def __init__(self, frame: Framework) -> None:
        self.frame = frame
        self.names = [f"point_{point.id.replace('-', '_')}" for point in frame.points]
        self.names += [f"step_{number}" for number in range(len(frame.steps))]
        self.pairs: list[tuple[int, int]] = []
        self.denials: dict[int, int] = {}

    def flatten(self) -> AttackGraph:
        first = len(self.frame.points)
        for number, step in enumerate(self.frame.steps):
            self.pairs += [(self._denial_of(premise), first + number) for premise in step.premises]
            self.pairs += [(first + undercut, first + number) for undercut in step.undercuts]
        for number, point in enumerate(self.frame.points):
            if not point.supposed:
                self.pairs += [(first + step, number) for step in point.attacks]
            if point.basis != YES:
                self._add_lack_of_support(number, [first + step for step in point.supports], point.basis)
        for group in self.frame.groups:
            self.pairs += [(one, other) for one in group for other in group if one != other]
        return attack_graph(self.names, self.pairs)

    def _add_argument(self, name: str) -> int:
        self.names.append(name)
        return len(self.names) - 1

    def _denial_of(self, point: int) -> int:
        """The argument that a point does not hold."""
        if point not in self.denials:
            self.denials[point] = self._add_argument(self.names[point].replace("point_", "not_", 1))
            self.pairs.append((point, self.denials[point]))
        return self.denials[point]

    def _add_lack_of_support(self, point: int, reasons: list[int], basis: str) -> None:
        """What holds against a point unless one of its reasons does."""
        lack = self._add_argument(self.names[point].replace("point_", "unsupported_", 1))
        self.pairs += [(lack, point), *((reason, lack) for reason in reasons)]
        if basis == OPEN:
            self.pairs.append((lack, lack))
