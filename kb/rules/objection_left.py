"""An objection is neither answered nor marked as open.

A policy for debates that leave nothing lying by oversight: every attack and undercut is answered by somebody on the side it is
aimed at (attacked, undercut, conceded, qualified, found to be about words, replied to, or met by giving up its target), or carries the
tag `open`, by which the editors say that they know. A tag on an objection that has since been answered is reported, too; checkers of assurance
cases ask for such marks by hand and never look whether they still hold. The policy runs where `kb.yaml` asks for it: `lint:
{select: [objection-left]}`.

Bad:

    ## kb.yaml
    title: Trams
    lint: {select: [objection-left]}
    ## talk/trams-should-be-free.yaml
    kind: claim
    text: Trams should be free.
    by: ada
    ## talk/who-pays.yaml
    kind: objection    # <- objection-left
    text: The city has no money for it.
    by: bo
    attacks: trams-should-be-free
    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo

Good:

    ## kb.yaml
    title: Trams
    lint: {select: [objection-left]}
    ## talk/trams-should-be-free.yaml
    kind: claim
    text: Trams should be free.
    by: ada
    ## talk/who-pays.yaml
    kind: objection
    text: The city has no money for it.
    by: bo
    attacks: trams-should-be-free
    ## talk/parking-pays.yaml
    kind: reply
    text: What parking brings in pays for it.
    by: ada
    attacks: who-pays
    ## talk/trams-are-full.yaml
    kind: objection
    text: The trams are full already.
    by: bo
    attacks: trams-should-be-free
    tags: open
    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.contention.moves import REACTIONS, moves
from kb.finding import Problem
from kb.linting.scope import STRUCTURE
from kb.standing.stances import stances
from kb.vocabulary import OBJECTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.model import Node

SEVERITY = "error"
PROFILE = "policy"
READS = STRUCTURE | {"tags", "kb.yaml", "rejected"}
LOCAL = True

MARK = "open"
"""The tag by which editors say that an objection waits for its answer."""


def check(debate: Debate) -> Iterator[Problem]:
    """Ask of every objection whether it was answered, and compare with its mark."""
    if debate.rejected:
        return  # what was not read may answer
    for node in debate.nodes.values():
        if node.kind != OBJECTION or node.certainty == "arguendo" or stances(debate).has_lapsed(node.id):
            continue
        answered, marked = _is_answered(debate, node), MARK in node.tags
        if answered and marked:
            message = f"`{node.id}` is marked `{MARK}`, and has been answered"
            yield Problem(node.place("tags", node.tags.index(MARK)), message, "remove the tag", node.id)
        elif not answered and not marked:
            message = f"nobody answers the objection `{node.id}`, and it is not marked as open"
            yield Problem(node.place("kind"), message, f"add the answer, or `tags: {MARK}`", node.id)


def _is_answered(debate: Debate, node: Node) -> bool:
    """Whether the side an objection is put to answers it; of one that is put to nobody, whether anything responds."""
    move = moves(debate).by_node.get(node.id)
    if move is not None:
        return bool(move.answered_by)
    if any(relation.kind in REACTIONS for relation in debate.incoming[node.id]):
        return True
    steps = (debate.inference_of(relation) for relation in node.relations)
    return any(step is not None and step.index in debate.undercuts_of for step in steps)
