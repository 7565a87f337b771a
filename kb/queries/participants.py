"""Who takes part: what each holds, leans to, doubts and denies, and what they owe an answer to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.contention.debts import Table
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


def ordered(debate: Debate) -> list[str]:
    """Participants in display order: as `kb.yaml` lists them, then by id."""
    listed = [p for p in debate.settings.participants if p in debate.participants]
    return list(dict.fromkeys([*listed, *debate.participants]))


def rows(debate: Debate) -> list[Row]:
    """One row a participant: number of nodes and stances, and the moves that wait for their answer."""
    spoken: dict[str, int] = {}
    for node_id in debate.nodes:
        for speaker in debate.speakers(node_id):
            spoken[speaker] = spoken.get(speaker, 0) + 1
    return [_row(debate, participant, spoken.get(participant, 0)) for participant in ordered(debate)]


def _row(debate: Debate, participant: str, spoken: int) -> Row:
    record = debate.participants[participant]
    held = list(stances_of(debate, participant).values())
    return {
        "id": participant,
        "name": record.name,
        "role": record.role,
        "attribution": record.attribution.status,
        "nodes": spoken,
        "accepts": held.count("accepts"),
        "leans": held.count("leans"),
        "doubts": held.count("doubts"),
        "denies": held.count("denies"),
        "owes": list(owes(debate, participant)),
    }


def owes(debate: Debate, participant: str) -> tuple[str, ...]:
    """Moves that wait for this participant, in the order of the debate."""
    return _debts(debate).get(participant, ())


def taking_part(debate: Debate, participant: str) -> tuple[Disagreement, ...]:
    """The disagreements that a participant takes part in, in their order."""
    return _taking(debate).get(participant, ())


@once
def _taking(debate: Debate) -> Mapping[str, tuple[Disagreement, ...]]:
    found: dict[str, list[Disagreement]] = {}
    for row in disagreements(debate):
        for who in row.members:
            found.setdefault(who, []).append(row)
    return {who: tuple(rows) for who, rows in found.items()}


@once
def _debts(debate: Debate) -> Mapping[str, tuple[str, ...]]:
    """Moves that wait, by the participant they wait for."""
    found: dict[str, set[str]] = {}
    for who, move in _owed(debate):
        found.setdefault(who, set()).add(move)
    return {who: tuple(sorted(owed, key=debate.order.__getitem__)) for who, owed in found.items()}


@by_part
def _owed(debate: Debate) -> Sequence[tuple[str, str]]:
    """Who owes an answer to which move."""
    found = []
    for row in disagreements(debate):
        table = Table(debate, (), ((frozenset(s.participants), s.members) for s in row.sides))
        owed_by = frozenset(row.owed_by)
        for move in row.unanswered:
            found += [(who, move) for who in sorted(table.owing(moves(debate).all[move]) & owed_by)]
    return found
