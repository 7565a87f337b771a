"""Moves and answers: which attack, undercut or question still waits for a reply, and from whom.

A move is answered when somebody else on the side it targets later concedes, attacks, undercuts, qualifies, answers or replies to it
or to a reason for it, or takes back, disowns or dissolves what it targets. Silence is not consent.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from kb.acts import HOLDS
from kb.stances import stances
from kb.vocabulary import CERTAINTIES, QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.debate import Debate, Position
    from kb.model import Node, Relation

REACTIONS = frozenset({"concedes", "attacks", "undercuts", "qualifies", "answers", "replies_to"})
"""Relations that answer the move they lead to."""
WITHDRAWALS = frozenset({"retracts", "disowns", "dissolves"})
"""Relations that answer a move by giving up what it targets."""

When = tuple["Position", int]


@dataclass(frozen=True, slots=True)
class Move:
    """A node that asks something of somebody: who made it, against what, and who is to answer."""

    node: str
    makers: frozenset[str]
    when: When
    targets: tuple[str, ...]
    """Nodes it tells against (for an undercut both ends of the step); of a question, what it responds to."""
    owed_by: frozenset[str]
    """Participants on the targeted side, the makers themselves left out."""
    answered_by: tuple[str, ...]
    """Nodes that answer it, in the order of the debate."""


class Moves:
    """All moves of a debate by node."""

    def __init__(self, debate: Debate) -> None:
        """Look for moves in a debate."""
        self.debate = debate
        self.stances = stances(debate)

    @cached_property
    def all(self) -> Mapping[str, Move]:
        """Every move that is owed an answer or had one, by its node, in the order of the debate."""
        found = {}
        for node_id in self.debate.ordered:
            made = self._move(self.debate.nodes[node_id])
            if made is not None:
                found[node_id] = made
        return found

    def when(self, node_id: str) -> When:
        """Where in the debate a node was put forward."""
        return (self.debate.when(self.debate.nodes[node_id].citations), self.debate.order[node_id])

    def _move(self, node: Node) -> Move | None:
        makers = frozenset(self.debate.speakers(node.id))
        if not makers or CERTAINTIES[node.certainty].stance is None or node.attributed_to:
            return None
        if self.stances.lapsed(node.id):
            return None
        targets: dict[str, None] = {}
        owed: set[str] = set()
        for relation in node.relations:
            for target, holders in self._told_against(relation, makers):
                targets[target] = None
                owed |= holders
        if node.kind == QUESTION:
            targets = dict.fromkeys(self.debate.ends(node.id)) | targets
            owed |= self._asked(node, makers)
        if not owed:
            return None
        when = self.when(node.id)
        answers = self._answers(node, frozenset(owed), when, tuple(targets))
        return Move(node.id, makers, when, tuple(targets), frozenset(owed), answers)

    def _told_against(self, relation: Relation, makers: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
        """Targets of an attack or undercut that somebody else ever held, unless the makers accept them by now."""
        debate = self.debate
        if relation.kind == "attacks" and relation.to in debate.nodes and relation.to not in debate.argument_steps:
            yield relation.to, self._holders(relation.to, makers)
            return
        inference = debate.inference_of(relation)
        denied = debate.denied_step(inference) if inference is not None and inference.kind != "contradicts" else None
        if denied is None:
            return
        step = debate.inferences[denied]
        side = frozenset(debate.makers(step.relation)) - makers
        if step.kind == "supports":
            side |= self._holders(step.target, makers)
            yield step.target, side
        yield step.node, side

    def _holders(self, node_id: str, makers: frozenset[str]) -> frozenset[str]:
        """Who, besides the makers of a move, ever held its target or was taken to; nobody once the makers accept it."""
        debate, ledger = self.debate, self.stances.ledger(node_id)
        if makers and all(ledger.now.get(maker) in HOLDS for maker in makers):
            return frozenset()
        if debate.nodes[node_id].kind == QUESTION:
            return frozenset(debate.speakers(node_id)) - makers
        return (ledger.held | ledger.ever_attributed) - makers

    def _asked(self, node: Node, makers: frozenset[str]) -> frozenset[str]:
        """Whom a question is put to: the speakers of what it responds to, else everybody else in the same sources."""
        debate = self.debate
        direct = {s for end in debate.ends(node.id) for s in debate.speakers(end)} - makers
        if direct:
            return frozenset(direct)
        sources = {c.source for c in node.citations}
        return frozenset(s for name in sources for s in debate.voices.get(name, ())) - makers

    # -- answers ---------------------------------------------------------------------------------------------------

    @cached_property
    def _undercutters(self) -> Mapping[str, tuple[Relation, ...]]:
        """Undercuts by every node that is a premise of, or wrote, the step they deny."""
        found: dict[str, list[Relation]] = defaultdict(list)
        for index, undercuts in self.debate.undercuts_of.items():
            step = self.debate.inferences[index]
            for node_id in dict.fromkeys((step.node, *step.premises)):
                found[node_id].extend(u.relation for u in undercuts)
        return {i: tuple(v) for i, v in found.items()}

    def _reactions(self, node_id: str) -> Iterator[Relation]:
        """Relations that respond to a node, or to a step it makes."""
        for relation in self.debate.incoming[node_id]:
            if relation.kind in REACTIONS:
                yield relation
        yield from self._undercutters.get(node_id, ())

    def _reasons(self, node_id: str) -> tuple[str, ...]:
        """A node, its restatements, and all reasons given for it, nearest first."""
        debate = self.debate
        seen = dict.fromkeys(debate.restatements[debate.points[node_id]])
        queue = list(seen)
        for current in queue:
            below = [r.node for r in debate.incoming[current] if r.kind == "supports"]
            below += [
                p for r in debate.incoming[current] if r.kind == "supports" for p in r.premises if p in debate.nodes
            ]
            if current == node_id:
                below += [p for r in debate.nodes[current].relations for p in r.premises if p in debate.nodes]
            for reason in below:
                if reason not in seen:
                    seen[reason] = None
                    queue.append(reason)
        return tuple(seen)

    def _answers(self, node: Node, side: frozenset[str], when: When, targets: tuple[str, ...]) -> tuple[str, ...]:
        found: set[str] = set()
        for reason in self._reasons(node.id):
            found |= {r.node for r in self._reactions(reason) if self._later(r, side, when)}
        for target in targets:
            for relation in self.debate.incoming[target]:
                if relation.kind in WITHDRAWALS and self._later(relation, side, when):
                    found.add(relation.node)
        if node.kind == QUESTION:
            for answer in self.debate.answers.get(node.id, ()):
                found |= {a.node for a in self.stances.acts(answer) if a.participant in side and a.stance in HOLDS}
        found.discard(node.id)
        return tuple(sorted(found, key=self.debate.order.__getitem__))

    def _later(self, relation: Relation, side: frozenset[str], when: When) -> bool:
        """Whether a relation was made by somebody of a side after a move."""
        debate = self.debate
        if CERTAINTIES[debate.nodes[relation.node].certainty].stance is None and relation.kind != "replies_to":
            return False
        return any(
            maker in side and (debate.said(relation, maker), debate.order[relation.node]) > when
            for maker in debate.makers(relation)
        )


@lru_cache(maxsize=8)
def moves(debate: Debate) -> Moves:
    """The moves of a debate (kept for the debate last asked about)."""
    return Moves(debate)
