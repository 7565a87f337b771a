"""Finding in a browser, from disk: by keyboard alone, on a phone, with typing errors, by an address; previews of links; without scripts."""

from __future__ import annotations

import json
import re
import shutil
import sys
import unicodedata
from typing import TYPE_CHECKING

import pytest

from kb.publishing.folding import folded_words
from tests import sites
from tests.conftest import read

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

    from tests.browsing import Open

GERMAN = """
## kb.yaml
title: Über Bäume
language: de
## participants/joerg.yaml
name: Jörg Groß
## sources/gespraech.yaml
title: Ein Gespräch
passages: [{id: c1, by: joerg}]
## baeume/baeume-kuehlen.yaml
id: baeume-kuehlen
kind: claim
title: Bäume kühlen die Straße
text: Unter Bäumen ist es im Sommer kühler als auf der offenen Straße, und das 東京タワー steht nicht darunter.
source: gespraech c1
"""


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a small debate in German."""
    folder = tmp_path_factory.mktemp("german") / "site"
    sites.write(sites.gather(read(GERMAN).debate), folder)
    return folder


def begin(page: Page, key: str) -> None:
    """Open the search by a key."""
    page.keyboard.press(key)
    page.wait_for_selector("dialog[open]")


def search(page: Page, text: str) -> Locator:
    """Type into the search by keyboard and wait for its message; returns the results."""
    if not page.locator("dialog[open]").count():
        begin(page, "/")
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    page.wait_for_function("query => new URLSearchParams(location.search).get('q') === query", arg=text)
    return page.locator(".search [role=option]")


def violations(page: Page) -> list[tuple[str, str]]:
    """What axe finds wrong with a page as it is now."""
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # noqa: PLC0415 - not needed where there is no browser

    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "preload": False}
    found = Axe().run(page, options=options).response["violations"]
    return [(v["id"], v["nodes"][0]["html"][:200]) for v in found]


def test_a_point_is_found_and_opened_by_keyboard_alone(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "index.html")
    found = search(page, "predictor agent")
    assert found.count() > 3
    assert page.evaluate("document.activeElement.getAttribute('role')") == "combobox"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    chosen = page.locator("[role=option][aria-selected=true]")
    assert page.locator("[role=combobox]").get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert chosen.get_attribute("id") == found.first.get_attribute("id")
    href = chosen.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{href}*")
    assert page.locator("h1").count() == 1


def test_enter_at_once_opens_the_first_result_of_what_was_typed_last(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "people.html")
    begin(page, "Control+K")
    page.keyboard.type("does-the-predictor-become-an-agent")
    page.keyboard.press("Enter")
    page.wait_for_url("**/nodes/does-the-predictor-become-an-agent.html")


def test_a_search_that_was_closed_does_not_come_back_into_the_address(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "index.html")
    begin(page, "/")
    page.keyboard.type("agent")
    page.keyboard.press("Escape")
    page.wait_for_timeout(1_000)
    assert not page.locator("dialog[open]").count()
    assert "?" not in page.url


def test_in_a_long_text_without_spaces_the_match_is_shown(open_page: Open, tmp_path: Path) -> None:
    text = "水" * 150 + "東京" + "木" * 150
    sites.write(sites.gather(read(f"id: long\nkind: claim\ntitle: Long\ntext: {text}\n").debate), tmp_path / "site")
    found = search(open_page(tmp_path / "site" / "index.html"), "東京")
    assert "東京" in found.first.locator("mark").all_inner_texts()
    assert len(found.first.inner_text()) < 300


@pytest.mark.parametrize(
    ("query", "href"),
    [
        ("does-the-predictor-become-an-agent", "nodes/does-the-predictor-become-an-agent.html"),
        ("DOES the Predictor become an Agent?", "nodes/does-the-predictor-become-an-agent.html"),
        ("lenivchick", "people/lenivchick.html"),
        ("c4.5", "sources/shoggoth-thread.html#p-c4.5"),
        ("agency", "terms/agency.html"),
        ("terminological", "about.html"),
    ],
)
def test_what_is_meant_comes_first_in_its_group(open_page: Open, shipped: Path, query: str, href: str) -> None:
    page = open_page(shipped / "nodes" / "does-the-predictor-become-an-agent.html")
    search(page, query)
    firsts = page.eval_on_selector_all(".search [role=group]", "e => e.map(g => g.querySelector('a').href)")
    assert (shipped.as_uri() + "/" + href) in firsts


def test_the_matches_are_marked_and_the_count_is_said(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "index.html")
    found = search(page, "predict")
    assert {mark.lower()[:7] for mark in found.locator("mark").all_text_contents()} == {"predict"}
    told = page.locator(".search [role=status]")
    assert (
        told.text_content()
        == f"Found: {page.evaluate('document.querySelector(`.told`).textContent.match(/[0-9]+/)[0]')}"
    )
    more = page.locator(".search .more")
    shown = found.count()
    more.first.click()
    page.wait_for_function(f"document.querySelectorAll('.search [role=option]').length > {shown}")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("shogoth", "shoggoth"), ("perdictor", "predictor"), ("simulater", "simulator"), ("agnecy", "agency")],
)
def test_a_typing_error_is_forgiven(open_page: Open, shipped: Path, typed: str, meant: str) -> None:
    page = open_page(shipped / "index.html")
    found = search(page, typed)
    assert {mark.lower()[:5] for mark in found.locator("mark").all_text_contents()} == {meant[:5]}


@pytest.mark.parametrize(
    ("typed", "href"),
    [
        ("shogoth", "terms/shoggoth.html"),
        ("lenivchik", "people/lenivchick.html"),
        ("simulater", "terms/simulator.html"),
    ],
)
def test_a_word_mended_finds_first_what_bears_it_as_its_name(
    open_page: Open, shipped: Path, typed: str, href: str
) -> None:
    page = open_page(shipped / "index.html")
    assert (search(page, typed).first.get_attribute("href") or "").endswith(href)


@pytest.mark.parametrize(("typed", "meant"), [("sequentialist", "consequentialist"), ("UMSTANCE", "circumstances")])
def test_a_word_is_found_by_what_stands_within_it_if_none_begins_so(
    open_page: Open, shipped: Path, typed: str, meant: str
) -> None:
    page = open_page(shipped / "index.html")
    found = search(page, typed)
    assert {mark.lower()[:5] for mark in found.locator("mark").all_text_contents()} == {meant[:5]}


def test_where_nothing_has_all_words_what_has_some_is_shown_and_nonsense_finds_nothing(
    open_page: Open, shipped: Path
) -> None:
    page = open_page(shipped / "index.html")
    found = search(page, "lenivchick aardvarks")
    assert found.count()
    assert "Some of them" in str(page.locator(".told").text_content())
    assert search(page, "qqqqqqqqqq").count() == 0
    assert "Nothing found" in str(page.locator(".told").text_content())


def test_what_an_id_begins_with_is_found_and_not_called_a_part_of_what_was_asked(
    open_page: Open, shipped: Path
) -> None:
    page = open_page(shipped / "index.html")
    found = search(page, "k")
    assert found.count()
    assert "Some of them" not in str(page.locator(".told").text_content())


def test_a_search_is_in_the_address_comes_back_with_it_and_goes_with_escape(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "index.html")
    search(page, "agency")
    again = open_page(shipped / "about.html")
    again.goto(f"{shipped.as_uri()}/index.html?q=agency")
    again.wait_for_selector(".search [role=option]")
    assert page.url == again.url
    again.keyboard.press("Escape")
    again.wait_for_function("!location.search")
    assert not again.locator("dialog[open]").count()


def test_the_slash_can_be_switched_off_and_is_a_letter_where_one_writes(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "index.html")
    search(page, "a")
    page.keyboard.type("/")
    assert page.locator(".search [role=combobox]").input_value() == "a/"
    page.locator(".search [type=checkbox]").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.wait_for_timeout(200)
    assert not page.locator("dialog[open]").count()
    page.locator(".find").click()
    page.locator(".search [type=checkbox]").check()


def test_the_search_fits_a_phone_and_axe_finds_nothing(open_page: Open, shipped: Path) -> None:
    for width, scheme in ((320, "light"), (1280, "dark")):
        page = open_page(shipped / "open.html", width, 640, color_scheme=scheme)
        page.wait_for_selector(".filter:not([hidden])")
        page.locator(".owed a").first.hover()
        page.wait_for_selector(".preview:visible")
        assert violations(page) == []
        page.mouse.move(1, 1)
        search(page, "agency")
        page.keyboard.press("ArrowDown")
        box = page.locator("dialog").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []


def test_umlauts_are_found_with_and_without_dots_and_scripts_without_spaces(open_page: Open, german: Path) -> None:
    page = open_page(german / "index.html")
    for query in ("bäume", "BAUME", "baumen strasse", "Jörg Groß", "gross", "京タワ", "タワー", "東", "ー"):
        hrefs = search(page, query).evaluate_all("all => all.map(a => a.href.split('/').at(-1))")
        assert "baeume-kuehlen.html" in hrefs, query
        if query in {"タワー", "ー"}:
            assert page.locator(".search mark").all_text_contents() == [query], "marked as one"
    assert page.locator(".find").text_content() == "Suchen/"
    search(page, "東")
    assert "".join(page.locator(".search mark").all_text_contents()).startswith("東")


def test_scripts_fold_every_character_as_the_index_does(open_page: Open, german: Path) -> None:
    page = open_page(german / "index.html")
    old = [chr(c) for c in range(0x20, 0x30000) if unicodedata.category(chr(c)) not in {"Cn", "Cs", "Co"}]
    ours = {char: folded_words(f"a{char}b c") for char in old}
    theirs = page.evaluate("chars => chars.map(c => finding.words(`a${c}b c`))", old)
    differ = [hex(ord(char)) for char, found in zip(old, theirs, strict=True) if found != ours[char]]
    assert differ == []
    assert sys.maxunicode > len(old) > 100_000


def test_nothing_hostile_runs_in_the_search(open_page: Open, attacked: Path) -> None:
    page = open_page(attacked / "index.html", 320)
    for query in ("script", "alert", "<img src=x onerror=alert(1)>", '"><script>alert(1)</script>', "eve", "שלום"):
        found = search(page, query)
        assert found.count(), query
        assert page.evaluate("document.images.length") == 0
        assert page.evaluate("document.querySelectorAll('.search script, .search svg').length") == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


# -- filters ---------------------------------------------------------------------------------------------------------------

DISPUTES = (
    "## participants/ann.yaml\nname: Ann\n## participants/bob.yaml\nname: Bob\n## participants/cem.yaml\nname: Cem\n"
    + "".join(
        f"## talk-{n % 3}/q{n}.yaml\nid: q{n}\nkind: question\ntext: Is number {n} even?\nby: ann\n"
        f"## talk-{n % 3}/yes{n}.yaml\nid: yes{n}\nkind: claim\ntext: Yes, {n} is.\nby: ann\nanswers: q{n}\n"
        f"## talk-{n % 3}/no{n}.yaml\nid: no{n}\nkind: objection\ntext: No, {n} is not.\nby: {'cem' if n % 60 == 1 else 'bob'}\nanswers: q{n}\nattacks: yes{n}\n"
        for n in range(120)
    )
)


@pytest.fixture(scope="module")
def disputed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a debate with more disagreements than one page holds."""
    folder = tmp_path_factory.mktemp("disputed") / "site"
    sites.write(sites.gather(read(DISPUTES).debate), folder)
    return folder


