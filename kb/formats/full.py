"""For people: each finding with its line, the words at fault underlined, and what would be right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.reporting.plain import render_full

if TYPE_CHECKING:
    from kb.reporting.findings import Report


def render(report: Report) -> str:
    """Findings set apart by blank lines."""
    return "\n".join(f"{render_full(finding, report)}\n" for finding in report.findings)
