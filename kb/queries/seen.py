"""How the debate looks to a participant: the verdicts that what they hold and deny comes to, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.evaluate import evaluate
from kb.queries.lookup import require_id
from kb.queries.reasons import Reasons
from kb.queries.telling import SentenceBuilder, names
from kb.settling.conditions import conditions
from kb.settling.views import held_outcomes, labels_seen_by, labels_with, outcomes_without
from kb.standing.framework import OPEN, YES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.debate import Debate


def verdicts_seen_by(debate: Debate, participant: str) -> Mapping[str, str | None]:
    """The verdict of every node with what is undecided as a participant has it; None for what has no verdict.

    Raises `NotFoundError` for somebody who takes no part.
    """
    require_id(participant, debate.participants, "participant")
    evaluation = evaluate(debate)
    labels = labels_seen_by(evaluation, participant).points
    return {
        node_id: None if evaluation.verdict(node_id) is None else labels[evaluation.point_number(node_id)]
        for node_id in debate.nodes
    }


class SeenReasons(Reasons):
    """Why points have the labels that they have by what a participant said of others than the one that is asked about."""

    def __init__(self, debate: Debate, participant: str, asked: int) -> None:
        """Raises `NotFoundError` for somebody who takes no part."""
        require_id(participant, debate.participants, "participant")
        evaluation = evaluate(debate)
        self.held = outcomes_without(conditions(debate), asked, held_outcomes(evaluation, participant))
        super().__init__(debate, labels_with(evaluation, self.held, granted=asked))
        self.asked = asked
        self.named = names(debate, [participant])
        self.ungranted = self.evaluation.unsettled

    def explain(self, number: int) -> SentenceBuilder:
        """Why a point has its label: what they said of it, what follows from that, or that they said neither."""
        sentence = SentenceBuilder()
        if number in self.held:
            sentence.say("account.held" if self.held[number] == YES else "account.denied", who=self.named)
        elif self._is_left_open(number):
            sentence.say("account.left_open", who=self.named)
        else:
            return super().explain(number)
        return sentence

    def _is_left_open(self, number: int) -> bool:
        leaf = self.frame.points[number].id in self.ungranted and number != self.asked
        return leaf and self.labels.points[number] == OPEN

    def is_still_open(self, number: int) -> bool:
        """What the other side granted is no matter here."""
        del number
        return False
