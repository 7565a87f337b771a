"""The debate as evaluation sees it: points, and steps for and against them, as numbers.

A *point* is a node, or several that `restates` joins. A *step* is an inference: it has premises (points), may be undercut (by steps)
and is for or against a point, or undercuts a step. This is the bipartite reading of an argument map as claims and inferences
(ASPIC+ arguments with ordinary premises, Modgil and Prakken 2014, §3; abstract dialectical frameworks, Brewka et al. 2013).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kb.memory import once
from kb.standing.stances import stances
from kb.vocabulary import ARGUMENT, CERTAINTIES, QUESTION

if TYPE_CHECKING:
    from kb.debate import Debate
    from kb.inference import Inference
    from kb.standing.stances import Stances

YES, NO, OPEN = "in", "out", "undecided"


@dataclass(slots=True)
class Step:
    """One inference. `inference` is its index in the debate; a contradiction makes two steps, one each way."""

    inference: int
    premises: tuple[int, ...]
    target: int
    against: bool
    undercuts: list[int] = field(default_factory=list)
    """Indexes of the steps that undercut this one."""
    denies: int | None = None
    """The step that this one undercuts; then `target` is -1."""


@dataclass(slots=True)
class Point:
    """One point and what bears on it. `basis` is what it has without any supporting step: yes, no or undecided."""

    id: str
    basis: str
    supposed: bool = False
    supports: list[int] = field(default_factory=list)
    attacks: list[int] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    """Sets of rival answers it belongs to."""


@dataclass(slots=True)
class Framework:
    """Points, steps and sets of points of which at most one can hold."""

    points: list[Point]
    steps: list[Step]
    groups: list[tuple[int, ...]]
    index: dict[str, int]
    """Point numbers by the id of the node that stands for the point."""
    step_of: dict[int, int]
    """Step numbers by the index of the inference."""
    void: frozenset[int]
    """Inferences that count no more: taken back with their node, or made by people who then conceded the target."""


@once
def framework(debate: Debate) -> Framework:
    """Flatten a debate."""
    return _FrameworkBuilder(debate).build()


class _FrameworkBuilder:
    def __init__(self, debate: Debate) -> None:
        self.debate = debate
        self.stances: Stances = stances(debate)
        self.void: set[int] = set()
        self.undercuts: dict[int, list[int]] = {}
        """Steps by the index of the inference they deny."""
        self.frame = Framework([], [], [], {}, {}, frozenset())

    def build(self) -> Framework:
        frame = self.frame
        for point, members in self.debate.restatements.items():
            frame.index[point] = len(frame.points)
            frame.points.append(self._make_point(point, members))
        for inference in self.debate.inferences:
            if self._is_effective(inference):
                self._add_inference(inference)
            else:
                self.void.add(inference.index)
        self._link_undercuts()
        self._group_rivals()
        for added in frame.points:
            if added.supports and not self._stands_without_reasons(added.id):
                added.basis = NO
        frame.void = frozenset(self.void)
        return frame

    # -- points ------------------------------------------------------------------------------------------------

    def _make_point(self, point: str, members: tuple[str, ...]) -> Point:
        nodes = [self.debate.nodes[m] for m in members]
        supposed = all(n.certainty == "arguendo" for n in nodes)
        argued = nodes[0].kind == ARGUMENT  # it holds as its inference does
        basis = YES if supposed or (not argued and self._is_granted(members)) else NO
        return Point(point, basis, supposed)

    def _is_granted(self, members: tuple[str, ...]) -> bool:
        """Whether somebody holds it now, or it is the record's own."""
        if self.stances.ledger(members[0]).holders:
            return True
        return any(self._is_of_record(m) for m in members)

    def _is_of_record(self, node_id: str) -> bool:
        """Whether a node is put forward by no participant, or is a question somebody asks."""
        node = self.debate.nodes[node_id]
        if node.attributed_to or CERTAINTIES[node.certainty].stance is None:
            return False
        return not self.debate.speakers(node_id) or (node.kind == QUESTION and not self.stances.has_lapsed(node_id))

    def _stands_without_reasons(self, point: str) -> bool:
        """Whether a point with reasons has a basis apart from them: it stands alone, or it is common ground."""
        members = self.debate.restatements[point]
        if self.frame.points[self.frame.index[point]].supposed:
            return True
        if point in self.debate.argument_steps:
            return False
        if any(self.debate.nodes[m].stands_alone for m in members) and self._is_granted(members):
            return True
        ledger = self.stances.ledger(point)
        return "denies" not in ledger.now.values() and any(
            not ledger.holders.isdisjoint(authors := self.debate.speakers(m)) and not ledger.holders.issubset(authors)
            for m in members
        )

    # -- steps -------------------------------------------------------------------------------------------------

    def _is_effective(self, inference: Inference) -> bool:
        """Whether an inference still bears on anything."""
        if inference.kind == "contradicts":
            return not any(self._is_supposed(i) or self._is_given_up(i) for i in (inference.node, inference.target))
        if inference.kind != "supports" and self._is_supposed(inference.node):
            return False  # what is only supposed attacks nothing
        makers = self.debate.makers(inference.relation)
        behind = tuple(maker for maker in makers if (maker, inference.node) not in self.stances.retracted)
        if makers and not behind:
            return False
        return not (inference.kind == "attacks" and behind and self._is_conceded(inference, behind))

    def _is_supposed(self, node_id: str) -> bool:
        return self.frame.points[self._number(node_id)].supposed

    def _is_given_up(self, node_id: str) -> bool:
        """Whether everybody who put a point forward took it back and nobody else holds it: then it rivals nothing."""
        members = self.debate.restatements[self.debate.points[node_id]]
        return all(map(self.stances.has_lapsed, members)) and not self.stances.ledger(node_id).holders

    def _is_conceded(self, inference: Inference, makers: tuple[str, ...]) -> bool:
        """Whether everyone who made an attack, and did not take it back, conceded its target afterwards."""
        rank = self.debate.order[inference.node]
        return all(
            self.stances.has_conceded_after(
                maker, inference.target, (self.debate.relation_position(inference.relation, maker), rank)
            )
            for maker in makers
        )

    def _number(self, node_id: str) -> int:
        return self.frame.index[self.debate.points[node_id]]

    def _add_inference(self, inference: Inference) -> None:
        debate, number = self.debate, self._number
        if inference.kind == "contradicts":
            self._add_contradiction(inference)
            return
        premises = tuple(dict.fromkeys(map(number, inference.premises)))
        denied = debate.denied_step(inference)
        if denied is not None:
            self._add_undercut(Step(inference.index, premises, -1, against=True), denied)
        elif inference.target not in debate.argument_steps:  # backing of an argument has no effect on labels
            self._add_step(
                Step(inference.index, premises, number(inference.target), against=inference.kind != "supports")
            )
        if inference.argument is not None:
            self._add_step(Step(inference.index, premises, number(inference.argument), against=False))

    def _add_contradiction(self, inference: Inference) -> None:
        """Attack both ways; what contradicts an argument denies the step it stands for."""
        linked = inference.premises[1:]
        for one, other in ((inference.node, inference.target), (inference.target, inference.node)):
            premises = tuple(dict.fromkeys(map(self._number, (one, *linked))))
            argued = self.debate.argument_steps.get(other)
            if argued is None:
                self._add_step(Step(inference.index, premises, self._number(other), against=True))
            else:
                self._add_undercut(Step(inference.index, premises, -1, against=True), argued.index)

    def _add_step(self, step: Step) -> int:
        number = len(self.frame.steps)
        self.frame.steps.append(step)
        self.frame.step_of.setdefault(step.inference, number)
        if step.target >= 0:
            point = self.frame.points[step.target]
            if not point.supposed:
                (point.attacks if step.against else point.supports).append(number)
        return number

    def _add_undercut(self, step: Step, denied: int) -> None:
        """Add a step that undercuts another, given by the index of its inference (a strict one cannot be undercut)."""
        number = self._add_step(step)
        if not self.debate.inferences[denied].relation.strict:
            self.undercuts.setdefault(denied, []).append(number)

    def _link_undercuts(self) -> None:
        """Tell every step which steps undercut it."""
        for denied, undercuts in self.undercuts.items():
            for number in undercuts:
                self.frame.steps[number].denies = self.frame.step_of.get(denied)
        for step in self.frame.steps:
            step.undercuts.extend(self.undercuts.get(step.inference, ()))

    def _group_rivals(self) -> None:
        """Group the answers of every question that admits only one."""
        frame, debate = self.frame, self.debate
        for question, answers in debate.answers.items():
            if debate.canonical_question(question) != question or not debate.admits_one(question):
                continue
            rivals = dict.fromkeys(self._number(a) for a in answers if not self._is_given_up(a))
            members = tuple(r for r in rivals if not frame.points[r].supposed)
            if len(members) > 1:
                for member in members:
                    frame.points[member].groups.append(len(frame.groups))
                frame.groups.append(members)
