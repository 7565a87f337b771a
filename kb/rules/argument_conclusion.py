"""An argument does not lead to exactly one conclusion.

An argument is one step from its premises: it supports, attacks or undercuts one thing. With none, its premises show nothing; with
several, an objection to it could not say which step it denies. Write one argument for each.

Bad:

    id: light-scatters
    kind: claim
    text: Air scatters blue light more than red.
    ---
    id: from-scattering
    kind: argument    # <- argument-conclusion
    premises: [light-scatters]

Bad:

    id: light-scatters
    kind: claim
    text: Air scatters blue light more than red.
    ---
    id: from-scattering
    kind: argument
    premises: [light-scatters]
    supports: [sky-is-blue, sunset-is-red]    # <- argument-conclusion
    ---
    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    ---
    id: sunset-is-red
    kind: claim
    text: The sunset is red.

Good:

    id: light-scatters
    kind: claim
    text: Air scatters blue light more than red.
    ---
    id: from-scattering
    kind: argument
    premises: [light-scatters]
    supports: sky-is-blue
    ---
    id: sky-is-blue
    kind: claim
    text: The sky is blue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.linting.scope import STRUCTURE
from kb.vocabulary import ARGUMENT, ARGUMENT_RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

SEVERITY = "error"
READS = STRUCTURE
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Count what every argument supports, attacks or undercuts."""
    for node in debate.nodes.values():
        if node.kind != ARGUMENT or node.id in debate.rejected:
            continue
        steps = [relation for relation in node.relations if relation.kind in ARGUMENT_RELATIONS]
        if not steps:
            message = f"the argument `{node.id}` leads to no conclusion"
            help_text = "add one of " + ", ".join(f"`{name}:`" for name in ARGUMENT_RELATIONS)
            yield Problem(node.place("kind"), message, help_text, node.id)
        elif len(steps) > 1:
            message = f"the argument `{node.id}` has {len(steps)} conclusions"
            place = steps[1].target_place()
            yield Problem(place, message, "keep one, and write another argument for each other", node.id)
