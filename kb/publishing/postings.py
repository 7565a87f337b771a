"""The index of the search: for each word the numbers of the things that have it, in small shares that a page loads one at a time.

Things that are more likely to be meant have lower numbers, so a list is also a ranking. A word that stands almost everywhere tells
little, and is listed only for the first things.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from kb.publishing.folding import findable
from kb.publishing.paging import cut_by_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

_SHARE = 14_000
"""Characters of one share, which a page loads to look up a word."""
_COMMON, _LEAST = 8, 256
"""A word is common if more than every eighth thing has it, and more than this many; it is listed for the first eighth of all things."""
_ID = re.compile(r"[\w./-]+")
"""An id that somebody can type as one word."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_CODES = tuple(f"{a}{b}".lstrip("0") or "0" for a in _DIGITS for b in _DIGITS)


class Thing(NamedTuple):
    """A thing by its number, with all words by which it is found."""

    number: int
    ids: Sequence[str]
    name: str
    text: str


class Share(NamedTuple):
    """Some neighbouring words of the index: the first of them, and one line for each with the things that have it."""

    first: str
    lines: str


def most(things: int) -> int:
    """How many of so many things may have a word before it is common; a common word is listed for things with lower numbers than this."""
    return max(things // _COMMON, _LEAST)


def index(things: Iterable[Thing], within: int) -> dict[str, str]:
    """The line of every word of some things, which come in the order of their numbers; `within` is that of `most`.

    A line reads `word ids|names|texts`, each a list of the numbers of things that have the word there; the line of a common word ends
    with how many things have it.
    """
    found = [defaultdict[str, list[int]](list) for _ in range(3)]
    for thing in things:
        for lists, inside in zip(found, _words(thing), strict=True):
            for word in inside:
                lists[word].append(thing.number)
    lines: dict[str, str] = {}
    for word in set().union(*found):  # `pop` frees the lists of a word once its line is made
        ids, names, texts = (lists.pop(word, []) for lists in found)
        lines[word] = _Found((ids, names, texts)).line(word, within)
    return lines


def mended(
    lines: Mapping[str, str], gone: Iterable[Thing], come: Iterable[Thing], within: int
) -> dict[str, str] | None:
    """An index without the things that are gone and with those that have come; None if its lines do not tell enough for that."""
    met: dict[str, _Found] = {}

    def each(things: Iterable[Thing], does: Callable[[_Found, int, int, int], None]) -> None:
        for thing in things:
            for where, inside in enumerate(_words(thing)):
                for word in inside:
                    if word not in met:
                        met[word] = _Found.read(lines[word]) if word in lines else _Found(([], [], []))
                    does(met[word], where, thing.number, within)

    each(gone, _Found.drop)
    each(come, _Found.put)
    if any(found.is_cut and found.count <= within for found in met.values()):
        return None
    kept = {word: line for word, line in lines.items() if word not in met}
    return kept | {word: found.line(word, within) for word, found in met.items() if any(found.lists) or found.is_cut}


def shares(lines: Mapping[str, str]) -> Iterator[Share]:
    """An index in the order of its words; one word more hardly ever moves others to another share."""
    ordered = sorted(lines, key=_as_in_browsers)
    cut = cut_by_words(ordered, ordered, _SHARE, [len(lines[word]) for word in ordered]) if ordered else ()
    for number, words in enumerate(cut):
        yield Share(words[0] if number else "", "\n".join(lines[word] for word in words))


def _as_in_browsers(word: str) -> bytes:
    """A key that sorts words as scripts compare them, by their sixteen-bit units."""
    return word.encode("utf-16-be")


def _words(thing: Thing) -> tuple[set[str], set[str], set[str]]:
    """The words by which a thing is found: its ids, the words of its name and ids, and those that only its text has."""
    named = {*findable(thing.name), *(word for id_ in thing.ids for word in findable(id_))}
    return {id_.lower() for id_ in filter(_ID.fullmatch, thing.ids)}, named, {*findable(thing.text)} - named


class _Found:
    """The things that have a word in their ids, in their names and in their texts."""

    __slots__ = ("_beyond", "is_cut", "lists")

    def __init__(self, lists: tuple[list[int], list[int], list[int]], count: int | None = None) -> None:
        """`count` is how many things have the word in names and texts, if these lists do not hold them all."""
        self.lists = lists
        self.is_cut = count is not None
        self._beyond = 0 if count is None else count - self._listed

    @classmethod
    def read(cls, line: str) -> _Found:
        """What the line of a word says."""
        _, lists, *count = line.split(" ")
        ids, names, texts = [*map(_numbers, lists.split("|")), list[int](), list[int]()][:3]
        return cls((ids, names, texts), int(count[0], 36) if count else None)

    @property
    def _listed(self) -> int:
        return len(self.lists[1]) + len(self.lists[2])

    @property
    def count(self) -> int:
        """How many things have the word in their names and texts."""
        return self._listed + self._beyond

    def put(self, where: int, number: int, first: int) -> None:
        """Add a thing."""
        if where and self.is_cut and number >= first:
            self._beyond += 1
        else:
            insort(self.lists[where], number)

    def drop(self, where: int, number: int, first: int) -> None:
        """Remove a thing."""
        if where and self.is_cut and number >= first:
            self._beyond -= 1
        else:
            self.lists[where].remove(number)

    def line(self, word: str, within: int) -> str:
        """The line of the word."""
        ids, names, texts = self.lists
        is_common = self.count > within
        if is_common:
            names, texts = (listed[: bisect_left(listed, within)] for listed in (names, texts))
        lists = "|".join(map(_written, (ids, names, texts))).rstrip("|")
        return f"{word} {lists} {_code(self.count)}" if is_common else f"{word} {lists}"


def _written(numbers: Sequence[int]) -> str:
    """Rising numbers, written as their distances."""
    before, found = 0, []
    for number in numbers:
        step = number - before
        found.append(_CODES[step] if step < len(_CODES) else _code(step))
        before = number
    return ",".join(found)


def _numbers(written: str) -> list[int]:
    """The numbers that `_written` wrote."""
    return list(accumulate(int(step, 36) for step in written.split(","))) if written else []


def _code(number: int) -> str:
    """A number in base 36, as scripts read it."""
    rest, last = divmod(number, len(_DIGITS))
    return (_code(rest) if rest else "") + _DIGITS[last]
