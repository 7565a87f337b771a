"""How strong points are by the weights that somebody gave them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kb.breaking import fill_lines
from kb.finding import KbError
from kb.gradual.influence import SEMANTICS, USUAL
from kb.options import complete_nodes, echo_rows, format_option, terminal_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.cli import Project
    from kb.queries.strength import Table
    from kb.tables import Row

GROUP = "ask"

_CONTRIBUTIONS = ("removal", "gradient", "shapley")


@click.command
@click.argument("node_id", required=False, shell_complete=complete_nodes, metavar="[ID]")
@click.option(
    "--semantics",
    type=click.Choice(list(SEMANTICS)),
    default="quadratic",
    show_default=True,
    help="How to weigh: quadratic energy, discontinuity-free QuAD, Euler-based, or the h-categoriser, which knows objections only.",
)
@click.option(
    "--default",
    type=float,
    metavar="NUMBER",
    default=USUAL,
    show_default=True,
    help="The base score of points without a `weight`, from 0 to 1.",
)
@click.option(
    "--contributions",
    type=click.Choice(_CONTRIBUTIONS),
    help="What to tell of other points, given an ID: how much its strength would fall without each (the default), how fast it grows with "
    "the base score of each, or the share of each in the way from its base score.",
)
@format_option
@click.pass_obj
def command(
    project: Project, node_id: str | None, semantics: str, default: float, contributions: str | None, form: str
) -> None:
    """Reckon how strong points are, from 0 to 1, by the `weight` that the files give them: a reading beside the verdict.

    Each point starts from its base score; reasons raise it, objections lower it. With an ID: what bears on that point, and what others
    contribute to its strength. docs/strength.md says what the numbers mean, and has the form of the JSON.
    """
    from kb.queries import strength as query  # noqa: PLC0415 - only what is asked for is loaded

    if node_id is None and contributions is not None:
        message = "`--contributions` are what other points contribute to one: name its ID"
        raise KbError(message)
    if not 0 <= default <= 1:
        message = f"`--default {default:g}`: give a number from 0 to 1"
        raise KbError(message)
    asked, debate = query.StrengthOptions(semantics, default), project.debate
    if node_id is None:
        answer = query.debate_row(debate, asked)
    else:
        answer = query.point_row(debate, node_id, asked, contributions or _CONTRIBUTIONS[0])
    _echo(answer, query.tables(answer), query.summary(answer), form)


def _echo(answer: Row, tables: Sequence[Table], summary: str, form: str) -> None:
    """The one JSON, the last table as CSV, or a sentence, all tables and the note."""
    from kb.queries.strength import readable_row  # noqa: PLC0415 - only what is asked for is loaded
    from kb.tables import as_json  # noqa: PLC0415

    if form == "json":
        click.echo(as_json(answer), nl=False)
        return
    if form == "csv":
        columns, rows = tables[-1]
        echo_rows([{**row, "note": answer["note"]} for row in rows], (*columns, "note"), form, nothing="")
        return
    click.echo(f"{_fill(summary, form)}\n")
    for columns, rows in tables:
        if rows:
            echo_rows([readable_row(row) for row in rows], columns, form, nothing="")
            click.echo()
    click.echo(_fill(str(answer["note"]), form))


def _fill(text: str, form: str) -> str:
    """A sentence in lines that fit the terminal; Markdown is filled by whoever shows it."""
    return "\n".join(fill_lines(text, terminal_width())) if form == "table" else text
