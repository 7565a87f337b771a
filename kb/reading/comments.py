"""What a `#` takes out of a text: YAML reads it, and all that follows in its line, as a comment."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from kb.finding import Fault
from kb.model import Node
from kb.reading.values import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.model import Record
    from kb.reading.text import Text
    from kb.reading.values import Value

_PROSE = frozenset({"title", "text", "note", "description"})
"""Fields in which people write sentences; behind other values a comment is meant."""
_GOES_ON = re.compile(r" (#[^\S\r\n]*\w[^\r\n]*)")
"""A comment that is meant stands more than one space away."""
_INSTEAD = re.compile(r"[^\S\r\n]+#")
_QUOTE = "`#` begins a comment: put the text in quotes"


def truncated_text_faults(file: str, text: Text, documents: Iterable[Value]) -> Iterator[Fault]:
    """Texts that seem to go on behind a `#`."""
    for mapping in _mappings(documents):
        for name, value in _prose(mapping):
            end = text.range(value.span)[1]
            match = _GOES_ON.match(text.string, end) if value.plain and value.text else None
            if match is not None:
                help_text = f"{_QUOTE}; before one that is meant leave two spaces"
                message = f"`{name}` ends before this `#`"
                yield Fault("text-in-comment", message, file, text.between(*match.span(1)), help_text)


def explain_emptied(text: Text, faults: Iterable[Fault], documents: Iterable[Value]) -> tuple[Fault, ...]:
    """The same faults; those of a field with nothing but a comment say what made it empty."""
    empty = {mapping.keys[name].span for mapping, name in _commented_fields(text, documents)}
    return tuple(dataclasses.replace(fault, help=_QUOTE) if fault.span in empty else fault for fault in faults)


def missing_text_faults(file: str, text: Text, records: Iterable[Record]) -> Iterator[Fault]:
    """Nodes whose text is nothing but a comment."""
    for record in records:
        if isinstance(record, Node) and isinstance(record.origin, Mapping):
            for mapping, name in _commented_fields(text, (record.origin,)):
                if name == "text" and mapping is record.origin:
                    message = "`text` has nothing where a text belongs"
                    yield Fault("wrong-type", message, file, mapping.keys[name].span, _QUOTE, record.id)


def _commented_fields(text: Text, documents: Iterable[Value]) -> Iterator[tuple[Mapping, str]]:
    """Fields in which nothing but a comment stands."""
    for mapping in _mappings(documents):
        for name, value in _prose(mapping):
            if value.is_null and not value.text and _INSTEAD.match(text.string, text.range(value.span)[1]):
                yield mapping, name


def _prose(mapping: Mapping) -> Iterator[tuple[str, Scalar]]:
    for name in mapping.keys:
        value = mapping.values.get(name)
        if name in _PROSE and isinstance(value, Scalar):
            yield name, value


def _mappings(values: Iterable[Value]) -> Iterator[Mapping]:
    for value in values:
        if isinstance(value, Mapping):
            yield value
            yield from _mappings(value.values.values())
        elif isinstance(value, Sequence):
            yield from _mappings(value.items)
