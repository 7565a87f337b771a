"""Which things have which words: lists of numbers by word, in small shares that a page loads one at a time.

The things are numbered by how likely they are meant, so a list is also a ranking. A word that stands almost everywhere tells
nothing, and is listed only for the things that come first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kb.publishing.folding import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SHARE = 14_000
"""Characters of one share: what a word costs that is searched for."""
_COMMON, _LEAST = 8, 256
"""A word of more than every eighth thing, and of more things than this, is a common one."""
_ID = re.compile(r"[\w./-]+")
"""An id that somebody can type as one word."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_CODES = tuple(f"{a}{b}".lstrip("0") or "0" for a in _DIGITS for b in _DIGITS)


class Share(NamedTuple):
    """A stretch of the words in order: the first of them, and a line a word with what it finds."""

    first: str
    lines: str


def shares(things: Iterable[tuple[int, Sequence[str], str, str]]) -> Iterator[Share]:
    """All words of some things, each given by its number, its ids, its name and its other text; numbers rise.

    A line reads `word exact|name|text`, each a list of numbers; a `*` before the word says that it is a common one.
    """
    found = _Words()
    for thing in things:
        found.add(*thing)
    first, size, lines = "", 0, list[str]()
    for word in sorted(found.all(), key=_as_in_browsers):
        if size > _SHARE:
            yield Share(first, "\n".join(lines))
            first, size, lines = word, 0, []
        line = found.line(word)
        lines.append(line)
        size += len(line)
    if lines:
        yield Share(first, "\n".join(lines))


def _as_in_browsers(word: str) -> bytes:
    """Scripts compare text by its sixteen-bit units."""
    return word.encode("utf-16-be")


class _Words:
    """The numbers of things by the words of their ids, their names and their texts."""

    def __init__(self) -> None:
        self.ids: dict[str, list[int]] = defaultdict(list)
        self.names: dict[str, list[int]] = defaultdict(list)
        self.texts: dict[str, list[int]] = defaultdict(list)
        self.count = 0

    def add(self, number: int, ids: Sequence[str], name: str, text: str) -> None:
        self.count += 1
        for id_ in filter(_ID.fullmatch, ids):
            self.ids[id_.lower()].append(number)
        named = {*words(name), *(word for id_ in ids for word in words(id_))}
        for word in named:
            self.names[word].append(number)
        for word in set(words(text)) - named:
            self.texts[word].append(number)

    def all(self) -> set[str]:
        return {*self.ids, *self.names, *self.texts}

    def line(self, word: str) -> str:
        names, texts = self.names.get(word, ()), self.texts.get(word, ())
        most = max(self.count // _COMMON, _LEAST)
        common = len(names) + len(texts) > most
        lists = self.ids.get(word, ()), names[:most], texts[: max(most - len(names), 0)] if common else texts
        return f"{'*' * common}{word} {'|'.join(map(_written, lists)).rstrip('|')}"


def _written(numbers: Sequence[int]) -> str:
    """Rising numbers by their distances."""
    before, found = 0, []
    for number in numbers:
        step = number - before
        found.append(_CODES[step] if step < len(_CODES) else _code(step))
        before = number
    return ",".join(found)


def _code(number: int) -> str:
    """A number in base 36, as scripts read it."""
    rest, last = divmod(number, len(_DIGITS))
    return (_code(rest) if rest else "") + _DIGITS[last]
