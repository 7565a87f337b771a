"""The graph of a debate: who says what, where, and what it is for or against.

`Debate` is built once and never changes; every index is made when first asked for. Relations whose target does not exist are
left out of the indexes (the linter reports them), so everything above this module may follow what it finds here.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kb.vocabulary import AGAINST, ARGUMENT, FOR, QUESTION, RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kb.model import Citation, Node, Participant, Passage, Relation, Settings, Source, Term, Topic

Position = tuple[int, int, int]
"""Source, passage and item, as ranks in source order: where in the debate something was said."""
NOWHERE_SAID: Position = (1_000_000_000, 0, 0)
"""The position of what cites no passage: after everything that does."""


@dataclass(frozen=True, slots=True)
class Inference:
    """A step of the debate: premises that together are for or against a target.

    Every support, attack, undercut and contradiction is one, and every argument node. `target` is a node, or for an
    undercut the index of the inference it denies.
    """

    index: int
    kind: str
    premises: tuple[str, ...]
    target: str
    undercut: int | None
    relation: Relation
    argument: str | None = None

    @property
    def node(self) -> str:
        """The node that it is written on."""
        return self.relation.node

    @property
    def name(self) -> str:
        """How an undercut may name it: its id, the argument, or `X -> Y`."""
        return self.relation.id or self.argument or f"{self.relation.node} -> {self.relation.to}"


@dataclass(frozen=True, eq=False)
class Debate:
    """All records by id, and the graph they form."""

    settings: Settings
    nodes: Mapping[str, Node]
    sources: Mapping[str, Source]
    participants: Mapping[str, Participant]
    terms: Mapping[str, Term]
    topics: Mapping[str, Topic]
    rejected: frozenset[str] = frozenset()

    # -- who and where ---------------------------------------------------------------------------------------------

    @cached_property
    def passages(self) -> Mapping[tuple[str, str], Passage]:
        """Passages by source and id; item k of a run-together list as `p23.k`."""
        found = {}
        for source in self.sources.values():
            for passage in source.passages:
                found[source.id, passage.id] = passage
                for item in range(1, min(passage.items, 1000) + 1):
                    found.setdefault((source.id, f"{passage.id}.{item}"), passage)
        return found

    @cached_property
    def _positions(self) -> Mapping[tuple[str, str | None], Position]:
        positions: dict[tuple[str, str | None], Position] = {}
        ordered = sorted(self.sources.values(), key=lambda s: (s.date or "~", s.id))
        for rank, source in enumerate(ordered):
            positions[source.id, None] = (rank, -1, 0)
            for index, passage in enumerate(source.passages):
                positions[source.id, passage.id] = (rank, index, 0)
                for item in range(1, min(passage.items, 1000) + 1):
                    positions.setdefault((source.id, f"{passage.id}.{item}"), (rank, index, item))
        return positions

    def position(self, citation: Citation) -> Position:
        """Where in the debate a citation points."""
        return self._positions.get((citation.source, citation.passage), NOWHERE_SAID)

    def speakers_of(self, citations: Iterable[Citation]) -> tuple[str, ...]:
        """The speakers of cited passages, in order of citation."""
        found: dict[str, None] = {}
        for citation in citations:
            passage = self.passages.get((citation.source, citation.passage or ""))
            if passage is not None:
                found.update(dict.fromkeys(passage.by))
        return tuple(found)

    @cached_property
    def _speakers(self) -> Mapping[str, tuple[str, ...]]:
        return {i: n.by or self.speakers_of(n.citations) for i, n in self.nodes.items()}

    def speakers(self, node_id: str) -> tuple[str, ...]:
        """Who puts a node forward: `by`, else the speakers of the passages it cites; empty: the record itself."""
        return self._speakers[node_id]

    def makers(self, relation: Relation) -> tuple[str, ...]:
        """Who makes a relation: its own `by` or passages, else the speakers of its node."""
        return relation.by or self.speakers_of(relation.citations) or self._speakers[relation.node]

    def when(self, citations: tuple[Citation, ...], speaker: str | None = None) -> Position:
        """Where something was first said (by this speaker, if the passages tell)."""
        if not citations:
            return NOWHERE_SAID
        own = [c for c in citations if speaker is not None and speaker in self.speakers_of((c,))]
        return min(map(self.position, own or citations))

    def said(self, relation: Relation, speaker: str | None = None) -> Position:
        """Where a relation was made: its own passages, else those of its node."""
        return self.when(relation.citations or self.nodes[relation.node].citations, speaker)

    @cached_property
    def citing(self) -> Mapping[tuple[str, str | None], tuple[str, ...]]:
        """Nodes by the source and passage they cite, in the order of the debate."""
        found: dict[tuple[str, str | None], dict[str, None]] = defaultdict(dict)
        for node_id in self.ordered:
            node = self.nodes[node_id]
            for citation in node.citations:
                found[citation.source, citation.passage][node_id] = None
            for relation in node.relations:
                for citation in relation.citations:
                    found[citation.source, citation.passage][node_id] = None
        return {key: tuple(ids) for key, ids in found.items()}

    # -- order -----------------------------------------------------------------------------------------------------

    @cached_property
    def depths(self) -> Mapping[str, int]:
        """How many moves a node builds on: a response lies deeper than what it responds to (loops are cut)."""
        depths: dict[str, int] = {}
        for start in self.nodes:
            if start in depths:
                continue
            path = {start: None}
            stack = [(start, iter(self.ends(start)), [0])]
            while stack:
                node_id, rest, best = stack[-1]
                for target in rest:
                    if target in depths:
                        best[0] = max(best[0], depths[target] + 1)
                    elif target not in path:
                        path[target] = None
                        stack.append((target, iter(self.ends(target)), [0]))
                        break
                else:
                    depths[node_id] = best[0]
                    path.pop(node_id)
                    stack.pop()
                    if stack:
                        stack[-1][2][0] = max(stack[-1][2][0], best[0] + 1)
        return depths

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The rank of every node in the debate: source order, a response after what it responds to."""
        depths = self.depths

        def key(node_id: str) -> tuple[Position, int, str]:
            return self.when(self.nodes[node_id].citations), depths[node_id], node_id

        return {node_id: rank for rank, node_id in enumerate(sorted(self.nodes, key=key))}

    @cached_property
    def ordered(self) -> tuple[str, ...]:
        """All nodes in the order of the debate."""
        return tuple(self.order)

    # -- relations -------------------------------------------------------------------------------------------------

    @cached_property
    def relation_ids(self) -> Mapping[str, Relation]:
        """Relations that have an id of their own."""
        return {r.id: r for n in self.nodes.values() for r in n.relations if r.id is not None}

    def ends(self, node_id: str) -> tuple[str, ...]:
        """The nodes that a node's relations lead to; for an undercut, both ends of the step it denies."""
        found: dict[str, None] = {}
        node = self.nodes[node_id]
        for relation in node.relations:
            if relation.to in self.nodes:
                found[relation.to] = None
            elif relation.kind == "undercuts":
                for inference in self.undercut_targets(relation):
                    found.update(dict.fromkeys(p for p in inference.premises if p in self.nodes))
                    while inference.undercut is not None:
                        inference = self.inferences[inference.undercut]  # noqa: PLW2901
                        found.update(dict.fromkeys(inference.premises))
                    found[inference.target] = None
        for premise in node.premises:
            if premise.id in self.nodes:
                found[premise.id] = None
        found.pop(node_id, None)
        return tuple(found)

    @cached_property
    def incoming(self) -> Mapping[str, tuple[Relation, ...]]:
        """Relations by the node they lead to, in the order of the debate (undercuts of steps are not among them)."""
        found: dict[str, list[Relation]] = {i: [] for i in self.nodes}
        for node_id in self.ordered:
            for relation in self.nodes[node_id].relations:
                if relation.to in found:
                    found[relation.to].append(relation)
        return {i: tuple(r) for i, r in found.items()}

    @cached_property
    def linked_in(self) -> Mapping[str, tuple[Inference, ...]]:
        """The inferences that use a node as a premise written elsewhere (`with`, or an argument's `premises`)."""
        found: dict[str, list[Inference]] = defaultdict(list)
        for inference in self.inferences:
            for premise in inference.premises:
                if premise != inference.node:
                    found[premise].append(inference)
        return {i: tuple(v) for i, v in found.items()}

    # -- inferences ------------------------------------------------------------------------------------------------

    @cached_property
    def _inferences(self) -> tuple[tuple[Inference, ...], Mapping[int, int]]:
        """All inferences, undercuts resolved; and the inference of each relation by its identity."""
        plain: list[Inference] = []
        undercuts: list[tuple[Relation, tuple[str, ...], str | None]] = []
        by_relation: dict[int, int] = {}
        nodes = self.nodes
        for node in nodes.values():
            argument = node.id if node.kind == ARGUMENT else None
            for relation in node.relations:
                kind = RELATIONS[relation.kind]
                if kind.polarity not in {FOR, AGAINST}:
                    continue
                if argument is not None and not kind.symmetric:
                    premises = tuple(dict.fromkeys(p.id for p in node.premises if p.id in nodes))
                else:
                    linked = tuple(p for p in relation.premises if p in nodes and p != node.id)
                    premises = (node.id, *dict.fromkeys(linked))
                own = None if kind.symmetric else argument
                if relation.kind == "undercuts":
                    undercuts.append((relation, premises, own))
                elif relation.to in nodes:
                    by_relation[id(relation)] = len(plain)
                    plain.append(Inference(len(plain), relation.kind, premises, relation.to, None, relation, own))
        return self._resolve_undercuts(plain, undercuts, by_relation)

    def _resolve_undercuts(
        self,
        found: list[Inference],
        waiting: list[tuple[Relation, tuple[str, ...], str | None]],
        by_relation: dict[int, int],
    ) -> tuple[tuple[Inference, ...], Mapping[int, int]]:
        """Add undercuts in rounds: an undercut of an undercut can be placed once its target is."""
        index = _StepIndex(found)
        while waiting:
            later = []
            for relation, premises, own in waiting:
                matches = index.matches(relation.to)
                if len(matches) == 1:
                    target = found[matches[0]]
                    made = Inference(len(found), relation.kind, premises, target.target, target.index, relation, own)
                    by_relation[id(relation)] = made.index
                    found.append(made)
                    index.add(made)
                else:
                    later.append((relation, premises, own))
            if len(later) == len(waiting):
                break
            waiting = later
        # attacks on an argument work as undercuts of it; supports of it are backing, without effect on labels
        return tuple(found), by_relation

    @property
    def inferences(self) -> tuple[Inference, ...]:
        """Every support, attack, undercut and contradiction whose ends exist."""
        return self._inferences[0]

    def inference_of(self, relation: Relation) -> Inference | None:
        """The inference that a relation makes, if it makes one."""
        index = self._inferences[1].get(id(relation))
        return None if index is None else self.inferences[index]

    @cached_property
    def _steps(self) -> _StepIndex:
        return _StepIndex(self.inferences)

    def undercut_targets(self, relation: Relation) -> tuple[Inference, ...]:
        """The inferences that an undercut's target can mean: one, if it is well written."""
        return tuple(
            self.inferences[i] for i in self._steps.matches(relation.to) if self.inferences[i].relation is not relation
        )

    @cached_property
    def argument_steps(self) -> Mapping[str, Inference]:
        """The inference that each argument node stands for."""
        return {i.argument: i for i in self.inferences if i.argument is not None}

    @cached_property
    def undercuts_of(self) -> Mapping[int, tuple[Inference, ...]]:
        """Undercuts by the index of the inference they deny, attacks on arguments among them."""
        found: dict[int, list[Inference]] = defaultdict(list)
        for inference in self.inferences:
            denied = self.denied_step(inference)
            if denied is not None:
                found[denied].append(inference)
        return {i: tuple(v) for i, v in found.items()}

    def denied_step(self, inference: Inference) -> int | None:
        """The index of the step that an inference denies: an undercut's target, or an attacked argument."""
        if inference.kind == "undercuts":
            return inference.undercut
        if inference.kind in {"attacks", "contradicts"} and inference.target in self.argument_steps:
            return self.argument_steps[inference.target].index
        return None

    # -- points ----------------------------------------------------------------------------------------------------

    @cached_property
    def points(self) -> Mapping[str, str]:
        """For each node the node that stands for its point: what `restates` joins counts once, under the earliest."""
        leader = {i: i for i in self.nodes}

        def find(node_id: str) -> str:
            while leader[node_id] != node_id:
                leader[node_id] = leader[leader[node_id]]
                node_id = leader[node_id]
            return node_id

        joined = [
            (n.id, r.to) for n in self.nodes.values() for r in n.relations if r.kind == "restates" and r.to in leader
        ]
        for one, other in joined:
            first, second = sorted((find(one), find(other)), key=self.order.__getitem__)
            leader[second] = first
        return {i: find(i) for i in self.nodes} if joined else leader

    @cached_property
    def restatements(self) -> Mapping[str, tuple[str, ...]]:
        """All nodes of a point, by the node that stands for it, in the order of the debate."""
        found: dict[str, list[str]] = defaultdict(list)
        for node_id in self.ordered if len(set(self.points.values())) < len(self.nodes) else self.nodes:
            found[self.points[node_id]].append(node_id)
        return {i: tuple(v) for i, v in found.items()}

    # -- questions -------------------------------------------------------------------------------------------------

    @cached_property
    def answers(self) -> Mapping[str, tuple[str, ...]]:
        """The answers of every question, in the order of the debate."""
        found: dict[str, list[str]] = {i: [] for i, n in self.nodes.items() if n.kind == QUESTION}
        for node_id in self.ordered:
            for target in self.nodes[node_id].targets("answers"):
                if target in found and node_id not in found[target]:
                    found[target].append(node_id)
        return {i: tuple(v) for i, v in found.items()}

    @cached_property
    def topic_order(self) -> tuple[str, ...]:
        """Topics as readers should meet them: by `order`, then by name."""
        used = {n.topic for n in self.nodes.values()}

        def key(name: str) -> tuple[int, str]:
            topic = self.topics.get(name)
            return (topic.order if topic and topic.order is not None else 1_000_000, name)

        return tuple(sorted(used, key=key))

    def walk_up(self, node_id: str) -> Iterator[str]:
        """Everything that a node leads to, nearest first, each once."""
        seen = {node_id}
        queue = [node_id]
        for current in queue:
            for target in self.ends(current):
                if target not in seen:
                    seen.add(target)
                    queue.append(target)
                    yield target


class _StepIndex:
    """Finds inferences by what an undercut may call them."""

    def __init__(self, inferences: Iterable[Inference]) -> None:
        self._by_name: dict[str, list[int]] = defaultdict(list)
        for inference in inferences:
            self.add(inference)

    def add(self, inference: Inference) -> None:
        """Index one inference under its id, its argument, and `X -> Y` for each premise X."""
        names = []
        if inference.relation.id:
            names.append(inference.relation.id)
        if inference.argument:
            names.append(inference.argument)
        starts = (inference.node, *inference.premises)
        names.extend(f"{start} -> {inference.relation.to}" for start in dict.fromkeys(starts))
        if inference.kind == "contradicts":
            names.append(f"{inference.relation.to} -> {inference.node}")
        for name in names:
            self._by_name[name].append(inference.index)

    def matches(self, name: str) -> tuple[int, ...]:
        """Indexes of the inferences that a target can mean."""
        return tuple(self._by_name.get(name, ()))
