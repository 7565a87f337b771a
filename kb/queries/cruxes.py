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
from kb.queries.lookup import find_node, require_id
from kb.settling.conditions import conditions
from kb.settling.consequence import bears_on
from kb.settling.flips import flips
from kb.settling.sets import settling_set
from kb.settling.views import held_outcomes, label_given, outcomes_without, rival_points
from kb.settling.worlds import prospect
from kb.standing.framework import NO, OPEN, YES
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.debate import Debate
    from kb.settling.flips import Flip, Outcomes
    from kb.settling.sets import SettlingSet
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
class SettlingWay:
    """The fewest outcomes of leaves that settle a thesis one way, by id, and those that every such set has."""

    label: str
    outcomes: tuple[tuple[str, str], ...]
    necessary: frozenset[str]
    others: tuple[tuple[str, str], ...] = ()
    """Where one outcome does: the others that would do as well."""


@dataclass(frozen=True, slots=True)
class CruxAnalysis:
    """Everything there is to say of what a thesis hangs on."""

    thesis: str
    verdict: str
    """On the record, or for the participant in whose place it was asked."""
    open: bool
    """Whether anything unsettled could still decide it."""
    ways: tuple[SettlingWay, ...]
    cruxes: tuple[Crux, ...]
    shares: Mapping[str, float] | None
    sampled: bool


