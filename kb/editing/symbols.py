"""What a file, or a whole debate, is made of: nodes, sources with their passages, terms with their senses, participants."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, NamedTuple

from kb.editing import meanings
from kb.editing.names import Name, definition
from kb.reading.entries import end_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.finding import Place, Span
    from kb.model import Record
    from kb.reading.text import Text

MOST = 200
"""Of more symbols that a word finds the nearest are told."""


class Symbol(NamedTuple):
    """Something with a name: all of it, where its name stands, and what is in it."""

    name: Name
    detail: str
    whole: Span
    named: Span
    inside: tuple[Symbol, ...] = ()


class SearchHit(NamedTuple):
    """Something of the debate that a word finds."""

    name: Name
    label: str
    place: Place


def file_symbols(debate: Debate, text: Text, file: str) -> tuple[Symbol, ...]:
    """The records of a file in the order written."""
    symbols = [
        symbol
        for name, detail, record in _records(debate, file)
        for symbol in _symbol(debate, text, name, detail, record)
    ]
    return tuple(sorted(symbols, key=lambda symbol: symbol.whole))


def _records(debate: Debate, file: str) -> Iterator[tuple[Name, str, Record]]:
    for node in debate.nodes.values():
        if node.file == file:
            yield Name(meanings.NODE, node.id), f"{node.kind}: {node.label}", node
    for source in debate.sources.values():
        if source.file == file:
            yield Name(meanings.SOURCE, source.id), source.title, source
    for participant in debate.participants.values():
        if participant.file == file:
            yield Name(meanings.PARTICIPANT, participant.id), participant.name, participant
    for term in debate.terms.values():
        if term.file == file:
            yield Name(meanings.TERM, term.id), term.term, term


def _symbol(debate: Debate, text: Text, name: Name, detail: str, record: Record) -> Iterator[Symbol]:
    """A record as a symbol, with its parts."""
    if record.at is None:
        return
    start, end = text.offset(record.at.line, record.at.column), end_of(text, record.at)
    place = definition(debate, name)
    named = place.span if place is not None else record.place().span
    inside = tuple(part for parts in _parts(debate, name) for part in _symbol(debate, text, *parts))
    yield Symbol(name, " ".join(detail.split()), text.between(start, max(end, text.range(named)[1])), named, inside)


def _parts(debate: Debate, name: Name) -> Iterator[tuple[Name, str, Record]]:
    """The passages of a source, the senses of a term, the relations of a node."""
    if name.sort == meanings.SOURCE:
        for passage in debate.sources[name.id].passages:
            yield Name(meanings.PASSAGE, f"{name.id} {passage.id}"), ", ".join(passage.by), passage
    elif name.sort == meanings.TERM:
        for sense in debate.terms[name.id].senses:
            yield Name(meanings.SENSE, f"{name.id}/{sense.id}"), sense.text, sense


def search_debate(debate: Debate, query: str) -> tuple[SearchHit, ...]:
    """What has a word in its id or its text, nearest first."""
    wanted = query.casefold().split()
    ranked = (
        (rank, *place, name.sort, SearchHit(name, label, place))
        for name, label, place in _searchable_records(debate)
        if (rank := _rank(wanted, name.id, label)) is not None
    )
    return tuple(hit for *_, hit in heapq.nsmallest(MOST, ranked))


def _searchable_records(debate: Debate) -> Iterator[tuple[Name, str, Place]]:
    tables: tuple[tuple[str, dict[str, str]], ...] = (
        (meanings.NODE, {node.id: node.label for node in debate.nodes.values()}),
        (meanings.SOURCE, {source.id: source.title for source in debate.sources.values()}),
        (meanings.PARTICIPANT, {participant.id: participant.name for participant in debate.participants.values()}),
        (meanings.TERM, {term.id: term.term for term in debate.terms.values()}),
    )
    for sort, table in tables:
        for record_id, label in table.items():
            place = definition(debate, Name(sort, record_id))
            if place is not None:
                yield Name(sort, record_id), label, place


def _rank(words: list[str], record_id: str, label: str) -> int | None:
    """How near something is to the words that are looked for."""
    if record_id.startswith("-".join(words)):
        return 0
    if all(word in record_id for word in words):
        return 1
    text = f"{record_id} {label}".casefold()
    return 2 if all(word in text for word in words) else None
