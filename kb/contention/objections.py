"""How an objection fares: whether it was withdrawn or granted, and else whether it holds and has been answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.contention.moves import moves
from kb.evaluate import evaluate
from kb.standing.acts import OPPOSES, authors, is_of_the_record
from kb.standing.framework import NO, OPEN
from kb.standing.stances import stances
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from kb.debate import Debate
    from kb.inference import Inference

OBJECTS = frozenset({"attacks", "undercuts"})
"""Relations that are objections; a contradiction is the editors' remark, nobody's objection."""


def objection_state(debate: Debate, inference: Inference) -> str | None:
    """A word of `vocabulary.OBJECTION_STATES` for an attack or undercut; None for other steps, and for what is only supposed or mentioned.

    The *targeted side* is everybody else who ever held the target or is taken to; of a question, who asks it; of a step, who made it,
    who holds it as an argument, and who holds what it is a reason for. The first that applies:

    - *withdrawn*: each of its makers took back what they object with, or granted the point it attacks afterwards (to grant the
      conclusion of a step is not to grant the step);
    - *conceded*: there is a targeted side, and everybody on it accepts the objection (holds it, opposes none of its premises, and
      does not deny that it bears) or no longer holds the target; who disowned the target is on the side only if they accept the objection;
    - *in dispute*, *defeated*: the step is undecided, or out, whoever brought that about, answered or not;
    - *answered and standing*: it is in, though somebody on the targeted side later attacked, undercut, conceded, qualified, dissolved or
      replied to it, its premises or a reason for them, accepted what somebody else said against it, or gave the target up (where it is
      put to nobody, as an objection to one's own point: anybody at all);
    - *unanswered*: it is in, and nobody did.

    The states of formal-argumentation practice (unanswered, answered, defeated) and of commitment dialogues (concession, retraction:
    Walton and Krabbe, *Commitment in Dialogue*, §4).
    """
    if inference.kind not in OBJECTS or not _was_asserted(debate, inference.node):
        return None
    makers = frozenset(debate.makers(inference.relation))
    if makers and all(_has_withdrawn(debate, inference, who) for who in makers):
        return "withdrawn"
    side = targeted_side(debate, inference) - makers
    if side and all(_grants(debate, inference, who) or _has_given_up(debate, inference, who) for who in side):
        return "conceded"
    label = evaluate(debate).label_of(inference)
    if label in {OPEN, NO}:
        return "in dispute" if label == OPEN else "defeated"
    replies = moves(debate).replies(inference).keys()
    return "answered and standing" if (replies & side if side else replies) else "unanswered"


def targeted_side(debate: Debate, inference: Inference) -> frozenset[str]:
    """Everybody who ever stood behind what an objection tells against, is taken to, or disowned it and yet grants the objection."""
    denied, target = debate.denied_step(inference), inference.target
    side: frozenset[str] = frozenset()
    ends = [target]
    if denied is not None:
        step = debate.inferences[denied]
        side = frozenset() if step.kind == "contradicts" else frozenset(debate.makers(step.relation))
        ends = [step.argument] if step.argument is not None else []
        ends += [step.target] if step.kind == "supports" else []
    for end in ends:
        side |= _ever_holders(debate, end)
        side |= {who for who in stances(debate).ledger(end).ever_attributed if _grants(debate, inference, who)}
    return side


def _was_asserted(debate: Debate, node_id: str) -> bool:
    """Whether anybody, or the record, ever put a point forward as theirs, or accepted it."""
    node, evaluation = debate.nodes[node_id], evaluate(debate)
    if evaluation.frame.points[evaluation.point_number(node_id)].supposed:
        return False
    return node.kind == QUESTION or bool(stances(debate).ledger(node_id).held) or is_of_the_record(debate, node_id)


def _ever_holders(debate: Debate, node_id: str) -> frozenset[str]:
    """Who ever held a point or asked a question, or is taken to; not those who disowned it."""
    ledger, asked = stances(debate).ledger(node_id), debate.nodes[node_id].kind == QUESTION
    return ledger.held | ledger.attributed | (authors(debate, node_id) if asked else frozenset())


def _holds(debate: Debate, node_id: str, participant: str) -> bool:
    """Whether somebody holds a point, is taken to, or asks it."""
    stances_of_debate = stances(debate)
    asks = debate.nodes[node_id].kind == QUESTION and participant in stances_of_debate.current_askers(node_id)
    return asks or participant in stances_of_debate.ledger(node_id).standing


def _has_dropped(debate: Debate, node_id: str, participant: str) -> bool:
    return participant in _ever_holders(debate, node_id) and not _holds(debate, node_id, participant)


def _has_withdrawn(debate: Debate, step: Inference, participant: str) -> bool:
    """Whether one of its makers no longer stands behind a step."""
    stances_of_debate = stances(debate)
    if (participant, step.node) in stances_of_debate.retracted or _has_dropped(debate, step.node, participant):
        return True
    made = (debate.relation_position(step.relation, participant), debate.order[step.node])
    return step.kind == "attacks" and stances_of_debate.has_conceded_after(participant, step.target, made)


def _has_given_up(debate: Debate, inference: Inference, participant: str) -> bool:
    """Whether somebody on the targeted side no longer stands behind what an objection tells against."""
    denied = debate.denied_step(inference)
    if denied is None:
        return _has_dropped(debate, inference.target, participant)
    step = debate.inferences[denied]
    return _has_withdrawn(debate, step, participant) or (
        step.kind == "supports" and _has_dropped(debate, step.target, participant)
    )


def _grants(debate: Debate, inference: Inference, participant: str) -> bool:
    """Whether somebody accepts an objection: the point, whatever is linked with it, and that it bears on its target."""
    stances_of_debate = stances(debate)
    undercuts = [u for u in debate.undercuts_of.get(inference.index, ()) if u.kind in OBJECTS]
    accepts = participant in stances_of_debate.ledger(inference.node).holders
    if debate.nodes[inference.node].kind == QUESTION:
        accepts = participant in stances_of_debate.current_askers(inference.node)
    return (
        accepts
        and not any(stances_of_debate.now(premise).get(participant) in OPPOSES for premise in inference.premises)
        and not any(
            participant in debate.makers(u.relation) and not _has_withdrawn(debate, u, participant) for u in undercuts
        )
    )
