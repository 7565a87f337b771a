"""Somebody is named who has no record in `participants/`.

The site could not say who speaks, and with a misspelt name one person becomes two: a disagreement with oneself, or a concession by a
stranger. A misspelt name is shown wherever it stands; a record that is missing altogether once, with the other places beside it.

Bad:

    ## participants/ada.yaml
    name: Ada
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    by: [ada, adda]    # <- unknown-participant

Good:

    ## participants/ada.yaml
    name: Ada
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    by: ada
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.mentions import Mention, mentions, to_create
from kb.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

SEVERITY = "error"


def check(debate: Debate) -> Iterator[Problem]:
    """Look up everybody who is named."""
    listed = {
        name: [Mention(debate.settings, ("participants", index), None)]
        for index, name in enumerate(debate.settings.participants)
    }
    for name, places in chain(mentions(debate).participants.items(), listed.items()):
        if name not in debate.participants and name not in debate.rejected:
            yield from _problems(debate, name, places)


def _problems(debate: Debate, name: str, places: list[Mention]) -> Iterator[Problem]:
    message = f"no participant is called `{name}`"
    near = nearest(name, debate.participants)
    if near:
        for mention in places:
            yield Problem(mention.place, message, f"did you mean `{near}`?", mention.owner)
        return
    first, *rest = places
    also = tuple((*mention.place, "also named here") for mention in rest[:3])
    more = f"; named in {len(rest)} more places" if len(rest) > 1 else ""
    yield Problem(first.place, message + more, to_create("participants", name, "name"), first.owner, also)
