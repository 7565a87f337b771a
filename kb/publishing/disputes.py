"""A disagreement as a page tells it: the sides with what they hold, what waits for an answer, and who owes the next word."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.contention.moves import moves
from kb.disagreements import FORMER, NEVER, UNDISPUTING, departure, disagreement, disagreements, only_denies
from kb.evaluate import evaluate
from kb.memory import once, once_each
from kb.parted import by_part, whole
from kb.publishing import addresses
from kb.publishing.cards import Link, citations, label, people, sentence_links, term
from kb.publishing.dependencies import by_structure
from kb.publishing.markup import plain
from kb.publishing.paging import cut, with_addresses
from kb.queries.because import deed_phrase, deeds_behind
from kb.queries.debts import debts
from kb.queries.state import why
from kb.queries.telling import head_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kb.contention.rows import Disagreement, TermUse
    from kb.debate import Debate
    from kb.model import Citation


A_PAGE = 33
"""How many disagreements stand on one page of the list."""
_PARTINGS = {NEVER: "side.never", UNDISPUTING: "side.undisputing", FORMER: "side.former"}


class SideView(NamedTuple):
    """One side: those who hold it, are said to hold it, and held it once, and the node that states its answer (for mere denial its first objection)."""

    people: tuple[Link, ...]
    attributed: tuple[Link, ...]
    former: tuple[Link, ...]
    parting: str
    """The message that says how the former holders left it."""
    position: str
    denies: bool
    holds: bool
    """Whether the side holds the node in dispute itself."""


class Use(NamedTuple):
    """A sense of a term, what it says, and the participants who use the term in this sense."""

    term: Link
    text: str
    people: tuple[Link, ...]


class Dispute(NamedTuple):
    """A disagreement in words."""

    id: str
    href: str
    anchor: str
    """Its id in the list of disagreements."""
    list_address: str
    """Its place in that list."""
    name: str
    state: str
    why: tuple[Link, ...]
    """Why it is in its state: plain words, and nodes with their addresses."""
    settled: bool
    joined: bool
    sides: tuple[SideView, ...]
    waiting_moves: tuple[str, ...]
    """Moves that nobody answered, the latest first."""
    passed_over: tuple[str, ...]
    owed_by: tuple[Link, ...]
    owing_count: int
    """How many people owe the next word, which the verb depends on."""
    parts: tuple[tuple[str, str], ...]
    """Contested nodes within it, each with its state."""
    uses: tuple[Use, ...]
    size: int


class DeedView(NamedTuple):
    """An act behind the state of a disagreement, in words, and the passage in which it was done."""

    words: tuple[Link, ...]
    place: tuple[Link, ...]


class DebtView(NamedTuple):
    """A move that waits: for whom, and since which passage."""

    move: str
    owed_by: tuple[Link, ...]
    since: tuple[Link, ...]


class Ground(NamedTuple):
    """What puts a disagreement into its state: the acts, and the moves that wait for an answer, the latest first."""

    deeds: tuple[DeedView, ...]
    debts: tuple[DebtView, ...]


def ground(debate: Debate, node_id: str) -> Ground | None:
    """What puts the disagreement about this very node into its state; None if there is no such disagreement."""
    row = disagreement(debate, node_id)
    if row is None:
        return None
    deeds = deeds_behind(debate, row)
    waiting = [debt for debt in debts(debate, row) if debt.due and debt.move != node_id]
    places = _citation_links(debate, [d.citation for d in deeds])
    since = _citation_links(debate, [d.citation for d in waiting])
    return Ground(
        tuple(
            DeedView(sentence_links(debate, deed_phrase(debate, d)), where)
            for d, where in zip(deeds, places, strict=True)
        ),
        tuple(DebtView(d.move, people(debate, d.owed_by), where) for d, where in zip(waiting, since, strict=True)),
    )


def _citation_links(debate: Debate, cited: Iterable[Citation | None]) -> Iterator[tuple[Link, ...]]:
    """Links to passages, line by line; the source is named unless the line before has the same."""
    last = ""
    for citation in cited:
        links = citations(debate, (citation,)) if citation is not None else ()
        if citation is not None and citation.passage and citation.source == last:
            links = tuple(link._replace(name=citation.passage) for link in links)
        last = citation.source if citation is not None else last
        yield links


def dispute(debate: Debate, disagreement: Disagreement) -> Dispute:
    """A disagreement in words."""
    return _dispute(whole(debate), disagreement)


class _PartDetails(NamedTuple):
    """What only its part of the debate can tell about a disagreement."""

    id: str
    why: Sequence[tuple[str, str, bool]]
    waiting_moves: Sequence[str]
    sides: Sequence[tuple[str, bool]]
    """For each side how its former holders left it, and whether it only denies."""


@once
def _details_by_id(debate: Debate) -> Mapping[str, _PartDetails]:
    return {row[0]: _PartDetails(*row) for row in _part_details(debate)}


@by_part
def _part_details(debate: Debate) -> Sequence[_PartDetails]:
    when = moves(debate).when
    return [
        _PartDetails(
            row.id,
            sentence_links(debate, why(debate, row)),
            [n for n in sorted(row.unanswered, key=when, reverse=True) if n != row.id],
            [(_PARTINGS[departure(debate, side)], only_denies(debate, row, side)) for side in row.sides],
        )
        for row in disagreements(debate)
    ]


@once
def list_addresses(debate: Debate) -> Mapping[str, str]:
    """The place of each disagreement in the list of them: the most consequential first, the settled ones last."""
    return {
        name: f"{path}#{addresses.dispute_anchor(name)}"
        for path, names in with_addresses(addresses.OPEN, cut(_ids_in_order(debate), A_PAGE))
        for name in names
    }


@by_structure
def _ids_in_order(debate: Debate) -> Sequence[str]:
    return [row.id for row in disagreements(debate)]


@once
def disputes_by_node(debate: Debate) -> Mapping[str, tuple[Dispute, ...]]:
    """The disagreements each node belongs to, its own first."""
    views_by_node: dict[str, list[Dispute]] = {}
    for row in disagreements(debate):
        view = dispute(debate, row)
        for node_id in (row.id, *(n for n in row.nodes if n != row.id)):
            views_by_node.setdefault(node_id, []).append(view)
    return {n: tuple(sorted(views, key=lambda v: v.id != n)) for n, views in views_by_node.items()}


@once
def open_positions(debate: Debate) -> frozenset[str]:
    """Points with a verdict on which sides stand that are still in dispute."""
    rows = (row for row in disagreements(debate) if not row.settled and row.state != "unanswered")
    positions = (side.position for row in rows for side in row.sides)
    return frozenset(point for point in positions if evaluate(debate).verdict(point) is not None)


def dispute_about(debate: Debate, node_id: str) -> Dispute | None:
    """The disagreement that is about this very node, if there is one."""
    row = disagreement(debate, node_id)
    return None if row is None else dispute(debate, row)


@once_each
def _dispute(debate: Debate, disagreement: Disagreement) -> Dispute:
    details = _details_by_id(debate)[disagreement.id]
    return Dispute(
        id=disagreement.id,
        href=addresses.node(disagreement.id),
        anchor=addresses.dispute_anchor(disagreement.id),
        list_address=list_addresses(debate)[disagreement.id],
        name=label(debate, disagreement.id),
        state=disagreement.state,
        why=tuple(Link(*words) for words in details.why),
        settled=disagreement.settled,
        joined=disagreement.joined,
        sides=() if disagreement.state == "unanswered" else tuple(_side_views(debate, disagreement, details)),
        waiting_moves=tuple(details.waiting_moves),
        passed_over=disagreement.passed_over,
        owed_by=people(debate, disagreement.owed_by),
        owing_count=head_count(debate, disagreement.owed_by),
        parts=tuple((part.id, part.state) for part in disagreement.parts),
        uses=tuple(view for use in disagreement.senses if (view := _term_use(debate, use)) is not None),
        size=len(disagreement.nodes),
    )


def _side_views(debate: Debate, disagreement: Disagreement, details: _PartDetails) -> Iterator[SideView]:
    """The sides, and whether each states an answer of its own or only denies another's."""
    for side, (parting, denies) in zip(disagreement.sides, details.sides, strict=True):
        yield SideView(
            people(debate, [who for who in side.participants if who not in side.attributed]),
            people(debate, [who for who in side.participants if who in side.attributed]),
            people(debate, side.former),
            parting,
            side.position,
            denies,
            holds=side.position == disagreement.id,
        )


def _term_use(debate: Debate, use: TermUse) -> Use | None:
    link = term(debate, f"{use.term}/{use.sense}") or term(debate, use.term)
    record = debate.terms.get(use.term)
    text = next((sense.text for sense in record.senses if sense.id == use.sense), "") if record else ""
    return None if link is None else Use(link, plain(text), people(debate, use.participants))
