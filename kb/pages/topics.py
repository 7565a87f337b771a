"""The topics of the debate: what each is about and how much is said on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.indexed import by_topic, kinds
from kb.publishing import addresses
from kb.publishing.addresses import Page
from kb.publishing.cards import Link, link, prose, topic
from kb.publishing.dependencies import LINKED
from kb.publishing.messages import interface_words
from kb.publishing.paging import cut, part_addresses, with_addresses
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from kb.debate import Debate

READS = LINKED

_A_PAGE = 80
_QUESTIONS = 12
"""How many questions are named under a topic; its page has all."""


@dataclass(frozen=True, slots=True)
class Row:
    """A topic with its questions."""

    topic: Link
    about: Markup | None
    count: int
    questions: tuple[Link, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Context:
    """What the template is given."""

    rows: tuple[Row, ...]
    parts: tuple[str, ...]
    """Addresses of the pages of the list, if there are several."""


def pages(debate: Debate) -> Iterator[Page]:
    """The list, in as many pages as it needs."""
    rows = tuple(_row(debate, *topic) for topic in by_topic(debate).items())
    say, list_pages = interface_words(debate).say, with_addresses(addresses.TOPICS, cut(rows, _A_PAGE))
    for path, chunk in list_pages:
        context = Context(tuple(chunk), part_addresses(list_pages))
        yield Page(path, say("topics.title"), context, addresses.TOPICS, say("topics.lead"))


def _row(debate: Debate, topic_id: str, inside: tuple[str, ...]) -> Row:
    questions = [n for n in inside if kinds(debate)[n] == QUESTION]
    record = debate.topics.get(topic_id)
    return Row(
        topic(debate, topic_id),
        prose(record.description) if record else None,
        len(inside),
        tuple(link(debate, n) for n in questions[:_QUESTIONS]),
        max(len(questions) - _QUESTIONS, 0),
    )
