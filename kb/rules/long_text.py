"""A text is longer than one point needs.

Beyond 600 characters (about a hundred words) a text holds several assertions as a rule, and an objection to one of them
would count against all. Split it into a point and its reasons; a remark of the editors goes under `note`.

Bad:

    id: sky-is-blue
    kind: claim
    text: The sky is blue {and blue and blue * 60}.    # <- long-text

Good:

    id: sky-is-blue
    kind: claim
    text: The sky is blue {and blue and blue * 10}.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

SEVERITY = "warning"
READS = {"id", "text"}
LOCAL = True

LONGEST = 600
"""Characters. Six lines: what a reader takes in as one statement; of thousands of mapped points hardly any needs more."""


def check(debate: Debate) -> Iterator[Problem]:
    """Measure every text."""
    for node in debate.nodes.values():
        if len(node.text) > LONGEST:
            message = f"the text of `{node.id}` has {len(node.text)} characters; {LONGEST} should do for one point"
            yield Problem(node.place("text"), message, "split it into a point and its reasons", node.id)
