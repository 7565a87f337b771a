"""Who stands where: a row for each question in dispute, a column for each person, in each cell the side they are on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kb.publishing import addresses
from kb.publishing.addresses import Page
from kb.publishing.cards import Link, people
from kb.publishing.dependencies import LINKED
from kb.publishing.disputes import dispute
from kb.publishing.messages import interface_words
from kb.publishing.stands import stands
from kb.queries.participants import in_display_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.publishing.disputes import Dispute
    from kb.publishing.stands import Stand

READS = LINKED

_ROWS, _COLUMNS, _SIDES = 40, 12, 6
"""The most that is shown: questions (the most consequential), people (those on most sides), and sides of a question (the first)."""


class Row(NamedTuple):
    """A question, the positions on it, and for each person of the table the letters of positions, each with how they stand to it."""

    question: Link
    dispute: Dispute | None
    positions: tuple[tuple[str, Link, bool], ...]
    """Each with its letter, and whether it is an answer outside of the dispute."""
    more: int
    cells: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class Context:
    """What the template is given."""

    people: tuple[Link, ...]
    rows: tuple[Row, ...]
    people_more: int
    rows_more: int


def pages(debate: Debate) -> Iterator[Page]:
    """The table, if anybody stands anywhere."""
    if stands(debate):
        say = interface_words(debate).say
        yield Page(addresses.MATRIX, say("matrix.title"), _context(debate), addresses.PEOPLE, say("matrix.lead"))


def _context(debate: Debate) -> Context:
    sides = Counter(who for stand in stands(debate) for who in stand.people)
    busiest = {who for who, _ in sides.most_common(_COLUMNS)}
    columns = [who for who in in_display_order(debate) if who in busiest]
    return Context(
        people(debate, columns),
        tuple(_row(debate, stand, columns) for stand in stands(debate)[:_ROWS]),
        len(sides) - len(columns),
        max(len(stands(debate)) - _ROWS, 0),
    )


def _row(debate: Debate, stand: Stand, columns: list[str]) -> Row:
    lettered = [(_letter(number), position) for number, position in enumerate(stand.positions)]
    cells = (tuple((letter, p.stances[who]) for letter, p in lettered if who in p.stances) for who in columns)
    view = None if stand.disagreement is None else dispute(debate, stand.disagreement)
    positions = tuple((letter, p.point, view is not None and not p.disputed) for letter, p in lettered[:_SIDES])
    return Row(stand.question, view, positions, max(len(lettered) - _SIDES, 0), tuple(cells))


def _letter(number: int) -> str:
    """A, B, C …, and numbers after Z."""
    return chr(ord("A") + number) if number < 26 else str(number + 1)
