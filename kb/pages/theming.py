"""How a debate makes the site its own: names of colours and fonts, templates, pages, a logo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kb.publishing import addresses
from kb.publishing.addresses import Page
from kb.publishing.dependencies import NO_POINTS
from kb.publishing.markup import plain
from kb.publishing.messages import interface_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

COLOURS = {
    "paper": "theming.paper",
    "panel": "theming.panel",
    "line": "theming.line",
    "ink": "theming.ink",
    "soft": "theming.soft",
    "link": "theming.link",
    "for": "theming.for",
    "against": "theming.against",
    "undercut": "theming.undercut",
    "neutral": "theming.neutral",
    "shade": "theming.shade",
}
OTHERS = {
    "serif": "theming.serif",
    "sans": "theming.sans",
    "mono": "theming.mono",
    "measure": "theming.measure",
}
"""What the stylesheet names, each with the message that says what it is for."""

READS = NO_POINTS


class Token(NamedTuple):
    """A name of the stylesheet and what it is for."""

    name: str
    gloss: str


@dataclass(frozen=True, slots=True)
class Context:
    """What the template is given."""

    colours: tuple[Token, ...]
    others: tuple[Token, ...]


def pages(debate: Debate) -> Iterator[Page]:
    """The page, which is the same for every debate in a language."""
    say = interface_words(debate).say
    colours, others = (tuple(Token(name, say(key)) for name, key in table.items()) for table in (COLOURS, OTHERS))
    yield Page(
        addresses.THEMING,
        say("theming.title"),
        Context(colours, others),
        addresses.ABOUT,
        plain(say("theming.lead")),
        row={"colours": [token._asdict() for token in colours], "others": [token._asdict() for token in others]},
    )
