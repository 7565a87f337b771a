"""Check the debate."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from kb import discover
from kb.finding import SEVERITIES, KbError
from kb.options import complete_rules, path_in_debate, path_speller, paths_in_debate, split_words, use_colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.cli import Project
    from kb.finding import Finding
    from kb.fixing.debate import Edited
    from kb.fixing.rounds import Checked
    from kb.linting.choice import Severities
    from kb.linting.modes import Options
    from kb.load import Loaded
    from kb.workspace import Workspace

    Findings = tuple[Finding, ...]

GROUP = "write"

_FULL = "full"
_STDIN = "-"
_LARGEST_BASELINE = 100_000_000

_FILE = click.Path(path_type=Path, dir_okay=False)
_rules = partial(click.option, metavar="RULES", multiple=True, callback=split_words, shell_complete=complete_rules)


@click.command
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--format",
    "form",
    type=click.Choice(discover.names("kb.formats")),
    help="How to print findings; `full` if not given.",
)
@click.option("-o", "--output", metavar="FILE", type=_FILE, help="Write the findings to FILE.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colours for a terminal.")
@_rules("--select", help="Run only these rules, as in `unused-*`.")
@_rules("--ignore", help="Do not run these rules.")
@click.option("--profile", type=click.Choice(["default", "pedantic"]), help="Another profile than that of `kb.yaml`.")
@click.option("--since", metavar="REV", help="Show only findings about what changed since this git revision.")
@click.option("--baseline", metavar="FILE", type=_FILE, help="Leave out the findings recorded in FILE.")
@click.option("--write-baseline", is_flag=True, help="Record all findings in the FILE of --baseline, and show none.")
@click.option("--fail-on", type=click.Choice(SEVERITIES), default="error", help="The least that makes the exit code 1.")
@click.option("--strict", is_flag=True, help="The same as `--fail-on warning`.")
@click.option("--exit-zero", is_flag=True, help="Exit 0 whatever is found.")
@click.option("--fix", is_flag=True, help="Mend what is safe to mend, and show what remains.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: also what may change what is said.")
@click.option("--diff", is_flag=True, help="Show what --fix would change instead; exit 1 if that is anything.")
@click.option("--statistics", is_flag=True, help="Count findings by rule instead of showing them.")
@click.option("--show-files", is_flag=True, help="List the files that are read, and check nothing.")
@click.option("--no-cache", is_flag=True, help="Read and check everything anew, and keep no cache of it.")
@click.option("--stdin-filename", metavar="FILE", type=_FILE, help="The file of the debate that `-` stands for.")
@click.pass_obj
def command(project: Project, paths: tuple[Path, ...], **options: Unpack[Options]) -> None:
    """Check the debate and print every finding, with what would be right.

    With PATHs (files or folders of the debate) only findings in them are shown; the whole debate is read all the same. `-` reads
    one file from standard input, as an editor holds it before saving. Exits 1 if a finding is an error; warnings and infos do
    not count unless `--fail-on` says so. Rules and severities are chosen in `claims/kb.yaml`.
    """
    from kb.linting.modes import refuse_unheeded  # noqa: PLC0415 - only what is asked for is loaded

    refuse_unheeded(options)
    project.remembers = not options["no_cache"]
    if options["show_files"]:
        _show_files(project, paths_in_debate(project, paths))
        return
    loaded, chosen = _read(project, paths, options["stdin_filename"])
    if options["diff"]:
        _show_diff(project, loaded, chosen, options)
        return
    fixed: Findings = ()
    if options["fix"]:
        _, (_, fixed, _, checked), loaded = _fix(project, loaded, chosen, options)
    else:
        checked = _check(project, loaded, _find(project, loaded, options), chosen, options)
    if options["write_baseline"] and options["baseline"] is not None:
        _write_baseline(loaded, checked.findings, options["baseline"])
        return
    _print(project, loaded, checked.chosen, options, fixed)
    worst = SEVERITIES.index("warning" if options["strict"] else options["fail_on"])
    if not options["exit_zero"] and any(SEVERITIES.index(finding.severity) <= worst for finding in checked.chosen):
        sys.exit(1)


# -- what to read ----------------------------------------------------------------------------------------------


def _show_files(project: Project, chosen: list[str]) -> None:
    from kb.reading.files import paths  # noqa: PLC0415 - only what is asked for is loaded

    for path in paths(project.claims):
        if _is_chosen(path, chosen):
            click.echo(path_speller(project)(path))


def _read(project: Project, paths: tuple[Path, ...], stdin: Path | None) -> tuple[Loaded, list[str]]:
    """The debate, with standard input in the place of its file, and what to show of it."""
    from kb.reading import letters, source  # noqa: PLC0415

    if not source.HAS_C_PARSER:
        click.echo("kb: PyYAML lacks its C library here, so reading is slow", err=True)
    if Path(_STDIN) not in paths:
        if stdin is not None:
            message = "`--stdin-filename` names what `-` stands for; give `-` as the PATH"
            raise click.UsageError(message)
        return project.loaded, paths_in_debate(project, paths)
    if len(paths) > 1 or stdin is None:
        message = "`-` stands alone, with `--stdin-filename` to say which file of the debate it is"
        raise click.UsageError(message)
    held = path_in_debate(project, stdin)
    return project.load({held: sys.stdin.buffer.read(letters.MAX_BYTES + 1)}), [held]


# -- what to find ----------------------------------------------------------------------------------------------


def _severities(loaded: Loaded, options: Options) -> Severities:
    """The rules to run."""
    from kb.linting.choice import RuleSelection, choose  # noqa: PLC0415

    wanted = RuleSelection(options["select"], options["ignore"], options["profile"])
    return choose(loaded.debate.settings.lint, wanted)


def _find(project: Project, loaded: Loaded, options: Options) -> Findings:
    """All that these rules find."""
    from kb.lint import lint  # noqa: PLC0415

    severities = _severities(loaded, options)
    return project.findings(severities) if project.remembers else lint(loaded, severities)


def _check(project: Project, loaded: Loaded, findings: Findings, chosen: list[str], options: Options) -> Checked:
    """Of what was found: what the baseline does not record, what concerns an edit, what stands in the files asked for."""
    from kb.fixing.rounds import Checked  # noqa: PLC0415

    concerned = findings
    if options["baseline"] is not None and not options["write_baseline"]:
        concerned = _since_baseline(project, loaded, concerned, _severities(loaded, options), options["baseline"])
    if options["since"] is not None:
        concerned = _since_revision(project, loaded, concerned, options["since"])
    chosen_findings = tuple(finding for finding in concerned if _is_chosen(finding.file, chosen))
    return Checked(findings, chosen_findings, loaded.debate.rejected)


def _is_chosen(file: str, chosen: list[str]) -> bool:
    """Whether a file is one of those asked for, or in one of these folders; all are if none was."""
    return not chosen or any(file == path or file.startswith(f"{path}/") for path in chosen)


def _since_revision(project: Project, loaded: Loaded, findings: Findings, revision: str) -> Findings:
    """The findings about what an edit changed."""
    from kb.git import changed_since  # noqa: PLC0415
    from kb.linting.changes import changes  # noqa: PLC0415

    changed = changes(loaded.debate, changed_since(project.project, revision, project.claims.name))
    return tuple(finding for finding in findings if changed.concerns(finding))


# -- what to mend ----------------------------------------------------------------------------------------------


def _edit(project: Project, loaded: Loaded, chosen: list[str], options: Options) -> Edited:
    """The debate with what is to be mended mended, in memory."""
    from kb.fixing.debate import edit  # noqa: PLC0415

    def check(workspace: Workspace) -> Checked:
        return _check(
            project, workspace.loaded, workspace.findings(_severities(workspace.loaded, options)), chosen, options
        )

    return edit(project.claims, loaded.texts, check, unsafe=options["unsafe_fixes"])


def _fix(project: Project, loaded: Loaded, chosen: list[str], options: Options) -> Edited:
    """Mend files in their place, and standard input on its way to standard output."""
    from kb.fixing.saving import save  # noqa: PLC0415

    edited = _edit(project, loaded, chosen, options)
    for path, raw in loaded.texts.items():
        sys.stdout.buffer.write(edited.mended.files.get(path, raw))
    if not loaded.texts:
        save(project.project, edited.before, edited.mended.files)
    for finding in edited.mended.refused:
        where = f"{path_speller(project)(finding.file)}:{finding.span.line}"
        click.echo(f"kb: {where}: the fix of `{finding.rule}` would bring an error and is not made", err=True)
    return edited


def _show_diff(project: Project, loaded: Loaded, chosen: list[str], options: Options) -> None:
    """What would change, as a patch; exits 1 if that is anything."""
    from kb.fixing.diff import diff  # noqa: PLC0415

    edited = _edit(project, loaded, chosen, options)
    click.echo(diff(edited.before, edited.mended.files, path_speller(project)), nl=False)
    count = len(edited.mended.fixed)
    click.echo(f"Would fix {count:,} {'finding' if count == 1 else 'findings'}.", err=True)
    if edited.mended.files and not options["exit_zero"]:
        sys.exit(1)


# -- baselines -------------------------------------------------------------------------------------------------


def _since_baseline(
    project: Project, loaded: Loaded, findings: Findings, severities: Severities, file: Path
) -> Findings:
    """The findings that the baseline does not record, and a finding for each record of it that is out of date."""
    from kb.linting import baseline  # noqa: PLC0415

    try:
        with file.open("rb") as handle:
            text = handle.read(_LARGEST_BASELINE).decode("utf-8", "replace")
    except OSError as error:
        message = f"{file} was not read: {error.strerror or error}; `--write-baseline` writes it"
        raise KbError(message) from error
    recorded = baseline.read(os.path.relpath(file.absolute(), project.project), text)
    return baseline.compare(recorded, findings, loaded.line, severities)


def _write_baseline(loaded: Loaded, findings: Findings, file: Path) -> None:
    """Record all findings of the debate."""
    from kb.linting import baseline  # noqa: PLC0415
    from kb.writing import write  # noqa: PLC0415

    write(file, baseline.write(findings, loaded.line).encode())
    click.echo(f"Recorded {len(findings):,} {'finding' if len(findings) == 1 else 'findings'} in {file}")


# -- what to print ---------------------------------------------------------------------------------------------


def _print(
    project: Project, loaded: Loaded, findings: Sequence[Finding], options: Options, fixed: Findings = ()
) -> None:
    """Findings in the format asked for, and a sentence that sums them up."""
    from kb import report  # noqa: PLC0415
    from kb.linting import statistics  # noqa: PLC0415

    form, to_file = options["form"] or _FULL, options["output"] is not None
    text = statistics.render(findings, form) if options["statistics"] else _render(project, loaded, findings, options)
    aside = options["fix"] and options["stdin_filename"] is not None  # standard output has the text that was mended
    if options["output"] is not None:
        from kb.writing import write  # noqa: PLC0415 - only where something is written

        write(options["output"], text.encode())
    else:
        click.echo(text, nl=False, color=True, err=aside)  # it has colours only where they were asked for
    apart = form != _FULL and not to_file
    if text and not apart and not to_file:
        click.echo(err=aside)
    click.echo(report.summary(findings, *loaded.debate.size, fixed=len(fixed)), err=apart or aside)


def _render(project: Project, loaded: Loaded, findings: Sequence[Finding], options: Options) -> str:
    """Findings in a format; in a GitHub workflow that asks for none, in full and as annotations (of which it shows ten)."""
    from kb import report  # noqa: PLC0415

    form, url = options["form"], loaded.debate.settings.url
    colour = use_colour(options["color"], to_terminal=options["output"] is None)
    in_log = form is None and options["output"] is None and os.environ.get("GITHUB_ACTIONS")
    forms = (_FULL, "github") if in_log else (form or _FULL,)
    spell_path = path_speller(project)
    return "".join(report.render(findings, each, loaded.line, spell_path, url=url, colour=colour) for each in forms)
