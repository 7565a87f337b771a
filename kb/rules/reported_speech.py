"""A text reports what a participant says.

"Ada says that the bridge is dear" is true whatever the bridge costs: who denies that it is dear does not deny this, and the
verdict is about Ada. Put down the point itself; `by` and `source` say whose it is, `attributed_to` whom the speaker takes to hold
it. The rule finds names of participants at the start, with an English or German verb of saying or thinking. Where it is contested
who said what, an `allow` says so.

Bad:

    id: bridge-is-dear
    kind: claim
    text: Ada argues that the bridge costs more than the ferry.    # <- reported-speech
    by: ada
    ## participants/ada.yaml
    name: Ada

Good:

    id: bridge-is-dear
    kind: claim
    text: The bridge costs more than the ferry.
    by: ada
    ## participants/ada.yaml
    name: Ada
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.wording import opening_phrase, wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.debate import Debate

SEVERITY = "info"
PROFILE = "pedantic"
READS = {"id", "text", "kb.yaml", "participants/"}
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """See who is named at the start of a text, and what they are told to do."""
    known = wording(debate.settings.language)
    if known is None:
        return
    names = _names_by_first_word(debate)
    for node in debate.nodes.values():
        for name in names.get(node.text.partition(" ")[0], ()):
            if node.text.startswith(f"{name} ") and opening_phrase(node.text[len(name) + 1 :], known.reports):
                message = f"the text of `{node.id}` reports what {name} says instead of saying it"
                help_text = "state the point; `by`, `source` and `attributed_to` say whose it is"
                yield Problem(node.place("text"), message, help_text, node.id)
                break


def _names_by_first_word(debate: Debate) -> Mapping[str, list[str]]:
    """What participants are called, by the first word of it."""
    names: dict[str, list[str]] = {}
    for participant in debate.participants.values():
        for name in dict.fromkeys((participant.name, participant.id)):
            names.setdefault(name.partition(" ")[0], []).append(name)
    return names
