"""A question offers a choice, but nothing keeps its answers apart.

Different people answer "is it this or that?" differently, yet nothing says that their answers cannot both hold: no dispute comes
of it, and both stand unchallenged. If only one can be right, set `exclusive: true` on the question, or let the answers attack or
contradict each other; if several can, ask "what".

Bad:

    id: ship-or-rail
    kind: question    # <- compatible-answers
    text: Is the freight to go by ship or by rail?
    ---
    id: by-ship
    kind: claim
    text: The freight should go by ship.
    by: ada
    answers: ship-or-rail
    ---
    id: by-rail
    kind: claim
    text: Rail is the way to send it.
    by: bo
    answers: ship-or-rail
    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo

Good:

    id: ship-or-rail
    kind: question
    text: Is the freight to go by ship or by rail?
    exclusive: true
    ---
    id: by-ship
    kind: claim
    text: The freight should go by ship.
    by: ada
    answers: ship-or-rail
    ---
    id: by-rail
    kind: claim
    text: Rail is the way to send it.
    by: bo
    answers: ship-or-rail
    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.linting.scope import STRUCTURE
from kb.mentions import mentions
from kb.phrases import offers_a_choice, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.debate import Debate

SEVERITY = "info"
PROFILE = "pedantic"
READS = STRUCTURE | {"text", "kb.yaml", "rejected"}
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Look at the answers of questions that offer a choice."""
    known = phrases(debate.settings.language)
    if known is None or debate.rejected:
        return
    opposed = _opposed_points(debate)
    for question, answers in debate.answers.items():
        node = debate.nodes[question]
        if (
            debate.canonical_question(question) != question
            or debate.admits_one(question)
            or not offers_a_choice(node.text, known)
        ):
            continue
        own = {debate.points[a]: frozenset(debate.speakers(a)) for a in answers if debate.speakers(a)}
        if len(set(own.values())) > 1 and not any(other in own for point in own for other in opposed.get(point, ())):
            named = ", ".join(f"`{answer}`" for answer in own)
            message = f"`{question}` asks for one of several things, but nothing keeps its answers apart: {named}"
            help_text = "add `exclusive: true`, let the answers attack each other, or ask what there is besides"
            yield Problem(node.place("kind"), message, help_text, question)


def _opposed_points(debate: Debate) -> Mapping[str, set[str]]:
    """What each point attacks or contradicts."""
    opposed: dict[str, set[str]] = defaultdict(set)
    for kind in ("attacks", "contradicts"):
        for relation in mentions(debate).relations[kind]:
            if relation.to in debate.points:
                opposed[debate.points[relation.node]].add(debate.points[relation.to])
    return opposed
