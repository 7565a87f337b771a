"""For GitHub Actions: workflow commands, which the runner turns into annotations on the lines of a pull request.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions. A step shows at most ten annotations of a kind, so
errors come first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import SEVERITIES

if TYPE_CHECKING:
    from kb.finding import Finding, Span
    from kb.reporting.findings import Report

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def render(report: Report) -> str:
    """A command for each finding, the gravest first."""
    gravest_first = sorted(report.findings, key=lambda finding: SEVERITIES.index(finding.severity))
    return "".join(f"{_command(finding, report)}\n" for finding in gravest_first)


def _command(finding: Finding, report: Report) -> str:
    title = f"kb ({finding.rule})"
    properties = {"title": title, "file": report.path(finding.file), **_lines(finding.span)}
    properties_text = ",".join(f"{name}={_in_property(str(value))}" for name, value in properties.items())
    # the log shows the message alone, so the place is said in it once more
    message = f"{report.where(finding.file, finding.span)}: {finding.message}\n{finding.help}".rstrip()
    return f"::{_COMMANDS[finding.severity]} {properties_text}::{_in_message(message)}"


def _lines(span: Span) -> dict[str, int]:
    """Where the annotation stands; columns are accepted only within one line."""
    if span.line != span.end_line:
        return {"line": span.line, "endLine": span.end_line}
    return {"line": span.line, "endLine": span.end_line, "col": span.column, "endColumn": span.end_column}


def _in_message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _in_property(text: str) -> str:
    return _in_message(text).replace(":", "%3A").replace(",", "%2C")
