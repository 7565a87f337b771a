"""Lists that go over several pages, so that each of them opens at once on any telephone: what stands on which, and at what address."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kb.publishing.addresses import numbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Row = TypeVar("Row")
Chunk = TypeVar("Chunk")


def cut(rows: Sequence[Row], most: int) -> list[Sequence[Row]]:
    """A list by pages of so many rows; of an empty one there is a page, too."""
    return [rows[start : start + most] for start in range(0, len(rows), most)] or [rows]


def placed(path: str, chunks: Iterable[Chunk]) -> list[tuple[str, Chunk]]:
    """What stands on each page of a list, with the address of that page."""
    return [(numbered(path, number), chunk) for number, chunk in enumerate(chunks, 1)]


def parts(pages: Sequence[tuple[str, object]]) -> tuple[str, ...]:
    """The addresses of all pages of a list, for readers to choose from; none where there is one page."""
    return tuple(path for path, _ in pages) if len(pages) > 1 else ()
