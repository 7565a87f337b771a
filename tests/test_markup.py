"""Inline Markdown: what becomes markup, and what never does."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.publishing.markup import clean, inline, plain, shorten, unlinked, web_address, with_direction


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*so* and **so**", "<em>so</em> and <strong>so</strong>"),
        ("`a < b`", "<code>a &lt; b</code>"),
        (r"\*not so\*", "*not so*"),
        ("<b>bold</b> & more", "&lt;b&gt;bold&lt;/b&gt; &amp; more"),
        ("&nbsp;", "&amp;nbsp;"),
        ("{{ 7*7 }}", "{{ 7*7 }}"),
        ("# no heading", "# no heading"),
        ("- no list", "- no list"),
        ("https://plain.example", "https://plain.example"),
    ],
)
def test_a_text_as_html(text: str, html: str) -> None:
    assert inline(text) == html


def test_links_lead_to_the_web_only_and_tell_the_other_side_nothing() -> None:
    made = inline("[good](https://good.example/?a=1&b=2) <https://too.example>")
    assert '<a href="https://good.example/?a=1&amp;b=2" rel="external noopener noreferrer">good</a>' in made
    assert made.count("<a ") == 2
    for bad in (
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//evil.example",
        "../up",
        "vbscript:x",
    ):
        assert "<a" not in inline(f"[x]({bad})"), bad


def test_images_are_not_loaded() -> None:
    assert "<img" not in inline("![pic](https://evil.example/p.png)")


def test_inside_a_link_there_is_no_link() -> None:
    assert unlinked("see [*there*](https://a.example)") == "see <em>there</em>"
    assert plain("see [*there*](https://a.example) and `x`") == "see there and x"


def test_invisible_and_direction_changing_characters_are_taken_out() -> None:
    assert clean("a\u202eb\x00c\u200bd\ufeffe\nf") == "abcde f"
    assert clean("שלום \U0001f469\u200d\U0001f52c") == "שלום \U0001f469\u200d\U0001f52c"


@given(st.text(alphabet=st.sampled_from("<>&\"'`*_[]()!\\/:.#aj \u202e\x00"), max_size=60))
def test_no_text_makes_a_tag_it_may_not(text: str) -> None:
    for made in (inline(text), unlinked(text)):
        tags = set(re.findall(r"</?([^ >]*)", made))
        assert tags <= {"em", "strong", "code", "a"}
        assert made.count("<em>") == made.count("</em>")
    assert "<a" not in unlinked(text)


def test_a_label_is_cut_at_a_word() -> None:
    assert shorten("one two three", 20) == "one two three"
    assert shorten("one two, three four", 12) == "one two…"
    assert shorten("x" * 30, 10) == "x" * 9 + "…"


@pytest.mark.parametrize(
    ("url", "kept"), [("https://a.example", True), ("HTTP://a.example", True), ("javascript:x", False), (None, False)]
)
def test_only_addresses_of_the_web_are_linked(url: str | None, kept: bool) -> None:
    assert (web_address(url) == url and url is not None) == kept


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("GPT-4 הוא סוכן", "\u200f"),
        ("הוא סוכן", ""),
        ("של Sherlock Holmes wrote this", "\u200e"),
        ("Holmes said שלום to everyone", ""),
        ("2 + 2 = 4", ""),
        ("Ünser Wort", ""),
        ("„שלום“", ""),
        ("٢٠٢٤", ""),
        ("؟", ""),
        ("GPT-4 ٢٠٢٤ ١٢", ""),
    ],
)
def test_a_text_begins_the_way_most_of_it_runs(text: str, mark: str) -> None:
    assert with_direction(text) == mark + text
    assert str(inline(text)) == mark + text
