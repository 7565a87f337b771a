"""The maps in a real browser: they zoom, move, fold, filter and find, by mouse, finger and keyboard, and are pictures without scripts."""

from __future__ import annotations

import io
import re
import struct
import subprocess
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from kb.load import load
from tests import sites
from tests.browsing import ROOT
from tests.conftest import read
from tests.pictures import (
    LINES,
    LOOSE,
    OUTSIDE,
    UNTIED,
    UPON,
    ZOOM,
    count_visible,
    focused_id,
    map_width,
    scroll_position,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.browsing import Open

TOPIC = "maps/predictor-agency.html"
CHOSEN = "attention-could-be-consequentialist"
BESIDE = "metacognition-may-grow-without-limit"
"""Stands beside what it responds to, so that both are seen where it is amid the map."""
LEGIBLE = 0.6 - 1e-4
SVG = "{http://www.w3.org/2000/svg}"

WORDY = """
## participants/ann.yaml
name: Ann
## participants/bob.yaml
name: Bob
## talk/nodes.yaml
id: asked
kind: question
text: Should we go?
---
id: long
kind: claim
by: ann
title: A title of many words that needs all of the lines that there can be on one box of a map
text: Long.
answers: asked
in_context_of: asked
qualifies: asked
---
id: "no"
kind: objection
by: bob
text: No.
attacks: long
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """The maps of a debate of so many nodes, as the benchmark makes them."""
    known: dict[int, Path] = {}

    def make(nodes: int) -> Path:
        if nodes not in known:
            folder = tmp_path_factory.mktemp("maps") / str(nodes)
            subprocess.run([sys.executable, ROOT / "bench/debates.py", str(nodes), folder], check=True)
            files = sites.gather(load(folder / "claims").debate)
            wanted = [f for f in files if re.match(r"assets/|map|nodes/question-[01]\.", f.path)]
            sites.write(wanted, folder / "site")
            known[nodes] = folder / "site"
        return known[nodes]

    return make


def inside(page: Page, box: Locator) -> bool:
    """Whether a box is visible in the frame as a whole."""
    frame, seen = page.locator(".frame").bounding_box(), box.locator("> rect").bounding_box()
    assert frame is not None
    assert seen is not None
    return (
        frame["x"] <= seen["x"]
        and frame["y"] <= seen["y"]
        and seen["x"] + seen["width"] <= frame["x"] + frame["width"]
        and seen["y"] + seen["height"] <= frame["y"] + frame["height"]
    )


# -- the picture -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [10, 60, 150, 5_000])
def test_at_every_size_no_text_is_clipped_and_no_box_lies_on_another(
    open_page: Open, made: Callable[[int], Path], size: int
) -> None:
    folder = made(size)
    pages = [folder / "map.html", *sorted((folder / "maps").glob("*.html"))[:3], folder / "nodes/question-0.html"]
    page = open_page(pages[0])
    for path in pages:
        page.goto(path.as_uri())
        assert page.evaluate(OUTSIDE) == [], path.name
        assert page.evaluate(UPON) == 0, path.name
        assert page.locator("svg.map a").count() <= 150


def test_the_shipped_maps_are_legible_too(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "map.html")
    for path in (shipped / "map.html", *sorted((shipped / "maps").glob("*.html"))):
        page.goto(path.as_uri())
        assert page.evaluate(OUTSIDE) == [], path.name
        assert page.evaluate(UPON) == 0, path.name


def test_the_most_that_a_box_can_say_stays_in_it(open_page: Open, tmp_path: Path) -> None:
    sites.write(sites.gather(read(WORDY).debate), tmp_path / "site")
    page = open_page(tmp_path / "site/map.html")
    foot = page.locator("#n-long .s")
    assert foot.all_text_contents() == ["… objection unanswered,", "1 below"]
    assert page.locator("#n-long text").count() == 9
    assert page.evaluate(OUTSIDE) == []
    lower, upper = foot.nth(1).bounding_box(), foot.nth(0).bounding_box()
    assert lower is not None
    assert upper is not None
    assert lower["y"] == pytest.approx(upper["y"] + 15, abs=1)


def test_without_a_script_a_map_is_a_whole_picture_of_links(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC, java_script_enabled=False)
    assert page.locator(".tools, .mini, .knob").count() == 0
    assert not page.locator("form.sift").is_visible()
    box = page.locator("svg.map").bounding_box()
    assert box is not None
    assert box["width"] > 1280
    page.locator("svg.map a").first.click()
    assert "/nodes/" in page.url


def test_without_a_script_the_address_of_a_point_shows_it(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "index.html", java_script_enabled=False)
    page.goto(f"{(shipped / TOPIC).as_uri()}#n-{CHOSEN}")
    box = page.locator(f"#n-{CHOSEN}").bounding_box()
    assert box is not None
    assert 0 <= box["x"] <= 1280
    assert 0 <= box["y"] <= 900


# -- zoom and pan -----------------------------------------------------------------------------------------------------------


def test_buttons_and_keys_zoom(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC)
    start = map_width(page)
    page.get_by_role("button", name="Zoom in").click()
    assert map_width(page) == pytest.approx(start * 1.25, rel=0.01)
    page.get_by_role("button", name="Zoom out").click()
    assert map_width(page) == pytest.approx(start, rel=0.01)
    page.locator(".frame").focus()
    page.keyboard.press("+")
    page.keyboard.press("+")
    assert map_width(page) == pytest.approx(start * 1.25**2, rel=0.01)
    page.keyboard.press("-")
    assert map_width(page) == pytest.approx(start * 1.25, rel=0.01)
    page.keyboard.press("0")
    frame = page.locator(".frame").evaluate("f => [f.clientWidth, f.clientHeight, f.scrollWidth, f.scrollHeight]")
    assert frame[2] <= frame[0] + 1
    assert frame[3] <= frame[1] + 1


@pytest.mark.parametrize("name", [CHOSEN, "does-the-predictor-become-an-agent"])
def test_the_chosen_box_stays_in_view_while_it_grows(open_page: Open, shipped: Path, name: str) -> None:
    page = open_page(shipped / "index.html")
    page.goto(f"{(shipped / TOPIC).as_uri()}#n-{name}")
    box = page.locator(f"#n-{name}")
    page.wait_for_timeout(200)
    for key in "++---":
        page.keyboard.press(key)
        assert inside(page, box), key
    for label in ("Zoom in", "Zoom in", "Zoom in", "Zoom out"):
        page.get_by_role("button", name=label).click()
        assert inside(page, box), label


def test_a_map_opens_as_large_as_it_is_drawn(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC)
    assert map_width(page) == page.evaluate("document.querySelector('svg.map').viewBox.baseVal.width")
    knob = page.locator(".knob").first.bounding_box()
    assert knob is not None
    assert min(knob["width"], knob["height"]) >= 24


@pytest.mark.parametrize("act", ["+", "wheel", "drag"])
def test_a_preview_goes_when_the_map_moves(open_page: Open, shipped: Path, act: str) -> None:
    page = open_page(shipped / TOPIC)
    page.locator("svg.map a").nth(2).hover(position={"x": 20, "y": 40})
    page.locator(".preview:visible").wait_for()
    if act == "wheel":
        page.mouse.wheel(0, 60)
    elif act == "drag":
        page.mouse.down()
    else:
        page.keyboard.press(act)
    page.locator(".preview").wait_for(state="hidden")


NEAR = """(() => {
  const card = document.querySelector('.preview').getBoundingClientRect();
  const here = document.querySelector('svg.map a:hover > rect').getBoundingClientRect();
  const near = 60, frame = document.querySelector('.frame').getBoundingClientRect();
  return [...document.querySelectorAll('svg.map a > rect')].map(r => r.getBoundingClientRect()).filter(r =>
    r.left < here.right + near && here.left < r.right + near && r.top < here.bottom + near && here.top < r.bottom + near
    && r.bottom > frame.top && r.top < frame.bottom
    && r.left < card.right && card.left < r.right && r.top < card.bottom && card.top < r.bottom).length;
})()"""
"""How many of the boxes around that under the pointer a preview covers."""


@pytest.mark.parametrize("path", [TOPIC, "map.html", "nodes/prediction-could-make-agents.html"])
@pytest.mark.parametrize("number", [0, 3, 9])
def test_a_preview_covers_neither_its_box_nor_those_beside_it(
    open_page: Open, shipped: Path, path: str, number: int
) -> None:
    page = open_page(shipped / path)
    page.locator("svg.map a[href*='nodes/'], svg.map a:not([href*='/'])").nth(number).hover(position={"x": 20, "y": 40})
    card = page.locator(".preview:visible")
    card.wait_for()
    assert page.evaluate(NEAR) == 0
    box = card.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= 1280
    assert box["y"] + box["height"] <= 900
    card.hover()
    page.wait_for_timeout(1_200)
    assert card.is_visible(), "whoever goes there can read on"


def test_the_wheel_zooms_with_control_and_keeps_the_place_under_it(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC)
    where = "(([x, y]) => document.elementFromPoint(x, y).closest('a')?.id)"
    box = page.locator("svg.map a").first.bounding_box()
    assert box is not None
    at = [box["x"] + 40, box["y"] + 20]
    before = page.evaluate(where, at)
    assert before
    page.mouse.move(*at)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -120)
    page.keyboard.up("Control")
    page.wait_for_timeout(50)
    assert page.evaluate(where, at) == before
    zoomed = map_width(page)
    page.mouse.wheel(0, 100)
    page.wait_for_timeout(50)
    assert map_width(page) == zoomed


def test_dragging_moves_the_map_and_opens_nothing(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC)
    here = page.url
    page.mouse.move(700, 700)
    page.mouse.down()
    page.mouse.move(400, 500, steps=4)
    page.mouse.up()
    left, top = scroll_position(page)
    assert left == pytest.approx(300, abs=2)
    assert top == pytest.approx(200, abs=2)
    assert page.url.split("#")[0] == here


def test_the_arrows_move_the_map_where_no_box_is_chosen(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC)
    page.locator(".frame").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    assert scroll_position(page)[0] > 0


def test_two_fingers_zoom_on_a_phone(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC, 390, 800, has_touch=True, is_mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".frame").scroll_into_view_if_needed()
    before = map_width(page)
    page.locator(".frame").evaluate(
        """f => {
          const touch = (n, x) => new Touch({identifier: n, target: f, clientX: x, clientY: 400});
          const send = (kind, ...xs) => f.dispatchEvent(new TouchEvent(kind,
            {touches: xs.map((x, n) => touch(n, x)), bubbles: true, cancelable: true}));
          send('touchstart', 150, 250);
          send('touchmove', 100, 300);
        }"""
    )
    assert map_width(page) == pytest.approx(before * 2, rel=0.02)


def test_what_is_to_be_pressed_is_large_enough_on_a_phone(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC, 375)
    small = page.evaluate(
        """[...document.querySelectorAll('.tools button, .sift button, .sift select')]
           .filter(e => e.getBoundingClientRect().height < 24 || e.getBoundingClientRect().width < 24).length"""
    )
    assert small == 0


def test_the_small_map_shows_what_is_seen_and_leads_there(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC)
    mini = page.locator("svg.mini").bounding_box()
    assert mini is not None
    assert page.locator("svg.mini rect").count() == page.locator("svg.map a").count() + 1
    page.mouse.click(mini["x"] + mini["width"] * 0.8, mini["y"] + mini["height"] * 0.5)
    left, _ = scroll_position(page)
    assert left > 300
    page.get_by_role("button", name="Whole map").click()
    assert not page.locator("svg.mini").is_visible()


def test_the_small_map_can_be_put_away_and_is_so_on_a_phone(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC)
    switch = page.get_by_role("button", name="Small map")
    assert switch.get_attribute("aria-pressed") == "true"
    switch.click()
    assert not page.locator("svg.mini").is_visible()
    phone = open_page(shipped / TOPIC, 390, 800)
    assert not phone.locator("svg.mini").is_visible()
    phone.get_by_role("button", name="Small map").click()
    assert phone.locator("svg.mini").is_visible()


def test_what_the_debate_is_about_comes_first_and_boxes_on_their_own_last(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC)
    tops = page.locator("svg.map a:not([data-up], .g)")
    assert tops.first.get_attribute("id") == "n-does-the-predictor-become-an-agent"
    assert tops.first.get_attribute("transform") == "translate(0 0)"
    alone = [bool(top.locator(".knob").count()) for top in tops.all()]
    assert alone == sorted(alone, reverse=True)


def test_the_map_of_a_point_leads_to_the_larger_one(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / f"nodes/{CHOSEN}.html")
    page.get_by_role("link", name="a larger map").click()
    page.wait_for_url(f"**/{TOPIC}#n-{CHOSEN}")


# -- keyboard ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [TOPIC, "nodes/prediction-could-make-agents.html"])
def test_a_map_is_one_stop_of_the_keyboard(open_page: Open, shipped: Path, path: str) -> None:
    page = open_page(shipped / path)
    assert page.locator("svg.map a").count() > 5
    assert page.locator("svg.map a[tabindex='0']").count() == 1


@pytest.mark.parametrize("path", [TOPIC, "nodes/prediction-could-make-agents.html"])
def test_the_picture_is_no_stop_its_first_box_is(open_page: Open, shipped: Path, path: str) -> None:
    page = open_page(shipped / path)
    page.locator(".sift button, .tools button").last.focus()
    stops = []
    for _ in range(3):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.closest('.map > a, .map, .frame')?.localName ?? ''"))
    assert "svg" not in stops
    assert "a" in stops


def test_arrow_keys_go_along_the_lines_and_enter_opens(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC)
    page.locator("#n-does-the-predictor-become-an-agent").focus()
    page.keyboard.press("ArrowRight")
    child = focused_id(page)
    up = page.evaluate("document.activeElement.dataset.up")
    first = page.locator("svg.map a").nth(int(up)).get_attribute("id")
    assert first == "n-does-the-predictor-become-an-agent"
    page.keyboard.press("ArrowDown")
    assert focused_id(page) not in {child, first}
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    assert focused_id(page) == first
    page.keyboard.press("Enter")
    page.wait_for_url("**/nodes/does-the-predictor-become-an-agent.html")


def test_the_keyboard_goes_over_the_map_of_a_point(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "nodes/prediction-could-make-agents.html")
    page.locator("svg.map a[tabindex='0']").focus()
    seen = set()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowLeft"):
        page.keyboard.press(key)
        seen.add(page.evaluate("document.activeElement.getAttribute('href')"))
    assert len(seen) > 2


# -- what is shown ----------------------------------------------------------------------------------------------------------


def test_a_box_folds_what_hangs_on_it_by_knob_and_by_space(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC)
    whole = count_visible(page)
    box = page.locator("#n-does-the-predictor-become-an-agent")
    box.focus()
    page.keyboard.press(" ")
    folded = count_visible(page)
    assert folded < whole / 2
    assert box.get_attribute("aria-expanded") == "false"
    box.locator(".knob").click()
    assert count_visible(page) == whole
    assert box.get_attribute("aria-expanded") == "true"
    assert page.locator("svg.map g[data-from].off").count() == 0


def test_what_is_left_of_a_folded_map_moves_together(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC)
    high = "document.querySelector('svg.map').viewBox.baseVal.height"
    whole, lines = page.evaluate(high), page.evaluate(LINES)
    page.locator("#n-does-the-predictor-become-an-agent .knob").first.click()
    assert page.evaluate(high) < whole / 1.5
    assert page.evaluate(UPON) == 0
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(LOOSE) == []
    page.get_by_label("Around the chosen point").select_option("2")
    assert page.evaluate(UPON) == 0
    assert page.evaluate(LOOSE) == []
    page.get_by_role("button", name="Show all").click()
    page.wait_for_timeout(50)
    assert (page.evaluate(high), page.evaluate(LINES)) == (whole, lines)


def test_filters_dim_what_does_not_fit(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC)
    page.get_by_role("combobox", name="Kind").select_option("objection")
    bright = page.locator("svg.map a:not(.dim)")
    assert bright.count() > 0
    assert {e.get_attribute("data-kind") for e in bright.all()} == {"objection"}
    page.get_by_label("Said by").select_option("lenivchick")
    assert {e.get_attribute("data-by") for e in bright.all()} == {"lenivchick"}
    page.get_by_role("combobox", name="Kind").select_option("")
    page.get_by_label("Status").select_option("stands")
    assert {e.get_attribute("data-status") for e in bright.all()} == {"stands"}
    page.get_by_role("button", name="Show all").click()
    page.wait_for_timeout(50)
    assert page.locator("svg.map a.dim").count() == 0


def test_what_fits_the_filters_comes_into_view_and_is_counted(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC)
    fitting, told = page.locator("svg.map a[id]:not(.dim)"), page.locator("form.sift").get_by_role("status")
    points = fitting.count()
    assert told.text_content() == ""
    page.get_by_label("Status").select_option("unanswered")
    page.wait_for_timeout(700)
    assert any(inside(page, box) for box in fitting.all())
    assert told.text_content() == f"{fitting.count()} of {points} shown"
    there = scroll_position(page)
    page.get_by_role("combobox", name="Kind").select_option("question")
    assert told.text_content() == f"None of {points} matches"
    assert scroll_position(page) == there
    page.get_by_role("button", name="Show all").click()
    page.wait_for_timeout(50)
    assert told.text_content() == ""
    page.goto("about:blank")
    page.goto(f"{(shipped / TOPIC).as_uri()}#status=unanswered")
    page.wait_for_timeout(700)
    assert any(inside(page, box) for box in fitting.all())


def test_what_fits_the_filters_around_a_point_comes_into_view_too(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC)
    page.locator(f"#n-{CHOSEN}").focus()
    page.get_by_label("Around the chosen point").select_option("3")
    page.get_by_label("Status").select_option("unanswered")
    page.wait_for_timeout(700)
    fitting = page.locator("svg.map a[id]:not(.dim):visible")
    assert any(inside(page, box) for box in fitting.all())
    assert page.get_by_role("status").text_content() == f"{fitting.count()} of {page.locator('a[id]').count()} shown"


def test_only_what_is_some_steps_from_the_chosen_point(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC)
    page.locator(f"#n-{CHOSEN}").focus()
    counts = []
    for steps in ("1", "2", "3"):
        page.get_by_label("Around the chosen point").select_option(steps)
        counts.append(count_visible(page))
    assert counts == sorted(set(counts))
    assert 1 < counts[0] < counts[2] < page.locator("svg.map a").count()
    page.locator("svg.map a:visible").last.click()
    assert "/maps/" in page.url
    assert f"n-{CHOSEN}" not in page.url


def test_a_point_that_is_drawn_twice_has_what_either_box_leads_to_beside_it(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "index.html")
    page.goto(f"{(shipped / TOPIC).as_uri()}#n-{CHOSEN}&steps=1")
    again = page.locator(f"svg.map a[data-node='{CHOSEN}']")
    assert again.is_visible()
    up = page.locator("svg.map a").nth(int(again.get_attribute("data-up") or ""))
    assert up.is_visible()
    assert up.get_attribute("id") == "n-complexity-yields-no-planning"


def test_what_is_around_a_point_is_shown_as_large_as_it_fits(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC)
    page.get_by_role("button", name="Whole map").click()
    box = page.locator(f"#n-{CHOSEN}")
    box.focus()
    assert page.evaluate(ZOOM) < 0.2
    page.get_by_label("Around the chosen point").select_option("1")
    assert page.evaluate(ZOOM) >= LEGIBLE
    assert all(inside(page, other) for other in page.locator("svg.map a:visible").all())
    page.get_by_label("Around the chosen point").select_option("")
    assert page.evaluate(ZOOM) >= LEGIBLE
    assert inside(page, box)


@pytest.mark.parametrize("width", [1280, 390])
def test_around_a_point_letters_can_be_read_even_where_not_all_of_it_fits(
    open_page: Open, shipped: Path, width: int
) -> None:
    page = open_page(shipped / TOPIC, width)
    page.get_by_role("button", name="Whole map").click()
    page.locator(f"#n-{CHOSEN}").focus()
    page.get_by_label("Around the chosen point").select_option("3")
    assert page.evaluate(ZOOM) >= LEGIBLE
    assert inside(page, page.locator(f"#n-{CHOSEN}"))


def test_what_a_reader_enlarged_stays_so_around_a_point(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC)
    page.locator(f"#n-{CHOSEN}").focus()
    page.keyboard.press("+")
    page.get_by_label("Around the chosen point").select_option("1")
    assert page.evaluate(ZOOM) == pytest.approx(1.25, rel=0.01)


def test_around_no_point_does_anything_hang_loose(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC)
    assert page.evaluate(UNTIED) == []


# -- the address ------------------------------------------------------------------------------------------------------------


def test_a_map_opens_at_any_of_its_points(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "index.html")
    for name in (CHOSEN, "does-the-predictor-become-an-agent", "shoggoth-is-meant"):
        page.goto("about:blank")
        page.goto(f"{(shipped / TOPIC).as_uri()}#n-{name}")
        if page.locator(f"#n-{name}").count():
            assert focused_id(page) == f"n-{name}"
            frame, box = page.locator(".frame").bounding_box(), page.locator(f"#n-{name}").bounding_box()
            assert frame is not None
            assert box is not None
            assert frame["x"] <= box["x"] <= frame["x"] + frame["width"]
            assert frame["y"] <= box["y"] <= frame["y"] + frame["height"]


def test_where_a_map_opens_at_a_point_nothing_covers_its_buttons(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "index.html")
    for name in (CHOSEN, "does-keeping-state-matter"):
        page.goto("about:blank")
        page.goto(f"{(shipped / TOPIC).as_uri()}#n-{name}")
        page.wait_for_timeout(200)
        path, tools = page.locator(".path").bounding_box(), page.locator(".tools").bounding_box()
        assert path is not None
        assert tools is not None
        assert path["y"] + path["height"] <= tools["y"]


@pytest.mark.parametrize("asked", [f"n-{BESIDE}", BESIDE])
def test_the_point_that_is_asked_for_stands_amid_the_map_and_no_preview_comes(
    open_page: Open, shipped: Path, asked: str
) -> None:
    page = open_page(shipped / "index.html")
    page.goto(f"{(shipped / TOPIC).as_uri()}#{asked}")
    page.wait_for_timeout(700)
    assert focused_id(page) == f"n-{BESIDE}"
    frame, box = page.locator(".frame").bounding_box(), page.locator(f"#n-{BESIDE} > rect").bounding_box()
    assert frame is not None
    assert box is not None
    assert box["x"] + box["width"] / 2 == pytest.approx(frame["x"] + frame["width"] / 2, abs=12)
    assert box["y"] + box["height"] / 2 == pytest.approx(frame["y"] + frame["height"] / 2, abs=12)
    assert not page.locator(".preview:visible").count()


def test_the_point_that_is_asked_for_is_seen_with_what_it_responds_to(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "index.html")
    page.goto(f"{(shipped / TOPIC).as_uri()}#n-language-models-do-keep-state")
    page.wait_for_timeout(200)
    up = page.evaluate("document.activeElement.dataset.up")
    assert inside(page, page.locator("svg.map a").nth(int(up)))
    assert inside(page, page.locator("#n-language-models-do-keep-state"))


def test_a_point_that_is_asked_for_on_a_whole_map_can_be_read(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC)
    page.get_by_role("button", name="Whole map").click()
    page.evaluate(f"location.hash = '#n-{CHOSEN}'")
    page.wait_for_function("document.activeElement.id")
    page.wait_for_timeout(100)
    assert page.evaluate(ZOOM) == pytest.approx(1, rel=0.01)
    assert inside(page, page.locator(f"#n-{CHOSEN}"))


def test_a_point_that_is_not_on_a_map_is_led_to_where_it_is(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "index.html")
    page.goto(f"{(shipped / 'map.html').as_uri()}#n-{CHOSEN}")
    page.get_by_role("link", name="It has one of its own").click()
    page.wait_for_url(f"**/nodes/{CHOSEN}.html#map")


def test_the_address_keeps_what_is_shown(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC)
    page.locator("#n-does-keeping-state-matter").focus()
    page.keyboard.press(" ")
    page.locator(f"#n-{CHOSEN}").focus()
    page.get_by_label("Around the chosen point").select_option("2")
    page.get_by_role("combobox", name="Kind").select_option("claim")
    page.get_by_role("button", name="Zoom in").click()
    address, before = page.url, (count_visible(page), page.locator("a.dim").count(), map_width(page))
    assert all(part in address for part in (f"#n-{CHOSEN}", "steps=2", "kind=claim", "fold=", "zoom="))
    page.goto("about:blank")
    page.goto(address)
    assert (count_visible(page), page.locator("a.dim").count()) == before[:2]
    assert map_width(page) == pytest.approx(before[2], rel=0.02)


# -- downloads --------------------------------------------------------------------------------------------------------------


def test_the_map_is_saved_as_svg_that_needs_nothing_else(open_page: Open, shipped: Path, tmp_path: Path) -> None:
    page = open_page(shipped / TOPIC)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as SVG").click()
    assert download.value.suggested_filename == "predictor-agency.svg"
    download.value.save_as(tmp_path / "map.svg")
    root = ET.fromstring((tmp_path / "map.svg").read_text("utf-8"))
    rects, texts = list(root.iter(f"{SVG}rect")), list(root.iter(f"{SVG}text"))
    assert len(rects) == page.locator("svg.map a").count() + 1
    assert all(rect.get("fill") for rect in rects)
    assert all(text.get("font-family") and text.get("fill") for text in texts)
    assert "var(" not in (tmp_path / "map.svg").read_text("utf-8")
    alone = open_page(tmp_path / "map.svg")
    assert alone.evaluate("document.documentElement.getBBox().width") > 1000


def test_the_map_is_saved_as_png_twice_as_large(open_page: Open, shipped: Path, tmp_path: Path) -> None:
    page = open_page(shipped / "nodes/prediction-could-make-agents.html")
    view = page.evaluate("(v => [v.width, v.height])(document.querySelector('svg.map').viewBox.baseVal)")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as PNG").click()
    download.value.save_as(tmp_path / "map.png")
    png = (tmp_path / "map.png").read_bytes()
    assert struct.unpack(">II", png[16:24]) == (2 * view[0], 2 * view[1])
    with Image.open(io.BytesIO(png)) as picture:
        colours = picture.convert("RGB").getcolors(1 << 24) or []
    assert len(colours) > 50, "boxes, lines and letters"
    assert {(27, 101, 63), (161, 50, 28)} <= {colour for _, colour in colours}, "reasons and objections"


# -- looks ------------------------------------------------------------------------------------------------------------------


def test_forced_colours_keep_boxes_and_lines(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC, forced_colors="active")
    strokes = page.evaluate(
        """[...document.querySelectorAll('svg.map rect, svg.map g path:first-child')]
           .filter(e => getComputedStyle(e).stroke === 'none').length"""
    )
    assert strokes == 0


def test_forced_colours_keep_the_mark_of_the_page_and_of_what_is_pressed(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC, forced_colors="active")
    thick = "e => parseFloat(getComputedStyle(e).borderBottomWidth)"
    small = page.get_by_role("button", name="Small map")
    assert page.locator(".top nav a[aria-current]").evaluate(thick) >= 2
    assert page.locator(".top nav a:not([aria-current])").first.evaluate(thick) == 0
    pressed = small.evaluate(thick)
    small.click()
    assert small.evaluate(thick) < pressed


def test_paper_shows_the_picture_alone(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC)
    page.emulate_media(media="print")
    assert not page.locator(".tools").is_visible()
    assert not page.locator("form.sift").is_visible()
    assert not page.locator(".hint").is_visible()
    box = page.locator("svg.map").bounding_box()
    assert box is not None
    assert box["width"] <= 1280


@pytest.mark.parametrize("scripts", [True, False])
def test_on_paper_a_large_map_is_shown_once_more_in_pieces_that_can_be_read(
    open_page: Open, shipped: Path, *, scripts: bool
) -> None:
    for path in (TOPIC, "map.html"):
        page = open_page(shipped / path, 1001, java_script_enabled=scripts)
        said, pieces = page.get_by_text("The map follows once more in"), page.locator(".pieces svg")
        assert not said.is_visible()
        assert not pieces.first.is_visible()
        sheets = page.pdf(format="A4", prefer_css_page_size=True)
        page.emulate_media(media="print")
        assert said.is_visible()
        assert 2 <= len(re.findall(rb"/Type\s*/Page\b", sheets)) <= 1 + pieces.count()
        drawn = "use => use.getBBox().width >= document.querySelector('svg.map').viewBox.baseVal.width - 20"
        for number in range(pieces.count()):
            assert pieces.nth(number).evaluate("svg => svg.getScreenCTM().a") > 0.75
            assert pieces.nth(number).locator("use").evaluate(drawn)


def test_the_overview_says_what_its_lines_are_with_and_without_scripts_and_on_paper(
    open_page: Open, shipped: Path
) -> None:
    for scripts in (True, False):
        page = open_page(shipped / "map.html", java_script_enabled=scripts)
        for media in ("screen", "print"):
            page.emulate_media(media=media)
            said = page.locator(".legend").inner_text()
            assert "relations between two topics: the thicker, the more" in said
            assert "a question of the topic" in said
    assert page.locator("svg.map .w3").count() > 0
    assert page.locator("svg.map g[data-from] > path").count() == page.locator("svg.map g[data-from]").count()


def test_the_keys_of_a_map_are_told_where_there_are_keys_and_scripts(open_page: Open, shipped: Path) -> None:
    keys = "← ↑ → ↓ from box to box · Enter opens · Space folds · + \N{MINUS SIGN} zoom · 0 whole map"
    for path in (TOPIC, "map.html"):
        assert open_page(shipped / path).locator(".hint").inner_text() == keys
        assert not open_page(shipped / path, java_script_enabled=False).locator(".hint").is_visible()
        assert not open_page(shipped / path, width=390, has_touch=True, is_mobile=True).locator(".hint").is_visible()


def test_a_knob_below_the_last_box_is_whole(open_page: Open, made: Callable[[int], Path]) -> None:
    page = open_page(made(10) / "map.html")
    lowest = """[...document.querySelectorAll('.knob circle:last-of-type')].map(knob => knob.getBoundingClientRect())
      .filter(b => document.elementFromPoint(b.left + b.width / 2, b.bottom - 1)?.closest('.knob')).length"""
    assert page.evaluate(lowest) == page.locator(".knob").count()


def test_a_policy_that_allows_no_inline_style_does_not_break_a_map(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC)
    assert page.locator("[style]:not(svg.map)").count() == 0
    assert page.locator("style").count() == 0


# -- by keyboard, aloud and on paper ---------------------------------------------------------------------------------------


def test_on_a_phone_the_map_of_the_debate_opens_at_its_beginning(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "map.html", 390, 664)
    page.wait_for_timeout(200)
    assert scroll_position(page) == (0, 0)
    assert inside(page, page.locator("svg.map a").first)


def test_whoever_comes_to_a_map_by_keyboard_sees_all_of_the_box(open_page: Open, shipped: Path) -> None:
    for path in ("map.html", "nodes/no-room-for-agency-in-the-shoggoth.html"):
        page = open_page(shipped / path, 320, 640)
        page.wait_for_timeout(400)
        page.locator(".frame").evaluate("f => { f.scrollLeft = 150; }")
        box = page.locator("svg.map a").first
        assert not inside(page, box)
        page.get_by_role("button", name="Save as PNG").focus()
        for _ in range(9):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.localName === 'a'"):
                break
        assert box.evaluate("e => e === document.activeElement")
        assert inside(page, box)


def test_a_box_is_called_by_its_words_without_the_signs(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC)
    box = page.get_by_role("link", name="supports Prediction could make agents P1 objection unanswered, 23 below")
    assert box.get_attribute("id") == "n-prediction-could-make-agents"
    names = [str(name) for name in page.locator("svg.map a").evaluate_all("all => all.map(a => a.ariaLabel)")]
    assert not [name for name in names if re.search(r"(^|\s)[+\N{MINUS SIGN}≠→●○◐](\s|$)", name)]


def test_a_map_is_named_once(open_page: Open, shipped: Path) -> None:
    read_aloud = open_page(shipped / TOPIC).locator("main").aria_snapshot()
    assert read_aloud.count('"Agency in the predictor"') == 2, "the heading, and the region"


def test_forced_colours_are_those_of_all_letters(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC, forced_colors="active")
    page.evaluate("""() => document.body.append(...['CanvasText', 'LinkText'].map(colour => {
      const made = document.createElement('p');
      made.className = 'colour', made.style.color = colour;
      return made;
    }))""")
    chosen = page.locator(".colour").evaluate_all("all => all.map(e => getComputedStyle(e).color)")
    letters = page.locator("svg.map text").evaluate_all("all => [...new Set(all.map(e => getComputedStyle(e).fill))]")
    assert set(letters) <= set(chosen)


def test_on_paper_what_is_around_a_point_is_one_sheet_without_blank_ones(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC)
    page.goto(f"{(shipped / TOPIC).as_uri()}#n-prediction-could-make-agents&steps=1&zoom=0.3")
    page.wait_for_timeout(200)
    sheets = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheets)) == 1
    page.emulate_media(media="print")
    assert not page.get_by_text("The map follows once more").is_visible()
    assert map_width(page) > 1000, "as wide as the sheet, however small it was on the screen"
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function("!document.querySelector('svg.map .off')")
    page.emulate_media(media="print")
    assert page.get_by_text("The map follows once more").is_visible()


def test_where_the_chosen_box_is_folded_away_the_keyboard_still_finds_the_map(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / TOPIC)
    page.goto(f"{(shipped / TOPIC).as_uri()}#n-{CHOSEN}")
    page.wait_for_function("document.activeElement.id")
    page.evaluate("location.hash = '#fold=0'")
    page.wait_for_function("document.querySelector('svg.map .off')")
    assert not page.locator(f"#n-{CHOSEN}").is_visible()
    assert page.locator("svg.map a[tabindex='0']:visible").count() == 1
