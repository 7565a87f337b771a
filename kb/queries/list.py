"""Which nodes there are: every move of the debate with its verdict, filtered by kind, speaker, source, tag or verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.evaluate import evaluate
from kb.queries.lookup import known

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


def rows(debate: Debate, wanted: Filter | None = None) -> list[Row]:
    """Nodes in the order of their ids."""
    wanted = wanted or Filter()
    _check(debate, wanted)
    return [row(debate, n.id) for n in debate.nodes.values() if _fits(debate, n, wanted)]


def row(debate: Debate, node_id: str) -> Row:
    """One node as the documented JSON has it."""
    place = debate.nodes[node_id].place()
    return {**said(debate, node_id), "file": place.file, "line": place.span.line}


def said(debate: Debate, node_id: str) -> Row:
    """One node without the place where it is written."""
    node, evaluation = debate.nodes[node_id], evaluate(debate)
    return {
        "id": node.id,
        "kind": node.kind,
        "title": node.title,
        "text": node.text,
        "by": list(debate.speakers(node_id)),
        "source": citations(node.citations),
        "certainty": node.certainty,
        "relations": [relation(debate, r) for r in node.relations],
        "verdict": evaluation.verdict(node_id),
        "status": evaluation.status(node_id),
    }


def called(row: Row) -> Row:
    """A row with what a table calls the node: its title, else its text."""
    return {**row, "point": row["title"] or row["text"]}


def relation(debate: Debate, found: Relation) -> Json:
    """A relation as the documented JSON has it; who makes it and where, if that is not as with the node it starts from."""
    return {
        "kind": found.kind,
        "to": found.to,
        "with": list(found.premises),
        "id": found.id,
        "by": list(found.by or debate.speakers_of(found.citations)),
        "source": citations(found.citations),
        "scheme": found.scheme,
        "strict": found.strict,
        "part": found.part,
        "weight": found.weight,
        "note": found.note,
    }


def citations(found: Iterable[Citation]) -> Json:
    """Citations as the documented JSON has them."""
    return [{"source": c.source, "passage": c.passage} for c in found]


def _check(debate: Debate, wanted: Filter) -> None:
    """Refuse a filter that names nothing in the debate."""
    if wanted.by is not None:
        known(wanted.by, debate.participants, "participant")
    if wanted.source is not None:
        source, _, passage = wanted.source.partition(" ")
        known(source, debate.sources, "source")
        if passage:
            known(passage, [p for s, p in debate.passages if s == source], f"passage of {source}")
    if wanted.tag is not None:
        known(wanted.tag, {t for n in debate.nodes.values() for t in n.tags}, "tag")
    if wanted.topic is not None:
        known(wanted.topic, {n.topic for n in debate.nodes.values()}, "topic")


def _fits(debate: Debate, node: Node, wanted: Filter) -> bool:
    evaluation = evaluate(debate)
    source, _, passage = (wanted.source or "").partition(" ")
    return (
        (wanted.kind is None or node.kind == wanted.kind)
        and (wanted.by is None or wanted.by in debate.speakers(node.id))
        and (not source or any(c.source == source and (not passage or c.passage == passage) for c in node.citations))
        and (wanted.tag is None or wanted.tag in node.tags)
        and (wanted.topic is None or wanted.topic == node.topic)
        and (wanted.verdict is None or (evaluation.verdict(node.id) or "none") == wanted.verdict)
        and (wanted.status is None or evaluation.status(node.id) == wanted.status)
    )
