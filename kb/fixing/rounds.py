"""Mend what a debate has fixes for, until nothing is left to mend; what would do harm is left to the editor.

Pure: files come in as bytes and go out as bytes, and a function says what the linter finds in them. Fixes are made in rounds, since
one can open the way for the next. After each round the whole debate is checked again; a fix that brings an error is taken back.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kb.fixing.splice import compatible_findings, splice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kb.finding import Finding

    Texts = Mapping[str, bytes]
    """Files of a debate by path."""

MOST_ROUNDS = 10
"""Fixes that still find something to mend after so many rounds undo each other."""


class Checked(NamedTuple):
    """What the linter finds in a debate: all of it, what of it is to be mended, and the ids that were not read as written."""

    findings: tuple[Finding, ...]
    chosen: tuple[Finding, ...]
    rejected: frozenset[str] = frozenset()


class Mended(NamedTuple):
    """The files that changed, what was mended in them, what could not be without harm, and what the linter finds now."""

    files: dict[str, bytes]
    fixed: tuple[Finding, ...]
    refused: tuple[Finding, ...]
    left: Checked


def mend(texts: Texts, check: Callable[[Texts], Checked], *, unsafe: bool = False) -> Mended:
    """Make the safe fixes of what is chosen in a debate; with `unsafe`, also those that need the editor's eye."""
    current = dict(texts)
    fixed: list[Finding] = []
    refused: list[Finding] = []
    checked = check(current)
    for _ in range(MOST_ROUNDS):
        batch = compatible_findings(f for f in checked.chosen if f.fix is not None and (unsafe or f.fix.safe))
        if not batch:
            refused = []
            break
        round_made = _Round(current, checked, check)
        round_made.try_to_make(batch)
        refused = round_made.refused
        if not round_made.kept:
            break
        current, checked = round_made.texts, round_made.checked
        fixed += round_made.kept
    changed = {file: raw for file, raw in current.items() if raw != texts[file]}
    return Mended(changed, tuple(fixed), tuple(refused), checked)


class _Round:
    """Fixes made together; of those that bring an error each is found by halving."""

    def __init__(self, texts: Texts, before: Checked, check: Callable[[Texts], Checked]) -> None:
        """Begin with files and what was found in them."""
        self.start = texts
        self.before = before
        self.check = check
        self.texts = dict(texts)
        self.checked = before
        self.kept: list[Finding] = []
        self.refused: list[Finding] = []

    def try_to_make(self, batch: list[Finding]) -> None:
        """Make these fixes besides those that are kept, or as many of them as do no harm."""
        fixes = [finding.fix for finding in (*self.kept, *batch) if finding.fix is not None]
        texts = {**self.start, **splice(self.start, fixes)}
        checked = self.check(texts)
        if not brings_errors(self.before, checked):
            self.texts, self.checked = texts, checked
            self.kept += batch
        elif len(batch) == 1:
            self.refused += batch
        else:
            half = len(batch) // 2
            self.try_to_make(batch[:half])
            self.try_to_make(batch[half:])


def brings_errors(before: Checked, after: Checked) -> bool:
    """Whether there are errors that were not there; in a record that could not be read they may have been hidden."""
    new = _errors(after.findings) - _errors(before.findings)
    return any(node is None or node not in before.rejected for _, _, node in new)


def _errors(findings: Iterable[Finding]) -> Counter[tuple[str, str, str | None]]:
    return Counter((f.rule, f.file, f.node) for f in findings if f.severity == "error")