def test_disagreements_are_filtered_by_keyboard_and_the_address_says_how(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "open.html")
    page.wait_for_selector(".filter:not([hidden])")
    entries = page.locator("section.question:visible")
    all_of_them = entries.count()
    page.locator("select[name=state]").focus()
    page.keyboard.type("settl")
    page.wait_for_function("location.search === '?state=settled'")
    assert 0 < entries.count() < all_of_them
    assert page.locator(".filter [role=status]").text_content() == f"{entries.count()} of {all_of_them} shown"
    assert page.locator("section.question:visible .state.open").count() == 0
    assert not page.locator("#unsettled").is_visible()
    page.locator("select[name=by]").select_option("lenivchick")
    some = entries.count()
    again = open_page(shipped / "open.html")
    again.goto(page.url)
    again.wait_for_selector(".filter:not([hidden])")
    again.wait_for_function(f"document.querySelectorAll('section.question:not([hidden])').length === {some}")
    assert again.locator("select[name=by]").input_value() == "lenivchick"
    again.locator(".filter [type=reset]").click()
    again.wait_for_function("!location.search")
    assert again.locator("section.question:visible").count() == all_of_them


def test_who_shows_all_again_by_keyboard_stays_where_they_are(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "open.html")
    page.goto(f"{(shipped / 'open.html').as_uri()}?state=agreed")
    page.wait_for_selector(".filter:not([hidden])")
    page.locator(".filter [type=reset]").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("!location.search")
    page.wait_for_timeout(200)
    assert page.evaluate("document.activeElement.type") == "reset"


