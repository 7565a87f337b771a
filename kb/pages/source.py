"""The page of a source: its passages in reading order, who speaks, whom each answers, what it says, and its points beside it.

If the editors recorded the words of a passage, they stand there; if not, the words of its points stand for it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from kb.chronicle.turns import passages_by_prefix, runs
from kb.memory import once_each
from kb.model import Citation
from kb.publishing import addresses
from kb.publishing.addresses import Draft, Page
from kb.publishing.bearings import bearings, used_for
from kb.publishing.cards import (
    Link,
    Status,
    Tie,
    attributed_names,
    coverage_by_source,
    link,
    people,
    prose,
    short_names,
    status,
)
from kb.publishing.dependencies import WORDS
from kb.publishing.markup import clean, inline, lede, unlinked, web_address
from kb.publishing.messages import interface_words
from kb.publishing.paging import part_addresses, with_addresses
from kb.publishing.passage_pages import passage_address, passages_by_page
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markupsafe import Markup

    from kb.debate import Debate
    from kb.model import Node, Passage, Source
    from kb.publishing.bearings import Bearing

READS = WORDS

_BEARINGS = 3
"""How many of the points to which one responds are named beside it; its page has all."""


class BearingView(NamedTuple):
    """What a point does to another, and with which linked premises; of an undercut also the node that makes the step it denies."""

    tie: Tie
    target: Link
    step: Link | None
    linked: tuple[Link, ...]


class Point(NamedTuple):
    """A point of a passage, and what stands beside it: its title, how surely it was said, whether it stands, what it bears on."""

    link: Link
    text: Markup | None
    """Its words; None if they stand above with an earlier passage."""
    has_title: bool
    """Whether it has a title besides its words."""
    is_question: bool
    certainty: str
    view: str
    """Whose view the speaker reports, if it is not their own."""
    status: Status | None
    bearings: tuple[BearingView, ...]


class PassageView(NamedTuple):
    """A passage, or an item of a run-together list, with the points that cite it."""

    id: str
    anchor: str
    text: Markup | None
    """The words of the passage, if they are recorded; those of a list stand with the first of its items."""
    points: tuple[Point, ...]
    skip: Markup | None
    list_anchor: str
    """The anchor of the list that begins here, if the list has no place of its own."""
    list_id: str
    """The list to which it belongs, if points cite that as a whole."""


class Turn(NamedTuple):
    """Successive passages by the same speakers in answer to the same passages."""

    speakers: tuple[Link, ...]
    date: str
    answers: tuple[Link, ...]
    answered_by: tuple[Link, ...]
    """Links to the turns that answer it, by their first passages."""
    passages: tuple[PassageView, ...]

    @property
    def is_quoted(self) -> bool:
        """Whether any of its words are recorded."""
        return any(passage.text for passage in self.passages)


@dataclass(frozen=True, slots=True)
class Context:
    """What the template is given."""

    heading: str
    type: str
    authors: tuple[str, ...]
    date: str
    url: str | None
    attribution: str
    attribution_note: Markup | None
    note: Markup | None
    parts: tuple[str, ...]
    """Addresses of the pages of the source, if there are several."""
    title_nodes: tuple[str, ...]
    """Points that the title itself makes, or that cite no passage."""
    turns: tuple[Turn, ...]
    cited: int
    skipped: int
    uncited: int


def pages(debate: Debate) -> Iterator[Draft]:
    """A page for each source, or several if one would be too long."""
    for source in debate.sources.values():
        first = addresses.source(source.id)
        source_pages = with_addresses(first, passages_by_page(debate, source.id))
        others = part_addresses(source_pages)
        for path, leaf in source_pages:
            title_passage = (None,) if path == first else ()
            names = (
                *title_passage,
                *(name for passage in leaf for name in (passage.id, *debate.items(source.id, passage))),
            )
            citing = [debate.citing.get((source.id, name), ()) for name in names]
            make = partial(_page, debate, source, path, leaf, others)
            yield Draft(path, (citing, coverage_by_source(debate)[source.id]), chain.from_iterable(citing), make)


def _page(debate: Debate, source: Source, path: str, leaf: tuple[Passage, ...], others: tuple[str, ...]) -> Page:
    title_nodes = debate.citing.get((source.id, None), ()) if path == addresses.source(source.id) else ()
    context = _context(debate, source, leaf, title_nodes, others)
    about = lede(", ".join(context.authors), interface_words(debate).say("source.cited", n=context.cited))
    return Page(path, context.heading, context, addresses.SOURCES, about)


def _context(
    debate: Debate, source: Source, leaf: tuple[Passage, ...], title_nodes: tuple[str, ...], others: tuple[str, ...]
) -> Context:
    counts = coverage_by_source(debate)[source.id]
    return Context(
        heading=clean(source.title),
        type=clean(source.type or ""),
        authors=tuple(map(clean, source.authors)),
        date=clean(source.date or ""),
        url=web_address(source.url),
        attribution=source.attribution.status,
        attribution_note=prose(source.attribution.note),
        note=prose(source.note),
        parts=others,
        title_nodes=title_nodes,
        turns=tuple(_turns(debate, source, leaf, set(title_nodes))),
        cited=counts.cited,
        skipped=counts.skipped,
        uncited=counts.uncited,
    )


def _turns(debate: Debate, source: Source, leaf: tuple[Passage, ...], shown: set[str]) -> Iterator[Turn]:
    """The passages of a page joined to turns; `shown` are the points that the page shows in full above."""
    opening, answering = passages_by_prefix(debate, source.id), _answering_turns(debate, source.id)
    for run in runs(leaf):
        yield Turn(
            people(debate, run[0].by),
            clean(run[0].date or ""),
            tuple(_passage_link(debate, source, opening, name) for name in run[0].replies_to),
            tuple(
                _passage_link(debate, source, opening, name)
                for passage in run
                for name in answering.get(passage.id, ())
            ),
            tuple(view for passage in run for view in _passage_views(debate, source, passage, shown)),
        )


@once_each
def _answering_turns(debate: Debate, source: str) -> Mapping[str, list[str]]:
    """By passage the turns that answer it, or the comment that it opens; each turn is given by its first passage."""
    turns: dict[str, list[str]] = defaultdict(list)
    opening = passages_by_prefix(debate, source)
    for run in runs(debate.sources[source].passages):
        opening_passages = (opening.get(name) for name in run[0].replies_to)
        for passage in dict.fromkeys(p.id for p in opening_passages if p is not None):
            turns[passage].append(run[0].id)
    return turns


def _passage_link(debate: Debate, source: Source, opening: Mapping[str, Passage], name: str) -> Link:
    """A link to a passage, or to the first of a comment, with its speakers; without an address if there is no such passage."""
    passage = opening.get(name)
    if passage is None:
        return Link("", clean(name))
    speakers = short_names(debate, passage.by)
    return Link(passage_address(debate, Citation(source.id, passage.id)), ", ".join([*speakers, clean(name)]))


def _passage_views(debate: Debate, source: Source, passage: Passage, shown: set[str]) -> Iterator[PassageView]:
    """A passage; for a run-together list its items, and before them the list if points cite it as a whole."""

    def citing(name: str) -> tuple[str, ...]:
        return debate.citing.get((source.id, name), ())

    citing_whole, skip = citing(passage.id), prose(passage.skip)
    names = list(debate.items(source.id, passage))
    if citing_whole or not names:
        names.insert(0, passage.id)
    for name in names:
        list_anchor = addresses.passage_anchor(passage.id) if name == names[0] != passage.id else ""
        text = prose(passage.text) if name == names[0] else None
        points = tuple(_point(debate, debate.nodes[node_id], shown) for node_id in citing(name))
        yield PassageView(
            name, addresses.passage_anchor(name), text, points, skip, list_anchor, passage.id if citing_whole else ""
        )


def _point(debate: Debate, node: Node, shown: set[str]) -> Point:
    """A point with what stands beside it; only its name if the page has shown it above."""
    point_link = link(debate, node.id)
    if node.id in shown:
        return Point(
            point_link, None, has_title=True, is_question=False, certainty="", view="", status=None, bearings=()
        )
    shown.add(node.id)
    has_title = bool(node.title and node.text)
    text = inline(node.text or "") if has_title else unlinked(node.label)
    certainty = "" if node.certainty == "asserted" else node.certainty
    bearing_views = dict.fromkeys(
        _bearing_view(debate, bearing) for bearing in chain(bearings(debate, node), used_for(debate, node))
    )
    is_question, view = node.kind == QUESTION, attributed_names(debate, node)
    return Point(
        point_link,
        text,
        has_title,
        is_question,
        certainty,
        view,
        status(debate, node.id),
        tuple(islice(bearing_views, _BEARINGS)),
    )


def _bearing_view(debate: Debate, bearing: Bearing) -> BearingView:
    step = None if bearing.step is None else link(debate, bearing.step[0])
    return BearingView(bearing.tie, link(debate, bearing.target), step, bearing.linked)
