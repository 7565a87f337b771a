"""The site as a whole: the same bytes each time, no broken link, nothing written outside its folder, no text that becomes markup."""

from __future__ import annotations

import ast
import gzip
import re
import subprocess
from dataclasses import fields, replace
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import html5lib
import pytest
from hypothesis import HealthCheck, given, settings
from jinja2 import Environment, meta

import kb
from kb import discover, site
from kb.linting.manual import rules
from kb.load import load, load_texts
from kb.output.ownership import own_target
from kb.publishing.cards import STATUS_SIGNS, STYLE_SIGNS
from kb.publishing.single_pages import single_pages
from kb.publishing.theme import shipped_folder
from kb.vocabulary import STATUSES
from tests import hostile, maps, sites
from tests.conftest import files_of, read

if TYPE_CHECKING:
    from kb.debate import Debate
    from kb.output.links import Output

ROOT = Path(kb.__file__).parent.parent
STARTER = Path(kb.__file__).parent / "starter" / "claims"
TEMPLATES = shipped_folder() / "templates"
GLOBALS = {"root", "site", "language", "direction", "debate_title", "page", "card", "say", "word", "prose"}
GLOBALS |= {"foot", "own_style", "logo"}
"""The names that every template may use; `root` is the address of the root of the site on a page."""


@pytest.fixture(scope="module")
def starter() -> Debate:
    return load(STARTER).debate


@pytest.fixture(scope="module")
def outputs(starter: Debate) -> list[Output]:
    return sites.gather(starter)


@pytest.fixture(scope="module")
def attacked() -> dict[str, str]:
    """The pages of the hostile debate."""
    return {o.path: o.content for o in sites.gather(read(hostile.DEBATE).debate) if isinstance(o.content, str)}


def build(debate: Debate, folder: Path, claims: Path) -> int:
    """Do what `kb build` does once the debate has no errors; returns the number of pages."""
    target = own_target(folder, claims)
    outputs = sites.gather(debate)
    sites.write(outputs, target)
    return len(pages(outputs))


def pages(outputs: list[Output]) -> dict[str, str]:
    return {o.path: o.content for o in outputs if isinstance(o.content, str)}


# -- what is there ------------------------------------------------------------------------------------------------------


def test_every_record_has_its_page(starter: Debate, outputs: list[Output]) -> None:
    paths = {o.path for o in outputs}
    assert {f"nodes/{n}.html" for n in starter.nodes} <= paths
    assert {f"people/{p}.html" for p in starter.participants} <= paths
    assert {f"sources/{s}.html" for s in starter.sources} <= paths
    assert {f"terms/{t}.html" for t in starter.terms} <= paths
    assert {f"topics/{t}.html" for t in starter.topic_order} <= paths
    assert {f"rules/{rule.name}.html" for rule in rules()} <= paths
    assert {
        "index.html",
        "open.html",
        "rules.html",
        "about.html",
        "limits.html",
        "nodes.html",
        "assets/style.css",
    } <= paths


@pytest.mark.parametrize("text", ["", "id: a\nkind: claim\ntext: A.\n", None])
def test_every_page_that_a_site_has_once_is_known_as_such(text: str | None) -> None:
    debate = load(STARTER).debate if text is None else read(text).debate
    once = {o.path for o in sites.gather(debate) if re.fullmatch(r"[a-z]+\.html", o.path)}
    assert {page.href for page in single_pages(debate)} == once


def test_building_twice_gives_the_same_bytes_in_whatever_order_files_are_read(outputs: list[Output]) -> None:
    texts = {p.relative_to(STARTER.parent).as_posix(): p.read_text("utf-8") for p in STARTER.rglob("*.yaml")}
    debate = load_texts(texts).debate
    turned = replace(
        debate,
        nodes=MappingProxyType(dict(reversed(list(debate.nodes.items())))),
        participants=MappingProxyType(dict(reversed(list(debate.participants.items())))),
    )
    assert sites.gather(debate) == outputs
    first, again = ({o.path: o.raw for o in found} for found in (outputs, sites.gather(turned)))
    assert first.keys() == again.keys()
    # points without an order of their own stand in the order of their files, which are read sorted by path
    assert {path for path in first if first[path] != again[path]} == {"debate.json", "debate.jsonld"}


