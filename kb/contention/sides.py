"""The sides of a contest and the state it is in: the first row of `vocabulary.STATES` that applies."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kb.contention.contests import contests
from kb.evaluate import evaluate
from kb.memory import once
from kb.standing.acts import DENIES, OPPOSES
from kb.standing.framework import OPEN
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kb.debate import Debate
    from kb.standing.acts import Act

NOBODY: frozenset[str] = frozenset()
_MANY = 64
"""Of the positions of one participant only this many are paired with what they deny: the first speak for all."""


class Position(NamedTuple):
    """One side: a node somebody holds, or the first objection of those who only deny one."""

    node: str
    now: frozenset[str]
    ever: frozenset[str]
    contested: str
    """The contested node whose stances it was read from."""
    attributed: frozenset[str] = NOBODY
    """Of `ever`, those who were only taken to hold it."""
    disowned: frozenset[str] = NOBODY
    denies: bool = False
    """It has no answer of its own: `now` and `ever` are who oppose the contested node."""


class Contest(NamedTuple):
    """The sides of a question or node, which of them oppose each other (by number), and the state of it."""

    positions: tuple[Position, ...]
    pairs: tuple[tuple[int, int], ...]
    state: str


class Sides:
    """Draws up the contest about any question or node of a debate, each once."""

    def __init__(self, debate: Debate) -> None:
        """Look at a debate."""
        self.debate = debate
        self.contests = contests(debate)
        self.stances = self.contests.stances
        self.evaluation = evaluate(debate)
        self._known: dict[str, Contest] = {}

    def contest(self, root: str) -> Contest:
        """The sides and the state of a question or contested node."""
        if root not in self._known:
            builder = _ContestBuilder(self.debate).build(root)
            positions, pairs = tuple(builder.positions), tuple(sorted(builder.pairs))
            self._known[root] = Contest(positions, pairs, self._state(root, positions, pairs))
        return self._known[root]

    def _state(self, root: str, positions: tuple[Position, ...], pairs: tuple[tuple[int, int], ...]) -> str:
        if not pairs:
            return "agreed" if self._is_shared(root) else "unanswered"
        if self._is_terminological(root, positions):
            return "terminological"
        if any(p.ever and p.attributed == p.ever and p.disowned == p.ever for p in positions):
            return "misread"
        apart = [
            (positions[a].contested, positions[b].contested) for a, b in pairs if _are_apart(positions[a], positions[b])
        ]
        if self._is_agreed(positions, apart):
            return "agreed"
        if not apart:
            return "conceded"
        return "decided" if self._is_decided(positions) else "open"

    def _is_shared(self, root: str) -> bool:
        """Whether two participants hold one answer to a question, and nobody a rival."""
        return (
            root in self.debate.answers
            and self.contests.has_shared_answer(root)
            and not self.contests.is_asked_in_vain(root)
        )

    def _is_agreed(self, positions: tuple[Position, ...], apart: Collection[tuple[str, str]]) -> bool:
        """Whether everyone who has a stance now accepts one and the same answer, and no two other answers are held against each other."""
        members = frozenset(m for p in positions for m in p.ever)
        ledgers = {p.contested: self.stances.ledger(p.contested) for p in positions}
        speaking = members & {m for ledger in ledgers.values() for m in (*ledger.now, *ledger.attributed)}
        return len(speaking) > 1 and any(
            speaking <= ledger.holders and all(point in pair for pair in apart)
            for point, ledger in ledgers.items()
            if self.debate.nodes[point].kind != QUESTION
        )

    def _is_decided(self, positions: tuple[Position, ...]) -> bool:
        """Whether what all sides accept settles every position (one that was only attributed waits for its holder)."""
        if any(p.now and p.now <= p.attributed for p in positions):
            return False
        cautious = self.evaluation.cautious.points
        return all(cautious[self.evaluation.point_number(p.contested)] != OPEN for p in positions)

    # -- words only --------------------------------------------------------------------------------------------------

    def _is_terminological(self, root: str, positions: tuple[Position, ...]) -> bool:
        return self._are_readings_shared(root, positions) or self._find_dissolving_act(root, positions) is not None

    def dissolving_act(self, root: str) -> Act | None:
        """The act that makes a dispute one about words; None of one that the readings of its words settle."""
        return self._find_dissolving_act(root, self.contest(root).positions)

    def _find_dissolving_act(self, root: str, positions: tuple[Position, ...]) -> Act | None:
        points = dict.fromkeys((root, *(p.contested for p in positions)))
        acts = (act for point in points for act in self._dissolving_acts.get(point, ()))
        return next((act for act in acts if self._is_undenied(act, positions)), None)

    @cached_property
    def _dissolving_acts(self) -> Mapping[str, tuple[Act, ...]]:
        """The acts by which somebody finds only words in the dispute over a point."""
        ends = {r.to for node in self.debate.nodes.values() for r in node.relations if r.kind == "dissolves"}
        points = {self.debate.points[end] for end in ends if end in self.debate.nodes}
        return {p: tuple(act for act in self.stances.acts(p) if act.kind == "dissolves") for p in points}

    @cached_property
    def _readings(self) -> Mapping[str, set[str]]:
        """The recorded readings of every ambiguous point."""
        readings: dict[str, set[str]] = defaultdict(set)
        points = self.debate.points
        for node in self.debate.nodes.values():
            for target in node.targets("sense_of"):
                if target in points:
                    readings[points[target]].add(points[node.id])
        return readings

    def _is_undenied(self, dissolving: Act, positions: tuple[Position, ...]) -> bool:
        """Whether a side finds only words in a dispute, and nobody on another side denies that."""
        mine = [p for p in positions if dissolving.participant in p.ever]
        others = frozenset(m for p in positions if dissolving.participant not in p.ever for m in p.ever)
        now = self.stances.now(dissolving.node)
        return bool(mine) and not any(now.get(other) == "denies" for other in others)

    def readings(self, root: str) -> tuple[str, ...]:
        """The recorded readings of what is in dispute, in the order of the debate."""
        return self._readings_of(root, self.contest(root).positions)

    def _readings_of(self, root: str, positions: tuple[Position, ...]) -> tuple[str, ...]:
        points = dict.fromkeys((root, *(p.contested for p in positions)))
        readings = {reading for point in points for reading in self._readings.get(point, ())}
        return tuple(sorted(readings, key=self.debate.order.__getitem__))

    def _are_readings_shared(self, root: str, positions: tuple[Position, ...]) -> bool:
        """Whether readings of an ambiguous target are recorded, and everybody on every side accepts each of them."""
        readings = self._readings_of(root, positions)
        sides = [p.now or p.ever for p in positions] if len(readings) > 1 else []
        return bool(sides) and all(side <= self.stances.ledger(r).holders for r in readings for side in sides)


class _ContestBuilder:
    """Draws up the positions of one contest and pairs those that oppose each other."""

    def __init__(self, debate: Debate) -> None:
        self.debate = debate
        self.contests = contests(debate)
        self.stances = self.contests.stances
        self.positions: list[Position] = []
        self.pairs: set[tuple[int, int]] = set()
        self.positions_of: dict[str, list[int]] = defaultdict(list)
        """Positions of each participant, by number."""

    def build(self, root: str) -> _ContestBuilder:
        """Look at the answers of a question, or at a node and what contradicts it."""
        if self.debate.nodes[root].kind == QUESTION:
            self._add_answers(root)
            return self
        self._add(self._position_on(root))
        for rival in self.contests.contradicted_by.get(root, ()):
            self._pair(0, self._add(self._position_on(rival)))
        self._pair_with_deniers(root, 0)
        return self

    def _add(self, position: Position) -> int:
        number = len(self.positions)
        self.positions.append(position)
        for participant in position.ever:
            self.positions_of[participant].append(number)
        return number

    def _pair(self, one: int, other: int) -> None:
        self.pairs.add((min(one, other), max(one, other)))

    def _add_answers(self, question: str) -> None:
        """The contested answers of a question, what contradicts them, who only denies one, and who rejects the question itself."""
        order = self.debate.order.__getitem__
        pairs = self.contests.rivalries(question)
        answers = {answer for pair in pairs for answer in pair}
        points = {self.debate.points[a] for a in self.debate.answers[question]}
        answers |= {p for p in points if p in self.contests.contested}
        pairs += tuple((one, other) for one, rivals in self.contests.contradictions_in(question) for other in rivals)
        held = answers.union(*pairs)
        number = {point: self._add(self._position_on(point)) for point in sorted(held, key=order)}
        for one, other in pairs:
            self._pair(number[one], number[other])
        asked = self._position_of_askers(question)
        if asked.ever and self.contests.rejecters(question):
            self._pair_with_deniers(question, self._add(asked))
        for answer in sorted(answers, key=order):
            self._pair_with_deniers(answer, number[answer])

    def _position_on(self, point: str) -> Position:
        ledger = self.stances.ledger(point)
        only_attributed = ledger.ever_attributed - ledger.held
        disowned = (
            {a.participant for a in self.stances.acts(point) if a.kind == "disowns"} if only_attributed else NOBODY
        )
        disowned |= {
            participant
            for participant in only_attributed
            if ledger.now.get(participant) == DENIES and participant not in ledger.attributed
        }
        return Position(point, ledger.standing, ledger.ever, point, only_attributed, only_attributed & disowned)

    def _position_of_askers(self, question: str) -> Position:
        """Who put a question, is taken to, or builds on it."""
        held = self._position_on(question)
        now, ever = self.stances.current_askers(question), self.stances.askers(question)
        return held._replace(now=held.now | now, ever=held.ever | ever)

    def _pair_with_deniers(self, point: str, number: int) -> None:
        """Pair a position with those who deny it: on a side of their own where they have no other."""
        ledger = self.stances.ledger(point)
        rest = set(ledger.opposed)
        for participant in sorted(ledger.opposed):
            elsewhere = [n for n in self.positions_of[participant][: _MANY + 1] if n != number]
            for other in elsewhere[:_MANY]:
                self._pair(number, other)
            if elsewhere:
                rest.discard(participant)
        if rest and len(rest | self.positions[number].ever) > 1:  # nobody is a side against themselves alone
            acts = self.stances.acts(point)
            first = next(a.node for a in acts if a.participant in rest and a.stance in OPPOSES)
            side = frozenset(rest)
            self._pair(number, self._add(Position(first, side & ledger.opponents, side, point, denies=True)))


def _are_apart(one: Position, other: Position) -> bool:
    """Whether two different participants are left on two sides."""
    return any(a != b for a in one.now for b in other.now)


@once
def sides(debate: Debate) -> Sides:
    """The sides of a debate."""
    return Sides(debate)
