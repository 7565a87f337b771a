"""Lists that go over several pages, so that each of them opens at once on any telephone: what stands on which, and at what address."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, TypeVar

from kb.publishing.addresses import numbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Row = TypeVar("Row")
Chunk = TypeVar("Chunk")

_LANDMARKS, _NEAR = 48, 3
"""Up to so many pages of a list are all to choose from on each of them; of more as many, and so many to either side."""


def cut(rows: Sequence[Row], most: int) -> list[Sequence[Row]]:
    """A list by pages of so many rows; of an empty one there is a page, too."""
    return [rows[start : start + most] for start in range(0, len(rows), most)] or [rows]


def cut_by_words(
    rows: Sequence[Row], words: Sequence[str], most: int, sizes: Iterable[int] | None = None
) -> list[Sequence[Row]]:
    """A list in the order of its words, each page at least half full but the last, and ending where the words change most.

    So a reader finds what begins alike on one page, and a row that is added or taken away hardly ever moves rows to another page.
    A page is full with rows of this size together; without sizes, of one each.
    """
    reach = range(len(rows) + 1) if sizes is None else [*accumulate(sizes, initial=0)]
    ends = [0]
    while reach[-1] - reach[ends[-1]] > most and ends[-1] + 1 < len(rows):
        room = reach[ends[-1]] + most
        first = min(max(bisect_left(reach, room - most // 2), ends[-1] + 1), len(rows) - 1)
        last = max(bisect_right(reach, room), first + 1)
        ends.append(first + _widest(words[first - 1 : last]))
    return [rows[start:end] for start, end in pairwise((*ends, len(rows)))]


def _widest(words: Sequence[str]) -> int:
    """Between which of some words, counted from 0, the next has the fewest letters in common with the one before; the first such place."""
    for letters in range(1, max(map(len, words)) + 1):
        begun = [word[:letters] for word in words]
        for place, (one, other) in enumerate(pairwise(begun)):
            if one != other:
                return place
    return 0


def placed(path: str, chunks: Iterable[Chunk]) -> list[tuple[str, Chunk]]:
    """What stands on each page of a list, with the address of that page."""
    return [(numbered(path, number), chunk) for number, chunk in enumerate(chunks, 1)]


def landmarks(pages: Sequence[Row], number: int) -> Sequence[Row]:
    """Of very many pages those to choose from on one of them: its neighbours, and some all along the list, from where others are near."""
    step = -(-len(pages) // _LANDMARKS)
    near = range(max(number - _NEAR, 0), min(number + _NEAR + 1, len(pages)))
    return [pages[at] for at in sorted({*range(0, len(pages), step), *near, len(pages) - 1})]


def parts(pages: Sequence[tuple[str, object]]) -> tuple[str, ...]:
    """The addresses of all pages of a list, for readers to choose from; none where there is one page."""
    return tuple(path for path, _ in pages) if len(pages) > 1 else ()
