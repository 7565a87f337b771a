"""What lists show of points: a list is made again only if that changed, whatever else was edited.

A module of pages, or of files beside them, that is about more than single nodes says what it `READS`. `NO_POINTS`: nothing that stands on
points. `STRUCTURE`: who argues what, where, and what comes of that. `LINKED`: also the words of points, but only of those to which its
pages link. `WORDS`: also the words of any point. Remarks of editors stand on the page of the point alone, weights on none.
`tests/test_faces.py` holds all of them to what they say.
"""

from __future__ import annotations

from dataclasses import fields
from functools import wraps
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from kb.indexed import by_source
from kb.memory import mark, number, once
from kb.model import Node, Relation
from kb.parted import Parted, by_part, each, is_known
from kb.publishing import addresses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kb.debate import Debate
    from kb.model import Source

Row = TypeVar("Row")

NO_POINTS, STRUCTURE, LINKED, WORDS = "nothing", "structure", "linked", "words"

_WORDS = ("title", "text")
_REMARKS = ("note", "data", "allow", "expect", "weight")
"""What is for editors and for who computes strengths, or stands on the page of the point alone."""


def _structure_of(kind: type[Node | Relation]) -> Callable[[Node | Relation], object]:
    """What a record says of who argues what, but for its relations."""
    without = {*_WORDS, *_REMARKS, "relations"}
    return attrgetter(*(field.name for field in fields(kind) if field.compare and field.name not in without))


_OF_NODE, _OF_RELATION = _structure_of(Node), _structure_of(Relation)


def faces(debate: Parted, reads: str) -> Sequence[str]:
    """All that lists show that read so much, but for words that are looked up by the points they link to: marks of it."""
    if reads == NO_POINTS:
        return ()
    return (_argued(debate), _worded(debate)) if reads == WORDS else (_argued(debate),)


def argued_in(debate: Parted, points: Iterable[str]) -> Sequence[str]:
    """What tells who argues what from what else it could be, in the parts in which some points stand."""
    of_part = _by_part(debate)
    return sorted({of_part[debate.group(point)] for point in points})


@once
def _by_part(debate: Parted) -> Mapping[str, str]:
    return dict(zip(debate.groups, _structure(debate), strict=True))


def is_argued_as_before(debate: Debate) -> bool:
    """Whether who argues what is as it was when the debate was looked at last, in all its parts."""
    return isinstance(debate, Parted) and debate.rows_before(f"{__name__}._structure") == _structure(debate)


def count_before(debate: Debate) -> int | None:
    """How many points there were when the debate was looked at last; None if it was not, or never as a whole."""
    words = debate.rows_before(f"{__name__}._words") if isinstance(debate, Parted) else None
    return None if words is None else len(words)


def by_structure(ask: Callable[[Debate], Sequence[Row]]) -> Callable[[Debate], Sequence[Row]]:
    """Ask a function of a debate only if who argues what changed since it was asked before: its rows, of plain values, depend on nothing else."""
    name = f"{ask.__module__}.{ask.__qualname__}"

    @wraps(ask)
    def rows(debate: Debate) -> Sequence[Row]:
        if not isinstance(debate, Parted):
            return ask(debate)
        return debate.of_whole(name, _argued(debate), lambda: ask(debate))

    return rows


def by_citations(ask: Callable[[Debate, Source], Sequence[Row]]) -> Callable[[Debate, Source], Sequence[Row]]:
    """The same of a function that is asked about a source: its rows depend on which points cite what of it, and on nothing else of points."""
    name = f"{ask.__module__}.{ask.__qualname__}"

    @wraps(ask)
    def rows(debate: Debate, source: Source) -> Sequence[Row]:
        if not isinstance(debate, Parted):
            return ask(debate, source)
        return debate.of_whole(f"{name} {source.id}", _cited(debate)[source.id], lambda: ask(debate, source))

    return rows


@once
def _cited(debate: Debate) -> Mapping[str, str]:
    """What tells which points cite what of a source from what else it could be, by source."""
    cited = by_source(debate)
    return {source: mark(cited.get(source)) for source in debate.sources}


def words_of(debate: Parted, leads: Iterable[str], before: str | None) -> str:
    """What tells the words of points from others, of those to which some addresses lead; `before` is what told them when it was asked last."""
    return _told(debate, leads, before, _words_by_node)


def shown_of(debate: Parted, leads: Iterable[str], before: str | None) -> str:
    """The same of all that pages show of those points: also who argues what around them."""
    return _told(debate, leads, before, _faces_by_node)


def _told(
    debate: Parted, leads: Iterable[str], before: str | None, by_node: Callable[[Parted], Mapping[str, object]]
) -> str:
    pages = {lead.partition("#")[0] if "#" in lead else lead for lead in leads}
    if before is not None and pages.isdisjoint(map(addresses.node, fresh(debate))):
        return before
    known, named = by_node(debate), sorted(map(addresses.node_at, pages))
    return mark([(name, known[name]) for name in named if name in known])


@once
def fresh(debate: Debate) -> frozenset[str]:
    """All points of which something may be new."""
    return frozenset(node_id for node_id in debate.nodes if not is_known(debate, node_id))


@once
def _words_by_node(debate: Parted) -> Mapping[str, int]:
    return each(debate, _words(debate))


@once
def _faces_by_node(debate: Parted) -> Mapping[str, tuple[int, str]]:
    argued = _by_part(debate)
    return {node_id: (words, argued[debate.group(node_id)]) for node_id, words in _words_by_node(debate).items()}


@once
def _argued(debate: Debate) -> str:
    return mark(_structure(debate))


@once
def _worded(debate: Debate) -> str:
    return mark(_words(debate))


@by_part
def _structure(debate: Debate) -> Sequence[str]:
    return [mark([(_OF_NODE(node), [*map(_OF_RELATION, node.relations)]) for node in debate.nodes.values()])]


@by_part
def _words(debate: Debate) -> Sequence[int]:
    return [number([getattr(node, name) for name in _WORDS]) for node in debate.nodes.values()]
