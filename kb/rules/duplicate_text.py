"""Two nodes say the same in the same words.

One point would count twice, its objections would hang on one copy only, and readers would follow two threads that are one. Use one
node for both, or, where different people say it, let one `restates` the other. Case, spaces and punctuation do not matter. (A reason
that says the same as its conclusion is for *begging-the-question* to find.)

Bad:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    ---
    id: the-sky-is-blue
    kind: claim
    text: The sky is blue!    # <- duplicate-text

Good:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    ---
    id: the-sky-is-blue
    kind: claim
    text: The sky is blue!
    restates: sky-is-blue
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.linting.letters import letters
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.model import Node

SEVERITY = "warning"
READS = {"id", "kind", "text", "restates", "supports"}
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Compare all texts, letters and digits only; a question and a statement never say the same."""
    first: dict[tuple[str, bool], str] = {}
    for node in debate.nodes.values():
        compared_text = letters(node.text)
        if not compared_text:
            continue
        earlier = first.setdefault((compared_text, node.kind == QUESTION), node.id)
        if earlier != node.id and debate.points[earlier] != debate.points[node.id]:
            if _is_reason_for(node, earlier) or _is_reason_for(debate.nodes[earlier], node.id):
                continue
            also = ((*debate.nodes[earlier].place("text"), "the same text"),)
            message = f"`{node.id}` says the same as `{earlier}` in the same words"
            yield Problem(node.place("text"), message, f"keep one, or add `restates: {earlier}`", node.id, also)


def _is_reason_for(node: Node, other: str) -> bool:
    """Whether a node is given as a reason for another."""
    return other in node.targets("supports")
