"""Who takes part: what each holds, leans to, doubts and denies, and what they owe an answer to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.contention.debts import SideMembership
from kb.contention.moves import moves
from kb.disagreements import disagreements
from kb.memory import once
from kb.parted import by_part
from kb.standing.stances import stances_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kb.contention.rows import Disagreement
    from kb.debate import Debate
    from kb.tables import Row

COLUMNS = ("id", "nodes", "accepts", "leans", "doubts", "denies", "owes", "name")


def in_display_order(debate: Debate) -> list[str]:
    """Participants in display order: as `kb.yaml` lists them, then by id."""
    listed = [p for p in debate.settings.participants if p in debate.participants]
    return list(dict.fromkeys([*listed, *debate.participants]))


def rows(debate: Debate) -> list[Row]:
    """One row a participant: number of nodes and stances, and the moves that wait for their answer."""
    counts: dict[str, int] = {}
    for node_id in debate.nodes:
        for speaker in debate.speakers(node_id):
            counts[speaker] = counts.get(speaker, 0) + 1
    return [_row(debate, participant, counts.get(participant, 0)) for participant in in_display_order(debate)]


def _row(debate: Debate, participant: str, node_count: int) -> Row:
    record = debate.participants[participant]
    stances = list(stances_of(debate, participant).values())
    return {
        "id": participant,
        "name": record.name,
        "role": record.role,
        "attribution": record.attribution.status,
        "nodes": node_count,
        "accepts": stances.count("accepts"),
        "leans": stances.count("leans"),
        "doubts": stances.count("doubts"),
        "denies": stances.count("denies"),
        "owes": list(owed_moves(debate, participant)),
    }


def owed_moves(debate: Debate, participant: str) -> tuple[str, ...]:
    """Moves that wait for this participant, in the order of the debate."""
    return _moves_by_debtor(debate).get(participant, ())


def disputes_of(debate: Debate, participant: str) -> tuple[Disagreement, ...]:
    """The disagreements that a participant takes part in, in their order."""
    return _disputes_by_participant(debate).get(participant, ())


@once
def _disputes_by_participant(debate: Debate) -> Mapping[str, tuple[Disagreement, ...]]:
    disputes: dict[str, list[Disagreement]] = {}
    for row in disagreements(debate):
        for who in row.members:
            disputes.setdefault(who, []).append(row)
    return {who: tuple(rows) for who, rows in disputes.items()}


@once
def _moves_by_debtor(debate: Debate) -> Mapping[str, tuple[str, ...]]:
    """Moves that wait, by the participant they wait for."""
    moves_by_debtor: dict[str, set[str]] = {}
    for who, move in _debtors_and_moves(debate):
        moves_by_debtor.setdefault(who, set()).add(move)
    return {who: tuple(sorted(owed, key=debate.order.__getitem__)) for who, owed in moves_by_debtor.items()}


@by_part
def _debtors_and_moves(debate: Debate) -> Sequence[tuple[str, str]]:
    """Who owes an answer to which move."""
    pairs = []
    for row in disagreements(debate):
        table = SideMembership(debate, (), ((frozenset(s.participants), s.members) for s in row.sides))
        owed_by = frozenset(row.owed_by)
        for move in row.unanswered:
            pairs += [(who, move) for who in sorted(table.debtors(moves(debate).by_node[move]) & owed_by)]
    return pairs
