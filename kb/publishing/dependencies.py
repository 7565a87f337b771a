"""What lists show of points: a list is made again only if that changed, whatever else was edited.

A module of pages, or of files beside them, that is about more than single nodes says in `READS` how much of points it shows. `NO_POINTS`:
nothing. `STRUCTURE`: who argues what, where, and what follows from that. `LINKED`: also the words of points, but only of those to which its
pages link. `WORDS`: also the words of any point. Remarks of editors stand only on the page of the point, weights on none.
`tests/test_dependencies.py` holds each module to what it says.
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
"""What only editors and `kb strength` read, or what stands only on the page of the point."""


def _structure_of(kind: type[Node | Relation]) -> Callable[[Node | Relation], object]:
    """A function that takes from a record what it says about who argues what, without its relations."""
    without = {*_WORDS, *_REMARKS, "relations"}
    return attrgetter(*(field.name for field in fields(kind) if field.compare and field.name not in without))


_OF_NODE, _OF_RELATION = _structure_of(Node), _structure_of(Relation)


def content_marks(debate: Parted, reads: str) -> Sequence[str]:
    """Marks of all that lists show which read so much; the words that `LINKED` adds are found by `linked_words_mark`."""
    if reads == NO_POINTS:
        return ()
    return (_structure_mark(debate), _words_mark(debate)) if reads == WORDS else (_structure_mark(debate),)


def structure_marks(debate: Parted, points: Iterable[str]) -> Sequence[str]:
    """Marks of who argues what in the parts that hold these points."""
    of_part = _structure_by_part(debate)
    return sorted({of_part[name] for name in set(map(debate.group, points))})


@once
def _structure_by_part(debate: Parted) -> Mapping[str, str]:
    return dict(zip(debate.groups, _structure(debate), strict=True))


def is_structure_unchanged(debate: Debate) -> bool:
    """Whether nothing changed in who argues what, in any part, since the debate was looked at last."""
    return isinstance(debate, Parted) and debate.rows_before(f"{__name__}._structure") == _structure(debate)


def point_count_before(debate: Debate) -> int | None:
    """How many points there were when the whole debate was looked at last; None if it never was."""
    words = debate.rows_before(f"{__name__}._words") if isinstance(debate, Parted) else None
    return None if words is None else len(words)


def by_structure(function: Callable[[Debate], Sequence[Row]]) -> Callable[[Debate], Sequence[Row]]:
    """Remember the rows of a function until somebody argues something else: they are plain values, and depend on nothing else."""
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def rows(debate: Debate) -> Sequence[Row]:
        if not isinstance(debate, Parted):
            return function(debate)
        return debate.of_whole(name, _structure_mark(debate), lambda: function(debate))

    return rows


def by_citations(function: Callable[[Debate, Source], Sequence[Row]]) -> Callable[[Debate, Source], Sequence[Row]]:
    """Remember what a function answers about a source until other points cite it: of points its rows depend on nothing else."""
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def rows(debate: Debate, source: Source) -> Sequence[Row]:
        if not isinstance(debate, Parted):
            return function(debate, source)
        return debate.of_whole(
            f"{name} {source.id}", _citation_marks(debate)[source.id], lambda: function(debate, source)
        )

    return rows


@once
def _citation_marks(debate: Debate) -> Mapping[str, str]:
    """By source the mark of which points cite what of it."""
    cited = by_source(debate)
    return {source: mark(cited.get(source)) for source in debate.sources}


def linked_words_mark(debate: Parted, targets: Iterable[str], before: str | None) -> str:
    """The mark of the words of those points to which some addresses lead; `before` is that of the last time, and stands if none is new."""
    return _linked_mark(debate, targets, before, _word_marks)


def linked_points_mark(debate: Parted, targets: Iterable[str], before: str | None) -> str:
    """The mark of all that pages show of those points: their words and who argues what around them."""
    return _linked_mark(debate, targets, before, _point_marks)


def _linked_mark(
    debate: Parted, targets: Iterable[str], before: str | None, by_node: Callable[[Parted], Mapping[str, object]]
) -> str:
    pages = {target.partition("#")[0] if "#" in target else target for target in targets}
    if before is not None and pages.isdisjoint(map(addresses.node, changed_points(debate))):
        return before
    known, named = by_node(debate), sorted(map(addresses.node_id_at, pages))
    return mark([(name, known[name]) for name in named if name in known])


@once
def changed_points(debate: Debate) -> frozenset[str]:
    """All points in parts that may have changed."""
    return frozenset(node_id for node_id in debate.nodes if not is_known(debate, node_id))


@once
def _word_marks(debate: Parted) -> Mapping[str, int]:
    return each(debate, _words(debate))


@once
def _point_marks(debate: Parted) -> Mapping[str, tuple[int, str]]:
    argued = _structure_by_part(debate)
    return {node_id: (words, argued[debate.group(node_id)]) for node_id, words in _word_marks(debate).items()}


@once
def _structure_mark(debate: Debate) -> str:
    return mark(_structure(debate))


@once
def _words_mark(debate: Debate) -> str:
    return mark(_words(debate))


@by_part
def _structure(debate: Debate) -> Sequence[str]:
    return [mark([(_OF_NODE(node), [*map(_OF_RELATION, node.relations)]) for node in debate.nodes.values()])]


@by_part
def _words(debate: Debate) -> Sequence[int]:
    return [number([getattr(node, name) for name in _WORDS]) for node in debate.nodes.values()]
