"""World by world: every way in which the unsettled leaves could come to have a basis, or none.

A *world* grants each unsettled leaf its own basis or denies it; the rest follows, objections among the leaves included. These are the
completions of an incomplete framework (Odekerken, Borg and Bex 2023); a verdict that is the same in all of them is *stable* there,
*robust* here. The *swing* of a leaf is how much more often a point is in where the leaf has a basis, all worlds counting the same
(Birnbaum 1969, Banzhaf 1965). A world is a bit, so that one pass over the conditions judges all worlds at once.
"""

from __future__ import annotations

from collections import deque
from hashlib import blake2b
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from kb.settling.flips import basis_granted, leaves_below
from kb.standing.framework import NO, OPEN, YES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kb.settling.conditions import Conditions

ALL_UP_TO = 12
"""With so many leaves all worlds are looked at; with more, a sample."""
SAMPLE = 4096
_CONFIDENT = 1.96
"""Half the width of an interval of 95 % in standard errors."""


class Swing(NamedTuple):
    """How much more often a point is in with a leaf than without it, from -1 to 1; `error` is 0 if all worlds were looked at."""

    leaf: int
    value: float
    error: float


class Prospect(NamedTuple):
    """How a point comes out over the worlds: shares of 1, with the swing of every leaf that bears on it."""

    shares: dict[str, float]
    sampled: bool
    swings: tuple[Swing, ...]


class Worlds:
    """Many worlds at once: for each literal a number of which each bit says whether it is true in one world."""

    def __init__(self, conditions: Conditions, goals: Iterable[int], leaves: Sequence[int]) -> None:
        """Judge what the goals follow from, in all worlds of some leaves or in a sample of them."""
        self.sampled = len(leaves) > ALL_UP_TO
        self.count = SAMPLE if self.sampled else 2 ** len(leaves)
        self._all_worlds = (1 << self.count) - 1
        self.granted = {leaf: self._worlds_granting(conditions, leaf, place) for place, leaf in enumerate(leaves)}
        self._true = self._evaluate(conditions, conditions.cone(*goals))

    def _worlds_granting(self, conditions: Conditions, leaf: int, place: int) -> int:
        """The worlds in which a leaf has a basis: every other one, every other two, … or drawn by its name."""
        if self.sampled:
            return int.from_bytes(_pseudo_random_bytes(conditions.frame.points[leaf].id, self.count // 8), "big")
        return self._all_worlds // ((1 << (1 << place)) + 1)

    def _evaluate(self, conditions: Conditions, cone: Sequence[int]) -> dict[int, int]:
        true = dict.fromkeys(cone, 0)
        for literal in cone:
            if conditions.holds(literal):
                true[literal] = self._all_worlds
        for leaf, worlds in self.granted.items():
            true[conditions.granted_literal(leaf)] = worlds
            true[conditions.denied_literal(leaf)] = self._all_worlds ^ worlds
        queue = deque(reversed(cone))
        waiting = set(cone)
        while queue:
            literal = queue.popleft()
            waiting.discard(literal)
            before = true[literal]
            after = before | self._worlds_deriving(conditions, true, literal)
            if after != before:
                true[literal] = after
                more = [then for then in conditions.follows[literal] if then in true and then not in waiting]
                queue.extend(more)
                waiting.update(more)
        return true

    def _worlds_deriving(self, conditions: Conditions, true: dict[int, int], literal: int) -> int:
        causes = conditions.causes[literal]
        if not causes:
            return 0
        worlds = self._all_worlds if conditions.all_of[literal] else 0
        for cause in causes:
            worlds = worlds & true[cause] if conditions.all_of[literal] else worlds | true[cause]
        return worlds

    def true_in(self, literal: int) -> int:
        """The worlds in which a literal is true."""
        return self._true[literal]


def prospect(conditions: Conditions, target: int) -> Prospect | None:
    """How an undecided point comes out, world by world, its own basis granted if that is unsettled; None if it is decided without."""
    if target not in conditions:
        return None
    with basis_granted(conditions, target):
        goals = (conditions.literal(target, YES), conditions.literal(target, NO))
        leaves = leaves_below(conditions, target)
        worlds = Worlds(conditions, goals, leaves)
    holds, fails = (worlds.true_in(goal) for goal in goals)
    shares = {YES: holds.bit_count() / worlds.count, NO: fails.bit_count() / worlds.count}
    shares[OPEN] = 1 - shares[YES] - shares[NO]
    swings = tuple(_swing(leaf, worlds.granted[leaf], holds, worlds) for leaf in leaves)
    return Prospect(shares, worlds.sampled, swings)


def _swing(leaf: int, granted: int, holds: int, worlds: Worlds) -> Swing:
    """The difference of two shares, with what it may be off by."""
    having = granted.bit_count()
    lacking = worlds.count - having
    with_it = (holds & granted).bit_count() / having
    without = (holds & ~granted).bit_count() / lacking
    spread = with_it * (1 - with_it) / having + without * (1 - without) / lacking
    return Swing(leaf, with_it - without, _CONFIDENT * sqrt(spread) if worlds.sampled else 0.0)


def _pseudo_random_bytes(name: str, size: int) -> bytes:
    """Bytes that look like chance and are the same on every machine."""
    blocks = (blake2b(f"{name} {number}".encode()).digest() for number in range(-(-size // 64)))
    return b"".join(blocks)[:size]
