"""Where remembered records stand: found by reading their file again, if anybody asks."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from typing import TYPE_CHECKING

from kb.finding import Fault
from kb.model import Node, Settings, Source, Term
from kb.reading.contents import contents
from kb.reading.files import read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kb.model import Record
    from kb.reading.contents import Filed
    from kb.reading.values import Value

_AT_HAND = 1_000
"""Files that were read again and are held for who asks next; rules ask one after the other."""


def digest(raw: bytes | Fault) -> str:
    """What tells contents apart; why there are none counts as such."""
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
    """A file whose records are remembered, and its bytes only by what tells them from others."""

    __slots__ = ("claims", "known", "path")

    def __init__(self, claims: Path, path: str, known: str) -> None:
        """Remember a file of the debate by the digest of its bytes."""
        self.claims = claims
        self.path = path
        self.known = known

    @property
    def records(self) -> Sequence[Filed]:
        """The records as the file holds them; none if it holds something else by now."""
        return _records(self)


@lru_cache(maxsize=_AT_HAND)
def _records(file: Remembered) -> Sequence[Filed]:
    raw = read(f"{file.claims.parent}{os.sep}", file.path)
    return contents(file.claims.name, file.path, raw).records if digest(raw) == file.known else ()


def look_up_later(records: Sequence[Filed], file: Remembered) -> None:
    """Let records that were read look their YAML up when asked for it, as if they had been remembered, and let go of it.

    They stay the same records to everybody who has them: where they stand is no part of what they say.
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
