"""The debate as evaluation sees it: points, and steps for and against them, as numbers.

A *point* is a node, or several that `restates` joins. A *step* is an inference: it has premises (points), may be undercut (by steps)
and is for or against a point, or undercuts a step. This is the bipartite reading of an argument map as claims and inferences
(ASPIC+ arguments with ordinary premises, Modgil and Prakken 2014, §3; abstract dialectical frameworks, Brewka et al. 2013).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from kb.stances import HOLDS, stances
from kb.vocabulary import ARGUMENT, CERTAINTIES, QUESTION

if TYPE_CHECKING:
    from kb.debate import Debate
    from kb.inference import Inference
    from kb.stances import Stances

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


@lru_cache(maxsize=8)
def framework(debate: Debate) -> Framework:
    """Flatten a debate."""
    return _Flattening(debate).run()


class _Flattening:
    def __init__(self, debate: Debate) -> None:
        self.debate = debate
        self.stances: Stances = stances(debate)
        self.void: set[int] = set()
        self.frame = Framework([], [], [], {}, {}, frozenset())

    def run(self) -> Framework:
        frame = self.frame
        for point, members in self.debate.restatements.items():
            frame.index[point] = len(frame.points)
            frame.points.append(self._point(point, members))
        for inference in self.debate.inferences:
            if self._counts(inference):
                self._add(inference)
            else:
                self.void.add(inference.index)
        self._join_undercuts()
        self._join_rivals()
        for made in frame.points:
            if made.supports and not self._stands_without(made.id):
                made.basis = NO
        frame.void = frozenset(self.void)
        return frame

    # -- points ------------------------------------------------------------------------------------------------

    def _point(self, point: str, members: tuple[str, ...]) -> Point:
        nodes = [self.debate.nodes[m] for m in members]
        supposed = all(n.certainty == "arguendo" for n in nodes)
        basis = YES if supposed or self._granted(members) else NO
        if nodes[0].kind == ARGUMENT:
            basis = NO  # it holds as its inference does
        return Point(point, basis, supposed)

    def _granted(self, members: tuple[str, ...]) -> bool:
        """Whether somebody holds it now, or it is the record's own."""
        if self.stances.ledger(members[0]).holders:
            return True
        return any(self._of_record(m) for m in members)

    def _of_record(self, node_id: str) -> bool:
        """Whether a node is put forward by no participant, or is a question somebody asks."""
        node = self.debate.nodes[node_id]
        if node.attributed_to or CERTAINTIES[node.certainty].stance is None:
            return False
        return not self.debate.speakers(node_id) or (node.kind == QUESTION and not self.stances.lapsed(node_id))

    def _stands_without(self, point: str) -> bool:
        """Whether a point with reasons has a basis apart from them: it stands alone, or it is common ground."""
        members = self.debate.restatements[point]
        if self.frame.points[self.frame.index[point]].supposed:
            return True
        if any(self.debate.nodes[m].stands_alone for m in members) and self._granted(members):
            return True
        ledger = self.stances.ledger(point)
        authors = {s for m in members for s in self.debate.speakers(m)}
        return (
            len(ledger.holders) > 1 and not authors.isdisjoint(ledger.holders) and "denies" not in ledger.now.values()
        )

    # -- steps -------------------------------------------------------------------------------------------------

    def _counts(self, inference: Inference) -> bool:
        """Whether an inference still bears on anything."""
        if inference.kind != "supports" and self._supposed(inference):
            return False
        makers = self.debate.makers(inference.relation)
        if makers and all((maker, inference.node) in self.stances.retracted for maker in makers):
            return False
        return not (inference.kind == "attacks" and makers and self._conceded(inference, makers))

    def _supposed(self, inference: Inference) -> bool:
        """Whether an attack starts from what is only supposed; that attacks nothing."""
        return self.frame.points[self._number(inference.node)].supposed

    def _conceded(self, inference: Inference, makers: tuple[str, ...]) -> bool:
        """Whether everyone who made an attack conceded its target afterwards."""
        rank = self.debate.order[inference.node]
        acts = self.stances.acts(inference.target)
        return all(
            any(
                act.participant == maker
                and act.kind == "concedes"
                and act.stance in HOLDS
                and act.when > (self.debate.said(inference.relation, maker), rank)
                for act in acts
            )
            for maker in makers
        )

    def _number(self, node_id: str) -> int:
        return self.frame.index[self.debate.points[node_id]]

    def _add(self, inference: Inference) -> None:
        frame = self.frame
        premises = tuple(dict.fromkeys(self._number(p) for p in inference.premises))
        denied = self.debate.denied_step(inference)
        if denied is not None:
            frame.step_of[inference.index] = self._step(Step(inference.index, premises, -1, against=True))
            return
        if inference.target in self.debate.argument_steps:
            return  # backing of an argument: without effect on labels
        target = self._number(inference.target)
        made = Step(inference.index, premises, target, against=inference.kind != "supports")
        frame.step_of[inference.index] = self._step(made)
        if inference.kind == "contradicts" and len(premises) == 1:
            self._step(Step(inference.index, (target,), premises[0], against=True))
        if inference.argument is not None:
            number = self._number(inference.argument)
            self._step(Step(inference.index, premises, number, against=False))

    def _step(self, step: Step) -> int:
        number = len(self.frame.steps)
        self.frame.steps.append(step)
        if step.target >= 0:
            point = self.frame.points[step.target]
            if not point.supposed:
                (point.attacks if step.against else point.supports).append(number)
        return number

    def _join_undercuts(self) -> None:
        """Tell every step which steps undercut it (a strict one cannot be undercut)."""
        frame, debate = self.frame, self.debate
        undercutters: dict[int, list[int]] = {}
        for inference_index, number in frame.step_of.items():
            denied = debate.denied_step(debate.inferences[inference_index])
            if denied is not None and not debate.inferences[denied].relation.strict:
                undercutters.setdefault(denied, []).append(number)
                frame.steps[number].denies = frame.step_of.get(denied)
        for step in frame.steps:
            step.undercuts.extend(undercutters.get(step.inference, ()))

    def _join_rivals(self) -> None:
        """Group the answers of every question that admits only one."""
        frame, debate = self.frame, self.debate
        for question, answers in debate.answers.items():
            if not debate.nodes[question].exclusive:
                continue
            rivals = dict.fromkeys(self._number(a) for a in answers if not self.stances.lapsed(a))
            members = tuple(r for r in rivals if not frame.points[r].supposed)
            if len(members) > 1:
                for member in members:
                    frame.points[member].groups.append(len(frame.groups))
                frame.groups.append(members)
