"""A reply attacks what its own speaker put forward.

A reply responds to a move of somebody else. One that attacks a point of its own speaker, or undercuts a step of theirs, is nearly
always aimed at the wrong node: at the claim that was objected to, not at the objection. The verdict then falls on the side the
reply was meant to defend, and the objection goes unanswered. An objection that somebody considers against their own point is one:
write `kind: objection`. Who changes their mind `concedes` or `retracts`. (Checkers of assurance cases find elements that
challenge themselves; here the speaker counts.)

Bad:

    id: bridge-is-needed
    kind: claim
    text: The town needs a second bridge.
    by: ada
    ---
    id: traffic-is-falling
    kind: objection
    text: Traffic over the river has been falling for years.
    by: bo
    attacks: bridge-is-needed
    ---
    id: counts-were-in-winter
    kind: reply
    text: The counts that show less traffic were taken in winter.
    by: ada
    replies_to: traffic-is-falling
    attacks: bridge-is-needed    # <- friendly-fire
    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo

Good:

    id: bridge-is-needed
    kind: claim
    text: The town needs a second bridge.
    by: ada
    ---
    id: traffic-is-falling
    kind: objection
    text: Traffic over the river has been falling for years.
    by: bo
    attacks: bridge-is-needed
    ---
    id: counts-were-in-winter
    kind: reply
    text: The counts that show less traffic were taken in winter.
    by: ada
    attacks: traffic-is-falling
    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.linting.scope import STRUCTURE
from kb.mentions import mentions
from kb.standing.acts import is_committing
from kb.vocabulary import REPLY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kb.debate import Debate
    from kb.model import Node, Relation

SEVERITY = "warning"
READS = STRUCTURE
LOCAL = True

_TURNING = frozenset({"concedes", "retracts", "disowns"})
"""What a reply does that gives up a point of its own speaker."""


def check(debate: Debate) -> Iterator[Problem]:
    """Compare the makers of every reply that is against something with those of what it is against."""
    relations = mentions(debate).relations
    against = [*relations["attacks"], *relations["undercuts"]]
    own = [r for r in against if debate.nodes[r.node].kind == REPLY and _is_own_target(debate, debate.nodes[r.node], r)]
    others = _attacks_by_others(debate, against) if own else {}
    for relation in own:
        yield _problem(debate, relation, others.get(relation.to, ()))


def _is_own_target(debate: Debate, node: Node, relation: Relation) -> bool:
    """Whether everybody behind the target of a reply is behind the reply as well, and does not give it up there."""
    if not is_committing(node) or any(r.kind in _TURNING for r in node.relations):
        return False
    if relation.to in debate.nodes:
        target, speakers = debate.nodes[relation.to], debate.speakers(relation.to)
    else:
        step = debate.inference_of(relation)
        if step is None or step.undercut is None:
            return False
        denied = debate.inferences[step.undercut].relation
        target, speakers = debate.nodes[denied.node], debate.makers(denied)
    return is_committing(target) and bool(speakers) and set(speakers) <= set(debate.makers(relation))


def _attacks_by_others(debate: Debate, against: Sequence[Relation]) -> Mapping[str, Sequence[Relation]]:
    """What is said against each node or step by others than replies of its own speakers."""
    attacks: dict[str, list[Relation]] = defaultdict(list)
    for relation in against:
        if debate.nodes[relation.node].kind != REPLY or not _is_own_target(
            debate, debate.nodes[relation.node], relation
        ):
            attacks[relation.to].append(relation)
    return attacks


def _problem(debate: Debate, relation: Relation, others: Sequence[Relation]) -> Problem:
    whose = ", ".join(f"`{speaker}`" for speaker in debate.makers(relation))
    message = f"the reply `{relation.node}` {relation.kind} `{relation.to}`, which {whose} put forward too"
    help_text = "if it is an objection considered, make it an `objection`"
    if others:
        named = " or ".join(f"`{other.node}`" for other in others[:3])
        help_text = f"if it answers {named}, attack that; {help_text}"
    also = tuple((*other.target_place(), f"`{other.node}` is against it") for other in others[:3])
    return Problem(relation.target_place(), message, help_text, relation.node, also)