def test_the_filters_cover_all_pages_of_the_list(open_page: Open, disputed: Path) -> None:
    page = open_page(disputed / "open.html")
    page.goto(f"{disputed.as_uri()}/open.html?by=cem&topic=talk-1")
    page.wait_for_selector(".filter:not([hidden])")
    page.wait_for_function("document.querySelector('.filter [role=status]').textContent === '2 of 120 shown'")
    shown = page.locator("section.question:visible").count()
    page.wait_for_function(f"document.querySelectorAll('.elsewhere li').length === {2 - shown}")
    page.goto(f"{disputed.as_uri()}/open.html?waits=ann")
    page.wait_for_selector(".elsewhere:not([hidden]) li a")
    link = page.locator(".elsewhere a").first
    name = link.text_content()
    link.click()
    page.wait_for_url("**/open.2.html?waits=ann#d-*")
    page.wait_for_selector(".filter:not([hidden])")
    assert page.locator("section:target h3").text_content() == name


def test_the_filters_offer_whom_something_waits_for_and_say_where_nothing_fits(open_page: Open, disputed: Path) -> None:
    page = open_page(disputed / "open.html")
    page.wait_for_selector(".filter:not([hidden])")
    offered = "e => [...e.options].map(option => option.value)"
    assert page.locator("select[name=by]").evaluate(offered) == ["", "ann", "bob", "cem"]
    assert page.locator("select[name=waits]").evaluate(offered) == ["", "ann"]
    page.locator("select[name=state]").select_option("settled")
    page.wait_for_function("document.querySelector('.filter [role=status]').textContent === 'None of 120 matches'")


