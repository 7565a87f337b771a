"""A question of the editors has no answer.

Such a question heads a disagreement: its answers are the positions. Without any, a reader finds a headline and nothing under it. (A question
that a participant put and nobody took up is part of the debate, and `kb open` lists it.)

Bad:

    id: which-colour
    kind: question    # <- unanswered-question
    text: Which colour is the sky?

Good:

    id: which-colour
    kind: question
    text: Which colour is the sky?
    ---
    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    answers: which-colour
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

SEVERITY = "warning"
READS = STRUCTURE | {"rejected"}
LOCAL_WHILE_CLEAN = True

_TAKE_UP = ("answers", "attacks", "dissolves", "replies_to", "sense_of", "qualifies")
"""Relations that take a question up: a position, a rejection, a response, a reading, a narrower question."""


def check(debate: Debate) -> Iterator[Problem]:
    """Look for what takes every question of the record up."""
    asked = [node for node in debate.nodes.values() if node.kind == QUESTION and not node.citations and not node.by]
    if not asked or any(relation.to not in debate.nodes for relation in mentions(debate).relations["answers"]):
        return  # an answer that leads nowhere may be the one that is missing
    taken_up = {
        debate.points[relation.to]
        for kind in _TAKE_UP
        for relation in mentions(debate).relations[kind]
        if relation.to in debate.points
    }
    for node in asked:
        if debate.points[node.id] not in taken_up and node.id not in debate.rejected and not debate.rejected:
            message = f"nothing answers the question `{node.id}`"
            help_text = f"add `answers: {node.id}` to the positions on it; if a participant asks it, add `source`"
            yield Problem(node.place("kind"), message, help_text, node.id)
