"""The page of a question: what is asked, the sides beside one another, what waits for an answer, and everything said on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kb.publishing import addresses
from kb.publishing.addresses import Page
from kb.publishing.cards import (
    Link,
    citations,
    kind_and_speakers,
    label,
    link,
    people,
    prose,
    sentence_links,
    term,
    topic,
)
from kb.publishing.disputes import Dispute, Ground, SideView, dispute_about, disputes_by_node, ground
from kb.publishing.glossing import heading_and_text
from kb.publishing.markup import clean, lede, plain
from kb.publishing.node_map import Picture, picture
from kb.publishing.outline import Group, ShownPoints, thread_groups
from kb.publishing.pictured import question_poster
from kb.publishing.schema_org import question
from kb.publishing.stands import other_answers
from kb.publishing.topic_maps import map_address
from kb.queries.state import undisputed_phrase
from kb.queries.thread import reply_count, threads
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markupsafe import Markup

    from kb.debate import Debate
    from kb.model import Node

LOCAL = True
_A_SIDE, _LEVELS = 20, 4
"""The most entries and levels of the thread of a side; its page has all."""
_REACH = 3
"""How many columns the map has to the right, which is more than on other pages, since nothing stands left of a question."""
_ANSWERS = frozenset({"answers"})


class Column(NamedTuple):
    """A side, or another answer with those who gave it, with its thread."""

    side: SideView | None
    speakers: tuple[Link, ...]
    position: str
    debate: Debate
    shown: ShownPoints
    thread: tuple[Group, ...]
    replies: int

    @property
    def anchor(self) -> str:
        """Its HTML id, if another place on the page refers to it."""
        return self.shown.anchor(self.position)

    @property
    def title(self) -> str:
        """The title by which maps, lists and references call it; empty if that is its words."""
        node = self.debate.nodes[self.position]
        return clean(node.title) if node.title and node.text else ""


@dataclass(frozen=True, slots=True)
class Context:
    """What the template is given."""

    heading: Markup
    text: Markup | None
    path_items: tuple[Link, ...]
    """The points above it, up to the question it serves; else its topic."""
    speakers: tuple[Link, ...]
    citations: tuple[Link, ...]
    dispute: Dispute | None
    ground: Ground | None
    undisputed_sentence: tuple[Link, ...]
    """What is told of a question about which nobody disagrees."""
    columns: tuple[Column, ...]
    other_answers: tuple[Column, ...]
    """Answers that are no side of the dispute."""
    thread: tuple[Group, ...]
    """What else responds to the question."""
    replies: int
    picture: Picture | None
    map_address: str
    """The address of its place on a larger map."""
    other_disputes: tuple[Dispute, ...]
    terms: tuple[Link, ...]
    bearings: tuple[tuple[str, Link], ...]
    note: Markup | None
    tags: tuple[str, ...]
    topic: Link
    file: str


def pages(debate: Debate, nodes: Iterable[Node]) -> Iterator[Page]:
    """A page for each question."""
    for node in nodes:
        if node.kind == QUESTION:
            yield Page(
                addresses.node(node.id),
                label(debate, node.id),
                _context(debate, node),
                about=_about(debate, node),
                feed=addresses.feed(node.id).rpartition("/")[2],
                picture=addresses.picture(node.id) if question_poster(debate, node.id) is not None else "",
                structured=question(debate, node.id),
            )


def _about(debate: Debate, node: Node) -> str:
    """The words of the question, if its name is another, and its answers."""
    words = node.text if plain(node.text) != label(debate, node.id) else ""
    return lede(words, *(label(debate, answer) for answer in debate.answers[node.id])) or kind_and_speakers(
        debate, node.id
    )


def _context(debate: Debate, node: Node) -> Context:
    dispute = dispute_about(debate, node.id)
    shown = ShownPoints(node.id)
    heading, text = heading_and_text(debate, node)
    sides = dispute.sides if dispute else ()
    others = other_answers(debate, node.id, [side.position for side in sides])
    for position in (*(side.position for side in sides), *others):
        shown.add(position)
    return Context(
        heading=heading,
        text=text,
        path_items=tuple(link(debate, n) for n in threads(debate).path(node.id)[:-1]) or (topic(debate, node.topic),),
        speakers=people(debate, debate.speakers(node.id)),
        citations=citations(debate, node.citations),
        dispute=dispute,
        ground=ground(debate, node.id),
        undisputed_sentence=sentence_links(debate, undisputed_phrase(debate, node.id) or ()),
        columns=tuple(_column(debate, side.position, side, shown) for side in sides),
        other_answers=tuple(_column(debate, answer, None, shown) for answer in others),
        thread=thread_groups(debate, node.id, shown, without=_ANSWERS),
        replies=reply_count(debate, node.id),
        picture=picture(debate, node.id, reach=_REACH),
        map_address=map_address(debate, node.id),
        other_disputes=tuple(d for d in disputes_by_node(debate).get(node.id, ()) if d.id != node.id),
        terms=tuple(t for name in node.terms if (t := term(debate, name)) is not None),
        bearings=_bearings(debate, node),
        note=prose(node.note),
        tags=tuple(map(clean, node.tags)),
        topic=topic(debate, node.topic),
        file=clean(node.file),
    )


def _column(debate: Debate, position: str, side: SideView | None, shown: ShownPoints) -> Column:
    thread = thread_groups(debate, position, shown, depth=_LEVELS, most=_A_SIDE)
    speakers = people(debate, debate.speakers(position))
    return Column(side, speakers, position, debate, shown, thread, reply_count(debate, position))


def _bearings(debate: Debate, node: Node) -> tuple[tuple[str, Link], ...]:
    """What the question itself responds to, each with the relation."""
    return tuple((r.kind, link(debate, r.to)) for r in node.relations if r.to in debate.nodes)
