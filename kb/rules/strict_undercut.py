"""A step is undercut that cannot fail.

`strict: true` says that the conclusion follows from the premises without exception, so only a premise can be denied. Either the step is not
strict, or the objection is to one of its premises.

Bad:

    id: red-is-a-colour
    kind: claim
    text: The rose is red.
    supports:
      - to: rose-has-a-colour
        strict: true
    ---
    id: rose-has-a-colour
    kind: claim
    text: The rose has a colour.
    ---
    id: roses-differ
    kind: objection
    text: Roses differ.
    undercuts: red-is-a-colour -> rose-has-a-colour    # <- strict-undercut

Good:

    id: red-is-a-colour
    kind: claim
    text: The rose is red.
    supports:
      - to: rose-has-a-colour
        strict: true
    ---
    id: rose-has-a-colour
    kind: claim
    text: The rose has a colour.
    ---
    id: roses-differ
    kind: objection
    text: The rose is white.
    attacks: red-is-a-colour
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.linting.scope import STRUCTURE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

SEVERITY = "error"
READS = STRUCTURE
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Look for steps that are denied and marked strict."""
    for inference in debate.inferences:
        if not inference.relation.strict:
            continue
        for undercut in debate.undercuts_of.get(inference.index, ()):
            also = ((*inference.relation.place("strict"), "marked strict here"),)
            message = f"the step `{inference.name}` is strict and cannot be undercut"
            help_text = "attack one of its premises, or remove `strict`"
            yield Problem(undercut.relation.target_place(), message, help_text, undercut.node, also)
