"""What tells against a node, how it fares, and which of it nobody on the node's side has answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.contention.moves import moves
from kb.contention.objections import objection_state
from kb.memory import once_each
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.contention.rows import Disagreement
    from kb.debate import Debate
    from kb.inference import Inference
    from kb.tables import Json


class Objections(NamedTuple):
    """The objections to a node in the order of the debate, and those of them that wait for an answer."""

    made: tuple[str, ...]
    unanswered: tuple[str, ...]


def objections(debate: Debate, node_id: str) -> Objections:
    """The nodes that attack a node, or undercut a step that it makes or that supports it."""
    objecting = {r.node for r in debate.incoming[node_id] if r.kind == "attacks"}
    steps = [debate.inference_of(r) for r in debate.nodes[node_id].relations]
    steps += [debate.inference_of(r) for r in debate.incoming[node_id] if r.kind == "supports"]
    for step in steps:
        objecting |= {u.node for u in debate.undercuts_of.get(step.index, ())} if step is not None else set()
    objecting.discard(node_id)
    ordered = tuple(sorted(objecting, key=debate.order.__getitem__))
    every = moves(debate).by_node
    waiting = (n for n in ordered if n in every and every[n].owed_by and not every[n].answered_by)
    return Objections(ordered, tuple(waiting))


def objections_text(debate: Debate, node_id: str) -> str:
    """How much tells against a node, in a few words, as "2 objections, 1 unanswered"; of a question, its answers first."""
    against = objections(debate, node_id)
    node = debate.nodes[node_id]
    counts = [_count(len(debate.answers.get(node_id, ())), "answer")] if node.kind == QUESTION else []
    if against.made or not counts:
        counts.append(_count(len(against.made), "objection"))
    if against.unanswered:
        counts.append(f"{len(against.unanswered)} unanswered")
    return ", ".join(counts)


def _count(number: int, word: str) -> str:
    return f"{number or 'no'} {word}" if number == 1 else f"{number or 'no'} {word}s"


class Fate(NamedTuple):
    """An objection within a disagreement: the node that makes it, what it tells against, how it fares."""

    node: str
    target: str
    state: str


def dispute_fates(debate: Debate, dispute: Disagreement) -> tuple[Fate, ...]:
    """How the objections of a disagreement fare; of a settled one they no longer matter."""
    return () if dispute.settled else fates(debate, dispute.nodes)


def fates(debate: Debate, nodes: Iterable[str]) -> tuple[Fate, ...]:
    """How the objections that these nodes make fare; the target of an undercut is the step it denies."""
    relations = [relation for node_id in nodes for relation in debate.nodes[node_id].relations]
    found = ((r, objection_state_of(debate, debate.inference_of(r))) for r in relations)
    return tuple(Fate(r.node, r.to, state) for r, state in found if state is not None)


def fate_row(fate: Fate) -> Json:
    """An objection as the documented JSON has it."""
    return {"node": fate.node, "target": fate.target, "state": fate.state}


def objection_state_of(debate: Debate, step: Inference | None) -> str | None:
    """How a step fares that is an objection; None for any other."""
    return None if step is None else _state_by_index(debate, step.index)


@once_each
def _state_by_index(debate: Debate, step: int) -> str | None:
    """The same by number: who tells of both ends of an objection, and of what they are part of, asks again and again."""
    return objection_state(debate, debate.inferences[step])
