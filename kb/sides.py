"""The sides of a contest and the state it is in: the first row of `vocabulary.STATES` that applies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kb.acts import HOLDS, OPPOSES
from kb.contests import contests
from kb.evaluate import evaluate
from kb.framework import OPEN
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.debate import Debate

NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Position:
    """One side: a node somebody holds, or the first objection of those who only deny one."""

    node: str
    now: frozenset[str]
    ever: frozenset[str]
    of: str
    """The contested node whose stances it was read from."""
    attributed: frozenset[str] = NOBODY
    """Of `ever`, those who were only taken to hold it."""
    disowned: frozenset[str] = NOBODY


@dataclass(frozen=True, slots=True)
class Contest:
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
            positions, pairs = self._positions(root)
            self._known[root] = Contest(positions, pairs, self._state(root, positions, pairs))
        return self._known[root]

    # -- positions ---------------------------------------------------------------------------------------------------

    def _positions(self, root: str) -> tuple[tuple[Position, ...], tuple[tuple[int, int], ...]]:
        found: list[Position] = []
        pairs: list[tuple[int, int]] = []
        if self.debate.nodes[root].kind == QUESTION:
            self._answers(root, found, pairs)
        else:
            found.append(self._holding(root))
            for rival in self.contests.contradicted_by.get(root, ()):
                pairs.append((0, len(found)))
                found.append(self._holding(rival))
            self._deny(root, 0, found, pairs)
        return tuple(found), tuple(pairs)

    def _answers(self, question: str, found: list[Position], pairs: list[tuple[int, int]]) -> None:
        """The contested answers of a question, who only denies one of them, and who rejects the question itself."""
        rivalries = self.contests.rivalries(question)
        answers = {answer for pair in rivalries for answer in pair}
        points = {self.debate.points[a] for a in self.debate.answers[question]}
        answers |= {p for p in points if p in self.contests.contested}
        ordered = sorted(answers, key=self.debate.order.__getitem__)
        found.extend(self._holding(a) for a in ordered)
        number = {a: n for n, a in enumerate(ordered)}
        pairs.extend((number[a], number[b]) for a, b in rivalries)
        askers = self.contests.askers(question)
        if askers and self.contests.rejecters(question):
            found.append(Position(question, askers, askers, question))
            self._deny(question, len(found) - 1, found, pairs)
        for answer in ordered:
            for rival in self.contests.strangers(answer):
                pairs.append((number[answer], len(found)))
                found.append(self._holding(rival))
            self._deny(answer, number[answer], found, pairs)

    def _holding(self, point: str) -> Position:
        ledger = self.stances.ledger(point)
        only = ledger.ever_attributed - ledger.held
        disowned = {a.participant for a in self.stances.acts(point) if a.kind == "disowns"}
        return Position(
            point, ledger.holders | ledger.attributed, self.contests.held_by(ledger), point, only, only & disowned
        )

    def _deny(self, point: str, number: int, found: list[Position], pairs: list[tuple[int, int]]) -> None:
        """Pair a position with those who deny it: on a side of their own where they have no other."""
        ledger = self.stances.ledger(point)
        against = ledger.opposed
        for other, position in enumerate(found):
            met = (number, other) in pairs or (other, number) in pairs
            if other != number and not met and against & position.ever:
                pairs.append((number, other))
        elsewhere = {p for n, position in enumerate(found) if n != number for p in position.ever}
        holders = found[number].ever
        rest = against - elsewhere - (holders if len(holders) == 1 else NOBODY)
        if not rest:
            return
        acts = self.stances.acts(point)
        first = next(a.node for a in acts if a.participant in rest and a.stance in OPPOSES)
        pairs.append((number, len(found)))
        found.append(Position(first, rest & ledger.opponents, rest, point))

    # -- state -------------------------------------------------------------------------------------------------------

    def _state(self, root: str, positions: tuple[Position, ...], pairs: tuple[tuple[int, int], ...]) -> str:
        if not pairs:
            return "agreed" if self._shared_answer_or_held(root) else "unanswered"
        members = frozenset(p for position in positions for p in position.ever)
        if self._terminological(root, positions, members):
            return "terminological"
        if any(p.ever and p.attributed == p.ever and p.disowned == p.ever for p in positions):
            return "misread"
        if self._agreed(positions, members):
            return "agreed"
        return self._unsettled_state(positions, pairs)

    def _unsettled_state(self, positions: tuple[Position, ...], pairs: tuple[tuple[int, int], ...]) -> str:
        """What a contest is that neither words nor acts have ended."""
        if not any(self._still_apart(positions[a], positions[b]) for a, b in pairs):
            return "conceded"
        return "decided" if self._decided(positions) else "open"

    def _shared_answer_or_held(self, root: str) -> bool:
        return (
            root in self.debate.answers and self.contests.shared_answer(root) and not self.contests.asked_in_vain(root)
        )

    @staticmethod
    def _still_apart(one: Position, other: Position) -> bool:
        return any(a != b for a in one.now for b in other.now)

    def _agreed(self, positions: tuple[Position, ...], members: frozenset[str]) -> bool:
        """Whether everyone who has a stance now accepts one and the same answer."""
        ledgers = {p.of: self.stances.ledger(p.of) for p in positions}
        speaking = {m for m in members if any(m in ledger.now or m in ledger.attributed for ledger in ledgers.values())}
        return len(speaking) > 1 and any(
            speaking <= ledger.holders for point, ledger in ledgers.items() if self.debate.nodes[point].kind != QUESTION
        )

    def _decided(self, positions: tuple[Position, ...]) -> bool:
        """Whether what all sides accept settles every position (one that was only attributed waits for its holder)."""
        if any(p.now and p.now <= p.attributed for p in positions):
            return False
        careful = self.evaluation.careful.points
        return all(careful[self.evaluation.number(p.of)] != OPEN for p in positions)

    def _terminological(self, root: str, positions: tuple[Position, ...], members: frozenset[str]) -> bool:
        points = dict.fromkeys((root, *(p.of for p in positions), *self.contests.questions_of(root)))
        for point in points:
            for member in self.debate.restatements[point]:
                for relation in self.debate.incoming[member]:
                    if relation.kind == "dissolves":
                        makers = frozenset(self.debate.makers(relation))
                        if makers & members and not self._attacked_by_others(relation.node, makers):
                            return True
        return self._readings_shared(points, members)

    def _attacked_by_others(self, node_id: str, makers: frozenset[str]) -> bool:
        return any(
            r.kind == "attacks" and not makers.issuperset(self.debate.makers(r)) for r in self.debate.incoming[node_id]
        )

    def _readings_shared(self, points: Iterable[str], members: frozenset[str]) -> bool:
        """Whether readings of an ambiguous target are recorded and everybody accepts each of them."""
        readings = {r.node for point in points for r in self.debate.incoming[point] if r.kind == "sense_of"}
        return bool(readings) and all(
            members <= frozenset(p for p, s in self.stances.now(reading).items() if s in HOLDS) for reading in readings
        )


@lru_cache(maxsize=8)
def sides(debate: Debate) -> Sides:
    """The sides of a debate (kept for the debate last asked about)."""
    return Sides(debate)
