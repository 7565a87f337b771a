"""What can be found on a site, each with its address and its words: points, people, terms and senses, passages, topics, pages.

The search shows these in its results, and a preview shows them beside a link.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, cast

from kb.catalogue import key_of
from kb.evaluate import judgements
from kb.indexed import by_topic
from kb.memory import NUMBER_BITS, number
from kb.model import Citation
from kb.parted import by_part, each
from kb.publishing import addresses
from kb.publishing.cards import sense_name, short_names, sources_by_date, topic
from kb.publishing.dependencies import by_citations, by_structure
from kb.publishing.markup import clean, plain, with_direction
from kb.publishing.messages import interface_words
from kb.publishing.passage_pages import passage_address
from kb.publishing.single_pages import single_pages
from kb.queries.participants import in_display_order
from kb.queries.terms import nodes_by_term
from kb.queries.thread import reply_count
from kb.vocabulary import QUESTION, STATES, STATUSES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kb.debate import Debate
    from kb.model import Source, Term
    from kb.publishing.cards import Link


class Findable(NamedTuple):
    """A thing that can be found."""

    href: str
    kind: str
    name: str
    """Its title; empty if its text is its only name."""
    text: str
    people: str = ""
    """Who says it, for people to read."""
    status: str = ""
    points: str = ""
    """In words, how many points lie below a point, use a term, or stand in a passage or a topic."""
    ids: tuple[str, ...] = ()
    """Ids; whoever types one finds exactly this."""
    more: str = ""
    """Further words by which it is found, and which are not shown."""

    @property
    def row(self) -> tuple[str, ...]:
        """All of it but the ids, in plain values."""
        shown = self.href, self.kind, self.name, self.text, self.people, self.status, self.points
        return (*shown, self.more) if self.more else shown


def _from_row(row: Findable | Sequence[object]) -> Findable:
    """A row, be it just made or read from what was remembered."""
    if isinstance(row, Findable):
        return row
    href, kind, name, text, people, status, points, ids, more = cast("Findable", row)
    return Findable(href, kind, name, text, people, status, points, tuple(ids), more)


def _with_direction(thing: Findable) -> Findable:
    """A thing whose name and text are shown in the direction in which most of them runs."""
    return thing._replace(name=with_direction(thing.name), text=with_direction(thing.text))


def all_but_points(debate: Debate, own: Iterable[tuple[Link, str]] = ()) -> Mapping[str, tuple[Findable, ...]]:
    """All that can be found except points, by group, the most likely meant first; `own` has the pages that the debate's editors wrote."""
    groups = {name: tuple(map(_from_row, rows)) for name, rows in _structural_groups(debate)}
    written = (_with_direction(Findable(part.href, "page", part.name, text)) for part, text in own)
    return {
        "people": groups["people"],
        "terms": groups["terms"],
        "sources": tuple(map(_from_row, _sources(debate))),
        "pages": (*groups["pages"], *written),
    }


@by_structure
def _structural_groups(debate: Debate) -> Sequence[tuple[str, Sequence[Findable]]]:
    groups = {"people": _people, "terms": _terms, "pages": _pages}
    return [(name, [*map(_with_direction, things(debate))]) for name, things in groups.items()]


class _PointSummary(NamedTuple):
    """All that the search shows of a point or finds it by."""

    node: str
    kind: str
    below: int
    """How many points lie below it."""
    title: str | None
    text: str
    speakers: tuple[str, ...]
    status: str | None
    tags: tuple[str, ...]


def _point_summary(debate: Debate, node_id: str) -> _PointSummary:
    node, status = debate.nodes[node_id], judgements(debate)[node_id].status
    speakers = debate.speakers(node_id)
    return _PointSummary(
        node_id, node.kind, reply_count(debate, node_id), node.title, node.text, speakers, status, node.tags
    )


@by_part
def _word_marks(debate: Debate) -> Sequence[int]:
    nodes = debate.nodes.values()
    return [number((node.id, node.title, node.text, debate.speakers(node.id), node.tags)) for node in nodes]


def word_marks(debate: Debate) -> Mapping[str, int]:
    """By point a mark of all that it is found by: points with the same mark are found by the same words."""
    return each(debate, _word_marks(debate))


@by_part
def _ranks(debate: Debate) -> Sequence[int]:
    """For each point of a part its rank and a mark of all that the search knows of it, in one number, since large debates have many."""
    summaries = (_point_summary(debate, node_id) for node_id in debate.nodes)
    return [((-point.below << 1 | (point.kind != QUESTION)) << NUMBER_BITS) + number([*point]) for point in summaries]


def ranked_points(debate: Debate) -> Mapping[str, int]:
    """All points, each with a mark of all that the search knows of it: those with the most said about them first, and questions before others."""
    ranks = each(debate, _ranks(debate))
    first = {node_id: rank >> NUMBER_BITS for node_id, rank in ranks.items()}
    return {node_id: ranks[node_id] % (1 << NUMBER_BITS) for node_id in sorted(debate.ordered, key=first.__getitem__)}


