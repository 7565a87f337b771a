"""A debate of which only an outline is known: all the rest is unpacked when first asked for.

Most runs of the linter after an edit need no more: what was found still holds, and the outline says how large the debate is, which
faults its files have, what editors accept and what they expect.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

from kb.debate import Debate
from kb.incremental.connections import connecting_names
from kb.model import Node, Participant, Settings, Source, Term
from kb.reading.assemble import join
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Callable, ItemsView, Iterator, Sequence, ValuesView

    from kb.finding import Fault
    from kb.model import Topic
    from kb.reading.contents import Contents


class Sketch(NamedTuple):
    """A file in outline: the ids of its nodes and relations, how many sources it has, and what its nodes name."""

    nodes: tuple[str, ...]
    relations: tuple[str, ...]
    sources: int
    asks: bool
    """Whether a question is among its nodes."""
    telling: bool
    """Whether the outline of a debate takes more of it than this: it has faults or settings, or allows or expects something."""
    names: tuple[str, ...]


def sketch(said: Contents) -> Sketch:
    """A file in outline."""
    kinds = [type(record) for record in said.records]
    minded = any(getattr(record, "allow", ()) or getattr(record, "expect", None) for record in said.records)
    telling = bool(said.faults or said.rejected or minded or Settings in kinds)
    asks = any(isinstance(record, Node) and record.kind == QUESTION for record in said.records)
    named = sorted({name for record in said.records if isinstance(record, Node) for name in connecting_names(record)})
    found = [record for record in said.records if isinstance(record, Node)]
    nodes = tuple(node.id for node in found)
    relations = tuple(relation.id for node in found for relation in node.relations if relation.id is not None)
    return Sketch(nodes, relations, kinds.count(Source), asks, telling, tuple(named))


class Filed(Protocol):
    """A file of which an outline is known, and the rest can be unpacked."""

    @property
    def sketch(self) -> Sketch:
        """The file in outline."""

    def unpack(self) -> Contents:
        """Everything it says."""


def unpacked(root: str, files: Sequence[Filed]) -> tuple[Debate, tuple[Fault, ...]]:
    """The debate that files make, read in full."""
    return join(root, (file.unpack() for file in files))


def are_distinct(files: Sequence[Filed]) -> bool:
    """Whether no two nodes or relations have the same id."""
    ids = [name for file in files for name in (*file.sketch.nodes, *file.sketch.relations)]
    return len(set(ids)) == len(ids)


def outlined(root: str, files: Sequence[Filed]) -> tuple[Debate, tuple[Fault, ...]]:
    """The debate that files make, in outline; no id may be used twice in them."""
    telling, faults = join(root, (file.unpack() for file in files if file.sketch.telling))
    sketches = [file.sketch for file in files]
    size = sum(len(sketch.nodes) for sketch in sketches), sum(sketch.sources for sketch in sketches)
    asks = any(sketch.asks for sketch in sketches)
    return _Outlined(telling, size, asks, _Nodes(files), lambda: _others(root, files)), faults


def _others(root: str, files: Sequence[Filed]) -> Debate:
    """All records but nodes; each of them has a file of its own."""
    return join(root, (file.unpack() for file in files if not file.sketch.nodes))[0]


def part(root: str, files: Sequence[Filed], debate: Debate) -> Debate:
    """The part of a debate that some of its files make; it knows which ids were rejected elsewhere, and whether a question is asked there."""
    made = dataclasses.replace(unpacked(root, files)[0], rejected=debate.rejected)
    vars(made)["asks"] = debate.asks or bool(debate.settings.main)
    return made


class _Nodes(Mapping[str, Node]):
    """The nodes of some files in the order of their ids, each unpacked when first asked for."""

    def __init__(self, files: Sequence[Filed]) -> None:
        """Take files in which no id is used twice."""
        self._files = dict(sorted((node_id, file) for file in files for node_id in file.sketch.nodes))
        self._nodes: dict[str, Node] = {}

    def __getitem__(self, node_id: str) -> Node:
        """A node."""
        if node_id not in self._nodes:
            self._nodes.update(_nodes_of(self._files[node_id]))
        return self._nodes[node_id]

    def __iter__(self) -> Iterator[str]:
        """The ids; for them nothing is unpacked."""
        return iter(self._files)

    def __len__(self) -> int:
        """The number of nodes."""
        return len(self._files)

    def __contains__(self, node_id: object) -> bool:
        """Whether there is a node with this id."""
        return node_id in self._files

    def values(self) -> ValuesView[Node]:
        """All nodes."""
        return self._all.values()

    def items(self) -> ItemsView[str, Node]:
        """All nodes by id."""
        return self._all.items()

    @cached_property
    def _all(self) -> dict[str, Node]:
        return {node_id: self[node_id] for node_id in self._files}


def _nodes_of(file: Filed) -> dict[str, Node]:
    return {record.id: record for record in file.unpack().records if isinstance(record, Node)}


class _Outlined(Debate):
    """A debate whose records are unpacked when first asked for."""

    def __init__(
        self, telling: Debate, size: tuple[int, int], asks: bool, nodes: _Nodes, others: Callable[[], Debate]
    ) -> None:
        """Take from `telling` what an outline has."""
        for known in ("settings", "rejected", "allowing", "expecting"):
            vars(self)[known] = getattr(telling, known)
        vars(self).update(size=size, asks=asks, nodes=nodes, _rest=others)

    @cached_property
    def _others(self) -> Debate:
        rest: Callable[[], Debate] = vars(self)["_rest"]
        return rest()

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        return self._others.sources

    @cached_property
    def participants(self) -> Mapping[str, Participant]:
        return self._others.participants

    @cached_property
    def terms(self) -> Mapping[str, Term]:
        return self._others.terms

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        return self._others.topics
