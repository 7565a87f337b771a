"""What the map of a topic or of a whole debate shows: the tops of its trees (questions first), and level by level what responds to them.

Points that have no room are counted on a box of their own, which leads to where they are drawn. A point that responds to another topic
hangs on a reference to what it responds to there.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from kb.mapping.chart import Box, Canvas, by_style
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kb.debate import Debate
    from kb.mapping.chart import Chart
    from kb.queries.thread import Response

BOXES = 150
"""The most boxes on a map in which readers find their way."""
TOPS = 50
"""The most trees on a map: questions and those with the most below them; the rest is counted."""
FAN = 12
"""The most responses drawn beside one box: those with the most below them."""
COLUMNS = 10
MORE = ""
"""The node of a box that counts what is left out beside the box it hangs on."""


class Forest(NamedTuple):
    """The trees of a map, from the top down, and how many more had no room on it."""

    chart: Chart
    omitted: int


def forest(debate: Debate, inside: Sequence[str]) -> Forest:
    """The map of some nodes, given in the order of the debate."""
    return _ForestCanvas(debate, inside).grow()


class _ForestCanvas(Canvas):
    """Draws trees as long as there is room; for each box with responses it keeps room for the box that counts those left out."""

    def __init__(self, debate: Debate, inside: Sequence[str]) -> None:
        super().__init__(debate)
        self.ordered = inside
        self.inside = frozenset(inside)
        self.room = BOXES

    def grow(self) -> Forest:
        tops = self._tops()
        bridge_of, bridges = self._bridges(tops)
        chosen = self._chosen_tops([n for n in tops if n not in bridge_of] + list(dict.fromkeys(bridge_of.values())))
        self._draw_branches([self._draw_top(n) for n in chosen])
        for node in bridges:
            if node not in chosen and self.room > 1:
                self._draw_branches([self._draw_top(node)])
        return Forest(self.chart(), len(tops) - sum(n in self.box_of for n in tops))

    # -- where trees begin -------------------------------------------------------------------------------------------

    def _tops(self) -> list[str]:
        """The points that respond to nothing on this map; of points in a circle the first."""
        below = {r.node for n in self.ordered for r in self._responses(n)}
        tops = [n for n in self.ordered if n not in below]
        reached = self._reach(tops, set())
        for node in self.ordered:
            if node not in reached:
                tops.append(node)
                self._reach([node], reached)
        return tops

    def _reach(self, nodes: Iterable[str], reached: set[str]) -> set[str]:
        """`reached` with some nodes and all that hangs on them added to it."""
        queue = [n for n in nodes if n not in reached]
        reached.update(queue)
        for node in queue:
            for response in self._responses(node):
                if response.node not in reached:
                    reached.add(response.node)
                    queue.append(response.node)
        return reached

    def _bridges(self, tops: list[str]) -> tuple[dict[str, str], list[str]]:
        """What the nodes respond to in other topics: by top one point that it hangs on there, and all such points."""
        bridge_of: dict[str, str] = {}
        bridges: dict[str, None] = {}
        responding: dict[str, frozenset[str]] = {}
        for node in self.ordered:
            for end in self.debate.ends(node):
                if end not in self.inside and end not in responding:
                    responding[end] = frozenset(r.node for r in self._responses(end))
                if end not in self.inside and node in responding[end]:
                    bridges[end] = None
                    bridge_of.setdefault(node, end)
        return {n: bridge_of[n] for n in tops if n in bridge_of}, list(bridges)

    def _chosen_tops(self, tops: list[str]) -> list[str]:
        """The tops to draw, of many questions and those with the most below them.

        In their order, main questions come first, then the largest trees; tops without responses come last.
        """
        nodes, replies, order = self.debate.nodes, self.threads.descendant_count, self.debate.order
        kept = sorted(tops, key=lambda n: (nodes[n].kind != QUESTION, -replies(n), order[n]))[:TOPS]
        main = self.debate.settings.main

        def rank(node: str) -> tuple[bool, bool, bool, bool, int, int]:
            asks, here = nodes[node].kind == QUESTION, node in self.inside
            return not self._responses(node), not here, not asks, node not in main, -replies(node), order[node]

        return sorted(kept, key=rank)

    def _draw_top(self, node: str) -> int:
        number = self.draw_box(node, 0, None, self.right)
        self._take_room(number)
        return number

    def _take_room(self, number: int) -> bool:
        """Take the room of a box that was drawn; True if there is more to draw beside it."""
        box = self.boxes[number]
        was_reference = box.is_reference
        box.is_reference = was_reference or box.node not in self.inside
        grows = (
            not was_reference and bool(self._responses(box.node)) and (box.node in self.inside or box.parent is None)
        )
        self.room -= 1 + grows
        return grows

    # -- what hangs on them ------------------------------------------------------------------------------------------

    def _responses(self, node: str) -> list[Response]:
        """What responds to a node on this map."""
        return [r for r in self.threads.responses(node) if r.node in self.inside]

    def _draw_branches(self, tops: list[int]) -> None:
        """Draw level by level what hangs on some boxes."""
        queue = deque(top for top in tops if self._responses(self.boxes[top].node))
        while queue:
            queue.extend(self._draw_responses(queue.popleft()))

    def _draw_responses(self, current: int) -> list[int]:
        """Draw what responds to a box while there is room, and count the rest; the drawn boxes on which more hangs."""
        box, branching, left = self.boxes[current], list[int](), list[str]()
        self.room += 1  # kept for the box that counts
        rows = self._worth_drawing(self._responses(box.node))
        for place, (worth, row) in enumerate(rows):
            if self.is_drawn(box.node, row):
                continue
            keep = bool(left) or place < len(rows) - 1
            if not worth or self._cost(row) + keep > self.room or self._too_deep(box, row):
                left.append(row.node)
                continue
            drawn = self.draw_undercut(row.step, row) if row.step is not None else ()
            drawn = drawn or self.draw_response(current, row)
            branching += [number for number in drawn if self._take_room(number)]
        box.hidden = len(set(left) - set(self.box_of))
        if box.hidden:
            self._draw_count(current)
        return branching

    def _worth_drawing(self, responses: list[Response]) -> list[tuple[bool, Response]]:
        """Responses in the order of their line styles, each with whether it is among those worth drawing."""
        ranked = sorted(responses, key=lambda r: -self.threads.descendant_count(r.node))
        kept = {id(response) for response in ranked[:FAN]}
        return [(id(response) in kept, response) for response in by_style(responses)]

    def _too_deep(self, box: Box, row: Response) -> bool:
        return row.step is None and box.column + 1 >= COLUMNS

    def _cost(self, row: Response) -> int:
        """The room that a response needs, with what is linked to it and a box beside each that counts what is left out."""
        fresh = {row.node, *row.linked} - set(self.box_of)
        return 1 + len(row.linked) + sum(bool(self._responses(n)) for n in fresh)

    def _draw_count(self, current: int) -> None:
        """Draw the box that counts what is left out beside another one."""
        column = self.boxes[current].column + 1
        self.right.setdefault(current, []).append(len(self.boxes))
        self.boxes.append(Box(MORE, column, current, hidden=self.boxes[current].hidden))
        self.draw_arrow(MORE, (len(self.boxes) - 1,), current, None, MORE)
        self.room -= 1
