"""Who accepts, leans to, doubts or denies what: commitments read off the record.

A participant's stance follows from their acts in source order, the latest counting (commitment stores: Hamblin, *Fallacies*,
ch. 8; Walton and Krabbe, *Commitment in Dialogue*, §4). Nothing is guessed: who did not act on a point has no stance on it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from kb.vocabulary import ARGUMENT, CERTAINTIES, FOR, QUESTION, RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.debate import Debate, Position
    from kb.model import Node, Relation

HOLDS = frozenset({"accepts", "leans"})
OPPOSES = frozenset({"denies", "doubts"})
ATTRIBUTED = "attributed"
"""The kind of an act that takes somebody to hold a point: no stance, but theirs to answer for until they disown it."""

_ENDS_STANCE = frozenset({"retracts", "disowns", "dissolves"})


@dataclass(frozen=True, slots=True)
class Act:
    """One thing a participant did about a point, and the stance it leaves them with.

    `when` orders acts: position in the sources, then rank in the debate. A weak act changes nothing where there is a stance.
    """

    when: tuple[Position, int]
    participant: str
    kind: str
    stance: str | None
    node: str
    point: str
    weak: bool = False
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """The stances on one point: as they are now, and who ever stood where."""

    now: Mapping[str, str]
    attributed: frozenset[str]
    held: frozenset[str]
    opposed: frozenset[str]
    ever_attributed: frozenset[str]
    contested: bool
    """Whether one participant held it (or was taken to) while another denied or doubted it."""

    @property
    def holders(self) -> frozenset[str]:
        """Who accepts or leans to it now."""
        return frozenset(p for p, stance in self.now.items() if stance in HOLDS)

    @property
    def opponents(self) -> frozenset[str]:
        """Who denies or doubts it now."""
        return frozenset(p for p, stance in self.now.items() if stance in OPPOSES)


_EMPTY = Ledger({}, frozenset(), frozenset(), frozenset(), frozenset(), contested=False)


class Stances:
    """All stances of a debate. Nodes joined by `restates` share theirs."""

    def __init__(self, debate: Debate) -> None:
        """Read the acts off the record; ledgers are drawn up on first use."""
        self.debate = debate

    @cached_property
    def retracted(self) -> frozenset[tuple[str, str]]:
        """Participant and node, for every node that its speaker took back."""
        debate = self.debate
        return frozenset(
            (maker, relation.to)
            for node in debate.nodes.values()
            for relation in node.relations
            if relation.kind == "retracts" and relation.to in debate.nodes and _committed(node)
            for maker in debate.makers(relation)
            if maker in debate.speakers(relation.to)
        )

    def lapsed(self, node_id: str) -> bool:
        """Whether everybody who put a node forward took it back, so that its acts count no more."""
        speakers = self.debate.speakers(node_id)
        return bool(self.retracted) and bool(speakers) and all((s, node_id) in self.retracted for s in speakers)

    @cached_property
    def _by_point(self) -> Mapping[str, tuple[Act, ...]]:
        found: dict[str, list[Act]] = defaultdict(list)
        for act in _acts(self.debate, self.retracted):
            found[act.point].append(act)
        return {
            point: tuple(sorted(acts, key=lambda a: (a.when, a.weak, a.participant))) for point, acts in found.items()
        }

    @cached_property
    def _ledgers(self) -> Mapping[str, Ledger]:
        return {point: _ledger(acts) for point, acts in self._by_point.items()}

    def acts(self, node_id: str) -> tuple[Act, ...]:
        """Everything participants did about a point, in source order."""
        return self._by_point.get(self.debate.points[node_id], ())

    def ledger(self, node_id: str) -> Ledger:
        """Who stands where on a point."""
        return self._ledgers.get(self.debate.points[node_id], _EMPTY)

    def now(self, node_id: str) -> Mapping[str, str]:
        """The present stance of every participant who has one."""
        return self.ledger(node_id).now

    def of(self, participant: str) -> dict[str, str]:
        """A participant's present stances by point, in the order of the debate."""
        return {
            point: ledger.now[participant]
            for point in self.debate.ordered
            if (ledger := self._ledgers.get(point)) is not None and participant in ledger.now
        }


@lru_cache(maxsize=8)
def stances(debate: Debate) -> Stances:
    """The stances of a debate (kept for the debate last asked about)."""
    return Stances(debate)


