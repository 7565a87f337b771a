"""A text opens with a word that stands for something said elsewhere.

On a page of its own, in a search result or as a box of a map, "This is too dear" says nothing: readers cannot tell what is too
dear, and who moves or merges points must guess. Name the thing. The rule finds openings such as "this", "they", "the latter" in
English and German; "it is clear that", "that people walk is", "those who walk" stand for nothing and are left alone.

Bad:

    id: too-dear
    kind: claim
    text: This costs more than the ferry ever did.    # <- bare-pronoun

Good:

    id: too-dear
    kind: claim
    text: A bridge costs more than the ferry ever did.
    ---
    id: true-of-any-town
    kind: claim
    text: It is true of any town that those who live by the river know its price.
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
        if (word := opening_phrase(node.text, known.pronouns)) is not None:
            message = f"the text of `{node.id}` opens with `{word}`, which stands for something said elsewhere"
            yield Problem(node.place("text"), message, "name what is meant", node.id)
