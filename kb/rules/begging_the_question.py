"""A reason says what it is a reason for.

Whoever doubts the conclusion doubts such a premise as well, so the step convinces nobody, yet the map shows a point with a
reason. Say what in truth speaks for it, or remove the step. The rule finds linked premises and premises of arguments that
`restates` makes one with the conclusion, and reasons in the words of the conclusion; words that add nothing ("clearly",
"therefore") do not hide it. Checkers of argument maps usually compare ids only.

Bad:

    id: wall-is-sound
    kind: claim
    text: The harbour wall is sound.
    ---
    id: plainly-sound
    kind: claim
    text: Clearly, the harbour wall really is sound.
    supports: wall-is-sound    # <- begging-the-question

Bad:

    id: wall-is-sound
    kind: claim
    text: The harbour wall is sound.
    ---
    id: wall-can-be-trusted
    kind: claim
    text: One can trust the wall at the harbour.
    restates: wall-is-sound
    ---
    id: survey-found-no-cracks
    kind: claim
    text: The last survey found no cracks.
    supports:
      - to: wall-is-sound
        with: [wall-can-be-trusted]    # <- begging-the-question

Good:

    id: wall-is-sound
    kind: claim
    text: The harbour wall is sound.
    ---
    id: cracks-would-show
    kind: claim
    text: Damage to the wall would show as cracks.
    ---
    id: survey-found-no-cracks
    kind: claim
    text: The last survey found no cracks.
    supports:
      - to: wall-is-sound
        with: [cracks-would-show]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.linting.scope import STRUCTURE
from kb.phrases import is_same_but_filler, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.finding import Place
    from kb.inference import Inference

SEVERITY = "warning"
READS = STRUCTURE | {"text", "kb.yaml"}
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Compare every premise with what it is to show."""
    known = phrases(debate.settings.language)
    nodes, points = debate.nodes, debate.points
    for step in debate.inferences:
        if step.kind == "supports":
            target = nodes[step.target]
            for premise in step.premises:
                if premise == target.id:
                    continue
                if points[premise] == points[target.id]:
                    if premise != step.node:  # else the relation itself joins a point to itself
                        yield _problem(debate, step, premise, "which is the same point as the conclusion")
                elif is_same_but_filler(nodes[premise].text, target.text, known):
                    yield _problem(debate, step, premise, "which says it in the same words")


def _problem(debate: Debate, step: Inference, premise: str, how: str) -> Problem:
    message = f"`{step.target}` is to be shown by `{premise}`, {how}"
    also = (
        (*debate.nodes[premise].place("text"), "the reason"),
        (*debate.nodes[step.target].place("text"), "the conclusion"),
    )
    help_text = "give a reason that somebody who doubts the conclusion could accept, or remove the step"
    return Problem(_place(debate, step, premise), message, help_text, step.node, also)


def _place(debate: Debate, step: Inference, premise: str) -> Place:
    """Where a step names a premise."""
    if premise in step.relation.premises:
        return step.relation.place("with", step.relation.premises.index(premise))
    listed = (entry.place() for entry in debate.nodes[step.node].premises if entry.id == premise)
    return next(listed, step.relation.target_place())
