"""Why a disagreement is in its state, in a sentence; and what there is to say of a question or point that nobody disagrees about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.contention.sides import sides
from kb.disagreements import disagreements, only_denies
from kb.evaluate import evaluate
from kb.queries.robust import everywhere
from kb.queries.telling import Mention, Told, joined, listed, people
from kb.vocabulary import QUESTION, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kb.debate import Debate
    from kb.disagreements import Disagreement
    from kb.queries.telling import Sentence

_NAMED = 3
"""Answers or disagreements told by name; of more the number is told."""


def why(debate: Debate, found: Disagreement) -> Sentence:
    """What makes a disagreement open, agreed or whatever it is: who holds, granted or gave up what."""
    told = Told()
    _TELLERS[found.state](debate, found, told)
    return told.sentence()


def aside(debate: Debate, node_id: str) -> Sentence | None:
    """What there is to say of a node before the disagreements near it; None of one that is a disagreement of its own."""
    rows = disagreements(debate)
    if any(row.id == node_id for row in rows):
        return None
    told = Told()
    around = [row.id for row in rows if node_id in row.nodes]
    if debate.nodes[node_id].kind == QUESTION:
        told.clause("Nobody disagrees about this question itself")
        _answered(debate, node_id, told)
    elif around:
        told.clause("It belongs to ", *_named([(Mention(i),) for i in around], "disagreements"))
    else:
        told.clause("Nobody disagrees about it")
    return told.sentence()


def _answered(debate: Debate, question: str, told: Told) -> None:
    """How a question was answered that nobody disagrees about."""
    answers = [_held(debate, a) for a in debate.answers.get(question, ())]
    if len(answers) > 1:
        told.clause("its answers stand side by side: ", *_named(answers, "answers"))
    else:
        told.clause(*("its one answer is ", *answers[0]) if answers else ("it has no answer on record",))


def _held(debate: Debate, node_id: str) -> Sentence:
    holders = sorted(evaluate(debate).stances.ledger(node_id).standing)
    return (Mention(node_id), f" ({people(debate, holders)})") if holders else (Mention(node_id),)


def _named(parts: Sequence[Sentence], what: str) -> Sentence:
    more = len(parts) - _NAMED
    return listed([*parts[:_NAMED], *([(f"{more} more {what}",)] if more > 0 else [])])


# -- one for each row of the table of states ---------------------------------------------------------------------------


def _open(debate: Debate, found: Disagreement, told: Told) -> None:
    """The sides are still apart, and nothing that all of them accept tells which is right."""
    taken = [s for s in found.sides if s.participants and set(s.participants) <= set(s.attributed)]
    if taken:
        who = sorted({p for side in taken for p in side.participants})
        told.clause(
            people(debate, who),
            _verb(who, " has", " have"),
            " neither claimed nor disowned what they are taken to hold",
        )
    if not found.joined:
        told.clause("the sides never answered one another")
    elif not taken:
        told.clause("the sides still stand against each other")
    if not taken:
        _undecided(debate, found, told)
    for side in found.sides:
        label = everywhere(debate, side.position)
        if label is not None and not only_denies(debate, found, side):
            verb = " holds" if label == "in" else " does not hold"
            told.clause("whatever becomes of what is unsettled, ", Mention(side.position), verb)


def _undecided(debate: Debate, found: Disagreement, told: Told) -> None:
    """How far the record goes: it decides nothing, or only by what is in dispute itself."""
    verdicts = _verdicts(debate, found)
    holds = verdicts["in"]
    if verdicts["undecided"]:
        told.clause("nothing on record decides between them")
    elif len(holds) > 1:
        told.clause("on the record so far ", *joined(holds), " all hold" if len(holds) > 2 else " both hold")
        told.clause("nothing rules out either" if len(holds) == 2 else "nothing rules out any")
    elif holds or verdicts["out"]:
        so_far: Sentence = (*holds, " holds") if holds else ("nothing of it holds",)
        told.clause("on the record so far ", *so_far, ", but only by what not all of them accept")


def _decided(debate: Debate, found: Disagreement, told: Told) -> None:
    verdicts = _verdicts(debate, found)
    told.clause("the sides still stand against each other")
    for named, one, many in ((verdicts["in"], " holds", " hold"), (verdicts["out"], " does not hold", " do not hold")):
        if named:
            told.clause("by what all of them accept ", *joined(named), _verb(named, one, many))


def _verdicts(debate: Debate, found: Disagreement) -> dict[str, list[Mention]]:
    """What the sides hold, by its verdict; a side that only denies holds nothing."""
    points = dict.fromkeys(s.position for s in found.sides if not only_denies(debate, found, s))
    return {v: [Mention(p) for p in points if evaluate(debate).verdict(p) == v] for v in VERDICTS}


def _terminological(debate: Debate, found: Disagreement, told: Told) -> None:
    """Somebody on a side said so, or the readings that were told apart are accepted by all."""
    said = sides(debate).dissolving(found.id)
    if said is None:
        told.clause("every side accepts each of the readings that were told apart")
    else:
        told.clause(people(debate, [said.participant]), " finds only words in it (", Mention(said.node), ")")
        told.clause("nobody on another side denies that")


def _misread(debate: Debate, found: Disagreement, told: Told) -> None:
    for side in found.sides:
        if not side.participants and side.former and set(side.former) <= set(side.attributed):
            told.clause(
                people(debate, side.former), " disowned ", Mention(side.position), ", having only been taken to hold it"
            )


def _agreed(debate: Debate, found: Disagreement, told: Told) -> None:
    shared = max(found.sides, key=lambda side: len(side.participants))
    told.clause(people(debate, shared.participants), " hold ", Mention(shared.position))
    if len(found.sides) == 1:
        told.clause("nobody holds a rival to it")


def _conceded(debate: Debate, found: Disagreement, told: Told) -> None:
    for side in found.sides:
        if not side.participants:
            verb = "objects with" if only_denies(debate, found, side) else "holds"
            told.clause(people(debate, side.former), f" no longer {verb} ", Mention(side.position))
    for side in found.sides:
        if side.participants and not only_denies(debate, found, side):
            told.clause(
                "only ",
                people(debate, side.participants),
                _verb(side.participants, " holds ", " hold "),
                Mention(side.position),
            )


def _unanswered(debate: Debate, found: Disagreement, told: Told) -> None:
    askers = people(debate, found.sides[0].participants)
    told.clause(askers, " asked it, and nobody else answered it or accepted an answer")


def _verb(subjects: Sequence[object], one: str, many: str) -> str:
    return one if len(subjects) == 1 else many


_TELLERS: Mapping[str, Callable[[Debate, Disagreement, Told], None]] = {
    "terminological": _terminological,
    "misread": _misread,
    "agreed": _agreed,
    "conceded": _conceded,
    "decided": _decided,
    "unanswered": _unanswered,
    "open": _open,
}
