"""The list of what is in dispute, most consequential first: sides, what was last said without an answer, who owes the next word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.publishing import addresses
from kb.publishing.addresses import Page
from kb.publishing.disputes import A_PAGE, Dispute, disputes
from kb.publishing.messages import spoken
from kb.vocabulary import STATES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate


@dataclass(frozen=True, slots=True)
class Context:
    """What the template is given."""

    unsettled: tuple[Dispute, ...]
    settled: tuple[Dispute, ...]
    count: int
    parts: tuple[str, ...]
    """Addresses of the pages of the list, if there are several."""
    states: tuple[str, ...]
    """What the words for the states mean, those met here."""


def pages(debate: Debate) -> Iterator[Page]:
    """The list, in as many pages as it needs."""
    found, say = disputes(debate), spoken(debate).say
    chunks = [found[i : i + A_PAGE] for i in range(0, len(found), A_PAGE)] or [()]
    parts = tuple(addresses.numbered(addresses.OPEN, n + 1) for n in range(len(chunks)))
    for path, chunk in zip(parts, chunks, strict=True):
        context = Context(
            unsettled=tuple(d for d in chunk if not d.settled),
            settled=tuple(d for d in chunk if d.settled),
            count=len(found),
            parts=parts if len(parts) > 1 else (),
            states=tuple(s for s in STATES if any(d.state == s for d in chunk)),
        )
        yield Page(path, say("open.title"), context, addresses.OPEN, say("open.lead"))
