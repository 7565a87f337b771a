"""A line of a file with marks under the words at fault, as a terminal shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.breaking import column_count

if TYPE_CHECKING:
    from kb.finding import Span

_TAB = "    "
_WIDEST = 110
"""Columns of an excerpt; of a longer line the part around the finding is shown."""
_BEFORE = 40
_CUT = "…"
_WITHIN = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
"""What stands unseen within words of some writings, and within emoji."""


def underline(text: str, span: Span) -> tuple[str, str]:
    """A line and the marks under its span (up to the end of the line)."""
    start = min(span.column - 1, len(text))
    end = span.end_column - 1 if span.end_line == span.line else len(text)
    end = max(start, min(end, len(text.rstrip())))
    first = max(0, start - _BEFORE) if len(text) > _WIDEST else 0
    last = min(len(text), first + _WIDEST)
    before, marked, after = text[first:start], text[start : min(end, last)], text[max(start, min(end, last)) : last]
    lead = (_CUT if first else "") + _visible(before)
    excerpt = lead + _visible(marked) + _visible(after) + (_CUT if last < len(text) else "")
    return excerpt.rstrip(), " " * column_count(lead) + "^" * max(1, column_count(_visible(marked)))


def _visible(text: str) -> str:
    """Text as it can be shown: tabs as spaces, and nothing that would steer the terminal."""
    return "".join(
        char if char.isprintable() or char in _WITHIN else _TAB if char == "\t" else "\ufffd" for char in text
    )
