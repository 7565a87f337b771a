"""What is wrong in the files, as the preview shows it: a line each, with the pages on which a reader would see it."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from kb.finding import in_a_line
from kb.previewing.whereabouts import own_page_of
from kb.publishing.theme import LinkError, ThemeError

if TYPE_CHECKING:
    from pathlib import Path

    from kb.finding import Finding, KbError
    from kb.publishing.theme import LinkFault

_PLACE = re.compile(r"([^:\s]+(?::\d+){0,2}): (.*)", re.DOTALL)


class Note(NamedTuple):
    """Something that is wrong, and the pages on which a reader would see it."""

    severity: str
    where: str
    """The file, the line and the column, as in `claims/talk/sky-is-blue.yaml:3:7`."""
    message: str
    help: str = ""
    rule: str = ""
    pages: tuple[str, ...] = ()
    """The page to look at comes first."""


def finding_note(finding: Finding, pages: tuple[str, ...]) -> Note:
    """The note for something that the linter found."""
    return Note(
        finding.severity,
        f"{in_a_line(finding.file)}:{finding.span.line}:{finding.span.column}",
        in_a_line(finding.message),
        in_a_line(finding.help),
        finding.rule,
        pages,
    )


def line_note(line: str, severity: str = "error") -> Note:
    """The note for a line, which may begin with a place, about what kept the site from being built or from being as its editors want it."""
    match = _PLACE.fullmatch(line)
    where, message = match.groups() if match else ("", line)
    return Note(severity, where, message, pages=own_page_of(where))


def error_notes(error: KbError) -> tuple[Note, ...]:
    """The notes for all that an error says; a link that leads nowhere also belongs to the page that has it."""
    if isinstance(error, LinkError):
        return tuple(map(_link_note, error.links))
    return tuple(map(line_note, error.lines if isinstance(error, ThemeError) else [str(error)]))


def _link_note(link: LinkFault) -> Note:
    note = line_note(link.message)
    return note._replace(help=link.help, pages=note.pages or (link.page,))


def refusal_note(error: OSError, project: Path) -> Note:
    """The note for something that the system could not read, mostly a file that vanished at that moment."""
    file = str(error.filename or "")
    where = os.path.relpath(file, project) if file.startswith(f"{project}{os.sep}") else file
    return Note("error", in_a_line(where.replace(os.sep, "/")), f"cannot be read ({error.strerror or error})")
