"""A question is said to make the same point as a statement.

What restates a point is evaluated as one with it and shares its speakers and their stances. A question holds nothing, so nothing can
stand or fall with it: a statement `answers` a question, and only questions restate questions.

Bad:

    id: which-colour
    kind: question
    text: Which colour is the sky?
    ---
    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    answers: which-colour
    ---
    id: is-it-not-blue
    kind: question
    text: Is the sky not blue?
    restates: sky-is-blue    # <- mixed-restatement
    ---
    id: blue-indeed
    kind: claim
    text: Blue indeed.
    answers: is-it-not-blue

Good:

    id: which-colour
    kind: question
    text: Which colour is the sky?
    ---
    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    answers: which-colour
    ---
    id: what-colour-is-heaven
    kind: question
    text: What colour is heaven?
    restates: which-colour
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.linting.scope import STRUCTURE
from kb.mentions import mentions
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

SEVERITY = "error"
READS = STRUCTURE
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Compare the kinds of what is joined."""
    for relation in mentions(debate).relations["restates"]:
        node, target = debate.nodes[relation.node], debate.nodes.get(relation.to)
        if target is None or not debate.rejected.isdisjoint({node.id, target.id}):
            continue
        if (node.kind == QUESTION) != (target.kind == QUESTION):
            message = f"the {node.kind} `{node.id}` cannot restate the {target.kind} `{target.id}`"
            help_text = "a statement `answers` a question; a question about a point `replies_to` it"
            yield Problem(relation.target_place(), message, help_text, node.id)
