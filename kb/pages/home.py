"""The front page: what is debated, the sides on the main questions, what is open and who owes the next word, where to start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kb.chronicle.turns import spoken_turns
from kb.disagreements import disagreements
from kb.evaluate import judgements
from kb.indexed import by_topic, kinds
from kb.parted import near
from kb.publishing import addresses
from kb.publishing.addresses import Page
from kb.publishing.cards import (
    Link,
    Status,
    coverage_by_source,
    link,
    people,
    person,
    prose,
    sentence_links,
    sources_by_date,
    status,
    topic,
)
from kb.publishing.dependencies import LINKED
from kb.publishing.disputes import Dispute, SideView, dispute, dispute_about, list_addresses
from kb.publishing.markup import clean, lede, unlinked
from kb.publishing.messages import debate_title, interface_words
from kb.publishing.pictured import debate_poster
from kb.publishing.schema_org import dataset
from kb.publishing.stands import other_answers, stands
from kb.queries.participants import in_display_order, owed_moves
from kb.queries.state import undisputed_phrase
from kb.queries.telling import head_count
from kb.queries.thread import reply_count
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from kb.debate import Debate
    from kb.model import Source

READS = LINKED

_ROWS = 6
"""How many open disagreements the front page lists; the rest is on their own page."""
_SETTLED = 4
_STANDING = 5
_ALSO_STANDING = 60
"""How many more points that stand are folded below the first ones; the index has all."""
_ANSWERS = 3
"""How many answers to a main question are listed; its page has all."""
_DEBTORS = 12
"""How many of those who owe the next word are named; the list of people shows it for everybody."""
_PARTS = 60
"""How many topics and sources are named; their own lists have all."""


class Answer(NamedTuple):
    """An answer to a main question, in a line: who holds it, and whether it stands."""

    side: SideView | None
    """None if the answer is no side of a dispute; then `speakers` are those who gave it."""
    speakers: tuple[Link, ...]
    point: Link
    status: Status | None


class Lead(NamedTuple):
    """A main question or thesis: its words, the dispute about it, and the answers on record."""

    node: Link
    kind: str
    text: Markup | None
    """Its words, if it has a title besides."""
    dispute: Dispute | None
    undisputed_sentence: tuple[Link, ...]
    """What is told of a question or thesis about which nobody disagrees."""
    answers: tuple[Answer, ...]
    more: int
    replies: int


@dataclass(frozen=True, slots=True)
class Debtor:
    """Somebody who owes the next word, and the latest move that waits for them."""

    person: Link
    count: int
    latest: str


@dataclass(frozen=True, slots=True)
class Row:
    """A topic with the number of its points, or a source with the number of its passages, in a line."""

    link: Link
    about: Markup | None
    count: int


@dataclass(frozen=True, slots=True)
class Context:
    """What the template is given."""

    heading: str
    lede: Markup | None
    points: int
    people: int
    documents: int
    leads: tuple[Lead, ...]
    open: tuple[Dispute, ...]
    open_count: int
    """How many disputes are not settled."""
    unanswered_count: int
    """How many questions nobody answered."""
    settled: tuple[Dispute, ...]
    settled_count: int
    settled_address: str
    """The address at which the list of disputes comes to the settled ones."""
    standing: tuple[str, ...]
    """The first of the points that stand after challenge."""
    also_standing: tuple[str, ...]
    standing_more: int
    standing_count: int
    debtors: tuple[Debtor, ...]
    debtors_more: int
    """How many others owe the next word."""
    owing_count: int
    """How many people owe the next word, which the verb depends on."""
    story: bool
    """Whether there is an account of how the debate went."""
    matrix: bool
    """Whether there is a table of who stands where."""
    terms: bool
    topics: tuple[Row, ...]
    topics_more: int
    sources: tuple[Row, ...]
    sources_more: int


def pages(debate: Debate) -> Iterator[Page]:
    """The front page."""
    name = debate_title(debate)
    about = lede(debate.settings.description) or interface_words(debate).say("nodes.lead", n=len(debate.nodes))
    yield Page(
        addresses.HOME,
        name,
        _context(debate, name),
        addresses.HOME,
        about,
        addresses.FEED,
        addresses.PICTURE if debate_poster(debate) is not None else "",
        dataset(debate),
    )


def _context(debate: Debate, name: str) -> Context:
    topics, documents = by_topic(debate), sources_by_date(debate)
    leads = tuple(_lead(debate, n) for n in _main_nodes(debate))
    lead_ids = {lead.dispute.id for lead in leads if lead.dispute}
    ranked = disagreements(debate)
    unsettled = [d for d in ranked if not d.settled and d.id not in lead_ids]
    settled = [d for d in ranked if d.settled and d.id not in lead_ids]
    standing, debtors = _standing_points(debate), _debtors(debate)
    return Context(
        heading=name,
        lede=prose(debate.settings.description),
        points=len(debate.nodes),
        people=len(debate.participants),
        documents=len(debate.sources),
        leads=leads,
        open=tuple(dispute(debate, d) for d in unsettled[:_ROWS]),
        open_count=sum(not d.settled and d.state != "unanswered" for d in ranked),
        unanswered_count=sum(d.state == "unanswered" for d in ranked),
        settled=tuple(dispute(debate, d) for d in settled[:_SETTLED]),
        settled_count=sum(d.settled for d in ranked),
        settled_address=next(
            (f"{list_addresses(debate)[d.id].partition('#')[0]}#settled" for d in ranked if d.settled), ""
        ),
        standing=tuple(standing[:_STANDING]),
        also_standing=tuple(standing[_STANDING:_ALSO_STANDING]),
        standing_more=max(len(standing) - _ALSO_STANDING, 0),
        standing_count=len(standing),
        debtors=debtors[:_DEBTORS],
        debtors_more=max(len(debtors) - _DEBTORS, 0),
        owing_count=head_count(debate, _debtor_ids(debate)),
        story=bool(spoken_turns(debate)),
        matrix=bool(stands(debate)),
        terms=bool(debate.terms),
        topics=tuple(_topic(debate, t) for t in list(topics)[:_PARTS]),
        topics_more=max(len(topics) - _PARTS, 0),
        sources=tuple(_source(debate, s) for s in documents[:_PARTS]),
        sources_more=max(len(documents) - _PARTS, 0),
    )


def _main_nodes(debate: Debate) -> list[str]:
    """The questions or theses to lead with: those that `kb.yaml` names, else the two with the most said on them."""
    named = [n for n in debate.settings.main if n in debate.nodes]
    if named:
        return named
    candidates = [n for n in debate.nodes if kinds(debate)[n] == QUESTION] or list(debate.nodes)
    return sorted(candidates, key=lambda n: (-reply_count(debate, n), debate.order[n]))[:2]


def _lead(debate: Debate, node_id: str) -> Lead:
    node, dispute = debate.nodes[node_id], dispute_about(debate, node_id)
    answers = tuple(_answers(debate, node_id, dispute))
    return Lead(
        node=link(debate, node_id),
        kind="question" if node.kind == QUESTION else "thesis",
        text=unlinked(node.text) if node.title and node.text else None,
        dispute=dispute,
        undisputed_sentence=sentence_links(debate, undisputed_phrase(near(debate, node_id), node_id) or ())
        if not answers
        else (),
        answers=answers[:_ANSWERS],
        more=max(len(answers) - _ANSWERS, 0),
        replies=reply_count(debate, node_id),
    )


def _answers(debate: Debate, node_id: str, dispute: Dispute | None) -> Iterator[Answer]:
    """The sides of the dispute, then other answers, those with most below them first."""
    sides = dispute.sides if dispute else ()
    for side in sides:
        yield Answer(side, (), link(debate, side.position), status(debate, side.position))
    for answer in other_answers(debate, node_id, [side.position for side in sides]):
        yield Answer(None, people(debate, debate.speakers(answer)), link(debate, answer), status(debate, answer))


def _standing_points(debate: Debate) -> list[str]:
    """Points that stand after challenge, those with the most said about them first."""
    judgement_of = judgements(debate)
    standing = (n for n in debate.ordered if judgement_of[n].status == "stands")
    return sorted(standing, key=lambda n: (-reply_count(debate, n), debate.order[n]))


def _debtor_ids(debate: Debate) -> tuple[str, ...]:
    """Those who owe the next word somewhere."""
    return tuple(p for p in in_display_order(debate) if owed_moves(debate, p))


def _debtors(debate: Debate) -> tuple[Debtor, ...]:
    """Those who owe the next word, with those first for whom most moves wait."""
    debts = sorted(((p, owed_moves(debate, p)) for p in _debtor_ids(debate)), key=lambda debt: -len(debt[1]))
    return tuple(Debtor(person(debate, p), len(moves), moves[-1]) for p, moves in debts)


def _topic(debate: Debate, topic_id: str) -> Row:
    record = debate.topics.get(topic_id)
    about = prose(record.description) if record is not None else None
    return Row(topic(debate, topic_id), about, len(by_topic(debate)[topic_id]))


def _source(debate: Debate, source: Source) -> Row:
    source_link = Link(addresses.source(source.id), clean(source.title))
    return Row(source_link, prose(source.note), coverage_by_source(debate)[source.id].passages)
