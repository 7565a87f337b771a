"""The page of a claim, objection, reply or argument: the point, who says it and where, whether it stands and why, its thread, its map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kb.evaluate import evaluate
from kb.publishing import addresses
from kb.publishing.addresses import Page
from kb.publishing.bearings import Bearing, bearings, used_for
from kb.publishing.cards import (
    Link,
    Status,
    citations,
    kind_and_speakers,
    label,
    link,
    people,
    person,
    prose,
    sentence_links,
    status,
    term,
    topic,
)
from kb.publishing.disputes import Dispute, Ground, disputes_by_node, ground, open_positions
from kb.publishing.glossing import heading_and_text
from kb.publishing.markup import clean, lede
from kb.publishing.node_map import Picture, picture
from kb.publishing.outline import Group, ShownPoints, thread_groups
from kb.publishing.topic_maps import map_address
from kb.queries.changing import change_phrase
from kb.queries.cruxes import crux_finder
from kb.queries.thread import reply_count, threads
from kb.queries.turning import resolutions
from kb.queries.why import account
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markupsafe import Markup

    from kb.debate import Debate
    from kb.model import Node
    from kb.queries.why import Account

LOCAL = True
_LEVELS = 12
"""How many levels of an account are told; the pages of the points tell the rest."""


class Reason(NamedTuple):
    """A reason in the account of a verdict: a node, its status, why it has that, and the reasons for this in turn."""

    node: Link
    status: Status | None
    words: tuple[Link, ...]
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """What the template is given."""

    kind: str
    heading: Markup
    text: Markup | None
    """The words of the point, if the heading is its title."""
    path_items: tuple[Link, ...]
    """The path from the question it is about to what it responds to; its topic, if it is about no question."""
    speakers: tuple[Link, ...]
    certainty: str
    attributed_to: tuple[Link, ...]
    citations: tuple[Link, ...]
    status: Status | None
    why: tuple[Link, ...]
    reasons: tuple[Reason, ...]
    change: tuple[Link, ...]
    """What would change the verdict; empty if `resolutions` tell more."""
    resolutions: tuple[tuple[tuple[Link, ...], tuple[tuple[Link, ...], ...]], ...]
    """If it is a side of a dispute, what would settle it: what there is to do, and with which points."""
    bearings: tuple[Bearing, ...]
    used_for: tuple[Bearing, ...]
    """Steps that others make with it as a premise."""
    restatements: tuple[Link, ...]
    """Nodes that make the same point and share its fate."""
    thread: tuple[Group, ...]
    replies: int
    picture: Picture | None
    map_address: str
    """The address of its place on a larger map."""
    stances: tuple[tuple[Link, str], ...]
    disputes: tuple[Dispute, ...]
    ground: Ground | None
    """What puts it into dispute, if it is in dispute itself."""
    terms: tuple[Link, ...]
    tags: tuple[str, ...]
    note: Markup | None
    topic: Link
    file: str


def pages(debate: Debate, nodes: Iterable[Node]) -> Iterator[Page]:
    """A page for every node that is not a question."""
    for node in nodes:
        if node.kind != QUESTION:
            name = label(debate, node.id)
            yield Page(addresses.node(node.id), name, _context(debate, node), about=_about(debate, node, name))


def _about(debate: Debate, node: Node, name: str) -> str:
    """The words of the node if they differ from its name; else what it is and who says it."""
    words = lede(node.text)
    return words if words and words != name else kind_and_speakers(debate, node.id)


def _context(debate: Debate, node: Node) -> Context:
    verdict_account = account(debate, node.id, depth=_LEVELS)
    resolution_sentences = _resolution_sentences(debate, node.id)
    change_sentence = None if resolution_sentences else change_phrase(debate, node.id)
    node_status = status(debate, node.id)
    point = debate.points[node.id]
    heading, text = heading_and_text(debate, node)
    return Context(
        kind=node.kind,
        heading=heading,
        text=text,
        path_items=_path_links(debate, node),
        speakers=people(debate, debate.speakers(node.id)),
        certainty=node.certainty,
        attributed_to=people(debate, node.attributed_to),
        citations=citations(debate, node.citations),
        status=node_status,
        why=sentence_links(debate, verdict_account.beside_gloss),
        reasons=tuple(_reason(debate, inner) for inner in verdict_account.because),
        change=sentence_links(debate, change_sentence) if change_sentence is not None else (),
        resolutions=resolution_sentences,
        bearings=tuple(bearings(debate, node)),
        used_for=tuple(used_for(debate, node)),
        restatements=tuple(link(debate, n) for n in debate.restatements[point] if n != node.id),
        thread=thread_groups(debate, node.id, ShownPoints(node.id), fates=True),
        replies=reply_count(debate, node.id),
        picture=picture(debate, node.id),
        map_address=map_address(debate, node.id),
        stances=_stances(debate, node),
        disputes=disputes_by_node(debate).get(node.id, ()),
        ground=ground(debate, node.id),
        terms=tuple(t for name in node.terms if (t := term(debate, name)) is not None),
        tags=tuple(map(clean, node.tags)),
        note=prose(node.note),
        topic=topic(debate, node.topic),
        file=clean(node.file),
    )


def _path_links(debate: Debate, node: Node) -> tuple[Link, ...]:
    """The path to a point; of a mere premise that of the point it is a premise for; else its topic."""
    above = threads(debate).path(node.id)[:-1]
    used = debate.linked_in.get(node.id, ()) if not above else ()
    above = above or next((threads(debate).path(step.target) for step in used if step.target != node.id), ())
    return tuple(link(debate, n) for n in above) or (topic(debate, node.topic),)


def _resolution_sentences(
    debate: Debate, node_id: str
) -> tuple[tuple[tuple[Link, ...], tuple[tuple[Link, ...], ...]], ...]:
    """What would settle whether a side of a dispute stands."""
    if node_id not in open_positions(debate):
        return ()
    return tuple(
        (sentence_links(debate, resolution.head), tuple(sentence_links(debate, words) for words in resolution.points))
        for resolution in resolutions(crux_finder(debate).analyse(node_id, brief=True))
    )


def _reason(debate: Debate, reason: Account) -> Reason:
    because = tuple(_reason(debate, inner) for inner in reason.because)
    return Reason(
        link(debate, reason.node), status(debate, reason.node), sentence_links(debate, reason.sentence), because
    )


def _stances(debate: Debate, node: Node) -> tuple[tuple[Link, str], ...]:
    """How everybody stands to the point, in the order of their ids."""
    stance_of = evaluate(debate).stances.now(node.id)
    return tuple((person(debate, p), stance_of[p]) for p in sorted(stance_of) if p in debate.participants)
