"""A question does not ask anything.

Readers cannot tell what its answers are positions on: a topic ("The bridge") has no answers, and a statement has a position of its
own. Write the question out, to its question mark; one that starts with "whether" may do without. Debates in a language whose
questions are not known to end in a mark are not checked.

Bad:

    id: the-bridge
    kind: question
    text: The bridge and its costs.    # <- statement-as-question
    ---
    id: the-county
    kind: claim
    text: The county should pay for the bridge.
    answers: the-bridge

Good:

    id: the-bridge
    kind: question
    text: Who should pay for the bridge?
    ---
    id: the-county
    kind: claim
    text: The county should pay for the bridge.
    answers: the-bridge
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.vocabulary import QUESTION
from kb.wording import opening_phrase, wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

SEVERITY = "info"
READS = {"id", "kind", "text", "kb.yaml"}
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Look for the mark in every question."""
    known = wording(debate.settings.language)
    if known is None:
        return
    for node in debate.nodes.values():
        if node.id in debate.rejected:
            continue  # its kind may have been guessed
        if (
            node.kind == QUESTION
            and node.text
            and "?" not in node.text
            and not opening_phrase(node.text, known.indirect)
        ):
            message = f"the question `{node.id}` has no question mark"
            help_text = "ask it in full; a point that is made is a `kind: claim`"
            yield Problem(node.place("text"), message, help_text, node.id)
