"""What participants differ about, and which of it belongs together.

Contested are: a question with rival answers held by different participants, or put by one and rejected by another; nodes that
contradict; a node that one holds while another denies or doubts it. What leads to a contested question or node is part of the same
disagreement.
"""

from __future__ import annotations

from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from kb.contention.paths import Paths
from kb.memory import once
from kb.standing.stances import stances
from kb.vocabulary import AGAINST, QUESTION, RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.debate import Debate
    from kb.standing.stances import Period

_MANY = 64
"""Up to this many rival answers are paired all with all; of more, each with some other."""


class Contests:
    """The contested nodes of a debate and the rows they make."""

    def __init__(self, debate: Debate) -> None:
        """Look for contests in a debate."""
        self.debate = debate
        self.stances = stances(debate)
        self.paths = Paths(debate)

    @cached_property
    def contested(self) -> Mapping[str, None]:
        """Nodes (one for each point) that participants differ about, in the order of the debate."""
        contested = {i for i, p in self.debate.points.items() if i == p and self.stances.ledger(i).contested}
        contested |= set(self.contradicted_by)
        for question in self._questions:
            if self.rivalries(question) or (self.stances.askers(question) and self.rejecters(question)):
                contested.add(question)
        return dict.fromkeys(i for i in self.debate.ordered if i in contested)

    @property
    def _questions(self) -> Iterator[str]:
        """Every question once, however often it is restated."""
        return (question for question in self.debate.answers if self.debate.canonical_question(question) == question)

    @cached_property
    def contradictions(self) -> tuple[tuple[str, str], ...]:
        """Pairs of points that cannot both hold, as the editors remark, the earlier first."""
        points = self.debate.points
        pairs = {
            tuple(sorted((points[i.node], points[i.target]), key=self.debate.order.__getitem__))
            for i in self.debate.inferences
            if i.kind == "contradicts"
        }
        return tuple(sorted((a, b) for a, b in pairs if a != b))

    @cached_property
    def contradicted_by(self) -> Mapping[str, tuple[str, ...]]:
        """For each point in a contradiction, the points it cannot hold with that somebody else ever held."""
        rivals: dict[str, list[str]] = {}
        for one, other in self.contradictions:
            if self.ever_apart(one, other):
                rivals.setdefault(one, []).append(other)
                rivals.setdefault(other, []).append(one)
        return {i: tuple(v) for i, v in rivals.items()}

    def ever_apart(self, one: str, other: str) -> bool:
        """Whether at some moment two different participants held two points."""
        first, second = self.stances.ledger(one), self.stances.ledger(other)
        if _differ(first.standing, second.standing):
            return True
        return _differ(first.ever, second.ever) and any(
            a != b and _overlap(s, t)
            for a, spans in self.stances.periods(one).items()
            for b, others in self.stances.periods(other).items()
            for s in spans
            for t in others
        )

    def apart_now(self, one: str, other: str) -> bool:
        """Whether two different participants hold two points by now."""
        return _differ(self.stances.ledger(one).standing, self.stances.ledger(other).standing)

    @cached_property
    def _rivalries(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        return {question: self._find_rivalries(question) for question in self._questions}

    def rivalries(self, question: str) -> tuple[tuple[str, str], ...]:
        """Pairs of rival answers to a question that different participants held."""
        return self._rivalries[self.debate.canonical_question(question)]

    def _find_rivalries(self, question: str) -> tuple[tuple[str, str], ...]:
        debate = self.debate
        answers = dict.fromkeys(debate.points[a] for a in debate.answers[question])
        if debate.admits_one(question):
            held = [a for a in answers if self.stances.ledger(a).ever]
            pairs = set(combinations(held, 2)) if len(held) <= _MANY else self._representative_pairs(held)
        else:
            pairs = {
                (a, b)
                for a in answers
                for node in debate.restatements[a]
                for r in debate.nodes[node].relations
                if RELATIONS[r.kind].polarity == AGAINST and (b := debate.points.get(r.to)) in answers and b != a
            }
        order = debate.order.__getitem__
        apart = {tuple(sorted(pair, key=order)) for pair in pairs if self.ever_apart(*pair)}
        return tuple(sorted(((a, b) for a, b in apart), key=lambda p: (order(p[0]), order(p[1]))))

    def _representative_pairs(self, held: list[str]) -> set[tuple[str, str]]:
        """So many answers that not all pairs are listed: each with a rival that stands against it now, else with one that once did.

        Answers that never differ now can only have differed while somebody held them who left: few, or the first speak for all.
        """
        ledger = self.stances.ledger
        first = next((a for a in held if ledger(a).standing), held[0])
        second = next((a for a in held if self.apart_now(first, a)), first)
        no_longer_held = [a for a in held if ledger(a).standing != ledger(a).ever][:_MANY]
        pairs = set()
        for answer in held:
            others = held if answer in no_longer_held else no_longer_held
            rival = next((r for r in (first, second) if self.apart_now(r, answer)), None)
            rival = rival or next((r for r in others if self.ever_apart(r, answer)), None)
            if rival is not None:
                pairs.add((rival, answer))
        return pairs

    def rejecters(self, question: str) -> frozenset[str]:
        """Who attacked a question's wording or presupposition."""
        return self.stances.ledger(question).opposed - self.stances.askers(question)

    def below(self, start: str) -> frozenset[str]:
        """Every point that leads to one, and itself."""
        return self.paths.below(start)

    def points_of(self, root: str) -> frozenset[str]:
        """Every point that belongs to a disagreement: what leads to it, or to what contradicts it or its answers."""
        seen: set[str] = set()
        self.paths.collect_below(self._starting_points(root), seen)
        return frozenset(seen.union(*(rivals for _, rivals in self.contradictions_in(root))))

    def _starting_points(self, root: str) -> Iterator[str]:
        """A question or node in dispute, and what contradicts it or its answers without being an answer itself."""
        yield root
        for _, rivals in self.contradictions_in(root):
            yield from (rival for rival in rivals if not self.questions_of(rival))

    def contradictions_in(self, root: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """A question or node and its answers, as far as they are contradicted, each with what contradicts it."""
        for point in dict.fromkeys((root, *(self.debate.points[a] for a in self.debate.answers.get(root, ())))):
            if point in self.contradicted_by:
                yield point, self.contradicted_by[point]

    def questions_of(self, point: str) -> tuple[str, ...]:
        """The questions that a point answers."""
        debate = self.debate
        targets = (t for member in debate.restatements[point] for t in debate.nodes[member].targets("answers"))
        return tuple(
            dict.fromkeys(
                debate.canonical_question(t) if t in debate.answers else t for t in targets if t in debate.nodes
            )
        )

    def roots(self) -> tuple[str, ...]:
        """Ids of the rows, in the order of the debate."""
        rows: dict[str, None] = {}
        loose: set[str] = set()
        for point in self.contested:
            questions = (point,) if self.debate.nodes[point].kind == QUESTION else self.questions_of(point)
            rows.update(dict.fromkeys(questions))
            if not questions:
                loose.add(point)
        covered: set[str] = set()
        self.paths.collect_below((head for question in rows for head in self._starting_points(question)), covered)
        for root in self.paths.topmost(loose - covered, set(covered)):
            if root not in covered:
                rows[root] = None
                self.paths.collect_below(self._starting_points(root), covered)
        for question in self._questions:
            if question not in rows and (self.is_asked_in_vain(question) or self.has_shared_answer(question)):
                rows[question] = None
        return tuple(sorted(rows, key=self.debate.order.__getitem__))

    def is_asked_in_vain(self, question: str) -> bool:
        """Whether a participant put a question that nobody else answered, nor accepted an answer to.

        A question that its asker answers where nobody else speaks is a turn of phrase: it waits for no one.
        """
        askers = self.stances.askers(question)
        if not askers or self.stances.has_lapsed(question):
            return False
        holders = [self.stances.ledger(a).ever for a in self.debate.answers[question]]
        if any(h - askers for h in holders):
            return False
        members = self.debate.restatements[self.debate.points[question]]
        sources = {c.source for member in members for c in self.debate.nodes[member].citations}
        only_askers_speak = sources and not any(
            self.debate.speakers_by_source.get(s, frozenset()) - askers for s in sources
        )
        return not (only_askers_speak and any(holders))

    def has_shared_answer(self, question: str) -> bool:
        """Whether two participants hold one answer."""
        return any(len(self.stances.ledger(a).holders) > 1 for a in self.debate.answers[question])


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether some member of one is another than some member of the other."""
    return bool(one) and bool(other) and (len(one) > 1 or len(other) > 1 or one != other)


def _overlap(one: Period, other: Period) -> bool:
    """Whether two stretches of the debate share a moment."""
    return (one[1] is None or other[0] < one[1]) and (other[1] is None or one[0] < other[1])


@once
def contests(debate: Debate) -> Contests:
    """The contests of a debate."""
    return Contests(debate)
