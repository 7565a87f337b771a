"""What a turn did: which of its points ask, answer, deny or grant something, and which are only reasons for those."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kb.memory import once_each
from kb.queries.thread import threads
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.chronicle.turns import Turn
    from kb.debate import Debate
    from kb.model import Node, Relation

GRANTS, OBJECTS = "concedes", frozenset({"attacks", "undercuts"})
_ADDRESSES = (GRANTS, "disowns", "retracts", "dissolves", "attacks", "undercuts", "answers", "replies_to")
"""Relations by which a point speaks to what was said before, the most telling first."""
_JOINS = ("supports", "qualifies", "restates", "sense_of", "in_context_of", "contradicts")
"""Relations by which a point belongs to another; to one of an earlier turn it adds something."""


class Deed(NamedTuple):
    """What one point does to others."""

    does: str
    """The relation by which it does so; `asks`, `holds` or `attributes` where it only stands there."""
    targets: tuple[str, ...]
    part: bool = False


class Telling(NamedTuple):
    """A point that a turn is about: what it does, and the points of the same turn that belong to it."""

    node: str
    deeds: tuple[Deed, ...]
    reasons: tuple[str, ...]
    """Points given for it, or for a reason for it."""
    remarks: int
    """Points that limit, explain or otherwise go with it."""
    about: str
    """The question or main thesis that it leads to; itself if it leads to none."""


def tellings(debate: Debate, turn: Turn) -> tuple[Telling, ...]:
    """The points that a turn is about, those about one question together, in the order in which they come up."""
    return _Reading(debate, turn).tellings()


class _Reading:
    """Sorts the points of one turn into those it is about and those that belong to them."""

    def __init__(self, debate: Debate, turn: Turn) -> None:
        self.debate = debate
        self.inside = dict.fromkeys(turn.nodes)
        self.heads: dict[str, tuple[Deed, ...]] = {}
        self.parents: dict[str, tuple[str, bool]] = {}
        """Of what belongs to another point of the turn, which, and whether as a reason."""

    def tellings(self) -> tuple[Telling, ...]:
        for node_id in self.inside:
            self._sort(self.debate.nodes[node_id])
        for node_id in self._circling():
            self.heads[node_id] = (Deed("holds", ()),)
            del self.parents[node_id]
        reasons, remarks = self._belonging()
        found = [
            Telling(n, deeds, tuple(reasons[n]), remarks[n], _about(self.debate, n))
            for n, deeds in ((n, self.heads[n]) for n in self.inside if n in self.heads)
        ]
        groups: dict[str, int] = {}
        for telling in found:
            groups.setdefault(telling.about, len(groups))
        return tuple(sorted(found, key=lambda telling: groups[telling.about]))

    def _sort(self, node: Node) -> None:
        addressed = _addressed(self.debate, node)
        if not addressed and (parent := self._parent(node)) is not None:
            self.parents[node.id] = parent
        else:
            self.heads[node.id] = addressed or (next(_added(self.debate, node), Deed("holds", ())),)

    def _parent(self, node: Node) -> tuple[str, bool] | None:
        """The point of the same turn that a point belongs to; a linked premise belongs to what it is a premise for."""
        for kind in _JOINS:
            for relation in node.relations:
                if relation.kind == kind and relation.to in self.inside and relation.to != node.id:
                    return relation.to, kind == "supports"
        steps = self.debate.linked_in.get(node.id, ()) if not node.relations else ()
        return next(
            ((s.target, s.kind == "supports") for s in steps if s.target in self.inside and s.target != node.id), None
        )

    def _circling(self) -> list[str]:
        """What belongs to others in a circle, or to what does."""
        ended = set(self.heads)
        for node_id in self.parents:
            way, current = dict[str, None](), node_id
            while current not in ended and current not in way:
                way[current] = None
                current = self.parents[current][0]
            if current in ended:
                ended.update(way)
        return [node_id for node_id in self.parents if node_id not in ended]

    def _belonging(self) -> tuple[Mapping[str, list[str]], Mapping[str, int]]:
        """By the point of the turn that others belong to in the end, those that are reasons all the way, and how many are not."""
        reasons: dict[str, list[str]] = defaultdict(list)
        remarks: dict[str, int] = defaultdict(int)
        ends = {node_id: (node_id, True) for node_id in self.heads}
        for node_id in self.inside:
            way = [node_id]
            while way[-1] not in ends:
                way.append(self.parents[way[-1]][0])
            for current in reversed(way[:-1]):
                above, is_reason = self.parents[current]
                ends[current] = ends[above][0], ends[above][1] and is_reason
            end, is_reason = ends[node_id]
            if node_id in self.parents and is_reason:
                reasons[end].append(node_id)
            elif node_id in self.parents:
                remarks[end] += 1
        return reasons, remarks


def _addressed(debate: Debate, node: Node) -> tuple[Deed, ...]:
    """What a point does to what was said before, by the two most telling ways in which it does."""
    if node.kind == QUESTION:
        return (Deed("asks", ()),)
    if node.attributed_to:
        return (Deed("attributes", node.attributed_to),)
    found: dict[tuple[str, bool], dict[str, None]] = {}
    for relation in node.relations:
        if relation.kind in _ADDRESSES and (
            ends := tuple(e for e in _ends(debate, relation) if _there(debate, node, e))
        ):
            found.setdefault((relation.kind, relation.part), {}).update(dict.fromkeys(ends))
    ranked = sorted(found, key=lambda deed: (_ADDRESSES.index(deed[0]), deed[1]))
    return tuple(Deed(kind, tuple(found[kind, part]), part) for kind, part in ranked[:2])


def _ends(debate: Debate, relation: Relation) -> tuple[str, ...]:
    """What a relation speaks to: of an undercut what makes the step that it denies, and what that leads to."""
    if relation.to in debate.nodes:
        return (relation.to,)
    denied = debate.undercut_targets(relation)[:1] if relation.kind == "undercuts" else ()
    return tuple(end for step in denied for end in (step.node, step.target))


def _added(debate: Debate, node: Node) -> Iterator[Deed]:
    """What a point adds to one of an earlier turn."""
    for kind in _JOINS[:3]:
        ends = (to for to in node.targets(kind) if to in debate.nodes and debate.nodes[to].kind != QUESTION)
        targets = tuple(end for end in ends if _there(debate, node, end))
        if targets:
            yield Deed(kind, targets)


def _there(debate: Debate, node: Node, end: str) -> bool:
    """Whether one could speak to a point: it was said before, or is a question, which may have been in the room all along."""
    return debate.nodes[end].kind == QUESTION or debate.order[end] < debate.order[node.id]


@once_each
def _about(debate: Debate, node_id: str) -> str:
    """The nearest question or main thesis that a point leads to."""
    return threads(debate).path(node_id)[0]
