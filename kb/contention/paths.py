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
    def up(self) -> Mapping[str, tuple[str, ...]]:
        """Where each point leads, by the relations that make it part of something."""
        debate, points = self.debate, self.debate.points
        found: dict[str, dict[str, None]] = {p: {} for p in points.values()}
        for node in debate.nodes.values():
            here = points[node.id]
            for relation in node.relations:
                if relation.kind in REACHES:
                    self._lead(found, here, relation.to, relation)
        for here, ends in found.items():
            ends.pop(here, None)
        return {i: tuple(e) for i, e in found.items()}

    def _lead(self, found: dict[str, dict[str, None]], here: str, to: str, relation: Relation) -> None:
        debate, points = self.debate, self.debate.points
        if to in points:
            found[here][points[to]] = None
        inference = debate.inference_of(relation)
        if inference is None:
            return
        if inference.undercut is None:
            for premise in inference.premises:
                found[points[premise]][points[inference.target]] = None
        else:  # what the denied step denies in turn is where its own maker leads
            denied = debate.inferences[inference.undercut]
            found[here].update(dict.fromkeys(points[end] for end in (*denied.premises, denied.target)))

    @cached_property
    def down(self) -> Mapping[str, tuple[str, ...]]:
        """What leads to each point."""
        found: dict[str, list[str]] = {p: [] for p in self.up}
        for here, ends in self.up.items():
            for end in ends:
                found[end].append(here)
        return {i: tuple(e) for i, e in found.items()}

    def spread(self, starts: Iterable[str], seen: set[str]) -> None:
        """Add the points of some nodes, and every point that leads to one of them, to those seen."""
        queue = [start for start in dict.fromkeys(map(self.debate.points.__getitem__, starts)) if start not in seen]
        seen.update(queue)
        for current in queue:
            for lower in self.down[current]:
                if lower not in seen:
                    seen.add(lower)
                    queue.append(lower)

    def below(self, start: str) -> frozenset[str]:
        """Every point that leads to one, and itself."""
        seen: set[str] = set()
        self.spread((start,), seen)
        return frozenset(seen)

    def tops(self, loose: set[str], covered: set[str]) -> tuple[str, ...]:
        """Of contested points those that are no part of another, the earlier first; of several in a loop the earliest."""
        order = self.debate.order.__getitem__
        found = []
        for component in components(self.up) if loose else ():
            left = loose.intersection(component) - covered
            if left:  # what lies above comes first
                found.append(min(left, key=order))
                self.spread(component, covered)
        return tuple(sorted(found, key=order))
