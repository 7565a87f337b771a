"""What is in dispute: between whom, in which state, and who owes the next word.

The id of a disagreement is the question's where a contested node answers one, else the node's; contested nodes that lead to it are
its parts, with a state of their own. Rows come most consequential first: by how many of the main questions change when one is
settled, then the main questions themselves, then by how much belongs to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kb.contention.contests import contests
from kb.contention.debts import SideMembership
from kb.contention.rows import Disagreement, DisputePart, Side, TermUse, pack, unpack
from kb.contention.sides import sides
from kb.memory import once
from kb.parted import by_part
from kb.settling.consequence import bears_on, theses
from kb.standing.stances import stances
from kb.vocabulary import QUESTION, STATES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kb.contention.rows import Packed
    from kb.contention.sides import Contest, Position
    from kb.debate import Debate
    from kb.model import Relation

_BESIDE = frozenset({"answers", "contradicts", "restates"})
"""Relations that put what two sides said beside each other without joining their makers in argument."""

NEVER, UNDISPUTING, FORMER = "never", "undisputing", "former"


def only_denies(debate: Debate, dispute: Disagreement, side: Side) -> bool:
    """Whether a side speaks against others without an answer of its own."""
    if side.position == dispute.id or side.position in debate.answers.get(dispute.id, ()):
        return False
    others = {s.position for s in dispute.sides if s is not side}
    return any(end in others for end in debate.ends(side.position))


def departure(debate: Debate, side: Side) -> str:
    """How a side came to have nobody on it: it was only attributed to them, they still hold it and dispute nothing any more, or gave it up."""
    if set(side.former) <= set(side.attributed):
        return NEVER
    still = stances(debate).ledger(side.position).holders
    return UNDISPUTING if not still.isdisjoint(side.former) else FORMER


def is_anonymous(debate: Debate) -> bool:
    """Whether there are points, and nobody is named who takes part: then nothing can be in dispute, however much is said against it."""
    return bool(debate.nodes) and not debate.participants


@once
def disagreements(debate: Debate) -> tuple[Disagreement, ...]:
    """All disagreements of a debate: what is not settled first, the most consequential before the rest."""
    main = {node_id: rank for rank, node_id in enumerate(debate.settings.main)}

    def sort_key(row: Disagreement) -> tuple[bool, int, int, int, int]:
        return row.settled, -len(row.bears_on), main.get(row.id, len(main)), -len(row.nodes), debate.order[row.id]

    return tuple(sorted(map(unpack, _rows(debate)), key=sort_key))


def disagreement(debate: Debate, node_id: str) -> Disagreement | None:
    """The disagreement that is about this very node, if there is one."""
    return _by_id(debate).get(node_id)


@once
def _by_id(debate: Debate) -> Mapping[str, Disagreement]:
    return {row.id: row for row in disagreements(debate)}


@by_part
def _rows(debate: Debate) -> Sequence[Packed]:
    return list(map(pack, _Surveyor(debate).rows()))


@dataclass(frozen=True, slots=True)
class _Draft:
    """A row before it is known which moves other rows list."""

    root: str
    contest: Contest
    nodes: tuple[str, ...]
    sides: tuple[Side, ...]
    membership: SideMembership


@dataclass(frozen=True, slots=True)
class _Responses:
    """By speaker, nodes that act on what others said, with the speakers they address; and those of each side."""

    by_speaker: dict[str, list[tuple[str, list[frozenset[str]]]]]
    known: dict[frozenset[str], frozenset[str]]

    def by_side(self, side: frozenset[str]) -> frozenset[str]:
        """Nodes by which somebody of a side acts on what was said by others than the side alone."""
        if side not in self.known:
            own = (response for speaker in side for response in self.by_speaker.get(speaker, ()))
            self.known[side] = frozenset(n for n, addressed in own if any(not a <= side for a in addressed))
        return self.known[side]


class _Surveyor:
    """One pass over a debate."""

    def __init__(self, debate: Debate) -> None:
        self.debate = debate
        self.contests = contests(debate)
        self.stances = self.contests.stances
        self.sides = sides(debate)
        self.theses = theses(debate)

    def rows(self) -> list[Disagreement]:
        """All rows."""
        drafts = [self._draft(root) for root in self.contests.roots()]
        crossing = {m.node for d in drafts for m in d.membership.unanswered_moves if d.membership.crosses_sides(m)}
        return [self._row(draft, crossing) for draft in drafts]

    def _draft(self, root: str) -> _Draft:
        contest = self.sides.contest(root)
        below = self.contests.points_of(root)
        members = (m for point in below for m in self.debate.restatements[point])
        nodes = tuple(sorted(members, key=self.debate.order.__getitem__))
        side_rows = self._make_sides(root, contest, below, nodes)
        membership = SideMembership(self.debate, nodes, ((frozenset(s.participants), s.members) for s in side_rows))
        return _Draft(root, contest, nodes, side_rows, membership)

    def _row(self, draft: _Draft, crossing: set[str]) -> Disagreement:
        root, state, nodes = draft.root, draft.contest.state, draft.nodes
        contested = [n for n in nodes if n in self.contests.contested and n != root]
        waiting, passed_over, owed_by = ((), (), ()) if STATES[state].settled else _split_debts(draft, crossing)
        return Disagreement(
            id=root,
            question=root if self.debate.nodes[root].kind == QUESTION else None,
            state=state,
            joined=self._have_met(draft.contest, nodes),
            parts=tuple(DisputePart(p, self.sides.contest(p).state) for p in contested),
            sides=draft.sides,
            unanswered=waiting,
            passed_over=passed_over,
            owed_by=owed_by,
            senses=self._senses(draft.sides, nodes),
            nodes=nodes,
            bears_on=() if STATES[state].settled else self._bears_on(root, draft.sides),
        )

    def _bears_on(self, root: str, sides: tuple[Side, ...]) -> tuple[str, ...]:
        """The main questions that change once one of the sides turns out right, or wrong; a main question itself is one."""
        changed = bears_on(self.debate, [side.position for side in sides]) if self.theses else ()
        return tuple(main for main in self.theses if main == root or main in changed)

    # -- sides -------------------------------------------------------------------------------------------------------

    def _make_sides(
        self, root: str, contest: Contest, below: frozenset[str], nodes: tuple[str, ...]
    ) -> tuple[Side, ...]:
        if contest.pairs:
            responses = self._responses(below, nodes)
            return tuple(self._make_side(position, below, responses) for position in contest.positions)
        if contest.state == "unanswered":
            return (Side(root, tuple(sorted(self.stances.askers(root))), (), (root,)),)
        return tuple(
            Side(answer, tuple(sorted(holders)), (), (answer,))
            for answer in self.debate.answers.get(root, ())
            if len(holders := self.stances.ledger(answer).holders) > 1
        )

    def _make_side(self, position: Position, below: frozenset[str], responses: _Responses) -> Side:
        """The holders of an answer with their nodes that lead to it or respond to somebody else's."""
        debate = self.debate
        own = (m for p in self.contests.below(debate.points[position.node]) & below for m in debate.restatements[p])
        members = {n for n in own if not position.ever.isdisjoint(debate.speakers(n))}
        members |= {position.node, *responses.by_side(position.ever)}
        former = position.ever - position.now
        nodes = sorted(members, key=debate.order.__getitem__)
        return Side(
            position.node,
            tuple(sorted(position.now)),
            tuple(sorted(former)),
            tuple(nodes),
            tuple(sorted(position.attributed)),
        )

    def _responses(self, below: frozenset[str], nodes: tuple[str, ...]) -> _Responses:
        """Nodes within a disagreement that act on what somebody else said in it."""
        responses = _Responses({}, {})
        for node_id in nodes:
            addressed = [speakers for point, speakers in self._addressed.get(node_id, ()) if point in below]
            for speaker in self.debate.speakers(node_id) if addressed else ():
                responses.by_speaker.setdefault(speaker, []).append((node_id, addressed))
        return responses

    @cached_property
    def _addressed(self) -> Mapping[str, tuple[tuple[str, frozenset[str]], ...]]:
        """By node, the points it acts on, with their speakers where these are others than its own."""
        debate = self.debate
        return {
            node.id: tuple((debate.points[e], frozenset(s)) for e in ends if (s := debate.speakers(e)) not in {(), own})
            for node in debate.nodes.values()
            for own in [debate.speakers(node.id)]
            if (ends := dict.fromkeys(e for r in node.relations if r.kind not in _BESIDE for e in self._ends(r)))
        }

    def _ends(self, relation: Relation) -> tuple[str, ...]:
        """The nodes a relation leads to: for an undercut, the maker of the step it denies and its conclusion."""
        debate = self.debate
        if relation.to in debate.nodes:
            return (relation.to,)
        inference = debate.inference_of(relation)
        if inference is None or inference.undercut is None:
            return ()
        return debate.inferences[inference.undercut].node, inference.target

    def _have_met(self, contest: Contest, nodes: tuple[str, ...]) -> bool:
        """Whether the sides met: some relation beyond a shared question runs between what different people of them said."""
        if not contest.pairs:
            return True
        side_of: dict[str, set[int]] = {}
        for number, position in enumerate(contest.positions):
            for participant in position.ever:
                side_of.setdefault(participant, set()).add(number)
        return any(
            self._crosses(relation, side_of)
            for node_id in nodes
            for relation in self.debate.nodes[node_id].relations
            if relation.kind not in _BESIDE
        )

    def _crosses(self, relation: Relation, side_of: Mapping[str, set[int]]) -> bool:
        """Whether a relation runs from one side to another."""
        debate = self.debate
        others = {p for end in self._ends(relation) for p in (*debate.speakers(end), *debate.nodes[end].attributed_to)}
        return any(
            maker in side_of and other in side_of and side_of[maker] != side_of[other]
            for maker in debate.makers(relation)
            for other in others
        )

    def _senses(self, sides: tuple[Side, ...], nodes: tuple[str, ...]) -> tuple[TermUse, ...]:
        """Terms that the sides use in different senses."""
        uses: dict[str, dict[str, set[str]]] = {}
        members = frozenset(p for side in sides for p in side.members)
        for node_id in nodes:
            for term in self.debate.nodes[node_id].terms:
                name, _, sense = term.partition("/")
                speakers = members.intersection(self.debate.speakers(node_id))
                if sense and speakers:
                    uses.setdefault(name, {}).setdefault(sense, set()).update(speakers)
        return tuple(
            TermUse(term, sense, tuple(sorted(users)))
            for term, senses in sorted(uses.items())
            if len(senses) > 1 and len({frozenset(u) for u in senses.values()}) > 1
            for sense, users in sorted(senses.items())
        )


def _split_debts(
    draft: _Draft, answered_elsewhere: set[str]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Moves nobody answered, those passed over by the side that spoke last, and who owes.

    A move is listed where its makers face those it targets, elsewhere only if they do so in no disagreement; a
    question nobody answered is always listed in its own row.
    """
    membership = draft.membership
    listed = (
        m
        for m in membership.unanswered_moves
        if m.node not in answered_elsewhere or m.node == draft.root or membership.crosses_sides(m)
    )
    return membership.split_debts(listed)
