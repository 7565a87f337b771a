"""Turn YAML values into the records of a debate.

Never raises on what an editor wrote: a field that is unknown, misshapen or missing is a fault at its place, and the record is
built from the rest. A misspelt word of a table is reported and read as the word meant, so that one slip gives one finding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.fields import Fields, is_id
from kb.finding import Fault, Span
from kb.model import (
    Attribution,
    Node,
    Participant,
    Passage,
    Premise,
    Relation,
    Sense,
    Settings,
    Source,
    Term,
    Topic,
)
from kb.source import Mapping, Scalar, Sequence
from kb.vocabulary import ARGUMENT, ATTRIBUTIONS, CERTAINTIES, CLAIM, KINDS, RELATIONS

if TYPE_CHECKING:
    from kb.source import Value

NODE_FIELDS = (
    *("id", "kind", "title", "text", "by", "source", "certainty", "attributed_to", "stands_alone", "exclusive"),
    *("premises", "scheme", *RELATIONS, "terms", "tags", "topic", "note", "allow", "data"),
)
RELATION_FIELDS = (*("to", "with", "id", "by", "source", "scheme", "strict", "part", "weight", "note", "data"),)
SOURCE_FIELDS = (*("title", "type", "authors", "date", "url", "attribution", "passages", "note", "allow", "data"),)
PASSAGE_FIELDS = ("id", "by", "date", "replies_to", "items", "sha256", "text", "skip", "data")
PARTICIPANT_FIELDS = ("name", "role", "url", "attribution", "note", "allow", "data")
TERM_FIELDS = ("term", "senses", "see_also", "note", "allow", "data")
SENSE_FIELDS = ("id", "text", "by", "source")
TOPIC_FIELDS = ("title", "description", "order")
SETTINGS_FIELDS = ("title", "description", "language", "main", "participants", "data")

_REASONS = "a reason for each rule, as in `rule-name: reason`"


def node(mapping: Mapping, file: str, node_id: str, topic: str, faults: list[Fault]) -> Node:
    """A question, claim, objection, reply or argument."""
    fields = Fields(mapping, file, node_id, faults)
    fields.take("id")
    if "kind" not in fields.left:
        fields.missing("kind", "a node", "add `kind:` with one of " + ", ".join(f"`{k}`" for k in KINDS))
    kind = fields.word("kind", KINDS, "unknown-kind", CLAIM)
    if kind != ARGUMENT and "text" not in fields.left:
        fields.missing("text", f"a {kind}", "add `text:` with the point in one sentence")
    relations: list[Relation] = []
    for name in RELATIONS:
        if name in fields.left:
            relations.extend(_relations(fields, name, node_id))
    made = Node(
        id=node_id,
        kind=kind,
        text=_body(fields),
        title=fields.text("title"),
        by=fields.ids("by"),
        citations=fields.citations(),
        certainty=fields.word("certainty", CERTAINTIES, "unknown-certainty", "asserted"),
        attributed_to=fields.ids("attributed_to"),
        stands_alone=fields.flag("stands_alone"),
        exclusive=fields.flag("exclusive"),
        relations=tuple(relations),
        premises=_premises(fields),
        scheme=fields.text("scheme"),
        terms=fields.ids("terms"),
        tags=fields.texts("tags"),
        topic=fields.text("topic") or topic,
        note=fields.text("note"),
        allow=fields.pairs("allow", _REASONS),
        data=fields.data(),
        file=file,
        at=mapping,
    )
    if fields.left:
        fields.finish(f"a {kind}" if kind[0] not in "ao" else f"an {kind}", NODE_FIELDS)
    return made


def _body(fields: Fields) -> str:
    """The text of a node; an empty one is a finding of its own, made by a rule."""
    value = fields.mapping.values.get("text")
    if type(value) is Scalar and (value.is_null or not value.text.strip()):
        fields.take("text")
        return ""
    return fields.text("text") or ""


def _relations(fields: Fields, kind: str, node_id: str) -> list[Relation]:
    found = []
    for value in fields.items(kind, "an id, a list of ids, or mappings with `to:`"):
        made = _relation(fields, value, kind, node_id)
        if made is not None:
            found.append(made)
    return found


def _relation(fields: Fields, value: Value, kind: str, node_id: str) -> Relation | None:
    """One entry: an id (`X -> Y` for an undercut), or a mapping with `to`."""
    if type(value) is Scalar and not value.is_null and value.text.strip():
        return Relation(kind=kind, node=node_id, to=_target(value.text), file=fields.file, at=value)
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
        inner.fault("malformed-id", f"`{relation_id[:60]}` is no id", value.values["id"].span, ID_HELP)
        relation_id = None
    to = inner.text("to")
    made = Relation(
        kind=kind,
        node=node_id,
        to=_target(to or ""),
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
        at=value,
    )
    inner.finish(f"an entry of `{kind}`", RELATION_FIELDS)
    return made if to else None


ID_HELP = "ids are lower-case words joined by hyphens (a-z, 0-9), as in `planning-may-emerge`; at most 80 characters"


def _target(text: str) -> str:
    """A target in its one spelling: `X -> Y` with single spaces."""
    text = text.strip()
    if "->" not in text:
        return text
    return " -> ".join(part.strip() for part in text.split("->"))


def _premises(fields: Fields) -> tuple[Premise, ...]:
    """The premises of an argument: ids, or one-entry mappings from a role to an id."""
    value = fields.take("premises")
    if value is None:
        return ()
    entries = value.items if isinstance(value, Sequence) else [value]
    found = []
    for entry in entries:
        if isinstance(entry, Scalar) and not entry.is_null and entry.text.strip():
            found.append(Premise(id=entry.text.strip(), file=fields.file, at=entry))
        elif isinstance(entry, Mapping):
            for role, inner in entry.values.items():
                if isinstance(inner, Scalar) and not inner.is_null and role in entry.keys:
                    found.append(Premise(id=inner.text.strip(), role=role, file=fields.file, at=inner))
                else:
                    _premise_fault(fields, entry)
        else:
            _premise_fault(fields, entry)
    return tuple(found)


def _premise_fault(fields: Fields, entry: Value) -> None:
    fields.fault(
        "wrong-type",
        "an entry of `premises` must be an id or `role: id`",
        Span(entry.line, entry.column, entry.line, entry.column + 1),
        "write `- some-id` or `- role: some-id`",
    )


def source(mapping: Mapping, file: str, source_id: str, faults: list[Fault]) -> Source:
    """A document and its passages."""
    fields = Fields(mapping, file, source_id, faults)
    made = Source(
        id=source_id,
        title=_required(fields, "title", "a source") or source_id,
        type=fields.text("type"),
        authors=fields.texts("authors"),
        date=fields.text("date"),
        url=_url(fields),
        attribution=_attribution(fields),
        passages=_passages(fields, source_id),
        note=fields.text("note"),
        allow=fields.pairs("allow", _REASONS),
        data=fields.data(),
        file=file,
        at=mapping,
    )
    fields.finish("a source", SOURCE_FIELDS)
    return made


def _passages(fields: Fields, source_id: str) -> tuple[Passage, ...]:
    value = fields.take("passages")
    if value is None:
        return ()
    if not isinstance(value, Sequence):
        fields.fault(
            "wrong-type", "`passages` must be a list", fields.mapping.keys["passages"].span, "start each with `- id:`"
        )
        return ()
    found: list[Passage] = []
    seen: dict[str, Span] = {}
    for entry in value.items:
        if not isinstance(entry, Mapping):
            span = Span(entry.line, entry.column, entry.line, entry.column + 1)
            fields.fault("wrong-type", "a passage must be a mapping with `id:`", span, "write `- id: p1`")
            continue
        inner = Fields(entry, fields.file, source_id, fields.faults)
        passage_id = _required(inner, "id", "a passage")
        made = Passage(
            id=passage_id or "",
            by=inner.ids("by"),
            date=inner.text("date"),
            replies_to=inner.ids("replies_to"),
            items=inner.integer("items") or 0,
            sha256=inner.text("sha256"),
            text=inner.text("text"),
            skip=inner.text("skip"),
            data=inner.data(),
            file=fields.file,
            at=entry,
        )
        inner.finish("a passage", PASSAGE_FIELDS)
        if passage_id is None:
            continue
        span = entry.values["id"].span
        if any(not (c.isalnum() or c in "._-") for c in passage_id) or not passage_id.isascii():
            inner.fault(
                "malformed-id", f"`{passage_id[:60]}` is no passage id", span, "use letters, digits, `.`, `_` and `-`"
            )
        elif passage_id in seen:
            inner.fault(
                "duplicate-id",
                f"passage `{passage_id}` is listed twice; the first is in line {seen[passage_id].line}",
                span,
                "give each passage an id of its own",
            )
        else:
            seen[passage_id] = span
            found.append(made)
    return tuple(found)


def participant(mapping: Mapping, file: str, participant_id: str, faults: list[Fault]) -> Participant:
    """Somebody who speaks in the debate."""
    fields = Fields(mapping, file, participant_id, faults)
    made = Participant(
        id=participant_id,
        name=_required(fields, "name", "a participant") or participant_id,
        role=fields.text("role"),
        url=_url(fields),
        attribution=_attribution(fields),
        note=fields.text("note"),
        allow=fields.pairs("allow", _REASONS),
        data=fields.data(),
        file=file,
        at=mapping,
    )
    fields.finish("a participant", PARTICIPANT_FIELDS)
    return made


def term(mapping: Mapping, file: str, term_id: str, faults: list[Fault]) -> Term:
    """A glossary entry."""
    fields = Fields(mapping, file, term_id, faults)
    made = Term(
        id=term_id,
        term=_required(fields, "term", "a glossary entry") or term_id,
        senses=_senses(fields, term_id),
        see_also=fields.ids("see_also"),
        note=fields.text("note"),
        allow=fields.pairs("allow", _REASONS),
        data=fields.data(),
        file=file,
        at=mapping,
    )
    fields.finish("a glossary entry", TERM_FIELDS)
    return made


def _senses(fields: Fields, term_id: str) -> tuple[Sense, ...]:
    found: list[Sense] = []
    for entry in fields.items("senses", "a list of senses, each with `id:` and `text:`"):
        if not isinstance(entry, Mapping):
            span = Span(entry.line, entry.column, entry.line, entry.column + 1)
            fields.fault("wrong-type", "a sense must be a mapping", span, "give `id:` and `text:`")
            continue
        inner = Fields(entry, fields.file, term_id, fields.faults)
        sense_id = _required(inner, "id", "a sense")
        made = Sense(
            id=sense_id or "",
            text=_required(inner, "text", "a sense") or "",
            by=inner.ids("by"),
            citations=inner.citations(),
            file=fields.file,
            at=entry,
        )
        inner.finish("a sense", SENSE_FIELDS)
        if sense_id is None:
            continue
        if not is_id(sense_id):
            inner.fault("malformed-id", f"`{sense_id[:60]}` is no id", entry.values["id"].span, ID_HELP)
        elif any(s.id == sense_id for s in found):
            inner.fault(
                "duplicate-id",
                f"sense `{sense_id}` is listed twice",
                entry.values["id"].span,
                "give each sense an id of its own",
            )
        else:
            found.append(made)
    return tuple(found)


def topic(mapping: Mapping, file: str, topic_id: str, faults: list[Fault]) -> Topic:
    """The title page of a folder."""
    fields = Fields(mapping, file, None, faults)
    made = Topic(
        id=topic_id,
        title=_required(fields, "title", "a topic") or topic_id,
        description=fields.text("description"),
        order=fields.integer("order"),
        file=file,
        at=mapping,
    )
    fields.finish("a topic", TOPIC_FIELDS)
    return made


def settings(mapping: Mapping, file: str, faults: list[Fault]) -> Settings:
    """The debate's own record, `kb.yaml`."""
    fields = Fields(mapping, file, None, faults)
    made = Settings(
        title=_required(fields, "title", "`kb.yaml`") or "",
        description=fields.text("description"),
        language=fields.text("language") or "en",
        main=fields.ids("main"),
        participants=fields.ids("participants"),
        data=fields.data(),
        file=file,
        at=mapping,
    )
    fields.finish("`kb.yaml`", SETTINGS_FIELDS)
    return made


def _required(fields: Fields, name: str, record: str) -> str | None:
    if name not in fields.left:
        fields.missing(name, record)
        return None
    return fields.text(name)


def _url(fields: Fields) -> str | None:
    """A link that a browser may follow; anything else could be a script."""
    url = fields.text("url")
    if url is not None and not url.startswith(("https://", "http://", "mailto:")):
        fields.fault(
            "wrong-type", f"`{url[:60]}` is no web address", fields.mapping.values["url"].span, "start with `https://`"
        )
        return None
    return url


def _attribution(fields: Fields) -> Attribution:
    """How sure it is who this is: a word, or a mapping with `status` and `note`."""
    value = fields.mapping.values.get("attribution")
    if not isinstance(value, Mapping):
        return Attribution(
            status=fields.word("attribution", ATTRIBUTIONS, "wrong-type", "confirmed")
            if "attribution" in fields.left
            else "confirmed"
        )
    fields.take("attribution")
    inner = Fields(value, fields.file, fields.node, fields.faults)
    made = Attribution(
        status=inner.word("status", ATTRIBUTIONS, "wrong-type", "confirmed"),
        note=inner.text("note"),
    )
    inner.finish("`attribution`", ("status", "note"))
    return made
