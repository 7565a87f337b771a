"""The language server."""

from __future__ import annotations

import gc
import logging
from typing import TYPE_CHECKING

import click

from kb.finding import KbError

if TYPE_CHECKING:
    from kb.cli import Project

GROUP = "write"


@click.command
@click.option("--stdio", is_flag=True, help="Use standard input and output, as it does anyway; some editors say so.")
@click.pass_obj
def command(project: Project, stdio: bool) -> None:
    """Help an editor: findings as you type, completion, hover, definitions, references, renaming and fixes.

    An editor starts it and speaks the Language Server Protocol to it over standard input and output; docs/editors.md says how to
    set that up. It serves the debates in the editor's folders, and needs `pip install 'argument-kb[lsp]'`.
    """
    del stdio
    try:
        from kb.serving.server import Server  # noqa: PLC0415 - only what is asked for is loaded
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing not in {"pygls", "lsprotocol"}:
            raise
        message = f"the language server needs the package {missing}; `pip install 'argument-kb[lsp]'` installs it"
        raise KbError(message) from error
    gc.enable()  # a server lives long and leaves much behind
    logging.basicConfig(level=logging.WARNING, format="kb lsp: %(message)s")
    Server(project.start).start_io()
