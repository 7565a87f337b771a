"""Everybody who takes part, with what they hold and what waits for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kb.publishing import addresses
from kb.publishing.addresses import Page
from kb.publishing.cards import Link, person, prose
from kb.publishing.dependencies import STRUCTURE
from kb.publishing.messages import interface_words
from kb.publishing.paging import cut, part_addresses, with_addresses
from kb.publishing.stands import stands
from kb.queries.participants import in_display_order, owed_moves
from kb.standing.stances import stances_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from kb.debate import Debate


READS = STRUCTURE

_A_PAGE = 200


class Row(NamedTuple):
    """A participant in a line."""

    person: Link
    role: Markup | None
    unconfirmed: bool
    holds: int
    opposes: int
    owes: int


@dataclass(frozen=True, slots=True)
class Context:
    """What the template is given."""

    rows: tuple[Row, ...]
    matrix: bool
    """Whether there is a table of who stands where."""
    parts: tuple[str, ...]
    """Addresses of the pages of the list, if there are several."""


def pages(debate: Debate) -> Iterator[Page]:
    """The list, in as many pages as it needs."""
    rows = tuple(_row(debate, p) for p in in_display_order(debate))
    say, matrix = interface_words(debate).say, bool(stands(debate))
    list_pages = with_addresses(addresses.PEOPLE, cut(rows, _A_PAGE))
    for path, chunk in list_pages:
        context = Context(tuple(chunk), matrix, part_addresses(list_pages))
        yield Page(path, say("people.title"), context, addresses.PEOPLE, say("people.lead"))


def _row(debate: Debate, participant: str) -> Row:
    record = debate.participants[participant]
    stances = list(stances_of(debate, participant).values())
    return Row(
        person(debate, participant),
        prose(record.role),
        record.attribution.status == "unconfirmed",
        stances.count("accepts") + stances.count("leans"),
        stances.count("denies") + stances.count("doubts"),
        len(owed_moves(debate, participant)),
    )
