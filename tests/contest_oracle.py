"""What participants differ about, by a naive reading: the debate is played moment by moment, and shows who stands against whom."""

from __future__ import annotations

import itertools
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tests.objection_oracle import ObjectionOracle
from tests.oracle import HELD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.model import Relation

Point = frozenset[str]
"""A node with all nodes that restate it."""
OPPOSED = {"denies", "doubts"}
LEADS = {"supports", "attacks", "undercuts", "qualifies", "replies_to", "answers", "concedes"}
"""Relations that make a node part of the disagreement to which they lead."""


class Standing(NamedTuple):
    """At one moment, who holds a point or is taken to, and who denies or doubts it."""

    holding: frozenset[str]
    opposing: frozenset[str]


NOBODY = Standing(frozenset(), frozenset())


class ContestOracle(ObjectionOracle):
    """One debate, read by the definition of disagreements."""

    # -- moment by moment ----------------------------------------------------------------------------------------------

    @cached_property
    def history_of_all(self) -> list[tuple[bool, dict[Point, Standing]]]:
        """Who stood where after every act, and whether all acts of that moment are done."""
        acts = [(when, weak, who, kind, self.point[to], stance) for when, weak, who, kind, to, stance in self.acts()]
        for node in self.nodes.values():
            moment = (self.when(node.citations), self.debate.order[node.id])
            acts += [(moment, False, who, "attributed", self.point[node.id], None) for who in node.attributed_to]
        acts.sort(key=lambda act: act[:3])
        moments = []
        stances: dict[tuple[Point, str], str] = {}
        taken: set[tuple[Point, str]] = set()
        for number, (when, weak, who, kind, point, stance) in enumerate(acts):
            key = (point, who)
            if kind == "attributed":
                taken.add(key)
            elif stance is None:
                stances.pop(key, None)
                taken.discard(key)
            elif not weak or key not in stances:
                stances[key] = stance
                taken -= {key} if stance == "denies" else set()
            last = number + 1 == len(acts) or acts[number + 1][0] != when
            moments.append((last, self.snapshot(stances, taken)))
        return moments

    def snapshot(self, stances: dict[tuple[Point, str], str], taken: set[tuple[Point, str]]) -> dict[Point, Standing]:
        """Who stands where now."""
        return {
            point: Standing(
                frozenset(w for (p, w), s in stances.items() if p == point and s in HELD)
                | {w for p, w in taken if p == point},
                frozenset(w for (p, w), s in stances.items() if p == point and s in OPPOSED),
            )
            for point in {p for p, _ in (*stances, *taken)}
        }

    def over_time(self, point: Point, *, whole: bool = False) -> list[Standing]:
        """How people stood to a point after each act, or after each whole moment."""
        return [now.get(point, NOBODY) for last, now in self.history_of_all if last or not whole]

    def ever_held(self, point: Point) -> frozenset[str]:
        """Everybody who ever held a point or was taken to."""
        return frozenset().union(*(standing.holding for standing in self.over_time(point)))

    def are_held_apart(self, one: Point, other: Point) -> bool:
        """Whether at some moment two different participants held two points."""
        together = zip(self.over_time(one, whole=True), self.over_time(other, whole=True), strict=True)
        return any(a != b for here, there in together for a in here.holding for b in there.holding)

    # -- what is contested ---------------------------------------------------------------------------------------------

    def denied_while_held(self, point: Point) -> bool:
        """Whether one held a point while another denied or doubted it."""
        return any(a != b for now in self.over_time(point) for a in now.holding for b in now.opposing)

    @cached_property
    def contradictions(self) -> set[frozenset[Point]]:
        """Points that contradict, held by different participants."""
        pairs = {
            frozenset({self.point[r.node], self.point[r.to]})
            for r in self.relations()
            if r.kind == "contradicts" and r.to in self.nodes
        }
        return {pair for pair in pairs if len(pair) == 2 and self.are_held_apart(*pair)}

    def questions(self) -> Iterator[Point]:
        """Every question."""
        yield from {self.point[n.id] for n in self.nodes.values() if n.kind == "question"}

    def answers_to(self, question: Point) -> set[Point]:
        """The points that answer a question."""
        return {self.point[r.node] for r in self.relations() if r.kind == "answers" and r.to in question}

    def has_rivals(self, question: Point) -> bool:
        """Whether different participants held answers of which only one can hold, or that speak against each other."""
        exclusive = any(self.nodes[n].exclusive for n in question)
        return any(
            self.are_held_apart(one, other) and (exclusive or self.oppose_each_other(one, other))
            for one, other in itertools.combinations(self.answers_to(question), 2)
        )

    def oppose_each_other(self, one: Point, other: Point) -> bool:
        """Whether one of two points attacks or contradicts the other."""
        ends = ({r.node, r.to} for r in self.relations() if r.kind in {"attacks", "contradicts", "undercuts"})
        return any(end & one and end & other for end in ends)

    def asked_by(self, question: Point) -> frozenset[str]:
        """Everybody who ever put a question, or is taken to."""
        own = {s for n in question if self.commits(self.nodes[n]) for s in self.speakers(self.nodes[n])}
        return frozenset(own | {who for n in question for who in self.nodes[n].attributed_to})

    def is_rejected(self, question: Point) -> bool:
        """Whether somebody put a question and another denied it."""
        opposed = frozenset().union(*(now.opposing for now in self.over_time(question)))
        asked = self.asked_by(question)
        return bool(asked) and bool(opposed - asked)

    @cached_property
    def contested(self) -> set[Point]:
        """All that participants differ about."""
        return {
            point
            for point in self.point.values()
            if self.denied_while_held(point) or any(point in pair for pair in self.contradictions)
        } | {question for question in self.questions() if self.has_rivals(question) or self.is_rejected(question)}

    # -- which rows there are ------------------------------------------------------------------------------------------

    @cached_property
    def above(self) -> dict[Point, set[Point]]:
        """By point all points to which it leads, directly or not, itself among them."""
        above: dict[Point, set[Point]] = {point: {point} for point in self.point.values()}
        for r in self.relations():
            if r.kind in LEADS:
                for start, end in self.led_pairs(r):
                    above[self.point[start]].add(self.point[end])
        for _ in above:
            for ends in above.values():
                ends.update(*(above[end] for end in list(ends)))
        return above

    def led_pairs(self, r: Relation) -> Iterator[tuple[str, str]]:
        """The pairs of points from and to which a relation leads."""
        if r.to in self.nodes:
            yield r.node, r.to
        if r.kind in {"supports", "attacks"}:
            yield from ((premise, r.to) for premise in self.premises_of(r))
        elif r.kind == "undercuts" and (denied := self.denied_step(r)) is not None:
            yield from ((r.node, end) for end in (*self.premises_of(denied), self.conclusion(denied)))

    def conclusion(self, step: Relation) -> str:
        """What a step is about in the end; for an undercut, what the step it denies is about."""
        denied = self.denied_step(step) if step.kind == "undercuts" else None
        return step.to if denied is None else self.conclusion(denied)

    def heads(self, root: Point) -> set[Point]:
        """A row, and what contradicts it or its answers without answering anything itself."""
        own = {root} | self.answers_to(root)
        rivals = {other for pair in self.contradictions for other in pair if pair & own and pair - {other} <= own}
        return {root} | {rival for rival in rivals if not self.questions_of(rival)}

    def questions_of(self, point: Point) -> set[Point]:
        """The questions that a point answers."""
        return {self.point[r.to] for r in self.relations() if r.kind == "answers" and r.node in point}

    def rows(self) -> set[Point]:
        """The questions and points that name disagreements."""
        questions = set(self.questions())
        rows = {q for point in self.contested for q in ({point} if point in questions else self.questions_of(point))}
        loose = {point for point in self.contested - questions if not self.questions_of(point)}
        covered = {head for row in rows for head in self.heads(row)}
        left = {point for point in loose if not self.above[point] & covered}
        tops = [point for point in left if not any(self.is_above(other, point) for other in left - {point})]
        for top in sorted(tops, key=self.place):
            if not self.above[top] & covered:
                rows.add(top)
                covered |= self.heads(top)
        return rows | {q for q in questions if self.is_asked_in_vain(q) or self.has_shared_answer(q)}

    def place(self, point: Point) -> int:
        """The place of a point in the debate."""
        return min(self.debate.order[n] for n in point)

    def is_above(self, upper: Point, lower: Point) -> bool:
        """Whether a point leads to another; if each leads to the other, whether the other is the earlier one."""
        leads, back = upper in self.above[lower], lower in self.above[upper]
        return leads and (not back or self.place(upper) < self.place(lower))

    def is_asked_in_vain(self, question: Point) -> bool:
        """Whether only those who asked ever answered, though others speak there, or nobody did."""
        asked = self.asked_by(question)
        speakers = {s for n in question for s in self.speakers(self.nodes[n])}
        if not asked or (speakers and all((s, n) in self.taken_back for n in question for s in speakers)):
            return False
        holders = [self.ever_held(answer) for answer in self.answers_to(question)]
        cited = {c.source for n in question for c in self.nodes[n].citations}
        there = {s for source in cited for p in self.debate.sources[source].passages for s in p.by}
        monologue = bool(cited) and there <= asked and any(holders)
        return all(held <= asked for held in holders) and not monologue

    def has_shared_answer(self, question: Point) -> bool:
        """Whether two participants hold the same answer."""
        return any(len(self.holders(min(answer))) > 1 for answer in self.answers_to(question))
