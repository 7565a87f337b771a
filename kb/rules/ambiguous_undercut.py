"""An undercut fits several steps.

`X -> Y` names the step by its ends; where X both supports and attacks Y, or two linked sets share the premise X, nobody can tell which
is denied, and none is. Give the step that is meant an `id` and undercut that.

Bad:

    id: light-scatters
    kind: claim
    text: Air scatters blue light more than red.
    supports:
      - to: sky-is-blue
        with: [eyes-see-blue]
      - to: sky-is-blue
        with: [sun-is-white]
    ---
    id: eyes-see-blue
    kind: claim
    text: Eyes are more sensitive to blue than to violet.
    ---
    id: sun-is-white
    kind: claim
    text: The light of the sun is white.
    ---
    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    ---
    id: scattering-explains-sunsets
    kind: objection
    text: Scattering explains sunsets, not the colour of the day.
    undercuts: light-scatters -> sky-is-blue    # <- ambiguous-undercut

Good:

    id: light-scatters
    kind: claim
    text: Air scatters blue light more than red.
    supports:
      - to: sky-is-blue
        with: [eyes-see-blue]
      - to: sky-is-blue
        with: [sun-is-white]
        id: white-light-scatters
    ---
    id: eyes-see-blue
    kind: claim
    text: Eyes are more sensitive to blue than to violet.
    ---
    id: sun-is-white
    kind: claim
    text: The light of the sun is white.
    ---
    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    ---
    id: scattering-explains-sunsets
    kind: objection
    text: Scattering explains sunsets, not the colour of the day.
    undercuts: white-light-scatters
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.linting.scope import STRUCTURE
from kb.mentions import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

SEVERITY = "error"
READS = STRUCTURE
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Count the steps that every undercut can mean."""
    for relation in mentions(debate).relations["undercuts"]:
        steps = debate.undercut_targets(relation)
        if len(steps) > 1:
            named = [step.relation.id for step in steps if step.relation.id]
            use = (
                "undercut " + " or ".join(f"`{name}`" for name in named)
                if named
                else "give the step that is meant an `id`"
            )
            also = tuple((*step.relation.target_place(), f"`{step.node}` {step.kind} it") for step in steps)
            message = f"`{relation.to}` fits {len(steps)} steps"
            yield Problem(relation.target_place(), message, use, relation.node, also)
