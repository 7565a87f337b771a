"""A hedge stands both in the text and in the certainty.

"Perhaps the bridge is dear", said tentatively, is twice as weak as what was said, and whoever attacks the point attacks a mere
perhaps. A hedge of the speaker belongs to `certainty`, where stances are reckoned from it; one that is part of the content stays
in the text, and then the point is asserted.

Bad:

    id: bridge-is-dear
    kind: claim
    text: Perhaps the bridge costs more than the ferry.
    certainty: tentative    # <- doubled-hedge

Good:

    id: bridge-is-dear
    kind: claim
    text: The bridge costs more than the ferry.
    certainty: tentative
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.vocabulary import CERTAINTIES
from kb.wording import find_phrase, wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

SEVERITY = "info"
PROFILE = "pedantic"
READS = {"id", "text", "certainty", "kb.yaml"}
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Read the texts of what is only leaned to."""
    known = wording(debate.settings.language)
    if known is None:
        return
    for node in debate.nodes.values():
        if (
            CERTAINTIES[node.certainty].stance == "leans"
            and (hedge := find_phrase(node.text, known.hedges)) is not None
        ):
            message = f"`{node.id}` is {node.certainty} and says `{hedge}` as well"
            help_text = "take one of the two hedges away"
            also = ((*node.place("text"), "the text that hedges"),)
            yield Problem(node.place("certainty"), message, help_text, node.id, also)
