"""What `kb lint` can be asked for, and what cannot be asked for together: an option that would not be heeded is refused, not ignored."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from kb.finding import KbError

if TYPE_CHECKING:
    from pathlib import Path


class Options(TypedDict):
    """What was asked for."""

    form: str | None
    output: Path | None
    color: str
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    profile: str | None
    since: str | None
    baseline: Path | None
    write_baseline: bool
    fail_on: str
    strict: bool
    exit_zero: bool
    statistics: bool
    show_files: bool
    stdin_filename: Path | None
    fix: bool
    unsafe_fixes: bool
    diff: bool
    no_cache: bool


_PRINTING = ("form", "output", "statistics")
_CHOOSING = ("select", "ignore", "profile", "since", "baseline")
_CHANGING = ("fix", "unsafe_fixes", "diff", "write_baseline")
_UNHEEDED = (
    ("show_files", "lists files and checks nothing", (*_PRINTING, *_CHOOSING, *_CHANGING, "stdin_filename")),
    ("diff", "prints a patch and no findings", (*_PRINTING, "write_baseline")),
    ("write_baseline", "records findings and prints none", _PRINTING),
    ("select", "runs the rules that it names, whatever the profile", ("profile",)),
)
"""Options of which the presence leaves others without effect: what they do instead, and which others."""
_COUNTED = {None, "full", "concise", "json"}


def refuse_unheeded(options: Options) -> None:
    """Raise `KbError` if something was asked for in vain, or would change files unseen."""
    given = {name for name, value in options.items() if value}
    for mode, does, unheeded in _UNHEEDED:
        vain = next((name for name in unheeded if name in given), None)
        if mode in given and vain is not None:
            message = f"`{_option_name(mode)}` {does}; leave out `{_option_name(vain)}`"
            raise KbError(message)
    if options["unsafe_fixes"] and not (options["fix"] or options["diff"]):
        message = "`--unsafe-fixes` says what to mend; give `--fix` to mend it, or `--diff` to see it first"
        raise KbError(message)
    if options["statistics"] and options["form"] not in _COUNTED:
        message = f"`--statistics` are a table or JSON; leave out `--format {options['form']}`"
        raise KbError(message)
    if options["write_baseline"] and (options["baseline"] is None or options["since"] is not None):
        message = "`--write-baseline` records the whole debate; give `--baseline FILE` to say where, and no `--since`"
        raise KbError(message)


def _option_name(name: str) -> str:
    return "--format" if name == "form" else f"--{name.replace('_', '-')}"
