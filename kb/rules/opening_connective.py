"""A text opens with a word that goes on from another.

"But" and "therefore" belong to a thread, not to a point: each point is shown on a page of its own, stands in lists, and may be
reached by several ways. How it bears on another is said by its relations, which can be counted, undercut and evaluated; a "but"
in the text cannot. Drop the word, or make the step it hides a relation. The rule knows the connectives of English and German.

Bad:

    id: too-dear
    kind: claim
    text: The bridge costs more than the ferry.
    ---
    id: worth-it
    kind: objection
    text: But a bridge lasts a hundred years.    # <- opening-connective
    attacks: too-dear

Good:

    id: too-dear
    kind: claim
    text: The bridge costs more than the ferry.
    ---
    id: worth-it
    kind: objection
    text: A bridge lasts a hundred years.
    attacks: too-dear
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.wording import opening_phrase, wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

SEVERITY = "info"
PROFILE = "pedantic"
READS = {"id", "text", "kb.yaml"}
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Read how every text opens."""
    known = wording(debate.settings.language)
    if known is None:
        return
    for node in debate.nodes.values():
        if (word := opening_phrase(node.text, known.connectives)) is not None:
            message = f"the text of `{node.id}` opens with `{word}`, as if it went on from another"
            yield Problem(
                node.place("text"), message, "drop the word; relations say how points bear on each other", node.id
            )
