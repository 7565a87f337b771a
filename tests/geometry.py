"""Where things lie on a map, and what must not happen: a box on a box, a line through a box, a line along another one."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

from kb.mapping.layout import WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.mapping.routing import Line


class Rectangle(NamedTuple):
    """A box on the picture, or a stretch of a line."""

    x: int
    y: int
    width: int
    height: int

    def meets(self, other: Rectangle) -> bool:
        """Whether the insides of the two overlap."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


def rectangles(corners: Sequence[tuple[int, int]], heights: Sequence[int]) -> list[Rectangle]:
    """Boxes by their corners."""
    return [Rectangle(*corner, WIDTH, height) for corner, height in zip(corners, heights, strict=True)]


def overlaps(boxes: Sequence[Rectangle]) -> list[tuple[int, int]]:
    """Boxes that lie on each other."""
    return [(a, b) for a, b in itertools.combinations(range(len(boxes)), 2) if boxes[a].meets(boxes[b])]


def _end_point(letter: str, numbers: list[int], x: int, y: int) -> tuple[int, int]:
    """The point to which a command of path data leads."""
    if letter == "H":
        return numbers[0], y
    if letter == "V":
        return x, numbers[0]
    if letter == "h":
        return x + numbers[0], y
    if letter == "v":
        return x, y + numbers[0]
    if letter == "L":
        return numbers[0], numbers[1]
    return x + numbers[-2], y + numbers[-1]


def points(strokes: str) -> Iterator[list[tuple[int, int]]]:
    """The corners of the lines of path data; a round corner counts as the two places that it joins."""
    line: list[tuple[int, int]] = []
    for letter, numbers in re.findall(r"([MLHVhvqc])([-\d ]*)", strokes):
        found = [int(n) for n in re.findall(r"-?\d+", numbers)]
        x, y = line[-1] if line else (0, 0)
        if letter == "M":
            if line:
                yield line
            line = [(found[0], found[1])]
            continue
        line.append(_end_point(letter, found, x, y))
    yield line


def segments(strokes: str) -> Iterator[Rectangle]:
    """The parts of a line from corner to corner."""
    for corners in points(strokes):
        for (x0, y0), (x1, y1) in itertools.pairwise(corners):
            yield Rectangle(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))


def crossing_lines(boxes: Sequence[Rectangle], lines: Sequence[Line]) -> list[str]:
    """Lines that run through a box, even if it is their own."""
    return [
        line.strokes
        for line in lines
        for stretch in segments(line.strokes)
        for box in boxes
        if stretch.meets(box) and not _on_edge(stretch, box)
    ]


def _on_edge(stretch: Rectangle, box: Rectangle) -> bool:
    return stretch.x >= box.x + box.width or stretch.x + stretch.width <= box.x


def run_together(one: Line, other: Line) -> bool:
    """Whether two lines run along each other, so that nobody can tell them apart."""
    return any(
        (not a.height and not b.height and abs(a.y - b.y) < 2 and _common(a.x, a.width, b.x, b.width) > 1)
        or (not a.width and not b.width and abs(a.x - b.x) < 2 and _common(a.y, a.height, b.y, b.height) > 1)
        for a in segments(one.strokes)
        for b in segments(other.strokes)
    )


def _common(start: int, length: int, other: int, size: int) -> int:
    return min(start + length, other + size) - max(start, other)
