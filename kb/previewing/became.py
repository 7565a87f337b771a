"""What became of records that are not where they were: of a file that was renamed, the page it had leads to the one it has now.

A file that is new and has the bytes of one that is gone is that file under another name. Who had a page open, or a link to it, is led on
through any number of such moves, for as long as the record is in some file.
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


class Left(NamedTuple):
    """What became of the record that a page was about: the file in which it stood, and the file and the page that say the same now."""

    file: str
    now_in: str = ""
    """Empty if no file does."""
    now_at: str = ""

    def lasting(self, page: str) -> str:
        """The id that the record had on a page, if `formerly` makes that page lead on: it does so within a folder, but topics have no former ids."""
        folder, _, name = page.partition("/")
        return name.removesuffix(".html") if folder == self.now_at.partition("/")[0] != _TOPICS else ""


def left(earlier: Mapping[str, Left], before: Files, now: Files) -> dict[str, Left]:
    """What became of records, by the page that they had: of those that went since files were as before, and of those that had gone earlier."""
    moves = _Moves(before, now)
    followed = {page: moves.followed(found) for page, found in earlier.items()}
    lately = {page: moves.of(file) for file in moves.gone for page in pages_of(file.path, file)}
    return {page: found for page, found in (followed | lately).items() if page not in moves.there}


class _Moves:
    """Files as they were and as they are."""

    def __init__(self, before: Files, now: Files) -> None:
        self._before = before
        self._now = now
        self.gone = _unlike(before, now)
        come = _unlike(now, before)
        read = {file.path: file if file.nodes else before.get(file.path) for file in come}
        self.there = {page: path for path, file in read.items() for page in pages_of(path, file)}
        """The pages of files that are new or others than before, each with its file; one that cannot be read has those it had."""
        self._new = {file.digest: file.path for file in come if file.path not in before}

    def of(self, file: Outlined) -> Left:
        """What became of the record of a file that changed; if the file was renamed, its one page takes the place of the one it had."""
        renamed = "" if file.path in self._now else self._new.get(file.digest, "")
        pages, others = pages_of(file.path, file), pages_of(renamed, self._now[renamed]) if renamed else ()
        return Left(file.path, renamed, others[0] if len(pages) == len(others) == 1 else "")

    def followed(self, found: Left) -> Left:
        """The same of a record that had moved before, wherever it is by now."""
        last = self._before.get(found.now_in)
        if last is None or last not in self.gone:
            return found
        if found.now_at in self.there:
            return found._replace(now_in=self.there[found.now_at])
        return self.of(last)._replace(file=found.file)


def _unlike(files: Files, others: Files) -> list[Outlined]:
    """The files that are not the same among others."""
    return [file for path, file in files.items() if path not in others or others[path].digest != file.digest]
