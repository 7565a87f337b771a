"""Maps on paper: a map that is too large for a sheet is shown again in pieces that can be read, and every box is whole in one of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kb
from kb.load import load
from kb.mapping.layout import WIDTH, Layout, Panel
from kb.mapping.paper import paper_views
from kb.publishing.topic_maps import debate_sheet, mapped_topics, topic_sheet
from tests import geometry
from tests.geometry import Rectangle

SHIPPED = Path(kb.__file__).parent.parent / "claims"
SHEET = (265, 172)
"""The size that margins leave on a sheet of A4 in landscape, in millimetres."""
SEVEN_POINTS = 2.47
"""Seven points in millimetres; letters on a map have 12 units."""


def views(found: tuple[str, ...]) -> list[Rectangle]:
    """The pieces of a map as they lie on it."""
    return [Rectangle(*map(int, view.split())) for view in found]


def holds(view: Rectangle, box: Rectangle) -> bool:
    """Whether a box is whole in a piece."""
    left, top = box.x - view.x, box.y - view.y
    return min(left, top, view.width - left - box.width, view.height - top - box.height) >= 0


@given(st.lists(st.tuples(st.integers(0, 4_000), st.integers(0, 4_000), st.integers(20, 120)), min_size=1, max_size=40))
def test_every_box_is_whole_in_a_piece_and_every_piece_fits_a_sheet(drawn: list[tuple[int, int, int]]) -> None:
    corners, heights = tuple((x, y) for x, y, _ in drawn), [high for *_, high in drawn]
    wide, high = max(x for x, _, _ in drawn) + WIDTH, max(y + tall for _, y, tall in drawn)
    found = views(paper_views(Layout(wide, high, corners), heights))
    boxes = geometry.rectangles(corners, heights)
    assert all(any(holds(view, box) for view in found) for box in boxes) or (not found and wide <= 1242 and high <= 532)
    assert all(view.height / view.width <= SHEET[1] / SHEET[0] for view in found)
    assert all(12 * SHEET[0] / view.width >= SEVEN_POINTS for view in found)
    assert all(any(holds(view, box) for box in boxes) for view in found)


def test_the_title_of_a_group_is_whole_in_a_piece() -> None:
    layout = Layout(196, 2_000, ((12, 34), (12, 1_500)), (Panel(0, 0, 196, 106, "A"), Panel(0, 1_466, 196, 106, "B")))
    first, second = views(paper_views(layout, [60, 60]))
    assert first.y < 0
    assert second.y < 1_466


def test_a_map_that_can_be_read_as_a_whole_is_in_one_piece() -> None:
    assert paper_views(Layout(WIDTH, 60, ((0, 0),)), [60]) == ()


@pytest.mark.parametrize("topic", [None, *mapped_topics(load(SHIPPED).debate)])
def test_a_map_of_the_shipped_debate_takes_few_sheets(topic: str | None) -> None:
    debate = load(SHIPPED).debate
    sheet = topic_sheet(debate, topic) if topic else debate_sheet(debate)
    boxes = str(sheet.svg).count('class="b')
    assert len(sheet.pieces) <= 1 + boxes / 10
