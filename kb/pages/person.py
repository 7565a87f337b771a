"""The page of a participant: what they hold, deny and conceded, what they took back, and what waits for their answer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from kb.indexed import topics
from kb.memory import once_each
from kb.parted import by_part
from kb.publishing import addresses
from kb.publishing.addresses import Draft, Page
from kb.publishing.cards import Link, person, prose, topic
from kb.publishing.dependencies import LINKED
from kb.publishing.disputes import Dispute, dispute
from kb.publishing.markup import lede, web_address
from kb.publishing.messages import interface_words
from kb.publishing.stands import positions
from kb.queries.participants import disputes_of, in_display_order, owed_moves
from kb.standing.acts import GIVES_UP
from kb.standing.stances import stances_of
from kb.vocabulary import STANCES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markupsafe import Markup

    from kb.debate import Debate

READS = LINKED

_GRANTS = frozenset({"concedes"})
_ACTS = _GRANTS | GIVES_UP
_SHOWN, _LEAST = 33, 3
"""The most points listed for a stance, since nobody reads more in one go; each topic gets at least so many while there is room."""


class TopicPoints(NamedTuple):
    """The points of one topic to which somebody has the same stance."""

    topic: Link
    nodes: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class StancePoints:
    """A stance and the points to which somebody has it."""

    word: str
    topics: tuple[TopicPoints, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Context:
    """What the template is given."""

    heading: str
    role: Markup | None
    url: str | None
    attribution: str
    attribution_note: Markup | None
    note: Markup | None
    owed_moves: tuple[str, ...]
    stances: tuple[StancePoints, ...]
    conceded: tuple[str, ...]
    withdrawn: tuple[str, ...]
    """Points that they took back, disowned or found to be only about words."""
    disputes: tuple[tuple[Dispute, tuple[tuple[str, Link], ...]], ...]
    """The disputes in which they take part, each with the answers to which they have a stance, and the message that says which."""
    list_address: str
    """The address of the list of disagreements that shows only theirs, if scripts run."""


def pages(debate: Debate) -> Iterator[Draft]:
    """A page for each participant."""
    for participant in in_display_order(debate):
        disputed = [row.id for row in disputes_of(debate, participant)]
        stances = stances_of(debate, participant)
        acts = [_points_acted_on(debate, kinds).get(participant, ()) for kinds in (_GRANTS, GIVES_UP)]
        waiting = owed_moves(debate, participant)
        points = {*waiting, *stances, *acts[0], *acts[1], *disputed}
        yield Draft(addresses.person(participant), (), points, partial(_page, debate, participant))


def _page(debate: Debate, participant: str) -> Page:
    name, role = person(debate, participant).name, debate.participants[participant].role
    about = lede(role, interface_words(debate).say("person.lead"))
    return Page(addresses.person(participant), name, _context(debate, participant, name), addresses.PEOPLE, about)


def _context(debate: Debate, participant: str, name: str) -> Context:
    record = debate.participants[participant]
    return Context(
        heading=name,
        role=prose(record.role),
        url=web_address(record.url),
        attribution=record.attribution.status,
        attribution_note=prose(record.attribution.note),
        note=prose(record.note),
        owed_moves=owed_moves(debate, participant),
        stances=tuple(_stance_points(debate, participant)),
        conceded=_points_acted_on(debate, _GRANTS).get(participant, ()),
        withdrawn=_points_acted_on(debate, GIVES_UP).get(participant, ()),
        disputes=tuple(_disputes_with_stances(debate, participant)),
        list_address=f"{addresses.OPEN}?by={participant}",
    )


def _disputes_with_stances(debate: Debate, participant: str) -> Iterator[tuple[Dispute, tuple[tuple[str, Link], ...]]]:
    """The disputes in which somebody takes part, and how they stand to the answers."""
    for disagreement in disputes_of(debate, participant):
        answers = positions(debate, disagreement)
        stances = tuple((p.stances[participant], p.point) for p in answers if participant in p.stances)
        yield dispute(debate, disagreement), stances


def _stance_points(debate: Debate, participant: str) -> Iterator[StancePoints]:
    """Somebody's points by stance and topic."""
    stance_of = stances_of(debate, participant)
    for word in STANCES:
        points = [point for point, stance in stance_of.items() if stance == word]
        if points:
            yield StancePoints(word, tuple(_points_by_topic(debate, points)), len(points))


def _points_by_topic(debate: Debate, points: list[str]) -> Iterator[TopicPoints]:
    by_topic: dict[str, list[str]] = {}
    for point in points:
        by_topic.setdefault(topics(debate)[point], []).append(point)
    each = len(points) if len(points) <= _SHOWN else max(_SHOWN // len(by_topic), _LEAST)
    left = _SHOWN
    for topic_id in debate.topic_order:
        if inside := by_topic.get(topic_id):
            shown = tuple(inside[: min(each, left)])
            left -= len(shown)
            yield TopicPoints(topic(debate, topic_id), shown, len(inside) - len(shown))


@once_each
def _points_acted_on(debate: Debate, kinds: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
    """By participant the points that they granted, or gave up (`kinds`), in the order of the debate."""
    points_by_person: dict[str, dict[str, None]] = {}
    for _, kind, maker, point in sorted(_acts(debate), key=lambda act: debate.order[act[0]]):
        if kind in kinds:
            points_by_person.setdefault(maker, {})[point] = None
    return {maker: tuple(points) for maker, points in points_by_person.items()}


@by_part
def _acts(debate: Debate) -> Sequence[tuple[str, str, str, str]]:
    """Every act of granting or giving up: the node that does it, the kind of its relation, who does it, and the point."""
    relations = (
        r for node in debate.nodes.values() for r in node.relations if r.kind in _ACTS and r.to in debate.nodes
    )
    return [(r.node, r.kind, maker, r.to) for r in relations for maker in debate.makers(r)]
