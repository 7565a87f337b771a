"""Somebody is named who has no record in `participants/`.

The site could not say who speaks, and with a misspelt name one person becomes two: a disagreement with oneself, or a concession by a
stranger. A misspelt name is shown wherever it stands; a record that is missing altogether once, with the other places beside it.

Bad:

    ## participants/turing.yaml
    name: Turing
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    by: truing    # <- unknown-participant

Good:

    ## participants/turing.yaml
    name: Turing
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    by: turing
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from kb.former import former_ids
from kb.mentions import Mention, UnknownName, creation_hint, mentions, unknown_name_problems
from kb.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.finding import Problem

SEVERITY = "error"
FIX = "sometimes"
READS = {"id", "by", "attributed_to", "sources/", "participants/", "terms/", "kb.yaml", "rejected"}
LOCAL_WHILE_CLEAN = True


def check(debate: Debate) -> Iterator[Problem]:
    """Look up everybody who is named."""
    named = mentions(debate).participants
    listed = {
        name: [Mention(debate.settings, ("participants", index), None)]
        for index, name in enumerate(debate.settings.participants)
    }
    for name, places in chain(named.items(), listed.items()):
        if name not in debate.participants and name not in debate.rejected:
            near = nearest(name, debate.participants)
            message = f"no participant is called `{name}`"
            create = creation_hint("participants", name, "name")
            what = UnknownName(name, debate.participants, near, former_ids(debate).participants.get(name))
            yield from unknown_name_problems(message, places, what, used=near in named, create=create)
