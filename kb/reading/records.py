"""Turn YAML values into the records around the nodes: sources, participants, terms, topics and `kb.yaml` itself.

As with nodes, nothing here raises on what an editor wrote: what does not fit is a fault at its place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kb.dates import DATE_HELP, is_date
from kb.finding import Place, Span
from kb.model import Attribution, Participant, Passage, Sense, Source, Term, Topic
from kb.reading.fields import ALLOW, Fields, id_like, is_id
from kb.reading.values import Mapping, Sequence, Unread
from kb.spelling import rewriting
from kb.vocabulary import ATTRIBUTIONS

if TYPE_CHECKING:
    from kb.finding import Fault

SOURCE_FIELDS = (
    *("title", "type", "authors", "date", "url", "attribution", "passages", "note", "allow", "formerly", "data"),
)
PASSAGE_FIELDS = ("id", "by", "date", "replies_to", "items", "sha256", "text", "skip", "data")
PARTICIPANT_FIELDS = ("name", "role", "several", "url", "attribution", "note", "allow", "formerly", "data")
TERM_FIELDS = ("term", "senses", "see_also", "note", "allow", "formerly", "data")
SENSE_FIELDS = ("id", "text", "by", "source")
TOPIC_FIELDS = ("title", "description", "order")
MOST_ITEMS, MOST_TOPICS = 1000, 999_999
"""What is beyond them is a slip of the finger; no list of that many items is cited item by item."""


def decode_source(mapping: Mapping, file: str, source_id: str, faults: list[Fault]) -> Source:
    """A document and its passages."""
    fields = Fields(mapping, file, source_id, faults)
    source = Source(
        id=source_id,
        title=required_text(fields, "title", "a source") or source_id,
        type=fields.text("type"),
        authors=fields.texts("authors"),
        date=decode_date(fields),
        url=decode_url(fields),
        attribution=_decode_attribution(fields),
        passages=_decode_passages(fields, source_id),
        note=fields.text("note"),
        allow=fields.pairs("allow", ALLOW),
        formerly=decode_former_ids(fields),
        data=fields.data(),
        file=file,
        origin=mapping,
    )
    fields.finish("a source", SOURCE_FIELDS)
    return source


def _decode_passages(fields: Fields, source_id: str) -> tuple[Passage, ...]:
    value = fields.take("passages")
    if value is None:
        return ()
    if not isinstance(value, Sequence):
        span = fields.mapping.keys["passages"].span
        fields.fault("wrong-type", "`passages` must be a list", span, "start each with `- id:`")
        return ()
    passages: dict[str, Passage] = {}
    for entry in value.items:
        if isinstance(entry, Mapping):
            _decode_passage(fields, entry, source_id, passages)
        elif not isinstance(entry, Unread):
            span = Span(entry.line, entry.column, entry.line, entry.column + 1)
            fields.fault("wrong-type", "a passage must be a mapping with `id:`", span, "write `- id: p1`")
    return tuple(passages.values())


def _decode_passage(fields: Fields, entry: Mapping, source_id: str, passages: dict[str, Passage]) -> None:
    """Read one passage; only one with an id of its own is kept."""
    inner = Fields(entry, fields.file, source_id, fields.faults)
    passage_id = required_text(inner, "id", "a passage")
    passage = Passage(
        id=passage_id or "",
        by=inner.ids("by"),
        date=decode_date(inner),
        replies_to=inner.ids("replies_to"),
        items=inner.integer("items", MOST_ITEMS) or 0,
        sha256=_decode_fingerprint(inner),
        text=inner.text("text"),
        skip=inner.text("skip"),
        data=inner.data(),
        file=fields.file,
        origin=entry,
    )
    inner.finish("a passage", PASSAGE_FIELDS)
    if passage_id is None:
        return
    span = entry.values["id"].span
    if not PASSAGE_ID.fullmatch(passage_id):
        inner.fault("malformed-id", f"`{passage_id[:60]}` is no passage id", span, PASSAGE_ID_HELP)
    elif passage_id in passages:
        first = passages[passage_id].place("id")
        message = f"passage `{passage_id}` is listed twice; the first is in line {first.span.line}"
        related = ((*first, "first listed here"),)
        inner.fault("duplicate-id", message, span, "give each passage an id of its own", related)
    else:
        passages[passage_id] = passage


PASSAGE_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,38}[A-Za-z0-9])?")
PASSAGE_ID_HELP = "use letters, digits, `.`, `_` and `-`, as in `p7` or `c2.1`; at most 40 characters"


_SHA256 = re.compile(r"[0-9a-f]{8,64}")


def _decode_fingerprint(fields: Fields) -> str | None:
    """The first digits of a sha256, in lower case."""
    written = fields.text("sha256")
    if written is not None and not _SHA256.fullmatch(written):
        span = fields.mapping.values["sha256"].span
        lower = _SHA256.fullmatch(written.lower()) is not None
        fix = rewriting(Place(fields.file, span), written, written.lower(), safe=True) if lower else None
        help_text = "give 8 to 64 hex digits (0-9, a-f)"
        fields.fault("wrong-type", f"`{written[:70]}` is no fingerprint", span, help_text, mended=fix)
        return None
    return written


def decode_participant(mapping: Mapping, file: str, participant_id: str, faults: list[Fault]) -> Participant:
    """Somebody who speaks in the debate."""
    fields = Fields(mapping, file, participant_id, faults)
    participant = Participant(
        id=participant_id,
        name=required_text(fields, "name", "a participant") or participant_id,
        role=fields.text("role"),
        several=fields.flag("several"),
        url=decode_url(fields),
        attribution=_decode_attribution(fields),
        note=fields.text("note"),
        allow=fields.pairs("allow", ALLOW),
        formerly=decode_former_ids(fields),
        data=fields.data(),
        file=file,
        origin=mapping,
    )
    fields.finish("a participant", PARTICIPANT_FIELDS)
    return participant


def decode_term(mapping: Mapping, file: str, term_id: str, faults: list[Fault]) -> Term:
    """A glossary entry."""
    fields = Fields(mapping, file, term_id, faults)
    term = Term(
        id=term_id,
        term=required_text(fields, "term", "a glossary entry") or term_id,
        senses=_decode_senses(fields, term_id),
        see_also=fields.ids("see_also"),
        note=fields.text("note"),
        allow=fields.pairs("allow", ALLOW),
        formerly=decode_former_ids(fields),
        data=fields.data(),
        file=file,
        origin=mapping,
    )
    fields.finish("a glossary entry", TERM_FIELDS)
    return term


def _decode_senses(fields: Fields, term_id: str) -> tuple[Sense, ...]:
    senses: dict[str, Sense] = {}
    for entry in fields.items("senses", "a list of senses, each with `id:` and `text:`"):
        if isinstance(entry, Mapping):
            _decode_sense(fields, entry, term_id, senses)
        else:
            span = Span(entry.line, entry.column, entry.line, entry.column + 1)
            fields.fault("wrong-type", "a sense must be a mapping", span, "give `id:` and `text:`")
    return tuple(senses.values())


def _decode_sense(fields: Fields, entry: Mapping, term_id: str, senses: dict[str, Sense]) -> None:
    """Read one sense; only one with an id of its own is kept."""
    before = len(fields.faults)
    inner = Fields(entry, fields.file, term_id, fields.faults)
    sense_id = required_text(inner, "id", "a sense")
    sense = Sense(
        id=sense_id or "",
        text=required_text(inner, "text", "a sense") or "",
        by=inner.ids("by"),
        citations=inner.citations(),
        file=fields.file,
        origin=entry,
    )
    inner.finish("a sense", SENSE_FIELDS)
    if sense_id is None or len(fields.faults) > before:
        return
    span = entry.values["id"].span
    if not is_id(sense_id):
        inner.fault("malformed-id", f"`{sense_id[:60]}` is no id", span, id_like(sense_id))
    elif sense_id in senses:
        first = senses[sense_id].place("id")
        message = f"sense `{sense_id}` is listed twice; the first is in line {first.span.line}"
        related = ((*first, "first listed here"),)
        inner.fault("duplicate-id", message, span, "give each sense an id of its own", related)
    else:
        senses[sense_id] = sense


def decode_topic(mapping: Mapping, file: str, topic_id: str, faults: list[Fault]) -> Topic:
    """The title page of a folder."""
    fields = Fields(mapping, file, None, faults)
    topic = Topic(
        id=topic_id,
        title=required_text(fields, "title", "a topic") or topic_id,
        description=fields.text("description"),
        order=fields.integer("order", MOST_TOPICS),
        file=file,
        origin=mapping,
    )
    fields.finish("a topic", TOPIC_FIELDS)
    return topic


def required_text(fields: Fields, name: str, record: str) -> str | None:
    """A text that the record cannot do without."""
    if name not in fields.left:
        fields.missing(name, record)
        return None
    return fields.text(name, needed=True)


def decode_former_ids(fields: Fields) -> tuple[str, ...]:
    """What a record was called before: each could be the name of a file."""
    if "formerly" not in fields.left:
        return ()
    ids = fields.scalars("formerly", "an id or a list of ids")
    for value in ids:
        if not is_id(value.text.strip()):
            fields.fault("malformed-id", f"`{value.text[:60]}` is no id", value.span, id_like(value.text))
    return tuple(text for value in ids if is_id(text := value.text.strip()))


def decode_date(fields: Fields) -> str | None:
    """When something was said or published: what is no date would stand in no order."""
    text = fields.text("date")
    if text is not None and not is_date(text):
        span = fields.mapping.values["date"].span
        fields.fault("wrong-type", f"`{text[:60]}` is no date", span, DATE_HELP)
        return None
    return text


def decode_url(fields: Fields) -> str | None:
    """A link that a browser may follow; anything else could be a script."""
    url = fields.text("url")
    if url is None or url.startswith("mailto:"):
        return url
    is_web = url.startswith(("https://", "http://"))
    if is_web and _has_host(url):
        return url
    help_text = "name a host, as in `https://example.org/`" if is_web else "start with `https://`"
    fields.fault("wrong-type", f"`{url[:60]}` is no web address", fields.mapping.values["url"].span, help_text)
    return None


def _has_host(url: str) -> bool:
    from urllib.parse import urlsplit  # noqa: PLC0415 - few records have an address

    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0  # what is no number raises
    except ValueError:
        return False


def _decode_attribution(fields: Fields) -> Attribution:
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
    attribution = Attribution(
        status=inner.word("status", ATTRIBUTIONS, "wrong-type", "confirmed"),
        note=inner.text("note"),
    )
    inner.finish("`attribution`", ("status", "note"))
    return attribution
