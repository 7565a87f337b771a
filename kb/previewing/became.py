"""What became of records that are not where they were: the old page of a file that was renamed leads to its page now.

A new file with the bytes of one that is gone is taken for that file under another name. Whoever has a page open, or a link to it, is led on
through any number of such moves, as long as some file has the record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.previewing.whereabouts import pages_of
from kb.publishing import addresses

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.incremental.parts import Outlined
    from kb.previewing.whereabouts import Files

_TOPICS = addresses.topic("").partition("/")[0]
"""The folder of the pages of topics."""


class GoneRecord(NamedTuple):
    """What became of the record of a page: the file in which it stood, and the file and the page that have it now."""

    file: str
    now_in: str = ""
    """Empty if no file has it."""
    now_at: str = ""

    def former_id(self, page: str) -> str:
        """The id to be written as `formerly`, so that the old page leads on; empty if it cannot: pages in other folders, and topics."""
        folder, _, name = page.partition("/")
        return name.removesuffix(".html") if folder == self.now_at.partition("/")[0] != _TOPICS else ""


def gone_records(earlier: Mapping[str, GoneRecord], before: Files, now: Files) -> dict[str, GoneRecord]:
    """By the page that they had, what became of records that are gone: since `before`, or earlier and known from `earlier`."""
    moves = _Moves(before, now)
    followed = {page: moves.follow(record) for page, record in earlier.items()}
    recent = {page: moves.record_of(file) for file in moves.gone_files for page in pages_of(file.path, file)}
    return {page: record for page, record in (followed | recent).items() if page not in moves.path_by_page}


class _Moves:
    """Compares files as they were with files as they are."""

    def __init__(self, before: Files, now: Files) -> None:
        self._before = before
        self._now = now
        self.gone_files = _differing(before, now)
        new = _differing(now, before)
        outlines = {file.path: file if file.nodes else before.get(file.path) for file in new}
        self.path_by_page = {page: path for path, file in outlines.items() for page in pages_of(path, file)}
        """By page the new or changed file that has it; a file that cannot be read has the pages it had."""
        self._new = {file.digest: file.path for file in new if file.path not in before}

    def record_of(self, file: Outlined) -> GoneRecord:
        """What became of the record of a file that changed; if it was renamed and has a single page, that one takes the place of the old one."""
        renamed = "" if file.path in self._now else self._new.get(file.digest, "")
        pages, others = pages_of(file.path, file), pages_of(renamed, self._now[renamed]) if renamed else ()
        return GoneRecord(file.path, renamed, others[0] if len(pages) == len(others) == 1 else "")

    def follow(self, record: GoneRecord) -> GoneRecord:
        """What became of a record that had moved before, wherever it is by now."""
        file = self._before.get(record.now_in)
        if file is None or file not in self.gone_files:
            return record
        if record.now_at in self.path_by_page:
            return record._replace(now_in=self.path_by_page[record.now_at])
        return self.record_of(file)._replace(file=record.file)


def _differing(files: Files, others: Files) -> list[Outlined]:
    """The files that are missing among others, or differ there."""
    return [file for path, file in files.items() if path not in others or others[path].digest != file.digest]
