"""Find the files of a debate and read their bytes; what cannot be read is a fault, never an exception.

Nothing outside the folder is read (symbolic links are not followed), no file is opened that is too large or not a regular one.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from kb.finding import NOWHERE, Fault, printable
from kb.reading.letters import MAX_BYTES, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUFFIXES = (".yaml", ".yml")
_MAX_FOLDERS = 12
"""Folders nested deeper than this hold no debate."""


Stamp = int
"""What the file system knows of a file, in one number: while it stays the same, so most likely does what the file holds."""


class Seen(NamedTuple):
    """A file that was not opened: its stamp, and when it was written last, in nanoseconds since 1970."""

    stamp: Stamp
    written: int


File = tuple[str, bytes | Fault]
"""A path relative to the project, with `/`, and its bytes or why there are none."""


def files(claims: Path) -> Iterator[File]:
    """Every YAML file below a folder, sorted by path."""
    prefix = f"{claims.absolute().parent}{os.sep}"
    for path, found in _entries_below(claims):
        yield path, found if isinstance(found, Fault) else read(prefix, path)


def paths(claims: Path) -> tuple[str, ...]:
    """The paths of all YAML files below a folder, sorted."""
    return tuple(path for path, _ in _entries_below(claims))


def seen(claims: Path) -> Iterator[tuple[str, Seen | Fault]]:
    """Every YAML file below a folder, sorted by path, with what tells whether it was written since: no file is opened."""
    for path, found in _entries_below(claims):
        try:
            yield path, found if isinstance(found, Fault) else _seen(found)
        except OSError as error:
            yield path, _unreadable(path, error)


def stamp(entry: os.DirEntry[str] | Path) -> Stamp:
    """What is known of a file without opening it: its size, when it was written and changed, its number."""
    status = entry.stat(follow_symlinks=False)
    known = status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
    return hash(known)  # of whole numbers the same in every run


def _seen(entry: os.DirEntry[str]) -> Seen:
    status = entry.stat(follow_symlinks=False)  # which the entry remembers
    return Seen(stamp(entry), max(status.st_mtime_ns, status.st_ctime_ns))


def read(prefix: str, path: str) -> bytes | Fault:
    """The bytes of one file, after a prefix that ends in a separator; why there are none is a fault."""
    try:
        with open(prefix + path, "rb", buffering=0) as handle:  # noqa: PTH123 - the hot path
            size = os.fstat(handle.fileno()).st_size
            if size > MAX_BYTES:
                return too_large(path, size)
            # asked for the most a file may have, it would set that much memory aside each time
            raw = handle.read(size + 1)
            return raw if len(raw) <= size else raw + handle.read(MAX_BYTES - size)  # it grew meanwhile
    except OSError as error:
        return _unreadable(path, error)


def _entries_below(claims: Path) -> list[tuple[str, os.DirEntry[str] | Fault]]:
    """Every YAML file below a folder, sorted by path."""
    return sorted(_walk(str(claims.absolute()), claims.name, 0), key=lambda found: found[0])


def _walk(folder: str, prefix: str, depth: int) -> Iterator[tuple[str, os.DirEntry[str] | Fault]]:
    """YAML files by their paths relative to the project, with a fault for what cannot be read."""
    try:
        with os.scandir(folder) as entries:
            listed = [entry for entry in entries if not entry.name.startswith(".")]
    except OSError as error:
        yield prefix, _unreadable(prefix, error)
        return
    for entry in listed:
        path = f"{prefix}/{entry.name}"
        if entry.is_symlink():
            if entry.name.endswith(SUFFIXES) or _leads_to_folder(entry):
                yield path, _unreadable(path, "symbolic links are not followed")
        elif entry.is_dir(follow_symlinks=False):
            if not entry.name.isprintable():
                yield path, _unreadable(path, "its name is no text")
            elif depth < _MAX_FOLDERS:
                yield from _walk(entry.path, path, depth + 1)
            else:
                yield path, _unreadable(path, f"folders are read {_MAX_FOLDERS} deep")
        elif entry.name.endswith(SUFFIXES):
            yield path, entry if entry.is_file(follow_symlinks=False) else _unreadable(path, "it is not a regular file")


def _leads_to_folder(link: os.DirEntry[str]) -> bool:
    """Whether a symbolic link leads to a folder; one that leads round in a circle leads nowhere."""
    try:
        return link.is_dir()
    except OSError:
        return True


def _unreadable(path: str, why: OSError | str) -> Fault:
    """Say that a file or folder was not read, and why."""
    reason = why if isinstance(why, str) else (why.strerror or "it cannot be read").lower()
    safe = printable(path)
    help_text = _HELP.get(reason, "")
    return Fault("unreadable-file", f"`{safe}` was not read: {reason}", safe, NOWHERE, help=help_text)


_HELP = {
    "symbolic links are not followed": "copy what is meant into the folder, or delete the link",
    "its name is no text": "call it by letters, digits and hyphens: it is the id of a topic",
    "permission denied": "make it readable, as in `chmod u+r`",
}
