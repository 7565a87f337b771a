"""Two nodes have the same title.

Titles are the labels of maps, lists and links: readers cannot tell two boxes called "Costs" apart, and take one for the other. Say
in each title what is particular about it. Statements that `restates` joins, or a question and its answer, may share one. Where
titles serve as ids, as in Argdown, the two would become one.

Bad:

    id: bridge-is-dear
    kind: claim
    title: Costs
    text: The bridge costs more than the ferry.
    ---
    id: ferry-is-dear
    kind: objection
    title: Costs    # <- duplicate-title
    text: The crew of the ferry is paid whether it sails or not.
    attacks: bridge-is-dear

Good:

    id: bridge-is-dear
    kind: claim
    title: The bridge is dear
    text: The bridge costs more than the ferry.
    ---
    id: ferry-is-dear
    kind: objection
    title: So is the ferry
    text: The crew of the ferry is paid whether it sails or not.
    attacks: bridge-is-dear
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

SEVERITY = "info"
READS = {"id", "kind", "title", "restates"}
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Compare all titles, whatever their case."""
    first: dict[tuple[str, bool], str] = {}
    for node in debate.nodes.values():
        if node.title is None:
            continue
        earlier = first.setdefault((node.title.casefold(), node.kind == QUESTION), node.id)
        if earlier != node.id and debate.points[earlier] != debate.points[node.id]:
            message = f"`{node.id}` has the same title as `{earlier}`"
            also = ((*debate.nodes[earlier].place("title"), "the same title"),)
            help_text = "say in each title what tells the two apart"
            yield Problem(node.place("title"), message, help_text, node.id, also)
