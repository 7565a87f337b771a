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


class Table:
    """The sides of one disagreement, each with everybody who is on it now and who ever was."""

    def __init__(
        self, debate: Debate, nodes: Sequence[str], sides: Iterable[tuple[frozenset[str], frozenset[str]]]
    ) -> None:
        """Seat the sides of a disagreement that comprises these nodes, in the order of the debate."""
        self.debate = debate
        self.nodes = nodes
        self.sides = tuple(sides)
        self._seats: dict[str, set[int]] = defaultdict(set)
        for number, (_, members) in enumerate(self.sides):
            for participant in members:
                self._seats[participant].add(number)
        self._owing: dict[tuple[frozenset[str], frozenset[str]], frozenset[str]] = {}
        self._facing: dict[tuple[frozenset[str], frozenset[str]], bool] = {}

    def _seats_of(self, participants: Iterable[str]) -> set[int]:
        return set().union(*(self._seats.get(p, ()) for p in participants))

    def owing(self, move: Move) -> frozenset[str]:
        """The side a move targets, without its makers."""
        key = (move.makers, move.owed_by)
        if key not in self._owing:
            side = set(move.owed_by)
            for number in self._seats_of(move.owed_by) - self._seats_of(move.makers):
                side |= self.sides[number][0]
            self._owing[key] = frozenset(side - move.makers)
        return self._owing[key]

    def faces(self, move: Move) -> bool:
        """Whether those who made a move and those it targets are on different sides."""
        key = (move.makers, move.owed_by)
        if key not in self._facing:
            mine, theirs = self._seats_of(move.makers), self._seats_of(move.owed_by)
            self._facing[key] = bool(mine) and bool(theirs) and len(mine | theirs) > 1
        return self._facing[key]

    @cached_property
    def waiting(self) -> list[Move]:
        """Moves in the disagreement that nobody on the side they target answered."""
        every = moves(self.debate).all
        made = (found for n in self.nodes if (found := every.get(n)) is not None)
        return [m for m in made if self.owing(m).isdisjoint(m.replies)]

    def spoke_last(self) -> frozenset[str]:
        """Everybody on the side of whoever spoke last."""
        speakers = self.debate.speakers
        latest = next((n for n in reversed(self.nodes) if any(s in self._seats for s in speakers(n))), None)
        if latest is None:
            return frozenset()
        last = frozenset(speakers(latest))
        return last.union(*(self.sides[number][1] for number in self._seats_of(last)))

    def settle(self, listed: Iterable[Move]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """Of moves that wait, those that are due and those passed over by the side that spoke last; and who owes."""
        waiting, last = list(listed), self.spoke_last()
        passed = {m.node for m in waiting if self.owing(m) <= last}
        if len(passed) == len(waiting):
            passed = set()
        due = [m for m in waiting if m.node not in passed]
        owed = {p for m in due for p in self.owing(m)}
        return tuple(m.node for m in due), tuple(m.node for m in waiting if m.node in passed), tuple(sorted(owed))
