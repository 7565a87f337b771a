"""Where a site may be written: into a new or empty folder or over a site, and without removing anything that no build put there.

A symbolic link holds nothing itself and is removed, as are files that systems leave by themselves (`.DS_Store`).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kb.finding import KbError
from kb.output import marker
from kb.output.marker import MARKER, NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.output.marker import Holdings


def own_target(folder: Path, claims: Path) -> Path:
    """The folder for a site, links followed; `KbError` unless it is new, empty or a site, and neither holds the debate nor lies in it."""
    target, debate = (Path(os.path.realpath(path)) for path in (folder, claims))
    try:
        why = _objection(target, debate)
        refuse_foreign(target, _foreign_names(target) if why is None and target.exists() else ())
    except OSError as error:
        why = f"cannot be used ({error.strerror})"
    if why is not None:
        raise _refusal(target, why)
    return target


def _objection(target: Path, claims: Path) -> str | None:
    if claims.is_relative_to(target) or target.is_relative_to(claims) or (target / "claims").exists():
        return "holds a debate, or lies in one"
    if not target.exists():
        return None
    if not target.is_dir():
        return "is not a folder"
    names = {entry.name for entry in target.iterdir()}
    return "is not empty and was not written by `kb build`" if names and MARKER not in names else None


def _foreign_names(target: Path) -> Iterator[str]:
    """The names at the top of a site that no build put there."""
    last = read_marker(target)
    for entry in target.iterdir():
        is_file = entry.is_file() and not entry.is_symlink()
        if entry.name != MARKER and not (last.holds(entry.name) if is_file else entry.name in last.names):
            yield entry.name


def refuse_foreign(target: Path, foreign: Iterable[str]) -> None:
    """Raise `KbError` if there are files that somebody else put there."""
    why = marker.complaint(foreign)
    if why is not None:
        raise _refusal(target, *why)


def read_marker(folder: Path) -> Holdings:
    """What a build put into a folder, as its marker says; nothing if it has none."""
    file = folder / MARKER
    return marker.parse_marker(file.read_text("utf-8", "replace")) if file.exists() else NOTHING


def _refusal(target: Path, why: str, remedy: str = "") -> KbError:
    return KbError(f"{target} {why}; {remedy and f'{remedy}, or '}choose another folder with `-o`")
