"""The words of a file that may be half typed: keys and values with the fields they stand under, told from the text alone.

The reader wants a whole document and says where it stopped; an editor asks in the middle of a line. So this looks at indentation,
dashes, colons and brackets, one line after the other, and makes the best of what there is: a bracket that is not closed ends where
the next field begins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from kb.reading.syntax import LINE_END

KEY, VALUE, EITHER = "key", "value", "either"
"""What a word is: `EITHER` stands alone at the start of a line or an entry, and a colon would make it a key."""


class Word(NamedTuple):
    """A key or a value as written."""

    start: int
    end: int
    """Its stretch in the text, quotes included."""
    text: str
    """What it says, without quotes."""
    path: tuple[str, ...]
    """The fields it stands under; of a value the last is its own."""
    role: str
    home: int
    """Tells mappings apart: keys of one mapping have the same."""
    document: int
    """Which of the documents of a file it is in."""


_MARK = "\ue000"
"""Stands for the cursor while looking for what is under it: no text has this letter."""
_KEY = re.compile(
    r"""("(?:[^"\\]|\\.)*"|'[^']*'|[^\s:,\[\]{}#&*!|>'"%@`-](?:[^:#]|:(?=\S)|(?<=\S)\#)*?)[ ]*:(?=\s|$)""", re.DOTALL
)
_DOCUMENT = re.compile(r"(?:---|\.\.\.)(?:\s.*)?")
_DASH = re.compile(r"-(?: +|$)")
_COLON = re.compile(r"[ \t]*:(?=[\s,\[\]{}]|$)")
_BLOCK = re.compile(r"[|>][-+0-9]*[ \t]*(?:#.*)?$")
_QUOTED = re.compile(r""""(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?""", re.DOTALL)
_PLAIN = re.compile(r"(?:[^\s#]|(?<=\S)#|[ \t]+(?=[^\s#]))+")
_IN_FLOW = re.compile(r"(?:[^\s#,\[\]{}:]|:(?=[^\s,\[\]{}])|(?<=\S)\#|[ \t]+(?=[^\s#,\[\]{}:]))+")


def words(content: str) -> list[Word]:
    """All keys and values of a file; what is written in blocks (`>-`) and comments has none."""
    return _Scanner(content).scan()


def word_at(content: str, offset: int) -> Word | None:
    """The word under the cursor, or the empty one that could begin there; None in a block of text or a comment."""
    marked = content[:offset] + _MARK + content[offset:]
    for word in words(marked):
        if word.start <= offset < word.end:
            return word._replace(end=word.end - 1, text=word.text.replace(_MARK, "", 1))
    return None


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is open."""

    indent: int
    path: tuple[str, ...]
    home: int
    listed: bool
    """Whether it is a list."""
    key: str | None = None
    """The key whose value comes next."""

    @property
    def below(self) -> tuple[str, ...]:
        """The fields above what comes next."""
        return self.path if self.key is None else (*self.path, self.key)


class _Scanner:
    """Goes through a text once."""

    def __init__(self, content: str) -> None:
        self.content = content
        self.found: list[Word] = []
        self.frames: list[_Frame] = []
        self.homes = 0
        self.document = 0

    def scan(self) -> list[Word]:
        """Find all words."""
        at = 1 if self.content.startswith("\ufeff") else 0
        while at < len(self.content):
            at = self._line(at)
        return self.found

    # -- lines -------------------------------------------------------------------------------------------------------

    def _line_end(self, at: int) -> int:
        """Where the line ends."""
        match = LINE_END.search(self.content, at)
        return match.start() if match else len(self.content)

    def _next_line(self, at: int) -> int:
        """Where the next line begins."""
        match = LINE_END.search(self.content, at)
        return match.end() if match else len(self.content)

    def _indent(self, at: int, end: int) -> int:
        line = self.content[at:end]
        return len(line) - len(line.lstrip(" "))

    def _line(self, at: int) -> int:
        """Read a line, and those that its value goes on in; returns where the next one begins."""
        end = self._line_end(at)
        if _DOCUMENT.fullmatch(self.content, at, end):
            self.frames.clear()
            self.document += 1
            return self._next_line(end)
        indent = self._indent(at, end)
        start = at + indent
        while start < end and self.content[start] != "#":
            column = start - at
            dash = _DASH.match(self.content, start, end)
            self._close_frames(column, listed=dash is not None)
            if dash is None:
                return self._entry(start, end, column)
            self._open_frame(column, listed=True)
            start = dash.end()
        return self._next_line(end)

    def _close_frames(self, column: int, *, listed: bool) -> None:
        """Close what lies deeper than a line that begins here."""
        while self.frames and (
            self.frames[-1].indent > column
            or (self.frames[-1].indent == column and self.frames[-1].listed and not listed)
        ):
            self.frames.pop()

    def _open_frame(self, column: int, *, listed: bool) -> _Frame:
        """The list or mapping that begins, or goes on, here."""
        top = self.frames[-1] if self.frames else None
        if top is None or top.indent != column or top.listed != listed:
            self.homes += 1
            top = _Frame(column, top.below if top else (), self.homes, listed)
            self.frames.append(top)
        return top

    def _entry(self, start: int, end: int, column: int) -> int:
        """What stands on a line behind its dashes: a key with its value, or a value."""
        key = _KEY.match(self.content, start, end)
        if key is not None:
            frame = self._open_frame(column, listed=False)
            frame.key = _unquoted(key[1])
            self._add(key.start(1), key.end(1), frame.path, KEY, frame.home)
            return self._value(key.end(), end, frame, VALUE)
        top = self.frames[-1] if self.frames else None
        if top is None or (top.indent == column and not top.listed):
            frame = self._open_frame(column, listed=False)
            return self._value(start, end, _Frame(column, frame.path, frame.home, listed=False), KEY)
        return self._value(start, end, top, EITHER)

    # -- values ------------------------------------------------------------------------------------------------------

    def _value(self, start: int, end: int, frame: _Frame, role: str) -> int:
        """Read what stands from here to the end of the line, or further if it is quoted, bracketed or a block."""
        start = end - len(self.content[start:end].lstrip(" \t"))
        if start == end or self.content[start] == "#":
            return self._next_line(end)
        if _BLOCK.match(self.content, start, end):
            return self._skip(self._next_line(end), frame.indent)
        if self.content[start] in "[{":
            return self._flow(start, frame)
        match = (_QUOTED if self.content[start] in "\"'" else _PLAIN).match(self.content, start)
        if match is None:
            return self._next_line(end)
        stop = (
            match.end() if self._is_closed(match) else min(match.end(), end)
        )  # a quote that is open ends with its line
        self._add(start, stop, frame.below, role, frame.home)
        return self._next_line(stop)

    def _is_closed(self, match: re.Match[str]) -> bool:
        quoted = match[0]
        return len(quoted) > 1 and quoted[0] in "\"'" and quoted[-1] == quoted[0]

    def _skip(self, at: int, indent: int) -> int:
        """Pass over the lines of a block of text."""
        while at < len(self.content):
            end = self._line_end(at)
            if self.content[at:end].strip() and self._indent(at, end) <= indent:
                break
            at = self._next_line(end)
        return at

    def _flow(self, at: int, frame: _Frame) -> int:
        """Read lists in brackets and mappings in braces; they end where they are closed, or where the next field begins."""
        inner: list[_Frame] = []
        outer = frame.below
        while at < len(self.content):
            char = self.content[at]
            if char in "[{":
                self.homes += 1
                inner.append(_Frame(-1, inner[-1].below if inner else outer, self.homes, listed=char == "["))
                at += 1
            elif char in "]}":
                inner.pop()
                at += 1
                if not inner:
                    return self._next_line(at)
            elif char == ",":
                inner[-1].key = None
                at += 1
            elif LINE_END.match(self.content, at):
                at = self._next_line(at)
                end = self._line_end(at)
                line = self.content[at:end].lstrip(" ")
                if line and line[0] not in "]}" and self._indent(at, end) <= frame.indent:
                    return at
            elif char in " \t":
                at += 1
            elif char == "#" and self.content[at - 1].isspace():
                at = self._line_end(at)
            else:
                at = self._flow_word(at, inner[-1])
        return at

    def _flow_word(self, at: int, frame: _Frame) -> int:
        """A key or value within brackets; what is none is passed over."""
        match = (_QUOTED if self.content[at] in "\"'" else _IN_FLOW).match(self.content, at)
        if match is None:
            return at + 1
        if match[0][0] in "\"'" and not self._is_closed(match):
            return self._line_end(at)
        colon = _COLON.match(self.content, match.end())
        is_key = frame.key is None and (colon is not None or not frame.listed)
        self._add(match.start(), match.end(), frame.below, KEY if is_key else VALUE, frame.home)
        if is_key and colon is not None:
            frame.key = _unquoted(match[0])
        return colon.end() if is_key and colon is not None else match.end()

    def _add(self, start: int, end: int, path: tuple[str, ...], role: str, home: int) -> None:
        text = _unquoted(self.content[start:end])
        self.found.append(Word(start, end, text, path, role, home, self.document))


def _unquoted(written: str) -> str:
    """A word without its quotes."""
    if written[:1] in {'"', "'"}:
        closed = len(written) > 1 and written[-1] == written[0]
        return written[1:-1] if closed else written[1:]
    return written
