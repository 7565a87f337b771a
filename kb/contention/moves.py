"""Moves and answers: which attack, undercut or question still waits for a reply, and from whom.

A move is answered when somebody else on the side it targets later concedes, attacks, undercuts, qualifies, dissolves, answers or
replies to it or to a reason for it, accepts what a third party said against it, or takes back, disowns or dissolves what it targets.
Silence is not consent.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kb.components import components
from kb.memory import once
from kb.standing.acts import GIVES_UP, HOLDS
from kb.standing.stances import stances
from kb.vocabulary import CERTAINTIES, QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kb.debate import Debate
    from kb.inference import Inference
    from kb.model import Node, Relation
    from kb.standing.acts import When

REACTIONS = frozenset({"concedes", "attacks", "undercuts", "qualifies", "dissolves", "answers", "replies_to"})
"""Relations that answer the move they lead to; those of `GIVES_UP` answer it by giving up what it targets."""
_AGAINST = frozenset({"attacks", "undercuts"})

Replies = dict[str, tuple["When", str]]
"""The last reply of each participant: when, and the node that makes it."""


class Move(NamedTuple):
    """A node that asks something of somebody: who made it, against what, and who is to answer."""

    node: str
    makers: frozenset[str]
    when: When
    targets: tuple[str, ...]
    """Nodes it tells against (for an undercut both ends of the step); of a question, what it responds to."""
    owed_by: frozenset[str]
    """Participants on the targeted side, the makers themselves left out."""
    replies: Mapping[str, str]
    """The last reply of everybody else who replied, by participant."""

    @property
    def answered_by(self) -> tuple[str, ...]:
        """The replies of those who owe one."""
        return tuple(sorted({node for who, node in self.replies.items() if who in self.owed_by}))


class Moves:
    """All moves of a debate by node."""

    def __init__(self, debate: Debate) -> None:
        """Look for moves in a debate."""
        self.debate = debate
        self.stances = stances(debate)

    @cached_property
    def by_node(self) -> Mapping[str, Move]:
        """Every move that is owed an answer or had one, by its node, in the order of the debate."""
        by_node = {}
        for node_id in self.debate.ordered:
            move = self._move(self.debate.nodes[node_id])
            if move is not None:
                by_node[node_id] = move
        return by_node

    def when(self, node_id: str) -> When:
        """Where in the debate a node was put forward."""
        return (self.debate.first_position(self.debate.nodes[node_id].citations), self.debate.order[node_id])

    def _move(self, node: Node) -> Move | None:
        makers = frozenset(self.debate.speakers(node.id))
        if not makers or CERTAINTIES[node.certainty].stance is None or node.attributed_to:
            return None
        if self.stances.has_lapsed(node.id):
            return None
        targets: dict[str, None] = {}
        owed: set[str] = set()
        for relation in node.relations:
            for target, holders in self._targets_against(relation, makers):
                targets[target] = None
                owed |= holders
        if node.kind == QUESTION:
            targets = dict.fromkeys(self.debate.ends(node.id)) | targets
            owed |= self._addressees(node, makers)
        if not owed:
            return None
        when = self.when(node.id)
        replies = {who: reply for who, reply in self._replies(node, when, tuple(targets)).items() if who not in makers}
        return Move(node.id, makers, when, tuple(targets), frozenset(owed), replies)

    # -- whom a move is put to -----------------------------------------------------------------------------------------

    def _targets_against(self, relation: Relation, makers: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
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
        side = frozenset() if step.kind == "contradicts" else frozenset(debate.makers(step.relation)) - makers
        if step.kind == "supports":
            side |= self._holders(step.target, makers)
            yield step.target, side
        yield step.node, side

    def _holders(self, node_id: str, makers: frozenset[str]) -> frozenset[str]:
        """Who, besides the makers of a move, ever held its target or was taken to; nobody once the makers accept it."""
        debate, ledger = self.debate, self.stances.ledger(node_id)
        if makers and all(ledger.now.get(maker) in HOLDS for maker in makers):
            return frozenset()
        asked = self.stances.askers(node_id) if debate.nodes[node_id].kind == QUESTION else frozenset()
        return (asked | ledger.ever) - makers

    def _addressees(self, node: Node, makers: frozenset[str]) -> frozenset[str]:
        """Whom a question is put to: the speakers of what it responds to, else everybody else in the same sources."""
        debate = self.debate
        direct = {s for end in debate.ends(node.id) for s in debate.speakers(end)} - makers
        if direct:
            return frozenset(direct)
        sources = {c.source for c in node.citations}
        return frozenset(s for name in sources for s in debate.speakers_by_source.get(name, ())) - makers

    # -- replies -------------------------------------------------------------------------------------------------------

    def _replies(self, node: Node, when: When, targets: tuple[str, ...]) -> Mapping[str, str]:
        """Who replied after a move: to it, to a reason for it, or by giving up what it targets."""
        debate = self.debate
        steps = [step for r in node.relations if (step := debate.inference_of(r)) is not None]
        later = self._replies_after(node.id, when, steps, targets)
        for answer in debate.answers.get(node.id, ()):
            later |= {a.participant: a.node for a in self.stances.acts(answer) if a.stance in HOLDS}
        return later

    def replies(self, step: Inference) -> Mapping[str, str]:
        """The last reply of everybody who replied to a step once it was made.

        To the step itself, to its premises or a reason for them, or by giving up what it tells against.
        """
        when = (self.debate.relation_position(step.relation), self.debate.order[step.node])
        targets = tuple(target for target, _ in self._targets_against(step.relation, frozenset()))
        return self._replies_after(step.node, when, (step,), targets)

    def _replies_after(
        self, node_id: str, when: When, steps: Iterable[Inference], targets: Iterable[str]
    ) -> dict[str, str]:
        """Replies after a moment: to a node, to steps or their premises, or by giving up a target."""
        points = self.debate.points
        replies: Replies = {}
        for point in dict.fromkeys(points[n] for n in (node_id, *(p for step in steps for p in step.premises))):
            _merge(replies, self._replies_by_point[point])
        for step in steps:
            _merge(replies, self._denial_replies(step))
        for point in dict.fromkeys(points[target] for target in targets):
            _merge(replies, self._withdrawals.get(point, {}))
        return {who: reply for who, (moment, reply) in replies.items() if moment > when and reply != node_id}

    @cached_property
    def _replies_by_point(self) -> Mapping[str, Replies]:
        """The last reply of each participant to a point or any reason for it; reasons come before what they support."""
        reasons = {point: self._reasons(point) for point in self.debate.restatements}
        replies: dict[str, Replies] = {}
        for component in components(reasons):
            below = [replies[r] for point in component for r in reasons[point] if r in replies]
            direct = [self._direct_replies(m) for point in component for m in self.debate.restatements[point]]
            denied = [self._denial_replies(step) for point in component for step in self._supports.get(point, ())]
            parts = list({id(part): part for part in (*below, *direct, *denied) if part}.values())
            merged = parts[0] if len(parts) == 1 else {}
            for part in parts if len(parts) > 1 else ():
                _merge(merged, part)
            replies.update(dict.fromkeys(component, merged))
        return replies

    @cached_property
    def _supports(self) -> Mapping[str, tuple[Inference, ...]]:
        """The steps that are for each point."""
        steps_by_point: dict[str, list[Inference]] = defaultdict(list)
        for step in self.debate.inferences:
            if step.kind == "supports":
                steps_by_point[self.debate.points[step.target]].append(step)
        return {point: tuple(steps) for point, steps in steps_by_point.items()}

    def _reasons(self, point: str) -> tuple[str, ...]:
        """The points given as reasons for a point."""
        points = self.debate.points
        return tuple(dict.fromkeys(points[n] for s in self._supports.get(point, ()) for n in (s.node, *s.premises)))

    def _direct_replies(self, node_id: str) -> Replies:
        """The last reply of each participant to a node."""
        return self._reactions(self.debate.incoming[node_id])

    def _denial_replies(self, step: Inference) -> Replies:
        """The last reply of each participant to a step."""
        return self._reactions(undercut.relation for undercut in self.debate.undercuts_of.get(step.index, ()))

    def _reactions(self, relations: Iterable[Relation]) -> Replies:
        replies: Replies = {}
        for relation in relations:
            if relation.kind in REACTIONS:
                self._add_reply(replies, relation)
            if relation.kind in _AGAINST:
                self._add_acceptances(replies, relation)
        return replies

    @cached_property
    def _withdrawals(self) -> Mapping[str, Replies]:
        """Who took back, disowned or dissolved a point, and when."""
        withdrawals: dict[str, Replies] = defaultdict(dict)
        for node in self.debate.nodes.values():
            for relation in node.relations:
                if relation.kind in GIVES_UP and relation.to in self.debate.points:
                    self._add_reply(withdrawals[self.debate.points[relation.to]], relation)
        return withdrawals

    def _add_acceptances(self, replies: Replies, objection: Relation) -> None:
        """Enter whoever accepts an objection that somebody else had made: it is their reply as well."""
        debate = self.debate
        made = (debate.relation_position(objection), debate.order[objection.node])
        for act in self.stances.acts(objection.node):
            if act.stance in HOLDS and act.when > made:
                _merge(replies, {act.participant: (act.when, act.node)})

    def _add_reply(self, replies: Replies, relation: Relation) -> None:
        """Enter a relation as its makers' reply, unless it commits them to nothing or was taken back."""
        debate = self.debate
        if CERTAINTIES[debate.nodes[relation.node].certainty].stance is None and relation.kind != "replies_to":
            return
        for maker in debate.makers(relation):
            if (maker, relation.node) not in self.stances.retracted:
                when = (debate.relation_position(relation, maker), debate.order[relation.node])
                _merge(replies, {maker: (when, relation.node)})


def _merge(into: Replies, more: Replies) -> None:
    """Keep the later reply of each participant."""
    for who, reply in more.items():
        if who not in into or into[who] < reply:
            into[who] = reply


@once
def moves(debate: Debate) -> Moves:
    """The moves of a debate."""
    return Moves(debate)
