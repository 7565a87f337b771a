"""For programs that read line by line: each finding as a JSON object on a line of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kb.reporting.rows import row

if TYPE_CHECKING:
    from kb.reporting.findings import Report


def render(report: Report) -> str:
    """The objects of the format `json`, one a line."""
    return "".join(json.dumps(row(finding, report), ensure_ascii=False) + "\n" for finding in report.findings)
