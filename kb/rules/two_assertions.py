"""A text makes more than one assertion.

An objection to one of them counts against both, whoever grants one seems to grant both, and a reason hidden in a text cannot be
undercut. Make each a node of its own; if one is a reason for the other, let it support it. The rule finds a second sentence, a
semicolon between clauses, and a conclusion drawn within the text ("and therefore", ", so") in English and German; two contrasted
halves of one point may deserve an `allow`.

Bad:

    id: bridge-is-dear
    kind: claim
    text: The bridge is dear, and therefore the ferry should stay.    # <- two-assertions
    ---
    id: bridge-is-ugly
    kind: claim
    text: The bridge is ugly. It would cast a shadow on the market.    # <- two-assertions

Good:

    id: bridge-is-dear
    kind: claim
    text: The bridge is dear.
    supports: ferry-should-stay
    ---
    id: ferry-should-stay
    kind: claim
    text: The ferry, i.e. the boat of Dr. Weiss, should stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.vocabulary import ARGUMENT
from kb.wording import assertion_joints, wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

SEVERITY = "info"
PROFILE = "pedantic"
READS = {"id", "kind", "text", "kb.yaml"}
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Look for the joints of every text; an argument's text may well run from premise to conclusion."""
    known = wording(debate.settings.language)
    if known is None:
        return
    for node in debate.nodes.values():
        joint = next(assertion_joints(node.text, known), None) if node.kind != ARGUMENT else None
        if joint is not None:
            message = f"the text of `{node.id}` makes more than one assertion: {joint}"
            help_text = "make each a node of its own, with a relation if one is a reason for the other"
            yield Problem(node.place("text"), message, help_text, node.id)
