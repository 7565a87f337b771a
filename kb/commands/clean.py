"""Forget what was read and found before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kb.cli import Project

GROUP = "write"


@click.command
@click.pass_obj
def command(project: Project) -> None:
    """Remove the cache of the debate.

    Of a large debate `kb lint` remembers in `.kb-cache/`, beside `claims/`, what each file said and what was found in it, so that
    the next run reads only what changed. Nothing is lost without it: git leaves it out, and the next run makes it anew.
    """
    from kb.caching.signed import FOLDER, remove  # noqa: PLC0415 - only what is asked for is loaded

    folder = project.project / FOLDER
    if remove(folder):
        click.echo(f"Removed {folder}")
    else:
        click.echo("There is no cache")
