"""Why a disagreement is in its state, in a sentence; and what there is to say of a question or point that nobody disagrees about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.contention.sides import sides
from kb.disagreements import disagreements, only_denies
from kb.evaluate import evaluate
from kb.queries.robust import robust_verdict
from kb.queries.telling import NodeMention, SentenceBuilder, first_of, head_count, names, say
from kb.vocabulary import QUESTION, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kb.contention.rows import Disagreement, Side
    from kb.debate import Debate
    from kb.queries.telling import MessagePart, Phrase

_NAMED = 3
"""Answers or disagreements told by name; of more the number is told."""


def why(debate: Debate, dispute: Disagreement) -> Phrase:
    """What makes a disagreement open, agreed or whatever it is: who holds, granted or gave up what."""
    sentence = SentenceBuilder()
    _SAY_STATE[dispute.state](debate, dispute, sentence)
    return sentence.phrase()


def undisputed_phrase(debate: Debate, node_id: str) -> Phrase | None:
    """What there is to say of a node before the disagreements near it; None of one that is a disagreement of its own."""
    rows = disagreements(debate)
    if any(row.id == node_id for row in rows):
        return None
    sentence = SentenceBuilder()
    around = tuple(NodeMention(row.id) for row in rows if node_id in row.nodes)
    if debate.nodes[node_id].kind == QUESTION:
        sentence.say("sides.question_undisputed")
        _say_answers(debate, node_id, sentence)
    elif around:
        sentence.say("sides.belongs_to", disputes=first_of(around, _NAMED, "sides.more_disputes"))
    else:
        sentence.say("sides.undisputed" if debate.participants else "sides.unnamed")
    return sentence.phrase()


def _say_answers(debate: Debate, question: str, sentence: SentenceBuilder) -> None:
    """How a question was answered that nobody disagrees about."""
    answers = tuple(_answer_with_holders(debate, a) for a in debate.answers.get(question, ()))
    if len(answers) > 1:
        sentence.say("sides.side_by_side", answers=first_of(answers, _NAMED, "sides.more_answers"))
    elif answers:
        sentence.say("sides.one_answer", answer=answers[0])
    else:
        sentence.say("sides.no_answer")


def _answer_with_holders(debate: Debate, node_id: str) -> MessagePart:
    holders = sorted(evaluate(debate).stances.ledger(node_id).standing)
    point = NodeMention(node_id)
    return say("sides.held_by", point=point, who=names(debate, holders)) if holders else point


# -- one for each row of the table of states ---------------------------------------------------------------------------


def _say_open(debate: Debate, dispute: Disagreement, sentence: SentenceBuilder) -> None:
    """The sides are still apart, and nothing that all of them accept tells which is right."""
    only_attributed = [s for s in dispute.sides if s.participants and set(s.participants) <= set(s.attributed)]
    if only_attributed:
        who = sorted({p for side in only_attributed for p in side.participants})
        sentence.say("sides.only_taken", n=head_count(debate, who), who=names(debate, who))
    if not dispute.joined:
        sentence.say("sides.never_joined")
    elif not only_attributed:
        sentence.say("sides.apart")
    if not only_attributed:
        _say_undecided(debate, dispute, sentence)
    for side in dispute.sides:
        label = robust_verdict(debate, side.position)
        if label is not None and not only_denies(debate, dispute, side):
            sentence.say(_EVERYWHERE[label], point=NodeMention(side.position))


def _say_undecided(debate: Debate, dispute: Disagreement, sentence: SentenceBuilder) -> None:
    """How far the record goes: it decides nothing, or only by what is in dispute itself."""
    verdicts = _positions_by_verdict(debate, dispute)
    holds = verdicts["in"]
    if verdicts["undecided"]:
        sentence.say("sides.nothing_decides")
    elif len(holds) == 2:
        sentence.say("sides.both_hold", points=holds)
        sentence.say("sides.rules_out_neither")
    elif len(holds) > 2:
        sentence.say("sides.all_hold", points=holds)
        sentence.say("sides.rules_out_none")
    elif holds:
        sentence.say("sides.holds_so_far", point=holds[0])
    elif verdicts["out"]:
        sentence.say("sides.nothing_so_far")


def _say_decided(debate: Debate, dispute: Disagreement, sentence: SentenceBuilder) -> None:
    verdicts = _positions_by_verdict(debate, dispute)
    sentence.say("sides.apart")
    for label, key in (("in", "sides.accepted_in"), ("out", "sides.accepted_out")):
        if points := verdicts[label]:
            sentence.say(key, n=len(points), points=points)


def _positions_by_verdict(debate: Debate, dispute: Disagreement) -> dict[str, tuple[NodeMention, ...]]:
    """What the sides hold, by its verdict; a side that only denies holds nothing."""
    points = dict.fromkeys(s.position for s in dispute.sides if not only_denies(debate, dispute, s))
    return {v: tuple(NodeMention(p) for p in points if evaluate(debate).verdict(p) == v) for v in VERDICTS}


def _say_terminological(debate: Debate, dispute: Disagreement, sentence: SentenceBuilder) -> None:
    """Somebody on a side said so, or the readings that were told apart are accepted by all."""
    act = sides(debate).dissolving_act(dispute.id)
    if act is None:
        sentence.say("sides.readings_accepted")
    else:
        who = (act.participant,)
        sentence.say("sides.only_words", n=head_count(debate, who), who=names(debate, who), point=NodeMention(act.node))
        sentence.say("sides.words_undenied")


def _say_misread(debate: Debate, dispute: Disagreement, sentence: SentenceBuilder) -> None:
    for side in dispute.sides:
        if not side.participants and side.former and set(side.former) <= set(side.attributed):
            _say_of_side("sides.disowned", debate, side, side.former, sentence)


def _say_agreed(debate: Debate, dispute: Disagreement, sentence: SentenceBuilder) -> None:
    shared = max(dispute.sides, key=lambda side: len(side.participants))
    _say_of_side("sides.hold", debate, shared, shared.participants, sentence)
    if len(dispute.sides) == 1:
        sentence.say("sides.no_rival")


def _say_conceded(debate: Debate, dispute: Disagreement, sentence: SentenceBuilder) -> None:
    for side in dispute.sides:
        if not side.participants:
            denies = only_denies(debate, dispute, side)
            _say_of_side(
                "sides.objects_no_longer" if denies else "sides.holds_no_longer", debate, side, side.former, sentence
            )
    for side in dispute.sides:
        if side.participants and not only_denies(debate, dispute, side):
            _say_of_side("sides.only_hold", debate, side, side.participants, sentence)


def _say_of_side(key: str, debate: Debate, side: Side, who: tuple[str, ...], sentence: SentenceBuilder) -> None:
    """What some people of a side have to do with what it holds."""
    sentence.say(key, n=head_count(debate, who), who=names(debate, who), point=NodeMention(side.position))


def _say_unanswered(debate: Debate, dispute: Disagreement, sentence: SentenceBuilder) -> None:
    sentence.say("sides.asked_in_vain", who=names(debate, dispute.sides[0].participants))


_EVERYWHERE = {"in": "sides.holds_everywhere", "out": "sides.holds_nowhere"}
_SAY_STATE: Mapping[str, Callable[[Debate, Disagreement, SentenceBuilder], None]] = {
    "terminological": _say_terminological,
    "misread": _say_misread,
    "agreed": _say_agreed,
    "conceded": _say_conceded,
    "decided": _say_decided,
    "unanswered": _say_unanswered,
    "open": _say_open,
}
