"""What participants did: every act by which somebody takes, changes or gives up a stance on a point.

Putting forward, conceding, attacking and taking back are acts (Hamblin, *Fallacies*, ch. 8; Walton and Krabbe, *Commitment in
Dialogue*, ch. 4). `arguendo` and `mentioned` commit to nothing; a contradiction is the editors' remark, nobody's act.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.vocabulary import ARGUMENT, ARGUMENT_RELATIONS, CERTAINTIES, QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.model import Node, Relation
    from kb.passages import SourcePosition

When = tuple["SourcePosition", int]
"""A moment of the debate: position in the sources, then rank in the debate."""

HOLDS = frozenset({"accepts", "leans"})
OPPOSES = frozenset({"denies", "doubts"})
DENIES = "denies"
ATTRIBUTED = "attributed"
"""The kind of an act that takes somebody to hold a point: no stance, but theirs to answer for until they disown or deny it."""

GIVES_UP = frozenset({"retracts", "disowns", "dissolves"})
"""Relations that end a stance."""


class Act(NamedTuple):
    """One thing a participant did about a point, and the stance it leaves them with.

    `when` orders acts: position in the sources, then rank in the debate. A weak act changes nothing where there is a stance.
    """

    when: When
    participant: str
    kind: str
    stance: str | None
    node: str
    point: str
    weak: bool = False
    relation: Relation | None = None


def is_committing(node: Node) -> bool:
    """Whether putting a node forward commits its speaker to anything."""
    return CERTAINTIES[node.certainty].stance is not None and not node.attributed_to


def authors(debate: Debate, node_id: str) -> frozenset[str]:
    """Who put a point, or a question, forward as their own."""
    members = (member for member in debate.restatements[debate.points[node_id]] if is_committing(debate.nodes[member]))
    return frozenset(speaker for member in members for speaker in debate.speakers(member))


def is_of_the_record(debate: Debate, node_id: str) -> bool:
    """Whether the record itself puts a point forward, so that it stands for it without anybody who holds it."""
    members = debate.restatements[debate.points[node_id]]
    return any(is_committing(debate.nodes[member]) and not debate.speakers(member) for member in members)


def iter_acts(debate: Debate, retracted: frozenset[tuple[str, str]]) -> Iterator[Act]:
    """Every act of every participant."""
    for node in debate.nodes.values():
        yield from _own_acts(debate, node)
        if not node.relations:
            continue
        stance = CERTAINTIES[node.certainty].stance
        if stance is None:
            continue
        for relation in node.relations:
            if node.attributed_to and not relation.by:
                continue
            for maker in debate.makers(relation):
                if (maker, node.id) not in retracted:
                    yield from _relation_acts(debate, node, relation, maker, stance)


def _own_acts(debate: Debate, node: Node) -> Iterator[Act]:
    """Putting a node forward, or taking somebody else to hold it."""
    point, rank = debate.points[node.id], debate.order[node.id]
    if node.attributed_to:
        when = (debate.first_position(node.citations), rank)
        for participant in node.attributed_to:
            yield Act(when, participant, ATTRIBUTED, None, node.id, point)
        return
    stance = CERTAINTIES[node.certainty].stance
    if stance is None or node.kind == QUESTION:
        return
    for participant in debate.speakers(node.id):
        yield Act(
            (debate.first_position(node.citations, participant), rank),
            participant,
            "puts forward",
            stance,
            node.id,
            point,
        )


def _relation_acts(debate: Debate, node: Node, relation: Relation, maker: str, stance: str) -> Iterator[Act]:
    """What making a relation commits its maker to."""
    when = (debate.relation_position(relation, maker), debate.order[node.id])

    def act(target: str, new_stance: str | None, *, weak: bool = False) -> Act:
        return Act(when, maker, relation.kind, new_stance, node.id, debate.points[target], weak, relation)

    kind, target = relation.kind, relation.to
    if target in debate.nodes:
        if kind == "concedes":
            yield act(target, "doubts" if relation.part else stance, weak=relation.part)
        elif kind in GIVES_UP:
            yield act(target, None)
        elif kind == "supports" and debate.nodes[target].certainty != "arguendo":
            yield act(target, stance, weak=True)
        elif kind == "attacks" and maker not in authors(debate, target):  # else it is one they considered
            yield act(target, DENIES)
    yield from (act(conclusion, "doubts", weak=True) for conclusion in _doubted_conclusions(debate, relation, maker))
    yield from (act(premise, stance, weak=True) for premise in _relied_on(debate, node, relation))


def _relied_on(debate: Debate, node: Node, relation: Relation) -> Iterator[str]:
    """Linked premises that whoever makes a step relies on; who writes out an argument need not hold its premises."""
    if relation.kind in ARGUMENT_RELATIONS and node.kind != ARGUMENT:
        for premise in relation.premises:
            if premise in debate.nodes and debate.nodes[premise].certainty != "arguendo":
                yield premise


def _doubted_conclusions(debate: Debate, relation: Relation, maker: str) -> Iterator[str]:
    """The conclusions that an undercut leaves without a reason, unless they are the maker's own."""
    inference = debate.inference_of(relation) if relation.kind in {"attacks", "undercuts"} else None
    denied = debate.denied_step(inference) if inference is not None else None
    if denied is None:
        return
    step = debate.inferences[denied]
    if step.kind == "supports" and maker not in authors(debate, step.target):
        yield step.target
