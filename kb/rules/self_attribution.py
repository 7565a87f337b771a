"""A speaker is said to attribute a point to themselves.

`attributed_to` names whom the speaker takes to hold a point, and commits neither of them. Who holds a point puts it forward: with
`attributed_to` it would have no holder at all.

Bad:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    by: ada
    attributed_to: ada    # <- self-attribution
    ## participants/ada.yaml
    name: Ada

Good:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    by: ada
    ## participants/ada.yaml
    name: Ada
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
    """Compare `attributed_to` with the speakers."""
    for node in debate.nodes.values():
        for index, participant in enumerate(node.attributed_to):
            if participant in debate.speakers(node.id):
                message = f"`{participant}` puts `{node.id}` forward and is also taken to hold it"
                help_text = "remove `attributed_to`; for a thought that is only entertained use `certainty: mentioned`"
                yield Problem(node.place("attributed_to", index), message, help_text, node.id)
