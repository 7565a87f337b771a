"""What a point tells against, by itself or as a reason: why a point that nobody denies can be unsettled all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.memory import once
from kb.standing.framework import framework

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.debate import Debate
    from kb.standing.framework import Step


def opposed_node(debate: Debate, node_id: str) -> str | None:
    """The nearest node that a point tells against; of steps that it undercuts the node that makes them. None if there is none."""
    frame, steps_by_premise = framework(debate), _steps_by_premise(debate)
    start = frame.index[debate.points[node_id]]
    queue, seen = [start], {start}
    for number in queue:
        for step in steps_by_premise.get(number, ()):
            if step.denies is not None:
                return debate.inferences[frame.steps[step.denies].inference].node
            if step.against and step.target >= 0:
                return frame.points[step.target].id
            if step.target >= 0 and step.target not in seen:
                seen.add(step.target)
                queue.append(step.target)
    return None


@once
def _steps_by_premise(debate: Debate) -> Mapping[int, tuple[Step, ...]]:
    """By point, the steps that take it as a premise."""
    steps_by_premise: dict[int, list[Step]] = {}
    for step in framework(debate).steps:
        for premise in step.premises:
            steps_by_premise.setdefault(premise, []).append(step)
    return {premise: tuple(steps) for premise, steps in steps_by_premise.items()}
