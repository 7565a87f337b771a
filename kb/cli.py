"""The command line: finds the commands in `kb.commands`, the debate in the nearest `claims/`, and says errors in one line."""

from __future__ import annotations

import gc
import os
import sys
import time
from functools import cached_property
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb import discover
from kb.finding import KbError, printable
from kb.memory import forget
from kb.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kb.debate import Debate
    from kb.finding import Finding
    from kb.linting.choice import Severities
    from kb.load import Loaded
    from kb.workspace import Workspace

COMMANDS = "kb.commands"
GROUPS = {
    "write": "Write a debate",
    "publish": "Publish it",
    "read": "Look things up",
    "ask": "Ask what follows",
    "solve": "Work with abstract frameworks",
}
"""What commands are for, by what their modules say of themselves (`GROUP`), in the order of the help."""
_A_SENTENCE = 200
"""Characters; none of ours is longer."""


class Project:
    """The debate a command works on; found and read when first asked for."""

    def __init__(self, start: Path) -> None:
        self.start = start
        self.remembers = True
        """Whether what was read and found before may be used, and is kept for the next time."""
        self._unsaved: dict[str, bytes] = {}

    @cached_property
    def claims(self) -> Path:
        """The folder with the debate."""
        from kb.load import find_claims  # noqa: PLC0415 - `kb --help` needs no YAML

        return find_claims(self.start)

    @property
    def project(self) -> Path:
        """The folder that holds `claims/`: where `_site/` goes."""
        return self.claims.absolute().parent

    @cached_property
    def workspace(self) -> Workspace:
        """The debate as it is read, remembered and checked."""
        from kb.caching.store import Cache  # noqa: PLC0415 - as above
        from kb.workspace import Workspace  # noqa: PLC0415

        return Workspace(self.claims, Cache(self.claims, self.key_file), time.time_ns)

    def forget(self) -> None:
        """Let go of all that was needed to read the debate and to check it; who has the debate itself keeps it."""
        from kb.caching.places import let_go  # noqa: PLC0415 - as above

        let_go()
        forget(self.loaded.debate)
        for name in ("loaded", "workspace"):
            vars(self).pop(name, None)

    @property
    def key_file(self) -> Path:
        """The key that tells this person's own caches from those of others."""
        return Path(click.get_app_dir("argument-kb")) / "cache-key"

    @cached_property
    def loaded(self) -> Loaded:
        """The debate as read, once."""
        if not self.remembers:
            from kb.load import load  # noqa: PLC0415 - as above

            return load(self.claims, self._unsaved)
        for path, text in self._unsaved.items():
            self.workspace.update(path, text)
        return self.workspace.loaded

    @cached_property
    def debate(self) -> Debate:
        """The debate to answer questions about; what answers leave out is said once, beside them."""
        from kb.queries.gaps import gaps  # noqa: PLC0415 - as above

        notice = gaps(self.loaded, lambda rule: discover.module("kb.rules", rule).SEVERITY == "error")
        if not self.loaded.debate.nodes:
            where = os.path.relpath(self.claims)
            wrong = notice is not None
            notice = f"no node can be read in {where}; `kb lint` says what is wrong there"
            notice = notice if wrong else f"there is no node in {where} yet"
        if notice is not None:
            click.echo(f"kb: {notice}", err=True)
        return self.loaded.debate

    def load(self, unsaved: Mapping[str, bytes]) -> Loaded:
        """The debate, with files as an editor holds them in the place of what is on disk."""
        self._unsaved.update(unsaved)
        return self.loaded

    def findings(self, severities: Severities | None = None) -> tuple[Finding, ...]:
        """What these rules find in the debate, or those of its `kb.yaml`; it is remembered."""
        findings = self.workspace.findings(severities)
        self.workspace.remember()
        return findings

    def errors(self) -> tuple[Finding, ...]:
        """What keeps the debate from being published; no more is asked, unless that is an error that depends on all else."""
        from kb.linting.choice import choose, only_errors  # noqa: PLC0415 - as above

        findings = self.findings(only_errors(choose(self.loaded.debate.settings.lint)))
        return tuple(finding for finding in findings if finding.severity == "error")


