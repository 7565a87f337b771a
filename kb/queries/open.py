"""What is in dispute: every disagreement with its sides, what was last said without an answer, and who owes the next word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.contention.contests import contests
from kb.disagreements import disagreements
from kb.queries import because, debts
from kb.queries.lookup import find_node, require_id
from kb.queries.objections import dispute_fates, fate_row
from kb.vocabulary import STATES

if TYPE_CHECKING:
    from kb.contention.rows import Disagreement
    from kb.debate import Debate
    from kb.tables import Row

COLUMNS = ("id", "state", "owed_by", "question")


ACTS = ("id", "participant", "does", "target", "node", "source", "passage")
"""The columns of acts, where they stand in a table of their own."""


def rows(
    debate: Debate,
    node_id: str | None = None,
    *,
    settled: bool = False,
    by: str | None = None,
    state: str | None = None,
) -> list[Row]:
    """Disagreements as the documented JSON has them, the most consequential first."""
    return [row(debate, d) for d in select(debate, node_id, settled=settled, by=by, state=state)]


def explained_row(debate: Debate, dispute: Disagreement) -> Row:
    """One disagreement with the acts that put it into its state, what waits for whom since when, and how its objections fare."""
    return {
        **row(debate, dispute),
        "because": [because.row(deed) for deed in because.deeds_behind(debate, dispute)],
        "debts": [debts.row(debt) for debt in debts.debts(debate, dispute)],
        "objections": [fate_row(f) for f in dispute_fates(debate, dispute)],
    }


def act_rows(debate: Debate, dispute: Disagreement) -> list[Row]:
    """The acts alone, a row each."""
    return [{"id": dispute.id, **because.row(deed)} for deed in because.deeds_behind(debate, dispute)]


def select(
    debate: Debate,
    node_id: str | None = None,
    *,
    settled: bool = False,
    by: str | None = None,
    state: str | None = None,
) -> list[Disagreement]:
    """Disagreements that involve a node, a participant, or are in a state; by default those not settled.

    For a node also the settled ones: its own, else those it is part of, else those that lead to it.
    """
    disputes = list(disagreements(debate))
    if by is not None:
        require_id(by, debate.participants, "participant")
        disputes = [d for d in disputes if any(by in side.members for side in d.sides) or by in d.owed_by]
    if state is not None:
        disputes = [d for d in disputes if d.state == state]
    if node_id is not None:
        find_node(debate, node_id)
        below = contests(debate).below(debate.points[node_id])
        return (
            [d for d in disputes if d.id == node_id]
            or [d for d in disputes if node_id in d.nodes]
            or [d for d in disputes if debate.points[d.id] in below]
        )
    if settled or (state is not None and STATES[state].settled):
        return disputes
    return [d for d in disputes if not d.settled]


def row(debate: Debate, dispute: Disagreement) -> Row:
    """One disagreement."""
    return {
        "id": dispute.id,
        "question": debate.nodes[dispute.id].text if dispute.question else None,
        "state": dispute.state,
        "joined": dispute.joined,
        "parts": [{"id": p.id, "state": p.state} for p in dispute.parts],
        "sides": [
            {
                "position": s.position,
                "participants": list(s.participants),
                "former": list(s.former),
                "attributed": list(s.attributed),
                "nodes": list(s.nodes),
            }
            for s in dispute.sides
        ],
        "unanswered": list(dispute.unanswered),
        "passed_over": list(dispute.passed_over),
        "owed_by": list(dispute.owed_by),
        "senses": [{"term": u.term, "sense": u.sense, "participants": list(u.participants)} for u in dispute.senses],
        "nodes": list(dispute.nodes),
        "bears_on": list(dispute.bears_on),
    }
