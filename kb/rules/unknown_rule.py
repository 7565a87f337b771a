"""The settings of the linter name a rule that does not exist.

A rule that is switched on by a wrong name never runs, and one that is switched off by a wrong name still does: the editors believe
the debate is checked in a way it is not. Patterns such as `unused-*` must stand for at least one rule.

Bad:

    ## kb.yaml
    title: Example
    lint:
      ignore: [unused-temr]    # <- unknown-rule
      severity:
        long-texts: error    # <- unknown-rule

Good:

    ## kb.yaml
    title: Example
    lint:
      ignore: [unused-term]
      severity:
        long-text: error
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb import discover
from kb.finding import Problem
from kb.linting.manual import RULES, matching_rules
from kb.spelling import respelling
from kb.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.finding import Place

SEVERITY = "error"
FIX = "sometimes"
READS = {"id", "allow", "sources/", "participants/", "terms/", "kb.yaml"}


def check(debate: Debate) -> Iterator[Problem]:
    """Look up every rule that `kb.yaml` selects, ignores or ranks."""
    lint = debate.settings.lint
    for field in ("select", "ignore"):
        for index, name in enumerate(getattr(lint, field)):
            yield from _unless_known(name, lint.place(field, index), lint.written(field, index))
    for name, _severity in lint.severity:
        yield from _unless_known(name, lint.key_place("severity", name), name)


def _unless_known(name: str, place: Place, written: str) -> Iterator[Problem]:
    known = discover.names(RULES)
    if name not in known and not matching_rules(name):
        help_text = did_you_mean(name, known) or "`kb rule` lists them"
        fix = respelling(place, written, name, known)
        yield Problem(place, f"no rule is called `{name}`", help_text, fix=fix)
