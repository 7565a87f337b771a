"""One node in full: what it says, who stands where on it, its relations in both directions, and the thread under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.evaluate import evaluate
from kb.queries import list as listing
from kb.queries.lookup import node
from kb.queries.objections import objection_state_of
from kb.queries.thread import threads

if TYPE_CHECKING:
    from kb.debate import Debate
    from kb.model import Relation
    from kb.queries.thread import Entry
    from kb.tables import Json, Row


def row(debate: Debate, node_id: str) -> Row:
    """The row of `kb list`, with incoming relations, stances and the thread."""
    node(debate, node_id)
    return {
        **listing.row(debate, node_id),
        **about(debate, node_id),
        "incoming": incoming(debate, node_id),
        "thread": [entry_row(debate, child) for child in threads(debate).thread(node_id).children],
    }


def about(debate: Debate, node_id: str) -> Row:
    """What there is to know of a node beside its row in `kb list`, whatever others do to it."""
    found = debate.nodes[node_id]
    stances: dict[str, Json] = dict(sorted(evaluate(debate).stances.now(node_id).items()))
    return {
        "attributed_to": list(found.attributed_to),
        "terms": list(found.terms),
        "tags": list(found.tags),
        "topic": found.topic,
        "weight": found.weight,
        "note": found.note,
        "formerly": list(found.formerly),
        "stances": stances,
        "premises": [{"id": p.id, "role": p.role} for p in found.premises],
        "scheme": found.scheme,
        "stands_alone": found.stands_alone,
        "exclusive": found.exclusive,
    }


def incoming(debate: Debate, node_id: str) -> list[Json]:
    """Relations that lead to a node, to a step it makes, or use it as a linked premise; of objections how they fare."""
    found = [_made(debate, r) for r in debate.incoming[node_id]]
    for made in debate.nodes[node_id].relations:
        step = debate.inference_of(made)
        undercuts = debate.undercuts_of.get(step.index, ()) if step is not None else ()
        found += [_made(debate, undercut.relation) for undercut in undercuts if undercut.relation.to != node_id]
    for used in debate.linked_in.get(node_id, ()):
        found.append({**_made(debate, used.relation), "kind": "with"})
    return list(found)


def _made(debate: Debate, made: Relation) -> dict[str, Json]:
    """A relation from the side of what it leads to."""
    found: dict[str, Json] = {
        "kind": made.kind,
        "from": made.node,
        "to": made.to,
        "with": list(made.premises),
        "id": made.id,
        "part": made.part,
    }
    return {**found, "objection": objection_state_of(debate, debate.inference_of(made))}


def entry_row(debate: Debate, entry: Entry) -> Json:
    """An entry of the thread."""
    return {
        "id": entry.node,
        "relation": entry.relation,
        "with": list(entry.linked),
        "step": entry.step.name if entry.step is not None else None,
        "objection": objection_state_of(debate, entry.made),
        "again": entry.again,
        "replies": entry.replies,
        "thread": [entry_row(debate, child) for child in entry.children],
    }
