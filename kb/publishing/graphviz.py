"""Ask Graphviz where boxes stand: one process for all maps of a build, apart from this one, and a time for each graph.

It comes with the extra `[graphviz]`, in a wheel that brings all it needs. It is given heights and edges and no word of the debate, and answers
with numbers. A graph that takes it too long, or makes it crash, has no answer; those after it are asked anew.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING

from kb.finding import KbError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kb.publishing.layering import Edge

Graph = tuple[tuple[int, ...], tuple["Edge", ...]]
"""The heights of boxes, and which of them are tied, left one first."""
Middles = tuple[int, ...]
"""How far down the middles of the boxes of a graph are."""

PATIENCE = 10.0
"""Seconds for one graph; that of a hundred boxes takes a twentieth of one."""
_START = 60.0
"""Seconds for the process to start and to end, on whatever machine."""
_KNOWN: dict[Graph, Middles | None] = {}
"""The answers that this process had last, None where Graphviz had none: who builds a site with every save asks only for what was changed."""


def middles(graphs: Sequence[Graph]) -> list[Middles | None]:
    """The answers to some graphs; None where Graphviz has none."""
    if find_spec("pygraphviz") is None:
        message = "`maps: layers` in kb.yaml takes Graphviz: `pip install 'argument-kb[graphviz]'`"
        raise KbError(message)
    for graph in _KNOWN.keys() - set(graphs):
        del _KNOWN[graph]
    asked = [graph for graph in dict.fromkeys(graphs) if graph not in _KNOWN]
    while asked:
        answers = _answers(asked)
        _KNOWN.update(zip(asked, [*answers, None], strict=False))
        asked = asked[len(answers) + 1 :]
    return [_KNOWN.get(graph) for graph in graphs]


def _answers(graphs: Sequence[Graph]) -> list[Middles]:
    """The answers of one process, as far as it comes; from nowhere but its own file and the installed packages does it load anything."""
    command = [sys.executable, "-P", str(files(__package__) / "graphviz_worker.py"), str(PATIENCE)]
    given = "".join(f"{json.dumps(graph)}\n" for graph in graphs).encode()
    try:
        most = _START + PATIENCE * len(graphs)
        done = subprocess.run(command, input=given, capture_output=True, check=False, timeout=most)  # noqa: S603 - a file of ours, given numbers
        said, wrong = done.stdout, done.stderr
    except subprocess.TimeoutExpired as late:
        said, wrong = late.stdout or b"", b""
    ready, *answers = [json.loads(line) for line in said.split(b"\n")[:-1]] or [None]
    if ready is None:
        told = wrong.decode(errors="replace").strip().rpartition("\n")[2]
        message = f"Graphviz, which `maps: layers` in kb.yaml takes, cannot be loaded ({told or 'it does not start'})"
        raise KbError(message)
    return [tuple(answer) for answer in answers]
