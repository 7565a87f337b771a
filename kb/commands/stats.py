"""The debate in numbers."""

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
    """Count what there is: nodes, relations, statuses, disagreements, coverage, and the shape of the graph."""
    from kb.queries import stats as query  # noqa: PLC0415 - only what is asked for is loaded

    echo_rows(query.rows(project.debate), query.COLUMNS, form, nothing="There is nothing to count yet.")
