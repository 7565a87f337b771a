"""When files are saved: told by the system, through `watchfiles`, or where that is not installed by looking every half second."""

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
"""Seconds from one look to the next."""


def is_told() -> bool:
    """Whether the system tells, so that nobody has to look."""
    try:
        import watchfiles  # noqa: F401, PLC0415 - asked for, not used
    except ModuleNotFoundError:
        return False
    return True


def saves(folders: Sequence[Path], ended: Event) -> Iterator[None]:
    """Whenever something in these folders was saved, moved or removed since this was called, until it is ended.

    A folder may come into being later.
    """
    before = _stamps(folders)
    return _told(folders, ended, before) if is_told() else _looked_for(folders, ended, before)


def _told(folders: Sequence[Path], ended: Event, before: Stamps) -> Iterator[None]:
    from watchfiles import watch  # noqa: PLC0415 - an extra

    while not ended.is_set():
        there = _there(folders)
        listening = False
        with suppress(FileNotFoundError):  # a folder that went away just now
            for changes in watch(*there, step=20, rust_timeout=1000, yield_on_timeout=True, stop_event=ended):
                missed = not listening and _stamps(folders) != before  # while nobody was listening yet
                listening = True
                gone = not {Path(path) for _, path in changes}.isdisjoint(there)  # the next may get the same number
                moved = gone or _there(folders) != there
                before = _stamps(folders) if moved else before
                if changes or missed or moved:
                    yield None
                if moved:
                    break


def _there(folders: Sequence[Path]) -> dict[Path, tuple[int, int]]:
    """The folders that are there; one that took the place of another is not the same."""
    found = {}
    for folder in folders:
        with suppress(FileNotFoundError, NotADirectoryError):
            known = folder.stat()
            if stat.S_ISDIR(known.st_mode):
                found[folder] = known.st_dev, known.st_ino
    return found


def _looked_for(folders: Sequence[Path], ended: Event, before: Stamps) -> Iterator[None]:
    while not ended.wait(INTERVAL):
        now = _stamps(folders)
        if now != before:
            yield None
        before = now


def _stamps(folders: Sequence[Path]) -> Stamps:
    """The size and the time of every file."""
    found: Stamps = {}
    for folder in folders:
        for inside, _, names in os.walk(folder):
            for name in names:
                path = os.path.join(inside, name)  # noqa: PTH118 - ten thousand files, twice a second
                try:
                    known = os.lstat(path)
                except OSError:  # gone in between
                    continue
                found[path] = known.st_size, known.st_mtime_ns
    return found
