"""Put the word that was meant in the place of a misspelt one, where it is plain which one that is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kb.finding import Edit, Fix, Place, Span
from kb.suggest import likely_word

if TYPE_CHECKING:
    from collections.abc import Iterable


def respelling(place: Place, written: str, word: str, known: Iterable[str]) -> Fix | None:
    """The known word nearest to `word`, which is part of what is written at a place; a safe fix only if no other can be meant."""
    near = likely_word(word, known)
    span = near and _span_of(word, written, place.span)
    if near is None or span is None:
        return None
    return Fix(f"write `{near.word}` for `{word}`", (Edit(Place(place.file, span), near.word),), near.sure)


def rewriting(place: Place, written: str, text: str, *, safe: bool) -> Fix | None:
    """Another text in the place of what is written there, within its quotes if it has some."""
    span = _span_of(written, written, place.span)
    return span and Fix(f"write `{text}`", (Edit(Place(place.file, span), text),), safe)


def replacement(place: Place, written: str, word: str, other: str) -> Fix | None:
    """Another word in the place of one that is part of what is written there, and surely means the same."""
    span = _span_of(word, written, place.span)
    return span and Fix(f"write `{other}` for `{word}`", (Edit(Place(place.file, span), other),), True)


def word_place(place: Place, written: str, word: str) -> Place:
    """Where a word stands in what is written at a place; the whole place if that cannot be told."""
    return Place(place.file, _span_of(word, written, place.span) or place.span)


def unquoting(place: Place, written: str) -> Fix | None:
    """The same without its quotes."""
    line, start, end_line, end = place.span
    if line != end_line or end - start != len(written) + 2:
        return None
    quotes = Span(line, start, line, start + 1), Span(line, end - 1, line, end)
    return Fix(f"write `{written}` without quotes", tuple(Edit(Place(place.file, at), "") for at in quotes))


def _span_of(word: str, written: str, span: Span) -> Span | None:
    """Where a word stands in what is written on one line as it is meant; its quotes stay."""
    quotes = span.end_column - span.column - len(written)
    match = re.search(rf"(?<![\w/-]){re.escape(word)}(?![\w-])", written)
    if match is None or span.line != span.end_line or quotes not in {0, 2}:
        return None
    start = span.column + quotes // 2 + match.start()
    return Span(span.line, start, span.line, start + len(word))
