"""The marker that a build leaves in the folder of a site: which names at the top of it and which files below them it put there.

Somebody may have put notes or a picture into the folder of a site, and nothing of theirs may be lost. Neither the name nor the content of
a file tells who made it, since a debate can have pages and assets of its own. So the marker names what the build put there: files and
folders at the top by name, so that people can read it, and every file by eight letters made of its path, since a large debate has tens of
thousands. It is only asked about files that the new site does not have, or has with other content. Files that systems leave in a folder
by themselves (`.DS_Store`, `Thumbs.db`) belong to nobody and are removed without a word.

Older markers do not name files, or not those at the top. In such a site everything under a name that the marker has is taken for the
build's, and a file in a folder if it has an ending of files that builds make, or is an asset, which can have any ending.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from typing import TYPE_CHECKING, NamedTuple

from kb.finding import in_a_line
from kb.output.links import is_safe

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

MARKER = ".kb-site"
"""The file in the folder of a site that names what a build put there and the next one may remove."""
_HEAD = "# Written by `kb build`, which replaces what is named here."
_FILES, _BELOW = f"{_HEAD} Files, by eight letters each: ", f"{_HEAD} Files below, by eight letters each: "
_LITTER = (".DS_Store", "Thumbs.db", "desktop.ini")
"""Files that systems leave in a folder as soon as somebody opens it."""
_ASSETS = "assets"
_ENDINGS = (".html", ".json", ".xml", ".js", ".css", ".svg", ".png")
_BYTES, _LETTERS = 6, 8
"""So many that, beside twenty thousand files, only one other in ten thousand million is taken for one of them."""


class Holdings(NamedTuple):
    """What builds put into the folder of a site."""

    names: frozenset[str]
    """The files and folders at its top."""
    marks: frozenset[str] | None
    """The letters for each file; None if the marker does not have them."""

    @property
    def text(self) -> str:
        """The text of a marker that says this; older releases of the tool read only the names."""
        head = _HEAD if self.marks is None else _FILES + "".join(sorted(self.marks))
        return "\n".join([head, *sorted(self.names), ""])

    def holds(self, path: str) -> bool:
        """Whether the build put this file there."""
        if self.marks is not None:
            return _mark(path) in self.marks
        name, _, below = path.partition("/")
        return name in self.names and (not below or (is_safe(path) and (name == _ASSETS or below.endswith(_ENDINGS))))

    def covers(self, other: Holdings) -> bool:
        """Whether all that the other holdings name is named here."""
        return other.names <= self.names and (self.marks is None or (other.marks or frozenset()) <= self.marks)

    def union(self, other: Holdings) -> Holdings:
        """What either of two builds put there."""
        marks = None if self.marks is None or other.marks is None else self.marks | other.marks
        return Holdings(self.names | other.names, marks)


NOTHING = Holdings(frozenset(), frozenset())


def holdings(paths: Collection[str]) -> Holdings:
    """The holdings of a build that writes these files."""
    return Holdings(frozenset(path.partition("/")[0] for path in paths), frozenset(map(_mark, paths)))


def parse_marker(text: str) -> Holdings:
    """The holdings that the text of a marker names."""
    head, *names = text.splitlines() or [""]
    prefix = next((prefix for prefix in (_FILES, _BELOW) if head.startswith(prefix)), None)
    if prefix is None:
        return Holdings(frozenset(names), None)
    marks = frozenset(head[start : start + _LETTERS] for start in range(len(prefix), len(head), _LETTERS))
    return Holdings(frozenset(names), marks if prefix == _FILES else marks.union(map(_mark, names)))


def complaint(foreign: Iterable[str]) -> tuple[str, str] | None:
    """Why no site is written over files that no build put there, and what helps; None if systems left all of these."""
    first, *others = sorted(path for path in foreign if path.rpartition("/")[2] not in _LITTER) or [""]
    if not first:
        return None
    more = f" and {len(others)} {'other' if len(others) == 1 else 'others'}" if others else ""
    why = f"also holds `{in_a_line(first)}`{more}, which `kb build` did not put there"
    return why, f"move {'them' if others else 'it'} away"


def _mark(path: str) -> str:
    return b64encode(hashlib.blake2b(path.encode("utf-8", "replace"), digest_size=_BYTES).digest()).decode("ascii")
