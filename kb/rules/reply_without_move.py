"""A reply responds to no move of anybody else.

A reply is read below what it responds to. One that leads nowhere, or only to points of its own speaker, has no such place: it is a claim, or
the relation to what it answers is missing. (To retract, disown or dissolve something is a response in itself.)

Bad:

    id: look-up
    kind: reply    # <- reply-without-move
    text: Anybody who looks up can see it.

Bad:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    by: ada
    ---
    id: look-up
    kind: reply    # <- reply-without-move
    text: Anybody who looks up can see it.
    by: ada
    supports: sky-is-blue
    ## participants/ada.yaml
    name: Ada

Good:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    by: ada
    ---
    id: look-up
    kind: reply
    text: Anybody who looks up can see it.
    by: bo
    supports: sky-is-blue
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
from kb.vocabulary import REPLY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.model import Node

SEVERITY = "warning"
READS = STRUCTURE
LOCAL = True

_RESPONSES = frozenset({"retracts", "disowns", "dissolves"})


def check(debate: Debate) -> Iterator[Problem]:
    """Look for what every reply responds to."""
    for node in debate.nodes.values():
        if (
            node.kind == REPLY
            and not _responds_to_move(debate, node)
            and node.id not in mentions(debate).incomplete_nodes
        ):
            what = "only leads to its own speaker's points" if node.relations else "leads to nothing"
            help_text = "name what it responds to (`replies_to: …`), or make it a claim"
            yield Problem(node.place("kind"), f"the reply `{node.id}` {what}", help_text, node.id)


def _responds_to_move(debate: Debate, node: Node) -> bool:
    speakers = set(debate.speakers(node.id))
    if any(relation.kind in _RESPONSES for relation in node.relations) or (node.attributed_to and node.relations):
        return True
    if not speakers:
        return bool(node.relations)
    return any(not speakers.issuperset(_holders_of(debate, end)) for end in debate.ends(node.id))


def _holders_of(debate: Debate, node_id: str) -> tuple[str, ...]:
    """Whose move a node is: its speakers, whoever it is attributed to, or (nobody) the record."""
    return (*debate.speakers(node_id), *debate.nodes[node_id].attributed_to) or ("",)
