"""One node in full: what it says, who stands where on it, its relations in both directions, and the thread under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.evaluate import evaluate
from kb.queries import list as listing
from kb.queries.lookup import node
from kb.queries.thread import threads

if TYPE_CHECKING:
    from kb.debate import Debate
    from kb.queries.thread import Entry
    from kb.tables import Json, Row


def row(debate: Debate, node_id: str) -> Row:
    """The row of `kb list`, with incoming relations, stances and the thread."""
    found = node(debate, node_id)
    evaluation = evaluate(debate)
    stances: dict[str, Json] = dict(sorted(evaluation.stances.now(node_id).items()))
    return {
        **listing.row(debate, node_id),
        "attributed_to": list(found.attributed_to),
        "terms": list(found.terms),
        "tags": list(found.tags),
        "topic": found.topic,
        "weight": found.weight,
        "note": found.note,
        "stances": stances,
        "premises": [{"id": p.id, "role": p.role} for p in found.premises],
        "incoming": incoming(debate, node_id),
        "thread": [entry(child) for child in threads(debate).thread(node_id).children],
    }


def incoming(debate: Debate, node_id: str) -> list[Json]:
    """Relations that lead to a node, to a step it makes, or use it as a linked premise."""
    found: list[Json] = [
        {"kind": r.kind, "from": r.node, "to": r.to, "with": list(r.premises), "id": r.id}
        for r in debate.incoming[node_id]
    ]
    for made in debate.nodes[node_id].relations:
        step = debate.inference_of(made)
        for undercut in debate.undercuts_of.get(step.index, ()) if step is not None else ():
            r = undercut.relation
            if r.to != node_id:
                found.append({"kind": r.kind, "from": r.node, "to": r.to, "with": list(r.premises), "id": r.id})
    for used in debate.linked_in.get(node_id, ()):
        r = used.relation
        found.append({"kind": "with", "from": r.node, "to": r.to, "with": list(r.premises), "id": r.id})
    return found


def entry(found: Entry) -> Json:
    """An entry of the thread."""
    return {
        "id": found.node,
        "relation": found.relation,
        "with": list(found.linked),
        "step": found.step.name if found.step is not None else None,
        "again": found.again,
        "replies": found.replies,
        "thread": [entry(child) for child in found.children],
    }
