"""The list of what is in dispute, most consequential first: sides, what was last said without an answer, who owes the next word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb import addresses
from kb.addresses import Page
from kb.disputes import Dispute, disputes
from kb.vocabulary import STATES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.vocabulary import State

_SHOWN = 100
"""Rows told in full; a list longer than that is for `kb open`."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the template is given."""

    unsettled: tuple[Dispute, ...]
    settled: tuple[Dispute, ...]
    left_out: int
    states: tuple[State, ...]
    """What the words for the states mean, those met here."""


def pages(debate: Debate) -> Iterator[Page]:
    """The one list."""
    found = disputes(debate)
    unsettled = tuple(d for d in found if not d.settled)
    settled = tuple(d for d in found if d.settled)
    kept_open, kept_settled = unsettled[:_SHOWN], settled[:_SHOWN]
    context = Context(
        unsettled=kept_open,
        settled=kept_settled,
        left_out=len(found) - len(kept_open) - len(kept_settled),
        states=tuple(s for s in STATES.values() if any(d.state == s.name for d in found)),
    )
    yield Page(addresses.OPEN, "What is in dispute", context, addresses.OPEN)
