"""For programs: all findings as one JSON list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.reporting.rows import row
from kb.tables import as_json

if TYPE_CHECKING:
    from kb.reporting.findings import Report


def render(report: Report) -> str:
    """A list of objects with fixed keys, in the order of files and lines; empty if nothing was found."""
    return as_json([row(finding, report) for finding in report.findings])
