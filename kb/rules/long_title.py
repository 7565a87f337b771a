"""A title is longer than a label on a map can be.

Titles stand in boxes, lists and links, where more than 80 characters are cut or push everything else aside. The text can say the rest.

Bad:

    id: sky-is-blue
    kind: claim
    title: The sky is blue {and blue * 20}    # <- long-title
    text: The sky is blue.

Good:

    id: sky-is-blue
    kind: claim
    title: Blue sky
    text: The sky is blue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

SEVERITY = "warning"
READS = {"id", "title"}
LOCAL = True

LONGEST = 80
"""Characters: two lines of a box, one line of a terminal."""


def check(debate: Debate) -> Iterator[Problem]:
    """Measure every title."""
    for node in debate.nodes.values():
        if node.title is not None and len(node.title) > LONGEST and node.id not in debate.rejected:
            message = f"the title of `{node.id}` has {len(node.title)} characters; at most {LONGEST} fit a map"
            yield Problem(node.place("title"), message, "shorten it to a label", node.id)
