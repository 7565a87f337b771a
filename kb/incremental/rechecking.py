"""Run the rules that an edit concerns, on as much of the debate as it concerns, and keep what all other rules found.

An edit concerns a rule if a field changed that the rule reads, or if something it found points into an edited file, where lines may have
moved. A local rule is then run on what is connected with the edit; a rule that had found nothing is asked whether there is still nothing
there; any other is run on the whole debate.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from kb import discover
from kb.linting.manual import RULES
from kb.linting.scope import ON_NODES, REJECTED, scope

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from types import ModuleType

    from kb.debate import Debate
    from kb.finding import Problem
    from kb.incremental.edits import Edits
    from kb.incremental.silence import Silence
    from kb.load import Loaded

    Near = Callable[[Iterable[str]], Debate]
    """The part of the debate that is connected with some names."""

Problems = tuple["Problem", ...]


class _LocalRun(NamedTuple):
    """A local rule that an edit concerns, with what it found before, and whose findings point into edited files."""

    name: str
    before: Problems
    owners: frozenset[str]


def recheck(
    loaded: Loaded, rules: Iterable[str], known: Mapping[str, Problems], edits: Edits, silence: Silence, near: Near
) -> dict[str, Problems]:
    """What each of these rules finds in an edited debate, given what some of them had found before."""
    checked: dict[str, Problems] = {}
    local_runs: list[_LocalRun] = []
    edited = cache(lambda: near(silence.since.names))
    for name in rules:
        module = discover.module(RULES, name)
        if not hasattr(module, "check"):
            continue
        before = known.get(name)
        moved = [problem for problem in before or () if _points_into(problem, edits.files)]
        if before is not None and not moved and not _concerns(edits, module):
            checked[name] = before
        elif before is not None and _stays_local(
            edits, module, (_on_a_node(problem, loaded.debate) for problem in moved)
        ):
            local_runs.append(_LocalRun(name, before, frozenset(problem.node for problem in moved if problem.node)))
        elif silence.still_holds(name, module, loaded.debate, edited):
            checked[name] = ()
        else:
            checked[name] = _with_fixes(module.check(loaded.debate), loaded)
    return {**checked, **_run_locally(loaded, local_runs, edits.names, near)}


def _with_fixes(problems: Iterable[Problem], loaded: Loaded) -> Problems:
    """Problems with their fixes worked out, before their files change again."""
    return tuple(
        problem
        if problem.remedy is None
        else problem._replace(fix=problem.remedy(loaded.text(problem.place.file)), remedy=None)
        for problem in problems
    )


def _concerns(edits: Edits, rule: ModuleType) -> bool:
    """Whether an edit touches what a rule reads; local rules may also ask of any node whether it was read as written."""
    reads, local, _ = scope(rule)
    return not edits.fields.isdisjoint(reads) or (local and REJECTED in edits.fields)


def _stays_local(edits: Edits, rule: ModuleType, on_nodes: Iterable[bool]) -> bool:
    """Whether a rule is local, and both the edits and what has to be found again are all on nodes."""
    reads, local, _ = scope(rule)
    return local and edits.fields & reads <= ON_NODES and all(on_nodes)


def _on_a_node(problem: Problem, debate: Debate) -> bool:
    """Whether a problem is about a node, and not about another record with the same id."""
    if problem.node is None:
        return False
    others = (debate.sources, debate.participants, debate.terms)
    return all(problem.node not in table or table[problem.node].file != problem.place.file for table in others)


def _points_into(problem: Problem, files: Collection[str]) -> bool:
    """Whether a problem stands in one of these files or shows something there."""
    if problem.place.file in files or any(file in files for file, _, _ in problem.related):
        return True
    return problem.fix is not None and any(edit.place.file in files for edit in problem.fix.edits)


def _run_locally(
    loaded: Loaded, local_runs: Sequence[_LocalRun], names: Iterable[str], near: Near
) -> dict[str, Problems]:
    """Run local rules on what is connected with the edit; what they found on other nodes still holds."""
    if not local_runs:
        return {}
    edited = frozenset(names).union(*(rule.owners for rule in local_runs))
    part, on_node = near(edited), partial(_on_a_node, debate=loaded.debate)
    checked = {}
    for name, before, _ in local_runs:
        kept = [p for p in before if (p.node not in part.nodes and p.node not in edited) or not on_node(p)]
        new = (p for p in discover.module(RULES, name).check(part) if p.node in part.nodes and on_node(p))
        checked[name] = (*kept, *_with_fixes(new, loaded))
    return checked
