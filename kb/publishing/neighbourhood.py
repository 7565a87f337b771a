"""What is drawn around a node: what it responds to on its left, what responds to it on its right, nearest first.

An undercut stands below the step it denies, in the same column, and its arrow ends on that step's arrow; premises that carry a step only
together share one arrow. A node that comes up twice is drawn once in full and once as a reference.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.queries.thread import PREMISE, threads
from kb.vocabulary import AGAINST, RELATIONS

if TYPE_CHECKING:
    from kb.debate import Debate
    from kb.inference import Inference
    from kb.queries.thread import Response

BOXES = 25
"""More than this nobody reads on one picture."""
LEFT_BOXES = 7
"""From so many on, what the node in question responds to goes no further."""
FAN = 6
"""Responses drawn beside one box; objections come before what is said for it, long threads before short ones."""
REACH = 2
"""Columns to either side."""

_AGAINST = frozenset(name for name, kind in RELATIONS.items() if kind.polarity == AGAINST)

Step = tuple[str, str, str]
"""How a drawn step is found again: from, kind, to."""


@dataclass(slots=True)
class Box:
    """A node on the picture: its column (0 is the node in question), and the box it hangs on."""

    node: str
    column: int
    under: int | None
    again: bool = False
    hidden: int = 0
    """Nodes next to it that are not drawn."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """A relation on the picture, from one box or from several linked ones, to a box or onto another arrow."""

    kind: str
    starts: tuple[int, ...]
    box: int | None
    arrow: int | None = None


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Boxes, arrows, and for every box (None: the column of the node in question) what hangs on its left and right, top down."""

    focus: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    left: dict[int | None, list[int]]
    right: dict[int | None, list[int]]

    @property
    def hidden(self) -> int:
        """Nodes next to drawn ones that are left out."""
        return sum(box.hidden for box in self.boxes)


def neighbourhood(debate: Debate, node_id: str, reach: int = REACH) -> Neighbourhood:
    """The picture around a node."""
    return _Survey(debate, reach).around(node_id)


