"""The thread of a node: what responds to it, as a nested outline, and the way up to the question it is about."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kb.memory import once
from kb.parted import by_part, each
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kb.debate import Debate
    from kb.inference import Inference

_MANY = 16
"""Of so many linked premises each names only the node that links them."""
PREMISE = "premise"
"""Stands for the relation of a premise to the argument node that lists it."""


class Response(NamedTuple):
    """One way in which a node responds to another."""

    node: str
    relation: str
    linked: tuple[str, ...] = ()
    """Premises that carry the step only together with it."""
    step: Inference | None = None
    """For an undercut, the step it denies."""
    made: Inference | None = None
    """The step that it makes itself, if it is for or against something."""
    part: bool = False
    """Only part of the node is conceded or given up."""


class ThreadEntry(NamedTuple):
    """A node in an outline, with what responds to it."""

    node: str
    relation: str
    linked: tuple[str, ...]
    step: Inference | None
    made: Inference | None
    part: bool
    again: bool
    """It stands elsewhere in the outline, with its responses."""
    replies: int
    """Moves below it, each counted once in the whole debate."""
    children: tuple[ThreadEntry, ...]


class Threads:
    """The responses of a debate."""

    def __init__(self, debate: Debate) -> None:
        """Index a debate."""
        self.debate = debate
        self._responses = self._index()
        self._descendant_counts = self._count_descendants()

    def responses(self, node_id: str) -> tuple[Response, ...]:
        """What responds to a node directly, in the order of the debate."""
        return self._responses.get(node_id, ())

    def descendant_count(self, node_id: str) -> int:
        """How many moves lie below a node; each counts once in the whole debate."""
        return self._descendant_counts[node_id]

    def _index(self) -> Mapping[str, tuple[Response, ...]]:
        debate = self.debate
        responses: dict[str, dict[tuple[str, str], Response]] = defaultdict(dict)
        for target, response in (*self._relations(), *self._undercuts()):
            if response.node != target:
                responses[target].setdefault((response.node, response.relation), response)
        order = debate.order
        return {
            target: tuple(sorted(rows.values(), key=lambda r: (order[r.node], r.relation)))
            for target, rows in responses.items()
        }

    def _relations(self) -> Iterator[tuple[str, Response]]:
        """Every node under the target of each of its relations, linked premises beside it; premises under their argument."""
        nodes = self.debate.nodes
        for node in nodes.values():
            for relation in node.relations:
                if relation.to in nodes:
                    linked = tuple(p for p in relation.premises if p in nodes)
                    made = self.debate.inference_of(relation)
                    yield relation.to, Response(node.id, relation.kind, linked, made=made, part=relation.part)
                    for premise in linked:
                        together = (node.id, *linked) if len(linked) <= _MANY else (node.id,)
                        yield relation.to, Response(premise, relation.kind, tuple(p for p in together if p != premise))
            for entry in node.premises:
                if entry.id in nodes:
                    yield node.id, Response(entry.id, PREMISE)

    def _undercuts(self) -> Iterator[tuple[str, Response]]:
        """Every undercut under the node whose step it denies."""
        debate = self.debate
        for index, undercuts in debate.undercuts_of.items():
            step = debate.inferences[index]
            for undercut in undercuts:
                yield step.node, Response(undercut.node, undercut.kind, (), step, undercut)

    def _count_descendants(self) -> Mapping[str, int]:
        """Count every node under the first node it responds to, so that no move counts twice."""
        debate, depths = self.debate, self.debate.depths
        below = dict.fromkeys(debate.nodes, 0)
        for node_id in sorted(debate.nodes, key=lambda n: -depths[n]):
            parent = next((e for e in debate.ends(node_id) if depths[e] < depths[node_id]), None)
            if parent is not None:
                below[parent] += below[node_id] + 1
        return below

    def thread(self, node_id: str, depth: int = 12) -> ThreadEntry:
        """The outline under a node, cut at a depth; a node that comes up twice is shown once."""
        return self._build_entry(Response(node_id, ""), depth, {node_id})

    def _build_entry(self, response: Response, depth: int, seen: set[str]) -> ThreadEntry:
        children = []
        if depth > 0:
            rows = self.responses(response.node)
            fresh = []
            for row in rows:  # siblings first: a node stands as near to the root as it can
                fresh.append(row.node not in seen)
                seen.add(row.node)
            children = [
                self._build_entry(row, depth - 1, seen) if new else self._make_entry(row, again=True)
                for row, new in zip(rows, fresh, strict=True)
            ]
        return self._make_entry(response, children)

    def _make_entry(
        self, response: Response, children: Iterable[ThreadEntry] = (), *, again: bool = False
    ) -> ThreadEntry:
        return ThreadEntry(
            *response, again=again, replies=self._descendant_counts[response.node], children=tuple(children)
        )

    def path(self, node_id: str) -> tuple[str, ...]:
        """The shortest way down to a node from the nearest question or main thesis, both included."""
        if self._distances.get(node_id, 0) == 0:
            return self._path_between_roots(node_id)
        path = [node_id]
        while self._distances[path[-1]]:
            ends = (e for e in self.debate.ends(path[-1]) if e in self._distances)
            path.append(min(ends, key=self._distances.__getitem__))
        return tuple(reversed(path))

    def _path_between_roots(self, start: str) -> tuple[str, ...]:
        """The way down to a question or main thesis from the nearest other one."""
        came_from = {start: ""}
        queue = [start] if start in self._distances else []
        for current in queue:
            if current != start and self._distances.get(current) == 0:
                path = [current]
                while path[-1] != start:
                    path.append(came_from[path[-1]])
                return tuple(path)
            for end in self.debate.ends(current):
                if end not in came_from:
                    came_from[end] = current
                    queue.append(end)
        return (start,)

    @cached_property
    def _distances(self) -> Mapping[str, int]:
        """How far below a question or main thesis each node lies that leads to one."""
        debate = self.debate
        main = frozenset(debate.settings.main)
        distances = {i: 0 for i in debate.ordered if debate.nodes[i].kind == QUESTION or i in main}
        below: dict[str, list[str]] = defaultdict(list)
        for node_id in debate.ordered:
            for end in debate.ends(node_id):
                below[end].append(node_id)
        queue = list(distances)
        for current in queue:
            for lower in below[current]:
                if lower not in distances:
                    distances[lower] = distances[current] + 1
                    queue.append(lower)
        return distances


@once
def threads(debate: Debate) -> Threads:
    """The threads of a debate."""
    return Threads(debate)


def descendant_count(debate: Debate, node_id: str) -> int:
    """How many moves lie below a node; each counts once in the whole debate."""
    return _counts_by_node(debate)[node_id][0]


def reply_count(debate: Debate, node_id: str) -> int:
    """How many moves lie below a node; each counts once in the whole debate, but what responds to it directly always does."""
    return max(_counts_by_node(debate)[node_id])


@once
def _counts_by_node(debate: Debate) -> Mapping[str, Sequence[int]]:
    return each(debate, _counts(debate))


@by_part
def _counts(debate: Debate) -> Sequence[tuple[int, int]]:
    """How many moves lie below each node, and how many of them respond to it directly."""
    index = threads(debate)
    return [_pair(index.descendant_count(node_id), len(index.responses(node_id))) for node_id in debate.nodes]


@lru_cache(maxsize=1_024)
def _pair(below: int, direct: int) -> tuple[int, int]:
    """Both numbers: few pairs differ, and a large debate has one for each node."""
    return below, direct
