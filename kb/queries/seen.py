"""How the debate looks to a participant: the verdicts that what they hold and deny comes to, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.evaluate import evaluate
from kb.queries.lookup import known
from kb.queries.reasons import Reasons
from kb.queries.telling import Told, people
from kb.settling.views import held, labels_as
from kb.standing.framework import OPEN, YES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.debate import Debate


def seen_by(debate: Debate, participant: str) -> Mapping[str, str | None]:
    """The verdict of every node with the unsettled leaves as a participant has them; None for what has no verdict.

    Raises `NotFoundError` for somebody who takes no part.
    """
    known(participant, debate.participants, "participant")
    evaluation = evaluate(debate)
    labels = labels_as(evaluation, participant).points
    return {
        node_id: None if evaluation.verdict(node_id) is None else labels[evaluation.number(node_id)]
        for node_id in debate.nodes
    }


class SeenReasons(Reasons):
    """Why points have the labels that they have for a participant."""

    def __init__(self, debate: Debate, participant: str) -> None:
        """Raises `NotFoundError` for somebody who takes no part."""
        known(participant, debate.participants, "participant")
        super().__init__(debate, labels_as(evaluate(debate), participant))
        self.name_of_participant = people(debate, [participant])
        self.held = held(self.evaluation, participant)
        self.ungranted = self.evaluation.unsettled

    def of(self, number: int) -> Told:
        """Why a point has its label: what they said of it, what follows from that, or that they said neither."""
        told = Told()
        if number in self.held:
            verb = "holds" if self.held[number] == YES else "denies"
            told.clause(f"{self.name_of_participant} {verb} it")
        elif self.labels.points[number] == OPEN and self.frame.points[number].id in self.ungranted:
            told.clause(f"{self.name_of_participant} neither holds nor denies it")
        else:
            return super().of(number)
        return told

    def open_still(self, number: int) -> bool:
        """What the other side granted is no matter here."""
        del number
        return False
