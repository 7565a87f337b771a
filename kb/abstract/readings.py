"""What other semantics make of what the grounded labelling leaves undecided.

A point is *in all* extensions (sceptically accepted), *in some* (credulously accepted), or *in none*. What is in or out by the grounded
labelling is so under every semantics here; the rest hangs on which of them one reads the debate by (Dung 1995; Baroni, Caminada and
Giacomin 2011, §3).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kb.abstract.extensions import SEMANTICS, Extensions
from kb.abstract.flattening import flatten
from kb.standing.framework import framework

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.debate import Debate

IN_ALL, IN_SOME, IN_NONE = "in all", "in some", "in none"
NAMES = {name: code for code, name in SEMANTICS.items()}


@lru_cache(maxsize=8)
def readings(debate: Debate, semantics: str) -> Sequence[str] | None:
    """How each point of a debate fares under a semantics, by its number; None where there is no extension at all.

    Needs the extra `[solve]` if anything is undecided; raises `KbError` without it.
    """
    frame = framework(debate)
    accepted = Extensions(flatten(frame), NAMES[semantics]).accepted()
    if accepted is None:
        return None
    some, every = accepted
    return [IN_ALL if n in every else IN_SOME if n in some else IN_NONE for n in range(len(frame.points))]
