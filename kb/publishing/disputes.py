"""A disagreement as a page tells it: the sides with what they hold, what waits for an answer, and who owes the next word."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.contention.moves import moves
from kb.disagreements import FORMER, NEVER, UNDISPUTING, departure, disagreement, disagreements, only_denies
from kb.evaluate import evaluate
from kb.memory import once, once_each
from kb.parted import by_part, whole
from kb.publishing import addresses
from kb.publishing.cards import Link, citations, label, people, term, told
from kb.publishing.faces import by_structure
from kb.publishing.markup import plain
from kb.publishing.paging import cut, placed
from kb.queries.because import deed_phrase as in_words
from kb.queries.because import deeds_behind
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
    taken: tuple[Link, ...]
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
    listed: str
    """Its place in that list."""
    name: str
    state: str
    why: tuple[Link, ...]
    """Why it is in its state: plain words, and nodes with their addresses."""
    settled: bool
    joined: bool
    sides: tuple[SideView, ...]
    waiting: tuple[str, ...]
    """Moves that nobody answered, the latest first."""
    passed_over: tuple[str, ...]
    owed_by: tuple[Link, ...]
    owing: int
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
    found = disagreement(debate, node_id)
    if found is None:
        return None
    deeds = deeds_behind(debate, found)
    waiting = [debt for debt in debts(debate, found) if debt.due and debt.move != node_id]
    said = _cited(debate, [d.citation for d in deeds])
    since = _cited(debate, [d.citation for d in waiting])
    return Ground(
        tuple(DeedView(told(debate, in_words(debate, d)), where) for d, where in zip(deeds, said, strict=True)),
        tuple(DebtView(d.move, people(debate, d.owed_by), where) for d, where in zip(waiting, since, strict=True)),
    )


def _cited(debate: Debate, cited: Iterable[Citation | None]) -> Iterator[tuple[Link, ...]]:
    """Links to passages, line by line; the source is named unless the line before has the same."""
    last = ""
    for citation in cited:
        found = citations(debate, (citation,)) if citation is not None else ()
        if citation is not None and citation.passage and citation.source == last:
            found = tuple(link._replace(name=citation.passage) for link in found)
        last = citation.source if citation is not None else last
        yield found


def dispute(debate: Debate, found: Disagreement) -> Dispute:
    """A disagreement in words."""
    return _told(whole(debate), found)


@once_each
def _told(debate: Debate, found: Disagreement) -> Dispute:
    return _view(debate, found, _inner(debate)[found.id])


class _Inner(NamedTuple):
    """What only its part of the debate can tell about a disagreement."""

    id: str
    why: Sequence[tuple[str, str, bool]]
    waiting: Sequence[str]
    sides: Sequence[tuple[str, bool]]
    """For each side how its former holders left it, and whether it only denies."""


@once
def _inner(debate: Debate) -> Mapping[str, _Inner]:
    return {row[0]: _Inner(*row) for row in _rows(debate)}


@by_part
def _rows(debate: Debate) -> Sequence[_Inner]:
    when = moves(debate).when
    return [
        _Inner(
            found.id,
            told(debate, why(debate, found)),
            [n for n in sorted(found.unanswered, key=when, reverse=True) if n != found.id],
            [(_PARTINGS[departure(debate, side)], only_denies(debate, found, side)) for side in found.sides],
        )
        for found in disagreements(debate)
    ]


@once
def listed(debate: Debate) -> Mapping[str, str]:
    """The place of each disagreement in the list of them: the most consequential first, the settled ones last."""
    return {
        name: f"{path}#{addresses.dispute_anchor(name)}"
        for path, names in placed(addresses.OPEN, cut(_in_order(debate), A_PAGE))
        for name in names
    }


@by_structure
def _in_order(debate: Debate) -> Sequence[str]:
    return [found.id for found in disagreements(debate)]


@once
def about(debate: Debate) -> Mapping[str, tuple[Dispute, ...]]:
    """The disagreements each node belongs to, its own first."""
    found: dict[str, list[Dispute]] = {}
    for row in disagreements(debate):
        view = dispute(debate, row)
        for node_id in (row.id, *(n for n in row.nodes if n != row.id)):
            found.setdefault(node_id, []).append(view)
    return {n: tuple(sorted(views, key=lambda v: v.id != n)) for n, views in found.items()}


@once
def open_positions(debate: Debate) -> frozenset[str]:
    """Points with a verdict on which sides stand that are still in dispute."""
    rows = (found for found in disagreements(debate) if not found.settled and found.state != "unanswered")
    held = (side.position for found in rows for side in found.sides)
    return frozenset(point for point in held if evaluate(debate).verdict(point) is not None)


def own(debate: Debate, node_id: str) -> Dispute | None:
    """The disagreement that is about this very node, if there is one."""
    found = disagreement(debate, node_id)
    return None if found is None else dispute(debate, found)


def _view(debate: Debate, found: Disagreement, inner: _Inner) -> Dispute:
    return Dispute(
        id=found.id,
        href=addresses.node(found.id),
        anchor=addresses.dispute_anchor(found.id),
        listed=listed(debate)[found.id],
        name=label(debate, found.id),
        state=found.state,
        why=tuple(Link(*words) for words in inner.why),
        settled=found.settled,
        joined=found.joined,
        sides=() if found.state == "unanswered" else tuple(_sides(debate, found, inner)),
        waiting=tuple(inner.waiting),
        passed_over=found.passed_over,
        owed_by=people(debate, found.owed_by),
        owing=head_count(debate, found.owed_by),
        parts=tuple((part.id, part.state) for part in found.parts),
        uses=tuple(use for used in found.senses if (use := _use(debate, used)) is not None),
        size=len(found.nodes),
    )


def _sides(debate: Debate, found: Disagreement, inner: _Inner) -> Iterator[SideView]:
    """The sides, and whether each states an answer of its own or only denies another's."""
    for side, (parted_by, denies) in zip(found.sides, inner.sides, strict=True):
        yield SideView(
            people(debate, [who for who in side.participants if who not in side.attributed]),
            people(debate, [who for who in side.participants if who in side.attributed]),
            people(debate, side.former),
            parted_by,
            side.position,
            denies,
            holds=side.position == found.id,
        )


def _use(debate: Debate, used: TermUse) -> Use | None:
    named = term(debate, f"{used.term}/{used.sense}") or term(debate, used.term)
    record = debate.terms.get(used.term)
    said = next((sense.text for sense in record.senses if sense.id == used.sense), "") if record else ""
    return None if named is None else Use(named, plain(said), people(debate, used.participants))
