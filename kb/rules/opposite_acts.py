"""Somebody grants and denies one point in one passage.

Nobody does both in one breath: usually the target says two things, and one of them is granted while the other is denied. Split the
target, or mark the concession with `part: true`.

Bad:

    id: sky-is-blue-and-near
    kind: claim
    text: The sky is blue and near.
    by: ada
    ---
    id: blue-it-is
    kind: reply
    text: Blue it is.
    source: letters p2
    concedes: sky-is-blue-and-near
    ---
    id: not-near
    kind: objection
    text: It is not near.
    source: letters p2
    attacks: sky-is-blue-and-near    # <- opposite-acts
    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo
    ## sources/letters.yaml
    title: Letters
    passages:
      - id: p2
        by: bo

Good:

    id: sky-is-blue-and-near
    kind: claim
    text: The sky is blue and near.
    by: ada
    ---
    id: blue-it-is
    kind: reply
    text: Blue it is.
    source: letters p2
    concedes:
      - to: sky-is-blue-and-near
        part: true
    ---
    id: not-near
    kind: objection
    text: It is not near.
    source: letters p2
    attacks: sky-is-blue-and-near
    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo
    ## sources/letters.yaml
    title: Letters
    passages:
      - id: p2
        by: bo
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.linting.scope import STRUCTURE
from kb.mentions import mentions
from kb.vocabulary import CERTAINTIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.model import Citation, Relation

SEVERITY = "warning"
READS = STRUCTURE
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Compare what is denied with what the same speaker grants or supports in the same passage."""
    relations, points = mentions(debate).relations, debate.points
    attacked = {points[attack.to] for attack in relations["attacks"] if attack.to in points}
    granted: dict[str, list[Relation]] = defaultdict(list)
    for grant in (*relations["supports"], *relations["concedes"]):
        if points.get(grant.to) in attacked and not grant.part and _commits_somebody(debate, grant):
            granted[points[grant.to]].append(grant)
    for attack in relations["attacks"]:
        for grant in granted.get(points.get(attack.to, ""), ()):
            if _share_maker_and_passage(debate, attack, grant) and _commits_somebody(debate, attack):
                yield _problem(debate, attack, grant)
                break


def _commits_somebody(debate: Debate, relation: Relation) -> bool:
    """Whether anybody stands behind a relation; an objection to a point of one's own is only one considered."""
    node = debate.nodes[relation.node]
    if not debate.rejected.isdisjoint({node.id, relation.to}):
        return False
    if node.attributed_to or CERTAINTIES[node.certainty].stance is None:
        return False
    if relation.kind != "attacks":
        return True
    members = debate.restatements[debate.points[relation.to]]
    own = {speaker for member in members for speaker in debate.speakers(member)}
    return own.isdisjoint(debate.makers(relation))


def _share_maker_and_passage(debate: Debate, one: Relation, other: Relation) -> bool:
    """Whether two relations on different nodes share a maker and a passage."""
    if one.node == other.node or not set(debate.makers(one)) & set(debate.makers(other)):
        return False
    return not _passages(debate, one).isdisjoint(_passages(debate, other))


def _passages(debate: Debate, relation: Relation) -> set[Citation]:
    citations = relation.citations or debate.nodes[relation.node].citations
    return {citation for citation in citations if citation.passage is not None}


def _problem(debate: Debate, attack: Relation, grant: Relation) -> Problem:
    who = ", ".join(f"`{m}`" for m in debate.makers(attack) if m in debate.makers(grant))
    where = min(_passages(debate, attack) & _passages(debate, grant))
    verb = "concedes" if grant.kind == "concedes" else "supports"
    message = f"in `{where}` {who} attacks `{attack.to}` and {verb} it (`{grant.node}`)"
    also = ((*grant.target_place(), f"`{grant.node}` {verb} it"),)
    help_text = f"split `{attack.to}` into what is granted and what is denied"
    return Problem(attack.target_place(), message, help_text, attack.node, also)
