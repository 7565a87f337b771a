"""What rules found when they were last asked, and which of them were not asked since some edits.

Not everybody who asks wants to know all: whoever builds a site asks for errors only. What the other rules found is kept, with all that
was edited meanwhile, until somebody asks them again.
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
"""Edited files from which on rules that were not asked are asked about the whole again: that takes no longer."""


class Found(NamedTuple):
    """What each rule found, which rules are late and what edits they were not asked about, and which rules had nothing to say."""

    problems: Mapping[str, Problems]
    late: frozenset[str]
    missed: Edits
    silence: Silence

    def after(self, loaded: Loaded, rules: Iterable[str], edits: Edits, near: Near) -> Found:
        """The same once these rules were asked about a debate as it is after some edits."""
        asked, since, missed = set(rules), self.silence.edited(edits), self.missed.joined(edits)
        ask = partial(recheck, loaded, found=self.problems, silence=since, near=near)
        found = {
            **ask(rules=sorted(asked - self.late), edits=edits),
            **ask(rules=sorted(asked & self.late), edits=missed),
        }
        late = frozenset(self.problems if edits.files else self.late) - found.keys()
        forgotten = late if len(missed.files) > _MOST_MISSED else frozenset()
        problems = {name: self.problems[name] for name in sorted(self.problems.keys() - forgotten)} | found
        late -= forgotten
        sure = {name: told for name, told in problems.items() if name not in late}
        now = silence(loaded.debate, sure) if late.isdisjoint(self.silence.rules) else None
        return Found(problems, late, missed if late else no_edits(), now or since)


NOTHING = Found({}, frozenset(), no_edits(), BROKEN)
"""Where no rule was asked yet."""
