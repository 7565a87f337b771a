"""The manual of the linter."""

from __future__ import annotations

from textwrap import indent
from typing import TYPE_CHECKING

import click

from kb.breaking import fill_lines
from kb.options import complete_rules, terminal_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.linting.manual import Rule
    from kb.tables import Row

GROUP = "write"


@click.command
@click.argument("name", shell_complete=complete_rules, required=False)
@click.option("--all", "everything", is_flag=True, help="Print the pages of all rules.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "md"]),
    default="text",
    show_default=True,
    help="How to print the pages.",
)
def command(name: str | None, everything: bool, form: str) -> None:
    """Explain a rule of the linter: what it looks for, why that hurts a debate, an example and its cure.

    Without a NAME, list all rules in a line each.
    """
    from kb.linting.manual import find_rule, rules  # noqa: PLC0415 - only what is asked for is loaded
    from kb.tables import as_json, render  # noqa: PLC0415

    if name is not None and everything:
        message = "give a NAME or --all, not both"
        raise click.UsageError(message)
    listed = (find_rule(name),) if name is not None else rules()
    if form == "json":
        click.echo(as_json([page._asdict() for page in listed]), nl=False)
    elif name is None and not everything:
        rows: list[Row] = [{"rule": page.name, "severity": page.rank, "summary": page.summary} for page in listed]
        click.echo(render(rows, ("rule", "severity", "summary"), "table" if form == "text" else form, 120), nl=False)
    else:
        click.echo(_pages(listed, form), nl=False)


def _pages(listed: Sequence[Rule], form: str) -> str:
    """Manual pages one below the other."""
    if form == "md":
        return "\n".join(f"## {page.name}\n\n*{page.rank}*. {page.markdown}\n{_cure(page)}" for page in listed)
    line = "-" * min(terminal_width(), 80)
    return f"{line}\n".join(f"{page.name} ({page.rank})\n\n{_manual(page)}\n{_cure(page)}" for page in listed)


def _manual(page: Rule) -> str:
    """A page in lines that fit the terminal; its examples stay as they are."""
    from kb.linting.manual import paragraphs  # noqa: PLC0415 - only what is asked for is loaded

    blocks = (
        indent(text, "    ") if code else "\n".join(fill_lines(text, terminal_width()))
        for text, code in paragraphs(page.manual)
    )
    return "\n\n".join(blocks)


def _cure(page: Rule) -> str:
    return f"\n{page.cure}\n" if page.cure else ""
