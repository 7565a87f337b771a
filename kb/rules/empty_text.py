"""A node says nothing.

Its text is empty, so readers see a title at best, and what is supported or attacked here is anybody's guess. Every node but an argument
states its point in one sentence that can be understood alone.

Bad:

    id: sky-is-blue
    kind: claim
    text: ""    # <- empty-text

Good:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

SEVERITY = "error"
READS = {"id", "text"}
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Look for texts without a word; an argument may leave the field out, but not empty."""
    for node in debate.nodes.values():
        if not node.text and node.id not in debate.rejected and node.has("text"):
            yield Problem(
                node.place("text"), f"the text of `{node.id}` is empty", "state the point in one sentence", node.id
            )
