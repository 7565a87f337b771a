"""What the preview shows at one moment, and what each of its pages has to know of that."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from kb.finding import SEVERITIES, in_a_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.catalogue import Words
    from kb.previewing.became import Left
    from kb.previewing.notes import Note

MOST = 50
"""Notes that a page shows: its own, then the gravest."""
_ASSET = re.compile(rb' (?:href|src)="(?:\.\./)*(assets/[^"#?]+)"')
"""What a page loads: if that changes, the page looks different."""


@dataclass(frozen=True, slots=True)
class State:
    """What a reader is shown at one moment."""

    words: Words
    number: int = 0
    """Goes up with every look at the files."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """The last site that could be built, by path."""
    notes: tuple[Note, ...] = ()
    stale: bool = False
    """The files have errors, so that the site is the one from before them."""
    left: Mapping[str, Left] = field(default_factory=dict)
    """What became of records that are not where they were, by the page that they had."""

    def print_of(self, path: str) -> str:
        """Changes with a page and with what it loads; where there is none, with what became of it, and once there is a site."""
        if path not in self.files:
            told = self.became_of(path)
            return (_digest(told.encode()) if told else "") if self.files else "unbuilt"
        page = self.files[path]
        loaded = sorted({found.decode() for found in _ASSET.findall(page)})
        return _digest(page, *(self.files.get(asset, b"") for asset in loaded))

    def counts(self) -> str:
        """How much is wrong, in words; empty if nothing is."""
        found = [sum(note.severity == severity for note in self.notes) for severity in SEVERITIES]
        keys = ("preview.errors", "preview.warnings", "preview.infos")
        return ", ".join(self.words.say(key, n=n) for key, n in zip(keys, found, strict=True) if n)

    def told_to(self, path: str) -> str:
        """All that a page has to know, as JSON on one line."""
        say = self.words.say
        ranked = self.ranked(path)
        return json.dumps({
            "print": self.print_of(path),
            "stale": self.stale,
            "notes": [self._told(note, path) for note in ranked[:MOST]],
            "words": {
                "name": say("preview.name"),
                "counts": self.counts(),
                "stale": self.waits(),
                "left": self.became_of(path) if self.stale and not any(path in note.pages for note in ranked) else "",
                "more": say("preview.more", n=len(ranked) - MOST) if len(ranked) > MOST else "",
                "here": say("preview.here"),
                "ended": say("preview.ended"),
            },
        })  # fmt: skip

    def ranked(self, path: str) -> list[Note]:
        """What is wrong, as a page tells it: first its own, then the gravest."""
        return sorted(self.notes, key=lambda note: (path not in note.pages, SEVERITIES.index(note.severity)))

    def waits(self) -> str:
        """That nothing is shown of the files as they are, in a sentence: the site is the one from before, or there is none yet."""
        return self.words.say("preview.stale" if self.files else "preview.first") if self.stale else ""

    def became_of(self, path: str) -> str:
        """What became of the record of a page, in a sentence; empty where it is still where it was."""
        found = self.left.get(path)
        if found is None:
            return ""
        file, now, say = in_a_line(found.file), in_a_line(found.now_in), self.words.say
        told = say("preview.renamed", file=file, now=now) if now else say("preview.left", file=file)
        old = found.lasting(path)
        return f"{told} {say('preview.formerly', old=old)}" if old else told

    def _told(self, note: Note, path: str) -> dict[str, object]:
        """A note as it is told to a page: whether it belongs there, else to which page it does, once there are any."""
        told = note._asdict()
        pages: tuple[str, ...] = told.pop("pages")
        return {**told, "page": pages[0] if pages and self.files else "", "here": path in pages}


def _digest(*pieces: bytes) -> str:
    return sha256(b"\0".join(pieces)).hexdigest()[:16]
