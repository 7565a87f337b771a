"""The list of what is in dispute, most consequential first: sides, what was last said without an answer, who owes the next word."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kb.disagreements import disagreements, is_anonymous
from kb.publishing import addresses
from kb.publishing.addresses import Draft, Page
from kb.publishing.dependencies import LINKED
from kb.publishing.disputes import A_PAGE, Dispute, dispute
from kb.publishing.messages import interface_words
from kb.publishing.paging import cut, part_addresses, with_addresses
from kb.vocabulary import STATES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.contention.rows import Disagreement
    from kb.debate import Debate


READS = LINKED


@dataclass(frozen=True, slots=True)
class Context:
    """What the template is given."""

    unsettled: tuple[Dispute, ...]
    settled: tuple[Dispute, ...]
    count: int
    anonymous: bool
    """Whether there are points, but no speaker has a name."""
    parts: tuple[str, ...]
    """Addresses of the pages of the list, if there are several."""
    states: tuple[str, ...]
    """The states that occur on the page, whose meaning is explained below it."""


def pages(debate: Debate) -> Iterator[Draft]:
    """The list, in as many pages as it needs."""
    ranked = disagreements(debate)
    list_pages = with_addresses(addresses.OPEN, cut(ranked, A_PAGE))
    others = part_addresses(list_pages)
    for path, chunk in list_pages:
        rows = [row.id for row in chunk]
        yield Draft(path, (len(ranked), is_anonymous(debate), rows), rows, partial(_page, debate, path, chunk, others))


def _page(debate: Debate, path: str, chunk: Sequence[Disagreement], others: tuple[str, ...]) -> Page:
    say = interface_words(debate).say
    context = Context(
        unsettled=tuple(dispute(debate, d) for d in chunk if not d.settled),
        settled=tuple(dispute(debate, d) for d in chunk if d.settled),
        count=len(disagreements(debate)),
        anonymous=is_anonymous(debate),
        parts=others,
        states=tuple(s for s in STATES if any(d.state == s for d in chunk)),
    )
    return Page(path, say("open.title"), context, addresses.OPEN, say("open.lead"))
