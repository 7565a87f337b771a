"""The lines of a map in layers, once its columns have places: drawn from the box where they arrive, gap by gap."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kb.mapping.layering import Strand
from kb.mapping.layout import WIDTH
from kb.mapping.ports import thread_of
from kb.mapping.routing import BEYOND, LANDED, Line, elbow_strokes, next_landing, undercut_strokes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.mapping.channels import PlacedComponent
    from kb.mapping.chart import Arrow, Chart
    from kb.mapping.layering import Thread
    from kb.mapping.routing import Point


class LineTracer:
    """Draws the lines of one component."""

    def __init__(self, chart: Chart, placed: PlacedComponent, lefts: Sequence[int], down: int) -> None:
        """`lefts` has the left ends of columns; everything is moved `down` by so much."""
        self.chart = chart
        self.placed = placed
        self.lefts = lefts
        self.down = down
        self.landings: dict[int, Point] = {}

    def lines(self) -> Iterator[tuple[int, Line]]:
        """The lines with the numbers of their arrows; a line that ends on another comes after it."""
        for number in self.placed.departures.arrows:
            arrow = self.chart.arrows[number]
            trace = self._line_to_box if arrow.arrow is None else self._undercut_line
            yield number, trace(number, arrow)

    def _starts(self, number: int, arrow: Arrow) -> list[Point]:
        return [
            (self.lefts[self.chart.boxes[box].column], self.placed.departures.leaving[box, number] + self.down)
            for box in arrow.starts
        ]

    def _undercut_line(self, number: int, arrow: Arrow) -> Line:
        landing, (start,) = self.landings[arrow.arrow or 0], self._starts(number, arrow)
        self.landings[number] = next_landing(landing, start)
        return Line(arrow.kind, undercut_strokes(start, landing), landing, onto_arrow=True, joint=None)

    def _line_to_box(self, number: int, arrow: Arrow) -> Line:
        starts, box, thread = self._starts(number, arrow), arrow.box or 0, thread_of(arrow)
        x, y = starts[0][0], self.placed.departures.origins[number] + self.down
        joint = (x - self.placed.departures.joints[number], y) if len(starts) > 1 else None
        self.landings[number] = (joint[0] - BEYOND, y) if joint else (x - LANDED[self._further(number, arrow)], y)
        joined = "".join(f"M{joint[0]} {joint[1]}V{y}H{x}" for x, y in starts) if joint else ""
        gap_strokes = list(self._gap_strokes(thread, self.placed.departures.column(number), joint or starts[0]))
        strokes = gap_strokes[0] + "".join(f"h{WIDTH}{strokes[strokes.index('h') :]}" for strokes in gap_strokes[1:])
        head = (self.lefts[self.chart.boxes[box].column] + WIDTH, self.placed.ports[thread] + self.down)
        return Line(arrow.kind, joined + strokes, head, onto_arrow=False, joint=joint)

    def _further(self, number: int, arrow: Arrow) -> int:
        """1 if others end on an arrow further from its box, since another arrow leaves that below it."""
        leaving = [other for box, other in self.placed.departures.leaving if box == arrow.starts[0]]
        return int(number in leaving[:-1])

    def _gap_strokes(self, thread: Thread, column: int, start: Point) -> Iterator[str]:
        """The strokes of a line, gap by gap from the box where it arrives to its start in the last gap."""
        end = self.chart.boxes[thread[0]].column
        passed = [self.placed.strands[Strand(thread, between)] + self.down for between in range(end + 1, column)]
        ys = (self.placed.ports[thread] + self.down, *passed, start[1])
        for gap, (arrives, comes) in enumerate(pairwise(ys), end):
            right = start[0] if gap == column - 1 else self.lefts[gap + 1]
            lane = self.lefts[gap + 1] - self.placed.lane(gap, thread)
            yield elbow_strokes((self.lefts[gap] + WIDTH, arrives), lane, (right, comes))
