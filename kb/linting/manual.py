"""The manual of the linter: every rule with its page, its severity and the profile it belongs to.

A rule is a module of `kb.rules`. Its docstring is the page; `SEVERITY` ranks it; `PROFILE`, if given, says that it only runs in the
profile `pedantic`, or (`policy`) only where the editors of a debate ask for it; `FIX`, that the tool can mend what it finds.
"""

from __future__ import annotations

import functools
import inspect
import textwrap
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from kb import discover
from kb.finding import KbError
from kb.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType

RULES = "kb.rules"


class Rule(NamedTuple):
    """A rule as its manual page shows it."""

    name: str
    severity: str
    profile: str
    summary: str
    manual: str
    fix: str | None
    """`safe`, `unsafe`, or `sometimes`: safe where it is plain what was meant, else unsafe or left to the editor."""

    @property
    def cure(self) -> str:
        """What the tool can do about it, in a sentence; empty if that is nothing."""
        return _CURES[self.fix] if self.fix else ""

    @property
    def rank(self) -> str:
        """Its severity; of a rule that not every debate is checked by, also when it runs: `info, pedantic`."""
        return self.severity if self.profile == "default" else f"{self.severity}, {self.profile}"

    @property
    def why(self) -> str:
        """Why the fault hurts a debate: the page without its first line and its examples."""
        text = self.manual.removeprefix(self.summary).partition("\nBad:\n")[0]
        return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))

    @property
    def markdown(self) -> str:
        """The page as Markdown: its indented examples are code already."""
        return self.manual.replace("\nBad:\n", "\n**Bad:**\n").replace("\nGood:\n", "\n**Good:**\n")


_CURES = {
    "safe": "`kb lint --fix` mends it.",
    "sometimes": "`kb lint --fix` mends it where that is safe, `--fix --unsafe-fixes` elsewhere, as far as there is a way.",
    "unsafe": "`kb lint --fix --unsafe-fixes` mends it; look at what it did.",
}


@functools.cache
def rules() -> tuple[Rule, ...]:
    """All rules by name."""
    return tuple(_rule(name, module) for name, module in discover.modules(RULES).items())


def find_rule(name: str) -> Rule:
    """One rule; an unknown name is one line with the nearest known one."""
    if name not in discover.names(RULES):
        raise KbError(_unknown_rule_message(name))
    return _rule(name, discover.module(RULES, name))


def _rule(name: str, module: ModuleType) -> Rule:
    manual = inspect.cleandoc(module.__doc__ or "")
    profile: str = getattr(module, "PROFILE", "default")
    return Rule(name, module.SEVERITY, profile, manual.partition("\n")[0], manual, getattr(module, "FIX", None))


def _unknown_rule_message(name: str) -> str:
    near = did_you_mean(name, discover.names(RULES)) or "`kb rule` lists them"
    return f"no rule is called `{name}`; {near}"


def resolve_patterns(patterns: Iterable[str]) -> frozenset[str]:
    """The rules that names and patterns (`unused-*`) stand for; one that stands for none is misuse."""
    names: set[str] = set()
    for pattern in patterns:
        named = matching_rules(pattern)
        if not named:
            raise KbError(_unknown_rule_message(pattern))
        names |= named
    return frozenset(names)


def matching_rules(pattern: str) -> frozenset[str]:
    """The rules that a name or a pattern stands for."""
    return frozenset(name for name in discover.names(RULES) if fnmatchcase(name, pattern))


class Paragraph(NamedTuple):
    """A stretch of a manual page: a paragraph of text on one line, or an example as it stands."""

    text: str
    code: bool


def paragraphs(manual: str) -> tuple[Paragraph, ...]:
    """A manual page in its paragraphs; examples are what is indented."""
    paragraphs: list[Paragraph] = []
    for block in manual.split("\n\n"):
        code = block.startswith("    ")
        text = textwrap.dedent(block) if code else " ".join(block.split())
        if code and paragraphs and paragraphs[-1].code:
            text = f"{paragraphs.pop().text}\n\n{text}"
        paragraphs.append(Paragraph(text, code))
    return tuple(paragraphs)
