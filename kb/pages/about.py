"""How to read the site: what verdicts mean and do not mean, every word it uses, and how to add to the debate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.publishing import addresses
from kb.publishing.addresses import Page
from kb.publishing.cards import STYLE_SIGNS, tie
from kb.vocabulary import CERTAINTIES, KINDS, OBJECTION_STATES, RELATIONS, STANCES, STATES, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.publishing.cards import Tie
    from kb.vocabulary import State, Word

_VERDICTS = {
    "unchallenged": "in",
    "stands": "in",
    "undecided": "undecided",
    "unanswered": "out",
    "unsupported": "out",
    "defeated": "out",
}
"""The verdict that a status comes with, where it comes with one only."""


@dataclass(frozen=True, slots=True)
class StatusRow:
    """A status and the verdict that colours it."""

    word: str
    verdict: str
    gloss: str


@dataclass(frozen=True, slots=True)
class Style:
    """A line style of the maps, and the relations drawn in it."""

    name: str
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """What the template is given."""

    kinds: tuple[Word, ...]
    certainties: tuple[Word, ...]
    relations: tuple[tuple[Tie, str, str], ...]
    """Each with how it reads forwards and backwards."""
    statuses: tuple[StatusRow, ...]
    stances: tuple[Word, ...]
    states: tuple[State, ...]
    objections: tuple[Word, ...]
    styles: tuple[Style, ...]


def pages(debate: Debate) -> Iterator[Page]:
    """The one page; it is the same for every debate."""
    del debate
    ties = [tie(name) for name in RELATIONS]
    context = Context(
        kinds=tuple(KINDS.values()),
        certainties=tuple(CERTAINTIES.values()),
        relations=tuple((tie(r.name), r.gloss.rstrip(",:"), r.inverse) for r in RELATIONS.values()),
        statuses=tuple(StatusRow(s.name, _VERDICTS.get(s.name, "none"), s.gloss) for s in STATUSES.values()),
        stances=tuple(STANCES.values()),
        states=tuple(STATES.values()),
        objections=tuple(OBJECTION_STATES.values()),
        styles=tuple(Style(style, tuple(t.word for t in ties if t.style == style)) for style in STYLE_SIGNS),
    )
    yield Page(addresses.ABOUT, "How to read this", context, addresses.ABOUT)
