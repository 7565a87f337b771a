"""The messages of the catalogue as pages show them: everything in them escaped, and of long ones the inline Markdown made into HTML.

What depends on nothing but the language is put into a template when it is read; what only counts is remembered.
"""

from __future__ import annotations

import re
from functools import lru_cache
from string import Formatter
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

from kb.catalogue import DEFAULT, key_of, words
from kb.publishing.markup import clean, ours

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kb.catalogue import Words
    from kb.debate import Debate

_ALONE = re.compile(r'\{\{ (say|prose)\("([a-z_.]+)"\) \}\}')
"""A message that a template asks for without values."""
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*\Z")
_parse = Formatter().parse


def spoken(debate: Debate) -> Words:
    """The words of the interface in the language of a debate."""
    return words(debate.settings.language)


def title(debate: Debate) -> str:
    """What a debate is called."""
    return clean(debate.settings.title) or spoken(debate).say("site.untitled")


def tag(language: str) -> str:
    """The tag of a language as somebody wrote it, fit to stand on a page."""
    return language if _TAG.match(language) else DEFAULT


class Speech(NamedTuple):
    """What templates at one depth of the site say, in one language."""

    words: Words
    root: str

    def say(self, key: str, n: int = 1, **values: object) -> Markup:
        """A message with its names filled in, escaped; `n` chooses its form."""
        if not values:
            return _counted(self.words, key, n)
        return _filled(_pieces(self.words.pattern(key, n)), {"n": n, **values})

    def word(self, table: str, name: str, form: str = "") -> Markup:
        """A word of the vocabulary, or with a form its `gloss` or `inverse`: one of `status`, `relation`, `kind` and so on."""
        return _word(self.words, table, name, form)

    def prose(self, key: str, n: int = 1, **values: object) -> Markup:
        """A message whose emphasis, code and links to other pages are alive."""
        return _filled(_prose_pieces(self.words.pattern(key, n), self.root), {"n": n, **values})

    def written_out(self, template: str) -> str:
        """A template with the messages in it that need no values."""
        told: Mapping[str, Callable[[str], Markup]] = {"say": self.say, "prose": self.prose}
        return _ALONE.sub(lambda found: told[found[1]](found[2]), template)


@lru_cache(maxsize=16_384)
def _counted(words: Words, key: str, n: int) -> Markup:
    return _filled(_pieces(words.pattern(key, n)), {"n": n})


@lru_cache(maxsize=1_024)
def _word(words: Words, table: str, name: str, form: str) -> Markup:
    key = key_of(table, name)
    return escape(words.say(f"{key}_{form}" if form else key))


def _filled(pieces: tuple[tuple[str, str | None], ...], values: Mapping[str, object]) -> Markup:
    found = [text if name is None else f"{text}{escape(values[name])}" for text, name in pieces]
    return Markup("".join(found))  # noqa: S704 - the pieces are HTML, the values were escaped


@lru_cache(maxsize=1_024)
def _pieces(pattern: str) -> tuple[tuple[str, str | None], ...]:
    """A message, each stretch with the name of the value that follows it."""
    return tuple((str(escape(text)), name) for text, name, _, _ in _parse(pattern))


@lru_cache(maxsize=1_024)
def _prose_pieces(pattern: str, root: str) -> tuple[tuple[str, str | None], ...]:
    return tuple((text, name) for text, name, _, _ in _parse(ours(pattern, root)))
