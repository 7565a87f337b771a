"""A map in layers: a point that responds to several stands on it once, with all its lines, right of everything that it responds to.

References become lines to the box they refer to, unless that would make a circle, so all arrows run from right to left. Boxes that belong
upon each other (linked premises, and what denies their step) make a pile; a line that passes columns has a strand in each of them, which
keeps the boxes there out of its way. Lines that arrive at one box in one line style share their strands.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kb.components import connected
from kb.mapping.chart import Arrow, Box, Chart, style_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kb.mapping.layout import Grove

_TAUT = 8
"""How much more it matters that a strand is straight than that a line to a box is."""

Thread = tuple[int, str]
"""The lines that arrive at a box in one line style."""


class Strand(NamedTuple):
    """The place where lines pass a column on their way to a box."""

    thread: Thread
    column: int


class Edge(NamedTuple):
    """A line between neighbouring columns, its left end first, with how much it matters that it is level."""

    left: int
    right: int
    weight: int


class Component(NamedTuple):
    """What is connected on a map: piles of boxes, strands, and edges between them; edges number the piles first and then the strands."""

    ground: int
    piles: tuple[tuple[int, ...], ...]
    strands: tuple[Strand, ...]
    edges: tuple[Edge, ...]


class Layered(NamedTuple):
    """A map that shows a point once on each ground, and its components from the top down."""

    chart: Chart
    components: tuple[Component, ...]


def put_in_layers(chart: Chart, groups: Sequence[Grove]) -> Layered:
    """A map of trees put into layers; trees on different grounds stay apart."""
    merged, grounds = _Merger(chart, groups).merged()
    return Layered(merged, tuple(_ComponentFinder(merged, grounds).components()))


# -- each point once -----------------------------------------------------------------------------------------------------


class _Merger:
    """Joins references with what they refer to, one after the other, unless that makes a circle."""

    def __init__(self, chart: Chart, groups: Sequence[Grove]) -> None:
        self.chart = chart
        self.rank: dict[int, int] = {}
        self.ground: dict[int, int] = {}
        for number, group in enumerate(groups):
            for root in group.roots:
                self._visit(root, number if group.title else -1)
        self.drawn_as = list(range(len(chart.boxes)))
        """For each box the one that is drawn in its place, mostly itself."""
        for number, other in self._references():
            self.drawn_as[number] = other
            if not _PileOrder(self._arrows(), len(self.drawn_as)).is_acyclic:
                self.drawn_as[number] = number

    def _visit(self, root: int, ground: int) -> None:
        """Number a tree from its root, from the top down, and note the ground it stands on."""
        stack = [root]
        while stack:
            box = stack.pop()
            self.rank[box] = len(self.rank)
            self.ground[box] = ground
            stack += reversed(self.chart.right.get(box, []))

    def _references(self) -> Iterator[tuple[int, int]]:
        """Boxes whose point has another box on the same ground, each with the box that is to stay."""
        first: dict[tuple[int, str], int] = {}
        for is_reference in (False, True):
            for number, box in enumerate(self.chart.boxes):
                if box.node and box.is_reference == is_reference:
                    stays = first.setdefault((self.ground[number], box.node), number)
                    if stays != number:
                        yield number, stays

    def _arrows(self) -> tuple[Arrow, ...]:
        """All arrows, between the boxes that are left."""
        drawn_as = self.drawn_as
        return tuple(
            arrow._replace(
                starts=tuple(dict.fromkeys(drawn_as[s] for s in arrow.starts)),
                box=None if arrow.box is None else drawn_as[arrow.box],
            )
            for arrow in self.chart.arrows
        )

    def merged(self) -> tuple[Chart, tuple[int, ...]]:
        """The map, and the ground of each box; boxes are numbered column by column, so that each comes after those it hangs on."""
        arrows = self._arrows()
        columns = _PileOrder(arrows, len(self.drawn_as)).columns
        kept = sorted({*self.drawn_as}, key=lambda n: (columns[n], self.rank[n]))
        number_of = {old: number for number, old in enumerate(kept)}
        parents_of: dict[int, dict[int, None]] = {n: {} for n in kept}
        for number, box in enumerate(self.chart.boxes):
            if box.parent is not None:
                parents_of[self.drawn_as[number]][number_of[self.drawn_as[box.parent]]] = None
        boxes = [_box_in_column(self.chart.boxes[n], columns[n], [*parents_of[n]]) for n in kept]
        right: dict[int | None, list[int]] = {None: []}
        for number, box in enumerate(boxes):
            right.setdefault(box.parent, []).append(number)
        renumbered = tuple(
            a._replace(starts=tuple(number_of[s] for s in a.starts), box=None if a.box is None else number_of[a.box])
            for a in arrows
        )
        return Chart(tuple(boxes), renumbered, {}, right), tuple(self.ground[n] for n in kept)


def _box_in_column(box: Box, column: int, parents: Sequence[int]) -> Box:
    """A box in its column, with all that it hangs on."""
    return replace(box, column=column, parent=parents[0] if parents else None, other_parents=tuple(parents[1:]))


class _PileOrder:
    """Which piles of boxes must stand left of which, and the columns that follow from that; a pile is named by its first box."""

    def __init__(self, arrows: Sequence[Arrow], boxes: int) -> None:
        self.leader = list(range(boxes))
        for arrow in arrows:
            denied = () if arrow.arrow is None else arrows[arrow.arrow].starts
            for other in (*arrow.starts[1:], *denied[:1]):
                self._join(arrow.starts[0], other)
        self.pile = [self._find_leader(n) for n in range(boxes)]
        self.left: dict[int, set[int]] = {pile: set() for pile in self.pile}
        for arrow in arrows:
            if arrow.box is not None:
                self.left[self.pile[arrow.starts[0]]].add(self.pile[arrow.box])

    def _find_leader(self, box: int) -> int:
        while self.leader[box] != box:
            box = self.leader[box]
        return box

    def _join(self, box: int, other: int) -> None:
        first, second = sorted((self._find_leader(box), self._find_leader(other)))
        self.leader[second] = first

    @property
    def is_acyclic(self) -> bool:
        """Whether no arrows make a circle."""
        try:
            TopologicalSorter(self.left).prepare()
        except CycleError:
            return False
        return all(pile not in left for pile, left in self.left.items())

    @cached_property
    def columns(self) -> list[int]:
        """The column of each box: as far left as all that it responds to allows."""
        column_of: dict[int, int] = {}
        for pile in TopologicalSorter(self.left).static_order():
            column_of[pile] = 1 + max((column_of[left] for left in self.left[pile]), default=-1)
        return [column_of[pile] for pile in self.pile]


# -- what is connected ---------------------------------------------------------------------------------------------------


class _ComponentFinder:
    """Parts a map into what is connected."""

    def __init__(self, chart: Chart, grounds: Sequence[int]) -> None:
        self.chart = chart
        self.grounds = grounds
        self.pile = _PileOrder(chart.arrows, len(chart.boxes)).pile
        self.piles: dict[int, list[int]] = {}
        for box, pile in enumerate(self.pile):
            self.piles.setdefault(pile, []).append(box)

    def components(self) -> Iterator[Component]:
        """Each component, in the order of its first box."""
        neighbours: Mapping[int, set[int]] = {pile: set() for pile in self.piles}
        for arrow in self.chart.arrows:
            if arrow.box is not None:
                start, end = self.pile[arrow.starts[0]], self.pile[arrow.box]
                neighbours[start].add(end)
                neighbours[end].add(start)
        seen: set[int] = set()
        for pile in self.piles:
            if pile not in seen:
                yield self._component(sorted(connected(neighbours, pile, seen)))

    def _component(self, leaders: Sequence[int]) -> Component:
        place = {pile: number for number, pile in enumerate(leaders)}
        strands: dict[Strand, int] = {}
        edges: dict[tuple[int, int], int] = {}
        for arrow in self.chart.arrows:
            if arrow.box is None or self.pile[arrow.box] not in place:
                continue
            start, end = self.chart.boxes[arrow.starts[0]].column, self.chart.boxes[arrow.box].column
            thread = (arrow.box, style_of(arrow.kind))
            passed = [Strand(thread, column) for column in range(end + 1, start)]
            path = [
                place[self.pile[arrow.box]],
                *(strands.setdefault(strand, len(place) + len(strands)) for strand in passed),
                place[self.pile[arrow.starts[0]]],
            ]
            for left, right in pairwise(path):
                between = left >= len(place) and right >= len(place)
                edges[left, right] = _TAUT if between else edges.get((left, right), 0) + 1
        return Component(
            self.grounds[leaders[0]],
            tuple(tuple(self.piles[pile]) for pile in leaders),
            tuple(strands),
            tuple(Edge(*ends, weight) for ends, weight in edges.items()),
        )
