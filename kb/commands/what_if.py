"""What would follow if a point held, or did not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kb.finding import KbError
from kb.options import complete_nodes, complete_participants, echo_rows, format_option

if TYPE_CHECKING:
    from kb.cli import Project

GROUP = "ask"


@click.command
@click.argument("suppositions", nargs=-1, required=True, shell_complete=complete_nodes, metavar="ID=in|out...")
@click.option(
    "--as",
    "participant",
    metavar="PARTICIPANT",
    shell_complete=complete_participants,
    help="Change the debate as this participant sees it.",
)
@format_option
@click.pass_obj
def command(project: Project, suppositions: tuple[str, ...], participant: str | None, form: str) -> None:
    """Suppose that points hold (`ID=in`) or do not (`ID=out`), and show every verdict that changes, and through what.

    What is supposed overrides all that bears on those points; what they bear on is judged anew. Nothing is written.
    """
    from kb.queries import what_if as query  # noqa: PLC0415 - only what is asked for is loaded

    debate = project.debate
    supposed = _parse_suppositions(suppositions)
    changes = query.changes(debate, supposed, participant)
    if changes or form != "table":
        echo_rows(query.rows(changes), query.COLUMNS, form, nothing="")
    if form == "table":
        click.echo(query.sentence(debate, changes))
        torn = query.contradiction_text(debate, supposed)
        if torn is not None:
            click.echo(torn)


def _parse_suppositions(suppositions: tuple[str, ...]) -> dict[str, str]:
    """The points and what they are supposed to be."""
    from kb.queries.what_if import OUTCOMES  # noqa: PLC0415

    supposed: dict[str, str] = {}
    for supposition in suppositions:
        node_id, outcome = (part.strip() for part in f"{supposition}=".split("=", 2)[:2])
        if outcome not in OUTCOMES:
            message = f"`{supposition}`: write `{node_id}=in` or `{node_id}=out`"
            raise KbError(message)
        if supposed.setdefault(node_id, outcome) != outcome:
            message = f"`{node_id}` cannot be in and out at once"
            raise KbError(message)
    return supposed