class _Survey:
    """Collects the boxes and arrows of one picture."""

    def __init__(self, debate: Debate, reach: int) -> None:
        self.debate = debate
        self.reach = reach
        self.threads = threads(debate)
        self.boxes: list[Box] = []
        self.arrows: list[Arrow] = []
        self.number: dict[str, int] = {}
        """The box in which a node is drawn in full."""
        self.steps: dict[Step, int] = {}
        self.left: dict[int | None, list[int]] = {}
        self.right: dict[int | None, list[int]] = {None: []}

    def around(self, node_id: str) -> Neighbourhood:
        focus = self._box(node_id, 0, None, self.right)
        self._look_left(focus)
        self._look_right(focus)
        return Neighbourhood(focus, tuple(self.boxes), tuple(self.arrows), self.left, self.right)

    # -- boxes and arrows --------------------------------------------------------------------------------------------

    def _box(
        self, node: str, column: int, under: int | None, side: dict[int | None, list[int]], beside: int | None = None
    ) -> int:
        """Draw a node: at the end of what hangs on a box, or just after (`beside`) one of them."""
        made = len(self.boxes)
        self.boxes.append(Box(node, column, under, again=node in self.number))
        self.number.setdefault(node, made)
        hanging = side.setdefault(under, [])
        hanging.insert(len(hanging) if beside is None else hanging.index(beside) + 1, made)
        return made

    def _arrow(self, kind: str, starts: tuple[int, ...], box: int | None, arrow: int | None, to: str) -> int:
        made = len(self.arrows)
        self.arrows.append(Arrow(kind, starts, box, arrow))
        for start in starts:
            self.steps.setdefault((self.boxes[start].node, kind, to), made)
        return made

    def _side_of(self, box: Box) -> dict[int | None, list[int]]:
        return self.left if box.column < 0 else self.right

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
                target = self._box(relation.to, box.column - 1, current, self.left)
                made.append(target)
                self._arrow(relation.kind, (current, *self._beside(current, linked)), target, None, relation.to)
            else:
                for step in steps:
                    made += self._denied(step, current)
        return made

    def _shared(self, current: int) -> list[int]:
        """Draw where the steps lead that others make with a box as a premise; an undercut is on the map of who makes it."""
        box, made = self.boxes[current], list[int]()
        for step in self.debate.linked_in.get(box.node, ()):
            end, kind = (step.target, step.kind) if step.argument is None else (step.node, PREMISE)
            if (step.node, kind, end) in self.steps:
                continue
            if step.undercut is not None or len(self.boxes) >= LEFT_BOXES:
                box.hidden += end not in self.number
                continue
            target = self._box(end, box.column - 1, current, self.left)
            made.append(target)
            others = [p for p in step.premises if p != box.node] if step.argument is None else []
            self._arrow(kind, (current, *self._beside(current, others)), target, None, end)
        return made

    def _beside(self, current: int, nodes: list[str]) -> tuple[int, ...]:
        """Draw linked premises next to the box they are linked with."""
        box, after, made = self.boxes[current], current, list[int]()
        for node in nodes:
            if node not in self.number and len(self.boxes) < BOXES:
                after = self._box(node, box.column, box.under, self._side_of(box), after)
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
            last = self._box(step.node, box.column - 1, undercutter, self.left)
            self.boxes[last].hidden += 1
            self._arrow("undercuts", (undercutter,), last, None, step.target)
        elif key not in self.steps:
            side = self._side_of(box)
            hanging = side[box.under]
            place = hanging.index(undercutter)
            start = self._box(step.node, box.column, box.under, side)
            hanging.insert(place, hanging.pop())
            if step.undercut is not None:
                made += self._denied(self.debate.inferences[step.undercut], start)
            else:
                linked = [p for p in step.premises if p != step.node] if step.argument is None else []
                target = self._box(step.target, box.column - 1, start, self.left)
                made.append(target)
                self._arrow(step.kind, (start, *self._beside(start, linked)), target, None, step.target)
        if key in self.steps:
            self._arrow("undercuts", (undercutter,), None, self.steps[key], step.target)
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
            chosen = self._chosen(responses)
            for response in responses:
                if response in chosen:
                    queue.extend(self._response(current, response))
                else:
                    box.hidden += response.node not in self.number

    def _chosen(self, responses: tuple[Response, ...]) -> tuple[Response, ...]:
        """The responses worth drawing where there are many."""
        if len(responses) <= FAN:
            return responses
        replies = self.threads.replies

        def key(response: Response) -> tuple[bool, int]:
            return response.relation not in _AGAINST, -replies(response.node)

        return tuple(sorted(responses, key=key)[:FAN])

    def _response(self, current: int, response: Response) -> tuple[int, ...]:
        """Draw one response, with what is linked to it; nothing if its step is drawn or there is no room."""
        box = self.boxes[current]
        if self._is_drawn(box.node, response):
            return ()
        edge = box.column >= self.reach and response.step is None
        if edge or len(self.boxes) + len(response.linked) >= BOXES:
            box.hidden += response.node not in self.number
            return ()
        if response.step is not None:
            return self._undercut(current, response.step, response)
        members = [response.node, *(m for m in response.linked if m not in self.number)]
        starts = tuple(self._box(m, box.column + 1, current, self.right) for m in members)
        self._arrow(response.relation, starts, current, None, box.node)
        return starts

    def _is_drawn(self, node: str, response: Response) -> bool:
        target = response.step.target if response.step is not None else node
        if (response.node, response.relation, target) in self.steps:
            return True
        return response.relation == "contradicts" and (node, "contradicts", response.node) in self.steps

    def _undercut(self, current: int, step: Inference, response: Response) -> tuple[int, ...]:
        """Draw an undercut below the step it denies, if that step is drawn."""
        denied = self.steps.get((step.node, step.kind, step.target))
        box = self.boxes[current]
        if denied is None:
            box.hidden += response.node not in self.number
            return ()
        last = max(self.arrows[denied].starts, key=self._rank)
        base = self.boxes[last]
        made = self._box(response.node, base.column, base.under, self._side_of(base), last)
        self._arrow(response.relation, (made,), None, denied, step.target)
        return (made,)

    def _rank(self, number: int) -> int:
        """The place of a box among those that hang beside it."""
        box = self.boxes[number]
        return self._side_of(box)[box.under].index(number)
