"""The map of a topic: its questions, what answers them, and what responds to that; as much as a reader finds the way in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.publishing import addresses
from kb.publishing.addresses import Page
from kb.publishing.cards import Link, by_topic, topic
from kb.publishing.messages import spoken
from kb.publishing.sheets import Sheet, mapped, of_topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate


@dataclass(frozen=True, slots=True)
class Context:
    """What the template is given."""

    topic: Link
    sheet: Sheet
    points: int


def pages(debate: Debate) -> Iterator[Page]:
    """One map a topic, where there are several topics."""
    for topic_id in mapped(debate):
        found = topic(debate, topic_id)
        context = Context(found, of_topic(debate, topic_id), len(by_topic(debate)[topic_id]))
        say = spoken(debate).say
        title = say("map.of_topic", topic=found.name)
        yield Page(addresses.topic_map(topic_id), title, context, addresses.MAP, say("map.lead"))
