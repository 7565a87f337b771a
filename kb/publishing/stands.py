"""Who stands where: what can be held on each question that people differ about or answered side by side, and who stands how to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.disagreements import disagreements, only_denies
from kb.memory import once, once_each
from kb.publishing.cards import Link, link
from kb.queries.thread import replies
from kb.standing.stances import stances_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kb.contention.rows import Disagreement, Side
    from kb.debate import Debate

_HOLDS, _OBJECTS, _TAKEN = "matrix.holds", "matrix.objects", "matrix.taken"
_LEFT, _NEVER = "matrix.left", "matrix.never"
_STANCES = {"accepts": _HOLDS, "leans": "matrix.leans", "denies": "matrix.denies", "doubts": "matrix.doubts"}


class Position(NamedTuple):
    """What can be held on a question, and who stands how to it: the message that says it, by person."""

    point: Link
    stood: Mapping[str, str]
    disputed: bool = False
    """Whether it is a side of a dispute, or was; not another answer, which nothing sets against the others."""


class Stand(NamedTuple):
    """A question or thesis, and what is held on it."""

    question: Link
    disagreement: Disagreement | None
    """None where the answers stand side by side."""
    positions: tuple[Position, ...]

    @property
    def people(self) -> frozenset[str]:
        """Everybody who stands somewhere on it."""
        return frozenset(who for position in self.positions for who in position.stood)


@once
def stands(debate: Debate) -> tuple[Stand, ...]:
    """All there is: what is in dispute, the most consequential first, what was, and what two people answered without disagreeing."""
    return (*_disputed(debate), *_side_by_side(debate))


def _disputed(debate: Debate) -> Iterator[Stand]:
    for found in disagreements(debate):
        if there := positions(debate, found):
            yield Stand(link(debate, found.id), found, there)


@once_each
def positions(debate: Debate, found: Disagreement) -> tuple[Position, ...]:
    """What can be held on something that is in dispute, or was: its sides, then what else people answered; nothing on what nobody answered."""
    if found.state == "unanswered":
        return ()
    answers = (_answer(debate, a) for a in other_answers(debate, found.id, [side.position for side in found.sides]))
    return (*(_side(debate, found, side) for side in found.sides), *(other for other in answers if other.stood))


def other_answers(debate: Debate, question: str, sides: Iterable[str]) -> tuple[str, ...]:
    """The answers to a question that are none of its sides, each given by its position: those with most below them first."""
    held = {debate.points[position] for position in sides}
    found = (a for a in debate.answers.get(question, ()) if debate.points[a] not in held)
    return tuple(sorted(found, key=lambda a: (-replies(debate, a), debate.order[a])))


def _side(debate: Debate, found: Disagreement, side: Side) -> Position:
    now = stances_on(debate, side.position)
    denies = only_denies(debate, found, side)
    stood = {who: _OBJECTS if denies else _STANCES.get(now.get(who, ""), _HOLDS) for who in side.participants}
    stood.update(
        {who: _NEVER if who in side.attributed else _STANCES.get(now.get(who, ""), _LEFT) for who in side.former}
    )
    stood.update({who: _TAKEN for who in side.attributed if who in side.participants})
    return Position(link(debate, side.position), _known(debate, stood), disputed=True)


def _side_by_side(debate: Debate) -> Iterator[Stand]:
    """Questions that nobody disagrees about, if two people answered them, those with most below them first."""
    rows = {found.id for found in disagreements(debate)}
    asked = [q for q in debate.answers if debate.asked_as(q) == q and q not in rows]
    for question in sorted(asked, key=lambda q: (-replies(debate, q), debate.order[q])):
        found = Stand(
            link(debate, question), None, tuple(_answer(debate, a) for a in other_answers(debate, question, ()))
        )
        if len(found.people) > 1:
            yield found


def _answer(debate: Debate, answer: str) -> Position:
    stood = {who: _STANCES[stance] for who, stance in stances_on(debate, answer).items()}
    return Position(link(debate, answer), _known(debate, stood))


def _known(debate: Debate, stood: Mapping[str, str]) -> Mapping[str, str]:
    """Of some people those that have a record, and so a page."""
    return {who: word for who, word in stood.items() if who in debate.participants}
