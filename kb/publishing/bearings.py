"""How a point bears on others: what its own relations do, and the steps that others make with it as a premise."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.memory import once
from kb.parted import by_part, each, near
from kb.publishing.cards import Link, Tie, link, prose, tie

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markupsafe import Markup

    from kb.debate import Debate
    from kb.inference import Inference
    from kb.model import Node, Relation

_MANY = 16
"""Of more linked premises than this each names only the node that links them, and only that node names all."""


class Bearing(NamedTuple):
    """What a point does to another; an undercut also has the `step` that it denies: the node that makes it, and its relation to the target."""

    tie: Tie
    target: str
    step: tuple[str, Tie] | None
    linked: tuple[Link, ...]
    part: bool = False
    note: Markup | None = None


def bearings(debate: Debate, node: Node) -> Iterator[Bearing]:
    """What the relations of a node do; those that lead nowhere are left out."""
    for relation in node.relations:
        linked = tuple(link(debate, p) for p in relation.premises if p in debate.nodes)
        target, step = relation.to, None
        if target not in debate.nodes:
            denied = _denied_step(debate, relation)
            if denied is None:
                continue
            target, step = denied.target, (denied.node, tie(denied.kind))
        yield Bearing(tie(relation.kind), target, step, linked, relation.part, prose(relation.note))


def used_for(debate: Debate, node: Node) -> Iterator[Bearing]:
    """The steps written on other nodes that have this node as a premise."""
    if not _is_premise(debate)[node.id]:
        return
    part = near(debate, node.id)
    for step in part.linked_in[node.id]:
        others = (step.argument, *step.premises) if len(step.premises) <= _MANY else (step.node,)
        linked = tuple(link(debate, p) for p in others if p not in {None, node.id})
        denied = None if step.undercut is None else part.inferences[step.undercut]
        denied_step = None if denied is None else (denied.node, tie(denied.kind))
        yield Bearing(tie(step.kind), step.target, denied_step, linked)


def _denied_step(debate: Debate, relation: Relation) -> Inference | None:
    """The step that an undercut denies."""
    denied = near(debate, relation.node).undercut_targets(relation) if relation.kind == "undercuts" else ()
    return denied[0] if denied else None


@once
def _is_premise(debate: Debate) -> Mapping[str, bool]:
    """By node whether others make steps with it, so that the parts of most nodes need not be evaluated to find such steps."""
    return each(debate, _premise_flags(debate))


@by_part
def _premise_flags(debate: Debate) -> Sequence[bool]:
    return [node_id in debate.linked_in for node_id in debate.nodes]
