"""What commands share: how files, lists of words, colours and formats are asked for, what a shell completes, and printing rows."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from kb.finding import KbError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from click.shell_completion import CompletionItem

    from kb.cli import Project
    from kb.debate import Debate
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


def terminal_width() -> int:
    """Columns to fill: those of the terminal, but no fewer than a phone has, nor more than are good to read."""
    return min(max(shutil.get_terminal_size((100, 24)).columns, 40), 120)


def echo_rows(rows: Sequence[Row], columns: Sequence[str], form: str, *, nothing: str, cut: bool = False) -> None:
    """Print rows; for people also say when there are none. With `cut`, a row of a table is a line."""
    from kb.tables import render  # noqa: PLC0415 - `kb --help` needs no tables

    if not rows and form == "table":
        click.echo(nothing)
    else:
        click.echo(render(rows, columns, form, terminal_width(), cut=cut), nl=False)


def split_words(_context: click.Context, _parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Words given one by one or joined by commas."""
    return tuple(name for given in value for name in given.replace(",", " ").split())


def paths_in_debate(project: Project, paths: Iterable[Path]) -> list[str]:
    """Paths as findings spell them; one that does not exist cannot be checked."""
    for path in paths:
        if not path.exists():
            message = f"there is no file or folder {path}"
            raise click.UsageError(message)
    return [path_in_debate(project, path) for path in paths]


def path_in_debate(project: Project, path: Path) -> str:
    """A path as findings spell it; one that is no part of the debate cannot be checked."""
    real, claims = path.resolve(), project.claims.resolve()
    if not real.is_relative_to(claims):
        message = f"{path} is not in {project.claims}, the debate that is checked"
        raise click.UsageError(message)
    return (Path(claims.name) / real.relative_to(claims)).as_posix()


def path_speller(project: Project) -> Callable[[str], str]:
    """Paths as the person at the terminal would write them."""
    return lambda file: os.path.relpath(project.project / file)


def use_colour(asked: str, *, to_terminal: bool) -> bool:
    """Whether to use colours: as asked, else on a terminal that can, whose user has not said no (https://no-color.org)."""
    if asked != "auto":
        return asked == "always"
    refused = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and to_terminal and not refused


# -- what a shell completes --------------------------------------------------------------------------------------------


def _completions(begun: str, known: Mapping[str, str]) -> list[CompletionItem[str]]:
    """The words that begin like this, each with what it stands for."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415 - only a shell that completes needs it

    return [CompletionItem(word, help=said) for word, said in sorted(known.items()) if word.startswith(begun)]


def _completer(
    known: Callable[[Debate], Mapping[str, str]],
) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem[str]]]:
    """Names of the debate; none where there is no debate, for a line that is being typed is no place for complaints."""

    def complete(context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem[str]]:
        project: Project = context.obj
        try:
            return _completions(begun, known(project.loaded.debate))
        except (KbError, OSError):
            return []

    return complete


complete_nodes = _completer(lambda debate: {node.id: node.label for node in debate.nodes.values()})
complete_participants = _completer(lambda debate: {found.id: found.name for found in debate.participants.values()})
complete_sources = _completer(lambda debate: {source.id: source.title for source in debate.sources.values()})
complete_tags = _completer(lambda debate: {tag: "" for node in debate.nodes.values() for tag in node.tags})
complete_topics = _completer(
    lambda debate: {name: debate.topics[name].title if name in debate.topics else "" for name in debate.topic_order}
)


def complete_rules(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem[str]]:
    """Rules of the linter; of several joined by commas the last."""
    from kb.linting.manual import rules  # noqa: PLC0415 - only what is asked for is loaded

    before = begun[: begun.rfind(",") + 1]
    return _completions(begun, {before + rule.name: rule.summary for rule in rules()})