class CruxFinder:
    """What points of a debate hang on, perhaps as one participant sees it."""

    def __init__(self, debate: Debate, participant: str | None = None) -> None:
        """Raises `NotFoundError` for somebody who takes no part."""
        self.debate = debate
        self.evaluation = evaluate(debate)
        if participant is not None:
            require_id(participant, debate.participants, "participant")
        self.participant = participant
        self.held = held_outcomes(self.evaluation, participant) if participant is not None else {}
        self.conditions = conditions(debate)
        points, ledger = self.evaluation.frame.points, self.evaluation.stances.ledger
        apart = (n for n in self.conditions.points if not self.conditions.is_leaf(n))
        self.disputed = frozenset(n for n in apart if ledger(points[n].id).opponents)

    def analyse(self, node_id: str, *, brief: bool = False) -> CruxAnalysis:
        """What a point hangs on; in brief as far as that is told without a solver and without looking at every world."""
        number = self.evaluation.point_number(node_id)
        assumed = outcomes_without(self.conditions, number, self.held)
        competing = rival_points(self.conditions, number)
        leaf_flips = flips(
            self.conditions, number, assumed, lambda point: point in self.disputed and point not in competing
        )
        ways = tuple(self._ways(number, assumed, leaf_flips, brief=brief))
        outlook = prospect(self.conditions, number) if self.participant is None and not brief else None
        cruxes = sorted(self._cruxes(leaf_flips, ways, outlook), key=self._sort_key)
        return CruxAnalysis(
            thesis=node_id,
            verdict=self._verdict(number),
            open=number in self.conditions,
            ways=ways,
            cruxes=tuple(crux for crux in cruxes if crux.matters),
            shares=None if outlook is None else outlook.shares,
            sampled=outlook is not None and outlook.sampled,
        )

    def _id(self, number: int) -> str:
        return self.evaluation.frame.points[number].id

    def _verdict(self, number: int) -> str:
        if self.participant is None:
            return self.evaluation.record.points[number]
        return label_given(self.conditions, number, self.held)

    def _ways(
        self, number: int, assumed: Mapping[int, str], leaf_flips: list[Flip], *, brief: bool
    ) -> Iterator[SettlingWay]:
        """The ways to settle a point, as in or as out; in brief without those that take a solver."""
        for label in (YES, NO):
            try:
                settled = settling_set(self.conditions, number, label, assumed, search=not brief)
            except KbError:
                if brief:
                    continue
                raise
            if settled is not None:
                yield self._way(label, settled, leaf_flips)

    def _way(self, label: str, settled: SettlingSet, leaf_flips: list[Flip]) -> SettlingWay:
        outcomes, leaves = (
            self._outcome_ids(settled.outcomes),
            [t for t in leaf_flips if self.conditions.is_leaf(t.leaf)],
        )
        alike = [(t.leaf, out) for t in leaves for out, then in ((YES, t.if_in), (NO, t.if_out)) if then == label]
        others = (
            [other for other in self._outcome_ids(tuple(alike)) if other not in outcomes] if len(outcomes) == 1 else []
        )
        return SettlingWay(label, outcomes, frozenset(self._id(leaf) for leaf, _ in settled.necessary), tuple(others))

    def _outcome_ids(self, outcomes: Outcomes) -> tuple[tuple[str, str], ...]:
        named = ((self._id(leaf), label) for leaf, label in outcomes)
        return tuple(sorted(named, key=lambda outcome: self.debate.order[outcome[0]]))

    def _cruxes(self, leaf_flips: list[Flip], ways: tuple[SettlingWay, ...], outlook: Prospect | None) -> list[Crux]:
        swings = {swing.leaf: swing for swing in outlook.swings} if outlook is not None else {}
        chosen = {point for way in ways for point, _ in way.outcomes}
        necessary = frozenset[str]().union(*(way.necessary for way in ways))
        cruxes = []
        for flip in leaf_flips:
            point, swing = self._id(flip.leaf), swings.get(flip.leaf)
            crux = Crux(
                id=point,
                leaf=self.conditions.is_leaf(flip.leaf),
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
            cruxes.append(crux)
        return cruxes

    def _sort_key(self, crux: Crux) -> tuple[bool, bool, bool, float, int, int]:
        size = abs(round(crux.swing, 9))
        order = self.debate.order[crux.id]
        return not crux.necessary, not crux.decisive, not crux.chosen, -size, -len(crux.bears_on), order


@once
def crux_finder(debate: Debate) -> CruxFinder:
    """What the points of a debate hang on, on the record."""
    return CruxFinder(debate)


def cruxes(debate: Debate, node_id: str, participant: str | None = None) -> list[CruxAnalysis]:
    """What a point hangs on; of a question, what each of its answers does, and what else a side in it holds.

    Raises `NotFoundError` for what is no node.
    """
    record = find_node(debate, node_id)
    finder = CruxFinder(debate, participant)
    theses = [node_id]
    if record.kind == QUESTION:
        rows = [row for row in disagreements(debate) if row.id == debate.canonical_question(node_id)]
        theses = [*debate.answers[node_id], *(side.position for row in rows for side in row.sides)]
    by_point = {debate.points[n]: n for n in reversed(theses)}
    return [finder.analyse(n) for n in reversed(by_point.values()) if finder.evaluation.verdict(n) is not None]


def row(analysis: CruxAnalysis) -> Row:
    """What a thesis hangs on, as the documented JSON has it."""
    shares: Json = (
        None if analysis.shares is None else {label: round(analysis.shares[label], 4) for label in (YES, NO, OPEN)}
    )
    return {
        "thesis": analysis.thesis,
        "verdict": analysis.verdict,
        "open": analysis.open,
        "settled_by": [_way_row(way) for way in analysis.ways],
        "cruxes": [_crux_row(crux) for crux in analysis.cruxes],
        "shares": shares,
        "sampled": analysis.sampled,
    }


def _way_row(way: SettlingWay) -> Json:
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


def flat_rows(analyses: list[CruxAnalysis]) -> list[Row]:
    """A row for each crux of each thesis."""
    return [
        {
            "thesis": analysis.thesis,
            "id": crux.id,
            "if_in": crux.if_in,
            "if_out": crux.if_out,
            "settles": [way.label for way in analysis.ways if crux.id in dict(way.outcomes)],
            "swing": round(crux.swing, 4),
            "error": round(crux.error, 4),
        }
        for analysis in analyses
        for crux in analysis.cruxes
    ]
