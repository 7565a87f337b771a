"""Where boxes go on a map: a tidy tree to either side, in columns of one width, with no box on another.

Each column is filled from the top down, a box level with the first one that hangs on it; so no boxes overlap and the lines of a tree do not
cross. Trees of a wide map stand below one another in bands. The geometry depends on nothing but the chart and the heights of its boxes.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.mapping.chart import Chart

WIDTH, GAP, ROOM = 172, 42, 12
"""The width of a box, and the distances between columns and between the boxes of a column."""
_INSET, TITLE, _ASIDE = 12, 34, 20
"""The margin of a grove, the room for its title, and how much wider the gap between bands is than that between columns."""
_SHAPE = 1.5
"""How much wider than high a map of many trees should be."""
_BANDS, _SLACK = 8, 1.08
"""The most bands, and how much higher than their mean a band may be."""


class Panel(NamedTuple):
    """The ground on which a grove stands."""

    x: int
    y: int
    width: int
    height: int
    title: str


class Layout(NamedTuple):
    """The size of a picture, the top left corners of its boxes, and the groves they stand in."""

    width: int
    height: int
    corners: tuple[tuple[int, int], ...]
    panels: tuple[Panel, ...] = ()


class Grove(NamedTuple):
    """Trees that stay together, named by their first boxes; with a title they stand on a ground of their own."""

    roots: tuple[int, ...]
    title: str = ""


class Block(NamedTuple):
    """The size of a grove, with its ground if that has a title."""

    width: int
    height: int
    title: str

    @classmethod
    def around(cls, width: int, height: int, title: str) -> Block:
        """The block around something of this size."""
        return cls(width + 2 * _INSET, height + TITLE + _INSET, title) if title else cls(width, height, title)


def lay_out(chart: Chart, heights: Sequence[int]) -> Layout:
    """Place the boxes of a neighbourhood, which have these heights."""
    columns = _Columns(chart, heights)
    for number in chart.right[None]:
        columns.place(number, chart.right, 0)
    for number in chart.right[None]:
        for target in chart.left.get(number, ()):
            columns.place(target, chart.left, columns.tops[number])
    first = min(box.column for box in chart.boxes)
    last = max(box.column for box in chart.boxes)
    corners = tuple(((box.column - first) * (WIDTH + GAP), columns.tops[n]) for n, box in enumerate(chart.boxes))
    bottom = max(top + high for top, high in zip(columns.tops, heights, strict=True))
    return Layout((last - first) * (WIDTH + GAP) + WIDTH, bottom, corners)


def lay_out_groves(chart: Chart, heights: Sequence[int], groves: Sequence[Grove]) -> Layout:
    """Place the boxes of many trees: each grove in a block, blocks one below the other in as many bands as give the picture its shape."""
    columns = _Columns(chart, heights)
    blocks, boxes_by_grove = [], []
    for grove in groves:
        boxes = _place_grove(columns, grove)
        boxes_by_grove.append(boxes)
        blocks.append(
            Block.around(max(columns.free) * (WIDTH + GAP) + WIDTH, max(columns.free.values()) - ROOM, grove.title)
        )
    arranged = arrange(blocks)
    corners = [(0, 0)] * len(heights)
    for boxes, (left, top) in zip(boxes_by_grove, arranged.corners, strict=True):
        for number in boxes:
            corners[number] = (left + chart.boxes[number].column * (WIDTH + GAP), top + columns.tops[number])
    return arranged._replace(corners=tuple(corners))


def arrange(blocks: Sequence[Block]) -> Layout:
    """The place of the content of each block, in as many bands as give the picture its shape, and the grounds."""
    plans = [_bands(blocks, count) for count in range(1, min(_BANDS, len(blocks)) + 1)]
    best = min(plans, key=lambda plan: _misshape(*_extent(blocks, plan)))
    placed = list(zip(blocks, best, strict=True))
    panels = tuple(Panel(x, y, block.width, block.height, block.title) for block, (x, y) in placed if block.title)
    corners = tuple((x + _INSET, y + TITLE) if block.title else (x, y) for block, (x, y) in placed)
    return Layout(*_extent(blocks, best), corners, panels)


class _Columns:
    """Columns being filled from the top down."""

    def __init__(self, chart: Chart, heights: Sequence[int]) -> None:
        self.chart = chart
        self.heights = heights
        self.tops = [0] * len(heights)
        self.free: dict[int, int] = {}
        self.placed: list[int] = []

    def place(self, number: int, side: dict[int | None, list[int]], at_least: int) -> int:
        """Place a box level with the first one that hangs on it, and all that hang on it."""
        column = self.chart.boxes[number].column
        top = max(at_least, self.free.get(column, 0))
        self.placed.append(number)
        for count, child in enumerate(side.get(number, ())):
            level = self.place(child, side, top)
            if not count:
                top = level
        self.tops[number] = top
        self.free[column] = top + self.heights[number] + ROOM
        return top


def _place_grove(columns: _Columns, grove: Grove) -> list[int]:
    """The boxes of a grove, placed as if it were alone on the picture."""
    columns.free, columns.placed = {}, []
    for root in grove.roots:
        columns.place(root, columns.chart.right, 0)
    return columns.placed


def _bands(blocks: Sequence[Block], count: int) -> list[tuple[int, int]]:
    """The corner of each block, if each goes into the first of so many bands that has room for it."""
    most = max(sum(block.height + ROOM for block in blocks) / count * _SLACK, *(block.height for block in blocks), 1)
    ends, wide, places = [0], [0], list[tuple[int, int]]()
    for block in blocks:
        band = next((n for n, end in enumerate(ends) if end + block.height <= most), len(ends))
        if band == len(ends):
            ends.append(0)
            wide.append(0)
        places.append((band, ends[band]))
        ends[band] += block.height + ROOM
        wide[band] = max(wide[band], block.width)
    lefts = [0, *accumulate(width + GAP + _ASIDE for width in wide)]
    return [(lefts[band], y) for band, y in places]


def _extent(blocks: Sequence[Block], corners: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The size of all blocks together."""
    return (
        max(x + block.width for block, (x, _) in zip(blocks, corners, strict=True)),
        max(y + block.height for block, (_, y) in zip(blocks, corners, strict=True)),
    )


def _misshape(width: int, height: int) -> float:
    """How far a picture is from its best shape, be it too wide or too high."""
    shape = width / height / _SHAPE
    return max(shape, 1 / shape)
