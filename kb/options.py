"""What commands share: the choice of a format, and printing rows in it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kb.tables import Row

FORMATS = ("table", "json", "csv", "md")
"""Forms in which rows can be printed."""

_F = TypeVar("_F", bound="Callable[..., object]")


def format_option(command: _F) -> _F:
    """Add `--format` to a command that prints rows."""
    add = click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="table",
        show_default=True,
        help="How to print the rows.",
    )
    return add(command)


def width() -> int:
    """Columns to fill: those of the terminal, within what is good to read."""
    return min(max(shutil.get_terminal_size((100, 24)).columns, 60), 120)


def echo_rows(rows: Sequence[Row], columns: Sequence[str], form: str, *, nothing: str) -> None:
    """Print rows; for people also say when there are none."""
    from kb.tables import render  # noqa: PLC0415 - `kb --help` needs no tables

    if not rows and form == "table":
        click.echo(nothing)
    else:
        click.echo(render(rows, columns, form, width()), nl=False)
