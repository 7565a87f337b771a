"""An objection speaks against a point after its only holder gave it up.

Whoever retracts or disowns a point no longer answers for it. To attack it later is to fight a position that nobody is left in:
either the objection aims at another point, perhaps what the speaker said in its place, or it stands in the wrong passage. The
rule compares passages of one source, in reading order.

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

from kb.finding import Problem
from kb.linting.scope import STRUCTURE
from kb.mentions import mentions
from kb.passages import NOWHERE_SAID
from kb.standing.acts import is_of_the_record
from kb.standing.stances import stances

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.debate import Debate
    from kb.model import Relation
    from kb.passages import SourcePosition

SEVERITY = "warning"
READS = STRUCTURE
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Compare the attacks on what was given up with the moment when that happened."""
    given_up = _first_withdrawals(debate)
    until = {point: _held_until(debate, point) for point in given_up}
    for attack in mentions(debate).relations["attacks"] if given_up else ():
        point = debate.points.get(attack.to, "")
        when = debate.relation_position(attack)
        act = given_up.get(point, {}).get(when[0])
        if act is not None and debate.relation_position(act)[1] < when[1] and until[point] < when < NOWHERE_SAID:
            message = f"`{attack.node}` attacks `{attack.to}` after `{act.node}` {act.kind} it, and nobody else held it"
            also = ((*act.target_place(), "given up here"),)
            help_text = "name the point that is still held, or cite the passage where the objection was made"
            yield Problem(attack.target_place(), message, help_text, attack.node, also)


def _first_withdrawals(debate: Debate) -> Mapping[str, dict[int, Relation]]:
    """The first act in each source by which somebody gave a point up, by point and the rank of the source."""
    withdrawals: dict[str, dict[int, Relation]] = defaultdict(dict)
    acts = [relation for kind in ("retracts", "disowns") for relation, _ in mentions(debate).acts(kind)]
    for act in sorted(acts, key=debate.relation_position):
        withdrawals[debate.points[act.to]].setdefault(debate.relation_position(act)[0], act)
    return withdrawals


def _held_until(debate: Debate, point: str) -> SourcePosition:
    """When the last of those who held a point, or were taken to, gave it up; what the record says it holds for good."""
    if is_of_the_record(debate, point):
        return NOWHERE_SAID
    ends = [end for spans in stances(debate).periods(point).values() for _, end in spans]
    return max((NOWHERE_SAID if end is None else end[0] for end in ends), default=NOWHERE_SAID)
