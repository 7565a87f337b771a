"""Terms in a text lead to their senses: whole words only, once each, never inside a link or code, and no text becomes markup."""

from __future__ import annotations

import html
import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from kb.publishing.glossing import link_terms
from kb.publishing.markup import inline
from tests.conftest import read
from tests.test_pages import pages

TERMS = """
## terms/agency.yaml
term: agency
senses: [{id: own, text: Of its own.}, {id: lent, text: Lent.}]
## terms/dream.yaml
term: dream
## terms/lucid-dream.yaml
term: lucid dream (sleeping)
## terms/odd.yaml
term: "a+b <i>"
## terms/amp.yaml
term: amp
## terms/ban.yaml
term: 禁止
## terms/agent.yaml
term: AIエージェント
## talk/nodes.yaml
id: a
kind: claim
text: A.
"""
DEBATE = read(TERMS).debate


def linked(text: str, *names: str) -> list[str]:
    """The words that became links of ours, each with where it leads."""
    found = link_terms(DEBATE, inline(text), names, "../")
    return [
        f"{word} {href}" for href, word in re.findall(r'<a class="term" href="\.\./terms/([^"]*)">(.*?)</a>', found)
    ]


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        ("Agency, and agency again.", ["agency/lent"], ["Agency agency.html#s-lent"]),
        ("Of two agencies.", ["agency"], ["agencies agency.html"]),
        ("Interagency reagencys.", ["agency"], []),
        ("A lucid dream is a dream.", ["dream", "lucid-dream"], ["lucid dream lucid-dream.html", "dream dream.html"]),
        ("It dreams.", ["dream"], ["dreams dream.html"]),
        ("In `dream` and [a dream](https://a.example) only.", ["dream"], []),
        ("In `dream`, then *dream*.", ["dream"], ["dream dream.html"]),
        ("Where a+b <i> holds.", ["odd"], ["a+b &lt;i&gt; odd.html"]),
        ("This & that.", ["amp"], []),
        ("Nothing of it.", ["unknown", "agency/unknown"], []),
        ("持ち込みを禁止すべきである。", ["ban"], ["禁止 ban.html"]),
        ("AIエージェントはagencyを持つ。", ["agent", "agency"], ["AIエージェント agent.html", "agency agency.html"]),
    ],
)
def test_the_first_whole_word_of_a_text_leads_to_its_sense(text: str, names: list[str], found: list[str]) -> None:
    assert linked(text, *names) == found


@given(
    st.text(string.ascii_letters + " <>&\"'`*[]()#;/=" + "\N{SOFT HYPHEN}", max_size=60),
    st.permutations(list(DEBATE.terms)),
)
def test_a_text_with_links_says_what_it_said_without(text: str, names: list[str]) -> None:
    plain = inline(f"{text} agency dream &amp; amp")
    found = link_terms(DEBATE, plain, names, "../")
    assert isinstance(found, Markup)
    without = re.sub(r'<a class="term" href="\.\./terms/[a-z-]+\.html">(.*?)</a>', r"\1", found)
    assert without == plain
    assert html.unescape(re.sub(r"<[^>]*>", "", found)) == html.unescape(re.sub(r"<[^>]*>", "", plain))


def test_the_page_of_a_point_links_its_terms_in_its_text_and_not_in_its_title() -> None:
    node = "title: Of agency\nterms: [agency/own]\n"
    page = pages(f"{TERMS.lstrip()}{node}".replace("text: A.", "text: It has agency."))["nodes/a.html"]
    assert '<h1 dir="auto">Of agency</h1>' in page
    assert 'It has <a class="term" href="../terms/agency.html#s-own">agency</a>.' in page
