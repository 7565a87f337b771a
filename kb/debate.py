"""The graph of a debate: who says what, where, and what it is for or against.

`Debate` is built once and never changes; every index is made when first asked for. Relations whose target does not exist are
left out of the indexes (the linter reports them), so everything above this module may follow what it finds here.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from kb.components import depths, leaders
from kb.inference import Inference, find_inferences
from kb.passages import NOWHERE_SAID, SourcePosition, passages, positions
from kb.topics import ordered_topics
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kb.inference import StepIndex
    from kb.model import Citation, Node, Participant, Passage, Relation, Settings, Source, Term, Topic

    Allowing = Node | Source | Participant | Term


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
    """Ids of records that could not be read, or not as written: nobody should blame them for what they seem to lack."""

    @cached_property
    def size(self) -> tuple[int, int]:
        """How many nodes there are, and how many sources."""
        return len(self.nodes), len(self.sources)

    @cached_property
    def asks(self) -> bool:
        """Whether there is a question; in a part of a debate, whether there may be one, or a main thesis, elsewhere."""
        return any(node.kind == QUESTION for node in self.nodes.values())

    @cached_property
    def allowing(self) -> tuple[Allowing, ...]:
        """The records whose editors accept findings about them."""
        tables: Iterable[Mapping[str, Allowing]] = (self.nodes, self.sources, self.participants, self.terms)
        return tuple(record for table in tables for record in table.values() if record.allow)

    @cached_property
    def expecting(self) -> tuple[Node, ...]:
        """The nodes whose editors wrote down what is to come of them."""
        return tuple(node for node in self.nodes.values() if node.expect is not None)

    # -- who and where ---------------------------------------------------------------------------------------------

    @cached_property
    def passages(self) -> Mapping[tuple[str, str], Passage]:
        """Passages by source and id; the items of a run-together list each by its own."""
        return passages(self.sources)

    @cached_property
    def positions(self) -> Mapping[tuple[str, str | None], SourcePosition]:
        """Where in the debate each source and each passage stands."""
        return positions(self.sources)

    def position(self, citation: Citation) -> SourcePosition:
        """Where in the debate a citation points."""
        return self.positions.get((citation.source, citation.passage), NOWHERE_SAID)

    def speakers_of(self, citations: Iterable[Citation]) -> tuple[str, ...]:
        """The speakers of cited passages, in order of citation."""
        speakers: dict[str, None] = {}
        for citation in citations:
            if (passage := self.passages.get((citation.source, citation.passage or ""))) is not None:
                speakers.update(dict.fromkeys(passage.by))
        return tuple(speakers)

    @cached_property
    def _speakers(self) -> dict[str, tuple[str, ...]]:
        return {}

    def speakers(self, node_id: str) -> tuple[str, ...]:
        """Who puts a node forward: `by`, else the speakers of the passages it cites; empty: the record itself."""
        if node_id not in self._speakers:
            self._speakers[node_id] = self.nodes[node_id].by or self.speakers_of(self.nodes[node_id].citations)
        return self._speakers[node_id]

    def makers(self, relation: Relation) -> tuple[str, ...]:
        """Who makes a relation: its own `by` or passages, else the speakers of its node."""
        return relation.by or self.speakers_of(relation.citations) or self.speakers(relation.node)

    def items(self, source: str, passage: Passage) -> tuple[str, ...]:
        """The items of a run-together list, as they are cited; not those whose name another passage has."""
        if not passage.items:  # as hardly any is
            return ()
        return tuple(name for name in passage.item_ids() if self.passages.get((source, name)) is passage)

    def first_citation(self, citations: Iterable[Citation], speaker: str | None = None) -> Citation | None:
        """The place where something was first said (by this speaker, if the passages tell)."""
        cited = tuple(citations)
        if len(cited) == 1:
            return cited[0]
        own = [c for c in cited if speaker is not None and speaker in self.speakers_of((c,))]
        return min(own or cited, key=self.position, default=None)

    def first_position(self, citations: tuple[Citation, ...], speaker: str | None = None) -> SourcePosition:
        """The moment of the debate at which something was first said."""
        first = self.first_citation(citations, speaker) if citations else None
        return NOWHERE_SAID if first is None else self.position(first)

    def relation_position(self, relation: Relation, speaker: str | None = None) -> SourcePosition:
        """Where a relation was made: its own passages, else those of its node."""
        return self.first_position(relation.citations or self.nodes[relation.node].citations, speaker)

    @cached_property
    def citing(self) -> Mapping[tuple[str, str | None], tuple[str, ...]]:
        """Nodes by the source and passage they cite, in the order of the debate."""
        nodes: dict[tuple[str, str | None], dict[str, None]] = defaultdict(dict)
        for node_id in self.ordered:
            node = self.nodes[node_id]
            for citation in chain(node.citations, *(relation.citations for relation in node.relations)):
                nodes[citation.source, citation.passage][node_id] = None
        return {key: tuple(ids) for key, ids in nodes.items()}

    # -- order -----------------------------------------------------------------------------------------------------

    @cached_property
    def depths(self) -> Mapping[str, int]:
        """How many moves a node builds on: a response lies deeper than what it responds to (loops are cut)."""
        return depths(self._ends)

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The rank of every node in the debate: source order, a response after what it responds to."""
        depth = self.depths

        def sort_key(node_id: str) -> tuple[SourcePosition, int, str]:
            return self.first_position(self.nodes[node_id].citations), depth[node_id], node_id

        return {node_id: rank for rank, node_id in enumerate(sorted(self.nodes, key=sort_key))}

    @cached_property
    def ordered(self) -> tuple[str, ...]:
        """All nodes in the order of the debate."""
        return tuple(self.order)

    # -- relations -------------------------------------------------------------------------------------------------

    @cached_property
    def relation_ids(self) -> Mapping[str, Relation]:
        """Relations that have an id of their own."""
        return {r.id: r for n in self.nodes.values() for r in n.relations if r.id is not None}

    @cached_property
    def speakers_by_source(self) -> Mapping[str, frozenset[str]]:
        """Who speaks in each source."""
        return {s.id: frozenset(v for p in s.passages for v in p.by) for s in self.sources.values()}

    def ends(self, node_id: str) -> tuple[str, ...]:
        """The nodes that a node's relations lead to; for an undercut, both ends of the step it denies."""
        return self._ends[node_id]

    @cached_property
    def _ends(self) -> Mapping[str, tuple[str, ...]]:
        return {node_id: self._find_ends(node_id) for node_id in self.nodes}

    def _find_ends(self, node_id: str) -> tuple[str, ...]:
        node = self.nodes[node_id]
        ends = dict.fromkeys(end for relation in node.relations for end in self.relation_ends(relation))
        ends.update((premise.id, None) for premise in node.premises if premise.id in self.nodes)
        ends.pop(node_id, None)
        return tuple(ends)

    def relation_ends(self, relation: Relation) -> tuple[str, ...]:
        """The nodes that a relation leads to; for an undercut, both ends of the step it denies."""
        if relation.to in self.nodes:
            return (relation.to,)
        denied = self.undercut_targets(relation) if relation.kind == "undercuts" else ()
        return tuple(end for step in denied for end in (*step.premises, step.target))

    @cached_property
    def incoming(self) -> Mapping[str, tuple[Relation, ...]]:
        """Relations by the node they lead to, in the order of the debate (undercuts of steps are not among them)."""
        relations: dict[str, list[Relation]] = {i: [] for i in self.nodes}
        for node_id in self.ordered:
            for relation in self.nodes[node_id].relations:
                if relation.to in relations:
                    relations[relation.to].append(relation)
        return {i: tuple(r) for i, r in relations.items()}

    @cached_property
    def linked_in(self) -> Mapping[str, tuple[Inference, ...]]:
        """The inferences that use a node as a premise written elsewhere (`with`, or an argument's `premises`)."""
        inferences: dict[str, list[Inference]] = defaultdict(list)
        for inference in self.inferences:
            for premise in inference.premises:
                if premise != inference.node:
                    inferences[premise].append(inference)
        return {i: tuple(v) for i, v in inferences.items()}

    # -- inferences ------------------------------------------------------------------------------------------------

    @cached_property
    def inference_tables(self) -> tuple[tuple[Inference, ...], Mapping[int, int], StepIndex]:
        """All inferences; which of them a relation makes; which of them an undercut can mean."""
        return find_inferences(self.nodes)

    @property
    def inferences(self) -> tuple[Inference, ...]:
        """Every support, attack, undercut and contradiction whose ends exist."""
        return self.inference_tables[0]

    def inference_of(self, relation: Relation) -> Inference | None:
        """The inference that a relation makes, if it makes one."""
        index = self.inference_tables[1].get(id(relation))
        return None if index is None else self.inferences[index]

    def undercut_targets(self, relation: Relation) -> tuple[Inference, ...]:
        """The inferences that an undercut's target can mean: one, if it is well written."""
        return tuple(
            self.inferences[i]
            for i in self.inference_tables[2].matches(relation.to)
            if self.inferences[i].relation is not relation
        )

    @cached_property
    def argument_steps(self) -> Mapping[str, Inference]:
        """The inference that each argument node stands for."""
        return {i.argument: i for i in self.inferences if i.argument is not None}

    @cached_property
    def undercuts_of(self) -> Mapping[int, tuple[Inference, ...]]:
        """Undercuts by the index of the inference they deny, attacks on arguments among them."""
        undercuts: dict[int, list[Inference]] = defaultdict(list)
        for inference in self.inferences:
            if (denied := self.denied_step(inference)) is not None:
                undercuts[denied].append(inference)
        return {i: tuple(v) for i, v in undercuts.items()}

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
        restating = ((n.id, r.to) for n in self.nodes.values() for r in n.relations if r.kind == "restates")
        pairs = [(one, other) for one, other in restating if other in self.nodes]
        return leaders(self.nodes, pairs, self.order.__getitem__)

    @cached_property
    def restatements(self) -> Mapping[str, tuple[str, ...]]:
        """All nodes of a point, by the node that stands for it, in the order of the debate."""
        members: dict[str, list[str]] = defaultdict(list)
        for node_id in self.ordered if len(set(self.points.values())) < len(self.nodes) else self.nodes:
            members[self.points[node_id]].append(node_id)
        return {i: tuple(v) for i, v in members.items()}

    # -- questions -------------------------------------------------------------------------------------------------

    @cached_property
    def answers(self) -> Mapping[str, tuple[str, ...]]:
        """The answers of every question, in the order of the debate; questions that restate one another share theirs."""
        question_points = {i: self.points[i] for i, n in self.nodes.items() if n.kind == QUESTION}
        answers: dict[str, dict[str, None]] = {point: {} for point in question_points.values()}
        for node_id in self.ordered:
            for target in self.nodes[node_id].targets("answers"):
                if target in question_points:
                    answers[question_points[target]][node_id] = None
        return {i: tuple(answers[point]) for i, point in question_points.items()}

    def admits_one(self, question: str) -> bool:
        """Whether the answers of a question exclude each other."""
        return any(self.nodes[member].exclusive for member in self.restatements[self.points[question]])

    def canonical_question(self, question: str) -> str:
        """The earliest of the questions that restate one another."""
        return next(m for m in self.restatements[self.points[question]] if self.nodes[m].kind == QUESTION)

    @cached_property
    def topic_order(self) -> tuple[str, ...]:
        """Topics as readers should meet them: by `order`, then by name."""
        return ordered_topics(self.topics, {node.topic for node in self.nodes.values()})
