"""Somebody grants all the premises of a step and denies its conclusion.

Linked premises are given as a reason that is complete: who grants each of them owes a word on why the conclusion does not follow,
else the reader sees a denial with nothing behind it. An undercut of the step by them is that word; if a premise was granted only
in part, say so (`part: true`). The rule looks at steps with two premises or more and steps marked `strict`, since a single reason
may well be outweighed by another (`granted-reasons` looks at those). Tools that check the coherence of a person's views ask for a
vote on each claim; here the record tells.

Bad:

    id: museum-is-for-all
    kind: claim
    text: The museum belongs to all citizens.
    by: ada
    supports:
      - to: entry-should-be-free
        with: [fees-keep-some-away]
    ---
    id: fees-keep-some-away
    kind: claim
    text: Entrance fees keep some citizens away.
    by: ada
    ---
    id: entry-should-be-free
    kind: claim
    text: Entry to the museum should be free.
    by: ada
    ---
    id: both-granted
    kind: reply
    text: It belongs to all, and the fee keeps some of them away.
    by: bo
    concedes: [museum-is-for-all, fees-keep-some-away]
    ---
    id: entry-should-cost
    kind: objection
    text: Visitors should pay for the museum.
    by: bo
    attacks: entry-should-be-free    # <- denied-conclusion
    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo

Good:

    id: museum-is-for-all
    kind: claim
    text: The museum belongs to all citizens.
    by: ada
    supports:
      - to: entry-should-be-free
        with: [fees-keep-some-away]
    ---
    id: fees-keep-some-away
    kind: claim
    text: Entrance fees keep some citizens away.
    by: ada
    ---
    id: entry-should-be-free
    kind: claim
    text: Entry to the museum should be free.
    by: ada
    ---
    id: both-granted
    kind: reply
    text: It belongs to all, and the fee keeps some of them away.
    by: bo
    concedes: [museum-is-for-all, fees-keep-some-away]
    ---
    id: entry-should-cost
    kind: objection
    text: Visitors should pay for the museum.
    by: bo
    attacks: entry-should-be-free
    ---
    id: passes-for-the-poor
    kind: objection
    text: A free pass for those who cannot pay would open the doors to them, too.
    by: bo
    undercuts: museum-is-for-all -> entry-should-be-free
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
READS = STRUCTURE
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Look for people who hold every premise of a complete step, and deny what it shows."""
    steps = [s for s in debate.inferences if s.kind == "supports" and (len(s.premises) > 1 or s.relation.strict)]
    for denial, step, participant in granting(debate).inconsistent_denials(steps):
        named = " and ".join(f"`{premise}`" for premise in step.premises)
        message = f"`{participant}` accepts {named} and denies what they show together, `{step.target}`"
        if len(step.premises) == 1:
            message = f"`{participant}` accepts {named} and denies what it shows strictly, `{step.target}`"
        also = ((*step.relation.target_place(), f"`{step.node}` is a reason for `{step.target}`"),)
        help_text = f"add the undercut of `{step.name}` by which they resist it, or mark what is granted only in part"
        yield Problem(denial.target_place(), message, help_text, denial.node, also)
