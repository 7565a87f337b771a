"""An attack only says that something does not follow.

"That does not follow" and "beside the point" leave a claim as true as it was: they speak against a step, not against its ends. As an
attack they turn the claim out, whatever else supports it; as an undercut they take away the one reason they are about. Found are texts
of one sentence that say so in common English or German phrases, where there is a step that can be meant. Maps that know
support and attack only have no place for this difference.

Bad:

    id: sales-rose
    kind: claim
    text: Sales rose after the poster went up.
    supports: poster-works
    ---
    id: poster-works
    kind: claim
    text: The poster sells the book.
    ---
    id: no-such-inference
    kind: objection
    text: From the rise of the sales it does not follow that the poster was its cause.
    attacks: poster-works    # <- attack-on-relevance

Good:

    id: sales-rose
    kind: claim
    text: Sales rose after the poster went up.
    supports: poster-works
    ---
    id: poster-works
    kind: claim
    text: The poster sells the book.
    ---
    id: no-such-inference
    kind: objection
    text: From the rise of the sales it does not follow that the poster was its cause.
    undercuts: sales-rose -> poster-works
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.mentions import mentions
from kb.phrases import is_about_relevance, only_denies_relevance, phrases
from kb.vocabulary import ARGUMENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.model import Relation

SEVERITY = "warning"


def check(debate: Debate) -> Iterator[Problem]:
    """Read the texts of all attacks; where one only denies that something follows, look for the step that is meant."""
    known = phrases(debate.settings.language)
    if known is None:
        return
    for relation in mentions(debate).relations["attacks"]:
        target = debate.nodes.get(relation.to)
        if target is None or target.kind == ARGUMENT or relation.node in debate.rejected:
            continue  # an attack on an argument is an undercut of it
        if only_denies_relevance(debate.nodes[relation.node].text, known) and not is_about_relevance(
            target.text, known
        ):
            steps = _steps(debate, relation)
            if steps:
                yield _problem(relation, steps)


def _steps(debate: Debate, attack: Relation) -> list[Relation]:
    """The steps that an attack can be meant for: reasons for its target, or what its target is a reason for."""
    ends = {attack.to, *debate.restatements[debate.points[attack.to]]}
    return [r for r in mentions(debate).relations["supports"] if not ends.isdisjoint({r.node, r.to, *r.premises})]


def _problem(attack: Relation, steps: list[Relation]) -> Problem:
    message = f"`{attack.node}` attacks `{attack.to}` but only says that something does not follow"
    named = " or ".join(f"`undercuts: {step.id or f'{step.node} -> {step.to}'}`" for step in steps[:3])
    also = tuple((*step.target_place(), f"`{step.node}` is a reason for it") for step in steps[:3])
    return Problem(attack.target_place(), message, f"write {named}", attack.node, also)
