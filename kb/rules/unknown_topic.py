"""`topic` names a folder that does not exist.

The node would stand alone under a heading of its own, apart from the points it belongs with. `topic` moves a node to another topic
than its folder's; without it the folder counts.

Bad:

    ## optics/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    ## sea/sea-is-blue.yaml
    kind: claim
    text: The sea is blue.
    topic: optcis    # <- unknown-topic

Good:

    ## optics/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
    ## sea/sea-is-blue.yaml
    kind: claim
    text: The sea is blue.
    topic: optics
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.spelling import respelling
from kb.suggest import one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.model import Node

SEVERITY = "warning"
FIX = "sometimes"
READS = {"id", "topic", "topic.yaml", "rejected"}


def check(debate: Debate) -> Iterator[Problem]:
    """Compare topics that nodes name with the folders there are."""
    moved = [node for node in debate.nodes.values() if node.topic != _folder(node)]
    if not moved:
        return
    known = {*debate.topics, *map(_folder, debate.nodes.values())} - {""}
    for node in moved:
        if node.topic not in known:
            place, help_text = node.place("topic"), one_of(node.topic, sorted(known))
            fix = respelling(place, node.written("topic"), node.topic, known)
            yield Problem(place, f"no topic is called `{node.topic}`", help_text, node.id, fix=fix)


def _folder(node: Node) -> str:
    """The topic that the file's folder stands for."""
    parts = node.file.split("/", 2)
    return parts[1] if len(parts) > 2 else ""
