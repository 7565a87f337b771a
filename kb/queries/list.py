"""Which nodes there are: every move of the debate with its verdict, filtered by kind, speaker, source, tag or verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.evaluate import evaluate
from kb.queries.lookup import require_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.debate import Debate
    from kb.model import Citation, Node, Relation
    from kb.tables import Json, Row

COLUMNS = ("id", "kind", "status", "point")


@dataclass(frozen=True, slots=True)
class Filter:
    """What a node must be to be listed; None asks nothing. `source` is a source id, or `source-id passage-id`."""

    kind: str | None = None
    by: str | None = None
    source: str | None = None
    tag: str | None = None
    verdict: str | None = None
    status: str | None = None
    topic: str | None = None


def rows(debate: Debate, criteria: Filter | None = None) -> list[Row]:
    """Nodes in the order of their ids."""
    criteria = criteria or Filter()
    _check_criteria(debate, criteria)
    return [row(debate, n.id) for n in debate.nodes.values() if _matches(debate, n, criteria)]


def row(debate: Debate, node_id: str) -> Row:
    """One node as the documented JSON has it."""
    place = debate.nodes[node_id].place()
    return {**row_without_place(debate, node_id), "file": place.file, "line": place.span.line}


def row_without_place(debate: Debate, node_id: str) -> Row:
    """One node without the place where it is written."""
    node, evaluation = debate.nodes[node_id], evaluate(debate)
    return {
        "id": node.id,
        "kind": node.kind,
        "title": node.title,
        "text": node.text,
        "by": list(debate.speakers(node_id)),
        "source": citation_rows(node.citations),
        "certainty": node.certainty,
        "relations": [relation_row(debate, r) for r in node.relations],
        "verdict": evaluation.verdict(node_id),
        "status": evaluation.status(node_id),
    }


def with_label(row: Row) -> Row:
    """A row with what a table calls the node: its title, else its text."""
    return {**row, "point": row["title"] or row["text"]}


def relation_row(debate: Debate, relation: Relation) -> Json:
    """A relation as the documented JSON has it; who makes it and where, if that is not as with the node it starts from."""
    return {
        "kind": relation.kind,
        "to": relation.to,
        "with": list(relation.premises),
        "id": relation.id,
        "by": list(relation.by or debate.speakers_of(relation.citations)),
        "source": citation_rows(relation.citations),
        "scheme": relation.scheme,
        "strict": relation.strict,
        "part": relation.part,
        "weight": relation.weight,
        "note": relation.note,
    }


def citation_rows(citations: Iterable[Citation]) -> Json:
    """Citations as the documented JSON has them."""
    return [{"source": c.source, "passage": c.passage} for c in citations]


def _check_criteria(debate: Debate, criteria: Filter) -> None:
    """Refuse a filter that names nothing in the debate."""
    if criteria.by is not None:
        require_id(criteria.by, debate.participants, "participant")
    if criteria.source is not None:
        source, _, passage = criteria.source.partition(" ")
        require_id(source, debate.sources, "source")
        if passage:
            require_id(passage, [p for s, p in debate.passages if s == source], f"passage of {source}")
    if criteria.tag is not None:
        require_id(criteria.tag, {t for n in debate.nodes.values() for t in n.tags}, "tag")
    if criteria.topic is not None:
        require_id(criteria.topic, {n.topic for n in debate.nodes.values()}, "topic")


def _matches(debate: Debate, node: Node, criteria: Filter) -> bool:
    evaluation = evaluate(debate)
    source, _, passage = (criteria.source or "").partition(" ")
    return (
        (criteria.kind is None or node.kind == criteria.kind)
        and (criteria.by is None or criteria.by in debate.speakers(node.id))
        and (not source or any(c.source == source and (not passage or c.passage == passage) for c in node.citations))
        and (criteria.tag is None or criteria.tag in node.tags)
        and (criteria.topic is None or criteria.topic == node.topic)
        and (criteria.verdict is None or (evaluation.verdict(node.id) or "none") == criteria.verdict)
        and (criteria.status is None or evaluation.status(node.id) == criteria.status)
    )
