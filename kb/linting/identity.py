"""What a finding is known by from one run to the next, so that edits around it neither hide it nor report it as new.

The rule, the record it is about and the word at fault stay when lines move, messages are reworded and files are renamed. Baselines
and the fingerprints that CI services compare are made of these.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kb.finding import Finding

    Line = Callable[[str, int], str]
    """The text of a line of a file."""


class Key(NamedTuple):
    """The rule, the id of the record at fault (or its file), the word at fault, and which of several alike it is."""

    rule: str
    owner: str
    target: str
    ordinal: int


def with_keys(findings: Iterable[Finding], line: Line) -> list[tuple[Key, Finding]]:
    """Findings with their keys, no two alike: those that only their place tells apart are counted in the order given."""
    seen: dict[tuple[str, str, str], int] = {}
    pairs = []
    for finding in findings:
        known = finding.rule, finding.node or finding.file, _target(finding, line)
        seen[known] = ordinal = seen.get(known, -1) + 1
        pairs.append((Key(*known, ordinal), finding))
    return pairs


def fingerprint(key: Key) -> str:
    """A key as the short text that CI services compare."""
    return hashlib.blake2b("\0".join(map(str, key)).encode("utf-8", "replace"), digest_size=16).hexdigest()


_WORD = r"[^\s'\"]{1,200}"
_NAMING = re.compile(rf"(['\"]?)({_WORD}(?: (?:-> )?{_WORD})?)\1")
"""A word, a passage of a source, or a step `X -> Y`; quotes are no part of it."""


def _target(finding: Finding, line: Line) -> str:
    """What is named at the place of a finding; empty if that is a sentence, which an edit may reword."""
    start, end = finding.span[:2], finding.span[2:]
    if start[0] != end[0] or start[1] >= end[1]:
        return ""
    match = _NAMING.fullmatch(line(finding.file, start[0])[start[1] - 1 : end[1] - 1])
    return match[2] if match else ""
