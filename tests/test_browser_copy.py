"""Sharing points, in a browser: copied as a citation and as Markdown, with a clipboard and without; old addresses lead to new ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from tests import sites
from tests.conftest import read

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browsing import Open

SKY = """
## kb.yaml
title: The *sky*
url: https://sky.example/
language: de
## participants/ann.yaml
name: ann [A]
## participants/bob.yaml
name: Bob
## sources/letter.yaml
title: A letter
formerly: mail
passages:
- {id: p1, by: [ann, bob]}
## talk/blue.yaml
id: blue
kind: claim
title: Blue
text: The sky is *blue* <b>, $& and [so](https://good.example/) on.
source: letter p1
attributed_to: bob
formerly: azure
## talk/why.yaml
id: why
kind: question
text: Why is it blue?
## talk/read-so.yaml
id: read-so
kind: claim
text: It scatters light.
attributed_to: ann
answers: why
"""
CLIPBOARD = "navigator.clipboard.writeText = async (text) => { window.copied = text; }"
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"


@pytest.fixture(scope="module")
def sky(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sky") / "site"
    sites.write(sites.gather(read(SKY).debate), folder)
    return folder


def copied(page: Page, name: str) -> str:
    """What a button copies, once the page has said that it did."""
    page.get_by_role("button", name=name).click()
    page.get_by_role("status").filter(has_text=re.compile("Kopiert|Copied")).wait_for()
    text = page.evaluate("window.copied")
    assert isinstance(text, str)
    return text


def test_a_point_is_copied_as_a_citation_and_as_markdown(open_page: Open, sky: Path) -> None:
    page = open_page(sky / "nodes/blue.html")
    page.evaluate(CLIPBOARD)
    assert copied(page, "Quellenangabe kopieren") == (
        "ann [A], Bob, sinngemäß wiedergegeben in „The *sky*“ (zugeschrieben: Bob): The sky is blue <b>, $& and so on (A letter, p1). "
        "https://sky.example/nodes/blue.html"
    )
    sky_example = "https://sky.example"
    assert copied(page, "Als Markdown kopieren") == (
        f"[The sky is blue \\<b\\>, \\$\\& and so on.]({sky_example}/nodes/blue.html) — "
        f"[ann \\[A\\]]({sky_example}/people/ann.html), [Bob]({sky_example}/people/bob.html), "
        "sinngemäß wiedergegeben in „The \\*sky\\*“ "
        f"(zugeschrieben: Bob) ([A letter, p1]({sky_example}/sources/letter.html#p-p1))\n"
    )


GRASS = """
## kb.yaml
title: Grass &amp; ~~hay~~
## participants/ann.yaml
name: Ann &copy; ~~A~~
## sources/letter.yaml
title: 5 &lt; 6 &amp; $a$
passages:
- {id: p1, by: ann}
## talk/green.yaml
id: green
kind: claim
text: 'It costs $5 to $6, &amp;lt; or ~~so~~: `a_b` \\\\ ![x][1] <https://good.example/> ...'
source: letter p1
"""


def test_what_is_copied_as_markdown_is_read_as_the_same_words(open_page: Open, tmp_path: Path) -> None:
    sites.write(sites.gather(read(GRASS).debate), tmp_path / "site")
    page = open_page(tmp_path / "site/nodes/green.html")
    page.evaluate(CLIPBOARD)
    text, said = copied(page, "Copy as Markdown"), page.locator("h1").text_content()
    reader = MarkdownIt("commonmark").enable("strikethrough")
    reader.validateLink = lambda _: True  # type: ignore[method-assign, assignment]
    inside = [token for token in reader.parse(text)[1].children or [] if token.type not in {"link_open", "link_close"}]
    assert {token.type for token in inside} <= {"text", "text_special"}
    assert "".join(token.content for token in inside) == (
        f"{said} — Ann &copy; ~~A~~, as paraphrased in “Grass &amp; ~~hay~~” (5 &lt; 6 &amp; $a$, p1)"
    )
    assert "\\$5 to \\$6" in text, "no mathematics where two prices stand in one line"


def test_what_is_only_supposed_is_not_cited_as_held(open_page: Open, tmp_path: Path) -> None:
    supposed = GRASS.replace("source: letter p1\n", "source: letter p1\ncertainty: arguendo\nattributed_to: ann\n")
    sites.write(sites.gather(read(supposed).debate), tmp_path / "site")
    page = open_page(tmp_path / "site/nodes/green.html")
    page.evaluate(CLIPBOARD)
    for name in ("Copy as Markdown", "Copy as a citation"):
        assert "” (arguendo, taken to be held by Ann " in copied(page, name)


def test_of_a_point_that_trails_off_a_citation_keeps_all_dots(open_page: Open, tmp_path: Path) -> None:
    sites.write(sites.gather(read(GRASS).debate), tmp_path / "site")
    page = open_page(tmp_path / "site/nodes/green.html")
    page.evaluate(CLIPBOARD)
    assert " ... (5 &lt; 6 &amp; $a$, p1). file:" in copied(page, "Copy as a citation")


def test_what_nobody_put_forward_is_cited_as_that_of_the_record(open_page: Open, sky: Path) -> None:
    page = open_page(sky / "nodes/why.html")
    page.evaluate(CLIPBOARD)
    record = "Aufzeichnung „The *sky*“"
    assert copied(page, "Quellenangabe kopieren") == f"{record}: Why is it blue? https://sky.example/nodes/why.html"
    page.goto((sky / "nodes/read-so.html").as_uri())
    page.evaluate(CLIPBOARD)
    said = f"{record} (zugeschrieben: ann [A]): It scatters light. https://sky.example/nodes/read-so.html"
    assert copied(page, "Quellenangabe kopieren") == said


def test_without_a_clipboard_the_text_is_shown_and_selected(open_page: Open, sky: Path) -> None:
    page = open_page(sky / "nodes/blue.html")
    page.evaluate(NO_CLIPBOARD)
    for name in ("Als Markdown kopieren", "Quellenangabe kopieren"):
        page.get_by_role("button", name=name).click()
        page.get_by_role("status").filter(has_text="opier").wait_for()
    shown = page.get_by_role("textbox")
    assert shown.input_value().startswith("ann [A], Bob, ")
    assert page.evaluate("getSelection().toString()") == shown.input_value()


def test_a_hostile_point_is_copied_as_text(open_page: Open, attacked: Path) -> None:
    page = open_page(attacked / "nodes/main.html")
    page.evaluate(CLIPBOARD)
    text = copied(page, "Copy as Markdown")
    assert "\\<script\\>alert(1)\\</script\\>" in text
    assert text.count("\n") == 1


@pytest.mark.parametrize("scripts", [True, False])
def test_an_old_address_leads_to_the_new_one(open_page: Open, sky: Path, *, scripts: bool) -> None:
    page = open_page(sky / "nodes/azure.html", java_script_enabled=scripts)
    page.wait_for_url("**/nodes/blue.html")
    page.goto(f"{(sky / 'sources/mail.html').as_uri()}#p-p1")
    page.wait_for_url("**/sources/letter.html#p-p1" if scripts else "**/sources/letter.html*")
