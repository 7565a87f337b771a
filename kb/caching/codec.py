"""Records, faults and problems as plain JSON values and back, without the places of records, which are looked up when asked for.

Only what was encoded here is decoded here: `kb.caching.store` hands over nothing else, so shapes need not be checked again.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, cast

from kb.caching.places import Remembered, RememberedPlace
from kb.finding import Edit, Fault, Fix, Place, Problem, Span
from kb.model import (
    Attribution,
    Citation,
    LintSettings,
    Node,
    Participant,
    Passage,
    Premise,
    Record,
    Relation,
    Sense,
    Settings,
    Source,
    Term,
    Topic,
)
from kb.reading.contents import Contents

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kb.reading.contents import Filed

Said = dict[str, object]
"""By field what a record says; fields that were not written are missing."""
PackedSpan = tuple[str, tuple[int, int, int, int]]
PackedFix = tuple[str, list[tuple[PackedSpan, str]], bool]
PackedProblem = tuple[
    PackedSpan, str, str, str | None, list[tuple[str, tuple[int, int, int, int], str]], PackedFix | None
]
PackedContents = tuple[list[tuple[int, Said]], list[tuple[str, PackedProblem]], list[str]]

_KINDS: tuple[type[Filed], ...] = (Node, Source, Participant, Term, Topic, Settings)


def _default(field: dataclasses.Field[object]) -> object:
    return field.default if field.default_factory is dataclasses.MISSING else field.default_factory()


_FIELDS: Mapping[type[Record], tuple[tuple[str, object], ...]] = {
    kind: tuple((field.name, _default(field)) for field in dataclasses.fields(kind) if field.compare)
    for kind in (*_KINDS, Relation, Premise, Passage, Sense, LintSettings)
}
"""The fields of each kind of record, with their values if nothing was written."""


# -- records ---------------------------------------------------------------------------------------------------


def pack_contents(said: Contents) -> object:
    """What a file says, as JSON values."""
    records = [(_KINDS.index(type(record)), _pack(record)) for record in said.records]
    return records, [(fault.rule, pack_problem(_problem(fault))) for fault in said.faults], sorted(said.rejected)


def _pack(value: object) -> object:
    """The value of a field as a JSON value; of a record only the fields that were written."""
    if isinstance(value, tuple):
        return [_pack(item) for item in value]
    if isinstance(value, Record):
        said = ((name, default, getattr(value, name)) for name, default in _FIELDS[type(value)])
        return {name: _pack(found) for name, default, found in said if found != default}
    if isinstance(value, Citation):
        return value.source, value.passage
    return (value.status, value.note) if isinstance(value, Attribution) else value


def unpack_contents(packed: PackedContents, file: Remembered) -> Contents:
    """What a file said, from JSON values."""
    records, faults, rejected = packed
    return Contents(
        tuple([_record(_KINDS[kind], said, file, number) for number, (kind, said) in enumerate(records)]),
        tuple([_fault(rule, problem) for rule, problem in faults]) if faults else (),
        frozenset(rejected) if rejected else _NONE,
    )


_NONE: frozenset[str] = frozenset()


def _record(kind: type[Filed], said: Said, file: Remembered, number: int) -> Filed:
    """A record with its parts, each of which knows its place by its number."""
    count = 0
    for name, part in _PARTS[kind]:
        if name in said:
            packed = said[name]
            inner = cast("list[Said]", packed if isinstance(packed, list) else [packed])
            made = tuple([_made(part, one, file, number, count + at) for at, one in enumerate(inner, 1)])
            said[name] = made[0] if kind is Settings else made
            count += len(made)
    return cast("Filed", _made(kind, said, file, number, 0))


_PARTS: Mapping[type[Filed], tuple[tuple[str, type[Record]], ...]] = {
    Node: (("relations", Relation), ("premises", Premise)),
    Source: (("passages", Passage),),
    Term: (("senses", Sense),),
    Settings: (("lint", LintSettings),),
    Participant: (),
    Topic: (),
}
"""The fields that hold records, in the order of `places.parts`."""


def _made(kind: type[Record], said: Said, file: Remembered, record: int, part: int) -> Record:
    """A record from the fields that were written."""
    for name, value in said.items():
        if type(value) is list:
            said[name] = _LISTS[name](value) if name in _LISTS else tuple(value)
    return kind(**said, file=file.path, origin=RememberedPlace(file, record, part))


def _pairs(value: list[tuple[object, object]]) -> object:
    """Pairs, of which the second item may consist of pairs again."""
    return tuple((key, _pairs(inner) if isinstance(inner, list) else inner) for key, inner in value)


def _citations(value: list[tuple[str, str | None]]) -> object:
    return tuple([Citation(source, passage) for source, passage in value])


def _attribution(value: tuple[str, str | None]) -> object:
    return Attribution(status=value[0], note=value[1])


def _data(value: list[tuple[str, object]]) -> object:
    return tuple((key, inner) for key, inner in value)


_LISTS: Mapping[str, Callable[..., object]] = {
    "citations": _citations,
    "attribution": _attribution,
    "data": _data,
    "allow": _pairs,
    "severity": _pairs,
    "expect": _pairs,
}
"""By field how lists are unpacked that are no plain tuples."""


# -- faults and problems ---------------------------------------------------------------------------------------


def _problem(fault: Fault) -> Problem:
    return Problem(Place(fault.file, fault.span), fault.message, fault.help, fault.node, fault.related, fault.fix)


def _fault(rule: str, packed: PackedProblem) -> Fault:
    found = unpack_problem(packed)
    return Fault(rule, found.message, *found.place, found.help, found.node, found.related, found.fix)


def pack_problem(problem: Problem) -> object:
    """What a rule found, as JSON values."""
    return problem[:6]  # tuples within tuples, as JSON has lists within lists


def unpack_problem(packed: PackedProblem) -> Problem:
    """What a rule found, from JSON values."""
    place, message, help_text, node, related, fix = packed
    also = tuple((file, Span(*span), what) for file, span, what in related)
    return Problem(_place(place), message, help_text, node, also, None if fix is None else _fix(fix))


def _fix(packed: PackedFix) -> Fix:
    title, edits, safe = packed
    return Fix(title, tuple(Edit(_place(place), text) for place, text in edits), safe)


def _place(packed: PackedSpan) -> Place:
    file, span = packed
    return Place(file, Span(*span))
