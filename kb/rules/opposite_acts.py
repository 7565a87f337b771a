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
from kb.mentions import mentions
from kb.vocabulary import CERTAINTIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.model import Citation, Relation

SEVERITY = "warning"


def check(debate: Debate) -> Iterator[Problem]:
    """Compare what is denied with what the same speaker grants or supports in the same passage."""
    relations = mentions(debate).relations
    for_points = _by_point(debate, [*relations["supports"], *(r for r in relations["concedes"] if not r.part)])
    against = _by_point(debate, relations["attacks"])
    for point in sorted(against.keys() & for_points.keys()):
        own = {speaker for member in debate.restatements[point] for speaker in debate.speakers(member)}
        for attack in against[point]:
            if own.isdisjoint(debate.makers(attack)):  # an objection to one's own point is one considered
                grant = next((r for r in for_points[point] if _same_breath(debate, attack, r)), None)
                if grant is not None:
                    yield _problem(debate, attack, grant)


def _by_point(debate: Debate, relations: list[Relation]) -> dict[str, list[Relation]]:
    """Relations that commit somebody, by the point they lead to."""
    found = defaultdict(list)
    for relation in relations:
        node = debate.nodes[relation.node]
        if relation.to in debate.points and CERTAINTIES[node.certainty].stance and not node.attributed_to:
            found[debate.points[relation.to]].append(relation)
    return found


def _same_breath(debate: Debate, one: Relation, other: Relation) -> bool:
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
