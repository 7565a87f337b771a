"""Write the worked example into a folder as the start of a new debate: all of it or nothing."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from kb.finding import KbError
from kb.load import CLAIMS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable
    from pathlib import Path

README, IGNORE = "README.md", ".gitignore"
_DRAFT = ".kb-init"


class Started(NamedTuple):
    """How many files the debate begins with, and which files of the folder were there before and are as they were."""

    files: int
    kept: tuple[str, ...]


def start(target: Path, as_typed: str) -> Started:
    """Begin a debate in a folder that holds none; `as_typed` is the folder as the person at the terminal wrote it."""
    _refuse_occupied(target, as_typed)
    try:
        kept = _move_into_place(target)
    except OSError as error:
        message = f"nothing was written to {as_typed}: {error.strerror or error}"
        raise KbError(message) from error
    return Started(sum(1 for _ in (target / CLAIMS).rglob("*.yaml")), kept)


def _refuse_occupied(target: Path, as_typed: str) -> None:
    """A debate, or something that is no folder, is in the way."""
    if (target / CLAIMS).exists() or (target / CLAIMS).is_symlink():
        message = f"{as_typed} already holds a debate in `{CLAIMS}/`; choose another folder, or move that one away"
        raise KbError(message)
    inside = [folder for folder in target.resolve().parents if folder.name == CLAIMS and any(folder.glob("*.yaml"))]
    if inside:
        message = f"{as_typed} is within the debate in {inside[0]}; choose a folder outside of it"
        raise KbError(message)
    if target.exists() and not target.is_dir():
        message = f"{as_typed} is a file; choose a folder"
        raise KbError(message)


def _move_into_place(target: Path) -> tuple[str, ...]:
    """Write beside the place, then move there; what fails half-way is undone. Names the files left alone."""
    created: list[Path] = []
    try:
        for folder in reversed([f for f in (target, *target.parents) if not f.exists()]):
            folder.mkdir()
            created.append(folder)
        with _draft(target) as draft:
            _copy(resources.files("kb") / "starter", draft)
            absent = [name for name in (README, IGNORE, CLAIMS) if not (target / name).exists()]
            for name in absent:
                (draft / name).rename(target / name)
                created.append(target / name)
    except OSError:
        for path in reversed(created):
            _remove(path)
        raise
    return tuple(name for name in (README, IGNORE) if name not in absent)


@contextmanager
def _draft(target: Path) -> Iterator[Path]:
    """A folder on the same file system, gone afterwards; one that an interrupted run left is not in the way."""
    draft = target / _DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _copy(source: Traversable, target: Path) -> None:
    """Copy contents, not permissions: the package may be installed read-only."""
    for entry in sorted(source.iterdir(), key=lambda e: e.name):
        name = IGNORE if entry.name == "gitignore" else entry.name  # with its real name our own git would heed it
        if entry.is_dir():
            (target / name).mkdir()
            _copy(entry, target / name)
        else:
            (target / name).write_bytes(entry.read_bytes())


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
