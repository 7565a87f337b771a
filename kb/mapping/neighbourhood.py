"""What is drawn around a node: what it responds to on its left, what responds to it on its right, nearest first."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from kb.mapping.chart import Canvas, by_style
from kb.queries.thread import PREMISE
from kb.vocabulary import AGAINST, RELATIONS

if TYPE_CHECKING:
    from kb.debate import Debate
    from kb.inference import Inference
    from kb.mapping.chart import Chart
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
    return _Survey(debate, reach).around(node_id)


class _Survey(Canvas):
    """Collects the boxes and arrows of one map."""

    def __init__(self, debate: Debate, reach: int) -> None:
        super().__init__(debate)
        self.reach = reach

    def around(self, node_id: str) -> Chart:
        focus = self.box(node_id, 0, None, self.right)
        self._look_left(focus)
        self._look_right(focus)
        return self.chart()

    # -- what it responds to -----------------------------------------------------------------------------------------

    def _look_left(self, focus: int) -> None:
        queue = deque([focus])
        while queue:
            current = queue.popleft()
            box = self.boxes[current]
            if box.again:
                continue
            if box.column <= -self.reach:
                box.hidden += sum(end not in self.number for end in self.debate.ends(box.node))
                continue
            queue.extend(self._targets(current))
            if current == focus:
                queue.extend(self._shared(current))

    def _targets(self, current: int) -> list[int]:
        """Draw the targets of a box; what an undercut denies is drawn as a step."""
        box, debate, made = self.boxes[current], self.debate, list[int]()
        for relation in debate.nodes[box.node].relations:
            steps = debate.undercut_targets(relation)[:1] if relation.kind == "undercuts" else ()
            if len(self.boxes) >= LEFT_BOXES:
                ends = (relation.to, *(step.node for step in steps))
                box.hidden += any(end in debate.nodes and end not in self.number for end in ends)
            elif relation.to in debate.nodes:
                linked = [] if box.column else [p for p in relation.premises if p in debate.nodes and p != box.node]
                target = self.box(relation.to, box.column - 1, current, self.left)
                made.append(target)
                self.arrow(relation.kind, (current, *self._beside(current, linked)), target, None, relation.to)
            else:
                for step in steps:
                    made += self._denied(step, current)
        return made

    def _shared(self, current: int) -> list[int]:
        """Draw the targets of steps that others make with a box as a premise; undercuts are drawn only on the map of the node that makes them."""
        box, made = self.boxes[current], list[int]()
        for step in self.debate.linked_in.get(box.node, ()):
            end, kind = (step.target, step.kind) if step.argument is None else (step.node, PREMISE)
            if (step.node, kind, end) in self.steps:
                continue
            if step.undercut is not None or len(self.boxes) >= LEFT_BOXES:
                box.hidden += end not in self.number
                continue
            target = self.box(end, box.column - 1, current, self.left)
            made.append(target)
            others = [p for p in step.premises if p != box.node] if step.argument is None else []
            self.arrow(kind, (current, *self._beside(current, others)), target, None, end)
        return made

    def _beside(self, current: int, nodes: list[str]) -> tuple[int, ...]:
        """Draw linked premises beside the box with which they are linked."""
        box, after, made = self.boxes[current], current, list[int]()
        for node in nodes:
            if len(self.boxes) < BOXES:
                after = self.box(node, box.column, box.under, self.side_of(box), after)
                made.append(after)
        return tuple(made)

    def _denied(self, step: Inference, undercutter: int) -> list[int]:
        """Draw the step that an undercut denies, above it, and its arrow onto that step's arrow.

        Where undercuts of undercuts go on for too long, the arrow ends at the node that the last one denies.
        """
        box = self.boxes[undercutter]
        key = (step.node, step.kind, step.target)
        made: list[int] = []
        if key not in self.steps and len(self.boxes) >= LEFT_BOXES:
            last = self.box(step.node, box.column - 1, undercutter, self.left)
            self.boxes[last].hidden += 1
            self.arrow("undercuts", (undercutter,), last, None, step.target)
        elif key not in self.steps:
            side = self.side_of(box)
            hanging = side[box.under]
            place = hanging.index(undercutter)
            start = self.box(step.node, box.column, box.under, side)
            hanging.insert(place, hanging.pop())
            if step.undercut is not None:
                made += self._denied(self.debate.inferences[step.undercut], start)
            else:
                linked = [p for p in step.premises if p != step.node] if step.argument is None else []
                target = self.box(step.target, box.column - 1, start, self.left)
                made.append(target)
                self.arrow(step.kind, (start, *self._beside(start, linked)), target, None, step.target)
        if key in self.steps:
            self.arrow("undercuts", (undercutter,), None, self.steps[key], step.target)
        return made

    # -- what responds to it -----------------------------------------------------------------------------------------

    def _look_right(self, focus: int) -> None:
        queue = deque([focus])
        while queue:
            current = queue.popleft()
            box = self.boxes[current]
            if box.again:
                continue
            responses = self.threads.responses(box.node)
            if not responses:
                continue
            chosen = self._chosen(responses)
            if len(chosen) < len(responses):
                kept = {id(response) for response in chosen}
                box.hidden += sum(r.node not in self.number for r in responses if id(r) not in kept)
            for response in by_style(chosen):
                queue.extend(self._response(current, response))

    def _chosen(self, responses: tuple[Response, ...]) -> tuple[Response, ...]:
        """The responses worth drawing where there are many."""
        if len(responses) <= FAN:
            return responses
        replies = self.threads.descendant_count

        def key(response: Response) -> tuple[bool, bool, int]:
            return response.relation != "answers", response.relation not in _AGAINST, -replies(response.node)

        kept = {id(response) for response in sorted(responses, key=key)[:FAN]}
        return tuple(response for response in responses if id(response) in kept)

    def _response(self, current: int, response: Response) -> tuple[int, ...]:
        """Draw one response, with what is linked to it; nothing if its step is drawn or there is no room."""
        box = self.boxes[current]
        if self.is_drawn(box.node, response):
            return ()
        edge = box.column >= self.reach and response.step is None
        made: tuple[int, ...] = ()
        if not edge and len(self.boxes) + len(response.linked) < BOXES:
            made = self.respond(current, response) if response.step is None else self.undercut(response.step, response)
        if not made:
            box.hidden += response.node not in self.number
        return made
