"""What a turn did: which of its points ask, answer, deny or grant something, and which are only reasons for those."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kb.chronicle.moment import Moment
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kb.chronicle.turns import Turn
    from kb.debate import Debate
    from kb.model import Node, Relation

GRANTS, OBJECTS = "concedes", frozenset({"attacks", "undercuts"})
_ADDRESSES = (GRANTS, "disowns", "retracts", "dissolves", "attacks", "undercuts", "answers", "replies_to")
"""Relations by which a point speaks to what was said before, the most telling first."""
_JOINS = ("supports", "qualifies", "restates", "sense_of", "in_context_of", "contradicts")
"""Relations by which a point belongs to another; to one of an earlier turn it adds something."""


class SpeechAct(NamedTuple):
    """What one point does to others."""

    does: str
    """The relation by which it does so; `asks`, `holds` or `attributes` where it only stands there."""
    targets: tuple[str, ...]
    part: bool = False


class Reason(NamedTuple):
    """A point given for another, and the points that carry that only together with it."""

    node: str
    linked: tuple[str, ...]


class TurnPoint(NamedTuple):
    """A point that a turn is about: what it does, and the points of the same turn that belong to it."""

    node: str
    deeds: tuple[SpeechAct, ...]
    reasons: tuple[Reason, ...]
    """What was given for it directly."""
    behind: int
    """How many points were given for those."""
    recalled: tuple[str, ...]
    """Points said before that were taken up as reasons for it."""
    about: str
    """The question or main thesis that it led to by then, or is; empty if there was none."""
    again: bool
    """Said before: what it does now is new."""


def turn_points(debate: Debate, turn: Turn) -> tuple[TurnPoint, ...]:
    """The points that a turn is about, those about one question together, in the order in which they come up."""
    return _TurnSorter(debate, turn).turn_points()


class _TurnSorter:
    """Sorts the points of one turn into those it is about and those that belong to them."""

    def __init__(self, debate: Debate, turn: Turn) -> None:
        self.debate = debate
        self.moment = Moment(debate, turn)
        self.inside = self.moment.inside
        self.heads: dict[str, tuple[SpeechAct, ...]] = {}
        self.parents: dict[str, tuple[str, bool]] = {}
        """Of what belongs to another point of the turn, which, and whether as a reason."""

    def turn_points(self) -> tuple[TurnPoint, ...]:
        nodes = (*self.inside, *self.moment.repeated)
        for node_id in nodes:
            self._sort(self.debate.nodes[node_id])
        for node_id in self._points_in_circles():
            self.heads[node_id] = (SpeechAct("holds", ()),)
            del self.parents[node_id]
        for reason, target in self._recalled_reasons():
            if reason not in self.heads:
                self.parents.setdefault(reason, (target, True))
        reasons = self._reasons_by_head()
        points = [self._turn_point(node_id, reasons[node_id]) for node_id in nodes if node_id in self.heads]
        groups: dict[str, int] = {}
        for point in points:
            groups.setdefault(point.about, len(groups))
        return tuple(sorted(points, key=lambda telling: groups[telling.about]))

    def _turn_point(self, node_id: str, reasons: Sequence[str]) -> TurnPoint:
        """What is told of a point, with all that is given for it in the end."""
        direct = [reason for reason in reasons if self.parents[reason][0] == node_id]
        recalled = tuple(n for n in direct if n not in self.inside and self.moment.was_surely_earlier(n))
        return TurnPoint(
            node_id,
            self.heads[node_id],
            tuple(self._group_linked([reason for reason in direct if reason not in recalled], node_id)),
            len(reasons) - len(direct),
            recalled,
            self.moment.topic_root(node_id),
            again=node_id not in self.inside,
        )

    def _group_linked(self, reasons: Sequence[str], target: str) -> Iterator[Reason]:
        """Reasons for a point, each with what is one only together with it."""
        linked: dict[str, list[str]] = {reason: [] for reason in reasons}
        for premise in [n for n in reasons if not self.debate.nodes[n].relations]:
            steps = self.debate.linked_in.get(premise, ())
            first = next((s.node for s in steps if s.target == target and s.node in linked), premise)
            if first != premise:
                linked[first].append(premise)
                del linked[premise]
        return (Reason(reason, tuple(premises)) for reason, premises in linked.items())

    def _sort(self, node: Node) -> None:
        """Note what a point belongs to, else what it does; what was said before may do nothing new."""
        relations = [relation for relation in node.relations if self._is_made(relation)]
        addressed = self._acts_on_others(node, relations)
        if not addressed and (parent := self._find_parent(node, relations)) is not None:
            self.parents[node.id] = parent
        elif deeds := addressed or (*self._additions(node, relations),)[:1]:
            self.heads[node.id] = deeds
        elif node.id in self.inside:
            self.heads[node.id] = (SpeechAct("holds", ()),)

    def _is_made(self, relation: Relation) -> bool:
        """Whether a relation was made in the turn."""
        return self.moment.was_made(relation) if relation.node in self.inside else self.moment.is_made_now(relation)

    def _find_parent(self, node: Node, relations: Iterable[Relation]) -> tuple[str, bool] | None:
        """The point of the same turn that a point belongs to; a linked premise belongs to what it is a premise for."""
        for kind in _JOINS:
            for relation in relations:
                if relation.kind == kind and relation.to in self.inside and relation.to != node.id:
                    return relation.to, kind == "supports"
        steps = self.debate.linked_in.get(node.id, ()) if not node.relations else ()
        made_steps = (s for s in steps if s.target in self.inside and s.target != node.id and self._is_made(s.relation))
        return next(((s.target, s.kind == "supports") for s in made_steps), None)

    def _recalled_reasons(self) -> Iterator[tuple[str, str]]:
        """The reasons for points of the turn that were said before it."""
        for target in self.inside:
            for relation in self.debate.incoming[target]:
                step = self.debate.inference_of(relation) if relation.kind == "supports" else None
                if step is not None and self._is_made(relation):
                    yield from ((n, target) for n in (relation.node, *step.premises) if self.moment.was_earlier(n))

    def _points_in_circles(self) -> list[str]:
        """What belongs to others in a circle, or to what does."""
        ended = set(self.heads)
        for node_id in self.parents:
            path, current = dict[str, None](), node_id
            while current not in ended and current not in path:
                path[current] = None
                current = self.parents[current][0]
            if current in ended:
                ended.update(path)
        return [node_id for node_id in self.parents if node_id not in ended]

    def _reasons_by_head(self) -> Mapping[str, list[str]]:
        """By the point of the turn that others belong to in the end, those that are reasons all the way."""
        reasons: dict[str, list[str]] = defaultdict(list)
        ends = {node_id: (node_id, True) for node_id in self.heads}
        for node_id in self.parents:
            path = [node_id]
            while path[-1] not in ends:
                path.append(self.parents[path[-1]][0])
            for current in reversed(path[:-1]):
                above, is_reason = self.parents[current]
                ends[current] = ends[above][0], ends[above][1] and is_reason
            end, is_reason = ends[node_id]
            if is_reason:
                reasons[end].append(node_id)
        return reasons

    def _acts_on_others(self, node: Node, relations: Iterable[Relation]) -> tuple[SpeechAct, ...]:
        """What a point does to what was said before; one of the turn can also ask, or say what others hold."""
        is_new = node.id in self.inside
        if is_new and node.kind == QUESTION:
            return (SpeechAct("asks", ()),)
        if is_new and node.attributed_to:
            return (SpeechAct("attributes", node.attributed_to),)
        return self._acts_by_relations(node, relations)

    def _acts_by_relations(self, node: Node, relations: Iterable[Relation]) -> tuple[SpeechAct, ...]:
        """What a point speaks to by its relations, in the two most telling ways in which it does."""
        targets: dict[tuple[str, bool], dict[str, None]] = {}
        for relation in relations:
            if relation.kind in _ADDRESSES and (
                ends := tuple(e for e in _ends(self.debate, relation) if self._could_address(node, e))
            ):
                targets.setdefault((relation.kind, relation.part), {}).update(dict.fromkeys(ends))
        ranked = sorted(targets, key=lambda deed: (_ADDRESSES.index(deed[0]), deed[1]))
        return tuple(SpeechAct(kind, tuple(targets[kind, part]), part) for kind, part in ranked[:2])

    def _additions(self, node: Node, relations: Iterable[Relation]) -> Iterator[SpeechAct]:
        """What a point adds to one of an earlier turn."""
        for kind in _JOINS[:3]:
            ends = (r.to for r in relations if r.kind == kind and r.to in self.debate.nodes)
            targets = tuple(e for e in ends if self.debate.nodes[e].kind != QUESTION and self._could_address(node, e))
            if targets:
                yield SpeechAct(kind, targets)

    def _could_address(self, node: Node, end: str) -> bool:
        """Whether one could speak to a point: it was said before, or is a question, which may have been in the room all along."""
        if self.debate.nodes[end].kind == QUESTION:
            return self.moment.was_said(end)
        order = self.debate.order
        return order[end] < order[node.id] or (node.id not in self.inside and self.moment.was_said(end))


def _ends(debate: Debate, relation: Relation) -> tuple[str, ...]:
    """What a relation speaks to: of an undercut what makes the step that it denies, and what that leads to."""
    if relation.to in debate.nodes:
        return (relation.to,)
    denied = debate.undercut_targets(relation)[:1] if relation.kind == "undercuts" else ()
    return tuple(end for step in denied for end in (step.node, step.target))
