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

from kb.publishing.folding import search_words
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


def common_limit(things: int) -> int:
    """How many of so many things may have a word before it is common; a common word is listed for things with lower numbers than this."""
    return max(things // _COMMON, _LEAST)


def index_lines(things: Iterable[Thing], within: int) -> dict[str, str]:
    """The line of every word of some things, which come in the order of their numbers; `within` is their `common_limit`.

    A line reads `word ids|names|texts`, each a list of the numbers of things that have the word there; the line of a common word ends
    with how many things have it.
    """
    postings = [defaultdict[str, list[int]](list) for _ in range(3)]
    for thing in things:
        for lists, words in zip(postings, _words_by_field(thing), strict=True):
            for word in words:
                lists[word].append(thing.number)
    lines: dict[str, str] = {}
    for word in set().union(*postings):  # `pop` frees the lists of a word once its line is made
        ids, names, texts = (lists.pop(word, []) for lists in postings)
        lines[word] = _Posting((ids, names, texts)).line(word, within)
    return lines


def mend_lines(
    lines: Mapping[str, str], gone: Iterable[Thing], come: Iterable[Thing], within: int
) -> dict[str, str] | None:
    """An index without the things that are gone and with those that have come; None if its lines do not tell enough for that."""
    postings: dict[str, _Posting] = {}

    def update(things: Iterable[Thing], change: Callable[[_Posting, int, int, int], None]) -> None:
        for thing in things:
            for field, words in enumerate(_words_by_field(thing)):
                for word in words:
                    if word not in postings:
                        postings[word] = _Posting.read(lines[word]) if word in lines else _Posting(([], [], []))
                    change(postings[word], field, thing.number, within)

    update(gone, _Posting.drop)
    update(come, _Posting.put)
    if any(posting.is_cut and posting.count <= within for posting in postings.values()):
        return None
    kept = {word: line for word, line in lines.items() if word not in postings}
    return kept | {
        word: posting.line(word, within) for word, posting in postings.items() if any(posting.lists) or posting.is_cut
    }


def shares(lines: Mapping[str, str]) -> Iterator[Share]:
    """An index in the order of its words; one word more hardly ever moves others to another share."""
    ordered = sorted(lines, key=_browser_sort_key)
    cut = cut_by_words(ordered, ordered, _SHARE, [len(lines[word]) for word in ordered]) if ordered else ()
    for number, words in enumerate(cut):
        yield Share(words[0] if number else "", "\n".join(lines[word] for word in words))


def _browser_sort_key(word: str) -> bytes:
    """A key that sorts words as scripts compare them, by their sixteen-bit units."""
    return word.encode("utf-16-be")


def _words_by_field(thing: Thing) -> tuple[set[str], set[str], set[str]]:
    """The words by which a thing is found: its ids, the words of its name and ids, and those that only its text has."""
    named = {*search_words(thing.name), *(word for id_ in thing.ids for word in search_words(id_))}
    return {id_.lower() for id_ in filter(_ID.fullmatch, thing.ids)}, named, {*search_words(thing.text)} - named


class _Posting:
    """The things that have a word in their ids, in their names and in their texts."""

    __slots__ = ("_beyond", "is_cut", "lists")

    def __init__(self, lists: tuple[list[int], list[int], list[int]], count: int | None = None) -> None:
        """`count` is how many things have the word in names and texts, if these lists do not hold them all."""
        self.lists = lists
        self.is_cut = count is not None
        self._beyond = 0 if count is None else count - self._listed

    @classmethod
    def read(cls, line: str) -> _Posting:
        """What the line of a word says."""
        _, lists, *count = line.split(" ")
        ids, names, texts = [*map(_unpack, lists.split("|")), list[int](), list[int]()][:3]
        return cls((ids, names, texts), int(count[0], 36) if count else None)

    @property
    def _listed(self) -> int:
        return len(self.lists[1]) + len(self.lists[2])

    @property
    def count(self) -> int:
        """How many things have the word in their names and texts."""
        return self._listed + self._beyond

    def put(self, field: int, number: int, within: int) -> None:
        """Add a thing."""
        if field and self.is_cut and number >= within:
            self._beyond += 1
        else:
            insort(self.lists[field], number)

    def drop(self, field: int, number: int, within: int) -> None:
        """Remove a thing."""
        if field and self.is_cut and number >= within:
            self._beyond -= 1
        else:
            self.lists[field].remove(number)

    def line(self, word: str, within: int) -> str:
        """The line of the word."""
        ids, names, texts = self.lists
        is_common = self.count > within
        if is_common:
            names, texts = (listed[: bisect_left(listed, within)] for listed in (names, texts))
        lists = "|".join(map(_pack, (ids, names, texts))).rstrip("|")
        return f"{word} {lists} {_base36(self.count)}" if is_common else f"{word} {lists}"


def _pack(numbers: Sequence[int]) -> str:
    """Rising numbers, written as their distances."""
    previous, steps = 0, []
    for number in numbers:
        step = number - previous
        steps.append(_CODES[step] if step < len(_CODES) else _base36(step))
        previous = number
    return ",".join(steps)


def _unpack(packed: str) -> list[int]:
    """The numbers that `_pack` wrote."""
    return list(accumulate(int(step, 36) for step in packed.split(","))) if packed else []


def _base36(number: int) -> str:
    """A number in base 36, as scripts read it."""
    rest, last = divmod(number, len(_DIGITS))
    return (_base36(rest) if rest else "") + _DIGITS[last]
