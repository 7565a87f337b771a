"""Where a file is no YAML, or no text at all: the place, and words that help."""

from __future__ import annotations

import re
from typing import NamedTuple, Protocol

from kb.finding import Fault, Span
from kb.reading.slips import Stop, likely_slip

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
    match = _UNPRINTABLE.search(text)
    if match is None:
        return None
    index = match.start()
    help_text = "remove it; was this file saved by a word processor or cut in the middle?"
    return Fault("encoding", _control(text[index]), file, span_after(text[:index]), help=help_text)


def _control(char: str) -> str:
    return f"the control character U+{ord(char):04X} is not text"


def escaped(file: str, text: str, span: Span) -> Fault | None:
    """Find the first such character that an escape in quotation marks stands for: a terminal would obey it."""
    match = _UNPRINTABLE.search(text)
    return match and Fault("encoding", _control(match[0]), file, span, help="remove its escape, as in `\\e` or `\\x07`")


def without_controls(text: str) -> str:
    """The text with a sign in the place of each."""
    return _UNPRINTABLE.sub("\ufffd", text)


class Complaint(NamedTuple):
    """What the parser says when it stops: the problem, what it was doing, and where."""

    problem: str | None
    context: str | None
    problem_mark: Mark | None
    context_mark: Mark | None


def syntax_fault(file: str, text: str, complaint: Complaint) -> Fault:
    """Point at the likeliest slip; else at the place where the parser stopped, and at where it began."""
    lines = LINE_END.split(text)
    span = _span_at_mark(lines, complaint.problem_mark or complaint.context_mark)
    begun = _span_at_mark(lines, complaint.context_mark or complaint.problem_mark)
    why = f"{complaint.problem or ''} {complaint.context or ''}"
    likely = likely_slip(lines, Stop(span.line - 1, span.column - 1, begun.line - 1, begun.column - 1, why))
    if likely is not None:
        return Fault("yaml-syntax", likely.message, file, likely.span, help=likely.help)
    message, help_text = _WORDS.get((complaint.problem or "").strip(), _NO_WORDS)
    related = ((file, begun, "it begins here"),) if begun.line < span.line else ()
    return Fault("yaml-syntax", message, file, span, help=help_text, related=related)


def _span_at_mark(lines: list[str], mark: Mark | None) -> Span:
    """One character at a mark of the parser; at the end of the text, the end of its last line that says something."""
    if mark is not None and mark.line < len(lines) and any(line.strip() for line in lines[mark.line :]):
        line, column = mark.line + 1, min(mark.column, len(lines[mark.line])) + 1
    else:
        line = max((number for number, content in enumerate(lines, 1) if content.strip()), default=1)
        column = len(lines[line - 1]) + 1
    return Span(line, column, line, column + 1)


_NO_WORDS = (
    "the file cannot be read on from here",
    "compare this line with those above: indentation, quotes, brackets",
)
_WORDS = {
    "did not find expected '-' indicator": (
        "a field stands among the items of a list",
        "begin it with `- `, or put the list below a key",
    ),
    "mapping keys are not allowed in this context": (
        "a text that begins with `? ` needs quotes",
        "put the text in quotes, or below its key after `>-`",
    ),
    "found unknown directive name": ("a line that begins with `%` is no field", "a field is written `key: value`"),
}
"""What the parser says where no slip is known, in other words."""
