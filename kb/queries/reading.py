"""How nodes fare when the debate is read by another semantics than the grounded one, and which of them hang on that choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.abstract.readings import NAMES, readings
from kb.evaluate import evaluate

if TYPE_CHECKING:
    from kb.debate import Debate

EVERY = "every"
CHOICES = (*NAMES, EVERY)
SETTLED = "settled"
_BOLD = ("preferred", "stable")
"""The semantics that decide more than the grounded one; what some complete extension has, some preferred one has."""


def reading(debate: Debate, node_id: str, semantics: str) -> str:
    """In how many extensions a node is, as a word; for `every` semantics whether it is settled, or on which its fate hangs.

    What is in or out by the grounded labelling is so under all of them. Empty for what has no verdict.
    """
    verdict = evaluate(debate).verdict(node_id)
    if verdict is None:
        return ""
    if semantics != EVERY:
        return _word(debate, node_id, semantics) or "no extension"
    if verdict != "undecided":
        return SETTLED
    words = {name: _word(debate, node_id, name) for name in _BOLD}
    return ", ".join(f"{word} {name}" if word else f"no {name} extension" for name, word in words.items())


def _word(debate: Debate, node_id: str, semantics: str) -> str:
    found = readings(debate, semantics)
    return "" if found is None else found[evaluate(debate).point_number(node_id)]
