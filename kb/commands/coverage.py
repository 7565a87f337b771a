"""How completely the sources are mapped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.finding import KbError
from kb.options import complete_sources, echo_rows, format_option

if TYPE_CHECKING:
    from kb.cli import Project

GROUP = "read"

_LARGEST = 20_000_000


@click.command
@click.option(
    "--texts",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="Check the fingerprints of passages against the text files in DIR.",
)
@click.option("--uncited", is_flag=True, help="Only passages that no node cites and no record skips.")
@click.option("--source", metavar="SOURCE", shell_complete=complete_sources, help="Only this source.")
@format_option
@click.pass_context
def command(ctx: click.Context, texts: Path | None, uncited: bool, source: str | None, form: str) -> None:
    """Show for every passage of every source the nodes that cite it, and what is uncited.

    With --texts the fingerprint of every passage is looked for among the lines of the text files in DIR; one that is not
    found makes the exit code 1.
    """
    from kb.queries import coverage as query  # noqa: PLC0415 - only what is asked for is loaded
    from kb.queries.lookup import require_id  # noqa: PLC0415

    project: Project = ctx.obj
    debate = project.debate
    rows = query.rows(debate, query.fingerprint_paragraphs(_read(texts)) if texts is not None else None)
    if source is not None:
        require_id(source, debate.sources, "source")
        rows = [row for row in rows if row["source"] == source]
    chosen = [row for row in rows if row["state"] == "uncited"] if uncited else rows
    columns = query.COLUMNS if texts is None else (*query.COLUMNS[:-1], "text", "nodes")
    none = "No source has passages." if source is None else f"`{source}` has no passages."
    echo_rows(chosen, columns, form, nothing="No passage is uncited." if rows and uncited else none)
    if form == "table":
        click.echo(query.sentence(rows))
    if any(row.get("text") == "missing" for row in rows):
        ctx.exit(1)


def _read(folder: Path) -> dict[str, str]:
    """The text files of a folder by name."""
    try:
        texts = [p for p in sorted(folder.iterdir()) if p.is_file() and p.stat().st_size <= _LARGEST]
        return {path.name: path.read_text(encoding="utf-8-sig", errors="replace") for path in texts}
    except OSError as error:
        message = f"{error.filename} cannot be read: {error.strerror}"
        raise KbError(message) from error
