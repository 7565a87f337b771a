"""For reviewdog, which comments on pull requests of many services: its Diagnostic Format, with fixes as suggestions.

https://github.com/reviewdog/reviewdog/tree/master/proto/rdf. Columns count bytes, ends are exclusive. Its reader refuses fields it does
not know, so only those of its first version are written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Place
from kb.reporting.columns import convert_columns, utf8_bytes
from kb.reporting.findings import finding_text
from kb.tables import as_json

if TYPE_CHECKING:
    from kb.finding import Finding
    from kb.reporting.findings import Report
    from kb.tables import Json, Row


def render(report: Report) -> str:
    """One result with all diagnostics."""
    diagnostics: list[Json] = [_diagnostic(finding, report) for finding in report.findings]
    return as_json({"source": {"name": "kb"}, "diagnostics": diagnostics})


def _diagnostic(finding: Finding, report: Report) -> Row:
    page = report.manual(finding.rule)
    return {
        "message": finding_text(finding),
        "location": {"path": report.path(finding.file), "range": _range(Place(finding.file, finding.span), report)},
        "severity": finding.severity.upper(),
        "code": {"value": finding.rule, **({"url": page} if page else {})},
        **_suggestions(finding, report),
    }


def _suggestions(finding: Finding, report: Report) -> Row:
    """The fix, if it is one edit of the file: reviewdog offers each suggestion on its own, and half a fix is none."""
    if finding.fix is None or len(finding.fix.edits) != 1 or finding.fix.edits[0].place.file != finding.file:
        return {}
    (edit,) = finding.fix.edits
    return {"suggestions": [{"range": _range(edit.place, report), "text": edit.text}]}


def _range(place: Place, report: Report) -> Json:
    span = convert_columns(place.file, place.span, report.line, utf8_bytes)
    return {
        "start": {"line": span.line, "column": span.column},
        "end": {"line": span.end_line, "column": span.end_column},
    }
