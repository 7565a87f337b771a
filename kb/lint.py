"""Run the rules over a debate, name and rank what they find, and honour what editors chose to allow.

A rule is a module of `kb.rules`: its docstring is the manual and the test, `SEVERITY` its rank, `check(debate)` yields problems. A
module without `check` documents what the reader finds on its own. The linter never prints and never writes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kb import discover
from kb.finding import Finding, Place, Problem, in_a_line
from kb.linting import allowances
from kb.linting.choice import choose
from kb.linting.manual import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kb.debate import Debate
    from kb.linting.choice import Severities
    from kb.load import Loaded

    Text = Callable[[str], str]
    """The text of a file."""


def lint(
    loaded: Loaded, severities: Severities | None = None, checked: Mapping[str, Sequence[Problem]] | None = None
) -> tuple[Finding, ...]:
    """All findings of a debate, sorted by place; by the rules its `kb.yaml` chooses, or by those given with their severities.

    What rules are known to find, `checked`, is not looked for again.
    """
    debate = loaded.debate
    ranks = choose(debate.settings.lint) if severities is None else severities
    text = lru_cache(maxsize=8)(loaded.text)
    faults = [
        _finding(f.rule, ranks, Problem(Place(f.file, f.span), f.message, f.help, f.node, f.related, f.fix), text)
        for f in loaded.reported
        if f.rule in ranks
    ]
    findings = [_finding(name, ranks, problem, text) for name, problem in _run_rules(debate, ranks, checked or {})]
    entries = allowances.allowances(debate)
    remaining, used = allowances.apply(findings, entries) if entries else (findings, set())
    if (
        allowances.STALE in ranks and not debate.rejected
    ):  # else rules that judge what is missing were not run to the end
        remaining += [_finding(allowances.STALE, ranks, p, text) for p in allowances.stale(entries, used, ranks)]
    return tuple(sorted({*faults, *remaining}))


def _run_rules(
    debate: Debate, ranks: Severities, checked: Mapping[str, Sequence[Problem]]
) -> Iterator[tuple[str, Problem]]:
    """What each rule yields."""
    for name in ranks:
        module = discover.module(RULES, name)
        if hasattr(module, "check"):
            for problem in checked[name] if name in checked else module.check(debate):
                yield name, problem


def _finding(name: str, ranks: Severities, problem: Problem, text: Text) -> Finding:
    """A finding whose words can be shown on a line, whatever the editors wrote."""
    place, message, help_text, node, related, fix, remedy = problem
    if remedy is not None:
        fix = remedy(text(place.file))
    printable_related = tuple((file, span, in_a_line(what)) for file, span, what in related)
    printable_fix = fix and fix._replace(title=in_a_line(fix.title))
    return Finding(
        *place, name, in_a_line(message), ranks[name], in_a_line(help_text), node, printable_related, printable_fix
    )
