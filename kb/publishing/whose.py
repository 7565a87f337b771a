"""Whose a folder is, and what is in it: a site goes where nothing is, or a site was, and takes nothing away that no build put there.

A link holds nothing itself, and goes; so does what systems leave by themselves (`.DS_Store`).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kb.finding import KbError
from kb.publishing import marker
from kb.publishing.addresses import MARKER
from kb.publishing.marker import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.publishing.marker import Holdings


def ours(folder: Path, claims: Path) -> Path:
    """Where a site may go, links followed: a folder that is new, empty or a site before; never the debate (`claims`) or what holds it."""
    target, debate = (Path(os.path.realpath(path)) for path in (folder, claims))
    try:
        why = _not_ours(target, debate)
        spare(target, _foreign(target) if why is None and target.exists() else ())
    except OSError as error:
        why = f"cannot be used ({error.strerror})"
    if why is not None:
        raise _refused(target, why)
    return target


def _not_ours(target: Path, claims: Path) -> str | None:
    if claims.is_relative_to(target) or target.is_relative_to(claims) or (target / "claims").exists():
        return "holds a debate, or lies in one"
    if not target.exists():
        return None
    if not target.is_dir():
        return "is not a folder"
    there = {entry.name for entry in target.iterdir()}
    return "is not empty and was not written by `kb build`" if there and MARKER not in there else None


def _foreign(target: Path) -> Iterator[str]:
    """What no build put at the top of a site."""
    last = said(target)
    for entry in target.iterdir():
        is_file = entry.is_file() and not entry.is_symlink()
        if entry.name != MARKER and not (last.holds(entry.name) if is_file else entry.name in last.names):
            yield entry.name


def spare(target: Path, foreign: Iterable[str]) -> None:
    """Fail rather than lose what somebody put there."""
    why = marker.complaint(foreign)
    if why is not None:
        raise _refused(target, *why)


def said(folder: Path) -> Holdings:
    """What the marker of a site says that a build put there."""
    file = folder / MARKER
    return marker.said(file.read_text("utf-8", "replace")) if file.exists() else NOTHING


def _refused(target: Path, why: str, remedy: str = "") -> KbError:
    return KbError(f"{target} {why}; {remedy and f'{remedy}, or '}choose another folder with `-o`")
