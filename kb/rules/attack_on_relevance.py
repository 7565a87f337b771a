"""An attack only says that something does not follow.

"That does not follow" and "beside the point" leave a claim as true as it was: they speak against a step, not against its ends. As
an attack they turn the claim out, whatever else supports it; as an undercut they take away the one reason they are about. The
rule finds texts of one sentence that say so in common English or German phrases, where there is a step that can be meant. Maps
that know support and attack only have no place for this difference.

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

from collections import defaultdict
from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.linting.scope import STRUCTURE
from kb.mentions import mentions
from kb.phrases import is_about_relevance, only_denies_relevance, phrases
from kb.vocabulary import ARGUMENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kb.debate import Debate
    from kb.model import Relation
    from kb.phrases import Phrases

SEVERITY = "warning"
READS = STRUCTURE | {"text", "kb.yaml"}
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Read the texts of all attacks; where one only denies that something follows, look for the step that is meant."""
    known = phrases(debate.settings.language)
    suspects = [
        attack for attack in mentions(debate).relations["attacks"] if known and _is_suspect(debate, attack, known)
    ]
    steps = _steps_by_point(debate) if suspects else {}
    for attack in suspects:
        meant = steps.get(debate.points[attack.to], ())
        if meant:
            yield _problem(attack, meant)


def _is_suspect(debate: Debate, attack: Relation, phrases: Phrases) -> bool:
    """Whether an attack only denies that something follows, and its target is not itself about that."""
    target = debate.nodes.get(attack.to)
    if target is None or target.kind == ARGUMENT or attack.node in debate.rejected:
        return False  # to attack an argument is to undercut it
    return only_denies_relevance(debate.nodes[attack.node].text, phrases) and not is_about_relevance(
        target.text, phrases
    )


def _steps_by_point(debate: Debate) -> Mapping[str, Sequence[Relation]]:
    """For each point the steps that an attack on it can be meant for: reasons for it, or what it is a reason for."""
    steps: dict[str, list[Relation]] = defaultdict(list)
    for step in mentions(debate).relations["supports"]:
        for end in (step.node, step.to, *step.premises):
            if end in debate.points:
                steps[debate.points[end]].append(step)
    return steps


def _problem(attack: Relation, steps: Sequence[Relation]) -> Problem:
    message = f"`{attack.node}` attacks `{attack.to}` but only says that something does not follow"
    named = " or ".join(f"`undercuts: {step.id or f'{step.node} -> {step.to}'}`" for step in steps[:3])
    also = tuple((*step.target_place(), f"`{step.node}` supports `{step.to}`") for step in steps[:3])
    return Problem(attack.target_place(), message, f"write {named}", attack.node, also)
