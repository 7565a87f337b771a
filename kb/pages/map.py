"""The map of the whole debate, by topic; that of a large debate shows its topics, each of which opens a map of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.publishing import addresses
from kb.publishing.addresses import Page
from kb.publishing.dependencies import LINKED
from kb.publishing.messages import interface_words
from kb.publishing.topic_maps import Sheet, debate_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate


READS = LINKED


@dataclass(frozen=True, slots=True)
class Context:
    """What the template is given."""

    sheet: Sheet
    points: int
    list_address: str
    """The address of the list of all points, among them those that had no room."""


def pages(debate: Debate) -> Iterator[Page]:
    """The map, if there is something to draw."""
    if debate.nodes:
        sheet = debate_sheet(debate)
        context = Context(sheet, len(debate.nodes), addresses.TOPICS if sheet.topics else addresses.NODES)
        say = interface_words(debate).say
        yield Page(addresses.MAP, say("map.whole"), context, addresses.MAP, say("map.lead"))
