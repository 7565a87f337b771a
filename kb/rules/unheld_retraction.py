"""Somebody retracts what they never held.

To retract is to take back a point of one's own. If it was another's, the speaker attacks it; if others only took the speaker to hold
it, the speaker `disowns` it. Otherwise a point loses a holder that it never had.

Bad:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    by: ada
    ---
    id: not-blue-after-all
    kind: reply
    text: It is not blue after all.
    by: bo
    retracts: sky-is-blue    # <- unheld-retraction
    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo

Good:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    by: ada
    ---
    id: not-blue-after-all
    kind: reply
    text: It is not blue after all.
    by: ada
    retracts: sky-is-blue
    ## participants/ada.yaml
    name: Ada
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.linting.scope import STRUCTURE
from kb.mentions import mentions
from kb.standing.stances import stances
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.model import Relation

SEVERITY = "warning"
READS = STRUCTURE
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Ask of every retraction whether its speaker ever held what is taken back."""
    for relation, makers in mentions(debate).acts("retracts"):
        if not any(_was_held(debate, relation, maker) for maker in makers):
            who = " and ".join(f"`{maker}`" for maker in makers)
            message = f"{who} never held `{relation.to}`, so there is nothing to retract"
            help_text = "name the speaker's own point; use `disowns` for what others took them to hold, else `attacks`"
            yield Problem(relation.target_place(), message, help_text, relation.node)


def _was_held(debate: Debate, relation: Relation, maker: str) -> bool:
    """Whether somebody put it forward (a question: asked it), or accepted or leaned to it at any time."""
    if debate.nodes[relation.to].kind == QUESTION:
        return maker in debate.speakers(relation.to)
    return maker in stances(debate).ledger(relation.to).held
