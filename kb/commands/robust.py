"""Which verdicts hold in every world."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kb.options import complete_nodes, echo_rows, format_option

if TYPE_CHECKING:
    from kb.cli import Project

GROUP = "ask"


@click.command
@click.argument("node_id", shell_complete=complete_nodes, metavar="[ID]", required=False)
@click.option(
    "--only",
    type=click.Choice(["robust", "open"]),
    help="Only verdicts that hold everywhere, or only those that do not.",
)
@format_option
@click.pass_obj
def command(project: Project, node_id: str | None, only: str | None, form: str) -> None:
    """Say which verdicts are the same whatever becomes of what is unsettled, and how the others could come out.

    Of a question, each of its answers. A world grants every unsettled leaf a basis of its own, or denies it. With more than twelve leaves
    below a point it can take a solver to look for a world that differs: the extra `[solve]`.
    """
    from kb.queries import robust as query  # noqa: PLC0415 - only what is asked for is loaded

    rows = query.rows(project.debate, node_id)
    said = query.sentence(rows)
    if only is not None:
        rows = [row for row in rows if (row["in_every_world"] is not None) == (only == "robust")]
    echo_rows(rows, query.COLUMNS, form, nothing="No node fits.")
    if form == "table":
        click.echo(said)
