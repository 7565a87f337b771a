"""One build at a time in a folder: a second one stops instead of spoiling the site of the first.

The system releases the lock of a build that was killed. If it has no locks on folders, nothing is locked and no build is refused.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Lock:
    """A folder in which no other build writes meanwhile."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._handle: int | None = None
        self._is_locked = False

    def take(self) -> bool:
        """Lock the folder, which must exist; False if another build has it."""
        if sys.platform != "win32":
            import fcntl  # noqa: PLC0415 - not there on all systems

            self._handle = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            except OSError:  # a file system without locks
                pass
        self._is_locked = True
        return self.holds()

    def holds(self) -> bool:
        """Whether the folder is still the one that was locked: another build that has just ended may have removed that."""
        if not self._is_locked or self._handle is None:
            return self._is_locked
        try:
            return os.path.samestat(os.fstat(self._handle), self.folder.stat(follow_symlinks=False))
        except FileNotFoundError:
            return False

    def release(self) -> None:
        """Let other builds write."""
        if self._handle is not None:
            os.close(self._handle)
        self._handle, self._is_locked = None, False
