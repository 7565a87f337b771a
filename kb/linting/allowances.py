"""What editors accept: findings that a record, or `kb.yaml` for a whole folder, allows with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb import discover
from kb.finding import Problem
from kb.linting.manual import RULES
from kb.model import Node
from kb.reading.remedies import EntryRemoval
from kb.spelling import respelling
from kb.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from kb.debate import Debate
    from kb.finding import Finding
    from kb.model import Record

STALE = "stale-allow"


class Allowance(NamedTuple):
    """One entry of an `allow`: the rule, where its findings are accepted (a record, or a folder), and where that is written."""

    rule: str
    scope: str
    """The id of a record, or the path of a folder or file, which can be told from an id by its slash."""
    file: str
    record: Record
    path: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells entries apart."""
        return self.rule, self.scope, self.file


Key = tuple[str, str, str]


def allowances(debate: Debate) -> list[Allowance]:
    """Every entry of every `allow`."""
    entries = [
        Allowance(rule, record.id, record.file, record, ("allow", rule))
        for record in debate.allowing
        for rule, _reason in record.allow
    ]
    lint = debate.settings.lint
    root = debate.settings.file.partition("/")[0]
    for folder, rules in lint.allow:
        entries += [Allowance(rule, f"{root}/{folder}", lint.file, lint, ("allow", folder, rule)) for rule, _ in rules]
    return entries


def apply(findings: list[Finding], entries: Iterable[Allowance]) -> tuple[list[Finding], set[Key]]:
    """The findings that nobody allowed, and the keys of the entries that were used."""
    by_rule: dict[str, list[Allowance]] = {}
    for entry in entries:
        by_rule.setdefault(entry.rule, []).append(entry)
    remaining: list[Finding] = []
    used: set[Key] = set()
    for finding in findings:
        allowing = [entry.key for entry in by_rule.get(finding.rule, ()) if _covers(entry, finding)]
        used.update(allowing)
        if not allowing:
            remaining.append(finding)
    return remaining, used


def _covers(entry: Allowance, finding: Finding) -> bool:
    """Whether an entry accepts a finding: on its own record, or below its folder."""
    if "/" in entry.scope:
        return finding.file == entry.scope or finding.file.startswith(f"{entry.scope}/")
    if finding.node != entry.scope:
        return False
    return isinstance(entry.record, Node) or entry.file == finding.file  # a source may have the id of a node


def stale(entries: Iterable[Allowance], used: Collection[Key], ran: Collection[str]) -> Iterator[Problem]:
    """Entries that accept nothing; of a rule that did not run nobody can tell."""
    known = discover.names(RULES)
    for entry in entries:
        if entry.key in used:
            continue
        fix, is_rule = None, entry.rule in known
        if not is_rule:
            message, help_text = (
                f"no rule is called `{entry.rule}`",
                did_you_mean(entry.rule, known) or "`kb rule` lists them",
            )
            fix = respelling(entry.record.key_place(*entry.path), entry.rule, entry.rule, known)
        elif entry.rule == STALE or not hasattr(discover.module(RULES, entry.rule), "check"):
            message = f"`{entry.rule}` cannot be allowed: the record could not be read as written"
            help_text = "mend it and remove the entry"
        elif entry.rule in ran:
            message = f"`{entry.scope}` has no finding `{entry.rule}` to allow"
            help_text = "remove the entry"
        else:
            continue
        owner = None if "/" in entry.scope else entry.scope
        remedy = (
            EntryRemoval("remove the entry", entry.file, entry.record.at, entry.path, safe=is_rule) if not fix else None
        )
        yield Problem(entry.record.key_place(*entry.path), message, help_text, owner, fix=fix, remedy=remedy)
