"""A finding in words: a line for editors and `grep`, or with the excerpt, what would be right, and what the tool can mend.

Nothing that an editor wrote can reach the terminal as a control character, and every finding stays on the lines that belong to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.reporting.excerpt import underline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.finding import Finding
    from kb.reporting.findings import Report

_MENDED = " [*]"
"""Stands at a finding that `--fix` mends, as in other linters."""
_BOLD, _DIM = "1", "2"
_COLOURS = {"error": "1;31", "warning": "1;33", "info": "1;36"}


def render_brief(finding: Finding, report: Report) -> str:
    """As editors and `grep` understand it: `file:line:column: severity: message [rule]`."""
    where = _styled(report, _BOLD, report.where(finding.file, finding.span))
    severity = _styled(report, _COLOURS[finding.severity], f"{finding.severity}:")
    return f"{where}: {severity} {finding.message}{_rule_tag(finding, report)}"


def render_full(finding: Finding, report: Report) -> str:
    """What was found, the line with the word underlined, what would be right, and the other places that matter."""
    parts = [render_brief(finding, report), *_excerpt(finding, report)]
    margin = " " * len(str(finding.span.line))
    parts += [f"{margin} = {_styled(report, _BOLD, label)}: {text}" for label, text in _remarks(finding, report)]
    return "\n".join(parts)


def _rule_tag(finding: Finding, report: Report) -> str:
    mended = _MENDED if finding.fix is not None and finding.fix.safe else ""
    return " " + _styled(report, _DIM, f"[{finding.rule}]") + mended


def _excerpt(finding: Finding, report: Report) -> Iterator[str]:
    """The line at fault with marks under the words; nothing if there is nothing to see."""
    number = str(finding.span.line)
    text = report.line(finding.file, finding.span.line)
    if not text.strip():
        return
    excerpt, marks = underline(text, finding.span)
    space = len(marks) - len(marks.lstrip())
    bar, empty = _styled(report, _DIM, f"{number} |"), _styled(report, _DIM, f"{' ' * len(number)} |")
    yield empty
    yield f"{bar} {excerpt}"
    yield f"{empty} {marks[:space]}{_styled(report, _COLOURS[finding.severity], marks[space:])}"


def _remarks(finding: Finding, report: Report) -> Iterator[tuple[str, str]]:
    """What would be right, what the tool can do about it, and what else to look at."""
    if finding.help:
        yield "help", finding.help
    if finding.fix is not None:
        yield "fix" if finding.fix.safe else "unsafe fix", finding.fix.title
    for file, span, what in finding.related:
        yield f"see {report.where(file, span)}", what


def _styled(report: Report, style: str, text: str) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if report.colour else text
