"""How the debate looks to a participant: the verdicts that what they hold and deny comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.evaluate import evaluate
from kb.queries.lookup import known
from kb.settling.views import labels_as

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
