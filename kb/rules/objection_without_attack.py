"""An objection attacks and undercuts nothing.

Readers look for what it speaks against and find nothing, and the verdict goes on as if nobody had objected. Name the point or the step
it denies; if it only responds, it is a reply, and if it only limits a point, a claim that `qualifies` it.

Bad:

    id: scattering-explains-sunsets
    kind: objection    # <- objection-without-attack
    text: Scattering explains sunsets, not the colour of the day.
    replies_to: light-scatters
    ---
    id: light-scatters
    kind: claim
    text: Air scatters blue light more than red.

Good:

    id: scattering-explains-sunsets
    kind: objection
    text: Scattering explains sunsets, not the colour of the day.
    attacks: light-scatters
    ---
    id: light-scatters
    kind: claim
    text: Air scatters blue light more than red.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.linting.scope import STRUCTURE
from kb.vocabulary import OBJECTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

SEVERITY = "error"
READS = STRUCTURE
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Look for the attack or undercut of every objection."""
    for node in debate.nodes.values():
        if node.kind != OBJECTION or node.id in debate.rejected:
            continue
        if not any(relation.kind in {"attacks", "undercuts"} for relation in node.relations):
            message = f"the objection `{node.id}` attacks and undercuts nothing"
            help_text = "add `attacks:` with a point or `undercuts: X -> Y` with a step, or make it a claim or a reply"
            yield Problem(node.place("kind"), message, help_text, node.id)
