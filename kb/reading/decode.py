"""Turn YAML values into the nodes of a debate and their relations.

Never raises on what an editor wrote: a field that is unknown, misshapen or missing is a fault at its place, and the record is
built from the rest. A misspelt word of a table is reported and read as the word meant, so that one slip gives one finding.
"""

from __future__ import annotations

from sys import intern
from typing import TYPE_CHECKING

from kb.finding import Span
from kb.model import Node, Premise, Relation
from kb.reading.fields import ALLOW, Fields, id_like, is_id
from kb.reading.records import decode_former_ids
from kb.reading.values import Mapping, Scalar, Sequence, Unread
from kb.vocabulary import (
    ACT_RELATIONS,
    ARGUMENT,
    CERTAINTIES,
    CLAIM,
    KINDS,
    OBJECTION,
    QUESTION,
    RELATIONS,
    REPLY,
    a,
)

if TYPE_CHECKING:
    from kb.finding import Fault
    from kb.reading.values import Value

NODE_FIELDS = (
    *("id", "kind", "title", "text", "by", "source", "certainty", "attributed_to", "stands_alone", "exclusive"),
    *(
        "weight",
        "premises",
        "scheme",
        *RELATIONS,
        "terms",
        "tags",
        "topic",
        "note",
        "allow",
        "expect",
        "formerly",
        "data",
    ),
)
RELATION_FIELDS = (*("to", "with", "id", "by", "source", "scheme", "strict", "part", "weight", "note", "data"),)


def decode_node(mapping: Mapping, file: str, node_id: str, topic: str, faults: list[Fault]) -> Node:
    """A question, claim, objection, reply or argument."""
    fields = Fields(mapping, file, node_id, faults)
    fields.take("id")
    if "kind" not in fields.left:
        fields.missing("kind", "a node", "add `kind:` with one of " + ", ".join(f"`{k}`" for k in KINDS))
    kind = fields.word("kind", KINDS, "unknown-kind", _likely_kind(mapping), needed=True)
    if kind != ARGUMENT and "text" not in fields.left:
        fields.missing("text", a(kind), "add `text:` with the point in one sentence")
    relations = [r for name in RELATIONS if name in fields.left for r in _decode_relations(fields, name, node_id)]
    node = Node(
        id=node_id,
        kind=kind,
        text=_decode_text(fields),
        title=fields.text("title"),
        by=fields.ids("by"),
        citations=fields.citations(),
        certainty=fields.word("certainty", CERTAINTIES, "unknown-certainty", "asserted"),
        attributed_to=fields.ids("attributed_to"),
        stands_alone=fields.flag("stands_alone"),
        exclusive=fields.flag("exclusive"),
        weight=fields.share("weight"),
        relations=tuple(relations),
        premises=_decode_premises(fields),
        scheme=fields.text("scheme"),
        terms=fields.ids("terms"),
        tags=fields.texts("tags"),
        topic=intern(fields.text("topic") or topic),
        note=fields.text("note"),
        allow=fields.pairs("allow", ALLOW),
        expect=fields.text("expect"),
        formerly=decode_former_ids(fields),
        data=fields.data(),
        file=file,
        origin=mapping,
    )
    if fields.left:
        fields.finish(a(kind), NODE_FIELDS)
    return node


def _likely_kind(mapping: Mapping) -> str:
    """What a node most likely is if it does not say so understandably; a wrong guess would only breed more findings."""
    written = mapping.keys.keys()
    if "premises" in written:
        return ARGUMENT
    if not written.isdisjoint({"attacks", "undercuts"}):
        return OBJECTION
    if not written.isdisjoint(ACT_RELATIONS):
        return REPLY
    return QUESTION if "exclusive" in written else CLAIM


def _decode_text(fields: Fields) -> str:
    """The text of a node; an empty one is a finding of its own, made by a rule."""
    value = fields.mapping.values.get("text")
    if type(value) is Scalar and (value.is_null or not value.text.strip()):
        fields.take("text")
        return ""
    return fields.text("text") or ""


def _decode_relations(fields: Fields, kind: str, node_id: str) -> list[Relation]:
    relations = []
    for value in fields.items(kind, "an id, a list of ids, or mappings with `to:`"):
        relation = _decode_relation(fields, value, kind, node_id)
        if relation is not None:
            relations.append(relation)
    return relations


def _decode_relation(fields: Fields, value: Value, kind: str, node_id: str) -> Relation | None:
    """One entry: an id (`X -> Y` for an undercut), or a mapping with `to`."""
    if type(value) is Scalar and not value.is_null and value.text.strip():
        return Relation(kind=kind, node=node_id, to=_normalised_target(value.text), file=fields.file, origin=value)
    if type(value) is not Mapping:
        fields.fault(
            "wrong-type",
            f"an entry of `{kind}` must be an id or a mapping with `to:`",
            Span(value.line, value.column, value.line, value.column + 1),
            f"write `{kind}: some-id`, or `- to: some-id` below it",
        )
        return None
    inner = Fields(value, fields.file, node_id, fields.faults)
    if "to" not in inner.left:
        inner.missing("to", f"an entry of `{kind}`")
    relation_id = inner.text("id")
    if relation_id is not None and not is_id(relation_id):
        inner.fault("malformed-id", f"`{relation_id[:60]}` is no id", value.values["id"].span, id_like(relation_id))
        relation_id = None
    to = inner.text("to", "an id", needed=True)
    relation = Relation(
        kind=kind,
        node=node_id,
        to=_normalised_target(to or ""),
        premises=inner.ids("with"),
        id=relation_id,
        by=inner.ids("by"),
        citations=inner.citations(),
        scheme=inner.text("scheme"),
        strict=inner.flag("strict"),
        part=inner.flag("part"),
        weight=inner.number("weight"),
        note=inner.text("note"),
        data=inner.data(),
        file=fields.file,
        origin=value,
    )
    inner.finish(f"an entry of `{kind}`", RELATION_FIELDS)
    return relation if to else None


def _normalised_target(text: str) -> str:
    """A target in its one spelling: `X -> Y` with single spaces."""
    text = text.strip()
    if "->" not in text:
        return intern(text)
    return " -> ".join(part.strip() for part in text.split("->"))


def _decode_premises(fields: Fields) -> tuple[Premise, ...]:
    """The premises of an argument: ids, or one-entry mappings from a role to an id."""
    value = fields.take("premises")
    if value is None:
        return ()
    entries = value.items if isinstance(value, Sequence) else [value]
    premises: list[Premise] = []
    for entry in entries:
        if isinstance(entry, Scalar) and not entry.is_null and entry.text.strip():
            premises.append(Premise(id=entry.text.strip(), file=fields.file, origin=entry))
        elif isinstance(entry, Mapping) and entry.keys:
            for role, inner in entry.values.items():
                if isinstance(inner, Scalar) and inner.text.strip() and not inner.is_null and role in entry.keys:
                    premises.append(Premise(id=inner.text.strip(), role=role, file=fields.file, origin=inner))
                else:
                    _report_premise(fields, entry)
        elif not isinstance(entry, Unread):
            _report_premise(fields, entry)
    return tuple(premises)


def _report_premise(fields: Fields, entry: Value) -> None:
    fields.fault(
        "wrong-type",
        "an entry of `premises` must be an id or `role: id`",
        Span(entry.line, entry.column, entry.line, entry.column + 1),
        "write `- some-id` or `- role: some-id`",
    )
