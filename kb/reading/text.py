"""The text of a file as its editor sees it: what stands where, counted in lines and columns or in characters from its start."""

from __future__ import annotations

import functools
from bisect import bisect_right

from kb.finding import Span
from kb.reading.syntax import LINE_END


class Text:
    """A text (without its byte order mark) that knows where its lines begin."""

    __slots__ = ("_starts", "newline", "string")

    def __init__(self, string: str) -> None:
        """Find the lines."""
        self.string = string
        ends = [(found.start(), found.end()) for found in LINE_END.finditer(string)]
        self._starts = [0, *(end for _, end in ends)]
        self.newline = string[ends[0][0] : ends[0][1]] if ends else "\n"
        """How the editor ends lines."""

    def offset(self, line: int, column: int) -> int:
        """The character at a line and column; the end of the text for what stands behind it."""
        if line > len(self._starts):
            return len(self.string)
        return min(self._starts[line - 1] + column - 1, len(self.string))

    def range(self, span: Span) -> tuple[int, int]:
        """The first character of a stretch, and the one behind it."""
        return self.offset(span.line, span.column), self.offset(span.end_line, span.end_column)

    def between(self, start: int, end: int) -> Span:
        """A stretch from one character to another."""
        (line, column), (end_line, end_column) = self._position(start), self._position(end)
        return Span(line, column, end_line, end_column)

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line_start(self, offset: int) -> int:
        """Where the line of a character begins."""
        return self._starts[bisect_right(self._starts, offset) - 1]

    def next_line(self, offset: int) -> int:
        """Where the line after that of a character begins, or the text ends."""
        following = bisect_right(self._starts, offset)
        return self._starts[following] if following < len(self._starts) else len(self.string)


@functools.lru_cache(maxsize=4)
def text_of(string: str) -> Text:
    """The same, kept for the texts last asked about."""
    return Text(string)