class Commands(click.Group):
    """One command a module, named by its file."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, sorted."""
        del ctx
        return list(discover.names(COMMANDS))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command in the module of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command = discover.module(COMMANDS, cmd_name).command
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What each command does, in a whole sentence, with those together that serve the same."""
        del ctx
        modules = discover.modules(COMMANDS)
        for group, title in GROUPS.items():
            inside = {name: module.command for name, module in modules.items() if group == module.GROUP}
            with formatter.section(title):
                formatter.write_dl([(name, inside[name].get_short_help_str(_A_SENTENCE)) for name in inside])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest the nearest command for an unknown one."""
        unknown = args and not args[0].startswith("-") and args[0] not in self.list_commands(ctx)
        if unknown and not ctx.resilient_parsing:
            near = did_you_mean(args[0], self.list_commands(ctx)) or "`kb --help` lists them"
            ctx.fail(f"no command is called `{args[0]}`; {near}")
        return super().resolve_command(ctx, args)

    def main(  # type: ignore[override] # click overloads it by the value of one flag
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: object,
    ) -> object:
        """Run a command; misuse of the tool is one line and exit 2, and whoever closes the pipe early is told nothing."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):  # what a terminal has no letter for is shown by its number
                stream.reconfigure(errors="backslashreplace")
        try:
            code: object = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.ClickException as error:
            if isinstance(error, _HELP_ASKED):
                error.show()
                sys.exit(error.exit_code)
            code = _print_error(error.format_message() + self._hint(error), error.exit_code)
        except KbError as error:
            code = _print_error(str(error), error.exit_code)
        except click.Abort:
            code = _print_error("stopped", _INTERRUPTED)
        except BrokenPipeError:
            _give_up_output()
            code = 1
        except OSError as error:
            _give_up_output()
            where = f": {error.filename}" if error.strerror and error.filename else ""
            code = _print_error(f"the system refused: {error.strerror or error}{where}", _REFUSED)
        if standalone_mode:
            sys.exit(code if isinstance(code, int) else 0)
        return code

    def _hint(self, error: click.ClickException) -> str:
        """How a command is written that lacks something; where an option belongs that no command has, but the tool."""
        if (
            isinstance(error, click.MissingParameter)
            and isinstance(error.param, click.Argument)
            and error.ctx is not None
        ):
            pieces = error.ctx.command.collect_usage_pieces(error.ctx)
            return f" The whole is `kb {' '.join([str(error.ctx.info_name), *pieces])}`."
        own = {name for option in self.params for name in option.opts}
        if not isinstance(error, click.NoSuchOption) or error.option_name not in own or error.ctx is None:
            return ""
        return f" It goes before the command: `kb {error.option_name} … {error.ctx.info_name}`."


_HELP_ASKED: tuple[type[Exception], ...] = (getattr(click.exceptions, "NoArgsIsHelpError", KbError),)
_INTERRUPTED, _REFUSED = 130, 2


def _give_up_output() -> None:
    """What is still to be written goes nowhere: nobody reads it, or there is no room for it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print_error(message: str, code: int) -> int:
    """Tell what went wrong in one line."""
    click.echo(f"kb: {' '.join(printable(message).split())}", err=True)
    return code


def _resume_collection() -> None:
    """Look for garbage again, but not among what the command kept: the process is about to end."""
    gc.freeze()
    gc.enable()


def _set_folder(ctx: click.Context, _parameter: click.Parameter, folder: Path) -> None:
    """Set the folder to work on: at once, so that a shell that completes a word has it, too."""
    ctx.obj = Project(folder)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "folder",
    default=".",
    metavar="DIR",
    type=click.Path(path_type=Path),
    callback=_set_folder,
    expose_value=False,
    help="Work on the debate in DIR instead of the nearest claims/ folder.",
)
@click.version_option(package_name="argument-kb", prog_name="kb")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Debates as plain YAML in git: checked like code, evaluated like logic, published as a site.

    A debate lives in a folder `claims/`, one small file a point. `kb init` starts one, `kb lint` checks it, `kb open` tells what
    is still in dispute and who owes an answer, `kb build` writes the site.
    """
    if gc.isenabled():
        gc.disable()  # what a command reads it keeps until it ends: looking for garbage would be a third of its time
        ctx.call_on_close(_resume_collection)
