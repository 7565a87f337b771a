"""The folder of a site: it stays as it was until all of a new site is there, and no other folder is touched.

Files are written into a folder beside it and moved by renaming: a new site as a whole, of a site that is there only the files that differ.
A marker that every build leaves says what may be replaced (see `kb.output.ownership`): a file that no build put there is neither removed
nor written over, and no site is written until somebody has moved it away.
"""

from __future__ import annotations

import filecmp
import os
import posixpath
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kb.finding import KbError
from kb.output import marker
from kb.output.lock import Lock
from kb.output.marker import MARKER, NOTHING
from kb.output.ownership import read_marker, refuse_foreign
from kb.reading.files import stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kb.output.links import Piece
    from kb.output.marker import Holdings
    from kb.reading.files import Stamp

_NOT_KNOWN: Mapping[str, Stamp] = {}
_IGNORE = ".gitignore"
"""Written into the folder of a build, so that nobody commits what a killed build left."""


@contextmanager
def staged(target: Path, remembered: Mapping[str, Stamp] = _NOT_KNOWN) -> Iterator[Stage]:
    """Collect what a build makes, and put it in place if the build comes to its end; if not, the folder stays as it was.

    `remembered` has the files of the site that was built there last, if that is known. Raises `KbError` for what the system refuses.
    """
    new_parents = [parent for parent in reversed(target.parents) if not parent.exists()]
    try:
        stage = Stage(target, remembered)
        try:
            stage.open()
            yield stage
            stage.settle()
        except BaseException:
            stage.clear()
            with suppress(OSError):  # another build may be at work there
                for parent in reversed(new_parents):
                    parent.rmdir()
            raise
        finally:
            stage.release()
    except OSError as error:
        message = f"the site was not written to {target}: {error.strerror or error}"
        raise KbError(message) from error


def files_in(folder: Path) -> dict[str, Stamp] | None:
    """The files of a folder by path, with `/`; None if there is no such folder, or it holds links or other things that no build makes.

    An empty folder, which no build makes either, is listed with a `/` at its end.
    """
    found, has_only_files = _scan(folder)
    return found if has_only_files else None


def _scan(folder: Path) -> tuple[dict[str, Stamp], bool]:
    """The files of a folder, and whether there is nothing else in it."""
    found: dict[str, Stamp] = {}
    has_only_files = True
    waiting = [(str(folder), "")]
    for name, prefix in waiting:
        try:
            with os.scandir(name) as entries:
                for entry in entries:
                    found.pop(prefix, None)
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((entry.path, f"{prefix}{entry.name}/"))
                        found[f"{prefix}{entry.name}/"] = stamp(entry)
                    elif entry.is_file(follow_symlinks=False):
                        found[prefix + entry.name] = stamp(entry)
                    else:
                        has_only_files = False
        except FileNotFoundError:
            has_only_files = False
    return found, has_only_files


