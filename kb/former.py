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


class FormerIds(NamedTuple):
    """The id that each former one stands for; one that is in use again, or claimed before, stands for nothing."""

    nodes: Mapping[str, str]
    sources: Mapping[str, str]
    participants: Mapping[str, str]
    terms: Mapping[str, str]


@once
def former_ids(debate: Debate) -> FormerIds:
    """The former ids of a debate."""
    others = (debate.sources, debate.participants, debate.terms)
    nodes = _current_ids(sorted(_nodes_with_former_ids(debate), key=itemgetter(0)), debate.nodes)
    return FormerIds(nodes, *(_current_ids(_with_former_ids(records), records) for records in others))


@by_part
def _nodes_with_former_ids(debate: Debate) -> Sequence[tuple[str, Sequence[str]]]:
    """The nodes that had other ids, with these."""
    return [*_with_former_ids(debate.nodes)]


def _with_former_ids(
    records: Mapping[str, Node] | Mapping[str, Source | Participant | Term],
) -> Iterator[tuple[str, Sequence[str]]]:
    return ((record.id, record.formerly) for record in records.values() if record.formerly)


def _current_ids(records: Iterable[tuple[str, Sequence[str]]], in_use: Collection[str]) -> Mapping[str, str]:
    current: dict[str, str] = {}
    for record, formers in records:
        for former in formers:
            if former not in in_use:
                current.setdefault(former, record)
    return current
