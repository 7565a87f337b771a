"""One node in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kb.options import complete_nodes, echo_rows, format_option, terminal_width

if TYPE_CHECKING:
    from kb.cli import Project

GROUP = "read"


@click.command
@click.argument("node_id", shell_complete=complete_nodes, metavar="ID")
@format_option
@click.pass_obj
def command(project: Project, node_id: str, form: str) -> None:
    """Show a node: what it says, by whom and where, its status, its relations both ways, and the thread under it."""
    from kb.prose import node_text  # noqa: PLC0415 - only what is asked for is loaded
    from kb.queries import list as listing  # noqa: PLC0415
    from kb.queries import show as query  # noqa: PLC0415
    from kb.tables import as_json  # noqa: PLC0415

    debate = project.debate
    row = query.row(debate, node_id)
    if form == "json":
        click.echo(as_json(row), nl=False)
    elif form == "table":
        click.echo(node_text(debate, node_id, terminal_width()), nl=False)
    else:
        echo_rows([listing.with_label(row) if form == "md" else row], listing.COLUMNS, form, nothing="")
