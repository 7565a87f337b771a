"""An objection speaks against a point that nobody holds.

Knocking down what nobody says settles nothing, and readers take it for somebody's view. Say whose view it is (`attributed_to`,
which they can disown), who holds it, or suppose it for argument's sake; a view that only serves as a foil deserves an `allow`
with the reason.

Bad:

    id: parks-are-useless
    kind: claim
    text: Parks are of no use to anybody.
    by: ada
    certainty: mentioned
    ---
    id: parks-cool-the-city
    kind: objection
    text: Parks cool the city in summer.
    by: bo
    attacks: parks-are-useless    # <- straw-man
    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo

Good:

    id: parks-are-useless
    kind: claim
    text: Parks are of no use to anybody.
    by: bo
    attributed_to: ada
    ---
    id: parks-cool-the-city
    kind: objection
    text: Parks cool the city in summer.
    by: bo
    attacks: parks-are-useless
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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

SEVERITY = "warning"
PROFILE = "pedantic"
READS = STRUCTURE | {"rejected"}
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Ask of every attack on something merely mentioned whether anybody ever held it, or is taken to."""
    if debate.rejected:
        return  # what was not read may hold it
    for attack in mentions(debate).relations["attacks"]:
        target = debate.nodes.get(attack.to)
        if target is None or target.certainty != "mentioned":
            continue
        members = debate.restatements[debate.points[target.id]]
        if (
            all(debate.nodes[m].certainty == "mentioned" for m in members)
            and not stances(debate).ledger(target.id).ever
        ):
            message = f"`{attack.node}` attacks `{target.id}`, which nobody holds or is taken to hold"
            also = ((*target.place("certainty"), "raised, held by nobody"),)
            help_text = "say `attributed_to:` whom, who holds it, or `certainty: arguendo`"
            yield Problem(attack.target_place(), message, help_text, attack.node, also)
