"""A response stands before what it responds to.

Nobody attacks, concedes or disowns what another has not said yet: the target is a later restatement, or one of the two cites the
wrong passage. Compared are passages of one source, in reading order (by date where both have one), of different speakers; an author may
meet an objection before stating it, and reasons and answers may come first.

Bad:

    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo
    ## sources/letters.yaml
    title: Letters
    passages:
      - id: p1
        by: bo
      - id: p2
        by: ada
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    source: letters p2
    ## talk/grey-today.yaml
    kind: objection
    text: It is grey today.
    source: letters p1
    attacks: sky-is-blue    # <- early-reply

Good:

    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo
    ## sources/letters.yaml
    title: Letters
    passages:
      - id: p1
        by: ada
      - id: p2
        by: bo
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    source: letters p1
    ## talk/grey-today.yaml
    kind: objection
    text: It is grey today.
    source: letters p2
    attacks: sky-is-blue
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.mentions import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.model import Citation, Relation

SEVERITY = "warning"

REACTING = ("attacks", "concedes", "disowns", "dissolves", "replies_to", "retracts", "undercuts")
"""What can only be done about a point that has been made."""

_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def check(debate: Debate) -> Iterator[Problem]:
    """Compare where responses and their targets stand."""
    for kind in REACTING:
        for relation in mentions(debate).relations[kind]:
            targets = (
                debate.restatements[debate.points[relation.to]]
                if relation.to in debate.nodes
                else _step(debate, relation)
            )
            problem = _compare(debate, relation, targets) if targets else None
            if problem is not None:
                yield problem


def _step(debate: Debate, relation: Relation) -> tuple[str, ...]:
    """The node that made the step which an undercut denies."""
    inference = debate.inference_of(relation)
    if inference is None or inference.undercut is None:
        return ()
    return (debate.inferences[inference.undercut].node,)


def _compare(debate: Debate, relation: Relation, targets: tuple[str, ...]) -> Problem | None:
    own = relation.citations or debate.nodes[relation.node].citations
    said = tuple(citation for target in targets for citation in debate.nodes[target].citations)
    if not own or not said or not all(_before(debate, first, second) for first in own for second in said):
        return None
    makers = set(debate.makers(relation))
    if relation.kind != "retracts" and any(makers.intersection(debate.speakers(target)) for target in targets):
        return None
    earliest = min(said, key=debate.position)
    message = f"`{relation.node}` {relation.kind} in `{own[0]}` what is put forward in `{earliest}`, which comes later"
    also = ((*debate.nodes[targets[0]].place("source"), "put forward here"),)
    help_text = "cite the passage where it was said, or name the earlier point that is meant"
    return Problem(relation.target_place(), message, help_text, relation.node, also)


def _before(debate: Debate, one: Citation, other: Citation) -> bool:
    """Whether one passage surely precedes another."""
    if one.source != other.source or one.passage is None or other.passage is None:
        return False
    first, second = debate.passages.get((one.source, one.passage)), debate.passages.get((other.source, other.passage))
    if first is None or second is None or first is second:
        return False
    dates = (first.date or "")[:10], (second.date or "")[:10]
    if dates[0] != dates[1] and all(map(_DATE.match, dates)):
        return dates[0] < dates[1]
    return debate.position(one) < debate.position(other)
