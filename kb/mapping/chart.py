"""What stands on a map before it is laid out: boxes, the arrows between them, and what hangs on what.

An undercut stands below the step it denies, in the same column, and its arrow ends on that step's arrow; premises that carry a step only
together share one arrow. A node that comes up twice is drawn once in full and once as a reference.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kb.queries.thread import threads
from kb.vocabulary import INFERENCE, RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.debate import Debate
    from kb.inference import Inference
    from kb.queries.thread import Response

Step = tuple[str, str, str]
"""A drawn step by its source, its kind and its target."""

STYLES = ("for", "against", "undercut", "neutral")


@dataclass(slots=True)
class Box:
    """A node on the picture: its column, and the box it hangs on."""

    node: str
    column: int
    parent: int | None
    is_reference: bool = False
    hidden: int = 0
    """How many nodes next to it are not drawn."""
    other_parents: tuple[int, ...] = ()
    """More boxes that it hangs on, if it has lines to several."""


class Arrow(NamedTuple):
    """A relation on the picture, from one box or from several linked ones, to a box or onto another arrow."""

    kind: str
    starts: tuple[int, ...]
    box: int | None
    arrow: int | None = None
    weight: int = 0
    """How thick it is drawn if it stands for several relations."""


class Chart(NamedTuple):
    """Boxes, arrows, and for every box (None: the first column) the boxes that hang on its left and on its right, from the top down."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    left: dict[int | None, list[int]]
    right: dict[int | None, list[int]]

    @property
    def hidden(self) -> int:
        """Nodes next to drawn ones that are left out."""
        return sum(box.hidden for box in self.boxes)


@cache
def style_of(relation: str) -> str:
    """The line style of a relation: for, against, an undercut, or neither."""
    kind = RELATIONS.get(relation)
    if kind is None:
        return "neutral"
    if INFERENCE in kind.targets:
        return "undercut"
    return kind.polarity


def by_style(responses: Iterable[Response]) -> list[Response]:
    """Responses of one line style beside each other, so that their lines share a trunk."""
    return sorted(responses, key=lambda r: STYLES.index(style_of(r.relation)))


class Canvas:
    """A map while it is drawn: boxes and arrows in the order in which they were found."""

    def __init__(self, debate: Debate) -> None:
        """Start with an empty sheet."""
        self.debate = debate
        self.threads = threads(debate)
        self.boxes: list[Box] = []
        self.arrows: list[Arrow] = []
        self.box_of: dict[str, int] = {}
        """The box in which a node is drawn in full."""
        self.steps: dict[Step, int] = {}
        self.left: dict[int | None, list[int]] = {}
        self.right: dict[int | None, list[int]] = {None: []}

    def chart(self) -> Chart:
        """The map as drawn."""
        return Chart(tuple(self.boxes), tuple(self.arrows), self.left, self.right)

    def draw_box(
        self, node: str, column: int, parent: int | None, side: dict[int | None, list[int]], beside: int | None = None
    ) -> int:
        """Draw a node: at the end of what hangs on a box, or just after (`beside`) one of them."""
        number = len(self.boxes)
        self.boxes.append(Box(node, column, parent, is_reference=node in self.box_of))
        self.box_of.setdefault(node, number)
        hanging = side.setdefault(parent, [])
        hanging.insert(len(hanging) if beside is None else hanging.index(beside) + 1, number)
        return number

    def draw_arrow(self, kind: str, starts: tuple[int, ...], box: int | None, arrow: int | None, to: str) -> int:
        """Draw a relation to a box, or onto an arrow; `to` is the node or step that it leads to."""
        number = len(self.arrows)
        self.arrows.append(Arrow(kind, starts, box, arrow))
        for start in starts:
            self.steps.setdefault((self.boxes[start].node, kind, to), number)
        return number

    def side_of(self, box: Box) -> dict[int | None, list[int]]:
        """What hangs on the side of the map where a box is."""
        return self.left if box.column < 0 else self.right

    def is_drawn(self, node: str, response: Response) -> bool:
        """Whether the arrow of a response is on the map."""
        target = response.step.target if response.step is not None else node
        if (response.node, response.relation, target) in self.steps:
            return True
        return response.relation == "contradicts" and (node, "contradicts", response.node) in self.steps

    def draw_response(self, current: int, response: Response) -> tuple[int, ...]:
        """Draw a response right of a box, with what is linked to it."""
        members = (response.node, *response.linked)
        column = self.boxes[current].column + 1
        starts = tuple(self.draw_box(m, column, current, self.right) for m in members)
        self.draw_arrow(response.relation, starts, current, None, self.boxes[current].node)
        return starts

    def draw_undercut(self, step: Inference, response: Response) -> tuple[int, ...]:
        """Draw an undercut below the step it denies; nothing if that step is not drawn."""
        denied = self.steps.get((step.node, step.kind, step.target))
        if denied is None:
            return ()
        last = max(self.arrows[denied].starts, key=self._rank)
        beside = self.boxes[last]
        number = self.draw_box(response.node, beside.column, beside.parent, self.side_of(beside), last)
        self.draw_arrow(response.relation, (number,), None, denied, step.target)
        return (number,)

    def _rank(self, number: int) -> int:
        """The place of a box among those that hang beside it."""
        box = self.boxes[number]
        return self.side_of(box)[box.parent].index(number)
