"""Where boxes and arrows of a picture go: a tidy tree to either side, columns of one width, nothing upon anything else.

Each column is filled from the top down, a box level with the first one that hangs on it; so no boxes overlap and the lines of a tree do not
cross. The geometry depends on nothing but the neighbourhood and the heights of its boxes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.publishing.neighbourhood import Arrow, Neighbourhood

WIDTH, GAP, ROOM = 172, 42, 12
"""Of a box, between columns, between boxes of a column."""
_PORT = 11
"""Between the ends of arrows that come to one box."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """An arrow as drawn: its strokes as SVG path data, where its head is, and where linked premises come together."""

    kind: str
    strokes: tuple[str, ...]
    head: Point
    onto_arrow: bool
    joint: Point | None


@dataclass(frozen=True, slots=True)
class Layout:
    """The size of a picture, the top left corners of its boxes, and its lines."""

    width: int
    height: int
    corners: tuple[tuple[int, int], ...]
    lines: tuple[Line, ...]


def lay_out(found: Neighbourhood, heights: Sequence[int]) -> Layout:
    """Place everything on a picture; `heights` are those of the boxes."""
    tops = _tops(found, heights)
    first = min(box.column for box in found.boxes)
    last = max(box.column for box in found.boxes)
    corners = tuple(((box.column - first) * (WIDTH + GAP), tops[n]) for n, box in enumerate(found.boxes))
    width = (last - first) * (WIDTH + GAP) + WIDTH
    height = max(tops[n] + heights[n] for n in range(len(heights)))
    return Layout(width, height, corners, _Lines(found, heights, corners).draw())


def _tops(found: Neighbourhood, heights: Sequence[int]) -> list[int]:
    """The top of every box."""
    tops = [0] * len(heights)
    free: dict[int, int] = {}

    def place(number: int, side: dict[int | None, list[int]], at_least: int) -> int:
        column = found.boxes[number].column
        top = max(at_least, free.get(column, 0))
        for count, child in enumerate(side.get(number, ())):
            level = place(child, side, top)
            if not count:
                top = level
        tops[number] = top
        free[column] = top + heights[number] + ROOM
        return top

    for number in found.right[None]:
        place(number, found.right, 0)
    for number in found.right[None]:
        for target in found.left.get(number, ()):
            place(target, found.left, tops[number])
    return tops


class _Lines:
    """Draws the arrows of a picture."""

    def __init__(self, found: Neighbourhood, heights: Sequence[int], corners: Sequence[tuple[int, int]]) -> None:
        self.found = found
        self.heights = heights
        self.corners = corners
        self.ports = self._ports()
        self.landings: list[Point] = []
        """For each arrow the place where an undercut of it ends."""

    def draw(self) -> tuple[Line, ...]:
        """All lines; an arrow that ends on another comes after it."""
        return tuple(self._line(number, arrow) for number, arrow in enumerate(self.found.arrows))

    def _middle(self, number: int) -> float:
        return self.corners[number][1] + self.heights[number] / 2

    def _ports(self) -> dict[int, Point]:
        """Where each arrow to a box ends: on its right edge, one below the other in the order of where they come from."""
        coming: dict[int, list[int]] = {}
        for number, arrow in enumerate(self.found.arrows):
            if arrow.box is not None:
                coming.setdefault(arrow.box, []).append(number)
        ports: dict[int, Point] = {}
        for box, arrows in coming.items():
            arrows.sort(key=lambda a: min(self._middle(s) for s in self.found.arrows[a].starts))
            room = (self.heights[box] - 16) / max(len(arrows) - 1, 1)
            gap = min(_PORT, room)
            for place, number in enumerate(arrows):
                y = self._middle(box) + (place - (len(arrows) - 1) / 2) * gap
                ports[number] = (self.corners[box][0] + WIDTH, y)
        return ports

    def _line(self, number: int, arrow: Arrow) -> Line:
        starts = [(self.corners[s][0], self._middle(s)) for s in arrow.starts]
        if arrow.arrow is not None:
            return self._onto(arrow, starts[0])
        end = self.ports[number]
        if len(starts) == 1:
            start = starts[0]
            self.landings.append(_along(start, end))
            return Line(arrow.kind, (_curve(start, end),), end, onto_arrow=False, joint=None)
        joint = (starts[0][0] - GAP * 0.36, sum(y for _, y in starts) / len(starts))
        self.landings.append(joint)
        strokes = (*(_curve(start, joint) for start in starts), _curve(joint, end))
        return Line(arrow.kind, strokes, end, onto_arrow=False, joint=joint)

    def _onto(self, arrow: Arrow, start: Point) -> Line:
        """An undercut: level with its box, then straight to the arrow it denies."""
        landing = self.landings[arrow.arrow or 0]
        corner = (landing[0], start[1])
        self.landings.append((min(landing[0] + 6, start[0] - 4), start[1]))
        turn = 6 if landing[1] < start[1] else -6
        stroke = f"M{start[0]:.0f} {start[1]:.0f}"
        if start[0] > corner[0] + 6 and abs(landing[1] - start[1]) > 6:
            stroke += f"H{corner[0] + 6:.0f}q-6 0-6{_after(-turn)}V{landing[1]:.0f}"
        else:
            stroke += f"L{landing[0]:.0f} {landing[1]:.0f}"
        return Line(arrow.kind, (stroke,), landing, onto_arrow=True, joint=None)


def _along(start: Point, end: Point) -> Point:
    """A place on a curve near its start, where it is still level and its own."""
    t = 0.3
    level, fall = (1 - t) ** 3 + 3 * t * (1 - t) ** 2, t**3 + 3 * t**2 * (1 - t)
    middle = (start[0] + end[0]) / 2
    x = start[0] * (1 - t) ** 3 + middle * (3 * t * (1 - t) ** 2 + 3 * t**2 * (1 - t)) + end[0] * t**3
    return (x, start[1] * level + end[1] * fall)


def _curve(start: Point, end: Point) -> str:
    """A curve that leaves and arrives level; a straight line where both are on one level."""
    x, y = round(start[0]), round(start[1])
    right, down = round(end[0]) - x, round(end[1]) - y
    if not down:
        return f"M{x} {y}h{right}"
    return f"M{x} {y}c{right // 2} 0{_after(right // 2)}{_after(down)}{_after(right)}{_after(down)}"


def _after(value: int) -> str:
    """A number behind another one: a minus parts them, too."""
    return str(value) if value < 0 else f" {value}"
