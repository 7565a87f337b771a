"""A claim, an objection or a reply ends in a question mark.

A question asserts nothing that could stand or fall, yet as a claim it gets a verdict, carries conclusions and is counted as
somebody's view. Behind a rhetorical question there is a point: state it. What is really asked is a node of kind `question`, whose
answers are positions on it. (A question mark inside a quotation is no question.)

Bad:

    id: who-would-pay
    kind: claim
    text: Who would pay for the bridge?    # <- question-as-statement

Good:

    id: nobody-would-pay
    kind: claim
    text: Nobody would pay for the bridge.
    ---
    id: title-misleads
    kind: claim
    text: The bridge has a friend in whoever headed the report "Who would pay?"
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.vocabulary import ARGUMENT, QUESTION
from kb.wording import ends_as_question

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

SEVERITY = "warning"
READS = {"id", "kind", "text"}
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Look at the end of every statement."""
    for node in debate.nodes.values():
        if node.kind not in {QUESTION, ARGUMENT} and ends_as_question(node.text):
            if node.id in debate.rejected:
                continue  # its kind may have been guessed
            message = f"the {node.kind} `{node.id}` asks something instead of saying it"
            help_text = "state the point behind the question, or make it a `kind: question`"
            yield Problem(node.place("text"), message, help_text, node.id)
