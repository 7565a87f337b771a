"""A response stands before what it responds to.

Nobody attacks, concedes or disowns what another has not said yet: the target is a later restatement, or one of the two cites the
wrong passage. The rule compares passages of one source by different speakers, in reading order (unless their dates say
otherwise); an author may meet an objection before stating it, and reasons and answers may come first.

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
from kb.linting.scope import STRUCTURE
from kb.mentions import mentions
from kb.passages import NOWHERE_SAID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.model import Citation, Node, Relation

SEVERITY = "warning"
READS = STRUCTURE
LOCAL = True

REACTING = ("attacks", "concedes", "disowns", "dissolves", "replies_to", "retracts", "undercuts")
"""What can only be done about a point that has been made."""

_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def check(debate: Debate) -> Iterator[Problem]:
    """Compare where responses and their targets stand."""
    for kind in REACTING:
        for relation in mentions(debate).relations[kind]:
            target = debate.nodes.get(relation.to) or _maker_of_denied_step(debate, relation)
            if target is not None and _precedes(debate, relation, target) and not _is_excused(debate, relation, target):
                yield _problem(debate, relation, target)


def _maker_of_denied_step(debate: Debate, relation: Relation) -> Node | None:
    """The node that made the step which an undercut denies."""
    inference = debate.inference_of(relation)
    if inference is None or inference.undercut is None:
        return None
    return debate.nodes[debate.inferences[inference.undercut].node]


def _precedes(debate: Debate, relation: Relation, target: Node) -> bool:
    """Whether all passages of a response stand before all those of its target."""
    own = relation.citations or debate.nodes[relation.node].citations
    if not own or not target.citations:
        return False
    return all(_surely_precedes(debate, first, second) for first in own for second in target.citations)


def _surely_precedes(debate: Debate, one: Citation, other: Citation) -> bool:
    """Whether one passage surely precedes another: in reading order, and the dates do not say otherwise."""
    if one.source != other.source or one.passage is None or other.passage is None:
        return False
    if not debate.position(one)[:2] < debate.position(other)[:2] < NOWHERE_SAID[:2]:
        return False
    dates = [(debate.passages[c.source, c.passage or ""].date or "")[:10] for c in (one, other)]
    return not all(map(_DATE.match, dates)) or dates[0] <= dates[1]


def _is_excused(debate: Debate, relation: Relation, target: Node) -> bool:
    """One may respond to oneself beforehand (but not take back), and to an earlier statement of the same point."""
    makers = set(debate.makers(relation))
    if relation.kind != "retracts" and not makers.isdisjoint(debate.speakers(target.id)):
        return True
    others = (debate.nodes[i] for i in debate.restatements[debate.points[target.id]] if i != target.id)
    return any(not _precedes(debate, relation, other) for other in others)


def _problem(debate: Debate, relation: Relation, target: Node) -> Problem:
    own = (relation.citations or debate.nodes[relation.node].citations)[0]
    earliest = min(target.citations, key=debate.position)
    message = f"`{relation.node}` {relation.kind} in `{own}` what is put forward in `{earliest}`, which comes later"
    also = ((*target.place("source"), "put forward here"),)
    help_text = "cite the passage where it was said, or name the earlier point that is meant"
    return Problem(relation.target_place(), message, help_text, relation.node, also)
