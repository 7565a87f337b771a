"""Two people beside each other: what they share, where they first part, and what both their cases turn on.

They part on a point that one of them holds and the other denies or doubts, as long as nothing that all accept decides it. A *double crux*
of theirs on a thesis is another point on which they part: once either grants it as the other sees it, what else they hold speaks less for
their own side of the thesis (the notion is that of the Center for Applied Rationality).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from kb.contention.contests import contests
from kb.evaluate import evaluate
from kb.finding import KbError
from kb.queries.lookup import find_node, require_id
from kb.queries.telling import citations_text
from kb.settling.conditions import conditions
from kb.settling.flips import points_below
from kb.settling.views import held_outcomes, label_given, outcomes_without, points_at_odds
from kb.standing.acts import HOLDS, OPPOSES
from kb.standing.framework import NO, OPEN, YES
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kb.debate import Debate
    from kb.standing.acts import Act
    from kb.tables import Json, Row

_RANK = {NO: 0, OPEN: 1, YES: 2}
COLUMNS = ("id", "what", "one", "other", "since")


@dataclass(frozen=True, slots=True)
class Divergence:
    """A point on which two people stand against each other: their stances, and the later of the acts that made it so."""

    id: str
    stances: tuple[str, str]
    since: Act
    root: bool
    """Whether it rests on no other point on which they part."""
    decided: str | None
    """The verdict by what all sides accept, if there is one: then it no longer keeps them apart."""


@dataclass(frozen=True, slots=True)
class Thesis:
    """A point that they part on, how it comes out by what else each of them holds, and what would turn it for both."""

    id: str
    verdicts: tuple[str, str]
    double_cruxes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two participants; `at_odds` are the points that somebody's own other commitments rule out as they have them."""

    people: tuple[str, str]
    shared: tuple[str, ...]
    rivals: tuple[tuple[str, str], ...]
    """Points that exclude each other, the first held by the one, the second by the other."""
    divergences: tuple[Divergence, ...]
    theses: tuple[Thesis, ...]
    at_odds: tuple[tuple[str, ...], tuple[str, ...]]


def compare(debate: Debate, one: str, other: str, about: str | None = None) -> Comparison:
    """Compare two participants, perhaps about one point or question only. Raises `NotFoundError` for what is neither."""
    for participant in (one, other):
        require_id(participant, debate.participants, "participant")
    if one == other:
        message = f"`{one}` can only be compared with somebody else"
        raise KbError(message)
    return _Comparer(debate, (one, other), _scope(debate, about)).compare()


def _scope(debate: Debate, about: str | None) -> frozenset[str] | None:
    """The points that a question is about: what leads to it or its answers; None for the whole debate."""
    if about is None:
        return None
    asked = find_node(debate, about)
    roots = [about, *(debate.answers.get(about, ()) if asked.kind == QUESTION else ())]
    return frozenset().union(*(contests(debate).below(debate.points[root]) for root in roots))


