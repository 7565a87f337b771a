"""What is untidy in how a file is written though it is read as meant: fields in disorder, needless quotes, spaces nobody sees.

Most files have none of it, which a look at their bytes and at the names of their fields tells; only the others are gone through.
"""

from __future__ import annotations

import functools
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from kb.finding import Edit, Fault, Fix, Place
from kb.model import Node, Participant, Record, Settings, Source, Term, Topic
from kb.reading.decode import NODE_FIELDS
from kb.reading.entries import is_block, scalars
from kb.reading.records import PARTICIPANT_FIELDS, SOURCE_FIELDS, TERM_FIELDS, TOPIC_FIELDS
from kb.reading.remedies import FieldSorting
from kb.reading.settings import SETTINGS_FIELDS
from kb.reading.text import Text
from kb.reading.values import Mapping, Sequence
from kb.spelling import unquoting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.reading.values import Scalar, Value

REMARKS = frozenset({"field-order", "no-final-newline", "redundant-quotes", "trailing-space"})
"""The rules about how a file is laid out, not about what it says."""

_TRAILING = re.compile(r"(?<![ \t])[ \t]++(?=[\r\n]|\Z)")
_WORDS = re.compile(r"[^\W\d_](?:[^\s:#,\[\]{}&*\"'`\\]| (?! |\Z))*")
"""Words that no reader of YAML takes for anything else, wherever they stand."""
_MEANS_MORE = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
"""What some reader of YAML takes for another value than the word."""

_ORDER = {
    Node.__name__: NODE_FIELDS,
    Source.__name__: SOURCE_FIELDS,
    Participant.__name__: PARTICIPANT_FIELDS,
    Term.__name__: TERM_FIELDS,
    Topic.__name__: TOPIC_FIELDS,
    Settings.__name__: SETTINGS_FIELDS,
}
"""The usual order of the fields of each kind of record."""


def is_tidy(raw: bytes, records: Iterable[Record]) -> bool:
    """A quick look that most files pass: fields in order, no space or tab before the end of a line, nothing in quotes."""
    for record in records:
        if isinstance(record.origin, Mapping) and _first_misplaced_field(
            type(record).__name__, tuple(record.origin.keys)
        ):
            return False
    if not raw.endswith(b"\n") or b" \n" in raw or b"\t" in raw or (b"\r" in raw and b" \r" in raw):
        return False
    return (b"'" not in raw or (b" '" not in raw and b"['" not in raw)) and (
        b'"' not in raw or (b' "' not in raw and b'["' not in raw)
    )


def layout_faults(file: str, raw: bytes, documents: tuple[Value, ...], records: Iterable[Record]) -> Iterator[Fault]:
    """Whatever could be tidied up in a file that was read as written."""
    text = Text(raw.decode("utf-8").removeprefix("\ufeff"))
    for record in records:
        yield from _field_order_faults(file, record)
    yield from _trailing_space_faults(file, text, documents)
    for scalar in (scalar for document in documents for scalar in _values(document)):
        yield from _quote_faults(file, scalar)
    if not raw.endswith((b"\n", b"\r")):
        yield _last_line_fault(file, text, documents)


# -- fields ----------------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=1024)
def _first_misplaced_field(kind: str, names: tuple[str, ...]) -> tuple[str, str] | None:
    """The first field that usually stands before the one that it follows, and that one."""
    ranks = {name: rank for rank, name in enumerate(_ORDER[kind])}
    return next(((name, before) for before, name in pairwise(names) if ranks[name] < ranks[before]), None)


def _field_order_faults(file: str, record: Record) -> Iterator[Fault]:
    """A record whose fields a reader does not find where they usually stand."""
    at, order = record.at, _ORDER[type(record).__name__]
    wrong = _first_misplaced_field(type(record).__name__, tuple(at.keys)) if isinstance(at, Mapping) else None
    if not isinstance(at, Mapping) or wrong is None:
        return
    name, before = wrong
    message = f"`{name}` usually stands before `{before}`"
    help_text = f"the usual order is {', '.join(f'`{field}`' for field in order if field in at.keys)}"
    remedy = FieldSorting("put the fields in their usual order", file, at, order)
    owner = getattr(record, "id", None)
    yield Fault("field-order", message, *record.key_place(name), help_text, owner, remedy=remedy)


# -- lines and quotes ------------------------------------------------------------------------------------------


def _trailing_space_faults(file: str, text: Text, documents: tuple[Value, ...]) -> Iterator[Fault]:
    """Spaces at ends of lines, but not inside texts of several lines, where they may be meant."""
    inside: set[int] = set()
    for document in documents:
        for scalar in scalars(document):
            if not scalar.plain:
                inside.update(
                    range(scalar.line, scalar.end_line + (scalar.end_column > 1 and scalar.end_line > scalar.line))
                )
    for match in _TRAILING.finditer(text.string):
        span = text.between(*match.span())
        if span.line not in inside:
            fix = Fix("remove them", (Edit(Place(file, span), ""),))
            yield Fault("trailing-space", "spaces at the end of the line", file, span, fix=fix)


def _values(value: Value) -> Iterator[Scalar]:
    """Every text that is no key."""
    if isinstance(value, Mapping | Sequence):
        for inner in value.values.values() if isinstance(value, Mapping) else value.items:
            yield from _values(inner)
    else:
        yield from scalars(value)


def _quote_faults(file: str, scalar: Scalar) -> Iterator[Fault]:
    """Quotes around words that would be read the same without them."""
    if scalar.plain or not _WORDS.fullmatch(scalar.text) or scalar.text.lower() in _MEANS_MORE:
        return
    fix = unquoting(Place(file, scalar.span), scalar.text)
    if fix is not None:
        yield Fault("redundant-quotes", "these words need no quotes", file, scalar.span, fix=fix)


def _last_line_fault(file: str, text: Text, documents: tuple[Value, ...]) -> Fault:
    """The last line has no end; to end it is unsafe if it belongs to a block of text that keeps its last end of line."""
    end = len(text.string)
    last = [scalar for scalar in scalars(documents[-1]) if text.range(scalar.span)[1] == end]
    keeps_blank_lines = any(is_block(text, scalar) and "-" not in _block_header(text, scalar) for scalar in last)
    fix = Fix(
        "end the last line", (Edit(Place(file, text.between(end, end)), text.newline),), safe=not keeps_blank_lines
    )
    return Fault("no-final-newline", "the last line has no end", file, text.between(end - 1, end), fix=fix)


def _block_header(text: Text, scalar: Scalar) -> str:
    start = text.range(scalar.span)[0]
    return text.string[start : text.next_line(start)].partition("#")[0]
