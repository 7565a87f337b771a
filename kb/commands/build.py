"""Publish the debate as a static site."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from kb.finding import KbError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kb.cli import Project
    from kb.finding import Finding
    from kb.publish import Published

GROUP = "publish"

_PATIENCE, _PAUSE = 1.0, 0.1
"""Seconds before progress is shown, and between one time and the next."""


@click.command
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Where to write the site; by default `_site` beside `claims`.",
)
@click.pass_obj
def command(project: Project, folder: Path | None) -> None:
    """Write the debate as a site that opens from disk, without a server or JavaScript.

    Of a site that is there already only the files that differ are written; if anything is wrong, it stays as it was. A file in its
    folder that no build put there is never removed or written over: until somebody moves it away, no site is written. A debate with
    errors is not published: `kb lint` tells more about each.
    """
    from kb.caching.shelf import Shelf  # noqa: PLC0415 - only what is asked for is loaded
    from kb.output.ownership import own_target  # noqa: PLC0415
    from kb.publish import publish  # noqa: PLC0415
    from kb.publishing.theme import ThemeError, read_theme  # noqa: PLC0415
    from kb.publishing.unused import unused_files  # noqa: PLC0415
    from kb.templating.bytecode import remembered_templates  # noqa: PLC0415

    target = own_target(folder or project.project / "_site", project.claims)
    work, shelf = project.workspace, Shelf(project.claims, project.key_file)
    errors = project.errors()
    if errors:
        click.echo(_refusal_text(project, errors), err=True)
        sys.exit(1)
    debate, parts, large = work.loaded.debate, work.parts, work.is_large
    del work  # and with it all that only lint asks for: in a large debate as much as the site itself takes
    project.forget()
    progress = Progress(sys.stderr, time.monotonic, len(debate.nodes))
    try:
        before, theme = shelf.read(), read_theme(project.project)
        with remembered_templates(project.key_file):
            done = publish(debate, theme, parts, target, before, report=progress.show)
    except ThemeError as error:
        for line in error.lines[:-1]:
            click.echo(f"kb: {line}", err=True)
        raise KbError(error.lines[-1]) from error
    finally:
        progress.clear()
    if large and done.built is not before:
        shelf.write(done.built)
    for line in (*unused_files(theme), *done.shortfalls):
        click.echo(f"kb: {line}", err=True)
    click.echo(_summary_text(done, target))
    click.echo(f"Open {(target / 'index.html').as_uri()}")


def _summary_text(done: Published, target: Path) -> str:
    """How many pages were written, and how many of those before stayed or went."""
    written, removed = (sum(path.endswith(".html") for path in paths) for paths in (done.written, done.removed))
    sentences = [f"Wrote {written} {'page' if written == 1 else 'pages'} to {target}"]
    sentences += [f"kept {done.pages - written}"] if written < done.pages else []
    sentences += [f"removed {removed}"] if removed else []
    *first, last = sentences
    return f"{', '.join(first)} and {last}" if first else last


class Progress:
    """On a terminal, how many pages are made, once that takes longer than one likes to wait for; nothing of it stays there."""

    def __init__(self, terminal: TextIO, clock: Callable[[], float], points: int) -> None:
        """`points` have a page each; a site has some more."""
        self.terminal = terminal if terminal.isatty() else None
        self.clock = clock
        self.points = points
        self._next = clock() + _PATIENCE
        self._shown = False

    def show(self, pages: int) -> None:
        """So many pages are made."""
        now = self.clock() if self.terminal is not None else 0
        if self.terminal is not None and now >= self._next:
            self.terminal.write(f"\r{pages} pages of {self.points} points and their lists …")
            self.terminal.flush()
            self._next, self._shown = now + _PAUSE, True

    def clear(self) -> None:
        """Leave the line empty."""
        if self.terminal is not None and self._shown:
            self.terminal.write("\r\x1b[K")
            self.terminal.flush()


def _refusal_text(project: Project, errors: Sequence[Finding]) -> str:
    """The errors, one line each, and what to do."""
    from kb import report  # noqa: PLC0415 - only where there is something to report

    listing = report.render(
        errors, "concise", project.loaded.line, lambda file: os.path.relpath(project.project / file)
    )
    count = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
    return f"{listing}kb: {count}, so no site was written; `kb lint` shows each in full"
