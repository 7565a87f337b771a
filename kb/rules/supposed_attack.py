"""Something only supposed attacks or undercuts a point.

What is supposed for argument's sake is held by nobody, so it speaks against nothing, and readers would look for an objection that is
not made. If somebody objects, it is their claim; if they argue from the supposition, it is a premise.

Bad:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    ---
    id: suppose-it-is-green
    kind: objection
    text: Suppose the sky is green.
    certainty: arguendo
    attacks: sky-is-blue    # <- supposed-attack

Good:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    ---
    id: green-to-some
    kind: objection
    text: To some the sky is green.
    certainty: tentative
    attacks: sky-is-blue
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.linting.scope import STRUCTURE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

SEVERITY = "warning"
READS = STRUCTURE
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Look at what supposed nodes are against."""
    for node in debate.nodes.values():
        if node.certainty == "arguendo":
            for relation in node.relations:
                if relation.kind in {"attacks", "undercuts"}:
                    message = f"`{node.id}` is only supposed, so it {relation.kind} nothing"
                    help_text = "change `certainty`, or let the node that argues from it attack"
                    yield Problem(relation.target_place(), message, help_text, node.id)
