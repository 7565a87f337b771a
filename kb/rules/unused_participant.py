"""A participant says nothing.

A page for somebody who neither speaks in a passage nor holds, or is taken to hold, a point tells readers nothing. Perhaps a
`by` is missing or names somebody else.

Bad:

    ## participants/ada.yaml
    name: Ada    # <- unused-participant
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.

Good:

    ## participants/ada.yaml
    name: Ada
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    by: ada
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.mentions import mentions
from kb.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

SEVERITY = "info"
READS = {"id", "by", "attributed_to", "sources/", "participants/", "terms/", "kb.yaml", "rejected"}


def check(debate: Debate) -> Iterator[Problem]:
    """Compare participants with everybody who is named, rightly or misspelt."""
    if debate.rejected:
        return  # what was not read may name them
    named = mentions(debate).participants
    unused = debate.participants.keys() - named.keys()
    misspelt = (
        {nearest(name, debate.participants) for name in named if name not in debate.participants} if unused else set()
    )
    for name in sorted(unused - misspelt):
        participant = debate.participants[name]
        message = f"`{name}` speaks nowhere and is taken to hold nothing"
        yield Problem(participant.place("name"), message, f"name them in `by`, or delete {participant.file}", name)
