"""Reading in a browser: the path to a point stays in view, threads unfold in place, and a point met again leads to where it is shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from kb.publishing.theme import Theme
from tests import sites
from tests.conftest import read

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browsing import Open

QUESTION = "nodes/does-the-predictor-become-an-agent.html"


@pytest.mark.parametrize("width", [375, 1280])
def test_the_way_here_stays_in_view_while_one_reads_on(open_page: Open, shipped: Path, width: int) -> None:
    page = open_page(shipped / "nodes" / "prediction-could-make-agents.html", width)
    page.evaluate("window.scrollTo(0, 1500)")
    path = page.get_by_role("navigation", name="The way here").bounding_box()
    assert path is not None
    assert -1 <= path["y"] <= 1
    assert path["height"] < 60
    assert page.locator(".path [aria-current=page]").is_visible()


def test_a_long_way_here_fits_every_screen_with_its_middle_left_out(
    open_page: Open, shipped: Path, tmp_path: Path
) -> None:
    line = "".join(
        f"---\nid: n{k}\nkind: claim\ntext: Number {k} in a line of many.\nsupports: n{k - 1}\n" for k in range(1, 40)
    )
    debate = read(
        "id: q\nkind: question\ntext: What?\n---\nid: n0\nkind: claim\ntext: The first.\nanswers: q\n" + line
    ).debate
    sites.write([file for file in sites.gather(debate) if re.match(r"assets/|nodes/n39", file.path)], tmp_path / "site")
    for width, count in ((320, 4), (390, 4), (1280, 8)):
        for path in (shipped / "nodes" / "suppose-a-prediction-utility.html", tmp_path / "site" / "nodes" / "n39.html"):
            page = open_page(path, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator(".path li:visible").count() == count


@pytest.mark.parametrize(("width", "beside"), [(375, False), (1280, True)])
def test_the_sides_stand_beside_one_another_where_there_is_room(
    open_page: Open, shipped: Path, width: int, *, beside: bool
) -> None:
    page = open_page(shipped / QUESTION, width)
    one, other = (page.locator(".column").nth(number).bounding_box() for number in (0, 1))
    assert one is not None
    assert other is not None
    assert (one["y"] == other["y"]) is beside
    assert (one["x"] < other["x"]) is beside


def test_whose_side_one_reads_stays_in_view(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / QUESTION, 375)
    page.locator(".column .thread li").nth(6).evaluate("e => e.scrollIntoView()")
    holder = page.locator(".column > .holder").first.bounding_box()
    assert holder is not None
    assert 0 <= holder["y"] < 100


def test_what_is_met_again_leads_to_where_it_is_shown(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / QUESTION)
    again = page.locator(".again a[href^='#n-']").first
    shown = page.locator(again.get_attribute("href") or "")
    again.press("Enter")
    page.wait_for_url("**#n-*")
    box = shown.bounding_box()
    assert box is not None
    assert 40 < box["y"] < 800
    assert shown.locator(".card").count() > 0
    assert shown.locator("> .titled").text_content() == again.text_content()
    marked = "e => [e, e.querySelector('.card')].some(e => getComputedStyle(e).outlineStyle === 'solid')"
    assert shown.evaluate(marked)


def test_the_front_page_leads_to_all_that_it_counts(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "index.html")
    stand = str(page.locator(".glance a[href='#standing']").text_content()).split()[0]
    assert page.locator("section:has(> #standing) .card").count() == int(stand)
    page.locator(".glance a", has_text="settled").click()
    page.wait_for_url("**/open.html#settled")
    box = page.locator("#settled").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 900


def test_objections_and_replies_unfold_in_place_without_a_script(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / QUESTION, java_script_enabled=False)
    folded = page.query_selector(".column details:not([open])")
    inside = folded.query_selector(".point") if folded else None
    assert folded is not None
    assert inside is not None
    assert not inside.is_visible()
    folded.query_selector("summary").click()  # type: ignore[union-attr] # what folds has one
    assert page.url.endswith(QUESTION)
    assert inside.is_visible()


def test_one_screen_tells_a_newcomer_what_is_debated_by_whom_and_where_to_start(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "index.html", 1280, 800)
    for part in ("h1", ".glance", ".answers >> nth=0", ".answers >> nth=1", ".start"):
        box = page.locator(part).bounding_box()
        assert box is not None, part
        assert box["y"] + box["height"] <= 800, part
    assert page.locator(".main-question .holder").count() >= 4
    assert "owe the next word" in page.locator(".glance").inner_text()


BESIDE = """width => [...document.querySelectorAll('.passage li')].every(point => {
  const [said, noted] = [...point.children].map(part => part.getBoundingClientRect());
  if (!noted) return said.height > 0;  // it stands in full above
  return width > 1000 ? noted.x > said.right && Math.abs(noted.y - said.y) < 9 : noted.x === said.x && noted.y >= said.bottom;
})"""


@pytest.mark.parametrize("width", [390, 1024, 1440])
def test_the_points_of_a_source_stand_in_its_margin_and_below_it_on_a_phone(
    open_page: Open, shipped: Path, width: int
) -> None:
    page = open_page(shipped / "sources" / "vs-thread.html", width)
    assert page.locator(".passage li").count() > 20
    assert page.evaluate(BESIDE, width)


def test_a_table_of_ones_own_that_is_wider_than_the_screen_is_moved_by_itself(open_page: Open, tmp_path: Path) -> None:
    words = [f"incomprehensibilities-{number}" for number in range(6)]
    table = "\n".join(f"| {' | '.join(row)} |" for row in (words, ["---"] * 6, words))
    theme = Theme({"pages/a.md": f"# Kinds\n\nWords.\n\n{table}\n".encode()})
    sites.write(sites.gather(read("id: a\nkind: claim\ntext: A.\n").debate, theme), tmp_path / "site")
    page = open_page(tmp_path / "site/pages/a.html", 320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    region = page.get_by_role("region", name="Kinds")
    region.focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")
    page.emulate_media(media="print")
    assert region.evaluate("region => getComputedStyle(region).overflowX") == "visible"
