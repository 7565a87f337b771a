"""The page of a topic: its questions, then all its points in the order of the debate; long topics go over several pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.publishing import addresses
from kb.publishing.addresses import Page
from kb.publishing.cards import by_topic, label, prose, topic
from kb.publishing.disputes import Dispute, own
from kb.publishing.markup import lede
from kb.publishing.messages import spoken
from kb.publishing.sheets import mapped
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from kb.debate import Debate

_A_PAGE = 150


@dataclass(frozen=True, slots=True)
class Context:
    """What the template is given."""

    heading: str
    about: Markup | None
    count: int
    questions: tuple[tuple[str, Dispute | None], ...]
    """On the first page only."""
    points: tuple[str, ...]
    parts: tuple[str, ...]
    """Addresses of the parts, if there are several."""
    map: str
    """Its map: its own, else that of the whole debate."""


def pages(debate: Debate) -> Iterator[Page]:
    """One page a topic, or several where one would be too long."""
    for topic_id, inside in by_topic(debate).items():
        questions = tuple((n, own(debate, n)) for n in inside if debate.nodes[n].kind == QUESTION)
        points = [n for n in inside if debate.nodes[n].kind != QUESTION]
        named, record = topic(debate, topic_id), debate.topics.get(topic_id)
        chunks = [points[i : i + _A_PAGE] for i in range(0, len(points), _A_PAGE)] or [[]]
        asked = (label(debate, question) for question, _ in questions)
        said = lede(record.description if record else None, *asked) or spoken(debate).say("count.points", n=len(inside))
        parts = tuple(addresses.numbered(named.href, n + 1) for n in range(len(chunks)))
        for number, chunk in enumerate(chunks):
            context = Context(
                heading=named.name,
                about=prose(record.description) if record else None,
                count=len(inside),
                questions=questions if number == 0 else (),
                points=tuple(chunk),
                parts=parts if len(parts) > 1 else (),
                map=addresses.topic_map(topic_id) if topic_id in mapped(debate) else addresses.MAP,
            )
            yield Page(parts[number], named.name, context, addresses.TOPICS, said)