@given(maps.debates())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_debate_becomes_a_site_without_a_broken_link(debate: Debate) -> None:
    found = sites.gather(debate)
    assert {f"nodes/{n}.html" for n in debate.nodes} <= {o.path for o in found}


def test_an_empty_debate_becomes_a_site() -> None:
    found = sites.gather(load_texts({}).debate)
    assert "index.html" in {o.path for o in found}


def test_a_long_thread_is_cut_and_says_so() -> None:
    nodes = "".join(f"---\nid: r{n}\nkind: claim\ntext: Reason {n}.\nsupports: top\n" for n in range(60))
    found = pages(sites.gather(read(f"id: top\nkind: claim\ntext: Top.\n{nodes}").debate))
    page = found["nodes/top.html"]
    assert page.count("Reason ") <= 40 + 2 * 6
    assert "… 20 more" in page
    assert len(page) < 60_000


def test_long_lists_go_over_several_pages() -> None:
    nodes = "---\n".join(f"id: n{n}\nkind: claim\ntext: Point {n}.\n" for n in range(900))
    found = sites.gather(read(nodes).debate)
    assert {"nodes.html", "nodes.2.html", "nodes.3.html", "topics/talk.6.html"} <= {o.path for o in found}
    assert max(len(o.content) for o in found if o.path.endswith(".html")) < 100_000


BARE = """
## participants/ann.yaml
name: Ann
## terms/word.yaml
term: word
## sources/talk.yaml
title: Talk
passages: [{id: c1, by: ann}]
## talk/nodes.yaml
id: only
kind: claim
text: Only this.
source: talk c1
---
id: asked
kind: question
text: Is it?
"""


def test_every_page_says_in_a_line_what_it_is_about(outputs: list[Output], attacked: dict[str, str]) -> None:
    bare = pages(sites.gather(read(BARE).debate))
    for path, html in {**pages(outputs), **attacked, **bare}.items():
        if path.endswith(".html") and path != "404.html" and "http-equiv" not in html:
            assert re.search(r'<meta name="description" content="[^"]+">', html), path
    assert 'content="claim · Ann"' in bare["nodes/only.html"]


# -- html ---------------------------------------------------------------------------------------------------------------


def test_every_page_is_well_formed(outputs: list[Output], attacked: dict[str, str]) -> None:
    for path, html in {**pages(outputs), **{f"hostile/{p}": h for p, h in attacked.items()}}.items():
        parser = html5lib.HTMLParser(strict=True)
        document = parser.parse(html)
        assert document is not None, path


def test_ids_are_unique_and_headings_are_in_order(outputs: list[Output], attacked: dict[str, str]) -> None:
    for path, html in {**pages(outputs), **attacked}.items():
        ids = re.findall(r' id="([^"]*)"', html)
        assert len(ids) == len(set(ids)), path
        levels = [int(level) for level in re.findall(r"<h([1-6])\b", html)]
        assert levels.count(1) == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), (path, levels)


OUR_SCRIPT = re.compile(r'<script src="(\.\./)?assets/[a-z]+\.js"( data-[a-z]+="[^"<>]*")* defer></script>')


def without_data(html: str) -> str:
    """A page without the data for search engines, which stands in blocks that no browser runs and no text can end."""
    return re.sub(r'<script type="application/ld\+json">[^<>&]*</script>', "", html)


def test_pages_have_no_inline_script_or_style_and_nothing_from_elsewhere(
    outputs: list[Output], attacked: dict[str, str]
) -> None:
    for path, whole in {**pages(outputs), **attacked}.items():
        html = without_data(whole)
        assert not re.search(
            r"<(script|style|iframe|img|object|embed|base)\b|<form[^>]* (action|method)=", OUR_SCRIPT.sub("", html)
        ), path
        assert not re.search(r"<[^>]* (style|on\w+)=", re.sub(r'"[^"]*"', '""', html)), path
        loaded = re.findall(r'<link\b[^>]*href="([^"]*)"', html) + re.findall(r' src="([^"]*)"', html)
        assert all(not link.startswith(("http", "//")) for link in loaded), path


