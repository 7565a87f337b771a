"""The reasons of a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kb.finding import KbError
from kb.options import complete_nodes, complete_participants, echo_rows, format_option, terminal_width

if TYPE_CHECKING:
    from kb.cli import Project

GROUP = "ask"


@click.command
@click.argument("node_id", shell_complete=complete_nodes, metavar="ID")
@click.option("--not", "otherwise", is_flag=True, help="Say what stands in the way of another verdict: all of it.")
@click.option(
    "--as",
    "participant",
    metavar="PARTICIPANT",
    shell_complete=complete_participants,
    help="Say why by what this participant holds and denies.",
)
@format_option
@click.pass_obj
def command(project: Project, node_id: str, otherwise: bool, participant: str | None, form: str) -> None:
    """Say why a node has the verdict it has: the reasons and objections it rests on, nearest first.

    Only what the verdict needs is told: of several reasons that would each do, one. With --not everything that keeps the node from being
    judged otherwise: each objection and each reason that fails, or is met.
    """
    from kb.prose import account_text  # noqa: PLC0415 - only what is asked for is loaded
    from kb.queries import why as query  # noqa: PLC0415
    from kb.tables import as_json  # noqa: PLC0415

    debate = project.debate
    if participant is not None:
        if otherwise:
            message = "`--not` asks of the record, `--as` of what somebody holds: ask one after the other"
            raise KbError(message)
        account, rests_on = query.account_seen_by(debate, node_id, participant), None
    else:
        account = query.why_not(debate, node_id) if otherwise else query.account(debate, node_id)
        rests_on = query.rests_on_row(debate, node_id)
    if form == "json":
        click.echo(as_json({**query.row(account), **(rests_on or {})}), nl=False)
    elif form == "table":
        click.echo(account_text(debate, account, terminal_width(), rests_on), nl=False)
    else:
        echo_rows(query.flat_rows(account), query.COLUMNS, form, nothing="")
