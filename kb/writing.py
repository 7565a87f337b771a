"""Write a file so that it is there as a whole or as it was: beside its place, then renamed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from kb.finding import KbError

if TYPE_CHECKING:
    from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Replace a file, keeping its permissions; through a symbolic link, what it leads to. What cannot be written is one line."""
    try:
        target = path.resolve()
        beside = target.with_name(f".{target.name}.kb-new")
        mode = target.stat().st_mode if target.exists() else None
        try:
            beside.unlink(missing_ok=True)
            with beside.open("xb") as handle:
                handle.write(content)
                handle.flush()
                os.fsync(handle.fileno())
            if mode is not None:
                beside.chmod(mode)
            beside.replace(target)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        message = f"{path} was not written: {error.strerror or error}"
        raise KbError(message) from error


def replace(path: Path, before: bytes, after: bytes) -> bool:
    """Write a file that still holds what was read of it; not one that somebody changed meanwhile, nor through a symbolic link."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        with os.fdopen(descriptor, "rb") as handle:
            same = handle.read(len(before) + 1) == before
    except OSError:
        return False
    if same:
        write(path, after)
    return same
