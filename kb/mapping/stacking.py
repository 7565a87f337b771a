"""The picture of a map in layers: components that Graphviz helped to lay out, put together like the trees of any other map.

Graphviz says in which order boxes and strands stand in their columns, and how far down. This module keeps them off each other.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from kb.mapping.channels import channelled
from kb.mapping.layout import ROOM, WIDTH, Block, Layout, arrange
from kb.mapping.tracing import Weaving

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kb.mapping.channels import Placed
    from kb.mapping.graphviz import Graph
    from kb.mapping.layering import Component, Layered, Strand
    from kb.mapping.routing import Line

_STRAND = 6
"""The height of a strand."""


def graphs(found: Layered, heights: Sequence[int]) -> list[Graph]:
    """What Graphviz is asked: one graph for each component, with heights and edges, and no words."""
    return [(tuple(_sizes(component, heights)), component.edges) for component in found.components]


def stack(
    found: Layered, heights: Sequence[int], titles: Sequence[str], answers: Sequence[Sequence[int]]
) -> tuple[Layout, tuple[Line, ...]]:
    """The picture: where everything stands and how lines run; `titles` are those of the grounds, `answers` those to the graphs."""
    placed = [
        _placed(found, heights, component, middles)
        for component, middles in zip(found.components, answers, strict=True)
    ]
    last = max(box.column for box in found.chart.boxes)
    lefts = [0, *accumulate(WIDTH + max(one.room(gap) for one in placed) for gap in range(last))]
    stands = list(_together(placed))
    blocks = [
        Block.around(
            max(lefts[found.chart.boxes[box].column] for one in there for box in one.tops) + WIDTH,
            sum(one.height + ROOM for one in there) - ROOM,
            titles[there[0].component.home] if there[0].component.home >= 0 else "",
        )
        for there in stands
    ]
    arranged = arrange(blocks)
    corners = [(0, 0)] * len(heights)
    lines: dict[int, Line] = {}
    for there, (left, top) in zip(stands, arranged.corners, strict=True):
        down = top
        for one in there:
            for box, y in one.tops.items():
                corners[box] = (left + lefts[found.chart.boxes[box].column], y + down)
            lines.update(Weaving(found.chart, one, [left + x for x in lefts], down).lines())
            down += one.height + ROOM
    layout = Layout(arranged.width, arranged.height, tuple(corners), arranged.panels)
    return layout, tuple(lines[number] for number in range(len(found.chart.arrows)))


def _together(placed: Iterable[Placed]) -> Iterator[Sequence[Placed]]:
    """The components of each ground together; a component without a ground stands alone."""
    grounds: dict[int, list[Placed]] = {}
    for number, one in enumerate(placed):
        home = one.component.home
        grounds.setdefault(home if home >= 0 else -1 - number, []).append(one)
    yield from grounds.values()


def _sizes(component: Component, heights: Sequence[int]) -> Iterator[int]:
    for pile in component.piles:
        yield sum(heights[box] + ROOM for box in pile) - ROOM
    for _ in component.strands:
        yield _STRAND


def _placed(found: Layered, heights: Sequence[int], component: Component, middles: Sequence[int]) -> Placed:
    """Put piles and strands where Graphviz has them, or below that if something else stands there already."""
    sizes = list(_sizes(component, heights))
    columns = [found.chart.boxes[pile[0]].column for pile in component.piles] + [
        strand.column for strand in component.strands
    ]
    free: dict[int, int] = {}
    tops = [0] * len(sizes)
    for number in sorted(range(len(sizes)), key=lambda n: (2 * middles[n] - sizes[n], n)):
        wanted = middles[number] - sizes[number] // 2
        tops[number] = max(wanted, free.get(columns[number], wanted))
        free[columns[number]] = tops[number] + sizes[number] + ROOM
    highest = min(tops)
    boxes: dict[int, int] = {}
    for pile, top in zip(component.piles, tops, strict=False):
        down = top - highest
        for box in pile:
            boxes[box] = down
            down += heights[box] + ROOM
    strands: dict[Strand, int] = {
        strand: top - highest + _STRAND // 2
        for strand, top in zip(component.strands, tops[len(component.piles) :], strict=True)
    }
    height = max(free.values()) - ROOM - highest
    return channelled(found.chart, heights, component, boxes, strands, height)
