"""The debate as a weighted bipolar graph: points with base scores, and what tells for and against each.

A reason or objection of one premise that nobody undercuts *is* its premise: it passes that strength on unchanged, so that a map of
nothing else is a quantitative bipolar framework as the literature has it (Baroni, Rago and Toni 2019). Where premises are linked, or
a step is undercut, the step becomes a vertex of its own. It starts from the weakest of its premises (the weakest link: Pollock, Cognitive
Carpentry, 1995, and Artificial Intelligence 133, 2001), and undercuts are what tells against it. A step that is written twice counts
once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kb.gradual.influence import USUAL
from kb.standing.framework import framework

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.debate import Debate
    from kb.standing.framework import Framework, Step

NO_LIMIT = math.inf
"""Base of what is as strong as the weakest it rests on."""
_SUPPOSED = 1.0


class Vertex(NamedTuple):
    """A point or a step: it starts from its base or the weakest that it rests on, whichever is less."""

    base: float
    rests_on: tuple[int, ...] = ()
    attackers: tuple[int, ...] = ()
    supporters: tuple[int, ...] = ()

    def inputs(self) -> Iterator[int]:
        """All it depends on."""
        yield from self.rests_on
        yield from self.attackers
        yield from self.supporters


@dataclass(frozen=True, slots=True)
class Graph:
    """Vertices by number: the points first, then steps that are more than their one premise."""

    vertices: tuple[Vertex, ...]
    ids: tuple[str, ...]
    """The nodes that stand for the points."""
    given: frozenset[int] = frozenset()
    """Points whose base score somebody gave."""
    steps_of: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """The steps that an argument stands for: they are gone when it is."""
    carriers: tuple[int, ...] = ()
    """By the number of a step in the framework, the vertex whose strength it passes on."""

    def base_of(self, point: int) -> int | None:
        """The vertex that starts from a point's base score; None of an argument without one, which is what its premises are."""
        own = (point, *self.steps_of.get(point, ()))
        return next((vertex for vertex in own if self.vertices[vertex].base < NO_LIMIT), None)

    def upstream(self, vertex: int) -> frozenset[int]:
        """A vertex with all that bears on it, near or far."""
        queue, seen = [vertex], {vertex}
        for number in queue:
            for other in self.vertices[number].inputs():
                if other not in seen:
                    seen.add(other)
                    queue.append(other)
        return frozenset(seen)


def weighted_graph(debate: Debate, usual: float = USUAL) -> Graph:
    """The graph of a debate; points without a weight start from the usual base score.

    Of several nodes that restate a point the first in the order of the debate that has a weight gives it. What is only supposed starts
    from 1 if nobody says otherwise: while one argues from it, it is granted, and no step is weaker for it. Who holds a point is not
    asked. The weight of an argument is that of its step, which is no stronger than it.
    """
    return _GraphBuilder(debate, usual).build()


class _GraphBuilder:
    def __init__(self, debate: Debate, usual: float) -> None:
        self.debate, self.usual = debate, usual
        self.frame: Framework = framework(debate)
        self.weights = dict(self._weights())
        self.links: dict[tuple[object, ...], int] = {}
        """Vertices of steps by what makes them the same step."""
        self.stands_for: dict[int, list[int]] = {}
        self.vertices = [Vertex(self._base(n), (), (), ()) for n in range(len(self.frame.points))]

    def build(self) -> Graph:
        """Points first, then the steps to them, and the steps that undercut those."""
        points = self.frame.points
        carriers = [self._carrier_of(step) for step in self.frame.steps]
        for step, carrier in zip(self.frame.steps, carriers, strict=True):
            if carrier >= len(points):
                undercuts = dict.fromkeys(carriers[u] for u in step.undercuts)
                self.vertices[carrier] = self.vertices[carrier]._replace(attackers=tuple(undercuts))
        for number in range(len(points)):
            self.vertices[number] = self._point_vertex(number, carriers)
        steps_of = {point: tuple(steps) for point, steps in self.stands_for.items()}
        ids = tuple(point.id for point in points)
        return Graph(tuple(self.vertices), ids, frozenset(self.weights), steps_of, tuple(carriers))

    def _weights(self) -> Iterator[tuple[int, float]]:
        nodes = self.debate.nodes
        for point, members in self.debate.restatements.items():
            given = next((w for m in members if (w := nodes[m].weight) is not None), None)
            if given is not None:
                yield self.frame.index[point], given

    def _base(self, number: int) -> float:
        return self.weights.get(number, _SUPPOSED if self.frame.points[number].supposed else self.usual)

    def _carrier_of(self, step: Step) -> int:
        """The vertex whose strength a step passes on: its one premise, or one that it shares with steps that say the same."""
        argument = self._argument_point(step)
        if len(step.premises) == 1 and not step.undercuts and argument is None:
            return step.premises[0]
        key = (tuple(sorted(step.premises)), argument, tuple(sorted(step.undercuts)))
        if key not in self.links:
            self.links[key] = len(self.vertices)
            unlimited = NO_LIMIT if step.premises else 1.0
            base = unlimited if argument is None else self.weights.get(argument, unlimited)
            self.vertices.append(Vertex(base, step.premises))
            if argument is not None:
                self.stands_for.setdefault(argument, []).append(self.links[key])
        return self.links[key]

    def _argument_point(self, step: Step) -> int | None:
        """The point of the argument that makes a step, if one does and it is nothing else."""
        name = self.debate.inferences[step.inference].argument
        return None if name is None or name not in self.frame.index else self.frame.index[name]

    def _point_vertex(self, number: int, carriers: list[int]) -> Vertex:
        """A point with what bears on it; an argument rests on its step, whatever else restates it."""
        point, steps = self.frame.points[number], self.stands_for.get(number, ())
        rivals = (rival for group in point.groups for rival in self.frame.groups[group] if rival != number)
        attackers = dict.fromkeys([*(carriers[s] for s in point.attacks), *rivals])
        supporters = dict.fromkeys(carriers[s] for s in point.supports if carriers[s] not in steps)
        base = NO_LIMIT if steps else self.vertices[number].base
        return Vertex(base, tuple(steps), tuple(attackers), tuple(supporters))
