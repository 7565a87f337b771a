"""What participants grant and what they let go of, read off the relations alone: cheap enough to ask of every step of a debate.

Stances weigh acts against each other; here whoever acted both ways on one point is left out, whatever the order.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kb.memory import once
from kb.mentions import mentions
from kb.standing.acts import is_committing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from kb.debate import Debate
    from kb.inference import Inference
    from kb.model import Node, Relation

_LETS_GO = ("attacks", "retracts", "disowns", "dissolves")


@dataclass(frozen=True, eq=False)
class Granting:
    """Who put forward or granted what, and who ever did anything against it."""

    debate: Debate

    @cached_property
    def granted(self) -> frozenset[tuple[str, str]]:
        """What was conceded in full and without reserve, by point and participant."""
        points, nodes = self.debate.points, self.debate.nodes
        acts = mentions(self.debate).acts("concedes")
        full = ((r, makers) for r, makers in acts if not r.part and nodes[r.node].certainty == "asserted")
        return frozenset((points[grant.to], maker) for grant, makers in full for maker in makers)

    @cached_property
    def acts_against(self) -> Mapping[tuple[str, str], Sequence[Relation]]:
        """By point and participant, the relations by which they attacked it, took it back, disowned it, found only words in it, or granted it only in part."""
        acts = mentions(self.debate).acts
        relations: dict[tuple[str, str], list[Relation]] = defaultdict(list)
        for kind in (*_LETS_GO, "concedes"):
            for relation, makers in acts(kind):
                if relation.part or kind != "concedes":
                    for maker in makers:
                        relations[self.debate.points[relation.to], maker].append(relation)
        return relations

    def accepts(self, participant: str, node_id: str) -> bool:
        """Whether somebody put a point forward as true or granted it, and never did anything against it."""
        point = self.debate.points[node_id]
        put_forward = (point, participant) in self.granted or any(
            node.certainty == "asserted" for node in self._own_nodes(participant, point)
        )
        return put_forward and (point, participant) not in self.acts_against

    def _own_nodes(self, participant: str, point: str) -> Iterator[Node]:
        """The nodes by which somebody put a point forward."""
        for member in self.debate.restatements[point]:
            if participant in self.debate.speakers(member) and is_committing(self.debate.nodes[member]):
                yield self.debate.nodes[member]

    def undercuts(self, participant: str, step: Inference) -> bool:
        """Whether somebody says of a step that it does not hold."""
        return any(participant in self.debate.makers(u.relation) for u in self.debate.undercuts_of.get(step.index, ()))

    def inconsistent_denials(self, steps: Sequence[Inference]) -> Iterator[tuple[Relation, Inference, str]]:
        """The attacks by which somebody denies the conclusion of a step of others, accepts all its premises, and does not undercut it."""
        denials = self._denials({self.debate.points[step.target] for step in steps})
        for step in steps:
            for participant, denial in denials.get(self.debate.points[step.target], {}).items():
                if all(self.accepts(participant, premise) for premise in step.premises) and not (
                    participant in self.debate.makers(step.relation)
                    or self._takes_back(participant, step, denial)
                    or self.undercuts(participant, step)
                ):
                    yield denial, step, participant

    def _takes_back(self, participant: str, step: Inference, denial: Relation) -> bool:
        """Whether somebody who denies a conclusion also holds or granted it, or gave the denial up."""
        point = self.debate.points[step.target]
        held = (point, participant) in self.granted or any(self._own_nodes(participant, point))
        return held or (self.debate.points[denial.node], participant) in self.acts_against

    def _denials(self, wanted: Collection[str]) -> Mapping[str, Mapping[str, Relation]]:
        """The first attack of every participant on each of these points."""
        denials: dict[str, dict[str, Relation]] = defaultdict(dict)
        for denial in mentions(self.debate).relations["attacks"] if wanted else ():
            point = self.debate.points.get(denial.to, "")
            if point in wanted:
                for maker in mentions(self.debate).committed_by(denial):
                    denials[point].setdefault(maker, denial)
        return denials


@once
def granting(debate: Debate) -> Granting:
    """What is granted in a debate."""
    return Granting(debate)
