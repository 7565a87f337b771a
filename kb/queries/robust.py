"""Which verdicts are robust: the same in every world, whatever becomes of what is unsettled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.evaluate import evaluate
from kb.memory import once
from kb.queries.lookup import find_node
from kb.settling.conditions import conditions
from kb.settling.robust import forced_labels, possible_labels, possible_labels_by_point
from kb.vocabulary import QUESTION, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.debate import Debate
    from kb.evaluate import Evaluation
    from kb.tables import Row

COLUMNS = ("id", "status", "verdict", "can_be")


def rows(debate: Debate, node_id: str | None = None) -> list[Row]:
    """All nodes that have a verdict, or one, or the answers of a question: the verdict on record, and those in one world or another.

    `in_every_world` is the one verdict it has everywhere, else null. Raises `NotFoundError` for what is no node.
    """
    conditions_of_debate, evaluation = conditions(debate), evaluate(debate)
    if node_id is None:
        labels, chosen = possible_labels_by_point(conditions_of_debate), tuple(debate.nodes)
    else:
        record, labels = find_node(debate, node_id), {}
        chosen = debate.answers.get(node_id, ()) if record.kind == QUESTION else (node_id,)
    judged = {n: evaluation.point_number(n) for n in chosen if evaluation.verdict(n) is not None}
    return [
        _row(evaluation, n, labels.get(number) or possible_labels(conditions_of_debate, number))
        for n, number in judged.items()
    ]


def sentence(rows: Sequence[Row]) -> str:
    """How many verdicts are robust."""
    robust = sum(row["in_every_world"] is not None for row in rows)
    return f"{robust} of {len(rows)} {'verdict holds' if len(rows) == 1 else 'verdicts hold'} in every world."


def _row(evaluation: Evaluation, node_id: str, labels: frozenset[str]) -> Row:
    can_be = [verdict for verdict in VERDICTS if verdict in labels]
    return {
        "id": node_id,
        "status": evaluation.status(node_id),
        "verdict": evaluation.verdict(node_id),
        "in_every_world": can_be[0] if len(can_be) == 1 else None,
        "can_be": list(can_be),
    }


def robust_verdict(debate: Debate, node_id: str) -> str | None:
    """The verdict of a node in every world, where the cautious view alone leaves it undecided; None if there is none."""
    evaluation = evaluate(debate)
    if evaluation.verdict(node_id) is None:
        return None
    return _robust_labels(debate).get(evaluation.point_number(node_id))


@once
def _robust_labels(debate: Debate) -> dict[int, str]:
    return forced_labels(conditions(debate))
