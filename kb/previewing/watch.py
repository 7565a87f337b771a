"""Notices when files are saved: the system tells it through `watchfiles`; if that is not installed, it looks every half second."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from threading import Event

Stamps = dict[str, tuple[int, int]]
INTERVAL = 0.5
"""The seconds from one look to the next."""


def has_watchfiles() -> bool:
    """Whether `watchfiles` is installed, so that the system tells."""
    try:
        import watchfiles  # noqa: F401, PLC0415 - asked for, not used
    except ModuleNotFoundError:
        return False
    return True


def saves(folders: Sequence[Path], ended: Event) -> Iterator[None]:
    """Yields whenever something in these folders was saved, moved or removed, from the call on until `ended` is set.

    A folder need not exist yet.
    """
    before = _stamps(folders)
    return _watched_saves(folders, ended, before) if has_watchfiles() else _polled_saves(folders, ended, before)


def _watched_saves(folders: Sequence[Path], ended: Event, before: Stamps) -> Iterator[None]:
    from watchfiles import watch  # noqa: PLC0415 - an extra

    while not ended.is_set():
        existing = _existing_folders(folders)
        listening = False
        with suppress(FileNotFoundError):  # a folder vanished just now
            for changes in watch(*existing, step=20, rust_timeout=1000, yield_on_timeout=True, stop_event=ended):
                missed = not listening and _stamps(folders) != before  # something changed before the watching began
                listening = True
                gone = not {Path(path) for _, path in changes}.isdisjoint(existing)  # a new one may get the same inode
                moved = gone or _existing_folders(folders) != existing
                before = _stamps(folders) if moved else before
                if changes or missed or moved:
                    yield None
                if moved:
                    break


def _existing_folders(folders: Sequence[Path]) -> dict[Path, tuple[int, int]]:
    """The folders that exist, with what tells one from another that took its place."""
    identities = {}
    for folder in folders:
        with suppress(FileNotFoundError, NotADirectoryError):
            status = folder.stat()
            if stat.S_ISDIR(status.st_mode):
                identities[folder] = status.st_dev, status.st_ino
    return identities


def _polled_saves(folders: Sequence[Path], ended: Event, before: Stamps) -> Iterator[None]:
    while not ended.wait(INTERVAL):
        now = _stamps(folders)
        if now != before:
            yield None
        before = now


def _stamps(folders: Sequence[Path]) -> Stamps:
    """The size and the time of change of every file."""
    stamps: Stamps = {}
    for folder in folders:
        for inside, _, names in os.walk(folder):
            for name in names:
                path = os.path.join(inside, name)  # noqa: PTH118 - ten thousand files, twice a second
                try:
                    status = os.lstat(path)
                except OSError:  # the file vanished meanwhile
                    continue
                stamps[path] = status.st_size, status.st_mtime_ns
    return stamps
