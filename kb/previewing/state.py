"""What the preview shows at one moment, and what each of its pages has to know of that."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from kb.finding import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.catalogue import Words
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

    def print_of(self, path: str) -> str:
        """Changes with a page and with what it loads; empty where there is no such page."""
        if path not in self.files:
            return ""
        page = self.files[path]
        loaded = sorted({found.decode() for found in _ASSET.findall(page)})
        return sha256(b"\0".join([page, *(self.files.get(asset, b"") for asset in loaded)])).hexdigest()[:16]

    def counts(self) -> str:
        """How much is wrong, in words; empty if nothing is."""
        found = [sum(note.severity == severity for note in self.notes) for severity in SEVERITIES]
        keys = ("preview.errors", "preview.warnings", "preview.infos")
        return ", ".join(self.words.say(key, n=n) for key, n in zip(keys, found, strict=True) if n)

    def told_to(self, path: str) -> str:
        """All that a page has to know, as JSON on one line."""
        say = self.words.say
        ranked = sorted(self.notes, key=lambda note: (note.page != path, SEVERITIES.index(note.severity)))
        return json.dumps({
            "print": self.print_of(path),
            "stale": self.stale,
            "notes": [{**note._asdict(), "here": note.page == path} for note in ranked[:MOST]],
            "words": {
                "name": say("preview.name"),
                "counts": self.counts(),
                "stale": say("preview.stale") if self.stale else "",
                "more": say("preview.more", n=len(ranked) - MOST) if len(ranked) > MOST else "",
                "here": say("preview.here"),
                "ended": say("preview.ended"),
            },
        })  # fmt: skip
