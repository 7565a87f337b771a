"""Somebody gives a reason for a point that they deny elsewhere.

The verdict counts the reason, so the map lets the speaker argue for both sides. If it is a reason that others have, let them make
the step (`by` on the relation, or an `argument`); if the speaker changed their mind, add the reply that retracts or concedes; if
they only weigh both sides, an `allow` with that reason tells readers so. Acts in one passage are left to `opposite-acts`; an
objection to one's own point is an objection considered.

Bad:

    id: theatre-costs-a-fortune
    kind: claim
    text: The theatre costs the city a fortune.
    by: bo
    ---
    id: rebuilding-was-dear
    kind: claim
    text: The rebuilding alone took the money of three years.
    by: ada
    supports: theatre-costs-a-fortune
    ---
    id: theatre-pays-for-itself
    kind: objection
    text: What its visitors spend in town pays for the theatre.
    by: ada
    attacks: theatre-costs-a-fortune    # <- support-of-denied
    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo

Good:

    id: theatre-costs-a-fortune
    kind: claim
    text: The theatre costs the city a fortune.
    by: bo
    ---
    id: rebuilding-was-dear
    kind: claim
    text: The rebuilding alone took the money of three years.
    by: ada
    supports:
      - to: theatre-costs-a-fortune
        by: bo
    ---
    id: theatre-pays-for-itself
    kind: objection
    text: What its visitors spend in town pays for the theatre.
    by: ada
    attacks: theatre-costs-a-fortune
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
from kb.standing.acts import authors
from kb.standing.stances import stances

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.debate import Debate
    from kb.model import Citation, Relation

SEVERITY = "info"
PROFILE = "pedantic"
READS = STRUCTURE
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Compare what every participant attacks with what they support elsewhere."""
    given = _first_supports(debate)
    granted = {(debate.points[r.to], maker) for r, makers in mentions(debate).acts("concedes") for maker in makers}
    for attack, makers in mentions(debate).acts("attacks"):
        point = debate.points[attack.to]
        for maker in makers:
            support = given.get((point, maker))
            if support and (point, maker) not in granted and not _is_excused(debate, maker, attack, support):
                yield _problem(maker, attack, support)


def _first_supports(debate: Debate) -> Mapping[tuple[str, str], Relation]:
    """The first reason that each participant gives for a point, by both."""
    supports: dict[tuple[str, str], Relation] = {}
    for support, makers in mentions(debate).acts("supports"):
        for maker in makers:
            supports.setdefault((debate.points[support.to], maker), support)
    return supports


def _is_excused(debate: Debate, maker: str, attack: Relation, support: Relation) -> bool:
    """Whether the point is their own, both are said in one breath, or one of the two was taken back."""
    if maker in authors(debate, attack.to):
        return True
    if not _passages(debate, attack).isdisjoint(_passages(debate, support)):
        return True
    retracted = stances(debate).retracted
    return (maker, attack.node) in retracted or (maker, support.node) in retracted


def _passages(debate: Debate, relation: Relation) -> set[Citation]:
    return set(relation.citations or debate.nodes[relation.node].citations)


def _problem(maker: str, attack: Relation, support: Relation) -> Problem:
    message = f"`{maker}` attacks `{attack.to}` and gives a reason for it elsewhere (`{support.node}`)"
    also = ((*support.target_place(), f"`{support.node}` supports it"),)
    help_text = "say by whom the reason is given, or add the reply by which they changed their mind"
    return Problem(attack.target_place(), message, help_text, attack.node, also)
