"""The page on which a passage stands, since a long source takes several.

This depends on the source alone, not on its points, so that no link to a passage changes because of a point elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.memory import once, once_each
from kb.parted import whole
from kb.publishing import addresses
from kb.publishing.paging import with_addresses

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.debate import Debate
    from kb.model import Citation, Passage

_A_PAGE = 43
"""About how many passages stand on a page; with two or three points each it stays below a hundred kilobytes."""
_LONG = 1_000
"""Recorded words count as one passage more for every so many letters."""


@once_each
def passages_by_page(debate: Debate, source_id: str) -> tuple[tuple[Passage, ...], ...]:
    """The passages of a source page by page, about as many on each; one empty page if it has no passages."""
    source = debate.sources[source_id]
    total = sum(map(_weight, source.passages))
    count = max(-(-total // _A_PAGE), 1)
    leaves: list[list[Passage]] = [[] for _ in range(count)]
    before = 0
    for passage in source.passages:
        leaves[before * count // total].append(passage)
        before += _weight(passage)
    return tuple(tuple(leaf) for leaf in leaves if leaf) or ((),)


def _weight(passage: Passage) -> int:
    """A run-together list counts as many passages as it has items."""
    return max(len(passage.item_ids()), 1) + len(passage.text or "") // _LONG


@once
def _later_pages(debate: Debate) -> Mapping[tuple[str, str], str]:
    """By source and passage the page of each passage that is not on the first."""
    return {
        (source, passage_address.id): path
        for source in debate.sources
        for path, leaf in with_addresses(addresses.source(source), passages_by_page(debate, source))[1:]
        for passage_address in leaf
    }


def passage_address(debate: Debate, cited: Citation) -> str:
    """The address of a passage; of a citation without a passage, that of the source."""
    first, name = addresses.source(cited.source), cited.passage
    if name is None:
        return first
    record = debate.passages.get((cited.source, name))
    page = _later_pages(whole(debate)).get((cited.source, record.id), first) if record is not None else first
    return f"{page}#{addresses.passage_anchor(name)}"
