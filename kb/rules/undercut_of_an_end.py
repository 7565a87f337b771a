"""An undercut denies an end of the step and not the step.

An undercut says that a reason does not bear on what it is given for, and leaves both standing. A node that denies the reason, or
what it is a reason for, speaks against that point itself: it should attack it. As an undercut it misses, since the point keeps
whatever else supports it; with both, one objection is counted twice. The rule finds nodes that undercut a step and attack or
contradict an end of it, and undercuts whose text is that of an end with a "not" in it. (To undercut an objection and also deny
what it is aimed at are two different things.)

Bad:

    id: fees-bring-books-back
    kind: claim
    text: Late fees bring books back on time.
    supports: fees-should-stay
    ---
    id: fees-should-stay
    kind: claim
    text: Late fees should stay.
    ---
    id: fees-change-nothing
    kind: objection
    text: Late fees do not bring books back on time.
    undercuts: fees-bring-books-back -> fees-should-stay    # <- undercut-of-an-end

Bad:

    id: fees-bring-books-back
    kind: claim
    text: Late fees bring books back on time.
    supports: fees-should-stay
    ---
    id: fees-should-stay
    kind: claim
    text: Late fees should stay.
    ---
    id: returns-are-as-late-elsewhere
    kind: objection
    text: In towns without fees books come back just as early.
    attacks: fees-bring-books-back
    undercuts: fees-bring-books-back -> fees-should-stay    # <- undercut-of-an-end

Good:

    id: fees-bring-books-back
    kind: claim
    text: Late fees bring books back on time.
    supports: fees-should-stay
    ---
    id: fees-should-stay
    kind: claim
    text: Late fees should stay.
    ---
    id: reminders-do-as-well
    kind: objection
    text: A reminder by letter brings them back as well and costs nobody anything.
    undercuts: fees-bring-books-back -> fees-should-stay
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.linting.scope import STRUCTURE
from kb.mentions import mentions
from kb.phrases import is_negation, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.inference import Inference
    from kb.model import Relation

SEVERITY = "warning"
READS = STRUCTURE | {"text", "kb.yaml"}
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Look at what every undercut says, and at what else its node denies."""
    undercuts = mentions(debate).relations["undercuts"]
    denied = _denials(debate, {relation.node for relation in undercuts})
    known = phrases(debate.settings.language)
    for relation in undercuts:
        inference = debate.inference_of(relation)
        if inference is None or inference.undercut is None or relation.node in debate.rejected:
            continue
        for end in _ends(debate.inferences[inference.undercut]):
            if (other := denied.get((relation.node, debate.points[end]))) is not None:
                yield _problem_of_both(relation, other, end)
                break
            if known and is_negation(debate.nodes[relation.node].text, debate.nodes[end].text, known):
                yield _problem_of_negation(debate, relation, end)
                break


def _denials(debate: Debate, nodes: set[str]) -> dict[tuple[str, str], Relation]:
    """What these nodes attack or contradict, by node and point."""
    points, relations = debate.points, mentions(debate).relations
    denials = {(r.node, points[r.to]): r for r in relations["attacks"] if r.node in nodes and r.to in points}
    for relation in relations["contradicts"]:
        if relation.to in points:
            denials[relation.node, points[relation.to]] = denials[relation.to, points[relation.node]] = relation
    return denials


def _ends(step: Inference) -> tuple[str, ...]:
    """The premises of a step, and what they are reasons for."""
    return (*step.premises, step.target) if step.kind == "supports" else step.premises


def _problem_of_both(relation: Relation, other: Relation, end: str) -> Problem:
    message = f"`{relation.node}` undercuts `{relation.to}` and {other.kind} its end `{end}`, which an undercut leaves standing"
    if other.node != relation.node:
        message = f"`{relation.node}` undercuts `{relation.to}`, whose end `{end}` it cannot hold together with"
    help_text = f"write `attacks: {end}` alone; what speaks against the step is an objection of its own"
    also = ((*other.target_place(), f"`{other.node}` {other.kind} `{other.to}`"),)
    return Problem(relation.target_place(), message, help_text, relation.node, also)


def _problem_of_negation(debate: Debate, relation: Relation, end: str) -> Problem:
    message = f"`{relation.node}` undercuts `{relation.to}` but denies its end `{end}` in so many words"
    also = ((*debate.nodes[end].place("text"), "what it denies"),)
    return Problem(relation.target_place(), message, f"write `attacks: {end}`", relation.node, also)
