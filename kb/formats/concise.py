"""For editors, `grep` and long lists: a line for each finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.reporting.plain import render_brief

if TYPE_CHECKING:
    from kb.reporting.findings import Report


def render(report: Report) -> str:
    """`file:line:column: severity: message [rule]`."""
    return "".join(f"{render_brief(finding, report)}\n" for finding in report.findings)
