"""Lists on several pages, so that each page opens at once on any telephone: which rows stand on which page, at what address."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, TypeVar

from kb.publishing.addresses import nth_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Row = TypeVar("Row")
Chunk = TypeVar("Chunk")

_LANDMARKS, _NEAR = 48, 3
"""A page offers links to up to so many pages of its list, and always to so many on either side of it."""


def cut(rows: Sequence[Row], most: int) -> list[Sequence[Row]]:
    """A list in pages of so many rows; an empty list has one page."""
    return [rows[start : start + most] for start in range(0, len(rows), most)] or [rows]


def cut_by_words(
    rows: Sequence[Row], words: Sequence[str], most: int, sizes: Iterable[int] | None = None
) -> list[Sequence[Row]]:
    """A list in pages, by the words of its rows: each page but the last is at least half full, and ends where the words differ most.

    So readers find words that begin alike on one page, and a row that comes or goes hardly ever moves others to another page.
    A page is full when the sizes of its rows come to `most`; without `sizes` each row counts one.
    """
    reach = range(len(rows) + 1) if sizes is None else [*accumulate(sizes, initial=0)]
    ends = [0]
    while reach[-1] - reach[ends[-1]] > most and ends[-1] + 1 < len(rows):
        room = reach[ends[-1]] + most
        first = min(max(bisect_left(reach, room - most // 2), ends[-1] + 1), len(rows) - 1)
        last = max(bisect_right(reach, room), first + 1)
        ends.append(first + _widest_gap(words[first - 1 : last]))
    return [rows[start:end] for start, end in pairwise((*ends, len(rows)))]


def _widest_gap(words: Sequence[str]) -> int:
    """The first place at which a word has the fewest first letters in common with the one before; 0 is between the first two words."""
    for letters in range(1, max(map(len, words)) + 1):
        begun = [word[:letters] for word in words]
        for place, (before, after) in enumerate(pairwise(begun)):
            if before != after:
                return place
    return 0


def with_addresses(path: str, chunks: Iterable[Chunk]) -> list[tuple[str, Chunk]]:
    """The pages of a list with their addresses."""
    return [(nth_part(path, number), chunk) for number, chunk in enumerate(chunks, 1)]


def landmarks(pages: Sequence[Row], number: int) -> Sequence[Row]:
    """The pages to which one of very many leads: its neighbours, and some all along the list, from which all others are near."""
    step = -(-len(pages) // _LANDMARKS)
    near = range(max(number - _NEAR, 0), min(number + _NEAR + 1, len(pages)))
    return [pages[at] for at in sorted({*range(0, len(pages), step), *near, len(pages) - 1})]


def part_addresses(pages: Sequence[tuple[str, object]]) -> tuple[str, ...]:
    """The addresses of all pages of a list, for readers to choose from; none if there is only one page."""
    return tuple(path for path, _ in pages) if len(pages) > 1 else ()
