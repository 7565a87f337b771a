"""The form of the files, for editors."""

from __future__ import annotations

import click

GROUP = "write"

RECORDS = ("node", "source", "participant", "term", "topic", "settings")


@click.command
@click.argument("record", metavar="[RECORD]", required=False, type=click.Choice(RECORDS))
def command(record: str | None) -> None:
    """Print a JSON Schema of the files, for editors and for tools that validate YAML.

    With RECORD (node, source, participant, term, topic or settings) that of one record, else one that fits all files of a
    debate. docs/editors.md says how editors use it. What it cannot tell (ids, sides, who answered whom) `kb lint` does.
    """
    from kb.schema import schema  # noqa: PLC0415 - only what is asked for is loaded
    from kb.tables import as_json  # noqa: PLC0415

    click.echo(as_json(schema(record)), nl=False)
