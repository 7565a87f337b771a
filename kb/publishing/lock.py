"""One build at a time in a folder: the second says so instead of spoiling the site of the first.

The system lets go of what a build held that was killed. Where it has no locks on folders, nothing is held and nobody is refused.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Lock:
    """A folder that nobody else writes in meanwhile."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._handle: int | None = None
        self._taken = False

    def take(self) -> bool:
        """Whether the folder, which is there, is ours from now on."""
        if sys.platform != "win32":
            import fcntl  # noqa: PLC0415 - not there on all systems

            self._handle = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            except OSError:  # a file system without locks
                pass
        self._taken = True
        return self.holds()

    def holds(self) -> bool:
        """Whether the folder is still the one that was taken: another build that has just ended takes its own away."""
        if not self._taken or self._handle is None:
            return self._taken
        try:
            return os.path.samestat(os.fstat(self._handle), self.folder.stat(follow_symlinks=False))
        except FileNotFoundError:
            return False

    def release(self) -> None:
        """Let others write."""
        if self._handle is not None:
            os.close(self._handle)
        self._handle, self._taken = None, False
