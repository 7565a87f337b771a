"""The gaps between columns of a map in layers: where lines arrive in them, and the lane that each goes up or down.

In a gap a line comes from a box or a strand on the right, goes up or down along its lane, and on to a box or strand on the left. Lanes are
ordered so that few lines cross and no two run upon each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.mapping.layering import Strand
from kb.mapping.layout import GAP
from kb.mapping.ports import APART, Departures, free_place, thread_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kb.mapping.chart import Chart
    from kb.mapping.layering import Component, Thread

_COMING = 11
"""The distance between the ports on the right of a box."""
_ABOVE, _BELOW = 12, 18
"""The least distance of these ports from the upper and the lower corner; near the lower one is the knob that folds what hangs on a box."""
_HEAD, _LANE, _CLEAR = 13, 5, 11
"""Room for the head of an arrow, between lanes, and from the place where linked premises come together to the first lane."""
_SHIFTS = tuple(shift for step in range(APART + 1) for shift in (step, -step))
"""How far a strand may be moved from its place, nearest first."""
_BLOCKED = 1_000
"""The cost of one line upon another: more than any number of crossings."""


class Net(NamedTuple):
    """A line in a gap: how far down it arrives on the left, and from where on the right."""

    thread: Thread
    arrival: int
    sources: tuple[int, ...]

    @property
    def is_level(self) -> bool:
        """Whether it runs straight and needs no lane."""
        return all(y == self.arrival for y in self.sources)

    @property
    def top(self) -> int:
        """The upper end of its lane."""
        return min(self.arrival, *self.sources)

    @property
    def bottom(self) -> int:
        """The lower end of its lane."""
        return max(self.arrival, *self.sources)


class PlacedComponent(NamedTuple):
    """A component with all heights settled and no widths: the tops of its boxes, where lines begin, pass and arrive, and the lanes of gaps."""

    component: Component
    tops: Mapping[int, int]
    height: int
    departures: Departures
    strands: Mapping[Strand, int]
    ports: Mapping[Thread, int]
    lanes: Mapping[int, Mapping[Thread, int]]

    def room(self, gap: int) -> int:
        """How wide a gap must be."""
        lanes = self.lanes.get(gap, {})
        return max([GAP, *(_HEAD + self.lane(gap, thread) for thread in lanes)])

    def lane(self, gap: int, thread: Thread) -> int:
        """How far from the right end of a gap the lane of a line is."""
        return self.departures.deepest_joint(gap + 1) + _CLEAR + _LANE * self.lanes[gap].get(thread, 0)


def place_lines(
    chart: Chart,
    heights: Sequence[int],
    component: Component,
    tops: Mapping[int, int],
    strands: Mapping[Strand, int],
    height: int,
) -> PlacedComponent:
    """Find the places of lines in a component whose boxes are placed; strands come near the given places."""
    arrivals = _Arrivals(chart, heights, tops, strands)
    last = max(chart.boxes[box].column for box in tops)
    lanes = {gap: _assign_lanes(arrivals.nets(gap)) for gap in range(last - 1, -1, -1)}
    return PlacedComponent(component, tops, height, arrivals.departures, arrivals.strands, arrivals.ports, lanes)


class _Arrivals:
    """Finds where lines arrive, gap by gap from the right."""

    def __init__(
        self, chart: Chart, heights: Sequence[int], tops: Mapping[int, int], strands: Mapping[Strand, int]
    ) -> None:
        self.chart = chart
        self.heights = heights
        self.tops = tops
        self.strands = dict(strands)
        self.departures = Departures(chart, heights, tops, strands)
        self.ports: dict[Thread, int] = {}

    def nets(self, gap: int) -> list[Net]:
        """The lines in a gap; settles where they leave it to the left."""
        incoming = self._incoming(gap)
        arriving: dict[int, list[Thread]] = {}
        for thread, ys in sorted(incoming.items(), key=lambda item: (sum(item[1]) / len(item[1]), item[0])):
            strand = Strand(thread, gap)
            if strand in self.strands:
                near = [self.strands[strand] + shift for shift in _SHIFTS]
                self.strands[strand] = free_place(near, ys, _other_ends(incoming, thread))
            else:
                arriving.setdefault(thread[0], []).append(thread)
        for box, threads in arriving.items():
            self._place_ports(box, threads, incoming)
        return [Net(thread, self._left_end(thread, gap), tuple(ys)) for thread, ys in incoming.items()]

    def _incoming(self, gap: int) -> dict[Thread, list[int]]:
        """By line how far down it comes into a gap from the right, from each place that it comes from."""
        incoming: dict[Thread, list[int]] = {}
        for number, origin in self.departures.origins.items():
            arrow = self.chart.arrows[number]
            if arrow.box is not None and self.departures.column(number) == gap + 1:
                incoming.setdefault(thread_of(arrow), []).append(origin)
        for strand, y in self.strands.items():
            if strand.column == gap + 1:
                incoming.setdefault(strand.thread, []).append(y)
        return incoming

    def _left_end(self, thread: Thread, gap: int) -> int:
        """Where a line leaves a gap to the left."""
        strand = Strand(thread, gap)
        return self.strands[strand] if strand in self.strands else self.ports[thread]

    def _place_ports(self, box: int, threads: Sequence[Thread], incoming: Mapping[Thread, list[int]]) -> None:
        """Place the ports of a box from the top down, in the order of the lines that arrive: level with these, and with no other line."""
        top, bottom = self.tops[box] + _ABOVE, self.tops[box] + self.heights[box] - _BELOW
        between = min(_COMING, (bottom - top) // max(len(threads) - 1, 1))
        for place, thread in enumerate(threads):
            highest = self.ports[threads[place - 1]] + between if place else top
            lowest = bottom - between * (len(threads) - 1 - place)
            wanted = sorted(incoming[thread])[(len(incoming[thread]) - 1) // 2]
            near = sorted(range(highest, lowest + 1), key=lambda y: (abs(y - wanted), y)) or [highest]
            self.ports[thread] = free_place(near, incoming[thread], _other_ends(incoming, thread))


def _other_ends(incoming: Mapping[Thread, list[int]], thread: Thread) -> list[int]:
    """How far down all other lines come into the gap."""
    return [y for other, ys in incoming.items() if other != thread for y in ys]


# -- lanes ---------------------------------------------------------------------------------------------------------------


def _assign_lanes(nets: Iterable[Net]) -> dict[Thread, int]:
    """A lane for each line that needs one, counted from the right; lines that would meet have different ones."""
    ordered: list[Net] = []
    for net in sorted((net for net in nets if not net.is_level), key=lambda net: (net.top, net.bottom, net.thread)):
        costs = [0]
        for other in ordered:
            costs.append(costs[-1] + _cost(other, net) - _cost(net, other))
        ordered.insert(min(range(len(costs)), key=costs.__getitem__), net)
    lanes: dict[Thread, int] = {}
    for number, net in enumerate(ordered):
        taken = [lanes[o.thread] for o in ordered[:number] if o.top - APART < net.bottom and net.top < o.bottom + APART]
        lanes[net.thread] = max(taken, default=-1) + 1
    return lanes


def _cost(right: Net, left: Net) -> int:
    """How often two lines cross if the lane of one is right of the other's, and much more if they would run upon each other."""
    crossed = (left.top < right.arrival < left.bottom) + sum(right.top < y < right.bottom for y in left.sources)
    along = any(abs(right.arrival - y) < APART for y in left.sources)
    return crossed + _BLOCKED * along
