"""Reasons go round in a circle.

A point that is in the end a reason for itself has no reason at all: such a loop is left undecided whatever its members say. The
whole circle is shown, step by step; linked premises, arguments and restatements count. Break it where somebody in truth says something else.

Bad:

    id: agents-plan
    kind: claim
    text: Agents plan.
    supports: planners-are-agents    # <- circular-support
    ---
    id: planners-are-agents
    kind: claim
    text: Whatever plans is an agent.
    supports: plans-show-agency
    ---
    id: plans-show-agency
    kind: claim
    text: Plans show agency.
    supports: agents-plan

Good:

    id: agents-plan
    kind: claim
    text: Agents plan.
    supports: planners-are-agents
    ---
    id: planners-are-agents
    kind: claim
    text: Whatever plans is an agent.
    supports: plans-show-agency
    ---
    id: plans-show-agency
    kind: claim
    text: Plans show agency.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from kb.components import components
from kb.finding import Problem
from kb.linting.scope import STRUCTURE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.inference import Inference

SEVERITY = "error"
READS = STRUCTURE
LOCAL = True

Steps = dict[str, dict[str, "Inference"]]
"""For each point the points that it is a reason for, and the step that makes it one."""

_MOST = 20
"""Circles shown of points that all lead to each other; mending the first ones usually opens the others."""


def check(debate: Debate) -> Iterator[Problem]:
    """Find the knots of points that lead to each other, and the circles in each."""
    steps = _steps(debate)
    for knot in sorted(components(steps)):
        if len(knot) > 1:
            yield from _circle_problems(debate, _steps_within(steps, [knot]))


def _circle_problems(debate: Debate, steps: Steps) -> Iterator[Problem]:
    """Break each circle found where it closes and look again."""
    count = 0
    while count < _MOST and (loops := [loop for loop in components(steps) if len(loop) > 1]):
        for loop in sorted(loops)[: _MOST - count]:
            circle = _shortest_circle(steps, loop)
            yield _problem(debate, steps, circle)
            del steps[circle[-1]][circle[0]]
            count += 1
        steps = _steps_within(steps, loops)


def _steps(debate: Debate) -> Steps:
    points = debate.points
    steps: Steps = {point: {} for point in points.values()}
    for inference in debate.inferences:
        if inference.kind == "supports":
            target = points[inference.target]
            for premise in inference.premises:
                if points[premise] != target:
                    steps[points[premise]].setdefault(target, inference)
    return steps


def _steps_within(steps: Steps, loops: list[tuple[str, ...]]) -> Steps:
    """What is left of the graph: only the steps inside what still can hold a circle."""
    return {
        point: {target: step for target, step in steps[point].items() if target in members}
        for members in map(set, loops)
        for point in sorted(members)
    }


def _shortest_circle(steps: Steps, loop: tuple[str, ...]) -> list[str]:
    """The shortest way from the first point of a loop back to it."""
    start, members = loop[0], set(loop)
    came_from: dict[str, str] = {}
    queue = deque([start])
    while queue:
        point = queue.popleft()
        if start in steps[point]:
            break
        for target in sorted(steps[point]):
            if target in members and target not in came_from:
                came_from[target] = point
                queue.append(target)
    circle = [point]
    while point != start:
        point = came_from[point]
        circle.append(point)
    return circle[::-1]


def _problem(debate: Debate, steps: Steps, circle: list[str]) -> Problem:
    pairs = list(zip(circle, [*circle[1:], circle[0]], strict=True))
    also = tuple(
        (*steps[point][target].relation.target_place(), f"`{point}` is a reason for `{target}`")
        for point, target in pairs
    )
    way = " → ".join(f"`{point}`" for point in [*circle, circle[0]])
    first = steps[circle[0]][pairs[0][1]].relation
    message = f"`{circle[0]}` is in the end a reason for itself: {way}"
    owner = circle[0] if circle[0] in debate.nodes else None
    return Problem(first.target_place(), message, "remove the step that nobody makes", owner, also)
