"""The preview in a real browser: all pages work under its content policy, load again where the reader was, and show findings."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kb
from tests.test_browser import AXE_RULES, kinds
from tests.test_serve import NODE, PAGE, Served, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ROOT = Path(kb.__file__).parent.parent
STARTER = Path(kb.__file__).parent / "starter" / "claims"
LOOK = ROOT / "docs" / "look" / "site"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """The worked debate, being edited."""
    shutil.copytree(STARTER, tmp_path / "claims")
    with serving(tmp_path) as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on which nothing may be refused by the policy and no script may fail."""
    troubles: list[str] = []
    opened = browser.new_page(viewport={"width": 1000, "height": 700})
    opened.on("console", lambda message: troubles.append(f"{opened.url}: {message.text}"))
    opened.on("pageerror", lambda error: troubles.append(f"{opened.url}: {error}"))
    yield opened
    opened.close()
    assert troubles == []


def test_every_kind_of_page_bears_the_strictest_policy(page: Page, shipped: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "claims", tmp_path / "claims")
    with serving(tmp_path) as found:
        for path in kinds(shipped):
            page.goto(f"{found.server.url}{path.relative_to(shipped).as_posix()}", wait_until="load")
            page.wait_for_timeout(50)


def test_a_debate_in_its_own_look_bears_it_too(page: Page, tmp_path: Path) -> None:
    shutil.copytree(STARTER, tmp_path / "claims")
    shutil.copytree(LOOK, tmp_path / "site")
    with serving(tmp_path) as found:
        for path in ("", "pages/taking-part.html", "pages/how-we-work.html", PAGE):
            page.goto(f"{found.server.url}{path}", wait_until="load")
        assert page.locator("img.logo").evaluate("e => e.naturalWidth") > 0


def test_a_page_loads_again_where_the_reader_was(page: Page, served: Served) -> None:
    page.set_viewport_size({"width": 400, "height": 300})
    page.goto(f"{served.server.url}{PAGE}")
    page.evaluate("document.querySelectorAll('main details').forEach((e, i) => { e.open = i % 2 === 0; })")
    page.evaluate("scrollTo(0, 250)")
    opened = page.evaluate("[...document.querySelectorAll('main details')].map((e) => e.open)")
    served.edit(
        NODE, "title: Fees", "title: Dues"
    )  # not longer than before, so that what is below stays where it was, whatever the font
    served.preview.renew()
    page.wait_for_selector("h1:has-text('Dues')")
    page.wait_for_load_state()
    assert abs(page.evaluate("scrollY") - 250) < 3
    assert page.evaluate("[...document.querySelectorAll('main details')].map((e) => e.open)") == opened


def test_of_many_tabs_each_is_up_to_date_when_it_is_looked_at(browser: Browser, served: Served) -> None:
    context = browser.new_context()
    context.add_init_script(  # without a window every tab counts as visible
        """let behind = false;
        Object.defineProperty(document, "visibilityState", { get: () => (behind ? "hidden" : "visible") });
        window.turn = (to) => { behind = to === "behind"; document.dispatchEvent(new Event("visibilitychange")); };"""
    )
    tabs: list[Page] = []
    for _ in range(8):  # a browser opens six connections to a server
        tabs.append(context.new_page())
        tabs[-1].goto(f"{served.server.url}{PAGE}", timeout=10_000)
        if len(tabs) < 8:
            tabs[-1].evaluate("turn('behind')")
    served.edit(NODE, "title: Fees", "title: All fees")
    served.preview.renew()
    tabs[-1].wait_for_selector("h1:has-text('All fees')")
    assert "All fees" not in tabs[0].locator("h1").inner_text()
    tabs[0].evaluate("turn('before')")
    tabs[0].wait_for_selector("h1:has-text('All fees')")
    context.close()


def test_findings_stand_over_the_page_and_go_with_their_cause(page: Page, served: Served) -> None:
    page.goto(f"{served.server.url}{PAGE}")
    served.edit(NODE, "kind: claim", "kind: <b>claim</b>")
    served.preview.renew()
    panel = page.locator(".kb-preview")
    panel.wait_for()
    assert page.locator(".kb-preview details").evaluate("e => e.open")
    said = panel.inner_text()
    assert "The site stays as it was before these errors." in said
    assert "On this page: claims/late-fees/fees-bring-books-back.yaml:1:7" in said
    assert "<b>claim</b>" in said, "what is shown is text"
    served.edit(NODE, "kind: <b>claim</b>", "kind: claim")
    served.preview.renew()
    panel.wait_for(state="detached")


def test_the_page_of_a_point_whose_file_breaks_stays_with_the_finding_on_it_until_it_is_mended(
    page: Page, served: Served
) -> None:
    page.goto(f"{served.server.url}{PAGE}")
    served.edit(NODE, "title: Fees", "title: [Fees")
    served.preview.renew()
    first = page.locator(".kb-preview li").first
    first.wait_for()
    assert first.inner_text().startswith(f"On this page: {NODE}:2:8 this bracket is not closed")
    assert "write `[one, two]`" in first.inner_text()
    assert page.locator("h1").inner_text() == "Fees bring books back"
    assert page.url.endswith(PAGE)
    served.edit(NODE, "title: [Fees", "title: All fees")
    served.preview.renew()
    page.wait_for_selector("h1:has-text('All fees')")
    assert page.locator(".kb-preview").count() == 0


def test_who_had_the_page_of_a_point_open_whose_file_was_renamed_is_led_on(browser: Browser, served: Served) -> None:
    page = browser.new_page()
    page.goto(f"{served.server.url}nodes/trial-ran-in-the-summer.html")
    old = served.folder / "claims/late-fees/trial-ran-in-the-summer.yaml"
    old.rename(old.with_name("trial-was-short.yaml"))
    served.preview.renew()
    page.get_by_role("link", name="now stands in claims/late-fees/trial-was-short.yaml").click()
    page.wait_for_url("**/nodes/trial-was-short.html")
    page.close()


def test_warnings_are_a_badge_that_opens(page: Page, served: Served) -> None:
    served.edit(NODE, "title: ", f"title: {'Long ' * 20}")
    served.preview.renew()
    page.goto(f"{served.server.url}index.html")
    summary = page.locator(".kb-preview summary")
    summary.wait_for()
    assert summary.inner_text() == "1 warning"
    assert not page.locator(".kb-preview details").evaluate("e => e.open")
    summary.focus()
    page.keyboard.press("Enter")
    page.locator(".kb-preview a").click()
    page.wait_for_url(f"**/{PAGE}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_the_preview_adds(browser: Browser, served: Served, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # noqa: PLC0415 - not needed where there is no browser

    served.edit(NODE, "kind: claim", "kind: clam")
    served.preview.renew()
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type] # axe is put into the page
    page = context.new_page()
    page.goto(f"{served.server.url}{PAGE}")
    page.locator(".kb-preview").wait_for()
    found = Axe().run(page, options={"runOnly": AXE_RULES, "preload": False}).response["violations"]
    context.close()
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == []


def test_when_the_preview_ends_pages_say_so(browser: Browser, tmp_path: Path) -> None:
    shutil.copytree(STARTER, tmp_path / "claims")
    page = browser.new_page()
    with serving(tmp_path) as found:
        with page.expect_response("**/.kb/events*"):
            page.goto(found.server.url)
        page.wait_for_timeout(300)
    page.locator(".kb-preview", has_text="The preview has ended").wait_for()
    page.close()
