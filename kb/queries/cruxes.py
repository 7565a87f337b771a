"""What a point hangs on: the unsettled points of which one decides it, and the fewest that would settle it either way.

Ranked as a debater would take them up: what every smallest settling set has, then what decides it alone, then what is in a smallest
set, then by how often it makes the difference over all outcomes; of equals what bears on more of the main questions first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.disagreements import disagreements
from kb.evaluate import evaluate
from kb.finding import KbError
from kb.memory import once
from kb.queries.lookup import known, node
from kb.settling.conditions import conditions
from kb.settling.consequence import bears_on
from kb.settling.flips import flips
from kb.settling.sets import settling
from kb.settling.views import apart_from, held, label_as, rivals
from kb.settling.worlds import prospect
from kb.standing.framework import NO, OPEN, YES
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.debate import Debate
    from kb.settling.flips import Flip, Outcomes
    from kb.settling.sets import Settling
    from kb.settling.worlds import Prospect
    from kb.tables import Json, Row

COLUMNS = ("id", "thesis", "if_in", "if_out", "settles", "swing")


@dataclass(frozen=True, slots=True)
class Crux:
    """An unsettled point and what the thesis hangs on it."""

    id: str
    leaf: bool
    """Whether it rests on no others; if not, it is a point that people differ about all the same."""
    if_in: str | None
    """What becomes of the thesis if the point holds; None if it cannot, for the rest rules it out."""
    if_out: str | None
    alone: bool
    """Whether it makes a difference by itself."""
    decisive: bool
    necessary: bool
    """Whether every smallest set that settles the thesis one way or the other has it."""
    chosen: bool
    """Whether the smallest sets shown have it."""
    swing: float
    error: float
    bears_on: tuple[str, ...]

    @property
    def matters(self) -> bool:
        """Whether the thesis comes out differently with it, or can be settled by it and others."""
        return self.chosen or self.alone or abs(self.swing) > self.error


@dataclass(frozen=True, slots=True)
class Way:
    """The fewest outcomes of leaves that settle a thesis one way, by id, and those that every such set has."""

    label: str
    outcomes: tuple[tuple[str, str], ...]
    necessary: frozenset[str]
    others: tuple[tuple[str, str], ...] = ()
    """Where one outcome does: the others that would do as well."""


@dataclass(frozen=True, slots=True)
class Cruxes:
    """Everything there is to say of what a thesis hangs on."""

    thesis: str
    verdict: str
    """On the record, or for the participant in whose place it was asked."""
    open: bool
    """Whether anything unsettled could still decide it."""
    ways: tuple[Way, ...]
    cruxes: tuple[Crux, ...]
    shares: Mapping[str, float] | None
    sampled: bool


class Hinges:
    """What points of a debate hang on, perhaps as one participant sees it."""

    def __init__(self, debate: Debate, participant: str | None = None) -> None:
        """Raises `NotFoundError` for somebody who takes no part."""
        self.debate = debate
        self.evaluation = evaluate(debate)
        if participant is not None:
            known(participant, debate.participants, "participant")
        self.participant = participant
        self.held = held(self.evaluation, participant) if participant is not None else {}
        self.found = conditions(debate)
        points, ledger = self.evaluation.frame.points, self.evaluation.stances.ledger
        apart = (n for n in self.found.points if not self.found.is_leaf(n))
        self.disputed = frozenset(n for n in apart if ledger(points[n].id).opponents)

    def of(self, node_id: str, *, brief: bool = False) -> Cruxes:
        """What a point hangs on; in brief as far as that is told without a solver and without looking at every world."""
        number = self.evaluation.number(node_id)
        given = apart_from(self.found, number, self.held)
        beside = rivals(self.found, number)
        turns = flips(self.found, number, given, lambda point: point in self.disputed and point not in beside)
        ways = tuple(self._ways(number, given, turns, brief=brief))
        seen = prospect(self.found, number) if self.participant is None and not brief else None
        cruxes = sorted(self._cruxes(turns, ways, seen), key=self._rank)
        return Cruxes(
            thesis=node_id,
            verdict=self._verdict(number),
            open=number in self.found,
            ways=ways,
            cruxes=tuple(crux for crux in cruxes if crux.matters),
            shares=None if seen is None else seen.shares,
            sampled=seen is not None and seen.sampled,
        )

    def _id(self, number: int) -> str:
        return self.evaluation.frame.points[number].id

    def _verdict(self, number: int) -> str:
        if self.participant is None:
            return self.evaluation.record.points[number]
        return label_as(self.found, number, self.held)

    def _ways(self, number: int, given: Mapping[int, str], turns: list[Flip], *, brief: bool) -> Iterator[Way]:
        """The ways to settle a point, as in or as out; in brief without those that take a solver."""
        for label in (YES, NO):
            try:
                found = settling(self.found, number, label, given, search=not brief)
            except KbError:
                if brief:
                    continue
                raise
            if found is not None:
                yield self._way(label, found, turns)

    def _way(self, label: str, found: Settling, turns: list[Flip]) -> Way:
        outcomes, leaves = self._named(found.outcomes), [t for t in turns if self.found.is_leaf(t.leaf)]
        alike = [(t.leaf, out) for t in leaves for out, then in ((YES, t.if_in), (NO, t.if_out)) if then == label]
        others = [one for one in self._named(tuple(alike)) if one not in outcomes] if len(outcomes) == 1 else []
        return Way(label, outcomes, frozenset(self._id(leaf) for leaf, _ in found.necessary), tuple(others))

    def _named(self, outcomes: Outcomes) -> tuple[tuple[str, str], ...]:
        named = ((self._id(leaf), label) for leaf, label in outcomes)
        return tuple(sorted(named, key=lambda outcome: self.debate.order[outcome[0]]))

    def _cruxes(self, turns: list[Flip], ways: tuple[Way, ...], seen: Prospect | None) -> list[Crux]:
        swings = {swing.leaf: swing for swing in seen.swings} if seen is not None else {}
        chosen = {point for way in ways for point, _ in way.outcomes}
        necessary = frozenset[str]().union(*(way.necessary for way in ways))
        found = []
        for flip in turns:
            point, swing = self._id(flip.leaf), swings.get(flip.leaf)
            crux = Crux(
                id=point,
                leaf=self.found.is_leaf(flip.leaf),
                if_in=flip.if_in,
                if_out=flip.if_out,
                alone=flip.matters,
                decisive=flip.decisive,
                necessary=point in necessary,
                chosen=point in chosen,
                swing=0.0 if swing is None else swing.value,
                error=0.0 if swing is None else swing.error,
                bears_on=bears_on(self.debate, [point]),
            )
            found.append(crux)
        return found

    def _rank(self, crux: Crux) -> tuple[bool, bool, bool, float, int, int]:
        size = abs(round(crux.swing, 9))
        order = self.debate.order[crux.id]
        return not crux.necessary, not crux.decisive, not crux.chosen, -size, -len(crux.bears_on), order


@once
def hinges(debate: Debate) -> Hinges:
    """What the points of a debate hang on, on the record."""
    return Hinges(debate)


def cruxes(debate: Debate, node_id: str, participant: str | None = None) -> list[Cruxes]:
    """What a point hangs on; of a question, what each of its answers does, and what else a side in it holds.

    Raises `NotFoundError` for what is no node.
    """
    asked = node(debate, node_id)
    found = Hinges(debate, participant)
    theses = [node_id]
    if asked.kind == QUESTION:
        rows = [row for row in disagreements(debate) if row.id == debate.asked_as(node_id)]
        theses = [*debate.answers[node_id], *(side.position for row in rows for side in row.sides)]
    once = {debate.points[n]: n for n in reversed(theses)}
    return [found.of(n) for n in reversed(once.values()) if found.evaluation.verdict(n) is not None]


def row(found: Cruxes) -> Row:
    """What a thesis hangs on, as the documented JSON has it."""
    shares: Json = None if found.shares is None else {label: round(found.shares[label], 4) for label in (YES, NO, OPEN)}
    return {
        "thesis": found.thesis,
        "verdict": found.verdict,
        "open": found.open,
        "settled_by": [_way_row(way) for way in found.ways],
        "cruxes": [_crux_row(crux) for crux in found.cruxes],
        "shares": shares,
        "sampled": found.sampled,
    }


def _way_row(way: Way) -> Json:
    outcomes: list[Json] = [{"id": point, "outcome": label} for point, label in way.outcomes]
    necessary: list[Json] = [point for point, _ in way.outcomes if point in way.necessary]
    others: list[Json] = [{"id": point, "outcome": label} for point, label in way.others]
    return {"verdict": way.label, "outcomes": outcomes, "necessary": necessary, "others": others}


def _crux_row(crux: Crux) -> Json:
    return {
        "id": crux.id,
        "leaf": crux.leaf,
        "if_in": crux.if_in,
        "if_out": crux.if_out,
        "decisive": crux.decisive,
        "necessary": crux.necessary,
        "swing": round(crux.swing, 4),
        "error": round(crux.error, 4),
        "bears_on": list(crux.bears_on),
    }


def flat(found: list[Cruxes]) -> list[Row]:
    """A row for each crux of each thesis."""
    return [
        {
            "thesis": one.thesis,
            "id": crux.id,
            "if_in": crux.if_in,
            "if_out": crux.if_out,
            "settles": [way.label for way in one.ways if crux.id in dict(way.outcomes)],
            "swing": round(crux.swing, 4),
            "error": round(crux.error, 4),
        }
        for one in found
        for crux in one.cruxes
    ]
