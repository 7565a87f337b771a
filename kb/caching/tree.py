"""The files of a debate: each is read once, and again only if it was written since."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, NamedTuple

from kb.caching.codec import pack_contents, unpack_contents
from kb.caching.outline import sketch
from kb.caching.places import Remembered, digest, look_up_later
from kb.caching.store import Kept
from kb.incremental.connections import Connections
from kb.reading.contents import read_contents
from kb.reading.files import Seen, read, seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kb.caching.outline import Sketch
    from kb.finding import Fault
    from kb.reading.contents import Contents
    from kb.reading.files import Stamp

_TICK = 2_000_000_000
"""The nanoseconds within which a file can be written twice with the same stamp, on the coarsest file systems in use."""


class Change(NamedTuple):
    """A file that says something else than before; None stands for a file that does not exist."""

    path: str
    before: Contents | None
    after: Contents | None


class File:
    """What is known of a file, whose content may still be packed."""

    __slots__ = ("_claims", "_sketch", "digest", "packed", "path", "row", "said", "stamp")

    def __init__(self, claims: Path, path: str) -> None:
        self._claims = claims
        self.path = path
        self._sketch: Sketch | None = None
        self.stamp: Stamp | None = None
        self.digest = ""
        self.said: Contents | None = None
        self.packed: str | None = None
        self.row: str | None = None

    @classmethod
    def remembered(cls, claims: Path, path: str, kept: Kept) -> File:
        """A file as the cache has it."""
        file = cls(claims, path)
        file.stamp, file.digest, file._sketch, file.packed, file.row = kept
        return file

    @property
    def sketch(self) -> Sketch:
        """The file in outline."""
        if self._sketch is None:
            self._sketch = sketch(self.unpack())
        return self._sketch

    def unpack(self) -> Contents:
        """What the file says."""
        if self.said is None:
            self.said = unpack_contents(json.loads(self.packed or ""), Remembered(self._claims, self.path, self.digest))
        return self.said

    def kept(self) -> Kept:
        """What the cache is to have of it."""
        packed = json.dumps(pack_contents(self.unpack())) if self.packed is None else self.packed
        return Kept(self.stamp, self.digest, self.sketch, packed, self.row)


class Tree:
    """The files of a debate as they were when last looked at, or as an editor holds them.

    A file whose stamp is the same as before is not opened, unless it was written so shortly before the last look that it may have been
    written again with the same stamp. Only a clock can tell; without one every look reads every file.
    """

    def __init__(self, claims: Path, kept: Mapping[str, Kept], clock: Callable[[], int] | None) -> None:
        """Begin with files as the cache has them; `clock` gives the nanoseconds since 1970."""
        self.claims = claims.absolute()
        self.held: dict[str, bytes] = {}
        self.settled = 0
        """How many files were opened because their stamps could not be trusted yet, and now can be."""
        self._clock = clock
        self._files = {path: File.remembered(self.claims, path, known) for path, known in kept.items()}
        self._connections: Connections | None = None

    def files(self) -> Sequence[File]:
        """The files as they now are, in the order of their paths."""
        return [self._files[path] for path in sorted(self._files)]

    def near(self, names: Iterable[str]) -> Sequence[File]:
        """The files of nodes connected with these names, and all files without nodes."""
        if self._connections is None:
            self._connections = Connections()
            for path, file in self._files.items():
                self._connections.put(path, file.sketch.names)
        found = self._connections.near(names)
        return [file for path, file in sorted(self._files.items()) if path in found or not file.sketch.nodes]

    def __len__(self) -> int:
        """The number of files."""
        return len(self._files)

    def kept(self) -> Iterator[tuple[str, Kept]]:
        """What the cache is to have of the files."""
        for path, file in sorted(self._files.items()):
            yield path, file.kept()

    # -- looking ---------------------------------------------------------------------------------------------------

    def hold(self, path: str, text: bytes) -> Iterator[Change]:
        """Take the text of a file from an editor."""
        self.held[path] = text
        yield from self._put(path, None, text)

    def look(self) -> Iterator[Change]:
        """See which files were written since the last look."""
        now = self._clock() if self._clock else 0
        prefix = f"{self.claims.parent}{os.sep}"
        gone = set(self._files)
        for path, found in seen(self.claims):
            gone.discard(path)
            if path in self.held:
                continue
            known = self._files.get(path)
            if not isinstance(found, Seen):
                yield from self._put(path, None, found)
            elif known is None or known.stamp != found.stamp:
                settled = found.written < now - _TICK
                yield from self._put(path, found.stamp if settled else None, read(prefix, path))
        for path in sorted(gone - self.held.keys()):
            self._connect(path, None)
            yield Change(path, self._files.pop(path).unpack(), None)

    def _put(self, path: str, stamp: Stamp | None, raw: bytes | Fault) -> Iterator[Change]:
        """Decode a file if it has changed."""
        old, known = self._files.get(path), digest(raw)
        if old is not None and old.digest == known:
            self.settled += stamp is not None
            old.stamp, old.row = stamp, None
            return
        file = self._files[path] = File(self.claims, path)
        file.stamp, file.digest = stamp, known
        file.said = read_contents(self.claims.name, path, raw)
        if path not in self.held:  # the YAML is half of all that is held, and can be read again
            look_up_later(file.said.records, Remembered(self.claims, path, known))
        self._connect(path, file)
        yield Change(path, None if old is None else old.unpack(), file.said)

    def _connect(self, path: str, file: File | None) -> None:
        """Note what a file names now, once anybody has asked what is connected."""
        if self._connections is not None:
            self._connections.put(path, file.sketch.names if file else ())
