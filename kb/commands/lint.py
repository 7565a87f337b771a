"""Check the debate."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.cli import Project
    from kb.finding import Finding


@click.command
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["full", "concise", "json"]),
    default="full",
    show_default=True,
    help="In full with excerpts, a line each, or JSON.",
)
@click.pass_obj
def command(project: Project, paths: tuple[Path, ...], form: str) -> None:
    """Check the debate and print every finding, with what would be right.

    With PATHs (files or folders of the debate) only findings in them are shown; the whole debate is read all the same. Exits 1
    if a finding is an error; warnings and infos do not count.
    """
    from kb import report  # noqa: PLC0415 - only what is asked for is loaded
    from kb.lint import lint  # noqa: PLC0415
    from kb.reading import source  # noqa: PLC0415

    chosen = [_inside(path, project) for path in paths]
    if not source.HAS_C_PARSER:
        click.echo("kb: PyYAML lacks its C library here, so reading is slow", err=True)
    loaded = project.loaded
    findings = _chosen(lint(loaded), chosen)
    shown = report.render(findings, form, loaded.line, lambda file: os.path.relpath(project.project / file))
    click.echo(shown, nl=False)
    if findings and form == "full":
        click.echo()
    click.echo(report.summary(findings, len(loaded.debate.nodes), len(loaded.debate.sources)), err=form != "full")
    if any(finding.severity == "error" for finding in findings):
        sys.exit(1)


def _inside(path: Path, project: Project) -> str:
    """A path as findings spell it; one that does not exist or is no part of the debate cannot be checked."""
    if not path.exists():
        message = f"there is no file or folder {path}"
        raise click.UsageError(message)
    real, claims = path.resolve(), project.claims.resolve()
    if not real.is_relative_to(claims):
        message = f"{path} is not in {project.claims}, the debate that is checked"
        raise click.UsageError(message)
    return (Path(claims.name) / real.relative_to(claims)).as_posix()


def _chosen(findings: Sequence[Finding], chosen: list[str]) -> list[Finding]:
    """Findings in the files and folders asked for; all if none were."""
    return [f for f in findings if not chosen or any(f.file == c or f.file.startswith(f"{c}/") for c in chosen)]
