"""What a build says of itself in the folder of a site: which names at the top of it and which files below them are its own.

A person may have put notes or a picture into a folder of the site, and nothing of a person's may be lost. What a file is called or what
stands in it does not tell who made it: pages can be somebody's own in every letter, and so can assets. So the marker names what the build
put there: at the top by name, so that people can read it, and below by a few letters that stand for the path, eight a file, since of a
large debate there are tens of thousands. It is asked only about files that the new site does not have, or has otherwise.

Builds of before did not say that. In their sites a file below is taken for theirs if it ends as what builds make does.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from typing import TYPE_CHECKING, NamedTuple

from kb.finding import in_a_line
from kb.publishing.links import is_safe

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_HEAD = "# Written by `kb build`, which replaces what is named here."
_BELOW = f"{_HEAD} Files below, by eight letters each: "
_LITTER = (".DS_Store", "Thumbs.db", "desktop.ini")
"""What systems leave in a folder as soon as somebody looks into it."""
_ENDS = (".html", ".json", ".xml", ".js", ".css", ".svg", ".png")
_BYTES, _LETTERS = 6, 8
"""Beside twenty thousand files, one other in ten thousand million is taken for any of them."""


class Put(NamedTuple):
    """What a build put into the folder of a site."""

    names: frozenset[str]
    """Files and folders at the top of it."""
    marks: frozenset[str] | None
    """What stands for the files in those folders; None if nobody said."""

    @property
    def text(self) -> str:
        """The same as a marker says it; older tools read the names alone."""
        head = _HEAD if self.marks is None else _BELOW + "".join(sorted(self.marks))
        return "\n".join([head, *sorted(self.names), ""])

    def holds(self, path: str) -> bool:
        """Whether the build put this file there."""
        name, below, _ = path.partition("/")
        if not below or name not in self.names:
            return name in self.names
        return path.endswith(_ENDS) and is_safe(path) if self.marks is None else _mark(path) in self.marks

    def covers(self, other: Put) -> bool:
        """Whether whatever the other build put there is named here."""
        return other.names <= self.names and (self.marks is None or (other.marks or frozenset()) <= self.marks)

    def along_with(self, other: Put) -> Put:
        """What two builds put there."""
        marks = None if self.marks is None or other.marks is None else self.marks | other.marks
        return Put(self.names | other.names, marks)


NOTHING = Put(frozenset(), frozenset())


def put(paths: Collection[str]) -> Put:
    """What a build of these files puts there."""
    marks = frozenset(_mark(path) for path in paths if "/" in path)
    return Put(frozenset(path.partition("/")[0] for path in paths), marks)


def said(text: str) -> Put:
    """What a marker says."""
    head, *names = text.splitlines() or [""]
    _, told, marks = head.partition(_BELOW)
    found = frozenset(marks[at : at + _LETTERS] for at in range(0, len(marks), _LETTERS))
    return Put(frozenset(names), found if told else None)


def complaint(foreign: Iterable[str]) -> str | None:
    """Why a site with files that no build put there is not written; None if there are none but what systems leave."""
    first, *others = sorted(path for path in foreign if path.rpartition("/")[2] not in _LITTER) or [""]
    more = f" and {len(others)} {'other' if len(others) == 1 else 'others'}" if others else ""
    return f"also holds `{in_a_line(first)}`{more}, which `kb build` did not put there" if first else None


def _mark(path: str) -> str:
    return b64encode(hashlib.blake2b(path.encode("utf-8", "replace"), digest_size=_BYTES).digest()).decode("ascii")
