"""A disagreement: its state, its sides, what waits for an answer, and who owes one."""

from __future__ import annotations

from dataclasses import dataclass

from kb.vocabulary import STATES


@dataclass(frozen=True, slots=True)
class DisputePart:
    """A contested node within a disagreement, with a state of its own."""

    id: str
    state: str


@dataclass(frozen=True, slots=True)
class Side:
    """The holders of one answer; of a side that only denies, `position` is its first objection."""

    position: str
    participants: tuple[str, ...]
    former: tuple[str, ...]
    nodes: tuple[str, ...]
    attributed: tuple[str, ...] = ()
    """Those among them who never said so themselves: they are, or were, only taken to hold it."""

    @property
    def members(self) -> frozenset[str]:
        """Everybody who is or was on it."""
        return frozenset((*self.participants, *self.former))


@dataclass(frozen=True, slots=True)
class TermUse:
    """Which participants use which sense of a term within a disagreement."""

    term: str
    sense: str
    participants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One row of what is in dispute."""

    id: str
    question: str | None
    state: str
    joined: bool
    parts: tuple[DisputePart, ...]
    sides: tuple[Side, ...]
    unanswered: tuple[str, ...]
    passed_over: tuple[str, ...]
    owed_by: tuple[str, ...]
    senses: tuple[TermUse, ...]
    nodes: tuple[str, ...]
    bears_on: tuple[str, ...]
    """The main questions that change once it is settled, whichever way."""

    def __hash__(self) -> int:
        """By the id, of which there is one; looking through all its nodes whenever it is asked about would cost more."""
        return hash(self.id)

    @property
    def members(self) -> frozenset[str]:
        """Everybody who takes part, on whatever side they stand or stood."""
        return frozenset().union(*(side.members for side in self.sides))

    @property
    def settled(self) -> bool:
        """Whether it owes nothing and is listed on request only."""
        return STATES[self.state].settled


# -- as plain values -----------------------------------------------------------------------------------------------------

Names = tuple[str, ...]
Packed = tuple[
    tuple[str, str | None, str, bool],
    tuple[tuple[str, str], ...],
    tuple[tuple[str, Names, Names, Names, Names], ...],
    tuple[Names, Names, Names, Names, Names],
    tuple[tuple[str, str, Names], ...],
]
"""A row as what JSON can hold; from there it comes back with lists in the place of tuples."""


def pack(row: Disagreement) -> Packed:
    """A row as plain values."""
    return (
        (row.id, row.question, row.state, row.joined),
        tuple((part.id, part.state) for part in row.parts),
        tuple((s.position, s.participants, s.former, s.nodes, s.attributed) for s in row.sides),
        (row.unanswered, row.passed_over, row.owed_by, row.nodes, row.bears_on),
        tuple((use.term, use.sense, use.participants) for use in row.senses),
    )


def unpack(packed: Packed) -> Disagreement:
    """The row that was packed."""
    (name, question, state, joined), parts, sides, names, senses = packed
    unanswered, passed_over, owed_by, nodes, bears_on = map(tuple, names)
    return Disagreement(
        id=name,
        question=question,
        state=state,
        joined=joined,
        parts=tuple(DisputePart(*part) for part in parts),
        sides=tuple(Side(position, *map(tuple, people)) for position, *people in sides),
        unanswered=unanswered,
        passed_over=passed_over,
        owed_by=owed_by,
        senses=tuple(TermUse(term, sense, tuple(people)) for term, sense, people in senses),
        nodes=nodes,
        bears_on=bears_on,
    )
