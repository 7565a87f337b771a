"""What can be wrong, and where: spans, faults, findings and the one exception of the package."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple


class KbError(Exception):
    """The tool was used in a way that cannot work; the message is one line for the person at the terminal."""

    exit_code = 2


def printable(text: str) -> str:
    """Text on one line that any terminal can show: whatever is no letter, sign or space becomes a question mark in a box."""
    if text.isascii() and text.isprintable():
        return text
    decoded = text.encode("utf-8", "replace").decode()
    return "".join(char if char.isprintable() else " " if char.isspace() else "\ufffd" for char in decoded)


_LONG_WORD = re.compile(r"`([^`]{80})[^`]{20,}`")


def in_a_line(text: str) -> str:
    """A message as it is shown: printable, and with what it quotes cut to a length that can be read."""
    text = printable(text)
    return _LONG_WORD.sub(r"`\1…`", text) if len(text) > 100 else text


class Span(NamedTuple):
    """A stretch of a file: 1-based lines and columns (code points), the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Place(NamedTuple):
    """A stretch of a named file; `file` is relative to the project and uses `/`."""

    file: str
    span: Span


NOWHERE = Span(1, 1, 1, 1)
"""The top of a file, where nothing better is known."""

SEVERITIES = ("error", "warning", "info")
"""From what must be mended to what an editor may like to know."""

Related = tuple[str, Span, str]
"""Another place that matters: file, span, and what is there."""


class Edit(NamedTuple):
    """Text that takes the place of a stretch of a file (an empty stretch: text to insert there)."""

    place: Place
    text: str


class Fix(NamedTuple):
    """How a finding can be mended by the tool: what that does, the edits, and whether it can change what is said."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool = True
    """A safe fix changes no meaning and has one candidate; any other needs the editor's word."""


Remedy = Callable[[str], Fix | None]
"""Works out a fix from the text of the file (without byte order mark) that the finding stands in, or finds that there is none."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at a place, as reader, decoder or rule report it; the linter adds the severity."""

    rule: str
    message: str
    file: str
    span: Span
    help: str = ""
    node: str | None = None
    related: tuple[Related, ...] = field(default=())
    fix: Fix | None = None
    remedy: Remedy | None = None
    """As that of a problem; once its file is read, the fix takes its place."""


class Problem(NamedTuple):
    """What a rule yields: where, what was found and what would be right. The linter stamps name and severity."""

    place: Place
    message: str
    help: str = ""
    node: str | None = None
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    remedy: Remedy | None = None
    """Stands in for a fix that depends on how the file is laid out; it edits the file of `place`."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A fault as people and machines see it; ordered by place, then rule."""

    file: str
    span: Span
    rule: str
    message: str
    severity: str = "error"
    help: str = ""
    node: str | None = field(default=None, compare=False)
    related: tuple[Related, ...] = field(default=(), compare=False)
    fix: Fix | None = field(default=None, compare=False)
