"""A relation leads to a kind of node that it cannot lead to.

Questions are answered and claims supported, not the other way round: a reason for a question is no reason for anything, and an answer
to a claim answers nothing. The verdict would be computed as if it were meant otherwise.

Bad:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    supports: which-colour    # <- wrong-target-kind
    ---
    id: which-colour
    kind: question
    text: Which colour is the sky?
    ---
    id: sky-is-green
    kind: claim
    text: The sky is green.
    answers: which-colour

Good:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    answers: which-colour
    ---
    id: which-colour
    kind: question
    text: Which colour is the sky?
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.linting.scope import STRUCTURE
from kb.mentions import mentions
from kb.vocabulary import KINDS, QUESTION, RELATIONS, a, either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.model import Relation
    from kb.vocabulary import RelationKind

SEVERITY = "error"
READS = STRUCTURE
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Compare the target of every relation with the table of relations."""
    for name, relations in sorted(mentions(debate).relations.items()):
        kind = RELATIONS[name]
        if name == "undercuts" or kind.targets >= KINDS.keys():
            continue
        for relation in relations:
            target = debate.nodes.get(relation.to)
            if target is not None and target.kind not in kind.targets and target.id not in debate.rejected:
                yield _problem(relation, kind, target.kind)


def _problem(relation: Relation, kind: RelationKind, target_kind: str) -> Problem:
    help_text = f"`{kind.name}` leads to {either(kind.targets)}"
    if target_kind == QUESTION:
        help_text += "; a position on a question `answers` it"
    elif kind.name == "answers":
        help_text += "; a reason for a point `supports` it"
    return Problem(relation.target_place(), f"`{relation.to}` is {a(target_kind)}", help_text, relation.node)