def test_the_page_of_a_person_leads_to_what_they_dispute(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "people" / "lenivchick.html")
    page.get_by_role("link", name="In the list of disputes").click()
    page.wait_for_function("document.querySelector('.filter [role=status]')?.textContent")
    assert page.locator("select[name=by]").input_value() == "lenivchick"


def test_an_address_that_asks_for_what_is_not_there_shows_all(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "open.html")
    page.goto(f"{(shipped / 'open.html').as_uri()}?by=nobody&state=%3Cb%3E")
    page.wait_for_selector(".filter:not([hidden])")
    page.wait_for_function("!location.search")
    assert page.locator("section.question:visible").count() == page.locator("section.question").count()


# -- previews -------------------------------------------------------------------------------------------------------------


def test_a_link_shows_what_it_leads_to_on_focus_and_hides_it_with_escape(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "terms.html")
    page.locator("dl a").first.focus()
    page.keyboard.press("Tab")
    card = page.locator(".preview")
    card.wait_for(state="visible")
    link = page.locator("a:focus")
    assert link.get_attribute("aria-describedby") == card.get_attribute("id")
    assert str(link.text_content()) in str(card.text_content())
    page.keyboard.press("Escape")
    assert not card.is_visible()
    assert link.get_attribute("aria-describedby") is None
    page.keyboard.press("Tab")
    card.wait_for(state="visible")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/(terms|people)/.+\.html"))


def test_a_preview_goes_also_after_coming_back_to_its_link(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "open.html")
    link = page.locator("h3 a").first
    link.hover()
    page.locator(".preview:visible").wait_for()
    page.locator("h1").hover()
    page.wait_for_timeout(60)
    link.hover()
    page.wait_for_timeout(400)
    page.locator("h1").hover()
    page.locator(".preview").wait_for(state="hidden")


def test_a_preview_stays_while_the_pointer_is_on_it_and_within_the_screen(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "open.html", 500)
    page.locator("h3 a").first.hover()
    card = page.locator(".preview")
    card.wait_for(state="visible")
    box = card.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 500
    page.mouse.move(box["x"] + 20, box["y"] + 10, steps=8)
    page.wait_for_timeout(600)
    assert card.is_visible()
    page.mouse.move(2, 2)
    card.wait_for(state="hidden")


