"""Two people beside each other: what they share, where they first part, and what both would change their minds over.

They part on a point that one of them holds and the other denies or doubts. Where they *first* part are those of them that rest on
no other. A *double crux* of theirs on a thesis is another point on which they part and which makes a difference to the thesis in the
view of either, if it comes out otherwise than they think (the notion is that of the Center for Applied Rationality).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from kb.contention.contests import contests
from kb.evaluate import evaluate
from kb.queries.lookup import known, node
from kb.settling.conditions import conditions
from kb.settling.views import at_odds, held, sight
from kb.standing.acts import HOLDS, OPPOSES
from kb.standing.framework import NO, YES
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kb.debate import Debate
    from kb.standing.acts import Act
    from kb.tables import Json, Row

COLUMNS = ("id", "what", "one", "other", "since")


@dataclass(frozen=True, slots=True)
class Apart:
    """A point on which two people stand against each other: their stances, and the later of the acts that made it so."""

    id: str
    stances: tuple[str, str]
    since: Act
    first: bool
    """Whether it rests on no other point on which they part."""


@dataclass(frozen=True, slots=True)
class Thesis:
    """A point that comes out differently for the two, or that they part on, and what it turns on for both."""

    id: str
    verdicts: tuple[str, str]
    double_cruxes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two participants; `odds` are the leaves that somebody's own other commitments rule out."""

    people: tuple[str, str]
    shared: tuple[str, ...]
    rivals: tuple[tuple[str, str], ...]
    """Points that exclude each other, the first held by the one, the second by the other."""
    apart: tuple[Apart, ...]
    theses: tuple[Thesis, ...]
    odds: tuple[tuple[str, ...], tuple[str, ...]]


def compare(debate: Debate, one: str, other: str, about: str | None = None) -> Comparison:
    """Compare two participants, perhaps about one point or question only. Raises `NotFoundError` for what is neither."""
    for participant in (one, other):
        known(participant, debate.participants, "participant")
    return _Comparing(debate, (one, other), _scope(debate, about)).run()


def _scope(debate: Debate, about: str | None) -> frozenset[str] | None:
    """The points that a question is about: what leads to it or its answers; None for the whole debate."""
    if about is None:
        return None
    asked = node(debate, about)
    roots = [about, *(debate.answers.get(about, ()) if asked.kind == QUESTION else ())]
    return frozenset().union(*(contests(debate).below(debate.points[root]) for root in roots))


