"""What a build says of itself in the folder of a site: which names at the top of it and which files below them are its own.

A person may have put notes or a picture into a folder of the site, and nothing of a person's may be lost. What a file is called or what
stands in it does not tell who made it: pages can be somebody's own in every letter, and so can assets. So the marker names what the build
put there: what is at the top by name, so that people can read it, and every file by a few letters that stand for its path, eight a file,
since of a large debate there are tens of thousands. It is asked only about files that the new site does not have, or has otherwise.
What systems leave by themselves in a folder that somebody looks into (`.DS_Store`, `Thumbs.db`) is nobody's, and goes without a word.

Builds of before did not say that, or not of the files at the top. In their sites whatever has a name of theirs at the top is taken for
theirs, and a file below if it ends as what builds make does, or is an asset, which ends as its editors like.
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
_FILES, _BELOW = f"{_HEAD} Files, by eight letters each: ", f"{_HEAD} Files below, by eight letters each: "
_LITTER = (".DS_Store", "Thumbs.db", "desktop.ini")
"""What systems leave in a folder as soon as somebody looks into it."""
_ASSETS = "assets"
_ENDS = (".html", ".json", ".xml", ".js", ".css", ".svg", ".png")
_BYTES, _LETTERS = 6, 8
"""Beside twenty thousand files, one other in ten thousand million is taken for any of them."""


class Holdings(NamedTuple):
    """What a build put into the folder of a site."""

    names: frozenset[str]
    """Files and folders at the top of it."""
    marks: frozenset[str] | None
    """What stands for each of the files; None if nobody said."""

    @property
    def text(self) -> str:
        """The same as a marker says it; older tools read the names alone."""
        head = _HEAD if self.marks is None else _FILES + "".join(sorted(self.marks))
        return "\n".join([head, *sorted(self.names), ""])

    def holds(self, path: str) -> bool:
        """Whether the build put this file there."""
        if self.marks is not None:
            return _mark(path) in self.marks
        name, _, below = path.partition("/")
        return name in self.names and (not below or (is_safe(path) and (name == _ASSETS or below.endswith(_ENDS))))

    def covers(self, other: Holdings) -> bool:
        """Whether whatever the other build put there is named here."""
        return other.names <= self.names and (self.marks is None or (other.marks or frozenset()) <= self.marks)

    def along_with(self, other: Holdings) -> Holdings:
        """What two builds put there."""
        marks = None if self.marks is None or other.marks is None else self.marks | other.marks
        return Holdings(self.names | other.names, marks)


NOTHING = Holdings(frozenset(), frozenset())


def holdings(paths: Collection[str]) -> Holdings:
    """What a build of these files puts there."""
    return Holdings(frozenset(path.partition("/")[0] for path in paths), frozenset(map(_mark, paths)))


def said(text: str) -> Holdings:
    """What a marker says."""
    head, *names = text.splitlines() or [""]
    begin = next((begin for begin in (_FILES, _BELOW) if head.startswith(begin)), None)
    if begin is None:
        return Holdings(frozenset(names), None)
    marks = frozenset(head[at : at + _LETTERS] for at in range(len(begin), len(head), _LETTERS))
    return Holdings(frozenset(names), marks if begin == _FILES else marks.union(map(_mark, names)))


def complaint(foreign: Iterable[str]) -> tuple[str, str] | None:
    """Why a site with files that no build put there is not written, and what helps; None if there are none but what systems leave."""
    first, *others = sorted(path for path in foreign if path.rpartition("/")[2] not in _LITTER) or [""]
    if not first:
        return None
    more = f" and {len(others)} {'other' if len(others) == 1 else 'others'}" if others else ""
    why = f"also holds `{in_a_line(first)}`{more}, which `kb build` did not put there"
    return why, f"move {'them' if others else 'it'} away"


def _mark(path: str) -> str:
    return b64encode(hashlib.blake2b(path.encode("utf-8", "replace"), digest_size=_BYTES).digest()).decode("ascii")
