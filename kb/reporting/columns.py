"""Columns as others count them: a finding counts letters, review tools count bytes or the 16-bit units of their editors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from kb.linting.identity import Line


def utf16_units(text: str) -> int:
    """The length of a text as JavaScript, Java and Windows count it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf8_bytes(text: str) -> int:
    """The length of a text as it is saved."""
    return len(text.encode("utf-8", "surrogatepass"))


def convert_columns(file: str, span: Span, line: Line, length: Callable[[str], int]) -> Span:
    """A span with its columns counted in another unit."""
    start = _column(line(file, span.line), span.column, length)
    end = _column(line(file, span.end_line), span.end_column, length)
    return Span(span.line, start, span.end_line, end)


def _column(text: str, column: int, length: Callable[[str], int]) -> int:
    """A column; one beyond the end of its line stays as far beyond it."""
    before = text[: column - 1]
    return column - len(before) + length(before)
