"""A file as an editor counts it: lines from 0, columns in the units it agreed on, a byte order mark if it sends one.

The reader counts from 1, in code points, knows more ends of lines than editors do and no byte order mark.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kb.reading.text import Text

if TYPE_CHECKING:
    from kb.finding import Span

UTF_8, UTF_16, UTF_32 = "utf-8", "utf-16", "utf-32"
_LINE_END = re.compile(r"\r\n|[\n\r]")
_BOM = "\ufeff"


class EditorPosition(NamedTuple):
    """A place as an editor counts it."""

    line: int
    column: int


class EditorText:
    """The content of a file, with the places in it for the reader and for an editor."""

    def __init__(self, content: str, units: str = UTF_16) -> None:
        """Show a text to an editor that counts columns in these units."""
        self._units = units
        self._lead = _BOM if content.startswith(_BOM) else ""
        self.text = Text(content.removeprefix(_BOM))

    @property
    def string(self) -> str:
        """The content, without a byte order mark."""
        return self.text.string

    def range(self, span: Span) -> tuple[EditorPosition, EditorPosition]:
        """A stretch, for the editor."""
        start, end = self.text.range(span)
        return self.point(start), self.point(end)

    def point(self, offset: int) -> EditorPosition:
        """The place of a character, for the editor."""
        line = bisect_right(self._starts, offset) - 1
        before = self.string[self._starts[line] : offset]
        return EditorPosition(line, self._width(self._lead + before if line == 0 else before))

    def offset(self, point: EditorPosition) -> int:
        """The character at a place of the editor; one beyond the end of its line, or of the text, is moved to that end."""
        if point.line >= len(self._starts):
            return len(self.string)
        start, line = self._starts[point.line], self._line(point.line)
        wanted = point.column - (self._width(self._lead) if point.line == 0 else 0)
        if line.isascii():
            return start + min(max(wanted, 0), len(line))
        passed = 0
        for index, char in enumerate(line):
            passed += self._width(char)
            if passed > wanted:
                return start + index
        return start + len(line)

    def _line(self, number: int) -> str:
        following = self._starts[number + 1] if number + 1 < len(self._starts) else len(self.string)
        return self.string[self._starts[number] : following].rstrip("\r\n")

    def _width(self, text: str) -> int:
        if text.isascii() or self._units == UTF_32:
            return len(text)
        if self._units == UTF_8:
            return len(text.encode("utf-8", "surrogatepass"))
        return len(text) + sum(char > "\uffff" for char in text)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.string))]
