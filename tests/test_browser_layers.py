"""Maps in layers in a real browser: as legible as those in trees, and moved, folded and used by keyboard in the same way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from kb.load import load_texts
from tests import sites
from tests.browsing import ROOT
from tests.pictures import LINES, LOOSE, OUTSIDE, THROUGH, UPON, count_visible, focused_id

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.browsing import Open

TOPIC = "maps/simulators-and-agents.html"


@pytest.fixture(scope="module")
def layers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The maps of the shipped debate, in layers."""
    folder = tmp_path_factory.mktemp("layers") / "site"
    texts = {p.relative_to(ROOT).as_posix(): p.read_text("utf-8") for p in (ROOT / "claims").rglob("*.yaml")}
    texts["claims/kb.yaml"] += "\nmaps: layers\n"
    files = sites.gather(load_texts(texts).debate)
    sites.write([f for f in files if re.match(r"assets/|map|search/", f.path)], folder)
    return folder


def several(page: Page) -> tuple[Locator, list[Locator]]:
    """A box that hangs on several others, and those others."""
    box = page.locator("svg.map a[data-up*=' ']").first
    ups = [int(number) for number in (box.get_attribute("data-up") or "").split()]
    return box, [page.locator("svg.map a").nth(number) for number in ups]


def sound(page: Page) -> None:
    assert page.evaluate(UPON) == 0
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(LOOSE) == []
    assert page.evaluate(THROUGH) == []


def test_they_are_legible(open_page: Open, layers: Path) -> None:
    page = open_page(layers / TOPIC)
    for path in sorted((layers / "maps").glob("*.html")):
        page.goto(path.as_uri())
        sound(page)


def test_what_stands_on_a_map_is_hardly_ever_referred_to_there(open_page: Open, layers: Path) -> None:
    page = open_page(layers / "maps/predictor-agency.html")
    full = page.locator("svg.map a[id]").evaluate_all("all => all.map(a => a.id.slice(2))")
    again = page.locator("svg.map a[data-node]").evaluate_all("all => all.map(a => a.dataset.node)")
    assert len(full) > 60
    assert len(set(full) & set(again)) <= 4, "only what would lead from left to right"


def test_a_box_folds_what_hangs_on_it_alone(open_page: Open, layers: Path) -> None:
    page = open_page(layers / TOPIC)
    box, ups = several(page)
    before, lines = count_visible(page), page.evaluate(LINES)
    for up in ups:
        assert box.is_visible()
        up.locator(".knob").click()
        sound(page)
    assert box.is_hidden()
    assert count_visible(page) < before
    page.get_by_role("button", name="Show all").click()
    page.wait_for_timeout(50)
    assert (count_visible(page), page.evaluate(LINES)) == (before, lines)


def test_the_keyboard_goes_along_the_lines(open_page: Open, layers: Path) -> None:
    page = open_page(layers / TOPIC)
    box, ups = several(page)
    box.focus()
    page.keyboard.press("ArrowLeft")
    assert focused_id(page) in {up.get_attribute("id") for up in ups}


@pytest.mark.parametrize(("steps", "most"), [("1", 0.15), ("2", 0.7)])
def test_what_is_near_a_point_moves_together_with_its_lines(
    open_page: Open, layers: Path, steps: str, most: float
) -> None:
    page = open_page(layers / "maps/predictor-agency.html")
    area = "(v => v.width * v.height)(document.querySelector('svg.map').viewBox.baseVal)"
    before = page.evaluate(area)
    several(page)[0].focus()
    page.get_by_label("Around the chosen point").select_option(steps)
    assert page.evaluate(area) < before * most
    sound(page)


def test_where_a_line_passes_columns_that_are_not_shown_they_take_hardly_any_room(
    open_page: Open, layers: Path
) -> None:
    page = open_page(layers / "maps/predictor-agency.html")
    page.goto(page.url + "#n-prediction-could-make-agents&steps=1")
    near = page.locator("svg.map a:visible").evaluate_all("all => all.map(a => a.getBoundingClientRect().right)")
    assert max(near) - min(near) < 4 * (172 + 62)
    sound(page)


def test_without_a_script_they_are_whole_pictures(open_page: Open, layers: Path) -> None:
    page = open_page(layers / TOPIC, java_script_enabled=False)
    box, _ = several(page)
    assert box.is_visible()
    assert page.locator("svg.map a").count() == count_visible(page)
