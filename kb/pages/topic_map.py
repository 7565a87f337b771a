"""The map of a topic: its questions, what answers them, and what responds to that, up to a size in which readers find their way."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kb.indexed import by_topic
from kb.publishing import addresses
from kb.publishing.addresses import Draft, Page
from kb.publishing.cards import Link, topic
from kb.publishing.dependencies import LINKED
from kb.publishing.messages import interface_words
from kb.publishing.topic_maps import Sheet, mapped_topics, topic_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate


READS = LINKED


@dataclass(frozen=True, slots=True)
class Context:
    """What the template is given."""

    topic: Link
    sheet: Sheet
    points: int


def pages(debate: Debate) -> Iterator[Draft]:
    """A map for each topic, if there are several topics."""
    for topic_id in mapped_topics(debate):
        inside = by_topic(debate)[topic_id]
        yield Draft(addresses.topic_map(topic_id), inside, inside, partial(_page, debate, topic_id))


def _page(debate: Debate, topic_id: str) -> Page:
    topic_link, say = topic(debate, topic_id), interface_words(debate).say
    context = Context(topic_link, topic_sheet(debate, topic_id), len(by_topic(debate)[topic_id]))
    title = say("map.of_topic", topic=topic_link.name)
    return Page(addresses.topic_map(topic_id), title, context, addresses.MAP, say("map.lead"))
