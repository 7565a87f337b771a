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
    for found in words(marked):
        if found.start <= offset < found.end:
            return found._replace(end=found.end - 1, text=found.text.replace(_MARK, "", 1))
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

    def _end(self, at: int) -> int:
        """Where the line ends."""
        found = LINE_END.search(self.content, at)
        return found.start() if found else len(self.content)

    def _next(self, at: int) -> int:
        """Where the next line begins."""
        found = LINE_END.search(self.content, at)
        return found.end() if found else len(self.content)

    def _indent(self, at: int, end: int) -> int:
        line = self.content[at:end]
        return len(line) - len(line.lstrip(" "))

    def _line(self, at: int) -> int:
        """Read a line, and those that its value goes on in; returns where the next one begins."""
        end = self._end(at)
        if _DOCUMENT.fullmatch(self.content, at, end):
            self.frames.clear()
            self.document += 1
            return self._next(end)
        indent = self._indent(at, end)
        start = at + indent
        while start < end and self.content[start] != "#":
            column = start - at
            dash = _DASH.match(self.content, start, end)
            self._leave(column, listed=dash is not None)
            if dash is None:
                return self._entry(start, end, column)
            self._enter(column, listed=True)
            start = dash.end()
        return self._next(end)

    def _leave(self, column: int, *, listed: bool) -> None:
        """Close what lies deeper than a line that begins here."""
        while self.frames and (
            self.frames[-1].indent > column
            or (self.frames[-1].indent == column and self.frames[-1].listed and not listed)
        ):
            self.frames.pop()

    def _enter(self, column: int, *, listed: bool) -> _Frame:
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
            frame = self._enter(column, listed=False)
            frame.key = _said(key[1])
            self._add(key.start(1), key.end(1), frame.path, KEY, frame.home)
            return self._value(key.end(), end, frame, VALUE)
        top = self.frames[-1] if self.frames else None
        if top is None or (top.indent == column and not top.listed):
            frame = self._enter(column, listed=False)
            return self._value(start, end, _Frame(column, frame.path, frame.home, listed=False), KEY)
        return self._value(start, end, top, EITHER)

    # -- values ------------------------------------------------------------------------------------------------------

    def _value(self, start: int, end: int, frame: _Frame, role: str) -> int:
        """Read what stands from here to the end of the line, or further if it is quoted, bracketed or a block."""
        start = end - len(self.content[start:end].lstrip(" \t"))
        if start == end or self.content[start] == "#":
            return self._next(end)
        if _BLOCK.match(self.content, start, end):
            return self._skip(self._next(end), frame.indent)
        if self.content[start] in "[{":
            return self._flow(start, frame)
        found = (_QUOTED if self.content[start] in "\"'" else _PLAIN).match(self.content, start)
        if found is None:
            return self._next(end)
        stop = found.end() if self._closed(found) else min(found.end(), end)  # a quote that is open ends with its line
        self._add(start, stop, frame.below, role, frame.home)
        return self._next(stop)

    def _closed(self, match: re.Match[str]) -> bool:
        quoted = match[0]
        return len(quoted) > 1 and quoted[0] in "\"'" and quoted[-1] == quoted[0]

    def _skip(self, at: int, indent: int) -> int:
        """Pass over the lines of a block of text."""
        while at < len(self.content):
            end = self._end(at)
            if self.content[at:end].strip() and self._indent(at, end) <= indent:
                break
            at = self._next(end)
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
                    return self._next(at)
            elif char == ",":
                inner[-1].key = None
                at += 1
            elif LINE_END.match(self.content, at):
                at = self._next(at)
                end = self._end(at)
                line = self.content[at:end].lstrip(" ")
                if line and line[0] not in "]}" and self._indent(at, end) <= frame.indent:
                    return at
            elif char in " \t":
                at += 1
            elif char == "#" and self.content[at - 1].isspace():
                at = self._end(at)
            else:
                at = self._flow_word(at, inner[-1])
        return at

    def _flow_word(self, at: int, frame: _Frame) -> int:
        """A key or value within brackets; what is none is passed over."""
        found = (_QUOTED if self.content[at] in "\"'" else _IN_FLOW).match(self.content, at)
        if found is None:
            return at + 1
        if found[0][0] in "\"'" and not self._closed(found):
            return self._end(at)
        colon = _COLON.match(self.content, found.end())
        is_key = frame.key is None and (colon is not None or not frame.listed)
        self._add(found.start(), found.end(), frame.below, KEY if is_key else VALUE, frame.home)
        if is_key and colon is not None:
            frame.key = _said(found[0])
        return colon.end() if is_key and colon is not None else found.end()

    def _add(self, start: int, end: int, path: tuple[str, ...], role: str, home: int) -> None:
        text = _said(self.content[start:end])
        self.found.append(Word(start, end, text, path, role, home, self.document))


def _said(written: str) -> str:
    """A word without its quotes."""
    if written[:1] in {'"', "'"}:
        closed = len(written) > 1 and written[-1] == written[0]
        return written[1:-1] if closed else written[1:]
    return written