def _ledger(acts: tuple[Act, ...]) -> Ledger:
    """Play the acts on one point in order."""
    now: dict[str, str] = {}
    attributed: set[str] = set()
    held: set[str] = set()
    opposed: set[str] = set()
    ever: set[str] = set()
    contested = False
    for act in acts:
        who = act.participant
        if act.kind == ATTRIBUTED:
            attributed.add(who)
            ever.add(who)
        elif act.stance is None:
            now.pop(who, None)
            if act.kind in _ENDS_STANCE:
                attributed.discard(who)
        elif not act.weak or who not in now:
            now[who] = act.stance
            (held if act.stance in HOLDS else opposed).add(who)
        contested = contested or _clash(now, attributed)
    return Ledger(now, frozenset(attributed), frozenset(held), frozenset(opposed), frozenset(ever), contested)


def _clash(now: Mapping[str, str], attributed: set[str]) -> bool:
    """Whether two different participants stand on different sides."""
    if len(now) + len(attributed) < 2:
        return False
    holding = {p for p, s in now.items() if s in HOLDS} | attributed
    opposing = {p for p, s in now.items() if s in OPPOSES}
    return any(h != o for h in holding for o in opposing)


# -- acts ------------------------------------------------------------------------------------------------------


def _committed(node: Node) -> bool:
    """Whether putting a node forward commits its speaker to anything."""
    return CERTAINTIES[node.certainty].stance is not None and not node.attributed_to


def _acts(debate: Debate, retracted: frozenset[tuple[str, str]]) -> Iterator[Act]:
    """Every act of every participant."""
    for node in debate.nodes.values():
        yield from _own_acts(debate, node)
        if not node.relations:
            continue
        stance = CERTAINTIES[node.certainty].stance
        if stance is None:
            continue
        for relation in node.relations:
            if node.attributed_to and not relation.by:
                continue
            for maker in debate.makers(relation):
                if (maker, node.id) not in retracted:
                    yield from _relation_acts(debate, node, relation, maker, stance)


def _own_acts(debate: Debate, node: Node) -> Iterator[Act]:
    """Putting a node forward, or taking somebody else to hold it."""
    point, rank = debate.points[node.id], debate.order[node.id]
    if node.attributed_to:
        when = (debate.when(node.citations), rank)
        for participant in node.attributed_to:
            yield Act(when, participant, ATTRIBUTED, None, node.id, point)
        return
    stance = CERTAINTIES[node.certainty].stance
    if stance is None or node.kind == QUESTION:
        return
    for participant in debate.speakers(node.id):
        yield Act((debate.when(node.citations, participant), rank), participant, "puts forward", stance, node.id, point)


def _relation_acts(debate: Debate, node: Node, relation: Relation, maker: str, stance: str) -> Iterator[Act]:
    """What making a relation commits its maker to."""
    when = (debate.said(relation, maker), debate.order[node.id])

    def act(target: str, left: str | None, *, weak: bool = False) -> Act:
        return Act(when, maker, relation.kind, left, node.id, debate.points[target], weak, relation)

    kind, target = relation.kind, relation.to
    if target in debate.nodes:
        if kind == "concedes":
            yield act(target, "doubts" if relation.part else stance, weak=relation.part)
        elif kind in _ENDS_STANCE:
            yield act(target, None)
        elif kind == "supports" and debate.nodes[target].certainty != "arguendo":
            yield act(target, stance, weak=True)
        elif kind == "attacks" and not _own(debate, target, maker):
            yield act(target, "denies")
    yield from (act(conclusion, "doubts", weak=True) for conclusion in _doubted(debate, relation, maker))
    if RELATIONS[kind].polarity == FOR or kind in {"attacks", "undercuts"}:
        for premise in relation.premises:
            if premise in debate.nodes and debate.nodes[premise].certainty != "arguendo" and node.kind != ARGUMENT:
                yield act(premise, stance, weak=True)


def _doubted(debate: Debate, relation: Relation, maker: str) -> Iterator[str]:
    """The conclusions that an undercut leaves without a reason, unless they are the maker's own."""
    inference = debate.inference_of(relation)
    denied = debate.denied_step(inference) if inference is not None else None
    if denied is None:
        return
    step = debate.inferences[denied]
    if step.kind == "supports" and not _own(debate, step.target, maker):
        yield step.target


def _own(debate: Debate, node_id: str, participant: str) -> bool:
    """Whether a participant put a point (or question) forward as their own: an objection to it is one considered."""
    return any(
        participant in debate.speakers(member) and _committed(debate.nodes[member])
        for member in debate.restatements[debate.points[node_id]]
    )
