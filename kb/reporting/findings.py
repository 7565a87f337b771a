"""What a format is given: the findings, and what it may need to say where they are and where their rules are explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.finding import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kb.finding import Finding, Span
    from kb.linting.identity import Line

    SpellPath = Callable[[str], str]
    """A path as the person at the terminal would write it."""


class Report(NamedTuple):
    """Findings to be written down."""

    findings: Sequence[Finding]
    line: Line
    spell_path: SpellPath = str
    url: str | None = None
    """Where the site of the debate is published."""
    colour: bool = False

    def path(self, file: str) -> str:
        """A path as it can be shown on a line."""
        return printable(self.spell_path(file))

    def where(self, file: str, span: Span) -> str:
        """A place as editors and terminals make it a link; a file name at the start of a line is no command to a CI runner."""
        path = self.path(file)
        lead = "./" if path.startswith(("::", "##")) else ""
        return f"{lead}{path}:{span.line}:{span.column}"

    def manual(self, rule: str) -> str | None:
        """The address of a rule's page, if the site is published."""
        if self.url is None or not self.url.startswith(("https://", "http://")):
            return None
        return f"{self.url.rstrip('/')}/rules/{rule}.html"


def finding_text(finding: Finding) -> str:
    """What was found and what would be right, in a sentence."""
    return f"{finding.message}; {finding.help}" if finding.help else finding.message
