"""Findings that were there when the editors began to look: recorded once, left out from then on, and missed when they are mended.

A baseline lets a large debate be checked strictly from today on. It knows findings by rule, record and word at fault, never by
line, so that edits around them do not bring them back. Each is a line of the file: a merge conflicts only where two people mended
the same.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from kb.finding import Finding, KbError, Span
from kb.linting.identity import Key, with_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.linting.choice import Severities
    from kb.linting.identity import Line

VERSION = 1
STALE = "stale-baseline"
_FIELDS = {"rule", "owner", "target"}
_FIRST_LINE = 4
"""The line of the first entry in a file as `write` lays it out."""


class Baseline(NamedTuple):
    """The recorded findings, in the order and lines of the file."""

    file: str
    entries: tuple[tuple[Key, int], ...]


def write(findings: Sequence[Finding], line: Line) -> str:
    """A baseline of these findings, as text."""
    rows = sorted(key for key, _ in with_keys(findings, line))
    entries = ",\n".join("    " + json.dumps(_entry(key), ensure_ascii=False) for key in rows)
    body = f"[\n{entries}\n  ]" if rows else "[]"
    return f'{{\n  "version": {VERSION},\n  "findings": {body}\n}}\n'


def _entry(key: Key) -> dict[str, str]:
    return {"rule": key.rule, "owner": key.owner, "target": key.target}


def read(file: str, text: str) -> Baseline:
    """A baseline from its file; what was not written by `kb lint --write-baseline` is misuse, said in a line."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise KbError(_broken_message(file)) from error
    if not isinstance(document, dict) or not isinstance(document.get("findings"), list):
        raise KbError(_broken_message(file))
    if document.get("version") != VERSION:
        message = f"{file} was written by another version of kb; write it anew with `--write-baseline`"
        raise KbError(message)
    lines = _lines(text)
    entries = []
    seen: dict[tuple[str, str, str], int] = {}
    for index, row in enumerate(document["findings"]):
        if not isinstance(row, dict) or row.keys() != _FIELDS or not all(isinstance(v, str) for v in row.values()):
            raise KbError(_broken_message(file))
        known = row["rule"], row["owner"], row["target"]
        seen[known] = ordinal = seen.get(known, -1) + 1
        entries.append((Key(*known, ordinal), lines[index] if index < len(lines) else _FIRST_LINE))
    return Baseline(file, tuple(entries))


def _lines(text: str) -> list[int]:
    """The lines that entries stand in."""
    return [number for number, line in enumerate(text.splitlines(), 1) if '"rule"' in line]


def _broken_message(file: str) -> str:
    return f"{file} is no baseline; write one with `--write-baseline`"


def compare(
    baseline: Baseline, findings: tuple[Finding, ...], line: Line, severities: Severities
) -> tuple[Finding, ...]:
    """The findings that the baseline does not record, and one for each record of a rule that ran and did not find it again."""
    recorded = {key for key, _ in baseline.entries}
    known = with_keys(findings, line)
    present = {key for key, _ in known}
    unrecorded = [finding for key, finding in known if key not in recorded]
    if STALE in severities:
        mended = [(key, at) for key, at in baseline.entries if key not in present and key.rule in severities]
        unrecorded += [_stale_finding(baseline.file, key, at, severities[STALE]) for key, at in mended]
    return tuple(sorted(unrecorded))


def _stale_finding(file: str, key: Key, at: int, severity: str) -> Finding:
    """What was recorded is mended: the next of its kind must not hide behind the record."""
    return Finding(
        file,
        Span(at, 5, at, 6),
        STALE,
        f"the baseline records `{key.rule}` of `{key.owner}`, which is not found any more",
        severity,
        "write the baseline anew with `--write-baseline`, or delete the line",
    )
