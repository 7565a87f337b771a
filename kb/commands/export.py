"""The debate for solvers of abstract argumentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kb.abstract.notation import NOTATIONS

if TYPE_CHECKING:
    from kb.cli import Project

GROUP = "solve"


@click.command
@click.option("--notation", type=click.Choice(NOTATIONS), default="apx", show_default=True, help="How it is written.")
@click.pass_obj
def command(project: Project, notation: str) -> None:
    """Print the debate as an abstract framework, arguments and attacks alone, for any solver and for `kb solve`.

    Each point becomes an argument `point_ID`, with `_` for `-`, each step from one to another `step_N`; `not_ID` and `unsupported_ID`
    stand between them. In `af`, which has only numbers, comments tell which is whose.
    """
    from kb.abstract.flattening import flatten  # noqa: PLC0415 - only what is asked for is loaded
    from kb.abstract.notation import write  # noqa: PLC0415
    from kb.standing.framework import framework  # noqa: PLC0415

    click.echo(write(flatten(framework(project.debate)), notation), nl=False)