class Stage:
    """A folder beside that of the site, which takes in all that is new: the site is not touched before all of it is there."""

    def __init__(self, target: Path, remembered: Mapping[str, Stamp]) -> None:
        self.target = target
        self.remembered = remembered
        self.before: Mapping[str, Stamp] = {}
        """The files of the site before, each with a stamp that an edit would change; none if the folder will be replaced as a whole."""
        self.written: list[str] = []
        """Files that differ from those before."""
        self._paths: set[str] = set()
        self._files_there: Mapping[str, Stamp] = {}
        self._new_folder, self._old_folder = (target.with_name(f".{target.name}.kb-{word}") for word in ("new", "old"))
        self._folders: set[str] = set()
        self._lock = Lock(self._new_folder)

    def open(self) -> None:
        """Make an empty folder beside the site, without what an interrupted build left; `KbError` if another build is writing there."""
        if self._new_folder.is_symlink():
            self._new_folder.unlink()
        self._new_folder.mkdir(parents=True, exist_ok=True)
        if not self._lock.take():
            message = f"another build is writing {self.target}; wait until it is done"
            raise KbError(message)
        self._files_there, has_only_files = _scan(self.target)
        self.before = self._files_there if has_only_files else {}
        for leftover in self._new_folder.iterdir():
            _remove(leftover)
        _write(str(self._new_folder / _IGNORE), b"*\n")

    def put(self, path: str, content: str | bytes) -> None:
        """Take in a file of the site; it is written if it differs from the one before."""
        raw = content if isinstance(content, bytes) else content.encode()
        self._paths.add(path)
        if not self._holds(path, raw):
            self.written.append(path)
            _write(self._staging_path(path), raw)

    def pour(self, path: str, pieces: Iterable[Piece]) -> None:
        """Take in a file that is too large for memory: it is always written, and removed again if it is the same as before."""
        self._paths.add(path)
        staged_file, before = Path(self._staging_path(path)), self.before.get(path)
        with staged_file.open("xb") as file:
            file.writelines(pieces)
        if before is not None and filecmp.cmp(staged_file, self.target / path, shallow=False):
            staged_file.unlink()
        else:
            self.written.append(path)

    def read(self, path: str) -> bytes:
        """A file of the site before."""
        return (self.target / path).read_bytes()

    def keep(self, paths: Iterable[str]) -> None:
        """Let files of the site before stay."""
        self._paths.update(paths)

    def settle(self) -> None:
        """Put what is new in place, and remove what the new site does not have."""
        kept = self._paths.difference(self.written) | self.remembered.keys() | {MARKER}
        surplus = [path for path in self._files_there.keys() - kept if not path.endswith("/")]
        has_same_files = self.remembered.keys() == self._paths | {MARKER}
        is_marker_true = has_same_files and self.remembered[MARKER] == self.before.get(MARKER)
        last = NOTHING if is_marker_true and not surplus else read_marker(self.target)
        refuse_foreign(self.target, (path for path in surplus if not last.holds(path)))
        if is_marker_true:
            self.keep([MARKER])
        else:
            self._write_marker(last)
        (self._merge if self.before else self._swap)()
        self.clear()

    def _write_marker(self, last: Holdings) -> None:
        """Write the marker of the new site; until all is in place one that names the old files, too, so that a killed build leaves none unnamed."""
        now = marker.holdings(self._paths)
        self.put(MARKER, now.text)
        if self.before and not last.covers(now):
            both = self._new_folder / f"{MARKER}-both"
            _write(str(both), last.union(now).text.encode())
            both.replace(self.target / MARKER)

    def clear(self) -> None:
        """Remove the folder beside the site, unless it is that of another build."""
        if self._lock.holds():
            _remove(self._new_folder)

    def release(self) -> None:
        """Let other builds write there."""
        self._lock.release()

    @property
    def removed(self) -> tuple[str, ...]:
        """Files of the site before that are gone."""
        return tuple(sorted(path for path in self.before.keys() - self._paths if not path.endswith("/")))

    def stamps(self) -> dict[str, Stamp]:
        """The files of the site once it is in place, each with a stamp that an edit would change."""
        if not self.before:
            return files_in(self.target) or {}
        found = dict(self.before)
        for path in found.keys() - self._paths:
            del found[path]
        found.update({path: stamp(self.target / path) for path in (*self.written, MARKER)})
        return found

    def _holds(self, path: str, raw: bytes) -> bool:
        """Whether the site before has a file with just this content."""
        if path not in self.before:
            return False
        file = self.target / path
        return file.stat().st_size == len(raw) and file.read_bytes() == raw

    def _staging_path(self, path: str) -> str:
        """Where a file is written at first; makes its folder."""
        folder = posixpath.dirname(path)
        if folder not in self._folders:
            (self._new_folder / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        return f"{self._new_folder}{os.sep}{path}"

    def _merge(self) -> None:
        """Move file by file, the new marker last: whoever reads a page meanwhile sees the old one or the new one."""
        for path in self.removed:
            (self.target / path).unlink()
        for folder, _, _ in os.walk(self.target, topdown=False) if self.before.keys() - self._paths else ():
            with suppress(OSError):  # folders that still hold something stay
                Path(folder).rmdir()
        for folder in sorted({posixpath.dirname(path) for path in self.written}):
            (self.target / folder).mkdir(parents=True, exist_ok=True)
        for path in self.written:
            (self._new_folder / path).replace(self.target / path)

    def _swap(self) -> None:
        """Move the whole folder; if that fails, what was there before comes back."""
        (self._new_folder / _IGNORE).unlink()
        _remove(self._old_folder)
        if not self.target.exists():
            self._new_folder.rename(self.target)
            return
        self.target.rename(self._old_folder)
        try:
            self._new_folder.rename(self.target)
        except OSError:
            self._old_folder.rename(self.target)
            raise
        _remove(self._old_folder)


def _write(file: str, raw: bytes) -> None:
    """Write a new file with as few calls of the system as possible."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        while raw:
            raw = raw[os.write(handle, raw) :]
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
