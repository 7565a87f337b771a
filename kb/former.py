"""What records were called before: where an old address leads, and what an old reference means."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from kb.memory import once
from kb.parted import by_part

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kb.debate import Debate
    from kb.model import Node, Participant, Source, Term


class Former(NamedTuple):
    """The id that each former one stands for; one that is in use again, or claimed before, stands for nothing."""

    nodes: Mapping[str, str]
    sources: Mapping[str, str]
    participants: Mapping[str, str]
    terms: Mapping[str, str]


@once
def former(debate: Debate) -> Former:
    """The former ids of a debate."""
    others = (debate.sources, debate.participants, debate.terms)
    nodes = _stood_for(sorted(_called(debate), key=itemgetter(0)), debate.nodes)
    return Former(nodes, *(_stood_for(_formerly(records), records) for records in others))


@by_part
def _called(debate: Debate) -> Sequence[tuple[str, Sequence[str]]]:
    """The nodes that had other ids, with these."""
    return [*_formerly(debate.nodes)]


def _formerly(
    records: Mapping[str, Node] | Mapping[str, Source | Participant | Term],
) -> Iterator[tuple[str, Sequence[str]]]:
    return ((record.id, record.formerly) for record in records.values() if record.formerly)


def _stood_for(called: Iterable[tuple[str, Sequence[str]]], there: Collection[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for record, olds in called:
        for old in olds:
            if old not in there:
                found.setdefault(old, record)
    return found
