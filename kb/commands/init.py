"""Start a debate: a folder with a small worked example that lints clean and shows every idea once."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kb.cli import Project
    from kb.start import Started

GROUP = "write"


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_obj
def command(project: Project, folder: Path) -> None:
    """Start a debate in DIR with a small worked example.

    Writes DIR/claims/, a README.md for editors and a .gitignore. Files that are there already are left alone; a folder
    that already holds a debate is refused.
    """
    from kb.start import start  # noqa: PLC0415 - `kb --help` needs no YAML

    target = project.start / folder
    click.echo(_report(target, start(target.absolute(), str(target))))


def _report(target: Path, started: Started) -> str:
    """What was made, and what to do with it."""
    lines = [
        f"Started a debate in {target / 'claims'}: {started.files} small files, a worked example to read and replace."
    ]
    for name in started.kept:
        hint = "; see that it names `_site/`, where the site goes" if name == ".gitignore" else ""
        lines.append(f"Left as it was: {target / name}{hint}.")
    at = "" if target == Path() else f" -C {shlex.quote(str(target))}"
    steps = {
        f"kb{at} lint": "check it",
        f"kb{at} open": "see what is in dispute, and who owes the next word",
        f"kb{at} build": f"write the site to {target / '_site'}",
    }
    width = max(map(len, steps))
    return "\n".join([*lines, "", "Next:", *(f"  {step:{width}}  {gain}" for step, gain in steps.items())])
