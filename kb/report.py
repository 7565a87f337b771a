"""Write findings down in one of many formats, and sum them up in a sentence.

A format is a module of `kb.formats`: its name is what `--format` takes, `render(report)` the text. Pure: lines of files and the
spelling of paths come in as functions.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kb import discover
from kb.finding import SEVERITIES
from kb.reporting.findings import Report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.finding import Finding
    from kb.linting.identity import Line
    from kb.reporting.findings import SpellPath

_FORMATS = "kb.formats"
FORMATS = discover.names(_FORMATS)


def render(
    findings: Sequence[Finding],
    form: str,
    line: Line,
    spell_path: SpellPath = str,
    *,
    url: str | None = None,
    colour: bool = False,
) -> str:
    """Findings in one of `FORMATS`; for people empty if there are none, for machines a report that says so.

    `line` gives a line of a file, `spell_path` spells a path as the reader would; with the address of the published site rules get
    links to their pages. Colour is for the terminal: only `full` and `concise` use it.
    """
    text: str = discover.module(_FORMATS, form).render(Report(findings, line, spell_path, url, colour))
    return text


def summary(findings: Sequence[Finding], nodes: int, sources: int, fixed: int = 0) -> str:
    """How much was found, how much of it was mended, and how much of the rest the tool can mend."""
    if not findings and not fixed:
        return f"All good: {_count(nodes, 'node')}, {_count(sources, 'source')}."
    total = f"Found {_count(len(findings) + fixed, 'finding')} ({fixed:,} fixed, {len(findings):,} remaining)"
    return f"{_found_text(findings, total if fixed else 'Found')}{_mendable_text(findings)}"


def _found_text(findings: Sequence[Finding], lead: str) -> str:
    """How much was found of each severity, in how many files."""
    if not findings:
        return f"{lead}."
    counts = Counter(finding.severity for finding in findings)
    words = [_count(counts[s], s) if s != "info" else f"{counts[s]} info" for s in SEVERITIES if counts[s]]
    counts_text = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    where = _count(len({finding.file for finding in findings}), "file")
    return f"{lead}{' ' if lead == 'Found' else ': '}{counts_text} in {where}."


def _mendable_text(findings: Sequence[Finding]) -> str:
    """How many findings have a fix, and which option applies it."""
    fixes = [finding.fix.safe for finding in findings if finding.fix is not None]
    words = [
        f"{count:,} can be mended with `{option}`"
        for count, option in ((fixes.count(True), "--fix"), (fixes.count(False), "--fix --unsafe-fixes"))
        if count
    ]
    return f" {', '.join(words)}." if words else ""


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
