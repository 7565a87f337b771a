"""Somebody disowns what nobody took them to hold.

To disown is to say: I never held that. It answers a point that another attributes to the speaker; where no such point is on record, the
misreading it corrects cannot be shown. A point of one's own is retracted instead.

Bad:

    id: sky-is-a-lid
    kind: claim
    text: The sky is a lid.
    by: ada
    ---
    id: never-said-so
    kind: reply
    text: I never said that it is a lid.
    by: bo
    disowns: sky-is-a-lid    # <- unattributed-disowning
    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo

Good:

    id: sky-is-a-lid
    kind: claim
    text: The sky is a lid.
    by: ada
    attributed_to: bo
    ---
    id: never-said-so
    kind: reply
    text: I never said that it is a lid.
    by: bo
    disowns: sky-is-a-lid
    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.linting.scope import STRUCTURE
from kb.mentions import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.model import Relation

SEVERITY = "warning"
READS = STRUCTURE
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Ask of every disowning whether the point was attributed to its speaker."""
    for relation, makers in mentions(debate).acts("disowns"):
        if not _was_attributed(debate, relation, makers):
            who = " and ".join(f"`{maker}`" for maker in makers)
            message = f"nobody attributes `{relation.to}` to {who}"
            help_text = f"name the point that is attributed, or add `attributed_to` to `{relation.to}`"
            also = ((*debate.nodes[relation.to].place("text"), "put forward here"),)
            yield Problem(relation.target_place(), message, help_text, relation.node, also)


def _was_attributed(debate: Debate, relation: Relation, makers: tuple[str, ...]) -> bool:
    members = debate.restatements[debate.points[relation.to]]
    return any(not set(makers).isdisjoint(debate.nodes[member].attributed_to) for member in members)
