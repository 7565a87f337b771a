"""Where things were said: the passages of all sources, and their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.model import Passage, Source

SourcePosition = tuple[int, int, int]
"""Source, passage and item, as ranks in source order: where in the debate something was said."""
NOWHERE_SAID: SourcePosition = (1_000_000_000, 0, 0)
"""The position of what cites no passage: after everything that does."""


def passages(sources: Mapping[str, Source]) -> Mapping[tuple[str, str], Passage]:
    """Passages by source and id; the items of a run-together list each by its own."""
    known = [(source.id, passage) for source in sources.values() for passage in source.passages]
    items = {(source, name): passage for source, passage in known for name in passage.item_ids()}
    return {**items, **{(source, passage.id): passage for source, passage in known}}


def positions(sources: Mapping[str, Source]) -> Mapping[tuple[str, str | None], SourcePosition]:
    """Where each source, passage and item stands, sources in the order of their dates."""
    positions: dict[tuple[str, str | None], SourcePosition] = {}
    ordered = sorted(sources.values(), key=lambda source: (source.date or "~", source.id))
    for rank, source in enumerate(ordered):
        positions[source.id, None] = (rank, -1, 0)
        for index, passage in enumerate(source.passages):
            positions[source.id, passage.id] = (rank, index, 0)
            for item, name in enumerate(passage.item_ids(), 1):
                positions.setdefault((source.id, name), (rank, index, item))
    return positions
