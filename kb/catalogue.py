"""The words of the interface in the language of a debate: one catalogue a language, in `kb/words/`, English where a word is missing.

A message is looked up by its key, as in `menu.open`. One that counts has several forms; which belongs to a number is told by an
expression as gettext has them (GNU gettext manual, "Plural forms"), `n != 1` in English.
"""

from __future__ import annotations

import tomllib
from functools import cache
from gettext import c2py
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DEFAULT = "en"
_TABLES = "words"


class Words:
    """What the interface says in one language."""

    def __init__(self, language: str, messages: Mapping[str, str | tuple[str, ...]]) -> None:
        """`messages` are those of the language by key, with what it lacks from English."""
        self.language = language
        self.messages = messages
        self.direction = self.say("language.direction")
        self._form: Callable[[int], int] = c2py(self.say("language.plural"))

    def pattern(self, key: str, n: int = 1) -> str:
        """A message as written, its names unfilled: of one that counts the form for a number."""
        found = self.messages[key]
        return found if isinstance(found, str) else found[self._form(n)]

    def say(self, key: str, **values: object) -> str:
        """A message with its names filled in; `n` chooses its form."""
        n = values.get("n")
        found = self.pattern(key, n if isinstance(n, int) else 1)
        return found.format_map(values) if values else found


@cache
def words(language: str = DEFAULT) -> Words:
    """The catalogue for a language tag as in `kb.yaml` (`de`, `de-CH`): of the nearest language there is."""
    known = dict(_messages(DEFAULT))
    parts = language.lower().split("-")
    for length in range(1, len(parts) + 1):
        known.update(_messages("-".join(parts[:length])))
    return Words(language, known)


@cache
def _messages(language: str) -> Mapping[str, str | tuple[str, ...]]:
    """The messages of one file by dotted key; none if there is no such file."""
    there = {entry.name: entry for entry in (resources.files("kb") / _TABLES).iterdir()}
    file = there.get(f"{language}.toml")
    tables = tomllib.loads(file.read_text("utf-8")) if file is not None else {}
    return {
        f"{table}.{key}": tuple(message) if isinstance(message, list) else message
        for table, messages in tables.items()
        for key, message in messages.items()
    }
