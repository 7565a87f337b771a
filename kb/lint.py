"""Run every rule over a debate, name and rank what they find, and honour what editors chose to allow.

A rule is a module of `kb.rules`: its docstring is the manual and the test, `SEVERITY` its rank, `check(debate)` yields problems. A
module without `check` documents what the reader finds on its own. The linter never prints and never writes.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, NamedTuple

from kb import discover
from kb.finding import Finding, KbError, Place, Problem, in_a_line
from kb.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType

    from kb.debate import Debate
    from kb.load import Loaded
    from kb.model import Node, Participant, Source, Term

RULES = "kb.rules"
STALE = "stale-allow"


class Rule(NamedTuple):
    """A rule as its manual page shows it."""

    name: str
    severity: str
    summary: str
    manual: str


def rules() -> tuple[Rule, ...]:
    """All rules by name."""
    return tuple(_rule(name, module) for name, module in discover.modules(RULES).items())


def rule(name: str) -> Rule:
    """One rule; an unknown name is one line with the nearest known one."""
    known = discover.names(RULES)
    if name not in known:
        near = did_you_mean(name, known) or "`kb rule --all` lists them"
        message = f"no rule is called `{name}`; {near}"
        raise KbError(message)
    return _rule(name, discover.module(RULES, name))


def _rule(name: str, module: ModuleType) -> Rule:
    manual = inspect.cleandoc(module.__doc__ or "")
    return Rule(name, module.SEVERITY, manual.partition("\n")[0], manual)


def lint(loaded: Loaded) -> tuple[Finding, ...]:
    """All findings of a debate, sorted by place."""
    severities = {name: module.SEVERITY for name, module in discover.modules(RULES).items()}
    found = [
        _finding(f.rule, severities[f.rule], Problem(Place(f.file, f.span), f.message, f.help, f.node, f.related))
        for f in loaded.faults
    ]
    checked = [
        _finding(name, severities[name], problem)
        for name, module in discover.modules(RULES).items()
        if hasattr(module, "check")
        for problem in module.check(loaded.debate)
    ]
    kept, used = _allowed(loaded.debate, checked)
    found.extend(kept)
    found.extend(_finding(STALE, severities[STALE], problem) for problem in _stale(loaded.debate, used))
    return tuple(sorted(set(found)))


def _finding(name: str, severity: str, problem: Problem) -> Finding:
    place, message, help_text, node, related = problem
    return Finding(*place, name, in_a_line(message), severity, in_a_line(help_text), node, related)


_Allowing = "Node | Source | Participant | Term"


def _allowing(debate: Debate) -> Iterator[Node | Source | Participant | Term]:
    """Every record that allows something."""
    tables: Iterable[Iterable[Node | Source | Participant | Term]] = (
        debate.nodes.values(),
        debate.sources.values(),
        debate.participants.values(),
        debate.terms.values(),
    )
    for table in tables:
        for record in table:
            if record.allow:
                yield record


def _allowed(debate: Debate, findings: list[Finding]) -> tuple[list[Finding], set[tuple[str, str, str]]]:
    """Findings that nobody allowed, and which allowances (file, id, rule) were used."""
    allowances = {(r.file, r.id, name) for r in _allowing(debate) for name, _ in r.allow}
    if not allowances:
        return findings, set()
    files = {n.id: n.file for n in debate.nodes.values()}
    kept: list[Finding] = []
    used: set[tuple[str, str, str]] = set()
    for finding in findings:
        owner = finding.node or ""
        keys = {(finding.file, owner, finding.rule), (files.get(owner, ""), owner, finding.rule)} & allowances
        if keys:
            used |= keys
        else:
            kept.append(finding)
    return kept, used


def _stale(debate: Debate, used: set[tuple[str, str, str]]) -> Iterator[Problem]:
    """Allowances that allow nothing."""
    if debate.rejected:
        return  # rules that judge what is missing were not run to the end
    known = discover.names(RULES)
    for record in _allowing(debate):
        for name, _reason in record.allow:
            if (record.file, record.id, name) in used:
                continue
            if name not in known:
                message, help_text = f"no rule is called `{name}`", did_you_mean(name, known)
            elif name == STALE or not hasattr(discover.module(RULES, name), "check"):
                message = f"`{name}` cannot be allowed: the record could not be read as written"
                help_text = "mend it and remove the entry"
            else:
                message = f"`{record.id}` has no finding `{name}` to allow"
                help_text = "remove the entry"
            yield Problem(record.key_place("allow", name), message, help_text, record.id)
