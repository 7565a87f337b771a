"""The nodes of the debate with their verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kb.abstract.extensions import SEMANTICS
from kb.options import complete_participants, complete_sources, complete_tags, complete_topics, echo_rows, format_option
from kb.vocabulary import KINDS, STATUSES, VERDICTS

if TYPE_CHECKING:
    from kb.cli import Project

GROUP = "read"

_SEMANTICS = (*SEMANTICS.values(), "every")


@click.command
@click.option("--kind", type=click.Choice(list(KINDS)), help="Only nodes of this kind.")
@click.option(
    "--by", metavar="PARTICIPANT", shell_complete=complete_participants, help="Only what this participant put forward."
)
@click.option(
    "--source",
    metavar="SOURCE",
    shell_complete=complete_sources,
    help="Only what was put forward there: `source-id`, or `source-id passage-id`.",
)
@click.option("--tag", metavar="TAG", shell_complete=complete_tags, help="Only nodes with this tag.")
@click.option("--topic", metavar="TOPIC", shell_complete=complete_topics, help="Only nodes of this topic.")
@click.option("--verdict", type=click.Choice([*VERDICTS, "none"]), help="Only nodes with this verdict.")
@click.option("--status", type=click.Choice(list(STATUSES)), help="Only nodes with this status.")
@click.option(
    "--semantics",
    type=click.Choice(_SEMANTICS),
    help="Say in how many extensions each node is: in all, in some, in none; `every` tells what hangs on the choice.",
)
@click.option(
    "--as",
    "participant",
    metavar="PARTICIPANT",
    shell_complete=complete_participants,
    help="Say how each node comes out by what this participant holds and denies.",
)
@format_option
@click.pass_obj
def command(
    project: Project, /, form: str, semantics: str | None, participant: str | None, **wanted: str | None
) -> None:
    """List nodes, a line each with status and title, filtered by kind, speaker, source, tag, topic, verdict or status.

    The other formats have the full text, the relations and the place in the files. With --semantics a column more says how a node
    fares where the debate is read otherwise than for its verdict, which is the grounded one. What that leaves undecided takes a SAT
    solver: the extra `[solve]`.
    """
    from kb.queries import list as query  # noqa: PLC0415 - only what is asked for is loaded

    debate = project.debate
    rows = query.rows(debate, query.Filter(**wanted))
    columns: tuple[str, ...] = query.COLUMNS
    if semantics is not None:
        from kb.queries.reading import reading  # noqa: PLC0415

        rows = [{**row, "semantics": reading(debate, str(row["id"]), semantics)} for row in rows]
        columns = (*columns[:-1], "semantics", columns[-1])
    if participant is not None:
        from kb.queries.seen import verdicts_seen_by  # noqa: PLC0415

        seen = verdicts_seen_by(debate, participant)
        rows = [{**row, "as": seen[str(row["id"])]} for row in rows]
        columns = (*columns[:-1], "as", columns[-1])
    if form in {"table", "md"}:
        rows = [query.with_label(row) for row in rows]
    echo_rows(rows, columns, form, nothing="No node fits.", cut=True)
