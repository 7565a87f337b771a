"""Graphviz in a process of its own: if it takes too long or crashes, one map loses its layers and the site is still built.

`kb.mapping.graphviz` runs this file, with the seconds that a graph may take. Each line it reads is a graph: the heights of its boxes and
the pairs of boxes that are tied, the left one first, with the weight of that edge. Each line it writes, after the first, is an answer: how
far down the middles of the boxes are. It knows no word of the debate.
"""

from __future__ import annotations

import faulthandler
import json
import sys
from typing import TYPE_CHECKING

import pygraphviz

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_INCH = 72
_BETWEEN = 12
"""The distance between the boxes of a column."""


def main(patience: float) -> None:
    """Say that Graphviz is there, and answer one graph after the other; the process ends itself if one takes too long."""
    _write_line("ready")
    for line in sys.stdin:
        heights, edges = json.loads(line)
        faulthandler.dump_traceback_later(patience, exit=True)
        answer = middles(heights, edges)
        faulthandler.cancel_dump_traceback_later()
        _write_line(answer)


def _write_line(what: object) -> None:
    sys.stdout.write(f"{json.dumps(what)}\n")
    sys.stdout.flush()


def middles(heights: Sequence[int], edges: Sequence[tuple[int, int, int]]) -> list[int]:
    """How far down Graphviz puts the middle of each box."""
    graph = pygraphviz.AGraph(string="".join(_dot_source(heights, edges)))
    graph.layout("dot")
    return [-round(float(graph.get_node(number).attr["pos"].partition(",")[2])) for number in range(len(heights))]


def _dot_source(heights: Sequence[int], edges: Sequence[tuple[int, int, int]]) -> Iterator[str]:
    """The graph in the language of Graphviz: without words, which would need fonts, and without lines, which `routing.py` draws."""
    yield f"digraph {{ rankdir=LR; splines=none; nodesep={_BETWEEN / _INCH}; ranksep=.5;"
    yield 'node [shape=box,fixedsize=true,label="",width=.1]; edge [arrowhead=none];'
    for number, height in enumerate(heights):
        yield f"{number} [height={height / _INCH}];"
    for left, right, weight in edges:
        yield f"{left} -> {right} [weight={weight}];"
    yield "}"


if __name__ == "__main__":
    main(float(sys.argv[1]))
