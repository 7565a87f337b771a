"""What is drawn around a node: what it responds to on its left, what responds to it on its right, nearest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.mapping.chart import Canvas, by_style
from kb.queries.thread import PREMISE
from kb.vocabulary import AGAINST, RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.debate import Debate
    from kb.inference import Inference
    from kb.mapping.chart import Box, Chart
    from kb.queries.thread import Response

BOXES = 25
"""The most boxes that readers take in on one picture."""
LEFT_BOXES = 7
"""Once there are so many boxes, nothing more is drawn of what the node in question responds to."""
FAN = 6
"""The most responses drawn beside one box: answers to a question first, objections before reasons, long threads before short ones."""
REACH = 2
"""How many columns are drawn to either side."""

_AGAINST = frozenset(name for name, kind in RELATIONS.items() if kind.polarity == AGAINST)


def neighbourhood(debate: Debate, node_id: str, reach: int = REACH) -> Chart:
    """The map around a node; its own box is the first."""
    return _NeighbourhoodCanvas(debate, reach).draw_around(node_id)


class _NeighbourhoodCanvas(Canvas):
    """Collects the boxes and arrows of one map."""

    def __init__(self, debate: Debate, reach: int) -> None:
        super().__init__(debate)
        self.reach = reach

    def draw_around(self, node_id: str) -> Chart:
        focus = self.draw_box(node_id, 0, None, self.right)
        self._draw_left(focus)
        self._draw_right(focus)
        return self.chart()

    def _in_full(self, queue: Iterable[int]) -> Iterator[tuple[int, Box]]:
        """The boxes of a queue that draw their node in full, each with its number; the queue may grow meanwhile."""
        return ((number, self.boxes[number]) for number in queue if not self.boxes[number].is_reference)

    # -- what it responds to -----------------------------------------------------------------------------------------

    def _draw_left(self, focus: int) -> None:
        queue = [focus]
        for current, box in self._in_full(queue):
            if box.column <= -self.reach:
                box.hidden += sum(end not in self.box_of for end in self.debate.ends(box.node))
                continue
            queue.extend(self._draw_targets(current))
            if current == focus:
                queue.extend(self._draw_shared_steps(current))

    def _draw_targets(self, current: int) -> list[int]:
        """Draw the targets of a box; what an undercut denies is drawn as a step."""
        box, debate, targets = self.boxes[current], self.debate, list[int]()
        for relation in debate.nodes[box.node].relations:
            steps = debate.undercut_targets(relation)[:1] if relation.kind == "undercuts" else ()
            if len(self.boxes) >= LEFT_BOXES:
                ends = (relation.to, *(step.node for step in steps))
                box.hidden += any(end in debate.nodes and end not in self.box_of for end in ends)
            elif relation.to in debate.nodes:
                linked = [] if box.column else [p for p in relation.premises if p in debate.nodes and p != box.node]
                target = self.draw_box(relation.to, box.column - 1, current, self.left)
                targets.append(target)
                self.draw_arrow(
                    relation.kind, (current, *self._draw_premises(current, linked)), target, None, relation.to
                )
            else:
                for step in steps:
                    targets += self._draw_denied_step(step, current)
        return targets

    def _draw_shared_steps(self, current: int) -> list[int]:
        """Draw the targets of steps that others make with a box as a premise; undercuts are drawn only on the map of the node that makes them."""
        box, targets = self.boxes[current], list[int]()
        for step in self.debate.linked_in.get(box.node, ()):
            end, kind = (step.target, step.kind) if step.argument is None else (step.node, PREMISE)
            if (step.node, kind, end) in self.steps:
                continue
            if step.undercut is not None or len(self.boxes) >= LEFT_BOXES:
                box.hidden += end not in self.box_of
                continue
            target = self.draw_box(end, box.column - 1, current, self.left)
            targets.append(target)
            others = [p for p in step.premises if p != box.node] if step.argument is None else []
            self.draw_arrow(kind, (current, *self._draw_premises(current, others)), target, None, end)
        return targets

    def _draw_premises(self, current: int, nodes: list[str]) -> tuple[int, ...]:
        """Draw linked premises beside the box with which they are linked."""
        box, after, premises = self.boxes[current], current, list[int]()
        for node in nodes:
            if len(self.boxes) < BOXES:
                after = self.draw_box(node, box.column, box.parent, self.side_of(box), after)
                premises.append(after)
        return tuple(premises)

    def _draw_denied_step(self, step: Inference, undercutter: int) -> list[int]:
        """Draw the step that an undercut denies, above it, and its arrow onto that step's arrow.

        Where undercuts of undercuts go on for too long, the arrow ends at the node that the last one denies.
        """
        box = self.boxes[undercutter]
        key = (step.node, step.kind, step.target)
        targets: list[int] = []
        if key not in self.steps and len(self.boxes) >= LEFT_BOXES:
            last = self.draw_box(step.node, box.column - 1, undercutter, self.left)
            self.boxes[last].hidden += 1
            self.draw_arrow("undercuts", (undercutter,), last, None, step.target)
        elif key not in self.steps:
            side = self.side_of(box)
            hanging = side[box.parent]
            place = hanging.index(undercutter)
            start = self.draw_box(step.node, box.column, box.parent, side)
            hanging.insert(place, hanging.pop())
            if step.undercut is not None:
                targets += self._draw_denied_step(self.debate.inferences[step.undercut], start)
            else:
                linked = [p for p in step.premises if p != step.node] if step.argument is None else []
                target = self.draw_box(step.target, box.column - 1, start, self.left)
                targets.append(target)
                self.draw_arrow(step.kind, (start, *self._draw_premises(start, linked)), target, None, step.target)
        if key in self.steps:
            self.draw_arrow("undercuts", (undercutter,), None, self.steps[key], step.target)
        return targets

    # -- what responds to it -----------------------------------------------------------------------------------------

    def _draw_right(self, focus: int) -> None:
        queue = [focus]
        for current, box in self._in_full(queue):
            responses = self.threads.responses(box.node)
            if not responses:
                continue
            chosen = self._chosen_responses(responses)
            if len(chosen) < len(responses):
                kept = {id(response) for response in chosen}
                box.hidden += sum(r.node not in self.box_of for r in responses if id(r) not in kept)
            for response in by_style(chosen):
                queue.extend(self._draw_if_room(current, response))

    def _chosen_responses(self, responses: tuple[Response, ...]) -> tuple[Response, ...]:
        """The responses worth drawing where there are many."""
        if len(responses) <= FAN:
            return responses
        replies = self.threads.descendant_count

        def key(response: Response) -> tuple[bool, bool, int]:
            return response.relation != "answers", response.relation not in _AGAINST, -replies(response.node)

        kept = {id(response) for response in sorted(responses, key=key)[:FAN]}
        return tuple(response for response in responses if id(response) in kept)

    def _draw_if_room(self, current: int, response: Response) -> tuple[int, ...]:
        """Draw one response, with what is linked to it; nothing if its step is drawn or there is no room."""
        box = self.boxes[current]
        if self.is_drawn(box.node, response):
            return ()
        at_edge = box.column >= self.reach and response.step is None
        drawn: tuple[int, ...] = ()
        if not at_edge and len(self.boxes) + len(response.linked) < BOXES:
            step = response.step
            drawn = self.draw_response(current, response) if step is None else self.draw_undercut(step, response)
        if not drawn:
            box.hidden += response.node not in self.box_of
        return drawn
