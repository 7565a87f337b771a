"""A finding as an object with fixed keys, for programs that read JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.finding import Edit, Finding, Fix, Span
    from kb.reporting.findings import Report
    from kb.tables import Json, Row


def row(finding: Finding, report: Report) -> Row:
    """Everything that is known of a finding; lines and columns are counted from 1 in letters, ends are exclusive."""
    span = finding.span
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "help": finding.help,
        **_place(finding.file, span, report),
        "end_line": span.end_line,
        "end_column": span.end_column,
        "node": finding.node,
        "related": [{**_place(file, span, report), "message": what} for file, span, what in finding.related],
        "fix": None if finding.fix is None else _fix(finding.fix, report),
    }


def _place(file: str, span: Span, report: Report) -> Row:
    return {"file": report.path(file), "line": span.line, "column": span.column}


def _fix(fix: Fix, report: Report) -> Json:
    return {"title": fix.title, "safe": fix.safe, "edits": [_edit(edit, report) for edit in fix.edits]}


def _edit(edit: Edit, report: Report) -> Json:
    file, span = edit.place
    end: Row = {"end_line": span.end_line, "end_column": span.end_column, "text": edit.text}
    return {**_place(file, span, report), **end}
