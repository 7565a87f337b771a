"""The folder of a site: replaced as a whole or left as it was, and nobody else's folder touched.

Files are written beside the place and swapped in by renaming. What may be replaced is told by a marker that every build leaves.
"""

from __future__ import annotations

import os
import posixpath
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from kb.finding import KbError
from kb.publishing.addresses import MARKER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.publishing.links import Output

_MARKER_HEAD = "# Written by `kb build`, which replaces what is named here."


def ours(folder: Path, claims: Path) -> Path:
    """Where a site may go, links followed: a folder that is new, empty or a site before; never the debate (`claims`) or what holds it."""
    target, debate = (Path(os.path.realpath(path)) for path in (folder, claims))
    try:
        why = _not_ours(target, debate)
    except OSError as error:
        why = f"cannot be used ({error.strerror})"
    if why is not None:
        message = f"{target} {why}; choose another folder with `-o`"
        raise KbError(message)
    return target


def _not_ours(target: Path, claims: Path) -> str | None:
    if claims.is_relative_to(target) or target.is_relative_to(claims) or (target / "claims").exists():
        return "holds a debate, or lies in one"
    if not target.exists():
        return None
    if not target.is_dir():
        return "is not a folder"
    there = sorted(entry.name for entry in target.iterdir())
    if not there:
        return None
    if MARKER not in there:
        return "is not empty and was not written by `kb build`"
    written = (target / MARKER).read_text("utf-8", "replace").splitlines()
    foreign = [name for name in there if name not in written and name != MARKER]
    return f"also holds `{foreign[0]}`, which `kb build` did not put there" if foreign else None


def write(outputs: Iterable[Output], target: Path) -> None:
    """Write beside the place, then swap by renaming."""
    fresh, stale = (target.with_name(f".{target.name}.kb-{word}") for word in ("new", "old"))
    try:
        made = [parent for parent in reversed(target.parents) if not parent.exists()]
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            _remove(fresh)
            _fill(fresh, outputs)
            _swap(fresh, target, stale)
        except BaseException:
            _remove(fresh)
            for parent in reversed(made):
                parent.rmdir()
            raise
    except OSError as error:
        message = f"the site was not written to {target}: {error.strerror or error}"
        raise KbError(message) from error


def _fill(folder: Path, outputs: Iterable[Output]) -> None:
    """Write every file, and the marker with what stands at the top."""
    folder.mkdir()
    base = f"{folder}{os.sep}"
    known: set[str] = set()
    for path, content in outputs:
        inside = posixpath.dirname(path)
        if inside and inside not in known:
            (folder / inside).mkdir(parents=True, exist_ok=True)
            known.add(inside)
        with open(base + path, "wb") as handle:  # noqa: PTH123 - ten thousand pages
            handle.write(content if isinstance(content, bytes) else content.encode())
    names = sorted({path.partition("/")[0] for path, _ in outputs})
    (folder / MARKER).write_text("\n".join([_MARKER_HEAD, *names, ""]), "utf-8")


def _swap(fresh: Path, target: Path, stale: Path) -> None:
    """Put the new folder in the place of the old one; if that fails, the old one comes back."""
    _remove(stale)
    if not target.exists():
        fresh.rename(target)
        return
    target.rename(stale)
    try:
        fresh.rename(target)
    except OSError:
        stale.rename(target)
        raise
    _remove(stale)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