class _Comparing:
    def __init__(self, debate: Debate, people: tuple[str, str], scope: frozenset[str] | None) -> None:
        self.debate = debate
        self.people = people
        self.evaluation = evaluate(debate)
        self.found = conditions(debate)
        self.points = [p for p in debate.ordered if p in self.evaluation.frame.index and (scope is None or p in scope)]
        self.views = [held(self.evaluation, who) for who in people]
        self.sights = [sight(self.evaluation, who) for who in people]
        self.labels = [seen.labels.points for seen in self.sights]

    def run(self) -> Comparison:
        stances = {point: [self._stance(point, who) for who in self.people] for point in self.points}
        shared = tuple(point for point, (a, b) in stances.items() if a in HOLDS and b in HOLDS)
        apart = [p for p, (a, b) in stances.items() if (a in HOLDS and b in OPPOSES) or (a in OPPOSES and b in HOLDS)]
        odds = [tuple(self._id(leaf) for leaf in at_odds(self.found, view)) for view in self.views]
        return Comparison(
            people=self.people,
            shared=shared,
            rivals=tuple(self._rivals(stances)),
            apart=tuple(sorted(self._apart(apart), key=lambda a: (a.since.when, self.debate.order[a.id]))),
            theses=tuple(self._theses(apart)),
            odds=(odds[0], odds[1]),
        )

    def _id(self, number: int) -> str:
        return self.evaluation.frame.points[number].id

    def _stance(self, point: str, who: str) -> str | None:
        return self.evaluation.stances.now(point).get(who)

    def _rivals(self, stances: Mapping[str, list[str | None]]) -> Iterable[tuple[str, str]]:
        """Rival answers, and what contradicts, held by one each."""
        number = self.evaluation.number
        ones, others = ({number(p) for p in stances if stances[p][who] in HOLDS} for who in (0, 1))
        excluding: list[tuple[int, int]] = []
        for group in self.evaluation.frame.groups:
            excluding += product(ones.intersection(group), others.intersection(group))
        for inference in self.debate.inferences:
            if inference.kind == "contradicts":
                pair = number(inference.node), number(inference.target)
                excluding += (found for found in (pair, pair[::-1]) if found[0] in ones and found[1] in others)
        return [(self._id(a), self._id(b)) for a, b in sorted(set(excluding)) if a != b]

    def _apart(self, points: list[str]) -> Iterable[Apart]:
        resting = self._resting(points)
        for point in points:
            one, other = (self._stance(point, who) or "" for who in self.people)
            acts = (self.evaluation.stances.since(point, who) for who in self.people)
            since = max((act for act in acts if act is not None), key=lambda act: act.when)
            yield Apart(point, (one, other), since, point not in resting)

    def _resting(self, points: list[str]) -> set[str]:
        """Those points that another of them leads to. Two that lead to a point are enough to know: one of them is another."""
        up = contests(self.debate).paths.up
        reached = {point: {point} for point in points}
        queue = [(point, point) for point in points]
        for here, start in queue:
            for end in up[here]:
                starts = reached.setdefault(end, set())
                if start not in starts and len(starts) < 2:
                    starts.add(start)
                    queue.append((end, start))
        return {point for point in points if len(reached[point]) > 1}

    def _theses(self, apart: list[str]) -> Iterable[Thesis]:
        """Points that they part on, or that either speaks to and that come out differently for the two."""
        turning = [self._turning(point) for point in apart]
        for point in self.points:
            number = self.evaluation.frame.index[point]
            verdicts = (self.labels[0][number], self.labels[1][number])
            if self.evaluation.verdict(point) is None:
                continue
            spoken = any(self._stance(point, who) for who in self.people)
            if point in apart or (spoken and verdicts[0] != verdicts[1]):
                over = (crux for crux, turned in zip(apart, turning, strict=True) if number in turned and crux != point)
                yield Thesis(point, verdicts, tuple(over))

    def _turning(self, point: str) -> set[int]:
        """What comes out differently in both views if a point holds and if it does not."""
        turned = [self._differing(point, place) for place in (0, 1)]
        return turned[0] & turned[1]

    def _differing(self, point: str, place: int) -> set[int]:
        number = self.evaluation.number(point)
        holds, fails = (self.sights[place].if_fixed(number, label) for label in (YES, NO))
        return {n for n, label in holds.items() if label != fails[n]}


def row(debate: Debate, found: Comparison) -> Row:
    """A comparison as the documented JSON has it."""
    apart: list[Json] = [
        {
            "id": a.id,
            "stances": list(a.stances),
            "since": _where(debate, a.since),
            "node": a.since.node,
            "first": a.first,
        }
        for a in found.apart
    ]
    theses: list[Json] = [
        {"id": t.id, "verdicts": list(t.verdicts), "double_cruxes": list(t.double_cruxes)} for t in found.theses
    ]
    return {
        "participants": list(found.people),
        "shared": list(found.shared),
        "rivals": [list(pair) for pair in found.rivals],
        "apart": apart,
        "theses": theses,
        "at_odds": [list(odds) for odds in found.odds],
    }


def flat(debate: Debate, found: Comparison) -> list[Row]:
    """A row for every point they share or part on."""
    shared: list[Row] = [{"id": p, "what": "shared", "one": "", "other": "", "since": ""} for p in found.shared]
    apart: list[Row] = [
        {
            "id": a.id,
            "what": "first apart" if a.first else "apart",
            "one": a.stances[0],
            "other": a.stances[1],
            "since": _where(debate, a.since),
        }
        for a in found.apart
    ]
    return apart + shared


def _where(debate: Debate, act: Act) -> str:
    """Where an act was made, as `source passage`."""
    return ", ".join(str(citation) for citation in debate.nodes[act.node].citations)
