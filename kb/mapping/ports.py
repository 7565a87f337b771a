"""Where arrows leave their boxes on a map in layers, and where linked premises come together, so that no two lines run upon each other."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from kb.mapping.chart import style_of
from kb.mapping.layering import Strand

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kb.mapping.chart import Arrow, Chart
    from kb.mapping.layering import Thread

APART = 4
"""The least distance between horizontal lines."""
JOINT, _BESIDE = 8, 5
"""How far from boxes their first joint is, and each further one from the one before."""
_BETWEEN = 9
"""The distance between the ports on the left of a box."""
_SHIFTS = tuple(shift for step in range(4 * APART) for shift in (step, -step))
"""How far a joint may be moved from the middle, nearest first."""


def thread_of(arrow: Arrow) -> Thread:
    """The lines that share one way: those that arrive at one box in one line style."""
    return arrow.box or 0, style_of(arrow.kind)


def free_place(near: Sequence[int], own: Sequence[int], foreign: Sequence[int]) -> int:
    """The first place that is clear of all `foreign` ones and level with one of `own`, else the first that is clear, else the first."""
    good = [y for y in near if all(abs(y - other) >= APART for other in foreign)]
    return next((y for y in good if y in own), (good or near)[0])


class Departures:
    """How far down each arrow of a component begins."""

    def __init__(
        self, chart: Chart, heights: Sequence[int], tops: Mapping[int, int], strands: Mapping[Strand, int]
    ) -> None:
        """`tops` has the top of each box of the component, `strands` how far down lines pass a column."""
        self.chart = chart
        self.middles = {box: top + heights[box] // 2 for box, top in tops.items()}
        self.arrows = [n for n, arrow in enumerate(chart.arrows) if arrow.starts[0] in tops]
        self.leaving: dict[tuple[int, int], int] = {}
        """By box and arrow, where it leaves the box."""
        self.origins: dict[int, int] = {}
        """By arrow, where it begins: at its box, or where premises come together."""
        self.joints: dict[int, int] = {}
        """By arrow of linked premises, how far from their boxes they come together."""
        self._place_ports(heights, strands)
        for number in self.arrows:
            self.origins[number] = self.leaving[chart.arrows[number].starts[0], number]
        spans: dict[int, list[tuple[int, int, int]]] = {}
        for number in self.arrows:
            if len(chart.arrows[number].starts) > 1:
                self._place_joint(number, spans.setdefault(self.column(number), []))

    def column(self, number: int) -> int:
        """The column that an arrow leaves."""
        return self.chart.boxes[self.chart.arrows[number].starts[0]].column

    def deepest_joint(self, column: int) -> int:
        """How far from the boxes of a column its premises come together at most."""
        return max((at for number, at in self.joints.items() if self.column(number) == column), default=JOINT)

    def _place_ports(self, heights: Sequence[int], strands: Mapping[Strand, int]) -> None:
        """Each arrow leaves its boxes in the order of where it goes, so that lines do not cross without need."""
        aims_by_box: dict[int, list[tuple[int, int]]] = {}
        for number in self.arrows:
            arrow = self.chart.arrows[number]
            for box in arrow.starts:
                aims_by_box.setdefault(box, []).append((self._aim(arrow, strands), number))
        for box, aims in aims_by_box.items():
            between = min(_BETWEEN, (heights[box] - 16) // max(len(aims) - 1, 1))
            first = self.middles[box] - between * (len(aims) - 1) // 2
            for place, (_, number) in enumerate(sorted(aims)):
                self.leaving[box, number] = first + place * between

    def _aim(self, arrow: Arrow, strands: Mapping[Strand, int]) -> int:
        """How far down the first place is to which an arrow goes."""
        if arrow.box is None:
            return self.middles[self.chart.arrows[arrow.arrow or 0].starts[0]]
        strand = Strand(thread_of(arrow), self.chart.boxes[arrow.starts[0]].column - 1)
        return strands.get(strand, self.middles[arrow.box])

    def _place_joint(self, number: int, spans: list[tuple[int, int, int]]) -> None:
        """Let premises come together level with no other line that leaves their column, and beside other joints that they would run into."""
        ys = [self.leaving[box, number] for box in self.chart.arrows[number].starts]
        column = self.column(number)
        others = [y for (box, n), y in self.leaving.items() if n != number and self.chart.boxes[box].column == column]
        others += [self.origins[n] for n in self.joints if self.column(n) == column]
        self.origins[number] = free_place([sum(ys) // len(ys) + shift for shift in _SHIFTS], (), others)
        taken = {at for top, bottom, at in spans if top <= max(ys) and min(ys) <= bottom}
        self.joints[number] = next(at for at in count(JOINT, _BESIDE) if at not in taken)
        spans.append((min(ys), max(ys), self.joints[number]))
