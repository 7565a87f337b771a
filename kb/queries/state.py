"""Why a disagreement is in its state, in a sentence; and what there is to say of a question or point that nobody disagrees about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.contention.sides import sides
from kb.disagreements import disagreements, only_denies
from kb.evaluate import evaluate
from kb.queries.robust import everywhere
from kb.queries.telling import Mention, Told, first_of, heads, names, say
from kb.vocabulary import QUESTION, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kb.contention.rows import Disagreement, Side
    from kb.debate import Debate
    from kb.queries.telling import Part, Phrase

_NAMED = 3
"""Answers or disagreements told by name; of more the number is told."""


def why(debate: Debate, dispute: Disagreement) -> Phrase:
    """What makes a disagreement open, agreed or whatever it is: who holds, granted or gave up what."""
    told = Told()
    _TELLERS[dispute.state](debate, dispute, told)
    return told.sentence()


def aside(debate: Debate, node_id: str) -> Phrase | None:
    """What there is to say of a node before the disagreements near it; None of one that is a disagreement of its own."""
    rows = disagreements(debate)
    if any(row.id == node_id for row in rows):
        return None
    told = Told()
    around = tuple(Mention(row.id) for row in rows if node_id in row.nodes)
    if debate.nodes[node_id].kind == QUESTION:
        told.say("sides.question_undisputed")
        _answered(debate, node_id, told)
    elif around:
        told.say("sides.belongs_to", disputes=first_of(around, _NAMED, "sides.more_disputes"))
    else:
        told.say("sides.undisputed" if debate.participants else "sides.unnamed")
    return told.sentence()


def _answered(debate: Debate, question: str, told: Told) -> None:
    """How a question was answered that nobody disagrees about."""
    answers = tuple(_held(debate, a) for a in debate.answers.get(question, ()))
    if len(answers) > 1:
        told.say("sides.side_by_side", answers=first_of(answers, _NAMED, "sides.more_answers"))
    elif answers:
        told.say("sides.one_answer", answer=answers[0])
    else:
        told.say("sides.no_answer")


def _held(debate: Debate, node_id: str) -> Part:
    holders = sorted(evaluate(debate).stances.ledger(node_id).standing)
    point = Mention(node_id)
    return say("sides.held_by", point=point, who=names(debate, holders)) if holders else point


# -- one for each row of the table of states ---------------------------------------------------------------------------


def _open(debate: Debate, dispute: Disagreement, told: Told) -> None:
    """The sides are still apart, and nothing that all of them accept tells which is right."""
    taken = [s for s in dispute.sides if s.participants and set(s.participants) <= set(s.attributed)]
    if taken:
        who = sorted({p for side in taken for p in side.participants})
        told.say("sides.only_taken", n=heads(debate, who), who=names(debate, who))
    if not dispute.joined:
        told.say("sides.never_joined")
    elif not taken:
        told.say("sides.apart")
    if not taken:
        _undecided(debate, dispute, told)
    for side in dispute.sides:
        label = everywhere(debate, side.position)
        if label is not None and not only_denies(debate, dispute, side):
            told.say(_EVERYWHERE[label], point=Mention(side.position))


def _undecided(debate: Debate, dispute: Disagreement, told: Told) -> None:
    """How far the record goes: it decides nothing, or only by what is in dispute itself."""
    verdicts = _verdicts(debate, dispute)
    holds = verdicts["in"]
    if verdicts["undecided"]:
        told.say("sides.nothing_decides")
    elif len(holds) == 2:
        told.say("sides.both_hold", points=holds)
        told.say("sides.rules_out_neither")
    elif len(holds) > 2:
        told.say("sides.all_hold", points=holds)
        told.say("sides.rules_out_none")
    elif holds:
        told.say("sides.holds_so_far", point=holds[0])
    elif verdicts["out"]:
        told.say("sides.nothing_so_far")


def _decided(debate: Debate, dispute: Disagreement, told: Told) -> None:
    verdicts = _verdicts(debate, dispute)
    told.say("sides.apart")
    for label, key in (("in", "sides.accepted_in"), ("out", "sides.accepted_out")):
        if points := verdicts[label]:
            told.say(key, n=len(points), points=points)


def _verdicts(debate: Debate, dispute: Disagreement) -> dict[str, tuple[Mention, ...]]:
    """What the sides hold, by its verdict; a side that only denies holds nothing."""
    points = dict.fromkeys(s.position for s in dispute.sides if not only_denies(debate, dispute, s))
    return {v: tuple(Mention(p) for p in points if evaluate(debate).verdict(p) == v) for v in VERDICTS}


def _terminological(debate: Debate, dispute: Disagreement, told: Told) -> None:
    """Somebody on a side said so, or the readings that were told apart are accepted by all."""
    said = sides(debate).dissolving(dispute.id)
    if said is None:
        told.say("sides.readings_accepted")
    else:
        who = (said.participant,)
        told.say("sides.only_words", n=heads(debate, who), who=names(debate, who), point=Mention(said.node))
        told.say("sides.words_undenied")


def _misread(debate: Debate, dispute: Disagreement, told: Told) -> None:
    for side in dispute.sides:
        if not side.participants and side.former and set(side.former) <= set(side.attributed):
            _of_side("sides.disowned", debate, side, side.former, told)


def _agreed(debate: Debate, dispute: Disagreement, told: Told) -> None:
    shared = max(dispute.sides, key=lambda side: len(side.participants))
    _of_side("sides.hold", debate, shared, shared.participants, told)
    if len(dispute.sides) == 1:
        told.say("sides.no_rival")


def _conceded(debate: Debate, dispute: Disagreement, told: Told) -> None:
    for side in dispute.sides:
        if not side.participants:
            denies = only_denies(debate, dispute, side)
            _of_side("sides.objects_no_longer" if denies else "sides.holds_no_longer", debate, side, side.former, told)
    for side in dispute.sides:
        if side.participants and not only_denies(debate, dispute, side):
            _of_side("sides.only_hold", debate, side, side.participants, told)


def _of_side(key: str, debate: Debate, side: Side, who: tuple[str, ...], told: Told) -> None:
    """What some people of a side have to do with what it holds."""
    told.say(key, n=heads(debate, who), who=names(debate, who), point=Mention(side.position))


def _unanswered(debate: Debate, dispute: Disagreement, told: Told) -> None:
    told.say("sides.asked_in_vain", who=names(debate, dispute.sides[0].participants))


_EVERYWHERE = {"in": "sides.holds_everywhere", "out": "sides.holds_nowhere"}
_TELLERS: Mapping[str, Callable[[Debate, Disagreement, Told], None]] = {
    "terminological": _terminological,
    "misread": _misread,
    "agreed": _agreed,
    "conceded": _conceded,
    "decided": _decided,
    "unanswered": _unanswered,
    "open": _open,
}
