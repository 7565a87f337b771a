"""An objection speaks against a point after its only holder gave it up.

Whoever retracts or disowns a point no longer answers for it. To attack it later is to fight a position that nobody is left in: either the
objection aims at another point, perhaps what the speaker said in its place, or it stands in the wrong passage. Compared are passages of
one source, in reading order.

Bad:

    id: tower-leans-more
    kind: claim
    text: The tower leans more every year.
    source: minutes p1
    ---
    id: back-to-the-records
    kind: reply
    text: On a second look the records show nothing of the kind.
    source: minutes p2
    retracts: tower-leans-more
    ---
    id: lean-is-steady
    kind: objection
    text: The lean has been the same for thirty years.
    source: minutes p3
    attacks: tower-leans-more    # <- given-up-target
    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo
    ## sources/minutes.yaml
    title: Minutes
    passages:
      - id: p1
        by: ada
      - id: p2
        by: ada
      - id: p3
        by: bo

Good:

    id: tower-leans-more
    kind: claim
    text: The tower leans more every year.
    source: minutes p1
    ---
    id: lean-is-steady
    kind: objection
    text: The lean has been the same for thirty years.
    source: minutes p2
    attacks: tower-leans-more
    ---
    id: back-to-the-records
    kind: reply
    text: On a second look the records show nothing of the kind.
    source: minutes p3
    retracts: tower-leans-more
    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo
    ## sources/minutes.yaml
    title: Minutes
    passages:
      - id: p1
        by: ada
      - id: p2
        by: bo
      - id: p3
        by: ada
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kb.debate import NOWHERE_SAID
from kb.finding import Problem
from kb.mentions import mentions
from kb.standing.acts import committed
from kb.standing.stances import stances

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.debate import Debate, Position
    from kb.model import Relation

SEVERITY = "warning"


def check(debate: Debate) -> Iterator[Problem]:
    """Compare the attacks on what was given up with the moment when that happened."""
    given_up = _given_up(debate)
    for attack in mentions(debate).relations["attacks"] if given_up else ():
        acts = given_up.get(debate.points.get(attack.to, ""), ())
        when = debate.said(attack)
        earlier = [act for act in acts if _before(debate.said(act), when)]
        if earlier and not _held(debate, attack.to, when):
            message = f"`{attack.node}` attacks `{attack.to}` after `{earlier[-1].node}` {earlier[-1].kind} it, and nobody else held it"
            also = ((*earlier[-1].target_place(), "given up here"),)
            help_text = "name the point that is still held, or cite the passage where the objection was made"
            yield Problem(attack.target_place(), message, help_text, attack.node, also)


def _given_up(debate: Debate) -> Mapping[str, list[Relation]]:
    """The acts by which somebody gave a point up."""
    found: dict[str, list[Relation]] = defaultdict(list)
    for kind in ("retracts", "disowns"):
        for relation, _ in mentions(debate).acts(kind):
            found[debate.points[relation.to]].append(relation)
    return found


def _before(one: Position, other: Position) -> bool:
    """Whether one passage precedes another of the same source."""
    return one[0] == other[0] and one[1] < other[1] and other < NOWHERE_SAID


def _held(debate: Debate, target: str, when: Position) -> bool:
    """Whether anybody held a point, or was taken to, at a moment or after it; what the record says it holds for good."""
    members = debate.restatements[debate.points[target]]
    if any(committed(debate.nodes[m]) and not debate.speakers(m) for m in members):
        return True
    spans = (span for found in stances(debate).spans(target).values() for span in found)
    return any(end is None or end[0] >= when for _, end in spans)
