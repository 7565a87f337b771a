"""What is in dispute, and who owes the next word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kb.options import complete_nodes, complete_participants, echo_rows, format_option, terminal_width
from kb.vocabulary import STATES

if TYPE_CHECKING:
    from kb.cli import Project

GROUP = "ask"


@click.command
@click.argument("node_id", shell_complete=complete_nodes, metavar="[ID]", required=False)
@click.option("--all", "settled", is_flag=True, help="Show the settled ones, too.")
@click.option(
    "--by",
    metavar="PARTICIPANT",
    shell_complete=complete_participants,
    help="Only what this participant takes part in or owes an answer to.",
)
@click.option("--state", type=click.Choice(list(STATES)), help="Only disagreements in this state.")
@click.option(
    "--why", "explain", is_flag=True, help="Of the disagreements of ID, say which act of whom makes them so, and where."
)
@format_option
@click.pass_obj
def command(
    project: Project, node_id: str | None, settled: bool, by: str | None, state: str | None, explain: bool, form: str
) -> None:
    """List what is in dispute: the sides, what was last said without an answer, and who owes the next word.

    With the ID of a question or node: everything about the disagreements it belongs to, settled ones included.

    With --why, JSON has three keys more. `because` lists the acts: who (null: the record) does what to which target, by which node, in
    which passage. `debts` lists the moves that wait: made by whom, against what, owed by whom, since when, where those spoke afterwards
    without answering, and whether it is due or passed over. `objections` lists how each objection fares. CSV and Markdown list the acts.
    """
    from kb.disagreements import is_anonymous  # noqa: PLC0415 - only what is asked for is loaded
    from kb.prose import disputes_text  # noqa: PLC0415 - only what is asked for is loaded
    from kb.queries import open as query  # noqa: PLC0415

    if explain and node_id is None:
        message = "--why needs the ID of a question or node, as in `kb open ID --why`"
        raise click.UsageError(message)
    debate = project.debate
    disputes = query.select(debate, node_id, settled=settled, by=by, state=state)
    if form == "table" and (disputes or node_id is not None):
        click.echo(disputes_text(debate, disputes, terminal_width(), node_id, explain=explain), nl=False)
    elif explain and form != "json":
        echo_rows([act for d in disputes for act in query.act_rows(debate, d)], query.ACTS, form, nothing="")
    else:
        rows = [query.explained_row(debate, d) if explain else query.row(debate, d) for d in disputes]
        named = "Nobody is named here who takes part. " if is_anonymous(debate) else ""
        echo_rows(rows, query.COLUMNS, form, nothing=f"{named}Nothing is in dispute here.")
