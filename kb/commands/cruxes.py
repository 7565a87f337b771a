"""What a verdict hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kb.options import complete_nodes, complete_participants, echo_rows, format_option, terminal_width

if TYPE_CHECKING:
    from kb.cli import Project

GROUP = "ask"


@click.command
@click.argument("node_id", shell_complete=complete_nodes, metavar="ID")
@click.option(
    "--as",
    "participant",
    metavar="PARTICIPANT",
    shell_complete=complete_participants,
    help="Take what this participant holds and denies for granted.",
)
@format_option
@click.pass_obj
def command(project: Project, node_id: str, participant: str | None, form: str) -> None:
    """Say what a point hangs on: the fewest unsettled points that would settle it either way, and those that matter alone.

    Of a question, what each of its answers hangs on. A point that is supposed to hold, or not, overrides whatever bears on it, as in
    `kb what-if`. The shares count all ways to grant the unsettled points or not: in how many of them it stands, in how many it falls. A
    point that is itself unsettled is granted in all of them; with `--as` nothing is counted. Where many points are used in more than one
    way the fewest take a solver: the extra `[solve]`.
    """
    from kb.queries import cruxes as query  # noqa: PLC0415 - only what is asked for is loaded

    debate = project.debate
    analyses = query.cruxes(debate, node_id, participant)
    if form == "json":
        from kb.tables import as_json  # noqa: PLC0415

        click.echo(as_json([query.row(one) for one in analyses]), nl=False)
    elif form == "table" and analyses:
        from kb.outlook import cruxes_text  # noqa: PLC0415

        click.echo(cruxes_text(debate, analyses, terminal_width(), participant), nl=False)
    else:
        from kb.queries.why import no_verdict_text  # noqa: PLC0415

        echo_rows(query.flat_rows(analyses), query.COLUMNS, form, nothing=no_verdict_text(debate, node_id))