def test_a_preview_is_seen_where_a_map_fills_the_screen(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "maps/predictor-agency.html")
    page.get_by_role("button", name="Full screen").click()
    page.wait_for_function("document.fullscreenElement")
    page.locator("svg.map a").first.focus()
    page.keyboard.press("ArrowRight")
    card = page.locator(".preview")
    card.wait_for(state="visible")
    seen = """card => {
      const {left, top, width, height} = card.getBoundingClientRect();
      return card.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    }"""
    assert card.evaluate(seen)
    page.keyboard.press("Escape")
    assert not card.is_visible()


def test_a_link_to_the_same_point_further_up_has_a_preview(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "nodes" / "does-the-predictor-become-an-agent.html")
    again = page.locator("main a[href^='#n-']:visible").first
    text = again.evaluate("async link => (await finding.at(finding.place(link)))[0]")
    assert text == f"nodes/{str(again.get_attribute('href')).removeprefix('#n-')}.html"


def test_a_card_that_tells_all_itself_has_no_preview(open_page: Open, shipped: Path) -> None:
    page = open_page(shipped / "open.html")
    page.locator(".card a").first.hover()
    page.wait_for_timeout(700)
    assert not page.locator(".preview:visible").count()


# -- without scripts ------------------------------------------------------------------------------------------------------


def test_without_scripts_there_is_no_button_but_an_index(browser: Browser, shipped: Path) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto((shipped / "index.html").as_uri())
    assert not page.locator(".find").count()
    page.locator(".top nav a[href='nodes.html']").click()
    assert page.locator("main a[href^='nodes/']").count() == len(list((shipped / "nodes").glob("*.html")))
    page.close()


def test_the_index_is_read_from_a_server_too(browser: Browser, shipped: Path) -> None:
    page = browser.new_page()
    page.route(
        "http://kb.example/**",
        lambda route: route.fulfill(path=shipped / route.request.url.split("/", 3)[3].partition("?")[0]),
    )
    policy = {"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"}
    page.route(
        "http://kb.example/index.html*",
        lambda route: route.fulfill(path=shipped / "index.html", headers={**policy, "Content-Type": "text/html"}),
    )
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto("http://kb.example/index.html?q=agency")
    page.wait_for_selector(".search [role=option]")
    page.keyboard.press("Escape")
    page.locator("main a[href^='nodes/']:not(.card a)").first.hover()
    page.wait_for_selector(".preview:visible")
    assert json.dumps(refused) == "[]"
    page.close()


def test_what_stands_on_a_page_of_the_debates_own_is_found_with_the_match(open_page: Open, look: Path) -> None:
    page = open_page(look / "index.html")
    found = search(page, "we vote on points").first
    assert found.locator(".text mark").all_text_contents() == ["We", "vote", "on", "points", "we"]
    page.keyboard.press("Enter")
    page.wait_for_url("**/pages/how-we-work.html#h-what-we-do-not-do")


def test_where_the_index_does_not_come_the_button_leads_to_the_list_of_all_points(
    browser: Browser, shipped: Path, tmp_path: Path
) -> None:
    site = shutil.copytree(shipped, tmp_path / "site")
    (site / "search" / "start.js").unlink()
    page = browser.new_page()
    page.goto((site / "index.html").as_uri())
    page.locator(".find").click()
    page.wait_for_url("**/nodes.html")
    page.close()


@pytest.mark.parametrize(("width", "height"), [(320, 180), (320, 256), (640, 360)])
def test_enlarged_four_times_the_search_still_shows_what_it_found(
    open_page: Open, shipped: Path, width: int, height: int
) -> None:
    page = open_page(shipped / "index.html", width, height)
    search(page, "agency").first.wait_for()
    page.keyboard.press("ArrowDown")
    chosen = page.locator(".search [role=option][aria-selected]")
    assert chosen.evaluate("""e => {
      const {left, top, width, height} = e.getBoundingClientRect();
      return e.contains(document.elementFromPoint(left + width / 2, top + Math.min(height, 60) / 2));
    }""")
    page.get_by_label("The key / opens the search").uncheck()