class _Comparer:
    def __init__(self, debate: Debate, people: tuple[str, str], scope: frozenset[str] | None) -> None:
        self.debate = debate
        self.people = people
        self.evaluation = evaluate(debate)
        self.conditions = conditions(debate)
        self.points = [p for p in debate.ordered if p in self.evaluation.frame.index and (scope is None or p in scope)]
        self.views = [held_outcomes(self.evaluation, who) for who in people]

    def compare(self) -> Comparison:
        stances = {point: [self._stance(point, who) for who in self.people] for point in self.points}
        shared = tuple(point for point, (a, b) in stances.items() if a in HOLDS and b in HOLDS)
        apart = [p for p, (a, b) in stances.items() if (a in HOLDS and b in OPPOSES) or (a in OPPOSES and b in HOLDS)]
        rivals = tuple(self._rivals(stances))
        odds = [
            tuple(p for p in map(self._id, points_at_odds(self.conditions, view)) if p in stances)
            for view in self.views
        ]
        return Comparison(
            people=self.people,
            shared=shared,
            rivals=rivals,
            divergences=tuple(sorted(self._divergences(apart), key=lambda a: (a.since.when, self.debate.order[a.id]))),
            theses=tuple(self._theses(apart, rivals)),
            at_odds=(odds[0], odds[1]),
        )

    def _id(self, number: int) -> str:
        return self.evaluation.frame.points[number].id

    def _stance(self, point: str, who: str) -> str | None:
        return self.evaluation.stances.now(point).get(who)

    def _rivals(self, stances: Mapping[str, list[str | None]]) -> Iterable[tuple[str, str]]:
        """Rival answers, and what contradicts, held by one each."""
        number = self.evaluation.point_number
        ones, others = ({number(p) for p in stances if stances[p][who] in HOLDS} for who in (0, 1))
        excluding: list[tuple[int, int]] = []
        for group in self.evaluation.frame.groups:
            excluding += product(ones.intersection(group), others.intersection(group))
        for inference in self.debate.inferences:
            if inference.kind == "contradicts":
                pair = number(inference.node), number(inference.target)
                excluding += (
                    candidate for candidate in (pair, pair[::-1]) if candidate[0] in ones and candidate[1] in others
                )
        return [(self._id(a), self._id(b)) for a, b in sorted(set(excluding)) if a != b]

    def _divergences(self, points: list[str]) -> Iterable[Divergence]:
        derived = self._derived_points(points)
        for point in points:
            one, other = (self._stance(point, who) or "" for who in self.people)
            acts = (self.evaluation.stances.since(point, who) for who in self.people)
            since = max((act for act in acts if act is not None), key=lambda act: act.when)
            label = self.evaluation.cautious.points[self.evaluation.frame.index[point]]
            yield Divergence(point, (one, other), since, point not in derived, None if label == OPEN else label)

    def _derived_points(self, points: list[str]) -> set[str]:
        """Those points that another of them leads to. Two that lead to a point are enough to know: one of them is another."""
        up = contests(self.debate).paths.parents
        reached = {point: {point} for point in points}
        queue = [(point, point) for point in points]
        for point, start in queue:
            for end in up[point]:
                starts = reached.setdefault(end, set())
                if start not in starts and len(starts) < 2:
                    starts.add(start)
                    queue.append((end, start))
        return {point for point in points if len(reached[point]) > 1}

    def _theses(self, apart: list[str], rivals: tuple[tuple[str, str], ...]) -> Iterable[Thesis]:
        """What they part on and nothing decides, with its double cruxes."""
        number = self.evaluation.frame.index
        turning = [number[point] for point in apart if number[point] in self.conditions]
        for point in sorted({*apart, *(p for pair in rivals for p in pair)}, key=self.debate.order.__getitem__):
            if number[point] in self.conditions:
                one, other = (label_given(self.conditions, number[point], view) for view in self.views)
                cruxes = tuple(map(self._id, self._double_cruxes(number[point], turning, (one, other))))
                yield Thesis(point, (one, other), cruxes)

    def _double_cruxes(self, thesis: int, turning: list[int], verdicts: tuple[str, str]) -> Iterable[int]:
        pivots = [self._pivots(thesis, view) for view in self.views]
        for crux in outcomes_without(self.conditions, thesis, dict.fromkeys(turning, OPEN)):
            if all(crux in pivots[place] and self._weakens(thesis, crux, place, verdicts[place]) for place in (0, 1)):
                yield crux

    def _pivots(self, thesis: int, view: Mapping[int, str]) -> set[int]:
        """The points by which a thesis can turn for somebody: few where they have a view of most, however long the debate is."""
        return points_below(self.conditions, thesis, outcomes_without(self.conditions, thesis, view))

    def _weakens(self, thesis: int, crux: int, place: int, before: str) -> bool:
        """Whether somebody who grants a point as the other sees it has less for their own side of a thesis."""
        theirs = YES if self._stance(self._id(crux), self.people[1 - place]) in HOLDS else NO
        after = label_given(self.conditions, thesis, {**self.views[place], crux: theirs})
        own = self._stance(self._id(thesis), self.people[place])
        fewer = _RANK[after] - _RANK[before]
        return fewer < 0 if own in HOLDS else fewer > 0


def row(debate: Debate, comparison: Comparison) -> Row:
    """A comparison as the documented JSON has it."""
    apart: list[Json] = [
        {
            "id": a.id,
            "stances": list(a.stances),
            "since": citations_text(debate, a.since.node),
            "node": a.since.node,
            "root": a.root,
            "decided": a.decided,
        }
        for a in comparison.divergences
    ]
    theses: list[Json] = [
        {"id": t.id, "verdicts": list(t.verdicts), "double_cruxes": list(t.double_cruxes)} for t in comparison.theses
    ]
    return {
        "participants": list(comparison.people),
        "shared": list(comparison.shared),
        "rivals": [list(pair) for pair in comparison.rivals],
        "apart": apart,
        "theses": theses,
        "at_odds": [list(odds) for odds in comparison.at_odds],
    }


def flat_rows(debate: Debate, comparison: Comparison) -> list[Row]:
    """A row for every point they share or part on."""
    shared: list[Row] = [{"id": p, "what": "shared", "one": "", "other": "", "since": ""} for p in comparison.shared]
    apart: list[Row] = [
        {
            "id": a.id,
            "what": "apart" if a.decided is None else "decided",
            "one": a.stances[0],
            "other": a.stances[1],
            "since": citations_text(debate, a.since.node),
        }
        for a in comparison.divergences
    ]
    return apart + shared
