"""Print findings: in full for people, a line each for editors and CI, as JSON for everything else.

Pure: lines of files and the spelling of paths come in as functions. Nothing that an editor wrote can reach the terminal as a control
character, and every finding stays on the lines that belong to it.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from kb.finding import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kb.finding import Finding, Related, Span

    Line = Callable[[str, int], str]
    """The text of a line of a file."""
    Shown = Callable[[str], str]
    """A path as the person at the terminal would write it."""

FORMATS = ("full", "concise", "json")

_TAB = "    "
_WIDEST = 110
"""Columns of an excerpt; of a longer line the part around the finding is shown."""
_BEFORE = 40
_CUT = "…"


def render(findings: Sequence[Finding], form: str, line: Line, shown: Shown = str) -> str:
    """Findings in one of `FORMATS`; empty if there are none (an empty list in JSON)."""
    if form == "json":
        return as_json(findings, shown)
    if form == "concise":
        return "".join(f"{concise(finding, shown)}\n" for finding in findings)
    return "\n".join(full(finding, line, shown) for finding in findings)


# -- for people ------------------------------------------------------------------------------------------------


def concise(finding: Finding, shown: Shown) -> str:
    """One line, as editors and `grep` understand it: `file:line:column: severity message [rule]`."""
    return f"{_where(finding.file, finding.span, shown)}: {finding.severity} {finding.message} [{finding.rule}]"


def full(finding: Finding, line: Line, shown: Shown) -> str:
    """What was found, the line with the word underlined, what would be right, and the other places that matter."""
    where = _where(finding.file, finding.span, shown)
    margin = " " * len(str(finding.span.line))
    parts = [f"{where}: {finding.severity}: {finding.message} [{finding.rule}]"]
    text = line(finding.file, finding.span.line)
    if text.strip():
        excerpt, marks = underlined(text, finding.span)
        parts += [f"{margin} |", f"{finding.span.line} | {excerpt}", f"{margin} | {marks}"]
    if finding.help:
        parts.append(f"{margin} = help: {finding.help}")
    parts += [f"{margin} = {_related(place, shown)}" for place in finding.related]
    return "\n".join(parts) + "\n"


def _related(place: Related, shown: Shown) -> str:
    file, span, what = place
    return f"see {_where(file, span, shown)}: {what}"


def _where(file: str, span: Span, shown: Shown) -> str:
    return f"{shown(file)}:{span.line}:{span.column}"


def underlined(text: str, span: Span) -> tuple[str, str]:
    """A line and the marks under its span (up to the end of the line), both as a terminal shows them."""
    start = min(span.column - 1, len(text))
    end = span.end_column - 1 if span.end_line == span.line else len(text)
    end = max(start, min(end, len(text.rstrip())))
    first = max(0, start - _BEFORE) if len(text) > _WIDEST else 0
    last = min(len(text), first + _WIDEST)
    before, marked, after = text[first:start], text[start : min(end, last)], text[max(start, min(end, last)) : last]
    lead = (_CUT if first else "") + _visible(before)
    excerpt = lead + _visible(marked) + _visible(after) + (_CUT if last < len(text) else "")
    return excerpt.rstrip(), " " * _width(lead) + "^" * max(1, _width(_visible(marked)))


def _visible(text: str) -> str:
    """Text as it can be shown: tabs as spaces, and nothing that would steer the terminal."""
    return "".join(char if char.isprintable() else _TAB if char == "\t" else "\ufffd" for char in text)


def _width(text: str) -> int:
    """The columns that a terminal gives to a text."""
    if text.isascii():
        return len(text)
    wide = sum(1 for char in text if unicodedata.east_asian_width(char) in {"W", "F"})
    return len(text) + wide - sum(1 for char in text if unicodedata.combining(char))


# -- for machines ----------------------------------------------------------------------------------------------


def as_json(findings: Iterable[Finding], shown: Shown) -> str:
    """A list of objects with fixed keys, in the order of files and lines."""
    rows = [
        {
            "rule": finding.rule,
            "severity": finding.severity,
            "message": finding.message,
            "help": finding.help,
            **_place(finding.file, finding.span, shown),
            "end_line": finding.span.end_line,
            "end_column": finding.span.end_column,
            "node": finding.node,
            "related": [{**_place(file, span, shown), "message": message} for file, span, message in finding.related],
        }
        for finding in findings
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _place(file: str, span: Span, shown: Shown) -> dict[str, str | int]:
    return {"file": shown(file), "line": span.line, "column": span.column}


# -- the last line ---------------------------------------------------------------------------------------------


def summary(findings: Sequence[Finding], nodes: int, sources: int) -> str:
    """How much was found, in a sentence."""
    if not findings:
        return f"All good: {_count(nodes, 'node')}, {_count(sources, 'source')}."
    counts = Counter(finding.severity for finding in findings)
    words = [_count(counts[s], s) if s != "info" else f"{counts[s]} info" for s in SEVERITIES if counts[s]]
    said = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    return f"Found {said} in {_count(len({finding.file for finding in findings}), 'file')}."


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
