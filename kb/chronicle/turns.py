"""Turns: what somebody said in one go, in the order in which it was said, and whom they answered."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kb.indexed import cites, kinds
from kb.memory import once, once_each
from kb.model import Citation
from kb.parted import by_part, each
from kb.passages import NOWHERE_SAID
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kb.debate import Debate
    from kb.model import Passage, Source
    from kb.passages import SourcePosition


class Turn(NamedTuple):
    """What was said in one go: passages in a row by the same speakers in answer to the same, or points without a passage."""

    source: str
    """Empty for what cites no passage."""
    speakers: tuple[str, ...]
    date: str
    answers: tuple[str, ...]
    """Passages or comments of the same source that it answers."""
    passages: tuple[Passage, ...]
    nodes: tuple[str, ...]
    """The points first put forward in it, in the order of the debate."""


def runs(passages: Iterable[Passage]) -> Iterator[tuple[Passage, ...]]:
    """Passages in reading order, those of one turn together."""
    for _, run in groupby(passages, key=_turn_key):
        yield tuple(run)


def _turn_key(passage: Passage) -> tuple[tuple[str, ...], str | None, tuple[str, ...], str]:
    """What passages of one turn share: speakers, date, what they answer, and the comment that their ids name (`c4` of `c4.7`)."""
    return passage.by, passage.date, passage.replies_to, passage.id.partition(".")[0] if "." in passage.id else ""


@once
def turns(debate: Debate) -> tuple[Turn, ...]:
    """All turns, the oldest source first; then what was said without a passage, by the order of the debate."""
    first = _first_points(debate)
    ordered = sorted(debate.sources.values(), key=lambda source: debate.position(Citation(source.id)))
    return (
        *(turn for source in ordered for turn in _source_turns(debate, source, first)),
        *_turns_without_passage(debate),
    )


def _first_points(debate: Debate) -> Mapping[tuple[str, str | None], list[str]]:
    """Points by where they were first put forward."""
    points: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    places, cited = each(debate, _places(debate)), each(debate, cites(debate))
    for node_id in debate.ordered:
        if (place := places[node_id]) is not None:
            source, passage = cited[node_id][2 * place : 2 * place + 2]
            points[source or "", passage].append(node_id)
    return points


@by_part
def _places(debate: Debate) -> Sequence[int | None]:
    """Which of the places that it cites is the one in which each point was first put forward."""
    return [_first_place(debate, node_id) for node_id in debate.nodes]


def _first_place(debate: Debate, node_id: str) -> int | None:
    """The same of a point; None if there is no such passage in a source that has any."""
    citations = debate.nodes[node_id].citations
    cited = debate.first_citation(citations)
    if cited is None or cited.source not in debate.sources:
        return None
    place = cited.source, cited.passage
    exists = debate.sources[cited.source].passages if cited.passage is None else place in debate.passages
    return citations.index(cited) if exists else None


@by_part
def _uncited_points(debate: Debate) -> Sequence[str]:
    """The points that are by somebody and cite nothing."""
    return [node_id for node_id in debate.nodes if _is_uncited(debate, node_id)]


def _is_uncited(debate: Debate, node_id: str) -> bool:
    return not debate.nodes[node_id].citations and bool(debate.speakers(node_id))


def is_told(debate: Debate, node_id: str) -> bool:
    """Whether a point is put forward in a turn; points that come first in the order of the debate are in no later turn."""
    return _first_place(debate, node_id) is not None or _is_uncited(debate, node_id)


def _source_turns(debate: Debate, source: Source, first: Mapping[tuple[str, str | None], list[str]]) -> Iterator[Turn]:
    opening = tuple(first.get((source.id, None), ()))
    for run in runs(source.passages):
        nodes = dict.fromkeys(
            node for name in _citable_names(debate, source.id, run) for node in first.get((source.id, name), ())
        )
        yield Turn(source.id, run[0].by, run[0].date or "", run[0].replies_to, run, (*opening, *nodes))
        opening = ()


def _citable_names(debate: Debate, source: str, passages: Iterable[Passage]) -> tuple[str, ...]:
    """All by which passages, or items of them, are cited."""
    return tuple(name for passage in passages for name in (passage.id, *debate.items(source, passage)))


def _turns_without_passage(debate: Debate) -> Iterator[Turn]:
    """What nobody can look up: points by somebody that cite no passage. What is only the editors' is no part of what was said."""
    loose = sorted(_uncited_points(debate), key=debate.order.__getitem__)
    for speakers, nodes in groupby(loose, key=debate.speakers):
        yield Turn("", speakers, "", (), (), tuple(nodes))


def turn_span(debate: Debate, turn: Turn) -> tuple[SourcePosition, SourcePosition]:
    """Where a turn begins and ends; the first of a source begins with its title."""
    if not turn.passages:
        return NOWHERE_SAID, NOWHERE_SAID
    names = _citable_names(debate, turn.source, turn.passages)
    opens = turn.passages[0] is debate.sources[turn.source].passages[0]
    first, last = Citation(turn.source, None if opens else names[0]), Citation(turn.source, names[-1])
    return debate.position(first), debate.position(last)


def cited_again(debate: Debate, turn: Turn) -> tuple[str, ...]:
    """The points put forward before for which a turn is cited once more, themselves or for a relation of theirs."""
    names = _citable_names(debate, turn.source, turn.passages)
    cited = dict.fromkeys(node for name in names for node in debate.citing.get((turn.source, name), ()))
    since = debate.order[turn.nodes[0]] if turn.nodes else 0
    return tuple(node for node in cited if debate.order[node] < since)


@once
def spoken_turns(debate: Debate) -> tuple[tuple[int, Turn], ...]:
    """The turns of which there is something to tell, each with its number."""
    return tuple((number, turn) for number, turn in enumerate(turns(debate)) if turn.speakers and turn.nodes)


def addressees(debate: Debate, turn: Turn) -> tuple[str, ...]:
    """Whom a turn answers: the speakers of the comments it names, else of what its points respond to."""
    passages = passages_by_prefix(debate, turn.source) if turn.source else {}
    named = {who for name in turn.answers if name in passages for who in passages[name].by}
    if not named:
        since = debate.order[turn.nodes[0]] if turn.nodes else 0
        ends = (end for n in turn.nodes for end in debate.ends(n) if kinds(debate)[end] != QUESTION)
        earlier = (end for end in ends if debate.order[end] < since)
        named = {who for end in earlier for who in debate.speakers(end)}
    return tuple(sorted(named.difference(turn.speakers)))


@once_each
def passages_by_prefix(debate: Debate, source: str) -> Mapping[str, Passage]:
    """Each passage of a source by its id, and each comment by the first of its passages (`c1` by `c1.1`)."""
    by_prefix: dict[str, Passage] = {}
    for passage in debate.sources[source].passages:
        parts = passage.id.split(".")
        for end in range(len(parts), 0, -1):
            by_prefix.setdefault(".".join(parts[:end]), passage)
    return by_prefix
