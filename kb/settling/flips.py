"""Single-flip cruxes: points that are unsettled, and of which one alone makes a difference to another point once it is settled.

A flip is an intervention, as on causes (Pearl 2000; by arguments: Bengel, Blümel, Rienstra and Thimm 2022): the leaf comes out in, or
out, whatever bears on it, and everything else follows.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from kb.standing.framework import NO, YES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from kb.settling.conditions import Conditions

Outcomes = tuple[tuple[int, str], ...]
"""Points with the labels they come out with, by number."""


class Flip(NamedTuple):
    """What becomes of a point if a leaf comes out in, and if it comes out out; None where the leaf cannot come out so."""

    leaf: int
    if_in: str | None
    if_out: str | None
    as_is: str
    """What it is while the leaf is unsettled."""

    @property
    def matters(self) -> bool:
        """Whether it makes a difference how the leaf comes out, as far as it can come out either way, or that it does."""
        return not {self.if_in, self.if_out} <= {self.as_is, None}

    @property
    def decisive(self) -> bool:
        """Whether it decides the point either way."""
        return {self.if_in, self.if_out} == {YES, NO}


class Shift(NamedTuple):
    """Everything that follows from one outcome of a leaf: points with their new labels; None if it cannot come out so."""

    leaf: int
    outcome: str
    changes: Outcomes | None


@contextmanager
def basis_granted(conditions: Conditions, target: int) -> Iterator[None]:
    """Ask about a point that is itself unsettled: what becomes of it while its own basis is granted, as on the record."""
    facts = conditions.assume([conditions.granted_literal(target)] if conditions.is_leaf(target) else [])
    try:
        yield
    finally:
        conditions.undo(facts)


@contextmanager
def supposing(conditions: Conditions, outcomes: Mapping[int, str]) -> Iterator[bool]:
    """Follow outcomes of leaves; the value tells whether they can all come out so, or the rest rules one of them out."""
    facts = conditions.assume([conditions.literal(leaf, label) for leaf, label in outcomes.items()])
    try:
        yield not conditions.clash
    finally:
        conditions.undo(facts)


def label_if(conditions: Conditions, target: int, outcomes: Mapping[int, str]) -> str | None:
    """The label of a point with these outcomes of leaves; None if they cannot all come out so."""
    facts = conditions.assume([conditions.literal(leaf, label) for leaf, label in outcomes.items()])
    label = None if conditions.clash else conditions.label(target)
    conditions.undo(facts)
    return label


def leaves_below(conditions: Conditions, target: int) -> list[int]:
    """The unsettled leaves that can bear on a point, itself aside, in the order of the framework."""
    reached = conditions.cone(conditions.literal(target, YES), conditions.literal(target, NO))
    return sorted({leaf for leaf, _ in conditions.leaf_outcomes(reached).values() if leaf != target})


def points_below(conditions: Conditions, target: int, held: Collection[int] = ()) -> set[int]:
    """The undecided points that can bear on a point, itself aside; behind what somebody takes as `held` nothing does."""
    reached = conditions.cone(conditions.literal(target, YES), conditions.literal(target, NO), up_to=held)
    return {named[0] for named in map(conditions.point_and_label, reached) if named is not None} - {target}


def flips(
    conditions: Conditions,
    target: int,
    held: Mapping[int, str] | None = None,
    also: Callable[[int], bool] | None = None,
) -> list[Flip]:
    """For every leaf that can bear on a point, and points `also` asked for that can: what becomes of it if they come out in, or out.

    `held`: outcomes that somebody takes for granted, each dropped while its own point is asked about.
    """
    if target not in conditions:
        return []
    assumed = {leaf: label for leaf, label in (held or {}).items() if leaf != target}
    with basis_granted(conditions, target):
        others = filter(also, points_below(conditions, target)) if also is not None else ()
        points = sorted({*leaves_below(conditions, target), *others})
        with supposing(conditions, assumed):
            flips = {leaf: _flip(conditions, target, leaf) for leaf in points if leaf not in assumed}
        for leaf in assumed.keys() & points:
            with supposing(conditions, {other: label for other, label in assumed.items() if other != leaf}):
                flips[leaf] = _flip(conditions, target, leaf)
        return [flips[leaf] for leaf in points]


def _flip(conditions: Conditions, target: int, leaf: int) -> Flip:
    if_in, if_out = (label_if(conditions, target, {leaf: label}) for label in (YES, NO))
    return Flip(leaf, if_in, if_out, conditions.label(target))


def shifts(conditions: Conditions) -> Iterator[Shift]:
    """What follows from each outcome of every leaf, one after the other: only what changes is looked at."""
    for leaf in conditions.leaves:
        for label in (YES, NO):
            facts = conditions.assume([conditions.literal(leaf, label)])
            named = (conditions.point_and_label(literal) for literal in facts)
            changes = None if conditions.clash else tuple(name for name in named if name is not None)
            conditions.undo(facts)
            yield Shift(leaf, label, changes)
