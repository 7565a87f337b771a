"""Somebody holds two points that cannot hold together.

The editors say that the points contradict each other, or the question says that its answers exclude each other; yet one
participant put both forward and took neither back. Either they changed their mind and the map does not say so (add a reply that
`retracts` or `concedes`), or the points can hold together after all, or the contradiction is theirs and somebody should have
pointed it out. The finding shows both points. Argument mapping tools at best compare what is marked as contrary; here it is a
matter of who holds what, and when.

Bad:

    id: lamps-prevent-crime
    kind: claim
    text: Street lamps prevent crime.
    by: ada
    contradicts: crime-ignores-light    # <- accepted-contradiction
    ---
    id: crime-ignores-light
    kind: claim
    text: How much crime there is does not depend on light.
    by: ada
    ## participants/ada.yaml
    name: Ada

Good:

    id: lamps-prevent-crime
    kind: claim
    text: Street lamps prevent crime.
    by: ada
    contradicts: crime-ignores-light
    ---
    id: crime-ignores-light
    kind: claim
    text: How much crime there is does not depend on light.
    by: ada
    ---
    id: figures-were-wrong
    kind: reply
    text: The figures from the first winter were wrong, so light may matter after all.
    by: ada
    retracts: crime-ignores-light
    ## participants/ada.yaml
    name: Ada
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.linting.scope import STRUCTURE
from kb.mentions import mentions
from kb.standing.acts import HOLDS, authors
from kb.standing.stances import stances
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.debate import Debate
    from kb.finding import Place
    from kb.model import Relation

SEVERITY = "warning"
READS = STRUCTURE
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Look for participants who put both of two rivals forward; then ask what they hold now."""
    yield from _contradiction_problems(debate)
    yield from _exclusive_answer_problems(debate)


def _contradiction_problems(debate: Debate) -> Iterator[Problem]:
    """Ask who holds both ends of a contradiction."""
    points = debate.points
    for relation in mentions(debate).relations["contradicts"]:
        one, other = relation.node, relation.to
        if other in points and points[one] != points[other]:
            for participant in sorted(authors(debate, one) & authors(debate, other)):
                if _holds(debate, participant, one) and _holds(debate, participant, other):
                    relation_text = "which contradict each other"
                    yield _problem(debate, participant, (one, other), relation.target_place(), relation_text)


def _exclusive_answer_problems(debate: Debate) -> Iterator[Problem]:
    """Ask who holds several answers to a question that takes but one."""
    for (question, participant), answers in _exclusive_answers(debate).items():
        if len({debate.points[answer] for answer in answers}) > 1:
            held = [answer for answer in answers if _holds(debate, participant, answer)]
            for answer in held[1:]:
                if debate.points[answer] != debate.points[held[0]]:
                    relation_text = f"which exclude each other as answers to `{question}`"
                    yield _problem(
                        debate, participant, (answer, held[0]), answers[answer].target_place(), relation_text
                    )


def _exclusive_answers(debate: Debate) -> Mapping[tuple[str, str], dict[str, Relation]]:
    """The answers to every exclusive question by who puts them forward, each with the relation that says what it answers."""
    answers: dict[tuple[str, str], dict[str, Relation]] = defaultdict(dict)
    for relation in mentions(debate).relations["answers"]:
        question = debate.nodes.get(relation.to)
        if question is not None and question.kind == QUESTION and debate.admits_one(question.id):
            for speaker in debate.speakers(relation.node):
                answers[debate.canonical_question(question.id), speaker].setdefault(relation.node, relation)
    return answers


def _holds(debate: Debate, participant: str, node_id: str) -> bool:
    """Whether somebody holds a point to this day, other than by granting it to those who did before."""
    stances_of_debate = stances(debate)
    return stances_of_debate.now(node_id).get(participant) in HOLDS and not any(
        act.kind == "concedes" and act.participant == participant for act in stances_of_debate.acts(node_id)
    )


def _problem(debate: Debate, participant: str, ends: tuple[str, str], place: Place, relation_text: str) -> Problem:
    message = f"`{participant}` holds both `{ends[0]}` and `{ends[1]}`, {relation_text}"
    also = tuple((*debate.nodes[end].place("text"), f"`{participant}` holds `{end}`") for end in ends)
    help_text = "add a reply that retracts the one given up, or say how both can hold"
    return Problem(place, message, help_text, ends[0], also)
