"""What participants grant and what they let go of, read off the relations alone: cheap enough to ask of every step of a debate.

Stances weigh acts against each other; here whoever acted both ways on one point is left out, whatever the order.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from kb.mentions import mentions
from kb.standing.acts import committed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from kb.debate import Debate
    from kb.inference import Inference
    from kb.model import Node, Relation

_LETS_GO = ("attacks", "retracts", "disowns", "dissolves")

Held = frozenset[tuple[str, str]]
"""Points and participants."""


@dataclass(frozen=True, eq=False)
class Granting:
    """Who put forward or granted what, and who ever did anything against it."""

    debate: Debate

    @cached_property
    def granted(self) -> Held:
        """What was conceded in full and without reserve."""
        points, nodes = self.debate.points, self.debate.nodes
        acts = mentions(self.debate).acts("concedes")
        full = ((r, makers) for r, makers in acts if not r.part and nodes[r.node].certainty == "asserted")
        return frozenset((points[grant.to], maker) for grant, makers in full for maker in makers)

    @cached_property
    def let_go(self) -> Held:
        """What somebody attacked, took back, disowned, found to be a matter of words, or granted only in part."""
        points, acts = self.debate.points, mentions(self.debate).acts
        against = [act for kind in _LETS_GO for act in acts(kind)]
        against += [act for act in acts("concedes") if act[0].part]
        return frozenset((points[relation.to], maker) for relation, makers in against for maker in makers)

    def accepts(self, participant: str, node_id: str) -> bool:
        """Whether somebody put a point forward as true or granted it, and never did anything against it."""
        point = self.debate.points[node_id]
        said = (point, participant) in self.granted or any(
            node.certainty == "asserted" for node in self._own(participant, point)
        )
        return said and (point, participant) not in self.let_go

    def _own(self, participant: str, point: str) -> Iterator[Node]:
        """The nodes by which somebody put a point forward."""
        for member in self.debate.restatements[point]:
            if participant in self.debate.speakers(member) and committed(self.debate.nodes[member]):
                yield self.debate.nodes[member]

    def resists(self, participant: str, step: Inference) -> bool:
        """Whether somebody says of a step that it does not hold."""
        return any(participant in self.debate.makers(u.relation) for u in self.debate.undercuts_of.get(step.index, ()))

    def denied_in_spite(self, steps: Sequence[Inference]) -> Iterator[tuple[Relation, Inference, str]]:
        """The attacks by which somebody denies the conclusion of a step whose premises they all accept, and do not undercut."""
        denials = self._denials({self.debate.points[step.target] for step in steps})
        for step in steps:
            point = self.debate.points[step.target]
            for participant, denial in denials.get(point, {}).items():
                if all(self.accepts(participant, premise) for premise in step.premises):
                    own = (point, participant) in self.granted or any(self._own(participant, point))
                    taken_back = (self.debate.points[denial.node], participant) in self.let_go
                    if not (own or taken_back or self.resists(participant, step)):
                        yield denial, step, participant

    def _denials(self, wanted: Collection[str]) -> Mapping[str, Mapping[str, Relation]]:
        """The first attack of every participant on each of these points."""
        found: dict[str, dict[str, Relation]] = defaultdict(dict)
        for denial in mentions(self.debate).relations["attacks"] if wanted else ():
            point = self.debate.points.get(denial.to, "")
            if point in wanted:
                for maker in mentions(self.debate).committed_by(denial):
                    found[point].setdefault(maker, denial)
        return found


@lru_cache(maxsize=8)
def granting(debate: Debate) -> Granting:
    """What is granted in a debate (kept for the debate last asked about)."""
    return Granting(debate)
