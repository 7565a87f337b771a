"""Which point leads to which: by the relations that make one part of a disagreement about the other."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kb.components import components

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kb.debate import Debate
    from kb.model import Relation

REACHES = frozenset({"supports", "attacks", "undercuts", "qualifies", "replies_to", "answers", "concedes"})
"""Relations by which a contested node is part of the disagreement it leads to."""


class Paths:
    """Reasons, objections, qualifications and replies as ways from point to point."""

    def __init__(self, debate: Debate) -> None:
        """Follow the relations of a debate."""
        self.debate = debate

    @cached_property
    def parents(self) -> Mapping[str, tuple[str, ...]]:
        """Where each point leads, by the relations that make it part of something."""
        debate, points = self.debate, self.debate.points
        targets: dict[str, dict[str, None]] = {p: {} for p in points.values()}
        for node in debate.nodes.values():
            point = points[node.id]
            for relation in node.relations:
                if relation.kind in REACHES:
                    self._add_edge(targets, point, relation.to, relation)
        for point, ends in targets.items():
            ends.pop(point, None)
        return {i: tuple(e) for i, e in targets.items()}

    def _add_edge(self, targets: dict[str, dict[str, None]], point: str, target: str, relation: Relation) -> None:
        debate, points = self.debate, self.debate.points
        if target in points:
            targets[point][points[target]] = None
        inference = debate.inference_of(relation)
        if inference is None:
            return
        if inference.undercut is None:
            for premise in inference.premises:
                targets[points[premise]][points[inference.target]] = None
        else:  # what the denied step denies in turn is where its own maker leads
            denied = debate.inferences[inference.undercut]
            targets[point].update(dict.fromkeys(points[end] for end in (*denied.premises, denied.target)))

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """What leads to each point."""
        leading: dict[str, list[str]] = {p: [] for p in self.parents}
        for point, ends in self.parents.items():
            for end in ends:
                leading[end].append(point)
        return {i: tuple(e) for i, e in leading.items()}

    def collect_below(self, starts: Iterable[str], seen: set[str]) -> None:
        """Add the points of some nodes, and every point that leads to one of them, to those seen."""
        queue = [start for start in dict.fromkeys(map(self.debate.points.__getitem__, starts)) if start not in seen]
        seen.update(queue)
        for current in queue:
            for lower in self.children[current]:
                if lower not in seen:
                    seen.add(lower)
                    queue.append(lower)

    def below(self, start: str) -> frozenset[str]:
        """Every point that leads to one, and itself."""
        seen: set[str] = set()
        self.collect_below((start,), seen)
        return frozenset(seen)

    def topmost(self, loose: set[str], covered: set[str]) -> tuple[str, ...]:
        """Of contested points those that are no part of another, the earlier first; of several in a loop the earliest."""
        order = self.debate.order.__getitem__
        topmost = []
        for component in components(self.parents) if loose else ():
            uncovered = loose.intersection(component) - covered
            if uncovered:  # what lies above comes first
                topmost.append(min(uncovered, key=order))
                self.collect_below(component, covered)
        return tuple(sorted(topmost, key=order))
