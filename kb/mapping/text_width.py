"""How wide a text is, computed without a font, so that the same debate gives the same picture on every machine.

The widths are those of a wide sans-serif (in thousandths of its size), so that what fits by this table fits in any common one.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category, east_asian_width

from kb.breaking import graphemes, pieces

_WIDTHS = {
    280: "ijlI|'",
    320: " \N{NO-BREAK SPACE}.,:;!",
    390: "()[]-rtf/\\`",
    460: '"*°·',
    520: "szJcxvky?",
    590: "abdeghnopqu_0123456789L$FT{}",
    640: "EPSYZXK+=<>~^#\N{MULTIPLICATION SIGN}\N{MINUS SIGN}\N{EN DASH}",
    700: "ABCDGHNRUVO&Q",
    860: "wM",
    950: "mW%@…—",
}
_OTHER, _WIDE = 0.64, 1.0
_UNSEEN = {"Mn", "Me", "Cf"}
"""Characters without a width: marks on others, and invisible ones."""


class _Widths(dict[str, float]):
    """Widths by character; that of a character outside the table is computed once."""

    def __missing__(self, char: str) -> float:
        self[char] = width = 0.0 if category(char) in _UNSEEN else _WIDE if east_asian_width(char) in "WF" else _OTHER
        return width


_WIDTH_OF = _Widths({char: wide / 1000 for wide, chars in _WIDTHS.items() for char in chars}).__getitem__


def width(text: str, size: float) -> float:
    """The width of a line of text at a size."""
    return sum(map(_WIDTH_OF, text)) * size


@lru_cache(maxsize=4_096)
def wrap(text: str, size: float, room: float, most: int) -> tuple[str, ...]:
    """A text in lines that fit the room; a text that needs more than `most` lines ends in an ellipsis."""
    lines: list[str] = []
    line, used, space = "", 0.0, _WIDTH_OF(" ") * size
    for before, word in pieces(text):
        wide, gap = width(word, size), space if before else 0.0
        if line and used + gap + wide <= room:
            line, used = f"{line}{before}{word}", used + gap + wide
            continue
        if line:
            lines.append(line)
        line, used = word, wide
        while used > room and len(lines) <= most:
            head = _fitting(line, size, room)
            lines.append(head)
            line = line[len(head) :]
            used = width(line, size)
        if len(lines) > most:
            break
    if line:
        lines.append(line)
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], fit(lines[most - 1] + "…", size, room))


def fit(text: str, size: float, room: float) -> str:
    """A line cut with an ellipsis so that it fits the room."""
    if width(text, size) <= room:
        return text
    return _fitting(text, size, room - width("…", size)).rstrip(" ,;:.…") + "…"


def _fitting(text: str, size: float, room: float) -> str:
    """As much of the start of a text as fits, at least one character."""
    used, end = 0.0, 0
    for sign in graphemes(text):
        used += width(sign, size)
        if used > room and end:
            return text[:end]
        end += len(sign)
    return text
