"""How arrows run on a map: in the gaps between columns, horizontally and vertically with round corners, never through a box.

Arrows that come to one box in one line style share a trunk and an arrowhead. A box has a port for each trunk on its right and one for each
arrow that leaves it on its left, ordered so that few lines cross. An undercut ends near the start of the arrow it denies, where no other
runs along with that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.mapping.chart import style_of
from kb.mapping.layout import WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.mapping.chart import Arrow, Chart

_COMING, _LEAVING = 11, 9
"""The distances between the ports on the right of a box, and between those on its left."""
_CHANNEL, _LANE, _LANES = 19, 5, 3
"""How far the vertical part of a line is from the box it leaves, the distance between two such parts, and how many fit into a gap."""
_JOINT, LANDED, BEYOND = (8, 13), (9, 14), 6
"""How far from a box linked premises come together, and where an undercut of its step ends, each for its last step and for others; and how
far from a joint an undercut ends."""
_EDGE = 12
"""The distance between the corners of a box and its ports."""
_ROUND = 5

Point = tuple[int, int]


class Line(NamedTuple):
    """An arrow as drawn: its strokes as SVG path data, where its head is, and where linked premises come together."""

    kind: str
    strokes: str
    head: Point
    onto_arrow: bool
    joint: Point | None


def route(chart: Chart, heights: Sequence[int], corners: Sequence[tuple[int, int]]) -> tuple[Line, ...]:
    """All lines of a map in the order of its arrows; one that ends on another comes after it."""
    return tuple(_Router(chart, heights, corners).lines())


class _Router:
    """Finds the way of each arrow."""

    def __init__(self, chart: Chart, heights: Sequence[int], corners: Sequence[tuple[int, int]]) -> None:
        self.chart = chart
        self.corners = corners
        self.heights = heights
        self.middles = [corner[1] + height // 2 for corner, height in zip(corners, heights, strict=True)]
        self.landings: list[Point] = []
        """For each arrow the place where an undercut of it ends."""
        self.leaving = self._departures()
        self.starts = [self._starts(number, arrow) for number, arrow in enumerate(chart.arrows)]
        """For each arrow where it leaves its boxes."""
        self.origins = [self._origin(number, arrow) for number, arrow in enumerate(chart.arrows)]
        """For each arrow where its trunk begins: at its box, or where linked premises come together."""
        self.trunks = self._trunks()

    def lines(self) -> Iterator[Line]:
        """The line of each arrow, in their order."""
        for number, arrow in enumerate(self.chart.arrows):
            yield self._undercut_line(arrow) if arrow.arrow is not None else self._line_to_box(number, arrow)

    def _departures(self) -> dict[int, dict[int, tuple[int, int]]]:
        """For each box with several arrows to other boxes, by arrow: how far from its middle it leaves, and its lane."""
        arrows_by_box: dict[int, list[int]] = {}
        for number, arrow in enumerate(self.chart.arrows):
            if arrow.box is not None:
                for start in arrow.starts:
                    arrows_by_box.setdefault(start, []).append(number)
        return {box: self._lanes(box, arrows) for box, arrows in arrows_by_box.items() if len(arrows) > 1}

    def _lanes(self, box: int, arrows: list[int]) -> dict[int, tuple[int, int]]:
        """By arrow its port, in the order of the targets, and its lane: the further an arrow leads, the nearer its lane, so that lines do not cross."""
        arrows.sort(key=lambda a: self.middles[self.chart.arrows[a].box or 0])
        gap = min(_LEAVING, (self.heights[box] - 16) // (len(arrows) - 1))
        first = -gap * (len(arrows) - 1) // 2
        below = [self.middles[self.chart.arrows[a].box or 0] >= self.middles[box] for a in arrows]
        lanes = [len(arrows) - 1 - place if down else place for place, down in enumerate(below)]
        return {
            a: (first + place * gap, lane % _LANES) for place, (a, lane) in enumerate(zip(arrows, lanes, strict=True))
        }

    def _trunks(self) -> dict[tuple[int, str], tuple[Point, int]]:
        """For each box and line style of arrows to it, the port at which the trunk ends, and its lane; the first trunk is straight if it can be."""
        styles_by_box: dict[int, dict[str, int]] = {}
        for (_, y), arrow in sorted(zip(self.origins, self.chart.arrows, strict=True), key=lambda pair: pair[0][1]):
            if arrow.box is not None:
                styles_by_box.setdefault(arrow.box, {}).setdefault(style_of(arrow.kind), y)
        trunks: dict[tuple[int, str], tuple[Point, int]] = {}
        for box, styles in styles_by_box.items():
            x, top = self.corners[box][0] + WIDTH, self.corners[box][1]
            lowest = top + self.heights[box] - _EDGE - (len(styles) - 1) * _COMING
            first = max(top + _EDGE, min(lowest, *styles.values()))
            for place, style in enumerate(styles):
                trunks[box, style] = ((x, first + place * _COMING), min(place, _LANES - 1))
        return trunks

    def _starts(self, number: int, arrow: Arrow) -> list[Point]:
        return [
            (self.corners[box][0], self.middles[box] + self.leaving.get(box, {}).get(number, (0, 0))[0])
            for box in arrow.starts
        ]

    def _further(self, number: int, arrow: Arrow) -> int:
        """1 if the joint of an arrow, or the place where others end on it, is further from its box, since another arrow leaves that below it."""
        leaving = list(self.leaving.get(arrow.starts[0], ()))
        return int(number in leaving[:-1])

    def _origin(self, number: int, arrow: Arrow) -> Point:
        points = self.starts[number]
        if len(points) == 1:
            return points[0]
        return points[0][0] - _JOINT[self._further(number, arrow)], sum(y for _, y in points) // len(points)

    def _line_to_box(self, number: int, arrow: Arrow) -> Line:
        starts, origin = self.starts[number], self.origins[number]
        port, lane = self.trunks[arrow.box or 0, style_of(arrow.kind)]
        lane = self.leaving.get(arrow.starts[0], {}).get(number, (0, lane))[1]
        strokes = elbow_strokes(port, starts[0][0] - _CHANNEL - lane * _LANE, origin)
        if len(starts) == 1:
            self.landings.append((origin[0] - LANDED[self._further(number, arrow)], origin[1]))
            return Line(arrow.kind, strokes, port, onto_arrow=False, joint=None)
        self.landings.append((origin[0] - BEYOND, origin[1]))
        joined = "".join(f"M{origin[0]} {origin[1]}V{y}H{x}" for x, y in starts)
        return Line(arrow.kind, joined + strokes, port, onto_arrow=False, joint=origin)

    def _undercut_line(self, arrow: Arrow) -> Line:
        """The line of an undercut."""
        landing = self.landings[arrow.arrow or 0]
        x, y = self.corners[arrow.starts[0]][0], self.middles[arrow.starts[0]]
        self.landings.append(next_landing(landing, (x, y)))
        return Line(arrow.kind, undercut_strokes((x, y), landing), landing, onto_arrow=True, joint=None)


def undercut_strokes(start: Point, landing: Point) -> str:
    """The strokes of an undercut: horizontally from its box, then straight to the arrow it denies."""
    x, y = start
    turn = _ROUND if landing[1] < y else -_ROUND
    if x >= landing[0] + _ROUND and abs(landing[1] - y) > _ROUND:
        return f"M{x} {y}H{landing[0] + _ROUND}q-5 0-5{_spaced(-turn)}V{landing[1]}"
    return f"M{x} {y}L{landing[0]} {landing[1]}"


def next_landing(landing: Point, start: Point) -> Point:
    """Where an undercut ends that denies the undercut from a box to this landing."""
    return min(landing[0] + 6, start[0] - _ROUND), start[1]


def elbow_strokes(port: Point, channel: int, start: Point) -> str:
    """From a port to a channel, up or down there, and on to the start of the arrow: drawn from the port, so that dashes of a shared trunk agree."""
    (x, y), (right, at) = port, start
    down = at - y
    before, behind = channel - x, right - channel
    if not down:
        return f"M{x} {y}h{right - x}"
    if abs(down) < 2 * _ROUND:
        return f"M{x} {y}h{before - _ROUND}c5 0 5{_spaced(down)} 10{_spaced(down)}h{behind - _ROUND}"
    turn = _ROUND if down > 0 else -_ROUND
    return f"M{x} {y}h{before - _ROUND}q5 0 5{_spaced(turn)}v{down - 2 * turn}q0{_spaced(turn)} 5{_spaced(turn)}h{behind - _ROUND}"


def _spaced(value: int) -> str:
    """A number that follows another one, with a space unless a minus divides them."""
    return str(value) if value < 0 else f" {value}"
