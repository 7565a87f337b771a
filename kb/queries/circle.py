"""What everything undecided comes down to: points that wait for one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.standing.framework import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.semantics.grounded import Labelling
    from kb.standing.framework import Framework


def circle(frame: Framework, labels: Labelling, point: int) -> tuple[int, ...]:
    """The nearest points that an undecided point hangs on and that hang on each other in a circle, in its order.

    Of several the shortest, then the first found. Empty for a point that is decided. Without unsettled bases whatever is undecided
    leads to such a circle, since all else is decided step by step.
    """
    if labels.points[point] != OPEN:
        return ()
    reached = {point: 0}
    queue = [point]
    for number in queue:
        for other in _waits_for(frame, labels, number):
            if other not in reached:
                reached[other] = reached[number] + 1
                queue.append(other)
    for number in queue:
        found = _back_to(frame, labels, number)
        if found:
            return found
    return ()


def _back_to(frame: Framework, labels: Labelling, start: int) -> tuple[int, ...]:
    """The shortest way from a point back to itself."""
    came: dict[int, int] = {}
    queue = [start]
    for number in queue:
        for other in _waits_for(frame, labels, number):
            if other == start:
                path = [number]
                while path[-1] != start:
                    path.append(came[path[-1]])
                return tuple(reversed(path))
            if other not in came:
                came[other] = number
                queue.append(other)
    return ()


def _waits_for(frame: Framework, labels: Labelling, number: int) -> Iterator[int]:
    """The undecided points that bear on a point, through undecided steps and what undercuts these."""
    point = frame.points[number]
    for group in point.groups:
        yield from (rival for rival in frame.groups[group] if rival != number and labels.points[rival] == OPEN)
    steps = [step for step in (*point.attacks, *point.supports) if labels.steps[step] == OPEN]
    seen = set(steps)
    for step in steps:
        yield from (premise for premise in frame.steps[step].premises if labels.points[premise] == OPEN)
        more = [u for u in frame.steps[step].undercuts if labels.steps[u] == OPEN and u not in seen]
        seen.update(more)
        steps.extend(more)
