"""A text speaks in the voice of its speaker.

"I think the bridge is dear" is true as soon as somebody thinks so, and becomes another claim when another speaker restates it.
Who says it is said by `by` and `source`, how firmly by `certainty`; the text is the point itself. The rule finds "I think", "in
my view" and the like in English and German, except in quotations.

Bad:

    id: bridge-is-dear
    kind: claim
    text: I believe the bridge costs more than the ferry.    # <- first-person

Good:

    id: bridge-is-dear
    kind: claim
    text: The bridge costs more than the ferry.
    certainty: tentative
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.wording import find_phrase, wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

SEVERITY = "info"
PROFILE = "pedantic"
READS = {"id", "text", "kb.yaml"}
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Listen to every text."""
    known = wording(debate.settings.language)
    if known is None:
        return
    for node in debate.nodes.values():
        if (said := find_phrase(node.text, known.voice)) is not None:
            message = f"the text of `{node.id}` says `{said}` instead of the point itself"
            help_text = "leave it out: `by` says who holds the point, `certainty` how firmly"
            yield Problem(node.place("text"), message, help_text, node.id)
