"""The definitions of stances and labels, by a naive reading of the records that is slow and shares no code with what it checks.

Every function follows one sentence of the definitions: no index, no queue, no counters. Labels are the least of the three-valued
labellings that satisfy the conditions, found by starting from "all undecided"; `labellings` enumerates them all.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.model import Citation, Node, Relation

IN, OUT, OPEN = "in", "out", "undecided"
HELD = {"accepts", "leans"}
COMMITS = {"asserted": "accepts", "tentative": "leans", "speculative": "leans"}
LETS_GO = {"retracts", "disowns", "dissolves"}


@dataclass(frozen=True)
class Step:
    """Premises for or against a point, or against another step; one relation may make two (a contradiction)."""

    relation: Relation
    kind: str
    premises: frozenset[str]
    target: str
    denies: Relation | None = None


Labels = Mapping[str | Step, str]


class Oracle:
    """One debate, read by the definitions."""

    def __init__(self, debate: Debate) -> None:
        self.debate = debate
        self.nodes = debate.nodes

    # -- who, where, and what counts as one ----------------------------------------------------------------------------

    def spoken_by(self, citations: tuple[Citation, ...]) -> list[str]:
        """The speakers of cited passages."""
        return [
            speaker
            for c in citations
            for passage in self.debate.sources[c.source].passages
            if passage.id == c.passage
            for speaker in passage.by
        ]

    def speakers(self, node: Node) -> set[str]:
        """Who puts a node forward."""
        return set(node.by or self.spoken_by(node.citations))

    def makers(self, relation: Relation) -> set[str]:
        """Who makes a relation."""
        return set(relation.by or self.spoken_by(relation.citations)) or self.speakers(self.nodes[relation.node])

    def when(self, citations: tuple[Citation, ...]) -> tuple[int, int]:
        """Where in the sources something was first said; if it cites nothing, after everything else."""
        ordered = sorted(self.debate.sources.values(), key=lambda s: (s.date or "~", s.id))
        places = [
            (rank, number)
            for c in citations
            for rank, source in enumerate(ordered)
            for number, passage in enumerate(source.passages)
            if (source.id, passage.id) == (c.source, c.passage)
        ]
        return min(places, default=(10**9, 0))

    def moment(self, relation: Relation) -> tuple[tuple[int, int], int]:
        """When a relation was made."""
        node = self.nodes[relation.node]
        return self.when(relation.citations or node.citations), self.debate.order[node.id]

    @cached_property
    def point(self) -> Mapping[str, frozenset[str]]:
        """For each node the nodes with which `restates` joins it, itself included."""
        joined = {n: {n} for n in self.nodes}
        pairs = [(n.id, r.to) for n in self.nodes.values() for r in n.relations if r.kind == "restates"]
        for _ in self.nodes:
            for one, other in pairs:
                together = joined[one] | joined[other]
                for member in together:
                    joined[member] = joined[member] | together
        return {n: frozenset(members) for n, members in joined.items()}

    # -- stances -------------------------------------------------------------------------------------------------------

    def commits(self, node: Node) -> bool:
        """Whether putting a node forward commits its speaker."""
        return node.certainty in COMMITS and not node.attributed_to

    @cached_property
    def taken_back(self) -> set[tuple[str, str]]:
        """Pairs of participant and node that they said and retracted, unless the retraction was retracted in turn."""
        retractions = [
            (self.moment(r), maker, n.id, r.to)
            for n in self.nodes.values()
            for r in n.relations
            if r.kind == "retracts" and self.commits(n)
            for maker in self.makers(r) & self.speakers(self.nodes[r.to])
        ]

        def holds(retraction: tuple[tuple[tuple[int, int], int], str, str, str]) -> bool:
            moment, maker, node_id, _ = retraction
            return not any(
                m > moment and (who, to) == (maker, node_id) and holds((m, who, n, to)) for m, who, n, to in retractions
            )

        return {(maker, to) for moment, maker, node_id, to in retractions if holds((moment, maker, node_id, to))}

    def is_own(self, target: str, who: str) -> bool:
        """Whether somebody put a point forward as their own."""
        return any(self.commits(self.nodes[m]) and who in self.speakers(self.nodes[m]) for m in self.point[target])

    def acts(self) -> Iterator[tuple[tuple[tuple[int, int], int], bool, str, str, str, str | None]]:
        """Every act: when, whether it counts only without an earlier stance, who, what they did to which node, and the stance that follows."""
        for node in self.nodes.values():
            moment = (self.when(node.citations), self.debate.order[node.id])
            if self.commits(node) and node.kind != "question":
                for who in self.speakers(node):
                    yield moment, False, who, "puts forward", node.id, COMMITS[node.certainty]
            if node.certainty not in COMMITS:
                continue
            for relation in node.relations:
                for who in () if node.attributed_to and not relation.by else self.makers(relation):
                    if (who, node.id) not in self.taken_back:
                        for weak, kind, target, stance in self.acts_of(node, relation, who):
                            yield self.moment(relation), weak, who, kind, target, stance

    def acts_of(self, node: Node, relation: Relation, who: str) -> Iterator[tuple[bool, str, str, str | None]]:
        """The acts that making one relation means for its maker."""
        stance, target = COMMITS[node.certainty], relation.to
        if relation.kind == "concedes":
            yield relation.part, "concedes", target, "doubts" if relation.part else stance
        if relation.kind in LETS_GO:
            yield False, relation.kind, target, None
        if relation.kind == "supports" and self.nodes[target].certainty != "arguendo":
            yield True, "supports", target, stance
        if relation.kind == "attacks" and not self.is_own(target, who):
            yield False, "attacks", target, "denies"
        for conclusion in self.robbed_conclusions(relation):
            if not self.is_own(conclusion, who):
                yield True, "undercuts", conclusion, "doubts"
        if relation.kind in {"supports", "attacks", "undercuts"} and node.kind != "argument":
            for premise in relation.premises:
                if self.nodes[premise].certainty != "arguendo":
                    yield True, "uses", premise, stance

    def robbed_conclusions(self, relation: Relation) -> set[str]:
        """The conclusions of supports that an attack or undercut denies (a contradiction is nobody's act)."""
        return {
            s.denies.to
            for s in self.all_steps
            if s.relation is relation and s.denies is not None and s.denies.kind == "supports"
            if relation.kind != "contradicts"
        }

    @cached_property
    def stances(self) -> dict[frozenset[str], dict[str, str]]:
        """Participants' present stances on each point."""
        now: dict[frozenset[str], dict[str, str]] = {p: {} for p in self.point.values()}
        for _, weak, who, _, target, stance in sorted(self.acts(), key=lambda a: (a[0], a[1])):
            held = now[self.point[target]]
            if stance is None:
                held.pop(who, None)
            elif not weak or who not in held:
                held[who] = stance
        return now

    def holders(self, node_id: str) -> set[str]:
        """Who accepts or leans to a point."""
        return {p for p, s in self.stances[self.point[node_id]].items() if s in HELD}

    # -- steps ---------------------------------------------------------------------------------------------------------

    @cached_property
    def arguments(self) -> dict[str, Relation]:
        """The relation that each argument node writes out."""
        return {
            n.id: r
            for n in self.nodes.values()
            if n.kind == "argument"
            for r in n.relations
            if r.kind in {"supports", "attacks", "undercuts"}
        }

    def premises_of(self, relation: Relation) -> frozenset[str]:
        """The premises of a step."""
        node = self.nodes[relation.node]
        if node.kind == "argument" and relation.kind != "contradicts":
            return frozenset(p.id for p in node.premises)
        return frozenset({node.id, *relation.premises})

    def relations_named(self, name: str) -> list[Relation]:
        """The relations that the target of an undercut can mean: by id, by argument, or as `X -> Y`."""
        found = []
        for node in self.nodes.values():
            for r in node.relations:
                if r.kind not in {"supports", "attacks", "contradicts", "undercuts"}:
                    continue
                names = {r.id, *(f"{p} -> {r.to}" for p in self.premises_of(r) | {node.id})}
                if node.kind == "argument" and r.kind != "contradicts":
                    names.add(node.id)
                if r.kind == "contradicts":
                    names.add(f"{r.to} -> {node.id}")
                if name in names:
                    found.append(r)
        return found

    @cached_property
    def all_steps(self) -> list[Step]:
        """Every step on record, whether it still counts or not; an argument is carried by the step it writes out."""
        found = [s for n in self.nodes.values() for r in n.relations for s in self.steps_of(r)]
        found += [Step(r, "supports", self.premises_of(r), a) for a, r in self.arguments.items()]
        for question in (n for n in self.nodes.values() if n.exclusive):
            for one, other in itertools.permutations(self.answers(question.id), 2):
                if self.point[one] != self.point[other]:
                    asked = self.point[question.id]
                    answering = (r for r in self.nodes[one].relations if r.kind == "answers")
                    relation = next(r for r in answering if self.point.get(r.to) == asked)
                    found.append(Step(relation, "rivals", frozenset({one}), other))
        return found

    def steps_of(self, r: Relation) -> Iterator[Step]:
        """The steps that one relation makes."""
        premises, denied = self.premises_of(r), self.arguments.get(r.to)
        if r.kind == "undercuts" and len(named := self.relations_named(r.to)) == 1:
            yield Step(r, "undercuts", premises, "", named[0])
        if r.kind == "attacks" and denied is not None:
            yield Step(r, "undercuts", premises, "", denied)
        elif r.kind in {"supports", "attacks"} and denied is None:
            yield Step(r, r.kind, premises, r.to)
        if r.kind == "contradicts":
            for one, other in ((r.node, r.to), (r.to, r.node)):
                denied = self.arguments.get(other)
                kind, target = ("attacks", other) if denied is None else ("undercuts", "")
                yield Step(r, kind, frozenset({one, *r.premises}), target, denied)

    def answers(self, question: str) -> list[str]:
        """The answers of a question."""
        asked = self.point[question]
        return [n.id for n in self.nodes.values() if any(self.point.get(t) == asked for t in n.targets("answers"))]

    def still_counts(self, step: Step) -> bool:
        """Whether a step still tells for or against anything."""
        relation = step.relation
        if relation.kind == "contradicts" or step.kind == "rivals":
            ends = {relation.node, relation.to} if relation.kind == "contradicts" else {relation.node, step.target}
            return not any(self.is_supposed(e) or self.is_given_up(e) for e in ends)
        makers = self.makers(relation)
        if step.kind != "supports" and self.is_supposed(relation.node):
            return False
        if relation.kind != "supports" and self.is_supposed(relation.node):
            return False
        gone = {m for m in makers if (m, relation.node) in self.taken_back}
        if relation.kind == "attacks":
            gone |= {m for m in makers if self.conceded_after(relation, m)}
        return not makers or gone != makers

    def conceded_after(self, relation: Relation, who: str) -> bool:
        """Whether somebody granted what they had attacked."""
        return any(
            kind == "concedes" and stance in HELD and by == who and moment > self.moment(relation)
            for moment, _, by, kind, target, stance in self.acts()
            if self.point[target] == self.point[relation.to]
        )

    def is_supposed(self, node_id: str) -> bool:
        """Whether a point is only supposed."""
        return all(self.nodes[m].certainty == "arguendo" for m in self.point[node_id])

    def is_given_up(self, node_id: str) -> bool:
        """Whether everybody who put it forward took it back, and nobody else holds it."""
        return not self.holders(node_id) and all(
            (speakers := self.speakers(self.nodes[m])) and all((s, m) in self.taken_back for s in speakers)
            for m in self.point[node_id]
        )

    @cached_property
    def steps(self) -> list[Step]:
        """The steps that count."""
        return [s for s in self.all_steps if self.still_counts(s)]

    def reasons_for(self, node_id: str) -> list[Step]:
        """The reasons for a point."""
        return [s for s in self.steps if s.kind == "supports" and s.target in self.point[node_id]]

    def attacks_on(self, node_id: str) -> list[Step]:
        """The attacks on a point and its rivals."""
        return [s for s in self.steps if s.kind in {"attacks", "rivals"} and s.target in self.point[node_id]]

    def undercuts_of(self, step: Step) -> list[Step]:
        """The undercuts of a step; a strict step cannot be undercut."""
        if step.relation.strict or step.kind == "rivals":
            return []
        return [s for s in self.steps if s.kind == "undercuts" and s.denies is step.relation]

    # -- the conditions ------------------------------------------------------------------------------------------------

    def is_granted(self, node_id: str) -> bool:
        """Whether somebody holds a node, or it is the record's own, or a question that somebody still asks."""
        if any(self.nodes[m].kind == "argument" for m in self.point[node_id]):
            return False
        return bool(self.holders(node_id)) or any(
            self.commits(node)
            and (
                not (speakers := self.speakers(node))
                or (node.kind == "question" and not all((s, m) in self.taken_back for s in speakers))
            )
            for m in self.point[node_id]
            for node in [self.nodes[m]]
        )

    def is_common_ground(self, node_id: str) -> bool:
        """Whether its author and another participant hold a node and nobody denies it."""
        holders = self.holders(node_id)
        return "denies" not in self.stances[self.point[node_id]].values() and any(
            holders & (authors := self.speakers(self.nodes[m])) and holders - authors for m in self.point[node_id]
        )

    def step_label(self, step: Step, labels: Labels) -> str:
        """In iff all premises in and all undercuts out; out iff a premise out or an undercut in."""
        premises = {labels[p] for p in step.premises}
        undercuts = {labels[u] for u in self.undercuts_of(step)}
        if premises <= {IN} and undercuts <= {OUT}:
            return IN
        return OUT if OUT in premises or IN in undercuts else OPEN

    def basis(self, node_id: str, labels: Labels, unsettled: frozenset[str]) -> str:
        """The label of a basis: granted, carried by a reason that is in, or carried by nothing."""
        reasons = self.reasons_for(node_id)
        if not reasons:
            if self.is_granted(node_id):
                return OPEN if node_id in unsettled else IN
            return OUT
        found = {labels[s] for s in reasons}
        if self.has_own_basis(node_id):
            return OPEN if node_id in unsettled and IN not in found else IN
        return IN if IN in found else OPEN if OPEN in found else OUT

    def has_own_basis(self, node_id: str) -> bool:
        """Whether a node is granted apart from any reasons, as leaves, nodes that stand alone and common ground are."""
        if not self.reasons_for(node_id):
            return self.is_granted(node_id)
        alone = any(self.nodes[m].stands_alone for m in self.point[node_id]) and self.is_granted(node_id)
        return self.nodes[node_id].kind != "argument" and (alone or self.is_common_ground(node_id))

    def node_label(self, node_id: str, labels: Labels, unsettled: frozenset[str]) -> str:
        """In iff it has a basis and all attacks are out; out iff an attack is in or there is no basis."""
        if self.is_supposed(node_id):
            return IN
        basis = self.basis(node_id, labels, unsettled)
        attacks = {labels[s] for s in self.attacks_on(node_id)}
        if basis == IN and attacks <= {OUT}:
            return IN
        return OUT if IN in attacks or basis == OUT else OPEN

    def next_labels(self, labels: Labels, unsettled: frozenset[str] = frozenset()) -> dict[str | Step, str]:
        """The labels that the conditions require for nodes and steps, given the present ones."""
        return {n: self.node_label(n, labels, unsettled) for n in self.nodes} | {
            s: self.step_label(s, labels) for s in self.steps
        }

    def least_labelling(self, unsettled: frozenset[str] = frozenset()) -> Labels:
        """The least labelling: begin with all undecided, and go on until the conditions require nothing new."""
        names: list[str | Step] = [*self.nodes, *self.steps]
        labels: Labels = dict.fromkeys(names, OPEN)
        while (following := self.next_labels(labels, unsettled)) != labels:
            labels = following
        return labels

    def labellings(self) -> Iterator[Labels]:
        """All labellings that satisfy the conditions."""
        names: list[str | Step] = [*self.nodes, *self.steps]
        for values in itertools.product((IN, OUT, OPEN), repeat=len(names)):
            labels = dict(zip(names, values, strict=True))
            if self.next_labels(labels) == labels:
                yield labels
