"""Which moves of a disagreement wait for an answer: who made them where, against what, whom they wait for, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.contention.debts import SideMembership
from kb.contention.moves import moves
from kb.model import Citation
from kb.queries.because import citation_fields

if TYPE_CHECKING:
    from kb.contention.moves import Move
    from kb.contention.rows import Disagreement
    from kb.debate import Debate
    from kb.tables import Json


@dataclass(frozen=True, slots=True)
class Debt:
    """A move that nobody on the side it targets has answered."""

    move: str
    by: tuple[str, ...]
    citation: Citation | None
    """Where it was said: since then it waits."""
    targets: tuple[str, ...]
    owed_by: tuple[str, ...]
    spoke: tuple[Citation, ...]
    """Passages of the same source in which somebody who owes the answer spoke afterwards, and did not give it."""
    due: bool
    """Whether it is this side's turn; if not, it lies passed over."""


def debts(debate: Debate, dispute: Disagreement) -> tuple[Debt, ...]:
    """The moves that wait, the latest first: those that are due, then those passed over by the side that spoke last."""
    membership = SideMembership(debate, dispute.nodes, ((frozenset(s.participants), s.members) for s in dispute.sides))
    every = moves(debate).by_node
    return tuple(
        _debt(debate, membership, every[move], due=due)
        for due, waiting in ((True, dispute.unanswered), (False, dispute.passed_over))
        for move in sorted(waiting, key=moves(debate).when, reverse=True)
    )


def _debt(debate: Debate, membership: SideMembership, move: Move, *, due: bool) -> Debt:
    citation = debate.first_citation(debate.nodes[move.node].citations)
    debtors = membership.debtors(move)
    return Debt(
        move.node,
        debate.speakers(move.node),
        citation,
        tuple(t for t in move.targets if t != move.node),
        tuple(sorted(debtors)),
        _later_passages(debate, citation, debtors),
        due,
    )


def _later_passages(debate: Debate, citation: Citation | None, owing: frozenset[str]) -> tuple[Citation, ...]:
    """Where in a source somebody spoke after a passage of it."""
    source = None if citation is None else debate.sources.get(citation.source)
    if citation is None or source is None:
        return ()
    since = debate.position(citation)
    later = (Citation(source.id, p.id) for p in source.passages if not owing.isdisjoint(p.by))
    return tuple(citation for citation in later if debate.position(citation) > since)


def row(debt: Debt) -> Json:
    """A debt as the documented JSON has it."""
    return {
        "move": debt.move,
        "by": list(debt.by),
        **citation_fields(debt.citation),
        "targets": list(debt.targets),
        "owed_by": list(debt.owed_by),
        "since": None if debt.citation is None else str(debt.citation),
        "spoke": [said.passage for said in debt.spoke],
        "due": debt.due,
    }
