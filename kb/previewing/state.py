"""What the preview shows at one moment, and what it tells each of its pages about that."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from kb.finding import SEVERITIES, in_a_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.catalogue import Catalogue
    from kb.previewing.became import GoneRecord
    from kb.previewing.notes import Note

MOST = 50
"""The most notes that a page shows: its own first, then the gravest."""
_ASSET = re.compile(rb' (?:href|src)="(?:\.\./)*(assets/[^"#?]+)"')
"""Files that a page loads: if one changes, the page looks different."""


@dataclass(frozen=True, slots=True)
class State:
    """What readers are shown at one moment."""

    catalogue: Catalogue
    number: int = 0
    """Rises with every look at the files."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """The last site that could be built, by path."""
    notes: tuple[Note, ...] = ()
    stale: bool = False
    """Whether the files have errors, so that the site is the one from before them."""
    gone: Mapping[str, GoneRecord] = field(default_factory=dict)
    """By the page that they had, what became of records that are not where they were."""

    def fingerprint(self, path: str) -> str:
        """A digest that changes with a page and the files it loads; without such a page, with what became of it and once there is a site."""
        if path not in self.files:
            sentence = self.gone_sentence(path)
            return (_digest(sentence.encode()) if sentence else "") if self.files else "unbuilt"
        page = self.files[path]
        loaded = sorted({found.decode() for found in _ASSET.findall(page)})
        return _digest(page, *(self.files.get(asset, b"") for asset in loaded))

    def count_words(self) -> str:
        """How much is wrong, in words; empty if nothing is."""
        counts = [sum(note.severity == severity for note in self.notes) for severity in SEVERITIES]
        keys = ("preview.errors", "preview.warnings", "preview.infos")
        return ", ".join(self.catalogue.say(key, n=n) for key, n in zip(keys, counts, strict=True) if n)

    def page_message(self, path: str) -> str:
        """All that a page has to know, as JSON in one line."""
        say = self.catalogue.say
        notes = self.ranked_notes(path)
        return json.dumps({
            "print": self.fingerprint(path),
            "stale": self.stale,
            "notes": [self._note_row(note, path) for note in notes[:MOST]],
            "words": {
                "name": say("preview.name"),
                "counts": self.count_words(),
                "stale": self.stale_sentence(),
                "left": self.gone_sentence(path) if self.stale and not any(path in note.pages for note in notes) else "",
                "more": say("preview.more", n=len(notes) - MOST) if len(notes) > MOST else "",
                "here": say("preview.here"),
                "ended": say("preview.ended"),
            },
        })  # fmt: skip

    def ranked_notes(self, path: str) -> list[Note]:
        """The notes in the order in which a page shows them: its own first, then the gravest."""
        return sorted(self.notes, key=lambda note: (path not in note.pages, SEVERITIES.index(note.severity)))

    def stale_sentence(self) -> str:
        """A sentence saying that the files as they are cannot be shown: the site is the one from before, or there is none yet."""
        return self.catalogue.say("preview.stale" if self.files else "preview.first") if self.stale else ""

    def gone_sentence(self, path: str) -> str:
        """What became of the record of a page, in a sentence; empty if it is where it was."""
        record = self.gone.get(path)
        if record is None:
            return ""
        file, now, say = in_a_line(record.file), in_a_line(record.now_in), self.catalogue.say
        sentence = say("preview.renamed", file=file, now=now) if now else say("preview.left", file=file)
        old = record.former_id(path)
        return f"{sentence} {say('preview.formerly', old=old)}" if old else sentence

    def _note_row(self, note: Note, path: str) -> dict[str, object]:
        """A note as a page gets it: whether it belongs to this page, and the page to which it belongs, if there is a site."""
        row = note._asdict()
        pages: tuple[str, ...] = row.pop("pages")
        return {**row, "page": pages[0] if pages and self.files else "", "here": path in pages}


def _digest(*pieces: bytes) -> str:
    return sha256(b"\0".join(pieces)).hexdigest()[:16]
