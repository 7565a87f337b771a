"""The picture of a map in layers: components that Graphviz helped to lay out, put together like the trees of any other map.

Graphviz says in which order boxes and strands stand in their columns, and how far down. This module keeps them off each other.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from kb.mapping.channels import place_lines
from kb.mapping.layout import ROOM, WIDTH, Block, Layout, arrange
from kb.mapping.tracing import LineTracer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kb.mapping.channels import PlacedComponent
    from kb.mapping.graphviz import Graph
    from kb.mapping.layering import Component, Layered, Strand
    from kb.mapping.routing import Line

_STRAND = 6
"""The height of a strand."""


def component_graphs(layers: Layered, heights: Sequence[int]) -> list[Graph]:
    """What Graphviz is asked: one graph for each component, with heights and edges, and no words."""
    return [(tuple(_sizes(component, heights)), component.edges) for component in layers.components]


def stack(
    layers: Layered, heights: Sequence[int], titles: Sequence[str], answers: Sequence[Sequence[int]]
) -> tuple[Layout, tuple[Line, ...]]:
    """The picture: where everything stands and how lines run; `titles` are those of the grounds, `answers` those to the graphs."""
    placed = [
        _place_component(layers, heights, component, middles)
        for component, middles in zip(layers.components, answers, strict=True)
    ]
    last = max(box.column for box in layers.chart.boxes)
    lefts = [0, *accumulate(WIDTH + max(item.room(gap) for item in placed) for gap in range(last))]
    groups = list(_by_ground(placed))
    blocks = [
        Block.around(
            max(lefts[layers.chart.boxes[box].column] for item in group for box in item.tops) + WIDTH,
            sum(item.height + ROOM for item in group) - ROOM,
            titles[group[0].component.ground] if group[0].component.ground >= 0 else "",
        )
        for group in groups
    ]
    arranged = arrange(blocks)
    corners = [(0, 0)] * len(heights)
    lines: dict[int, Line] = {}
    for group, (left, top) in zip(groups, arranged.corners, strict=True):
        down = top
        for item in group:
            for box, y in item.tops.items():
                corners[box] = (left + lefts[layers.chart.boxes[box].column], y + down)
            lines.update(LineTracer(layers.chart, item, [left + x for x in lefts], down).lines())
            down += item.height + ROOM
    layout = Layout(arranged.width, arranged.height, tuple(corners), arranged.panels)
    return layout, tuple(lines[number] for number in range(len(layers.chart.arrows)))


def _by_ground(placed: Iterable[PlacedComponent]) -> Iterator[Sequence[PlacedComponent]]:
    """The components of each ground together; a component without a ground stands alone."""
    grounds: dict[int, list[PlacedComponent]] = {}
    for number, item in enumerate(placed):
        ground = item.component.ground
        grounds.setdefault(ground if ground >= 0 else -1 - number, []).append(item)
    yield from grounds.values()


def _sizes(component: Component, heights: Sequence[int]) -> Iterator[int]:
    for pile in component.piles:
        yield sum(heights[box] + ROOM for box in pile) - ROOM
    for _ in component.strands:
        yield _STRAND


def _place_component(
    layers: Layered, heights: Sequence[int], component: Component, middles: Sequence[int]
) -> PlacedComponent:
    """Put piles and strands where Graphviz has them, or below that if something else stands there already."""
    sizes = list(_sizes(component, heights))
    columns = [layers.chart.boxes[pile[0]].column for pile in component.piles] + [
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
    return place_lines(layers.chart, heights, component, boxes, strands, height)
