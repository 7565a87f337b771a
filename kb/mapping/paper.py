"""A map on paper: cut into pieces that can be read, each as wide as a sheet, so that every box is whole in one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.mapping.drawing import EDGE
from kb.mapping.layout import GAP, TITLE, WIDTH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kb.mapping.layout import Layout

_COLUMNS = 6
"""With so many columns on a sheet of A4 in landscape, letters have seven points."""
_WIDE = _COLUMNS * (WIDTH + GAP) - GAP
_SHAPE = 1.55
"""How much wider than high such a sheet is without its margins; a sheet of Letter is less wide."""
_HIGH = int((_WIDE + 2 * EDGE) / _SHAPE) - 2 * EDGE
_BESIDE = _HIGH * 2 // 3
"""How much of that a heading leaves."""


class _Area(NamedTuple):
    """A box on a map, or the title of a group."""

    x: int
    y: int
    right: int
    bottom: int


def paper_views(layout: Layout, heights: Sequence[int]) -> tuple[str, ...]:
    """The pieces as views (`viewBox`) of a picture, column by column; none if the map can be read as a whole below its heading."""
    if layout.width <= _WIDE and layout.height <= _BESIDE:
        return ()
    areas = [_Area(x, y, x + WIDTH, y + high) for (x, y), high in zip(layout.corners, heights, strict=True)]
    areas += [_Area(panel.x, panel.y, panel.x + WIDTH, panel.y + TITLE) for panel in layout.panels]
    strips = _strips(areas, _WIDE, lambda area: (area.x, area.right))
    return tuple(
        _view(piece) for strip in strips for piece in _strips(strip, _HIGH, lambda area: (area.y, area.bottom))
    )


def _strips(areas: Sequence[_Area], most: int, span: Callable[[_Area], tuple[int, int]]) -> Iterator[Sequence[_Area]]:
    """The areas that are whole in one stretch of a map after the other; the next stretch begins with the first area not yet whole."""
    left = sorted(areas, key=span)
    while left:
        begin, end = span(left[0])
        end = max(end, begin + most)
        yield [area for area in left if span(area)[1] <= end]
        left = [area for area in left if span(area)[1] > end]


def _view(areas: Sequence[_Area]) -> str:
    """The view that holds these areas."""
    x, y = min(area.x for area in areas), min(area.y for area in areas)
    height = max(area.bottom for area in areas) - y
    return f"{x - EDGE} {y - EDGE} {_WIDE + 2 * EDGE} {height + 2 * EDGE}"
