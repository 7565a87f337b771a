"""What can still be read of a file in which a document is broken: the fields before that place, and the documents behind it."""

from __future__ import annotations

import re
from itertools import islice

from kb.reading.lines import is_separator
from kb.reading.slips import CONFLICT
from kb.reading.syntax import LINE_END
from kb.reading.values import Mapping


def document_start(text: str, line: int) -> int:
    """The first line of the document that a line belongs to."""
    lines = LINE_END.split(text)
    return max((number for number in range(1, line + 1) if is_separator(lines[number - 1])), default=1)


def next_document_start(text: str, line: int) -> int | None:
    """The line in which the document behind a line begins; what stands within a merge conflict is passed over."""
    lines = LINE_END.split(text)
    if lines[line - 1].startswith(CONFLICT[0]):
        line = next((n for n in range(line, len(lines) + 1) if lines[n - 1].startswith(CONFLICT[2])), len(lines))
    separators = (number for number in range(line + 1, len(lines) + 1) if is_separator(lines[number - 1]))
    if lines[line - 1].startswith("%"):  # what a directive says concerns the document right below it
        next(separators, None)
    return next(separators, None)


def lines_from(text: str, first: int) -> str:
    """The lines from one on, in their places."""
    return "\n" * (first - 1) + text[_start(text, first) :]


def lines_between(text: str, first: int, last: int) -> str:
    """The lines from one up to another, which is left out, in their places."""
    return "\n" * (first - 1) + text[_start(text, first) : _start(text, last)]


def _start(text: str, line: int) -> int:
    ends = list(islice(LINE_END.finditer(text), line - 1))
    return ends[-1].end() if ends else 0


def complete_before(line: int, text: str, root: Mapping) -> tuple[Mapping, ...]:
    """The fields that are complete before a line: what stands right above it may go on there, unless a field begins there."""
    begun = re.match(rf" {{{root.column - 1}}}[\w-]+ *:", LINE_END.split(text)[line - 1])
    complete = Mapping(root.line, root.column)
    for name in list(root.keys)[: None if begun else -1]:
        complete.keys[name], complete.values[name] = root.keys[name], root.values[name]
    return (complete,) if complete.keys else ()
