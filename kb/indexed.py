"""A debate that knows its parts: its indexes are put together from those of the parts, so that no record has to be read again."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, cast

from kb.memory import once
from kb.parted import Parted, by_part, each
from kb.topics import ordered_topics

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kb.debate import Debate
    from kb.passages import SourcePosition

_BITS = 24
"""Enough to count the passages of any source, and the items of any passage."""


class Indexed(Parted):
    """A debate in parts, with the same indexes as any other."""

    @cached_property
    def depths(self) -> Mapping[str, int]:
        """How many moves a node builds on, found part by part."""
        return {node_id: cast("int", depth) for node_id, (depth, *_) in each(self, _shape(self)).items()}

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The rank of every node."""
        shape = each(self, _shape(self))

        def key(node_id: str) -> tuple[int | str, int | str, str]:
            depth, place, *_ = shape[node_id]
            return place, depth, node_id

        return {node_id: rank for rank, node_id in enumerate(sorted(shape, key=key))}

    @cached_property
    def _ends(self) -> Mapping[str, tuple[str, ...]]:
        return {
            node_id: cast("tuple[str, ...]", tuple(ends)) for node_id, (_, _, *ends) in each(self, _shape(self)).items()
        }

    @cached_property
    def citing(self) -> Mapping[tuple[str, str | None], tuple[str, ...]]:
        """Nodes by the source and passage they cite."""
        cited, found = each(self, cites(self)), defaultdict[tuple[str, str | None], dict[str, None]](dict)
        for node_id in self.ordered:
            there = iter(cited[node_id])
            for source, passage in zip(there, there, strict=True):
                found[source or "", passage][node_id] = None
        return {place: tuple(ids) for place, ids in found.items()}

    @cached_property
    def _speakers(self) -> dict[str, tuple[str, ...]]:
        return {node_id: _alike(tuple(who)) for node_id, who in each(self, _speaking(self)).items()}

    @cached_property
    def topic_order(self) -> tuple[str, ...]:
        """Topics as readers should meet them."""
        return ordered_topics(self.topics, _topics(self))

    @cached_property
    def points(self) -> Mapping[str, str]:
        """For each node the node that stands for its point."""
        return dict(zip(self.nodes, self.nodes, strict=True)) | dict(_restating(self))

    @cached_property
    def answers(self) -> Mapping[str, tuple[str, ...]]:
        """The answers of every question."""
        found = dict(_answers(self))
        return {node_id: tuple(found[node_id]) for node_id in self.nodes if node_id in found}


@once
def by_source(debate: Debate) -> Mapping[str, Sequence[tuple[str | None, tuple[str, ...]]]]:
    """By source what is cited of it (passages, or None for its title), each with the nodes that do; in the order of the debate."""
    found: dict[str, list[tuple[str | None, tuple[str, ...]]]] = defaultdict(list)
    for (source, passage), nodes in debate.citing.items():
        found[source].append((passage, nodes))
    return found


@once
def by_topic(debate: Debate) -> Mapping[str, tuple[str, ...]]:
    """By topic its nodes in the order of the debate; topics in the order in which readers meet them."""
    found: dict[str, list[str]] = {topic: [] for topic in debate.topic_order}
    for node_id in debate.ordered:
        found[topics(debate)[node_id]].append(node_id)
    return {topic: tuple(nodes) for topic, nodes in found.items()}


@once
def topics(debate: Debate) -> Mapping[str, str]:
    """The topic of each node."""
    return each(debate, _topics(debate))


@once
def kinds(debate: Debate) -> Mapping[str, str]:
    """The kind of each node."""
    return each(debate, _kinds(debate))


@by_part
def _shape(debate: Debate) -> Sequence[Sequence[int | str]]:
    """For each node how deep it lies, where it was first said (later places have higher numbers), and where its relations lead."""
    return [
        (debate.depths[node_id], _packed(debate.first_position(node.citations)), *debate.ends(node_id))
        for node_id, node in debate.nodes.items()
    ]


@by_part
def _topics(debate: Debate) -> Sequence[str]:
    return [node.topic for node in debate.nodes.values()]


@by_part
def _kinds(debate: Debate) -> Sequence[str]:
    return [node.kind for node in debate.nodes.values()]


@by_part
def _restating(debate: Debate) -> Sequence[tuple[str, str]]:
    """The nodes that restate another, each with the node that stands for their point."""
    return [(node_id, point) for node_id, point in debate.points.items() if node_id != point]


@by_part
def _answers(debate: Debate) -> Sequence[tuple[str, Sequence[str]]]:
    """The questions with their answers."""
    return [*debate.answers.items()]


@by_part
def _speaking(debate: Debate) -> Sequence[Sequence[str]]:
    """Who puts each node forward."""
    return [_alike(debate.speakers(node_id)) for node_id in debate.nodes]


@lru_cache(maxsize=4_096)
def _alike(who: tuple[str, ...]) -> tuple[str, ...]:
    """One object for all equal values: few groups of speakers differ, and a large debate has one for each node."""
    return who


@by_part
def cites(debate: Debate) -> Sequence[Sequence[str | None]]:
    """The sources and passages that each node cites, itself and with its relations, one after the other."""
    found = (
        chain(node.citations, *(relation.citations for relation in node.relations)) for node in debate.nodes.values()
    )
    return [tuple([name for citation in cited for name in (citation.source, citation.passage)]) for cited in found]


def _packed(position: SourcePosition) -> int:
    """A position as one number, since a large debate has many; for a source as a whole the passage is -1, before all others."""
    source, passage, item = position
    return (((source << _BITS) + passage + 1) << _BITS) + item
