"""The key that tells a person's own caches from those that came with somebody's files.

It is made once, at random, and kept where only that person's programs read it. Nothing that is ever shown depends on it.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

BYTES = 32


def key(file: Path) -> bytes | None:
    """The key in a file; None if there is none, or the content cannot be one."""
    try:
        with file.open("rb") as handle:
            found = handle.read(BYTES + 1)
    except OSError:
        return None
    return found if len(found) == BYTES else None


def new_key(file: Path) -> bytes | None:
    """Make a key if there is none; None if that is not possible."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as opened:
            opened.write(os.urandom(BYTES))
    return key(file)
