"""Something is conceded that nobody else ever held.

A concession grants the other side a point of theirs. Where the other side never held it, either the concession leads to the wrong node or
the speaker says something of their own; it would count as agreement where there is none.

Bad:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    by: ada
    ---
    id: granted
    kind: reply
    text: Granted, it is blue.
    by: ada
    concedes: sky-is-blue    # <- unheld-concession
    replies_to: is-it-blue
    ---
    id: is-it-blue
    kind: claim
    text: The sky is grey.
    by: bo
    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo

Good:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    by: ada
    ---
    id: granted
    kind: reply
    text: Granted, it is blue.
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
from kb.standing.stances import stances
from kb.vocabulary import CERTAINTIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.model import Relation

SEVERITY = "warning"
READS = STRUCTURE
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Ask of every concession whether somebody else holds, or held, what is granted."""
    for relation, makers in mentions(debate).acts("concedes"):
        if not _is_held_by_others(debate, relation, frozenset(makers)):
            message = f"`{relation.node}` concedes `{relation.to}`, which nobody else ever held"
            help_text = "name the point of the other side that is granted, or use `supports` or `restates`"
            yield Problem(relation.target_place(), message, help_text, relation.node)


def _is_held_by_others(debate: Debate, relation: Relation, makers: frozenset[str]) -> bool:
    """Put forward by another or by the record; else held or taken to be held by another at any time."""
    for member in debate.restatements[debate.points[relation.to]]:
        node, speakers = debate.nodes[member], debate.speakers(member)
        committed = CERTAINTIES[node.certainty].stance is not None and not node.attributed_to
        if committed and (not speakers or not makers.issuperset(speakers)):
            return True
    ledger = stances(debate).ledger(relation.to)
    return not makers.issuperset(ledger.held | ledger.ever_attributed)
