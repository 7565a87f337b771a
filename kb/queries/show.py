"""One node in full: what it says, who stands where on it, its relations in both directions, and the thread under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.evaluate import evaluate
from kb.queries import list as listing
from kb.queries.lookup import find_node
from kb.queries.objections import objection_state_of
from kb.queries.thread import threads

if TYPE_CHECKING:
    from kb.debate import Debate
    from kb.model import Relation
    from kb.queries.thread import ThreadEntry
    from kb.tables import Json, Row


def row(debate: Debate, node_id: str) -> Row:
    """The row of `kb list`, with incoming relations, stances and the thread."""
    find_node(debate, node_id)
    return {
        **listing.row(debate, node_id),
        **detail_fields(debate, node_id),
        "incoming": incoming_rows(debate, node_id),
        "thread": [entry_row(debate, child) for child in threads(debate).thread(node_id).children],
    }


def detail_fields(debate: Debate, node_id: str) -> Row:
    """What there is to know of a node beside its row in `kb list`, whatever others do to it."""
    record = debate.nodes[node_id]
    stances: dict[str, Json] = dict(sorted(evaluate(debate).stances.now(node_id).items()))
    return {
        "attributed_to": list(record.attributed_to),
        "terms": list(record.terms),
        "tags": list(record.tags),
        "topic": record.topic,
        "weight": record.weight,
        "note": record.note,
        "formerly": list(record.formerly),
        "stances": stances,
        "premises": [{"id": p.id, "role": p.role} for p in record.premises],
        "scheme": record.scheme,
        "stands_alone": record.stands_alone,
        "exclusive": record.exclusive,
    }


def incoming_rows(debate: Debate, node_id: str) -> list[Json]:
    """Relations that lead to a node, to a step it makes, or use it as a linked premise; of objections how they fare."""
    rows = [_incoming_row(debate, r) for r in debate.incoming[node_id]]
    for relation in debate.nodes[node_id].relations:
        step = debate.inference_of(relation)
        undercuts = debate.undercuts_of.get(step.index, ()) if step is not None else ()
        rows += [_incoming_row(debate, undercut.relation) for undercut in undercuts if undercut.relation.to != node_id]
    for inference in debate.linked_in.get(node_id, ()):
        rows.append({**_incoming_row(debate, inference.relation), "kind": "with"})
    return list(rows)


def _incoming_row(debate: Debate, relation: Relation) -> dict[str, Json]:
    """A relation from the side of what it leads to."""
    row: dict[str, Json] = {
        "kind": relation.kind,
        "from": relation.node,
        "to": relation.to,
        "with": list(relation.premises),
        "id": relation.id,
        "part": relation.part,
    }
    return {**row, "objection": objection_state_of(debate, debate.inference_of(relation))}


def entry_row(debate: Debate, entry: ThreadEntry) -> Json:
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
