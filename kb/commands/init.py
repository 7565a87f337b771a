"""Start a debate: a folder with a small worked example that lints clean and shows every idea once."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.finding import KbError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from kb.cli import Project

CLAIMS, README, IGNORE = "claims", "README.md", ".gitignore"
_SITE = "_site/"


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_obj
def command(project: Project, folder: Path) -> None:
    """Start a debate in DIR with a small worked example.

    Writes DIR/claims/, a README.md for editors and a .gitignore. What is already there is left alone; a debate that is
    already there is refused.
    """
    target = (project.start / folder).absolute()
    _refuse(target, str(folder))
    try:
        kept = _place(target)
    except OSError as error:
        message = f"nothing was written to {folder}: {error.strerror or error}"
        raise KbError(message) from error
    click.echo(_next_steps(target, str(folder), kept))


def _refuse(target: Path, shown: str) -> None:
    """A debate, or something that is no folder, is in the way."""
    if (target / CLAIMS).exists() or (target / CLAIMS).is_symlink():
        message = f"{shown} already holds a debate, {Path(shown) / CLAIMS}; choose another folder or remove it first"
        raise KbError(message)
    if target.exists() and not target.is_dir():
        message = f"{shown} is a file; choose a folder"
        raise KbError(message)


def _place(target: Path) -> list[str]:
    """Write everything beside its place, then move it there, or nothing at all; names the files that were there before."""
    made = _make_folders(target)
    moved: list[Path] = []
    try:
        with _beside(target) as draft:
            _copy(resources.files("kb") / "starter", draft)
            entries = [name for name in (README, IGNORE, CLAIMS) if not (target / name).exists()]
            for name in entries:
                (draft / name).rename(target / name)
                moved.append(target / name)
    except OSError:
        for path in moved:
            _remove(path)
        for path in reversed(made):
            path.rmdir()
        raise
    return [name for name in (README, IGNORE) if name not in entries]


def _make_folders(target: Path) -> list[Path]:
    """Make the folder and those above it; all or none."""
    missing = [folder for folder in (target, *target.parents) if not folder.exists()]
    made: list[Path] = []
    try:
        for folder in reversed(missing):
            folder.mkdir()
            made.append(folder)
    except OSError:
        for folder in reversed(made):
            folder.rmdir()
        raise
    return made


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A folder on the same file system that is gone afterwards."""
    draft = Path(tempfile.mkdtemp(prefix=".kb-init-", dir=target))
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _copy(source: Traversable, target: Path) -> None:
    """The worked example; it may come out of a wheel that is kept zipped or read-only."""
    for entry in sorted(source.iterdir(), key=lambda e: e.name):
        name = IGNORE if entry.name == "gitignore" else entry.name  # a real one would hide files from our own git
        if entry.is_dir():
            (target / name).mkdir()
            _copy(entry, target / name)
        elif not name.endswith((".py", ".pyc")):
            (target / name).write_bytes(entry.read_bytes())


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _next_steps(target: Path, shown: str, kept: list[str]) -> str:
    """What was made and what to do with it."""
    count = sum(1 for _ in (target / CLAIMS).rglob("*.yaml"))
    in_place = shown in {".", ""}
    lines = [
        f"Started a debate in {Path(shown) / CLAIMS}: {count} small files, a worked example to look at and replace."
    ]
    lines += [f"Left alone: {name} was there before." for name in kept]
    if IGNORE in kept and _SITE not in (target / IGNORE).read_text("utf-8", "replace").split():
        lines.append(f"Add `{_SITE}` to it, so that the built site stays out of git.")
    here = "" if in_place else f" -C {shown}"
    lines += [
        "",
        "Next:",
        f"  kb{here} lint      check it",
        f"  kb{here} open      see what is in dispute, and who owes the next word",
        f"  kb{here} build     write the site, then open {Path(shown) / '_site' / 'index.html'}",
    ]
    return "\n".join(lines)
