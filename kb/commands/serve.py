"""Show the site while the debate is being edited."""

from __future__ import annotations

import gc
import signal
import time
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kb.cli import Project
    from kb.previewing.preview import Preview

GROUP = "publish"


_SHOWN = 10
"""Errors that are shown at the terminal; pages have them all."""


@click.command
@click.option(
    "--port", type=click.IntRange(1, 65535), help="The port to use; by default 8000, or the next one that is free."
)
@click.option("--open", "in_browser", is_flag=True, help="Open the site in the browser.")
@click.pass_obj
def command(project: Project, port: int | None, in_browser: bool) -> None:
    """Show the site in the browser, and build it anew with every save.

    Open pages load again by themselves when something on them has changed, and show what the linter finds. While there are errors, the
    site stays as it was before them. It is served to this machine only, from memory: nothing is written. Ctrl+C ends it.
    """
    from threading import Event  # noqa: PLC0415 - only what is asked for is loaded

    from kb.previewing.preview import Preview  # noqa: PLC0415
    from kb.previewing.server import serve  # noqa: PLC0415
    from kb.previewing.watch import has_watchfiles, saves  # noqa: PLC0415
    from kb.publishing.theme import FOLDER  # noqa: PLC0415
    from kb.templating.bytecode import remembered_templates  # noqa: PLC0415
    from kb.workspace import Workspace  # noqa: PLC0415

    gc.enable()  # a server lives long and leaves much behind
    preview = Preview(Workspace(project.claims, clock=time.time_ns))
    server = serve(preview, port)
    changes = saves((project.claims, project.project / FOLDER), Event())
    try:
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # who ends it from elsewhere is heard like Ctrl+C
        server.start()
        with remembered_templates(project.key_file):
            _renew(preview)
        place = "The site is" if preview.state.files else "Once that is mended, the site will be"
        click.echo(f"{place} at {server.url} and is built anew with every save. Ctrl+C ends it.")
        if not has_watchfiles():
            click.echo(
                "kb: files are looked at every half second; `pip install 'argument-kb[serve]'` lets the system tell",
                err=True,
            )
        if in_browser:
            click.launch(server.url)
        for _ in changes:
            _renew(preview)
    except KeyboardInterrupt:
        click.echo("\nThe preview has ended.")
    finally:
        server.stop()


def _renew(preview: Preview) -> None:
    """Build again, and say in a line what came of it."""
    began = time.perf_counter()
    state, changed = preview.renew()
    took = f"{time.perf_counter() - began:.1f} s"
    wrong = state.count_words()
    if state.stale:
        errors = [note for note in state.notes if note.severity == "error"]
        for note in errors[:_SHOWN]:
            click.echo(f"{note.where}: {note.message}".removeprefix(": "))
        click.echo(f"Not built: {wrong} ({took})")
    else:
        click.echo(
            f"Built in {took}, {'1 file' if changed == 1 else f'{changed} files'} changed" + (wrong and f": {wrong}")
        )