def point(debate: Debate, node_id: str) -> Findable:
    """A point as it can be found."""
    summary = _point_summary(debate, node_id)
    name, text = plain(summary.title) if summary.title else "", plain(summary.text)
    thing = Findable(
        addresses.node(node_id),
        summary.kind,
        "" if name == text else name,
        text or ("" if name else node_id),
        ", ".join(short_names(debate, summary.speakers)),
        summary.status or "",
        interface_words(debate).say("count.below", n=summary.below) if summary.below else "",
        (node_id,),
        " ".join(summary.tags),
    )
    return _with_direction(thing)


def searched_fields(row: Sequence[str]) -> tuple[str, ...]:
    """Those fields of a row by which it is found: not its kind, its status, or its number of points."""
    href, _, name, text, people, _, _, *more = row
    return href, name, text, people, *more


def point_from_row(row: Sequence[str]) -> Findable:
    """The point of which this row was made."""
    href, kind, name, text, people, status, below, *more = row
    return Findable(href, kind, name, text, people, status, below, (addresses.node_id_at(href),), "".join(more))


def _point_count(debate: Debate, nodes: Collection[str]) -> str:
    """How many points these are, in words; empty for none."""
    return interface_words(debate).say("count.points", n=len(nodes)) if nodes else ""


def _people(debate: Debate) -> Iterator[Findable]:
    for who in in_display_order(debate):
        record = debate.participants[who]
        yield Findable(addresses.person(who), "person", clean(record.name), plain(record.role or ""), ids=(who,))


def _terms(debate: Debate) -> Iterator[Findable]:
    """Terms, those that most points use first, each followed by its senses."""
    used = nodes_by_term(debate)
    for record in sorted(debate.terms.values(), key=lambda t: (-len(used.get(t.id, ())), t.id)):
        yield from _term(debate, record)


def _term(debate: Debate, record: Term) -> Iterator[Findable]:
    used, name = nodes_by_term(debate), clean(record.term)
    text = " · ".join(f"{sense_name(sense.id)}: {plain(sense.text)}" for sense in record.senses)
    yield Findable(
        addresses.term(record.id),
        "term",
        name,
        text,
        points=_point_count(debate, used.get(record.id, ())),
        ids=(record.id,),
    )
    for sense in record.senses:
        id_ = f"{record.id}/{sense.id}"
        yield Findable(
            addresses.term(id_),
            "sense",
            f"{name} ({sense_name(sense.id)})",
            plain(sense.text),
            ", ".join(short_names(debate, sense.by)),
            points=_point_count(debate, used.get(id_, ())),
            ids=(id_,),
        )


def _sources(debate: Debate) -> Iterator[Findable]:
    """All sources, then their passages in the order of reading."""
    groups = [_source(debate, source) for source in sources_by_date(debate)]
    yield from (thing for thing, *_ in groups)
    yield from chain.from_iterable(passages for _, *passages in groups)


@by_citations
def _source(debate: Debate, source: Source) -> Sequence[Findable]:
    """A source, then its passages."""
    people = ", ".join(map(clean, source.authors))
    note = plain(source.note or "")
    thing = Findable(addresses.source(source.id), "source", clean(source.title), note, people, ids=(source.id,))
    return [*map(_with_direction, (thing, *_passages(debate, source)))]


def _passages(debate: Debate, source: Source) -> Iterator[Findable]:
    """The passages of a source, with each item of a run-together list; a passage that makes no point says why."""
    title = clean(source.title)
    for passage in source.passages:
        items = debate.items(source.id, passage)
        cited = debate.citing.get((source.id, passage.id), ())
        for name in items if items and not cited else (passage.id, *items):
            yield Findable(
                passage_address(debate, Citation(source.id, name)),
                "passage",
                f"{name} · {title}",
                plain(passage.skip or ""),
                ", ".join(short_names(debate, passage.by)),
                points=_point_count(debate, debate.citing.get((source.id, name), ())),
                ids=(name,),
                more=source.id.replace("-", " "),
            )


def _pages(debate: Debate) -> Iterator[Findable]:
    """The topics, and the pages about the debate as a whole."""
    say = interface_words(debate).say
    for topic_id, nodes in by_topic(debate).items():
        record, link = debate.topics.get(topic_id), topic(debate, topic_id)
        about = plain(record.description or "") if record is not None else ""
        yield Findable(link.href, "topic", link.name, about, points=_point_count(debate, nodes), ids=(topic_id,))
    words = ", ".join(
        say(key_of(*word)) for word in (*(("status", s) for s in STATUSES), *(("state", s) for s in STATES))
    )
    about_page = {addresses.HOME: plain(debate.settings.description or ""), addresses.ABOUT: words}
    yield from (Findable(page.href, "page", page.name, about_page.get(page.href, "")) for page in single_pages(debate))
