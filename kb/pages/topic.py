"""The page of a topic: its questions, then all its points in the order of the debate; long topics go over several pages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kb.indexed import by_topic, kinds
from kb.publishing import addresses
from kb.publishing.addresses import Draft, Page
from kb.publishing.cards import label, prose, topic
from kb.publishing.dependencies import WORDS
from kb.publishing.disputes import Dispute, dispute_about
from kb.publishing.markup import lede
from kb.publishing.messages import interface_words
from kb.publishing.paging import cut, part_addresses, with_addresses
from kb.publishing.topic_maps import mapped_topics
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

    from kb.debate import Debate

READS = WORDS

_A_PAGE = 150


@dataclass(frozen=True, slots=True)
class Context:
    """What the template is given."""

    heading: str
    about: Markup | None
    count: int
    questions: tuple[tuple[str, Dispute | None], ...]
    """The questions of the topic, each with its dispute; only on the first page."""
    points: tuple[str, ...]
    parts: tuple[str, ...]
    """Addresses of the parts, if there are several."""
    map: str
    """The address of its own map, or else of that of the whole debate."""


def pages(debate: Debate) -> Iterator[Draft]:
    """A page for each topic, or several if one would be too long."""
    kind_of = kinds(debate)
    for topic_id, inside in by_topic(debate).items():
        questions = [n for n in inside if kind_of[n] == QUESTION]
        points = [n for n in inside if kind_of[n] != QUESTION]
        map_path = addresses.topic_map(topic_id) if topic_id in mapped_topics(debate) else addresses.MAP
        first = addresses.topic(topic_id)
        topic_pages = with_addresses(first, cut(points, _A_PAGE))
        others = part_addresses(topic_pages)
        for path, chunk in topic_pages:
            page_questions = questions if path == first else []
            make = partial(_page, debate, topic_id, map_path, path, others, page_questions, chunk)
            yield Draft(
                path, (len(inside), len(topic_pages), map_path, page_questions, chunk), (*page_questions, *chunk), make
            )


def _page(
    debate: Debate,
    topic_id: str,
    map_path: str,
    path: str,
    others: tuple[str, ...],
    questions: Sequence[str],
    points: Sequence[str],
) -> Page:
    topic_link, record, count = topic(debate, topic_id), debate.topics.get(topic_id), len(by_topic(debate)[topic_id])
    context = Context(
        heading=topic_link.name,
        about=prose(record.description) if record else None,
        count=count,
        questions=tuple((n, dispute_about(debate, n)) for n in questions),
        points=tuple(points),
        parts=others,
        map=map_path,
    )
    question_labels = (label(debate, question) for question in questions)
    about = lede(record.description if record else None, *question_labels) or interface_words(debate).say(
        "count.points", n=count
    )
    return Page(path, topic_link.name, context, addresses.TOPICS, about)
