"""What stands on the record so far: verdicts, statuses, and what is still unsettled.

The verdict is the grounded labelling; it is computed and never stored. A status says in a word how the verdict came about. The
*cautious* view is the same labelling with the bases of unsettled leaves left undecided: what keeps its label there is decided by what
all sides accept.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kb.memory import once
from kb.parted import by_part, each
from kb.semantics import grounded
from kb.standing.acts import is_of_the_record
from kb.standing.framework import NO, OPEN, YES, framework
from kb.standing.stances import stances
from kb.standing.unsettled import unsettled_leaves
from kb.vocabulary import ACT_RELATIONS, NEUTRAL, QUESTION, RELATIONS, REPLY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kb.debate import Debate
    from kb.inference import Inference
    from kb.model import Node
    from kb.semantics.grounded import Labelling
    from kb.standing.framework import Framework
    from kb.standing.stances import Stances


class Evaluation:
    """The verdicts of one debate; every part is computed when first asked for."""

    def __init__(self, debate: Debate) -> None:
        """Evaluate a debate."""
        self.debate = debate

    @cached_property
    def stances(self) -> Stances:
        """Who accepts and denies what."""
        return stances(self.debate)

    @cached_property
    def frame(self) -> Framework:
        """The debate as points and steps."""
        return framework(self.debate)

    @cached_property
    def record(self) -> Labelling:
        """The grounded labelling of the record."""
        return grounded.label(self.frame)

    @cached_property
    def unsettled(self) -> frozenset[str]:
        """Points whose bases the cautious view leaves undecided: leaves in dispute."""
        return unsettled_leaves(self.debate, self.frame)

    @cached_property
    def cautious(self) -> Labelling:
        """The grounded labelling with the bases of unsettled leaves undecided."""
        if not self.unsettled:
            return self.record
        return grounded.label(self.frame, [self.frame.index[point] for point in self.unsettled])

    def point_number(self, node_id: str) -> int:
        """The number of a node's point."""
        return self.frame.index[self.debate.points[node_id]]

    # -- verdicts --------------------------------------------------------------------------------------------------

    def verdict(self, node_id: str) -> str | None:
        """In, out or undecided; None for questions, for what is only supposed, and for replies that only act."""
        return self.record.points[self.point_number(node_id)] if self._has_verdict(node_id) else None

    def label_of(self, inference: Inference) -> str:
        """The label of a step; out if it counts no more."""
        number = self.frame.step_of.get(inference.index)
        if number is None:
            return NO if inference.index in self.frame.void else OPEN
        return self.record.steps[number]

    def _has_verdict(self, node_id: str) -> bool:
        node = self.debate.nodes[node_id]
        if node.kind == QUESTION or self.frame.points[self.point_number(node_id)].supposed:
            return False
        return not self.only_acts(node)

    def only_acts(self, node: Node) -> bool:
        """Whether a reply does nothing but act on other nodes, so that there is nothing to stand or fall."""
        if node.kind != REPLY or not node.relations:
            return False
        if any(relation.kind not in ACT_RELATIONS for relation in node.relations):
            return False
        point = self.frame.points[self.point_number(node.id)]
        is_argued_about = any(
            RELATIONS[r.kind].polarity != NEUTRAL or r.kind == "restates" for r in self.debate.incoming[node.id]
        )
        return not (point.supports or point.attacks or is_argued_about or node.id in self.debate.linked_in)

    # -- statuses --------------------------------------------------------------------------------------------------

    @cached_property
    def _statuses(self) -> dict[str, str | None]:
        """The statuses that were asked for: pages name a node again and again."""
        return {}

    def status(self, node_id: str) -> str | None:
        """How the verdict came about: a word of the table of statuses."""
        if node_id not in self._statuses:
            self._statuses[node_id] = self._status(node_id)
        return self._statuses[node_id]

    def _status(self, node_id: str) -> str | None:
        node = self.debate.nodes[node_id]
        number = self.point_number(node_id)
        if node.kind == QUESTION or self.only_acts(node):
            return None
        if self.frame.points[number].supposed:
            return "supposed"
        verdict = self.record.points[number]
        if number in self._unheld_points:
            return "unheld"
        if verdict == YES:
            return "stands" if number in self.challenged else "unchallenged"
        if verdict == OPEN:
            return "undecided"
        return self._why_out(number)

    def _why_out(self, number: int) -> str:
        if self.cautious.points[number] != NO:
            return "unanswered"
        point = self.frame.points[number]
        hit = any(self.cautious.steps[step] == YES for step in (*point.attacks, *self._undercuts(number))) or any(
            self.cautious.points[rival] == YES
            for group in point.groups
            for rival in self.frame.groups[group]
            if rival != number
        )
        return "defeated" if hit else "unsupported"

    def _undercuts(self, number: int) -> Iterator[int]:
        """Undercuts of the step that an argument node stands for: they tell against the argument itself."""
        argument = self.debate.argument_steps.get(self.frame.points[number].id)
        if argument is not None and argument.index in self.frame.step_of:
            yield from self.frame.steps[self.frame.step_of[argument.index]].undercuts

    @cached_property
    def _unheld_points(self) -> frozenset[int]:
        """Points nobody ever held, or that everyone who did took back, disowned or dissolved; not those of the record."""
        debate = self.debate
        return frozenset(
            number
            for point, number in self.frame.index.items()
            if not self.stances.ledger(point).holders and not is_of_the_record(debate, point)
        )

    @cached_property
    def challenged(self) -> frozenset[int]:
        """Points that something on record speaks against, or against a reason for them, even if it was taken back."""
        frame = self.frame
        challenged = {i for i, p in enumerate(frame.points) if p.attacks or self._has_rival(i)}
        challenged |= {s.target for s in frame.steps if s.undercuts and s.target >= 0 and not s.against}
        challenged |= {self.point_number(node_id) for node_id in self._challenged_nodes()}
        reasons: dict[int, list[int]] = {}
        for step in frame.steps:
            if step.target >= 0 and not step.against:
                for premise in step.premises:
                    reasons.setdefault(premise, []).append(step.target)
        queue = sorted(challenged)
        for number in queue:
            for target in reasons.get(number, ()):
                if target not in challenged:
                    challenged.add(target)
                    queue.append(target)
        return frozenset(challenged)

    def _challenged_nodes(self) -> Iterator[str]:
        """Nodes that are attacked, and those a step for which is denied."""
        debate = self.debate
        for inference in debate.inferences:
            if inference.kind in {"supports", "contradicts"}:
                continue
            index = debate.denied_step(inference)
            if index is None:
                yield inference.target
                continue
            denied = debate.inferences[index]
            if denied.kind == "supports":
                yield denied.target
            if denied.argument is not None:
                yield denied.argument

    def _has_rival(self, number: int) -> bool:
        """Whether it is a rival of an answer that somebody holds."""
        own = number not in self._unheld_points
        return any(self._held_rivals[group] > own for group in self.frame.points[number].groups)

    @cached_property
    def _held_rivals(self) -> tuple[int, ...]:
        """For each set of rival answers, how many of them somebody holds."""
        frame = self.frame
        return tuple(sum(r not in self._unheld_points for r in group) for group in frame.groups)


@once
def evaluate(debate: Debate) -> Evaluation:
    """Evaluate a debate."""
    return Evaluation(debate)


class Judgement(NamedTuple):
    """What became of a node; None where there is nothing to judge."""

    status: str | None
    verdict: str | None


@once
def judgements(debate: Debate) -> Mapping[str, Judgement]:
    """What became of every node, part by part."""
    return each(debate, (row if isinstance(row, Judgement) else Judgement(*row) for row in _judgement_rows(debate)))


@by_part
def _judgement_rows(debate: Debate) -> Sequence[tuple[str | None, str | None]]:
    evaluation = evaluate(debate)
    return [Judgement(evaluation.status(node_id), evaluation.verdict(node_id)) for node_id in debate.nodes]
