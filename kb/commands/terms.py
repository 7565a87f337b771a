"""The glossary."""

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
    """List the glossary: each term with its senses, who uses which, and the nodes that use it."""
    from kb.queries import terms as query  # noqa: PLC0415 - only what is asked for is loaded

    debate = project.debate
    rows = query.sense_rows(debate) if form in {"table", "md"} else query.rows(debate)
    echo_rows(rows, query.COLUMNS, form, nothing="The glossary is empty.")
