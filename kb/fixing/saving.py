"""Save what was mended: file by file, each as a whole, and none that somebody else changed meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import KbError, printable
from kb.writing import replace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def save(project: Path, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
    """Write the files in `after` below a folder; those that no longer hold what was read are named and left as they are."""
    changed = [path for path in sorted(after) if not replace(project / path, before[path], after[path])]
    if changed:
        files = ", ".join(f"`{printable(path)}`" for path in changed)
        message = f"{files} changed while it was being mended and is left as it is; run the command again"
        raise KbError(message)
