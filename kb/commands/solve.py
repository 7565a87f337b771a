"""Which arguments of an abstract framework can be accepted, for comparison with other solvers."""

from __future__ import annotations

from pathlib import Path

import click

from kb.abstract.notation import NOTATIONS, read
from kb.abstract.tasks import TASKS, answer
from kb.finding import KbError

GROUP = "solve"
_LARGEST = 500_000_000


@click.command(short_help="Find which arguments of an abstract framework can be accepted together.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-p", "--problem", required=True, metavar="TASK-SEM", type=click.Choice(TASKS), help="What is asked.")
@click.option("-a", "--argument", metavar="ARGUMENT", help="The argument that DC and DS ask about.")
@click.option("--notation", type=click.Choice(NOTATIONS), help="How FILE is written, if its name does not tell.")
def command(file: Path, problem: str, argument: str | None, notation: str | None) -> None:
    """Say which arguments of FILE can be accepted together, as solvers in the argumentation competition do.

    FILE is an abstract framework, arguments and attacks, in the notation that its name ends in: .af, .tgf or .apx. TASK-SEM is what is
    asked, under which semantics. Tasks: SE some extension, EE all of them, CE how many there are, DC whether ARGUMENT is in some, DS
    whether it is in all. Semantics: GR grounded, CO complete, PR preferred, ST stable. What the grounded labelling leaves undecided
    takes a SAT solver: the extra `[solve]`.
    """
    form = notation or file.suffix.removeprefix(".")
    if form not in NOTATIONS:
        message = f"the name of {file} does not end in .af, .tgf or .apx; say with --notation how it is written"
        raise KbError(message)
    graph = read(_text(file), form, str(file))
    click.echo(answer(graph, problem, argument), nl=False)


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > _LARGEST:
            message = f"{file} is too large: at most {_LARGEST:,} bytes are read"
            raise KbError(message)
        return file.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror}"
        raise KbError(message) from error
