"""How much of what there is to mend: findings counted by rule."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kb import tables
from kb.finding import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kb.finding import Finding
    from kb.tables import Row

COLUMNS = ("count", "severity", "fixable", "rule")


def rows(findings: Iterable[Finding]) -> list[Row]:
    """A row for each rule and severity, the most frequent first; how many of its findings `kb lint --fix` mends."""
    listed = list(findings)
    counts = Counter((f.rule, f.severity) for f in listed)
    fixable = Counter((f.rule, f.severity) for f in listed if f.fix is not None and f.fix.safe)
    ordered = sorted(counts, key=lambda key: (-counts[key], SEVERITIES.index(key[1]), key[0]))
    return [{"count": counts[key], "severity": key[1], "fixable": fixable[key], "rule": key[0]} for key in ordered]


def render(findings: Sequence[Finding], form: str) -> str:
    """The same as a table, or as JSON; a table of nothing is empty."""
    counted = rows(findings)
    return tables.render(counted, COLUMNS, "json" if form == "json" else "table") if counted or form == "json" else ""
