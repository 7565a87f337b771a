"""Where remembered records stand in their files, which are read again if anybody asks."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING
from weakref import WeakSet

from kb.finding import Fault
from kb.model import Node, Settings, Source, Term
from kb.reading.contents import read_contents
from kb.reading.files import read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kb.model import Record
    from kb.reading.contents import Filed
    from kb.reading.values import Value


def digest(raw: bytes | Fault) -> str:
    """A digest of the content of a file; the reason why it could not be read counts as content."""
    return repr(raw) if isinstance(raw, Fault) else hashlib.blake2b(raw, digest_size=20).hexdigest()


def parts(record: Filed) -> tuple[Record, ...]:
    """The records inside a record, in an order that depends on nothing else."""
    if isinstance(record, Node):
        return (*record.relations, *record.premises)
    if isinstance(record, Source):
        return record.passages
    if isinstance(record, Term):
        return record.senses
    return (record.lint,) if isinstance(record, Settings) else ()


class Remembered:
    """A file whose records are remembered, and its bytes only by their digest."""

    __slots__ = ("__weakref__", "_records", "claims", "known", "path")

    def __init__(self, claims: Path, path: str, known: str) -> None:
        """Remember a file of the debate by the digest of its bytes."""
        self.claims = claims
        self.path = path
        self.known = known
        self._records: Sequence[Filed] | None = None

    @property
    def records(self) -> Sequence[Filed]:
        """The records, read again from the file and kept for the next question; none if the file has changed."""
        if self._records is None:
            raw = read(f"{self.claims.parent}{os.sep}", self.path)
            self._records = read_contents(self.claims.name, self.path, raw).records if digest(raw) == self.known else ()
            _held.add(self)
        return self._records

    def let_go(self) -> None:
        """Drop the records."""
        self._records = None


_held: WeakSet[Remembered] = WeakSet()
"""Files that were read again and keep their records."""


def let_go() -> None:
    """Drop all that was read again: nobody will ask any longer where something stands."""
    for file in list(_held):
        file.let_go()
    _held.clear()


def look_up_later(records: Sequence[Filed], file: Remembered) -> None:
    """Let go of the YAML of records that were read: they look it up when asked for it, as if they had been remembered.

    They stay equal to what they were: where records stand is no part of what they say.
    """
    for number, record in enumerate(records):
        for part, inside in enumerate((record, *parts(record))):
            object.__setattr__(inside, "origin", RememberedPlace(file, number, part))


class RememberedPlace:
    """A record of a remembered file by its number, or a part of it (from 1; 0 is the record itself)."""

    __slots__ = ("file", "part", "record")

    def __init__(self, file: Remembered, record: int, part: int) -> None:
        """Remember which record of a file this was."""
        self.file = file
        self.record = record
        self.part = part

    def look_up(self) -> Value | None:
        """The YAML it was read from; None if the file has changed since."""
        if not self.file.records:
            return None
        record = self.file.records[self.record]
        return parts(record)[self.part - 1].at if self.part else record.at
