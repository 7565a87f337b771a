"""What everything undecided comes down to: points and steps that wait for one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.components import components
from kb.evaluate import evaluate
from kb.standing.framework import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.debate import Debate
    from kb.semantics.grounded import Labelling
    from kb.standing.framework import Framework


def circle(debate: Debate, node_id: str) -> tuple[str, ...]:
    """The nearest nodes that an undecided node hangs on and that hang on each other in a circle, in its order.

    Of several circles the shortest, then the first found; a step is named by its maker. Empty for a node that is decided. On the record
    whatever is undecided leads to such a circle, since all else is decided one after the other.
    """
    evaluation = evaluate(debate)
    start = evaluation.point_number(node_id)
    if evaluation.record.points[start] != OPEN:
        return ()
    waiting = _WaitForGraph(evaluation.frame, evaluation.record)
    return tuple(dict.fromkeys(_node_ids(debate, evaluation.frame, waiting.circle(start))))


def _node_ids(debate: Debate, frame: Framework, numbers: list[int]) -> Iterator[str]:
    """Points by their ids, steps that none of the points makes by their makers."""
    points = {number for number in numbers if number >= 0}
    for number in numbers:
        if number >= 0:
            yield frame.points[number].id
        elif points.isdisjoint(frame.steps[~number].premises):
            yield debate.points[debate.inferences[frame.steps[~number].inference].node]


class _WaitForGraph:
    """What undecided points and steps wait for. Points go by their number, steps by its complement (`~step`)."""

    def __init__(self, frame: Framework, labels: Labelling) -> None:
        self.frame = frame
        self.labels = labels

    def circle(self, start: int) -> list[int]:
        """The nearest circle."""
        successors = self._reachable(start)
        circular = _on_circles(successors)
        return next((self._circle_through(number, successors) for number in successors if number in circular), [])

    def _reachable(self, start: int) -> dict[int, list[int]]:
        """All that a point hangs on, nearest first, each with what it waits for."""
        successors: dict[int, list[int]] = {}
        queue = {start: None}
        waiting = [start]
        for number in waiting:
            successors[number] = list(dict.fromkeys(self._waits_for(number)))
            waiting += (other for other in successors[number] if other not in queue)
            queue.update(dict.fromkeys(successors[number]))
        return successors

    def _circle_through(self, start: int, successors: Mapping[int, list[int]]) -> list[int]:
        """The shortest way back to where it started."""
        came_from: dict[int, int] = {}
        queue = [start]
        for number in queue:
            for other in successors[number]:
                if other == start:
                    path = [number]
                    while path[-1] != start:
                        path.append(came_from[path[-1]])
                    return path[::-1]
                if other not in came_from:
                    came_from[other] = number
                    queue.append(other)
        return []

    def _waits_for(self, number: int) -> Iterator[int]:
        if number < 0:
            step = self.frame.steps[~number]
            yield from (p for p in step.premises if self.labels.points[p] == OPEN)
            yield from (~u for u in step.undercuts if self.labels.steps[u] == OPEN)
            return
        point = self.frame.points[number]
        for group in point.groups:
            yield from (r for r in self.frame.groups[group] if r != number and self.labels.points[r] == OPEN)
        yield from (~s for s in (*point.attacks, *point.supports) if self.labels.steps[s] == OPEN)


def _on_circles(successors: Mapping[int, list[int]]) -> set[int]:
    """What waits for itself in the end."""
    return {n for part in components(successors) for n in part if len(part) > 1 or n in successors[n]}
