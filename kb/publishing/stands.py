"""Who stands where: the positions on each question on which people differ, or which several answered, and who holds or rejects them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.disagreements import disagreements, only_denies
from kb.memory import once
from kb.parted import by_part
from kb.publishing.cards import Link, link
from kb.queries.thread import reply_count
from kb.standing.stances import stances_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kb.contention.rows import Disagreement, Side
    from kb.debate import Debate

_HOLDS, _OBJECTS, _ATTRIBUTED = "matrix.holds", "matrix.objects", "matrix.attributed"
_LEFT, _NEVER = "matrix.left", "matrix.never"
_STANCES = {"accepts": _HOLDS, "leans": "matrix.leans", "denies": "matrix.denies", "doubts": "matrix.doubts"}


class Position(NamedTuple):
    """A position on a question, and by person the message that says how they stand to it."""

    point: Link
    stances: Mapping[str, str]
    disputed: bool = False
    """Whether it is or was a side of a dispute; other answers are not set against each other."""


class Stand(NamedTuple):
    """A question or thesis, and the positions on it."""

    question: Link
    disagreement: Disagreement | None
    """None if nobody disagrees, and the answers stand side by side."""
    positions: tuple[Position, ...]

    @property
    def people(self) -> frozenset[str]:
        """Everybody whose stand on it is known."""
        return frozenset(who for position in self.positions for who in position.stances)


@once
def stands(debate: Debate) -> tuple[Stand, ...]:
    """All of them: those in dispute, the most consequential first; those that were; and those that several answered without disagreeing."""
    by_question = _positions_by_question(debate)
    disputed = {row.id: row for row in disagreements(debate) if row.id in by_question}
    agreed = sorted(by_question.keys() - disputed.keys(), key=lambda q: (-reply_count(debate, q), debate.order[q]))
    return tuple(
        Stand(by_question[q].question, disputed.get(q), by_question[q].positions) for q in (*disputed, *agreed)
    )


def positions(debate: Debate, disagreement: Disagreement) -> tuple[Position, ...]:
    """The positions in a disagreement: its sides, then other answers; none as long as nobody has answered."""
    row = _positions_by_question(debate).get(disagreement.id)
    return () if row is None else row.positions


class _QuestionPositions(NamedTuple):
    """A question with the positions on it."""

    question: Link
    positions: tuple[Position, ...]


@once
def _positions_by_question(debate: Debate) -> Mapping[str, _QuestionPositions]:
    """By question; rows that were remembered have plain lists instead of links and positions."""
    return {
        name: _QuestionPositions(
            Link(*question), tuple(Position(Link(*point), stood, disputed) for point, stood, disputed in positions)
        )
        for name, question, positions in _position_rows(debate)
    }


@by_part
def _position_rows(debate: Debate) -> Sequence[tuple[str, Link, Sequence[Position]]]:
    positions_of = {row.id: [*_disputed_positions(debate, row)] for row in disagreements(debate)}
    positions_of |= {question: answers for question, answers in _undisputed(debate) if question not in positions_of}
    return [(question, link(debate, question), positions) for question, positions in positions_of.items() if positions]


def _disputed_positions(debate: Debate, disagreement: Disagreement) -> Iterator[Position]:
    """The sides of a disagreement, then other answers that people gave; nothing as long as nobody has answered."""
    if disagreement.state != "unanswered":
        yield from (_side_position(debate, disagreement, side) for side in disagreement.sides)
        answers = other_answers(debate, disagreement.id, [side.position for side in disagreement.sides])
        yield from (
            position for position in (_answer_position(debate, answer) for answer in answers) if position.stances
        )


def _undisputed(debate: Debate) -> Iterator[tuple[str, list[Position]]]:
    """Questions that more than one person answered, with the answers."""
    for question in debate.answers:
        if debate.canonical_question(question) == question:
            answers = [_answer_position(debate, answer) for answer in other_answers(debate, question, ())]
            if len({who for answer in answers for who in answer.stances}) > 1:
                yield question, answers


def other_answers(debate: Debate, question: str, sides: Iterable[str]) -> tuple[str, ...]:
    """The answers to a question that are none of its sides (given by their positions), those with most below them first."""
    side_points = {debate.points[position] for position in sides}
    others = (a for a in debate.answers.get(question, ()) if debate.points[a] not in side_points)
    return tuple(sorted(others, key=lambda a: (-reply_count(debate, a), debate.order[a])))


def _side_position(debate: Debate, disagreement: Disagreement, side: Side) -> Position:
    stance_of = stances_on(debate, side.position)
    denies = only_denies(debate, disagreement, side)
    stances = {who: _OBJECTS if denies else _STANCES.get(stance_of.get(who, ""), _HOLDS) for who in side.participants}
    stances.update(
        {who: _NEVER if who in side.attributed else _STANCES.get(stance_of.get(who, ""), _LEFT) for who in side.former}
    )
    stances.update({who: _ATTRIBUTED for who in side.attributed if who in side.participants})
    return _position(debate, side.position, stances, disputed=True)


def _answer_position(debate: Debate, answer: str) -> Position:
    stances = {who: _STANCES[stance] for who, stance in stances_on(debate, answer).items()}
    return _position(debate, answer, stances)


def _position(debate: Debate, point: str, stances: Mapping[str, str], *, disputed: bool = False) -> Position:
    """A position with those participants who have a record, and so a page."""
    known = {who: word for who, word in stances.items() if who in debate.participants}
    return Position(link(debate, point), known, disputed)
