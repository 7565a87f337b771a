"""Small threads that read like stories: Ann, Bob and Cleo speak in turn, three rounds, in one talk."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from tests.conftest import read

if TYPE_CHECKING:
    from kb.debate import Debate

SPEAKERS = ("ann", "bob", "cleo")
PASSAGES = "".join(f"  - {{id: {who}-{turn}, by: {who}}}\n" for turn in (1, 2, 3) for who in SPEAKERS)
"""The passages of the talk: `ann-1`, `bob-1`, `cleo-1`, `ann-2` … in this order."""
CAST = "".join(f"## participants/{who}.yaml\nname: {who.title()}\n" for who in SPEAKERS)


def story(text: str, more: str = "") -> Debate:
    """A thread of at least two nodes, free of faults, and more files after lines `## path`."""
    talk = f"## sources/talk.yaml\ntitle: A talk\npassages:\n{PASSAGES}"
    thread = f"## talk/thread.yaml\n{textwrap.dedent(text).strip()}\n"
    found = read(CAST + talk + thread + textwrap.dedent(more))
    assert found.faults == (), [str(f) for f in found.faults]
    return found.debate
