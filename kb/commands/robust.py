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
    help="Only verdicts that are the same in every world, or only those that are not.",
)
@format_option
@click.pass_obj
def command(project: Project, node_id: str | None, only: str | None, form: str) -> None:
    """Say which verdicts are the same whatever becomes of what is unsettled, and how the others could come out.

    Of a question, each of its answers. A world is one of the ways in which all that is unsettled could come out: every point that is
    unsettled by itself is granted there, or denied. With more than twelve of these below a point it can take a solver to look for a
    world that differs: the extra `[solve]`.
    """
    from kb.queries import robust as query  # noqa: PLC0415 - only what is asked for is loaded
    from kb.queries.why import no_verdict_text  # noqa: PLC0415

    debate = project.debate
    rows = query.rows(debate, node_id)
    chosen = [row for row in rows if only is None or (row["in_every_world"] is not None) == (only == "robust")]
    none = "No node has a verdict." if node_id is None else no_verdict_text(debate, node_id)
    echo_rows(chosen, query.COLUMNS, form, nothing="No verdict is of that kind." if rows else none)
    if form == "table" and rows:
        click.echo(query.sentence(rows))
