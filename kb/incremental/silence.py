"""What rules had nothing to say of when all was in order, and what was edited since.

While a file is half typed, or names something that is not there, rules that look at the whole debate would have to do so again with
each letter. They need not, if they promise to be silent about what no edit concerns (`LOCAL_WHILE_CLEAN`, see `linting.scope`).
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
    """The rules that found nothing in a debate that was in order, whether anything was asked there, and all edits since."""

    rules: frozenset[str]
    asked: bool
    since: Edits

    def edited(self, edits: Edits) -> Silence:
        """The same after further edits."""
        return self._replace(since=self.since.joined(edits))

    def lasts(self, name: str, rule: ModuleType, debate: Debate, edited: Callable[[], Debate]) -> bool:
        """Whether a rule has still nothing to say; `edited` is what is connected with the edits."""
        reads, _, local_while_clean = scope(rule)
        if name not in self.rules or not local_while_clean or not self.since.fields & reads <= ON_NODES | {REJECTED}:
            return False
        if debate.asks and not self.asked:
            return False  # what was related to no question, since there was none, is now out of reach
        part = edited()
        if not self.since.names.isdisjoint(set(debate.settings.main) - part.nodes.keys()):
            return False  # what `kb.yaml` leads with is gone
        return not any(problem.node in part.nodes for problem in rule.check(part))


BROKEN = Silence(frozenset(), asked=False, since=no_edits())
"""Where nothing was ever in order, as far as one knows."""


def silence(debate: Debate, found: Mapping[str, tuple[Problem, ...]]) -> Silence | None:
    """Which rules have nothing to say of a debate, if it is in order: all was read, and all names lead somewhere."""
    if debate.rejected or any(found.get(name) != () for name in DANGLING):
        return None
    return Silence(frozenset(name for name, problems in found.items() if not problems), debate.asks, no_edits())
