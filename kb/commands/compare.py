"""Two participants beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kb.options import complete_nodes, complete_participants, echo_rows, format_option, terminal_width

if TYPE_CHECKING:
    from kb.cli import Project

GROUP = "ask"


@click.command
@click.argument("one", shell_complete=complete_participants, metavar="PARTICIPANT")
@click.argument("other", shell_complete=complete_participants, metavar="PARTICIPANT")
@click.option(
    "--on", "about", metavar="ID", shell_complete=complete_nodes, help="Only what leads to this question or point."
)
@format_option
@click.pass_obj
def command(project: Project, one: str, other: str, about: str | None, form: str) -> None:
    """Show where two people first part, what they share, and what both their cases turn on.

    Everybody is taken at their word: what they hold is granted to them, what they deny is not, and the rest follows.
    """
    from kb.queries import compare as query  # noqa: PLC0415 - only what is asked for is loaded

    debate = project.debate
    comparison = query.compare(debate, one, other, about)
    if form == "json":
        from kb.tables import as_json  # noqa: PLC0415

        click.echo(as_json(query.row(debate, comparison)), nl=False)
    elif form == "table":
        from kb.outlook import comparison_text  # noqa: PLC0415

        click.echo(comparison_text(debate, comparison, terminal_width()), nl=False)
    else:
        echo_rows(query.flat_rows(debate, comparison), query.COLUMNS, form, nothing="")
