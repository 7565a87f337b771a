"""How to read the site: what verdicts mean and do not mean, every word it uses, and how to add to the debate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kb.publishing import addresses
from kb.publishing.addresses import Page
from kb.publishing.cards import STYLE_SIGNS, tie
from kb.publishing.dependencies import NO_POINTS
from kb.publishing.messages import interface_words
from kb.vocabulary import CERTAINTIES, KINDS, OBJECTION_STATES, RELATIONS, STANCES, STATES, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.publishing.cards import Tie
    from kb.vocabulary import State

_VERDICTS = {
    "unheld": "out",
    "unchallenged": "in",
    "stands": "in",
    "undecided": "undecided",
    "unanswered": "out",
    "unsupported": "out",
    "defeated": "out",
}
"""The verdict of each status that has always the same one."""

READS = NO_POINTS


class StatusRow(NamedTuple):
    """A status and the verdict that colours it."""

    word: str
    verdict: str


class Style(NamedTuple):
    """A line style of the maps, and the relations drawn in it."""

    name: str
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """What the template is given."""

    kinds: tuple[str, ...]
    certainties: tuple[str, ...]
    relations: tuple[Tie, ...]
    statuses: tuple[StatusRow, ...]
    stances: tuple[str, ...]
    states: tuple[State, ...]
    objections: tuple[str, ...]
    styles: tuple[Style, ...]


def pages(debate: Debate) -> Iterator[Page]:
    """The page, which is the same for every debate in a language."""
    ties = [tie(name) for name in RELATIONS]
    context = Context(
        kinds=tuple(KINDS),
        certainties=tuple(CERTAINTIES),
        relations=tuple(ties),
        statuses=tuple(StatusRow(name, _VERDICTS.get(name, "none")) for name in STATUSES),
        stances=tuple(STANCES),
        states=tuple(STATES.values()),
        objections=tuple(OBJECTION_STATES),
        styles=tuple(Style(style, tuple(t.name for t in ties if t.style == style)) for style in STYLE_SIGNS),
    )
    say = interface_words(debate).say
    yield Page(addresses.ABOUT, say("about.title"), context, addresses.ABOUT, say("about.lead"))
