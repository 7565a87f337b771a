"""Where a file is no YAML, or no text at all: the place, and words that help."""

from __future__ import annotations

import re
from typing import NamedTuple, Protocol

from kb.finding import Fault, Span

LINE_END = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
"""What the parser counts as the end of a line."""


class Mark(Protocol):
    """A place as the parser counts it, from 0."""

    line: int
    column: int


def span_after(text: str) -> Span:
    """The one character that follows the given beginning of a file."""
    lines = LINE_END.split(text.removeprefix("\ufeff"))
    line, column = len(lines), len(lines[-1]) + 1
    return Span(line, column, line, column + 1)


_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""What YAML 1.2 (section 5.1) does not allow in a text file."""


def unprintable(file: str, text: str) -> Fault | None:
    """Find the first character that is not text."""
    found = _UNPRINTABLE.search(text)
    if found is None:
        return None
    index = found.start()
    return Fault(
        "encoding",
        f"the control character U+{ord(text[index]):04X} is not text",
        file,
        span_after(text[:index]),
        help="remove it; was this file saved by a word processor or cut in the middle?",
    )


class Complaint(NamedTuple):
    """What the parser says when it stops: the problem, what it was doing, and where."""

    problem: str | None
    context: str | None
    problem_mark: Mark | None
    context_mark: Mark | None


def syntax_fault(file: str, text: str, said: Complaint) -> Fault:
    """Turn the parser's complaint into a fault that points at the place it stopped, and at where it began."""
    problem = (said.problem or "not YAML").strip()
    context = f" {said.context}" if said.context else ""
    help_text = _SYNTAX_HELP.get(problem, "")
    if "tab character" in problem or "cannot start any token" in problem:
        help_text = help_text or "quote the value, and indent with spaces, not tabs"
    span = _span_of(text, said.problem_mark or said.context_mark)
    start = _span_of(text, said.context_mark or said.problem_mark)
    related = ((file, start, "it begins here"),) if start.line < span.line else ()
    return Fault("yaml-syntax", problem + context, file, span, help=help_text, related=related)


def _span_of(text: str, mark: Mark | None) -> Span:
    """One character at a mark of the parser; at the end of the text, the end of its last line that says something."""
    lines = LINE_END.split(text)
    if mark is not None and mark.line < len(lines) and "".join(lines[mark.line :]).strip():
        line, column = mark.line + 1, min(mark.column, len(lines[mark.line])) + 1
    else:
        line = max((number for number, content in enumerate(lines, 1) if content.strip()), default=1)
        column = len(lines[line - 1]) + 1
    return Span(line, column, line, column + 1)


_SYNTAX_HELP = {
    "mapping values are not allowed in this context": (
        "a value that contains `: ` must be quoted, or written below the key after `>-`"
    ),
    "could not find expected ':'": "every line of a mapping needs `key: value`",
    "did not find expected key": "check the indentation of this line and the quotes before it",
    "did not find expected '-' indicator": "items of a list start with `- ` at the same indentation",
    "did not find expected ',' or ']'": "a list in brackets is not closed, or a comma is missing in it",
    "did not find expected ',' or '}'": "a mapping in braces is not closed, or a comma is missing in it",
    "found unexpected end of stream": "a quote is not closed",
}