def test_no_text_becomes_markup(attacked: dict[str, str]) -> None:
    assert "{{ 7919*7919 }}" in attacked["nodes/main.html"]
    for path, whole in attacked.items():
        html = without_data(whole)
        assert str(7919 * 7919) not in html, path
        assert "alert(1)" not in re.sub(r"&lt;script&gt;alert\(1\)|(?:&#34;|%22)onmouseover=alert\(1\)", "", html), path
        links = re.findall(r'<a\b[^>]* href="([^"]*)"', html)
        assert all(re.match(r"https://(?:good|evil)\.example/|\.\./|[a-z_]+[\w./#-]*$|#", link) for link in links), path
        assert not re.search("[\u202a-\u202e\u200b\ufeff\x00-\x08]", html), path


def test_nothing_of_a_hostile_debate_leaves_the_folder(attacked: dict[str, str], tmp_path: Path) -> None:
    debate = read(hostile.DEBATE).debate
    built = build(debate, tmp_path / "out", tmp_path / "claims")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out"]
    assert built == len(attacked)
    assert {p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.html")} == set(attacked)
    assert all(p.isascii() and ".." not in p for p in attacked)


def test_the_language_of_the_debate_is_that_of_its_pages(attacked: dict[str, str]) -> None:
    spoken = load_texts({"claims/kb.yaml": "title: Streit\nlanguage: de-CH\n"}).debate
    assert '<html lang="de-CH">' in pages(sites.gather(spoken))["index.html"]
    assert all('<html lang="en">' in html for html in attacked.values())


STRANGER = """
## kb.yaml
title: نقاش
language: ar
## participants/ann.yaml
name: آن
## talk/nodes.yaml
id: asked
kind: question
text: ماذا؟
by: ann
---
id: yes
kind: claim
text: نعم.
by: ann
answers: asked
"""


def test_texts_in_a_language_without_a_catalogue_say_which_and_the_words_around_them_are_english() -> None:
    found = pages(sites.gather(read(STRANGER).debate))
    for path, html in found.items():
        assert '<html lang="en" dir="rtl">' in html, path
        assert not re.search(r"<(bdi|q)>", html), path
        assert html.count('dir="auto" lang="ar"') == html.count('dir="auto"') > 0, path
    assert '<h1 dir="auto" lang="ar">نقاش</h1>' in found["index.html"]


def test_the_manual_of_a_rule_is_in_english_and_says_so() -> None:
    spoken = load_texts({"claims/kb.yaml": "title: Streit\nlanguage: de\n"}).debate
    german = pages(sites.gather(spoken))
    assert '<p class="lead" lang="en" dir="ltr">' in german["rules/wrong-type.html"]
    assert '<dd lang="en" dir="ltr">' in german["rules.html"]


# -- templates ----------------------------------------------------------------------------------------------------------


def template_names() -> set[str]:
    return {Path(entry.name).stem for entry in TEMPLATES.iterdir() if not entry.name.startswith("_")}


def test_every_page_module_has_its_template_and_every_template_its_module() -> None:
    assert {name.replace("-", "_") for name in discover.names(site.PAGES)} == template_names()


@pytest.mark.parametrize("name", discover.names(site.PAGES))
def test_a_template_uses_every_field_of_its_context_and_nothing_else(name: str) -> None:
    text = (TEMPLATES / f"{name.replace('-', '_')}.html").read_text("utf-8")
    macros = re.findall(r"macro (\w+)", text) + re.findall(r"\w+", "".join(re.findall(r" import ([^%]*)", text)))
    used = meta.find_undeclared_variables(Environment(autoescape=True).parse(text)) - GLOBALS - set(macros)
    given_fields = {f.name for f in fields(discover.module(site.PAGES, name).Context)}
    assert given_fields - used == set(), "fields nobody shows"
    assert used - given_fields == set(), "names nobody gives"


def test_every_macro_is_used_and_every_imported_one_too() -> None:
    texts = {entry.name: entry.read_text("utf-8") for entry in TEMPLATES.iterdir()}
    together = "".join(texts.values())
    for name in re.findall(r"macro (\w+)\(", together):
        assert len(re.findall(rf"\b{name}\(", together)) > 1, name
    for file, text in texts.items():
        for name in re.findall(r"\w+", "".join(re.findall(r" import ([^%]*)", text))):
            assert re.search(rf"\b{name}\(", text), f"{file} does not use {name}"


def test_no_template_trusts_a_text() -> None:
    for entry in TEMPLATES.iterdir():
        text = entry.read_text("utf-8")
        assert not re.search(r"\|\s*safe|autoescape|Markup", text), entry.name


# -- colours ------------------------------------------------------------------------------------------------------------

CSS = (shipped_folder() / "assets" / "style.css").read_text("utf-8")


def palette(scheme: str) -> dict[str, str]:
    """The named colours of a scheme, as the stylesheet has them."""
    light = re.search(r":root \{(.*?)\}", CSS, re.DOTALL)
    dark = re.search(r"prefers-color-scheme: dark\) \{\s*:root \{(.*?)\}", CSS, re.DOTALL)
    found = light if scheme == "light" else dark
    assert found is not None
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", found[1]))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "panel"])
@pytest.mark.parametrize("colour", ["ink", "soft", "link", "for", "against", "undercut", "neutral"])
def test_every_colour_of_text_can_be_read_on_every_ground(scheme: str, ground: str, colour: str) -> None:
    names = palette(scheme)
    assert contrast(names[colour], names[ground]) >= 4.5


def test_the_signs_of_the_stylesheet_are_those_of_the_maps() -> None:
    found = re.findall(r"\.?\b([a-z]+)::before \{ content: \"(.)\"; content: \"\2\" / \"\"; \}", CSS)
    assert dict(found) == {**STATUS_SIGNS, **STYLE_SIGNS}
    assert set(STATUS_SIGNS) == set(STATUSES)


def test_the_stylesheet_names_every_colour_once() -> None:
    tools = (shipped_folder() / "assets" / "tools.css").read_text("utf-8")
    for sheet in (re.sub(r":root \{.*?\}", "", CSS, flags=re.DOTALL), tools):
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[; ])", sheet) == []
        assert not re.search(r"@import|url\(", sheet)
    assert len(CSS.encode()) < 30_000


