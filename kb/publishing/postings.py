"""Which things have which words: lists of numbers by word, in small shares that a page loads one at a time.

The things are numbered by how likely they are meant, so a list is also a ranking. A word that stands almost everywhere tells
nothing, and is listed only for the things that come first.
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
"""Characters of one share: what a word costs that is searched for."""
_COMMON, _LEAST = 8, 256
"""A word of more than every eighth thing, and of more things than this, is a common one; an eighth of the things come first."""
_ID = re.compile(r"[\w./-]+")
"""An id that somebody can type as one word."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_CODES = tuple(f"{a}{b}".lstrip("0") or "0" for a in _DIGITS for b in _DIGITS)


class Thing(NamedTuple):
    """A thing by its number, with all that it is found by."""

    number: int
    ids: Sequence[str]
    name: str
    text: str


class Share(NamedTuple):
    """A stretch of the words in order: the first of them, and a line a word with what it finds."""

    first: str
    lines: str


def most(things: int) -> int:
    """Of about so many things: how many may have a word that is no common one, and below which number those are that a common one lists."""
    return max(things // _COMMON, _LEAST)


def index(things: Iterable[Thing], within: int) -> dict[str, str]:
    """A line for every word of some things, whose numbers rise, by the word.

    It reads `word ids|names|texts`, each a list of the numbers of things that have it there; of a common word it is told at the end
    how many things have it.
    """
    found = [defaultdict[str, list[int]](list) for _ in range(3)]
    for thing in things:
        for lists, inside in zip(found, _words(thing), strict=True):
            for word in inside:
                lists[word].append(thing.number)
    lines: dict[str, str] = {}
    for word in set().union(*found):  # one list less for each line more
        ids, names, texts = (lists.pop(word, []) for lists in found)
        lines[word] = _Found((ids, names, texts)).line(word, within)
    return lines


def mended(
    lines: Mapping[str, str], gone: Iterable[Thing], come: Iterable[Thing], within: int
) -> dict[str, str] | None:
    """The same index once some things are gone and others have come; None where it does not tell enough for that."""
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
    if any(one.is_cut and one.count <= within for one in met.values()):
        return None
    kept = {word: line for word, line in lines.items() if word not in met}
    return kept | {word: one.line(word, within) for word, one in met.items() if any(one.lists) or one.is_cut}


def shares(lines: Mapping[str, str]) -> Iterator[Share]:
    """An index in the order of its words; a word more hardly ever moves others to another share."""
    ordered = sorted(lines, key=_as_in_browsers)
    cut = cut_by_words(ordered, ordered, _SHARE, [len(lines[word]) for word in ordered]) if ordered else ()
    for number, words in enumerate(cut):
        yield Share(words[0] if number else "", "\n".join(lines[word] for word in words))


def _as_in_browsers(word: str) -> bytes:
    """Scripts compare text by its sixteen-bit units."""
    return word.encode("utf-16-be")


def _words(thing: Thing) -> tuple[set[str], set[str], set[str]]:
    """What a thing is found by: its ids, the words of its names, and those that only its text has."""
    named = {*findable(thing.name), *(word for id_ in thing.ids for word in findable(id_))}
    return {id_.lower() for id_ in filter(_ID.fullmatch, thing.ids)}, named, {*findable(thing.text)} - named


class _Found:
    """Where a word stands: in the ids, the names and the texts of which things."""

    __slots__ = ("_beyond", "is_cut", "lists")

    def __init__(self, lists: tuple[list[int], list[int], list[int]], count: int | None = None) -> None:
        """`count` is how many things have the word in names and texts, if these lists do not hold them all."""
        self.lists = lists
        self.is_cut = count is not None
        self._beyond = 0 if count is None else count - self._listed

    @classmethod
    def read(cls, line: str) -> _Found:
        """As a line says it."""
        _, lists, *count = line.split(" ")
        ids, names, texts = [*map(_numbers, lists.split("|")), list[int](), list[int]()][:3]
        return cls((ids, names, texts), int(count[0], 36) if count else None)

    @property
    def _listed(self) -> int:
        return len(self.lists[1]) + len(self.lists[2])

    @property
    def count(self) -> int:
        """How many things have it in names and texts."""
        return self._listed + self._beyond

    def put(self, where: int, number: int, first: int) -> None:
        """One thing more."""
        if where and self.is_cut and number >= first:
            self._beyond += 1
        else:
            insort(self.lists[where], number)

    def drop(self, where: int, number: int, first: int) -> None:
        """One thing less."""
        if where and self.is_cut and number >= first:
            self._beyond -= 1
        else:
            self.lists[where].remove(number)

    def line(self, word: str, within: int) -> str:
        """The line of a word."""
        ids, names, texts = self.lists
        is_common = self.count > within
        if is_common:
            names, texts = (listed[: bisect_left(listed, within)] for listed in (names, texts))
        lists = "|".join(map(_written, (ids, names, texts))).rstrip("|")
        return f"{word} {lists} {_code(self.count)}" if is_common else f"{word} {lists}"


def _written(numbers: Sequence[int]) -> str:
    """Rising numbers by their distances."""
    before, found = 0, []
    for number in numbers:
        step = number - before
        found.append(_CODES[step] if step < len(_CODES) else _code(step))
        before = number
    return ",".join(found)


def _numbers(written: str) -> list[int]:
    """The numbers again."""
    return list(accumulate(int(step, 36) for step in written.split(","))) if written else []


def _code(number: int) -> str:
    """A number in base 36, as scripts read it."""
    rest, last = divmod(number, len(_DIGITS))
    return (_code(rest) if rest else "") + _DIGITS[last]
