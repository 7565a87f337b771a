"""Put the edits of fixes into the bytes of files; what they do not touch stays as it is, byte for byte."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from typing import TYPE_CHECKING

from kb.reading.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kb.finding import Edit, Finding, Fix, Span

_BOM = "\ufeff"
_Point = tuple[int, int]
_Stretch = tuple[_Point, _Point]


def compatible_findings(findings: Iterable[Finding]) -> list[Finding]:
    """The findings whose fixes can be made together: of those that meet in the text, the first."""
    stretches: dict[str, list[_Stretch]] = defaultdict(list)
    chosen = []
    for finding in findings:
        if finding.fix is None or any(
            _overlaps(stretches[edit.place.file], edit.place.span) for edit in finding.fix.edits
        ):
            continue
        for edit in finding.fix.edits:
            insort(stretches[edit.place.file], _stretch(edit.place.span))
        chosen.append(finding)
    return chosen


def _stretch(span: Span) -> _Stretch:
    return span[:2], span[2:]


def _overlaps(stretches: list[_Stretch], span: Span) -> bool:
    """Whether a stretch overlaps one that is taken, or begins at the same place: either could come first."""
    start, end = _stretch(span)
    index = bisect_left(stretches, (start, start))
    around = stretches[max(index - 1, 0) : index + 1]
    return any(start == begun or (start < ended and begun < end) for begun, ended in around)


def splice(texts: Mapping[str, bytes], fixes: Iterable[Fix]) -> dict[str, bytes]:
    """The files that these fixes edit, as they are afterwards; the fixes go together."""
    edits: dict[str, list[Edit]] = defaultdict(list)
    for fix in fixes:
        for edit in fix.edits:
            edits[edit.place.file].append(edit)
    return {file: _apply_edits(texts[file], own_edits) for file, own_edits in edits.items()}


def _apply_edits(raw: bytes, edits: list[Edit]) -> bytes:
    """The bytes of a file with edits that do not meet."""
    string = raw.decode("utf-8")
    mark = _BOM if string.startswith(_BOM) else ""
    text = Text(string.removeprefix(_BOM))
    parts, done = [mark], 0
    for edit in sorted(edits):
        start, end = text.range(edit.place.span)
        parts += [text.string[done:start], edit.text]
        done = end
    return "".join([*parts, text.string[done:]]).encode("utf-8")
