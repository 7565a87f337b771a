"""The words of the interface in the language of a debate: one catalogue a language, in `kb/words/`, English where a word is missing.

A message is looked up by its key, as in `menu.open`. One that counts has several forms; which belongs to a number is told by an
expression as gettext has them (GNU gettext manual, "Plural forms"), `n != 1` in English.

The words of the vocabulary are messages, too: `status.stands` with its gloss `status.stands_gloss`. Their English is the vocabulary
itself, so that page and terminal cannot differ; the other languages have them in their files.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, cached_property
from gettext import c2py
from importlib import resources
from string import Formatter
from typing import TYPE_CHECKING

from kb.vocabulary import (
    CERTAINTIES,
    KINDS,
    NO_DISPUTE,
    OBJECTION_STATES,
    RELATIONS,
    STANCES,
    STATES,
    STATUSES,
    RelationKind,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kb.vocabulary import Word

DEFAULT = "en"
_LEFTWARDS = frozenset({
    *("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "lrc", "mzn"),
    *("nqo", "pnb", "ps", "rhg", "sd", "syr", "ug", "ur", "yi"),
})  # fmt: skip
"""Languages that are written from right to left where nothing else is said."""
_LEFTWARD_SCRIPTS = frozenset({
    *("adlm", "arab", "aran", "armi", "hebr", "mand"),
    *("nkoo", "rohg", "samr", "syrc", "thaa", "yezi"),
})  # fmt: skip
TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
TAG_HELP = "write a language tag, as in `en`, `de-CH` or `ar`"
_SCRIPT = 4
"""Letters of a script in a tag, as in `az-Arab` (RFC 5646)."""
_TABLES = "words"
_VOCABULARY: Mapping[str, Iterable[Word]] = {
    "kind": KINDS.values(),
    "certainty": CERTAINTIES.values(),
    "relation": RELATIONS.values(),
    "status": STATUSES.values(),
    "stance": STANCES.values(),
    "state": (*STATES.values(), NO_DISPUTE),
    "objection": OBJECTION_STATES.values(),
}
"""The tables of the vocabulary that pages show, each by the first part of its keys."""


class Catalogue:
    """What the interface says in one language."""

    def __init__(self, language: str, messages: Mapping[str, str | tuple[str, ...]]) -> None:
        """`messages` are those of the language by key, with what it lacks from English."""
        self.language = language
        self.messages = messages
        self.direction = self.say("language.direction")
        self._form: Callable[[int], int] = c2py(self.say("language.plural"))

    @cached_property
    def counting(self) -> frozenset[str]:
        """The keys of messages that have another form for another number."""
        return frozenset(key for key, found in self.messages.items() if not isinstance(found, str))

    def pattern(self, key: str, n: int = 1) -> str:
        """A message as written, its names unfilled: of one that counts the form for a number."""
        message = self.messages[key]
        return message if isinstance(message, str) else message[self._form(n)]

    def pieces(self, key: str, n: object = 1) -> Sequence[tuple[str, str | None]]:
        """A message cut at its names: stretches of text, each with the name that follows it."""
        return _pieces(self.pattern(key, n if isinstance(n, int) else 1))

    def say(self, key: str, **values: object) -> str:
        """A message with its names filled in; `n` chooses its form."""
        n = values.get("n")
        pattern = self.pattern(key, n if isinstance(n, int) else 1)
        return pattern.format_map(values) if values else pattern


@cache
def catalogue_for(language: str = DEFAULT) -> Catalogue:
    """The catalogue for a language tag as in `kb.yaml` (`de`, `de-CH`): of the nearest language there is, else English."""
    known, nearest = dict(_messages(DEFAULT)), DEFAULT
    parts = language.lower().split("-")
    for length in range(1, len(parts) + 1):
        messages = _messages("-".join(parts[:length]))
        known.update(messages)
        nearest = language if messages else nearest
    return Catalogue(nearest, known)


def languages() -> tuple[str, ...]:
    """The languages that the interface has words in, by their tags."""
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in (resources.files("kb") / _TABLES).iterdir()))


def has_words(language: str) -> bool:
    """Whether the interface has words in a language, or in one that its tag begins with: `de` will do for `de-CH`."""
    parts = language.lower().split("-")
    return not {"-".join(parts[:length]) for length in range(1, len(parts) + 1)}.isdisjoint(languages())


def is_tag(language: str) -> bool:
    """Whether something is a language tag, as browsers know them: `de`, `pt-BR`, `az-Arab`."""
    return TAG.fullmatch(language) is not None


@cache
def direction(language: str) -> str:
    """Which way texts in a language run, by its tag; a script that the tag names comes before what is usual."""
    first, *rest = language.lower().split("-")
    script = next((part for part in rest if len(part) == _SCRIPT and part.isalpha()), None)
    leftwards = first in _LEFTWARDS if script is None else script in _LEFTWARD_SCRIPTS
    return "rtl" if leftwards else "ltr"


@cache
def _messages(language: str) -> Mapping[str, str | tuple[str, ...]]:
    """The messages of one file by dotted key; none if there is no such file."""
    files = {entry.name: entry for entry in (resources.files("kb") / _TABLES).iterdir()}
    file = files.get(f"{language}.toml")
    tables = tomllib.loads(file.read_text("utf-8")) if file is not None else {}
    written = {
        f"{table}.{key}": tuple(message) if isinstance(message, list) else message
        for table, messages in tables.items()
        for key, message in messages.items()
    }
    return {**dict(_vocabulary()), **written} if language == DEFAULT else written


@cache
def _pieces(pattern: str) -> Sequence[tuple[str, str | None]]:
    return tuple((text, name) for text, name, _, _ in Formatter().parse(pattern))


def _vocabulary() -> Iterator[tuple[str, str]]:
    """The words of the vocabulary as pages show them."""
    for table, rows in _VOCABULARY.items():
        for row in rows:
            key = key_of(table, row.name)
            yield key, row.name.replace("_", " ")
            yield f"{key}_gloss", row.gloss.rstrip(",:")
            if isinstance(row, RelationKind):
                yield f"{key}_inverse", row.inverse


def key_of(table: str, word: str) -> str:
    """The key of a word of the vocabulary: `objection.in_dispute`."""
    return f"{table}.{word.replace(' ', '_')}"
