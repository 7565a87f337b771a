"""Something is conceded, retracted, disowned or dissolved by nobody.

These are acts: somebody gives a point up or disclaims it. A node without a speaker, or one that is only supposed, mentioned or
attributed to another, commits nobody, so the act would not count; say whose it is.

Bad:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    by: ada
    ---
    id: granted
    kind: reply
    text: Granted.
    by: bo
    certainty: mentioned    # <- uncommitted-act
    concedes: sky-is-blue
    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo

Bad:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    ---
    id: granted
    kind: reply
    text: Granted.
    concedes: sky-is-blue    # <- uncommitted-act

Good:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    by: ada
    ---
    id: granted
    kind: reply
    text: Granted.
    by: bo
    concedes: sky-is-blue
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
from kb.vocabulary import CERTAINTIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.model import Node, Relation

SEVERITY = "warning"
READS = STRUCTURE
LOCAL = True

ACTS = ("concedes", "retracts", "disowns", "dissolves")


def check(debate: Debate) -> Iterator[Problem]:
    """Ask of every node with such an act who is committed by it."""
    acting: dict[str, Relation] = {}
    for kind in ACTS:
        for relation in mentions(debate).relations[kind]:
            if not relation.by:
                acting.setdefault(relation.node, relation)
    for node_id, relation in acting.items():
        problem = _problem(debate, debate.nodes[node_id], relation)
        if problem is not None and node_id not in debate.rejected:
            yield problem


def _problem(debate: Debate, node: Node, relation: Relation) -> Problem | None:
    if CERTAINTIES[node.certainty].stance is None:
        message = f"`{node.id}` {relation.kind} something but is only {_ONLY[node.certainty]}"
        return Problem(node.place("certainty"), message, "remove `certainty`, or the act", node.id)
    if node.attributed_to:
        message = f"`{node.id}` {relation.kind} something but is attributed to somebody else"
        help_text = "say `by` whom on the relation, or remove the act"
        return Problem(node.place("attributed_to"), message, help_text, node.id)
    if not debate.makers(relation) and all(_is_readable(debate, c.source, c.passage) for c in node.citations):
        message = f"nobody speaks in `{node.id}`, so nobody {relation.kind} `{relation.to}`"
        return Problem(relation.target_place(), message, "add `by:` or `source:`", node.id)
    return None


_ONLY = {"arguendo": "supposed for argument's sake", "mentioned": "mentioned"}


def _is_readable(debate: Debate, source: str, passage: str | None) -> bool:
    """Whether a citation could be read (an unknown passage is a finding of its own)."""
    return source not in debate.rejected and (passage is None or (source, passage) in debate.passages)
