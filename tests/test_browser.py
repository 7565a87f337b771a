"""The site in a real browser, opened from disk: everybody can read it, on a phone and on paper, by keyboard and in dark colours.

Without a Chromium these tests are skipped (`make test` says so loudly); with `CI` set that is a failure (`tests/browsing.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browsing import Open

PAGES = (
    "index.html",
    "open.html",
    "map.html",
    "topics.html",
    "people.html",
    "matrix.html",
    "story.html",
    "sources.html",
    "terms.html",
    "nodes.html",
    "about.html",
    "limits.html",
    "theming.html",
    "rules.html",
)
FOLDERS = ("maps", "nodes", "pages", "people", "rules", "sources", "terms", "topics")
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def kinds(folder: Path) -> list[Path]:
    """A page of every kind: all single ones, and of each folder the longest, the shortest, and a question."""
    found = [folder / name for name in PAGES if (folder / name).exists()]
    for name in FOLDERS:
        inside = sorted((folder / name).glob("*.html"), key=lambda p: p.stat().st_size)
        found += dict.fromkeys((*inside[:1], *inside[-1:]))
    questions = (p for p in sorted((folder / "nodes").glob("*.html")) if 'class="columns"' in p.read_text("utf-8"))
    return list(dict.fromkeys([*found, *list(questions)[:1]]))


@pytest.mark.parametrize("debate", ["shipped", "attacked", "in_german"])
@pytest.mark.parametrize("width", [320, 375, 1280, 2560])
def test_no_page_is_wider_than_the_screen(
    open_page: Open, request: pytest.FixtureRequest, debate: str, width: int
) -> None:
    paths = kinds(request.getfixturevalue(debate))
    page = open_page(paths[0], width)
    for path in paths:
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path.name


@pytest.mark.parametrize(
    ("debate", "scheme"),
    [
        ("shipped", "light"),
        ("shipped", "dark"),
        ("shipped", "forced"),
        ("attacked", "light"),
        ("from_right", "light"),
        ("look", "light"),
        ("look", "dark"),
    ],
)
def test_axe_finds_nothing(open_page: Open, request: pytest.FixtureRequest, debate: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # noqa: PLC0415 - not needed where there is no browser

    axe = Axe()
    paths = kinds(request.getfixturevalue(debate))
    colours = {"forced_colors": "active"} if scheme == "forced" else {"color_scheme": scheme}
    page = open_page(paths[0], 320 if debate == "attacked" else 1280, **colours)
    for path in paths:
        page.goto(path.as_uri())
        found = axe.run(page, options={"runOnly": AXE_RULES, "preload": False}).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == [], path.name


def test_a_debate_from_right_to_left_is_laid_out_so(open_page: Open, from_right: Path) -> None:
    for width in (320, 390, 1280):
        page = open_page(from_right / "index.html", width)
        for path in kinds(from_right):
            page.goto(path.as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path.name
            bars = page.evaluate(
                """[...document.querySelectorAll('.card, .verdict')].map(e => getComputedStyle(e)).filter(
                     s => parseFloat(s.borderLeftWidth) > parseFloat(s.borderRightWidth)).length"""
            )
            assert bars == 0, path.name
            crossed = page.evaluate(
                """[...document.querySelectorAll('.by, .top, .path ol')].filter(e => e.offsetHeight).flatMap(row => {
                     const parts = [...row.children].map(e => e.getBoundingClientRect()).filter(b => b.width > 1);
                     return parts.filter((a, i) => parts.slice(i + 1).some(b => a.left < b.right - 1 && b.left < a.right - 1
                       && a.top < b.bottom - 1 && b.top < a.bottom - 1)).map(() => row.textContent);
                   })"""
            )
            assert crossed == [], path.name


def test_from_right_to_left_every_text_runs_as_its_letters_do(open_page: Open, from_right: Path) -> None:
    page = open_page(from_right / "nodes" / "an-agent.html")
    assert page.locator("html").get_attribute("dir") == "rtl"
    begins = page.evaluate(
        """element => { const range = document.createRange(); const text = element.firstChild;
             range.setStart(text, 0); range.setEnd(text, 6); const end = document.createRange();
             end.setStart(text, text.length - 6); end.setEnd(text, text.length);
             return range.getBoundingClientRect().right > end.getBoundingClientRect().right; }""",
        page.locator("h1 + .lead").element_handle(),
    )
    assert begins, "a Hebrew text that begins with a Latin name runs from the right"
    assert page.evaluate("getComputedStyle(document.querySelector('.status')).direction") == "ltr"
    here, frame = page.locator("svg.map .h").first.bounding_box(), page.locator(".frame").bounding_box()
    assert here is not None
    assert frame is not None
    assert frame["x"] <= here["x"] <= frame["x"] + frame["width"]


def test_from_right_to_left_each_step_of_the_way_stands_behind_its_sign(open_page: Open, from_right: Path) -> None:
    page = open_page(from_right / "nodes" / "the-last-word.html")
    between = page.evaluate(
        """[...document.querySelectorAll('.path li + li')].map(step => {
             const words = document.createRange(); words.selectNodeContents(step);
             return step.getBoundingClientRect().right - words.getBoundingClientRect().right; })"""
    )
    assert len(between) > 2
    assert min(between) > 10, "the sign is on the right of the name, also of one that runs the other way"


def test_dark_is_dark_and_light_is_light(open_page: Open, shipped: Path) -> None:
    shades = {}
    for scheme in ("light", "dark"):
        page = open_page(shipped / "index.html", color_scheme=scheme)
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        shades[scheme] = sum(int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(","))
    assert shades["light"] > 700
    assert shades["dark"] < 120


def longest(folder: Path) -> Path:
    """The page of a point with the longest thread on it."""
    pages = ((p.read_text("utf-8").count("<details"), p.name) for p in (folder / "nodes").glob("*.html"))
    return folder / "nodes" / max(pages)[1]


def test_a_thread_folds_and_unfolds_by_keyboard(open_page: Open, shipped: Path) -> None:
    page = open_page(longest(shipped))
    summary = page.locator("details > summary").first
    before = page.evaluate("document.querySelector('details').open")
    summary.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('details').open") is not before
    page.keyboard.press("Space")
    assert page.evaluate("document.querySelector('details').open") is before


def test_the_first_stop_of_the_keyboard_skips_to_the_content(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0  # type: ignore[index] # it is visible now
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_focus_can_be_seen_on_a_map(open_page: Open, shipped: Path) -> None:
    page = open_page(longest(shipped))
    rect = page.locator("svg.map a rect").first
    before = rect.evaluate("e => getComputedStyle(e).strokeWidth")
    page.locator("svg.map a").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert rect.evaluate("e => getComputedStyle(e).strokeWidth") > before


def test_a_box_of_the_map_leads_to_its_point(open_page: Open, shipped: Path) -> None:
    page = open_page(longest(shipped))
    box = page.locator("svg.map a").first
    href = box.get_attribute("href")
    box.click()
    assert href is not None
    assert page.url.endswith(f"/nodes/{href}")
    assert page.locator("h1").count() == 1


def test_a_map_wider_than_a_phone_opens_at_the_point_itself_and_can_be_moved(open_page: Open, shipped: Path) -> None:
    page = open_page(longest(shipped), 375)
    frame = page.locator(".frame")
    page.wait_for_function("getComputedStyle(document.querySelector('.frame')).scrollSnapType === 'none'")
    here, seen = page.locator("svg.map .h rect").bounding_box(), frame.bounding_box()
    assert here is not None
    assert seen is not None
    assert seen["x"] <= here["x"]
    assert here["x"] + here["width"] <= seen["x"] + seen["width"] + 1
    frame.evaluate("e => e.scrollTo(e.scrollWidth, 0)")
    page.wait_for_timeout(100)
    assert frame.evaluate("e => e.scrollWidth - e.clientWidth - e.scrollLeft") <= 1


def test_the_words_of_a_map_stay_inside_its_boxes(open_page: Open, shipped: Path) -> None:
    page = open_page(longest(shipped))
    outside = page.evaluate(
        """[...document.querySelectorAll('svg.map :has(> rect)')].flatMap(box => {
             const frame = box.querySelector('rect').getBoundingClientRect();
             return [...box.querySelectorAll('text')].filter(t => {
               const b = t.getBoundingClientRect();
               return b.width && (b.right > frame.right + 1 || b.left < frame.left - 1 || b.bottom > frame.bottom + 1 || b.top < frame.top - 1);
             }).map(t => t.textContent);
           })"""
    )
    assert outside == []


def test_a_link_to_a_passage_shows_it(open_page: Open, shipped: Path) -> None:
    source = max((shipped / "sources").glob("*.html"), key=lambda p: p.stat().st_size)
    page = open_page(source)
    anchor = page.locator(".passage").last.get_attribute("id")
    page.goto(f"{source.as_uri()}#{anchor}")
    top = page.evaluate("document.querySelector(':target').getBoundingClientRect().top")
    assert 0 <= top < 900


def test_paper_shows_everything_unfolded_and_no_menu(open_page: Open, shipped: Path) -> None:
    page = open_page(longest(shipped))
    page.emulate_media(media="print")
    hidden = page.evaluate(
        "[...document.querySelectorAll('details .point')].filter(p => !p.getBoundingClientRect().height).length"
    )
    assert page.locator("details:not([open])").count() > 0
    assert hidden == 0
    assert not page.locator(".top nav").is_visible()


def test_on_paper_the_sides_of_a_question_follow_its_state(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "nodes/does-the-predictor-become-an-agent.html")
    page.emulate_media(media="print")
    box, sides = page.locator(".verdict"), page.locator(".column .point")
    assert box.get_by_text("What makes it so").is_visible()
    assert box.locator(".card").count() > 6
    assert not any(card.is_visible() for card in box.locator(".card").all())
    assert sides.count() > 10
    assert all(point.is_visible() for point in sides.all())
    first, second = (column.bounding_box() for column in page.locator(".column").all()[:2])
    assert first is not None
    assert second is not None
    assert first["y"] + first["height"] <= second["y"]


def test_on_paper_what_leads_to_something_stays_with_it(open_page: Open, shipped: Path) -> None:
    alone = """[...document.querySelectorAll('h1, h2, h3, h4, summary, dt, .by, .does, .holder, .titled, .tale header, .turn header')]
      .filter(e => e.offsetHeight && getComputedStyle(e).breakAfter !== 'avoid').map(e => e.outerHTML.slice(0, 60))"""
    left = """[...document.querySelectorAll('li > .aside, li > .more')]
      .filter(e => e.offsetHeight && getComputedStyle(e).breakBefore !== 'avoid').map(e => e.outerHTML.slice(0, 60))"""
    for path in ("nodes/complexity-yields-no-planning.html", "story.html", "people/lenivchick.html", "open.html"):
        page = open_page(shipped / path)
        page.emulate_media(media="print")
        assert page.evaluate(alone) == [], path
        assert page.evaluate(left) == [], path
        whole = "[...document.querySelectorAll('.question')].every(e => getComputedStyle(e).breakInside === 'avoid')"
        assert page.evaluate(whole), path
        after = "[...document.querySelectorAll('h2 + p')].every(e => getComputedStyle(e).breakAfter === 'avoid')"
        assert page.evaluate(after), path


def test_what_is_to_be_pressed_is_large_enough(open_page: Open, shipped: Path) -> None:
    for path in (shipped / "index.html", longest(shipped)):
        page = open_page(path, 375)
        small = page.evaluate(
            """[...document.querySelectorAll('.top a, summary, .point a, .mark a')]
               .filter(e => e.offsetHeight && e.getBoundingClientRect().height < 24).map(e => e.textContent.slice(0, 40))"""
        )
        assert small == [], path.name


def test_the_table_of_who_stands_where_moves_by_itself_on_a_tablet(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "matrix.html", 768)
    region = page.get_by_role("region", name="People and the questions that they answered")
    head, question = page.locator("thead th").nth(1), page.locator("tbody th").nth(3)
    top = head.bounding_box()["y"]  # type: ignore[index] # it is there
    start = question.bounding_box()["x"]  # type: ignore[index] # it is there
    assert page.evaluate("document.documentElement.scrollWidth") <= 768
    region.evaluate("e => e.scrollTo(e.scrollWidth, 600)")
    assert region.evaluate("e => e.scrollLeft") > 0
    assert abs(head.bounding_box()["y"] - top) < 20  # type: ignore[index] # it stays in view
    assert abs(question.bounding_box()["x"] - start) < 2  # type: ignore[index] # it stays in view
    assert page.locator("tbody th[scope=row]").count() > 10


def test_the_table_of_who_stands_where_is_read_question_by_question_on_a_phone(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "matrix.html", 375)
    region = page.get_by_role("region", name="People and the questions that they answered")
    assert region.evaluate("e => e.scrollHeight <= e.clientHeight && e.scrollWidth <= e.clientWidth")
    cell = page.locator("tbody td:visible").first
    who = page.locator("thead th a").all_text_contents()
    assert cell.evaluate("e => getComputedStyle(e, '::before').content").strip('"') in who
    assert not page.locator("td .none:visible").count()


def test_nothing_hostile_runs(open_page: Open, attacked: Path) -> None:
    page = open_page(attacked / "index.html")
    for path in sorted(attacked.rglob("*.html")):
        page.goto(path.as_uri())
        sources = page.evaluate("[...document.scripts].filter(s => s.type !== 'application/ld+json').map(s => s.src)")
        ours = f"{attacked.as_uri()}/assets/", f"{attacked.as_uri()}/search/"
        assert [source for source in sources if not source.startswith(ours)] == [], path.name
        assert page.evaluate("document.images.length") == 0, path.name
        assert page.evaluate("[...document.links].filter(a => !/^(file|https?):/.test(a.href)).length") == 0


def test_on_a_phone_the_keyboard_stops_nowhere_out_of_sight(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "matrix.html", 320, 568)
    out_of_sight = """() => {
      const {left, top, width, height} = document.activeElement.getClientRects()[0];
      const there = document.elementFromPoint(left + width / 2, top + Math.min(height, 20) / 2);
      return document.activeElement.tagName === 'A' && !document.activeElement.contains(there);
    }"""
    for _ in range(30):
        page.keyboard.press("Tab")
        assert not page.evaluate(out_of_sight), page.evaluate("document.activeElement.outerHTML")


def test_on_a_low_screen_nothing_stands_over_the_text(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "nodes/does-the-predictor-become-an-agent.html", 320, 180)
    stands = "all => all.filter(e => getComputedStyle(e).position === 'sticky').length"
    assert page.locator(".path, .column > .holder").evaluate_all(stands) == 0


def test_the_mark_between_the_steps_of_the_way_here_is_not_read_aloud(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "nodes/does-the-predictor-become-an-agent.html")
    way = page.get_by_role("navigation", name="The way here").aria_snapshot()
    assert "Does the predictor become an agent?" in way
    assert "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}" not in way


def test_with_letters_twice_as_large_a_status_breaks_rather_than_the_page(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "nodes.html", 320)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.locator(".status.unanswered").count() > 2
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_paper_is_light_where_the_screen_is_dark(open_page: Open, shipped: Path) -> None:
    page = open_page(longest(shipped), color_scheme="dark")
    colour = "getComputedStyle(document.querySelector('.status.in')).color"
    dark = page.evaluate(colour)
    page.emulate_media(media="print")
    printed = page.evaluate(colour)
    page.emulate_media(media="screen", color_scheme="light")
    assert dark != printed == page.evaluate(colour)


def test_on_paper_the_list_of_where_to_start_stays_together(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "index.html")
    page.emulate_media(media="print")
    assert page.locator(".start").evaluate("e => getComputedStyle(e).breakInside") == "avoid"


def test_on_paper_an_entry_of_the_list_of_all_points_is_not_torn_apart(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "nodes.html")
    page.emulate_media(media="print")
    ends = "all => all.filter(e => getComputedStyle(e.lastElementChild).breakAfter === 'avoid').length"
    assert page.locator(".index li").count() > 100
    assert page.locator(".index li").evaluate_all(ends) == 0, "where no entry may end a page, every one may be torn"


def test_on_paper_the_head_of_a_turn_is_not_torn_apart(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "story.html")
    page.emulate_media(media="print")
    heads = page.locator(".tale header")
    assert heads.count() > 5
    assert heads.evaluate_all("all => all.every(e => getComputedStyle(e).breakInside === 'avoid')")


def test_what_has_the_focus_is_not_behind_the_head_of_the_table(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "matrix.html", 768, 600)
    behind = """() => {
      const e = document.activeElement, {left, top, width, height} = e.getClientRects()[0];
      return e.matches('table a') && ![0.1, 0.5, 0.9].some(part =>
        e.contains(document.elementFromPoint(left + width * part, top + Math.min(height, 20) / 2)));
    }"""
    page.locator("tbody a").nth(40).focus()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        assert not page.evaluate(behind), page.evaluate("document.activeElement.textContent")
    page.set_viewport_size({"width": 645, "height": 600})
    page.locator("thead a").last.focus()
    assert page.locator(".scroll").evaluate("e => e.scrollLeft") > 0
    for _ in range(page.locator("thead a").count() - 1):
        page.keyboard.press("Shift+Tab")
        assert not page.evaluate(behind), page.evaluate("document.activeElement.textContent")
