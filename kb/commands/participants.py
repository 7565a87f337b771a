"""Who takes part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kb.options import echo_rows, format_option

if TYPE_CHECKING:
    from kb.cli import Project

GROUP = "read"


@click.command
@format_option
@click.pass_obj
def command(project: Project, form: str) -> None:
    """List participants: what each holds, leans to, doubts and denies, and the moves that wait for their answer."""
    from kb.queries import participants as query  # noqa: PLC0415 - only what is asked for is loaded

    rows = query.rows(project.debate)
    if form in {"table", "md"}:
        rows = [{**row, "owes": len(owed) if isinstance(owed := row["owes"], list) else 0} for row in rows]
    echo_rows(rows, query.COLUMNS, form, nothing="Nobody takes part yet.")
