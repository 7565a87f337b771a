"""Words of the glossary in a text: the first mention of each leads to the sense in which the point uses it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from kb.breaking import UNSPACED, has_unspaced
from kb.publishing import addresses
from kb.publishing.cards import term
from kb.publishing.markup import inline, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.debate import Debate
    from kb.model import Node

_TAG = re.compile(r"(<[^>]*>)")
_ENDINGS = "(?:['\N{RIGHT SINGLE QUOTATION MARK}]s|s|es|e|n|en|er|em)?"
"""Endings that a term may have in a text: plurals and cases of English and German."""
_IN_WORD, _AMONG_OTHERS = r"\w", rf"[^\W{UNSPACED}]"
"""Characters that continue a word; and those that do so in a text whose words have no spaces between them."""


def heading_and_text(debate: Debate, node: Node) -> tuple[Markup, Markup | None]:
    """The heading of a node's page, and its text where the heading is only its title; terms lead to their senses."""
    root = addresses.root(addresses.node(node.id))
    if node.title and node.text and plain(node.title) != plain(node.text):
        return inline(node.title), link_terms(debate, inline(node.text), node.terms, root)
    return link_terms(debate, inline(node.title or node.text or node.id), node.terms, root), None


def link_terms(debate: Debate, html: Markup, names: Iterable[str], root: str) -> Markup:
    """A text with links to the senses of its terms; never inside a link or code. Longer terms come before those they contain."""
    links = {name: link for name in names if (link := term(debate, name)) is not None}
    if not links:
        return html
    pieces, in_word = list(_pieces(html)), _AMONG_OTHERS if has_unspaced(html) else _IN_WORD
    for name in sorted(links, key=lambda name: -len(_term_word(debate, name))):
        pieces = _link_first_mention(pieces, _pattern(_term_word(debate, name), in_word), f"{root}{links[name].href}")
    return Markup("".join(text for text, _ in pieces))  # noqa: S704 - the text was HTML, only links of ours came into it


def _term_word(debate: Debate, name: str) -> str:
    """The word of a term, without what follows it in brackets."""
    return debate.terms[name.partition("/")[0]].term.partition(" (")[0].strip()


def _pieces(html: str) -> Iterator[tuple[str, bool]]:
    """Stretches of HTML, each with whether it is text in which a link may stand."""
    closed = 0
    for piece in _TAG.split(html):
        if piece.startswith("<"):
            closed += (piece[1] != "/") - (piece[1] == "/") if re.match(r"</?(?:a|code)\b", piece) else 0
            yield piece, False
        elif piece:
            yield piece, not closed


def _link_first_mention(pieces: list[tuple[str, bool]], pattern: re.Pattern[str], href: str) -> list[tuple[str, bool]]:
    """The pieces with a link at the first mention."""
    for number, (text, is_open) in enumerate(pieces):
        mention = pattern.search(text) if is_open else None
        if mention is not None:
            link = f'<a class="term" href="{escape(href)}">{mention[0]}</a>'
            split = [(text[: mention.start()], True), (link, False), (text[mention.end() :], True)]
            return [*pieces[:number], *split, *pieces[number + 1 :]]
    return pieces


@lru_cache(maxsize=1_024)
def _pattern(word: str, in_word: str) -> re.Pattern[str]:
    """A term as a whole word of escaped text, in capitals or not; a sign that was escaped is no part of a word.

    Where words have no spaces between them, as in Japanese, a term may stand anywhere among others.
    """
    parts = [re.escape(str(escape(part))) for part in word.split()]
    written = r"\s+".join(parts)
    written = f"(?:{written}{_ENDINGS}|{written[:-1]}ies)" if written.endswith("y") else f"{written}{_ENDINGS}"
    before = "" if has_unspaced(word[:1]) else rf"(?<![&#])(?<!{in_word})"
    after = "" if has_unspaced(word[-1:]) else rf"(?!{in_word})"
    return re.compile(f"{before}{written}{after}" if parts else r"(?!)", re.IGNORECASE)
