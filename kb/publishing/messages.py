"""The messages of the catalogue as pages show them: everything in them escaped, and of long ones the inline Markdown made into HTML."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from string import Formatter
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from kb.catalogue import DEFAULT, catalogue_for, direction, is_tag, key_of
from kb.publishing.markup import as_markup, clean, message_html

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.catalogue import Catalogue
    from kb.debate import Debate

_TEXT = re.compile(r'<(?:bdi|q)\b| dir="auto"')
"""How the elements begin that templates put around a text or a name of the debate."""
_parse = Formatter().parse

Pieces = tuple[tuple[Markup, str | None], ...]
"""A message as HTML: stretches of it, each with the name of the value that follows."""


def interface_words(debate: Debate) -> Catalogue:
    """The words of the interface in the language of a debate."""
    return catalogue_for(debate.settings.language)


def debate_title(debate: Debate) -> str:
    """What a debate is called."""
    return clean(debate.settings.title) or interface_words(debate).say("site.untitled")


def language_tag(language: str) -> str:
    """The tag of a language as somebody wrote it, fit to stand on a page."""
    return language if is_tag(language) else DEFAULT


class Speech:
    """What templates at one depth of the site can say, in one language."""

    def __init__(self, catalogue: Catalogue, root: str, texts: str = "") -> None:
        """`texts` is the language of the debate, where the catalogue may have another: English, for one that it does not know."""
        self.catalogue = catalogue
        self.root = root
        self.language = language_tag(catalogue.language)
        texts = language_tag(texts or self.language)
        self.foreign = texts if _base_language(texts) != _base_language(self.language) else ""
        self.direction = direction(self.foreign) if self.foreign else catalogue.direction
        self._messages: dict[tuple[str, int], Markup] = {}
        self._words: dict[tuple[str, str, str], Markup] = {}

    def say(self, key: str, n: int = 1, **values: object) -> Markup:
        """A message with its names filled in; `n` chooses its form, and messages with nothing but a count are remembered."""
        if values:
            return _fill_in(self.pieces(key, n), {"n": n, **values})
        message = self._messages.get((key, n))
        if message is None:
            message = self._messages[key, n] = _fill_in(self.pieces(key, n), {"n": n})
        return message

    def prose(self, key: str, n: int = 1, **values: object) -> Markup:
        """A message whose emphasis, code and links to other pages are alive."""
        return _fill_in(self.prose_pieces(key, n), {"n": n, **values})

    def word(self, table: str, name: str, form: str = "") -> Markup:
        """A word of the vocabulary, or with a form its `gloss` or `inverse`: one of `status`, `relation`, `kind` and so on."""
        word = self._words.get((table, name, form))
        if word is None:
            key = key_of(table, name)
            word = self._words[table, name, form] = escape(self.catalogue.say(f"{key}_{form}" if form else key))
        return word

    def mark_language(self, template: str) -> str:
        """A template in which elements for texts of the debate say which language these are in, if the page is in another."""
        return _TEXT.sub(rf'\g<0> lang="{self.foreign}"', template) if self.foreign else template

    def pieces(self, key: str, n: int = 1) -> Pieces:
        """A message, divided at its names."""
        return _plain_pieces(self.catalogue.pattern(key, n))

    def prose_pieces(self, key: str, n: int = 1) -> Pieces:
        """A message with Markdown, divided at its names."""
        return _prose_pieces(self.catalogue.pattern(key, n), self.root)


def _base_language(language: str) -> str:
    """A language without its region or script."""
    return language.lower().partition("-")[0]


def _fill_in(pieces: Pieces, values: Mapping[str, object]) -> Markup:
    filled = [text if name is None else f"{text}{escape(values[name])}" for text, name in pieces]
    return as_markup("".join(filled))


@lru_cache(maxsize=1_024)
def _plain_pieces(pattern: str) -> Pieces:
    return tuple((escape(text), name) for text, name, _, _ in _parse(pattern))


@cache
def _prose_pieces(pattern: str, root: str) -> Pieces:
    return tuple((Markup(text), name) for text, name, _, _ in _parse(message_html(pattern, root)))  # noqa: S704 - HTML, see `message_html`
