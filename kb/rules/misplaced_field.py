"""A field stands where it has no meaning.

Only an argument lists premises, only a question can be exclusive, only a concession can be partial, and a question is asked, not
asserted with some certainty or weight. What such a field was meant to say goes unread, so the point is not what its editor thinks it is.

Bad:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    premises: [light-scatters]    # <- misplaced-field
    ---
    id: light-scatters
    kind: claim
    text: Air scatters blue light more than red.

Bad:

    id: which-colour
    kind: question
    text: Which colour is the sky?
    certainty: tentative    # <- misplaced-field
    weight: 0.4    # <- misplaced-field
    ---
    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    exclusive: true    # <- misplaced-field
    answers:
      - to: which-colour
        with: [light-scatters]    # <- misplaced-field
    ---
    id: light-scatters
    kind: claim
    text: Air scatters blue light more than red.
    supports: sky-is-blue

Bad:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    exclusive: true    # <- misplaced-field

Good:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.

Good:

    id: which-colour
    kind: question
    text: Which colour is the sky?
    exclusive: true
    ---
    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    answers: which-colour
    ---
    id: light-scatters
    kind: claim
    text: Air scatters blue light more than red.
    supports: sky-is-blue
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.linting.scope import STRUCTURE
from kb.reading.remedies import EntryRemoval
from kb.vocabulary import ARGUMENT, FIELD_KINDS, NEUTRAL, QUESTION, RELATIONS, STEP_FIELDS, a

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.model import Node, Record, Relation

SEVERITY = "error"
FIX = "unsafe"
READS = STRUCTURE | {"weight"}
LOCAL = True

_INSTEAD = {
    "premises": "only an argument lists `premises`; link them with `with` on the relation",
    "scheme": "name the `scheme` on the relation it describes",
    "exclusive": "only the answers to a question can be exclusive",
    "certainty": "a question is asked, not asserted",
    "weight": "a question is neither strong nor weak; its answers may be",
    "stands_alone": "only a point can stand without its reasons",
}
"""What to do instead, for the fields that not every kind of node has."""

_BARE = {"certainty", "stands_alone", "exclusive", "part", "strict", "weight"}
"""Fields that name nothing else of the debate."""


def check(debate: Debate) -> Iterator[Problem]:
    """Compare the fields of nodes and relations with what they are."""
    for node in debate.nodes.values():
        if node.id in debate.rejected:
            continue
        if _may_be_misplaced(node):
            yield from _node_problems(node)
        for relation in node.relations:
            if relation.premises or relation.part or relation.strict or relation.weight is not None or relation.scheme:
                yield from _relation_problems(node, relation)


def _may_be_misplaced(node: Node) -> bool:
    """A first look that most nodes pass: none of these fields, or a kind that has them all."""
    return bool(
        node.premises or node.scheme or node.exclusive or node.stands_alone or node.kind == QUESTION,
    )


def _node_problems(node: Node) -> Iterator[Problem]:
    written = {
        "premises": bool(node.premises),
        "scheme": node.scheme is not None,
        "exclusive": node.exclusive,
        "certainty": node.certainty != "asserted",
        "weight": node.weight is not None,
        "stands_alone": node.stands_alone,
    }
    for name, kinds in FIELD_KINDS.items():
        if written[name] and node.kind not in kinds:
            message = f"`{name}` has no meaning on {a(node.kind)}"
            yield _problem(node, node.id, name, message, _INSTEAD[name])


def _relation_problems(node: Node, relation: Relation) -> Iterator[Problem]:
    if relation.part and relation.kind != "concedes":
        message = f"`part` has no meaning on `{relation.kind}`"
        yield _problem(relation, node.id, "part", message, "only `concedes` can be partial")
    if node.kind == ARGUMENT and relation.premises:
        help_text = "list it under `premises` of the argument"
        yield _problem(relation, node.id, "with", "`with` has no meaning on an argument", help_text)
    if RELATIONS[relation.kind].polarity == NEUTRAL:
        values = (relation.premises, relation.strict, relation.weight is not None, relation.scheme)
        for name, value in zip(STEP_FIELDS, values, strict=True):
            if value:
                help_text = (
                    "it describes a step for or against something; remove it, or name the relation that is meant"
                )
                message = f"`{name}` has no meaning on `{relation.kind}`"
                yield _problem(relation, node.id, name, message, help_text)


def _problem(record: Record, owner: str, name: str, message: str, help_text: str) -> Problem:
    """A field at the wrong place; one that only says yes, or how much, can go without anything being lost."""
    remedy = EntryRemoval(f"remove `{name}`", record.file, record.at, (name,), safe=False) if name in _BARE else None
    return Problem(record.key_place(name), message, help_text, owner, remedy=remedy)
