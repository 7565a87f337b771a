"""For GitLab: a Code Quality report, shown in merge requests as what the change brings and what it mends.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format. GitLab compares fingerprints to tell new findings from
old ones, so they must survive edits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.linting.identity import fingerprint, with_keys
from kb.reporting.findings import finding_text
from kb.tables import as_json

if TYPE_CHECKING:
    from kb.finding import Finding
    from kb.linting.identity import Key
    from kb.reporting.findings import Report
    from kb.tables import Row

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def render(report: Report) -> str:
    """A list of issues."""
    return as_json([_issue(key, finding, report) for key, finding in with_keys(report.findings, report.line)])


def _issue(key: Key, finding: Finding, report: Report) -> Row:
    span = finding.span
    return {
        "check_name": finding.rule,
        "description": finding_text(finding),
        "severity": _SEVERITIES[finding.severity],
        "fingerprint": fingerprint(key),
        "location": {"path": report.path(finding.file), "lines": {"begin": span.line, "end": span.end_line}},
    }