def test_the_page_modules_are_pure() -> None:
    for name, module in discover.modules(site.PAGES).items():
        text = Path(module.__file__ or "").read_text("utf-8")
        calls = {ast.unparse(n.func) for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Call)}
        assert not calls & {"open", "print", "input", "exec", "eval"}, name


def test_files_of_the_hostile_debate_are_what_they_seem() -> None:
    assert "claims/Ünsäfe & <b>/nodes.yaml" in files_of(hostile.DEBATE)
    assert len(read(hostile.DEBATE).debate.nodes) == 6


def test_a_long_list_of_disputes_goes_over_several_pages() -> None:
    people = "## participants/ann.yaml\nname: Ann\n## participants/bob.yaml\nname: Bob\n## talk/nodes.yaml\n"
    nodes = "---\n".join(
        f"id: q{n}\nkind: question\ntext: Question {n}?\nby: ann\n---\n"
        f"id: yes{n}\nkind: claim\ntext: Yes {n}.\nby: ann\nanswers: q{n}\n---\n"
        f"id: no{n}\nkind: objection\ntext: No {n}.\nby: bob\nanswers: q{n}\nattacks: yes{n}\n"
        for n in range(120)
    )
    found = sites.gather(read(people + nodes).debate)
    assert {"open.html", "open.2.html"} <= set(pages(found))
    assert "../open.2.html#d-q" in "".join(pages(found).values())


# -- scripts -------------------------------------------------------------------------------------------------------------


def test_scripts_make_no_markup_of_text_and_ask_nobody_else() -> None:
    for entry in (shipped_folder() / "assets").iterdir():
        if entry.name.endswith(".js"):
            text = entry.read_text("utf-8")
            assert not re.search(
                r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", text
            ), entry.name
            assert not re.search(r"https?://(?!www\.w3\.org/)", text), entry.name
            assert '"use strict";' in text or len(text) < 300, entry.name


def test_scripts_and_styles_together_are_light() -> None:
    files = [entry for entry in (shipped_folder() / "assets").iterdir() if entry.name.endswith((".js", ".css"))]
    assert sum(len(gzip.compress(entry.read_bytes(), mtime=0)) for entry in files) <= 30_000


def test_scripts_and_styles_are_formatted_and_linted() -> None:
    checked = subprocess.run(["sh", ".ci/scripts", "check"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
