"""Somebody grants a reason and denies what it is for, and leaves it at that.

It may be outweighed, so this is no contradiction; but a reader would like to know whether the reason does not bear on the matter
(an undercut) or bears on it and is outweighed. Where nobody says so, the disagreement cannot be narrowed down. Steps with several
premises are left to `denied-conclusion`.

Bad:

    id: zoos-educate
    kind: claim
    text: Zoos teach children about animals.
    by: ada
    supports: zoos-should-stay
    ---
    id: zoos-should-stay
    kind: claim
    text: Zoos should stay open.
    by: ada
    ---
    id: they-do-educate
    kind: reply
    text: Children do learn there.
    by: bo
    concedes: zoos-educate
    ---
    id: animals-suffer
    kind: objection
    text: Animals suffer in zoos.
    by: bo
    attacks: zoos-should-stay    # <- granted-reasons
    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo

Good:

    id: zoos-educate
    kind: claim
    text: Zoos teach children about animals.
    by: ada
    supports: zoos-should-stay
    ---
    id: zoos-should-stay
    kind: claim
    text: Zoos should stay open.
    by: ada
    ---
    id: they-do-educate
    kind: reply
    text: Children do learn there.
    by: bo
    concedes: zoos-educate
    ---
    id: animals-suffer
    kind: objection
    text: Animals suffer in zoos.
    by: bo
    attacks: zoos-should-stay
    ---
    id: suffering-weighs-more
    kind: objection
    text: What animals suffer weighs more than what children learn.
    by: bo
    undercuts: zoos-educate -> zoos-should-stay
    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.granting import granting
from kb.linting.scope import STRUCTURE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

SEVERITY = "info"
PROFILE = "pedantic"
READS = STRUCTURE
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Look for people who hold the only premise of a step, and deny what it is a reason for."""
    steps = [s for s in debate.inferences if s.kind == "supports" and len(s.premises) == 1 and not s.relation.strict]
    for denial, step, participant in granting(debate).inconsistent_denials(steps):
        message = f"`{participant}` accepts `{step.premises[0]}`, denies `{step.target}`, and says nothing of the step"
        also = ((*step.relation.target_place(), f"`{step.node}` is a reason for `{step.target}`"),)
        help_text = f"if they say why it fails, or is outweighed, add that as an undercut of `{step.name}`"
        yield Problem(denial.target_place(), message, help_text, denial.node, also)
