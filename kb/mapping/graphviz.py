"""Ask Graphviz where boxes stand, in one process for all maps of a build, with a limit of time for each graph.

It comes with the extra `[graphviz]`, in a wheel that brings all it needs. It is given heights and edges and no word of the debate, and answers
with numbers. A graph that takes too long, or makes it crash, gets no answer; for those after it another process is started.
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

    from kb.mapping.layering import Edge

Graph = tuple[tuple[int, ...], tuple["Edge", ...]]
"""The heights of boxes, and which of them are tied, the left one first."""
Middles = tuple[int, ...]
"""How far down the middles of the boxes of a graph are."""

PATIENCE = 10.0
"""The seconds that one graph may take; a hundred boxes take a twentieth of a second."""
_START = 60.0
"""The seconds that the process may take to start and to end, even on a slow machine."""
_ANSWERED: dict[Graph, Middles | None] = {}
"""The last answers, None where Graphviz had none: a site that is built with every save asks only for graphs that changed."""


def middles(graphs: Sequence[Graph]) -> list[Middles | None]:
    """The answer to each graph; None if Graphviz has none."""
    if find_spec("pygraphviz") is None:
        message = "`maps: layers` in kb.yaml takes Graphviz: `pip install 'argument-kb[graphviz]'`"
        raise KbError(message)
    for graph in _ANSWERED.keys() - set(graphs):
        del _ANSWERED[graph]
    asked = [graph for graph in dict.fromkeys(graphs) if graph not in _ANSWERED]
    while asked:
        answers = _answers(asked)
        _ANSWERED.update(zip(asked, [*answers, None], strict=False))
        asked = asked[len(answers) + 1 :]
    return [_ANSWERED.get(graph) for graph in graphs]


def _answers(graphs: Sequence[Graph]) -> list[Middles]:
    """The answers of one process, until it ends; it loads nothing but its own file and the installed packages."""
    command = [sys.executable, "-P", str(files(__package__) / "graphviz_worker.py"), str(PATIENCE)]
    lines = "".join(f"{json.dumps(graph)}\n" for graph in graphs).encode()
    try:
        timeout = _START + PATIENCE * len(graphs)
        done = subprocess.run(command, input=lines, capture_output=True, check=False, timeout=timeout)  # noqa: S603 - a file of ours, given numbers
        output, errors = done.stdout, done.stderr
    except subprocess.TimeoutExpired as late:
        output, errors = late.stdout or b"", b""
    ready, *answers = [json.loads(line) for line in output.split(b"\n")[:-1]] or [None]
    if ready is None:
        reason = errors.decode(errors="replace").strip().rpartition("\n")[2]
        message = f"Graphviz, which `maps: layers` in kb.yaml takes, cannot be loaded ({reason or 'it does not start'})"
        raise KbError(message)
    return [tuple(answer) for answer in answers]
