"""A node has a relation that its kind cannot have.

To concede, retract, disown or dissolve something is to respond to it, so the node is a reply; and only a point can answer a question.
Otherwise readers are told that somebody put forward a claim where they gave one up.

Bad:

    id: indeed-blue
    kind: claim
    text: Granted, the sky is blue.
    by: bo
    concedes: sky-is-blue    # <- wrong-node-kind
    ---
    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    by: ada
    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo

Good:

    id: indeed-blue
    kind: reply
    text: Granted, the sky is blue.
    by: bo
    concedes: sky-is-blue
    ---
    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    by: ada
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
from kb.vocabulary import KINDS, RELATIONS, a, either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

SEVERITY = "error"
READS = STRUCTURE
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Compare the kind of every node that has a relation with the table of relations."""
    for name, relations in sorted(mentions(debate).relations.items()):
        kind = RELATIONS[name]
        if kind.sources >= KINDS.keys():
            continue
        seen: set[str] = set()
        for relation in relations:
            node = debate.nodes[relation.node]
            if node.kind in kind.sources or node.id in debate.rejected or node.id in seen:
                continue
            seen.add(node.id)
            message = f"{a(node.kind)} has no `{name}`"
            help_text = f"`{name}` starts from {either(kind.sources)}: make it one, or use another relation"
            yield Problem(node.key_place(name), message, help_text, node.id)
