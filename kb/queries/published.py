"""What a site says of each record to machines: the rows of the terminal, with all that one reader would look up for one record.

They give no line numbers: those are for editors, and would change with every edit above them.
"""

from __future__ import annotations

from dataclasses import fields
from functools import partial
from json import JSONEncoder
from typing import TYPE_CHECKING, NamedTuple

from kb.disagreements import disagreement, disagreements
from kb.indexed import by_source, by_topic
from kb.memory import once
from kb.queries import coverage, participants, show, terms
from kb.queries import list as listing
from kb.queries import open as disputes
from kb.standing.stances import stances_of
from kb.vocabulary import (
    CERTAINTIES,
    KINDS,
    OBJECTION_STATES,
    RELATIONS,
    STANCES,
    STATES,
    STATUSES,
    VERDICTS,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from kb.debate import Debate
    from kb.model import Attribution
    from kb.tables import Json, Row
    from kb.vocabulary import Word

encode = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""A value as JSON in a line."""

_VOCABULARY: dict[str, Mapping[str, Word]] = {
    "kinds": KINDS,
    "certainties": CERTAINTIES,
    "relations": RELATIONS,
    "verdicts": VERDICTS,
    "statuses": STATUSES,
    "stances": STANCES,
    "states": STATES,
    "objections": OBJECTION_STATES,
}


def debate_row(debate: Debate) -> Row:
    """What `kb.yaml` says of the debate to its readers, and what is in dispute, the most consequential first."""
    settings = debate.settings
    return {
        "title": settings.title,
        "description": settings.description,
        "language": settings.language,
        "url": settings.url,
        "main": list(settings.main),
        "disagreements": [dispute.id for dispute in disagreements(debate)],
    }


@once
def brief_rows(debate: Debate) -> Mapping[str, str]:
    """Every node as JSON with what there is to know of it alone: what others do to it is said where they are."""
    return {node_id: encode(_brief_row(debate, node_id)) for node_id in debate.nodes}


def _brief_row(debate: Debate, node_id: str) -> Row:
    return {
        **listing.row_without_place(debate, node_id),
        "file": debate.nodes[node_id].file,
        **show.detail_fields(debate, node_id),
    }


def node_json(debate: Debate, node_id: str) -> str:
    """A node as JSON, as `kb show` has it, without the thread below its responses; of what is in dispute, the row of `kb open`."""
    dispute = disagreement(debate, node_id)
    more: Row = {
        "incoming": show.incoming_rows(debate, node_id),
        "disagreement": None if dispute is None else disputes.row(debate, dispute),
    }
    return f"{brief_rows(debate)[node_id][:-1]},{encode(more)[1:]}"


class RecordTable(NamedTuple):
    """Records of a kind, which say of nodes what those are and what became of them, never their words."""

    ids: Collection[str]
    row: Callable[[str], Row]
    """What there is to say of one."""
    of: Callable[[str], object]
    """All that this says of nodes."""


@once
def record_tables(debate: Debate) -> Mapping[str, RecordTable]:
    """All records but the nodes."""
    people, topics, used, cited = (
        participant_rows(debate),
        by_topic(debate),
        terms.nodes_by_term(debate),
        by_source(debate),
    )
    return {
        "participants": RecordTable(people, people.__getitem__, people.__getitem__),
        "sources": RecordTable(debate.sources, partial(source_row, debate), lambda name: cited.get(name, ())),
        "terms": RecordTable(debate.terms, partial(term_row, debate), lambda name: used.get(name, ())),
        "topics": RecordTable(topics, partial(topic_row, debate), topics.__getitem__),
    }


def participant_rows(debate: Debate) -> dict[str, Row]:
    """Every participant as `kb participants` has them, with what they hold and deny, and the disagreements they take part in."""
    rows = {str(row["id"]): row for row in participants.rows(debate)}
    return {who: {**row, **_participant_fields(debate, who)} for who, row in rows.items()}


def _participant_fields(debate: Debate, who: str) -> Row:
    record = debate.participants[who]
    now: dict[str, Json] = dict(stances_of(debate, who))
    return {
        "several": record.several,
        **_attribution_fields(record.attribution),
        "url": record.url,
        "note": record.note,
        "formerly": list(record.formerly),
        "stances": now,
        "disagreements": [dispute.id for dispute in participants.disputes_of(debate, who)],
    }


def source_row(debate: Debate, source: str) -> Row:
    """A source with its passages in reading order, who speaks in each, and the nodes that cite it; never its text."""
    record = debate.sources[source]
    return {
        "id": record.id,
        "title": record.title,
        "type": record.type,
        "authors": list(record.authors),
        "date": record.date,
        "url": record.url,
        **_attribution_fields(record.attribution),
        "note": record.note,
        "formerly": list(record.formerly),
        "nodes": list(debate.citing.get((source, None), ())),
        "passages": [_passage_row(debate, row) for row in coverage.source_rows(debate, record)],
    }


def _passage_row(debate: Debate, row: Row) -> Row:
    name = str(row["passage"])
    record = debate.passages[str(row["source"]), name]
    head: Row = {"id": name, "date": record.date, "replies_to": list(record.replies_to)}
    return {**head, **{key: row[key] for key in ("by", "state", "nodes", "skip")}}


def _attribution_fields(attribution: Attribution) -> Row:
    return {"attribution": attribution.status, "attribution_note": attribution.note}


def term_row(debate: Debate, term: str) -> Row:
    """A term as `kb terms` has it, with the editors' note."""
    record = debate.terms[term]
    return {**terms.row(debate, record), "note": record.note, "formerly": list(record.formerly)}


def topic_row(debate: Debate, topic: str) -> Row:
    """A topic with its nodes in the order of the debate."""
    record = debate.topics.get(topic)
    head: Row = {
        "id": topic,
        "title": None if record is None else record.title,
        "description": None if record is None else record.description,
    }
    return {**head, "nodes": [*by_topic(debate)[topic]]}


def vocabulary_rows() -> dict[str, list[Row]]:
    """Every word that rows are told in, with what it says: of a relation also how it reads backwards, and for or against what it is."""
    return {name: [_word_row(word) for word in table.values()] for name, table in _VOCABULARY.items()}


def _word_row(word: Word) -> Row:
    """A row of the tables; what its fields name in any order is sorted."""
    values = {field.name: getattr(word, field.name) for field in fields(word)}
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in values.items()}
