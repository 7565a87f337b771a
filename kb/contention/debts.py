"""Who owes the next word in a disagreement: the moves in it that nobody answered, and whose turn it is.

A move waits for the side it targets. When both sides have such moves, the side that did not speak last owes, and those that the other
side left lie passed over.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from kb.contention.moves import moves

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kb.contention.moves import Move
    from kb.debate import Debate


class SideMembership:
    """The sides of one disagreement, each with everybody who is on it now and who ever was."""

    def __init__(
        self, debate: Debate, nodes: Sequence[str], sides: Iterable[tuple[frozenset[str], frozenset[str]]]
    ) -> None:
        """Seat the sides of a disagreement that comprises these nodes, in the order of the debate."""
        self.debate = debate
        self.nodes = nodes
        self.sides = tuple(sides)
        self._sides_by_participant: dict[str, set[int]] = defaultdict(set)
        for number, (_, members) in enumerate(self.sides):
            for participant in members:
                self._sides_by_participant[participant].add(number)
        self._known_debtors: dict[tuple[frozenset[str], frozenset[str]], frozenset[str]] = {}
        self._known_crossings: dict[tuple[frozenset[str], frozenset[str]], bool] = {}

    def _sides_of(self, participants: Iterable[str]) -> set[int]:
        return set().union(*(self._sides_by_participant.get(p, ()) for p in participants))

    def debtors(self, move: Move) -> frozenset[str]:
        """The side a move targets, without its makers."""
        key = (move.makers, move.owed_by)
        if key not in self._known_debtors:
            side = set(move.owed_by)
            for number in self._sides_of(move.owed_by) - self._sides_of(move.makers):
                side |= self.sides[number][0]
            self._known_debtors[key] = frozenset(side - move.makers)
        return self._known_debtors[key]

    def crosses_sides(self, move: Move) -> bool:
        """Whether those who made a move and those it targets are on different sides."""
        key = (move.makers, move.owed_by)
        if key not in self._known_crossings:
            mine, theirs = self._sides_of(move.makers), self._sides_of(move.owed_by)
            self._known_crossings[key] = bool(mine) and bool(theirs) and len(mine | theirs) > 1
        return self._known_crossings[key]

    @cached_property
    def unanswered_moves(self) -> list[Move]:
        """Moves in the disagreement that nobody on the side they target answered."""
        every = moves(self.debate).by_node
        made = (move for n in self.nodes if (move := every.get(n)) is not None)
        return [m for m in made if self.debtors(m).isdisjoint(m.replies)]

    def last_speaking_side(self) -> frozenset[str]:
        """Everybody on the side of whoever spoke last."""
        speakers = self.debate.speakers
        latest = next(
            (n for n in reversed(self.nodes) if any(s in self._sides_by_participant for s in speakers(n))), None
        )
        if latest is None:
            return frozenset()
        last = frozenset(speakers(latest))
        return last.union(*(self.sides[number][1] for number in self._sides_of(last)))

    def split_debts(self, listed: Iterable[Move]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """Of moves that wait, those that are due and those passed over by the side that spoke last; and who owes."""
        waiting, last_speakers = list(listed), self.last_speaking_side()
        passed_over = {m.node for m in waiting if self.debtors(m) <= last_speakers}
        if len(passed_over) == len(waiting):
            passed_over = set()
        due = [m for m in waiting if m.node not in passed_over]
        owed = {p for m in due for p in self.debtors(m)}
        return tuple(m.node for m in due), tuple(m.node for m in waiting if m.node in passed_over), tuple(sorted(owed))
