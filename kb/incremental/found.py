"""What rules found when they were last asked, and which of them were not asked since some edits.

Not every question is for all rules: whoever builds a site asks for errors only. What the other rules found is kept, with all edits made
meanwhile, until somebody asks these rules again.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from kb.incremental.edits import Edits, no_edits
from kb.incremental.rechecking import recheck
from kb.incremental.silence import BROKEN, Silence, silence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kb.incremental.rechecking import Near, Problems
    from kb.load import Loaded

_MOST_MISSED = 30
"""With more edited files than this, rules that were not asked are asked about the whole debate: that takes no longer."""


class KnownProblems(NamedTuple):
    """What each rule found, which rules are late and what edits they were not asked about, and which rules had nothing to say."""

    problems: Mapping[str, Problems]
    late: frozenset[str]
    missed: Edits
    silence: Silence

    def after(self, loaded: Loaded, rules: Iterable[str], edits: Edits, near: Near) -> KnownProblems:
        """What is known once these rules were asked again about a debate after some edits."""
        wanted, since, missed = set(rules), self.silence.after(edits), self.missed.joined_with(edits)
        ask = partial(recheck, loaded, known=self.problems, silence=since, near=near)
        rechecked = {
            **ask(rules=sorted(wanted - self.late), edits=edits),
            **ask(rules=sorted(wanted & self.late), edits=missed),
        }
        late = frozenset(self.problems if edits.files else self.late) - rechecked.keys()
        forgotten = late if len(missed.files) > _MOST_MISSED else frozenset()
        problems = {name: self.problems[name] for name in sorted(self.problems.keys() - forgotten)} | rechecked
        late -= forgotten
        sure = {name: known for name, known in problems.items() if name not in late}
        now = silence(loaded.debate, sure) if late.isdisjoint(self.silence.rules) else None
        return KnownProblems(problems, late, missed if late else no_edits(), now or since)


NOTHING = KnownProblems({}, frozenset(), no_edits(), BROKEN)
"""For a debate about which no rule was asked yet."""
