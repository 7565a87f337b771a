"""The lines of a file as people write and read them: fields, items, and texts in quotes or below their key.

This needs no sound YAML, so it can tell what stands in a file that no parser reads to its end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Line(NamedTuple):
    """A line that begins a field or an item of a list: what it is called, what stands there, and from which column on."""

    number: int
    lead: str
    key: str
    value: str
    column: int


_LINE = re.compile(r"(?P<lead>\s*(?:- +)*)(?:(?P<key>[\w-]+) *:(?:\s+|$))?(?P<value>.*)", re.DOTALL)
BLOCK = re.compile(r"[|>][-+0-9]*\s*(?:\s#.*)?")
_FIELD = re.compile(r"(?P<lead> *)(?:- +)?[\w-]+ *:(?:\s|$)")
_OPENING = re.compile(r"(?:[\[{,]|: )\s*(?P<quote>[\"'])")
_TO_CLOSING = {'"': re.compile(r'(?:[^"\\]|\\.|\\$)*+"'), "'": re.compile(r"(?:[^']|'')*+'")}


def is_separator(line: str) -> bool:
    """Whether a line begins another document."""
    return line == "---" or line.startswith(("--- ", "---\t"))


def lines_read(lines: list[str], first: int, last: int) -> Iterator[Line]:
    """The lines that begin something: neither those of a text below its key nor those that go on with a text."""
    number = first
    before: Line | None = None
    while number <= last:
        line = _line(lines, number)
        number += 1
        text_goes_on = before and before.value and len(line.lead) > len(before.lead) and "-" not in line.lead
        if not line.key and (not line.value or text_goes_on):
            continue
        yield line
        before = line
        number = _line_after(lines, line)


def _line(lines: list[str], number: int) -> Line:
    match = _LINE.match(lines[number])
    lead, key, value = (match["lead"], match["key"], match["value"]) if match else ("", "", lines[number])
    return Line(number, lead, key or "", value.rstrip(), len(lines[number]) - len(value))


def _line_after(lines: list[str], line: Line) -> int:
    """The first line that is no part of the text written below a key, or in quotes."""
    number = line.number + 1
    if BLOCK.fullmatch(line.value):
        least = len(line.lead) + bool(line.key)
        while number < len(lines) and (not lines[number].strip() or indent(lines[number]) >= least):
            number += 1
        return number
    return max([number, *(end[0] + 1 for _, end in quotes(lines, line) if end)])


def indent(line: str) -> int:
    """How many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def quotes(lines: list[str], line: Line) -> Iterator[tuple[int, tuple[int, int] | None]]:
    """The columns in which texts in quotes begin, as the value or between brackets, each with where it is closed."""
    at = line.column
    if line.value[:1] in _TO_CLOSING:
        yield at, _closing_quote(lines, line, at)
    while line.value[:1] in {"[", "{"} and (match := _OPENING.search(lines[line.number], at)):
        end = _closing_quote(lines, line, match.start("quote"))
        yield match.start("quote"), end
        if end is None or end[0] > line.number:
            return
        at = end[1]


def _closing_quote(lines: list[str], line: Line, column: int) -> tuple[int, int] | None:
    """Line and column behind the quote that closes the one in a column; None if a field or the end comes first."""
    pattern, start = _TO_CLOSING[lines[line.number][column]], column + 1
    for number in range(line.number, len(lines)):
        field = _FIELD.match(lines[number])
        if number > line.number and (is_separator(lines[number]) or (field and len(field["lead"]) <= len(line.lead))):
            return None
        match = pattern.match(lines[number], start)
        if match:
            return number, match.end()
        start = 0
    return None
