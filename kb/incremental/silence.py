"""Which rules found nothing when the debate was in order, and what was edited since.

While a file is half typed, or names something that does not exist, rules that look at the whole debate would have to do so again with
each letter. They need not if they promise to find nothing where no edit concerns them (`LOCAL_WHILE_CLEAN`, see `linting.scope`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.incremental.edits import no_edits
from kb.linting.scope import DANGLING, ON_NODES, REJECTED, scope

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import ModuleType

    from kb.debate import Debate
    from kb.finding import Problem
    from kb.incremental.edits import Edits


class Silence(NamedTuple):
    """The rules that found nothing in a debate that was in order, whether it had a question, and all edits since."""

    rules: frozenset[str]
    had_question: bool
    since: Edits

    def after(self, edits: Edits) -> Silence:
        """What is known after further edits."""
        return self._replace(since=self.since.joined_with(edits))

    def still_holds(self, name: str, rule: ModuleType, debate: Debate, edited: Callable[[], Debate]) -> bool:
        """Whether a rule still finds nothing; `edited` is what is connected with the edits."""
        reads, _, local_while_clean = scope(rule)
        if name not in self.rules or not local_while_clean or not self.since.fields & reads <= ON_NODES | {REJECTED}:
            return False
        if debate.asks and not self.had_question:
            return False  # points that no question reached, since there was none, now count as out of reach
        part = edited()
        if not self.since.names.isdisjoint(set(debate.settings.main) - part.nodes.keys()):
            return False  # a point that `kb.yaml` leads with is gone
        return not any(problem.node in part.nodes for problem in rule.check(part))


BROKEN = Silence(frozenset(), had_question=False, since=no_edits())
"""For a debate that was never in order, as far as is known."""


def silence(debate: Debate, problems_by_rule: Mapping[str, tuple[Problem, ...]]) -> Silence | None:
    """The rules that found nothing, if the debate is in order: every file could be read, and all names lead somewhere."""
    if debate.rejected or any(problems_by_rule.get(name) != () for name in DANGLING):
        return None
    return Silence(
        frozenset(name for name, problems in problems_by_rule.items() if not problems), debate.asks, no_edits()
    )
