"""Which rules run, and how much what they find weighs: the profile, then what `kb.yaml` says, then what the command line says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.linting.allowances import STALE
from kb.linting.manual import matching_rules, resolve_patterns, rules

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.model import LintSettings

Severities = dict[str, str]
"""The rules that run, each with the severity of its findings."""


class RuleSelection(NamedTuple):
    """What was asked for on the command line: only these rules, none of those, another profile."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profile: str | None = None


NOTHING = RuleSelection()


def choose(settings: LintSettings, selection: RuleSelection = NOTHING) -> Severities:
    """The rules that run on a debate; an unknown rule on the command line is misuse, one in `kb.yaml` a finding."""
    severities = {**{rule.name: rule.severity for rule in rules()}, **_of_known_rules(settings.severity)}
    running = (
        resolve_patterns(selection.select)
        if selection.select
        else _rules_of_profile(settings, selection.profile or settings.profile)
    )
    running -= resolve_patterns(selection.ignore)
    return {name: severity for name, severity in severities.items() if name in running}


def only_errors(severities: Severities) -> Severities:
    """Those of these rules that find errors; all of them where a stale entry of `allow` is one, since it may be about any rule."""
    errors = {name: severity for name, severity in severities.items() if severity == "error"}
    return severities if STALE in errors else errors


def _of_known_rules(severities: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    names = {rule.name for rule in rules()}
    return {name: severity for name, severity in severities if name in names}


def _rules_of_profile(settings: LintSettings, profile: str) -> frozenset[str]:
    """The rules of a profile, with those that `kb.yaml` adds and without those that it leaves out."""
    names = {rule.name for rule in rules() if rule.profile in {"default", profile}}
    for pattern in (*settings.select, *(name for name, _ in settings.severity)):
        names |= matching_rules(pattern)
    for pattern in settings.ignore:
        names -= matching_rules(pattern)
    return frozenset(names)
