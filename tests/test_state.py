"""Why a disagreement is in its state: a sentence for every row of the table, and those for points about which nobody disagrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from kb.catalogue import catalogue_for
from kb.disagreements import disagreements
from kb.queries.state import undisputed_phrase, why
from kb.queries.telling import NodeMention, plain_text, render_part
from kb.vocabulary import STATES
from tests.maps import debates
from tests.stories import story
from tests.test_disagreements import ASKED, ATTRIBUTED, CLAIM, DENIAL, OTHER, QUESTION, READINGS, act

if TYPE_CHECKING:
    from kb.debate import Debate

GRANTED = act("mill", "bob-3", "concedes: at-the-mill") + act("spring", "ann-3", "concedes: at-the-spring")
AGAINST = act("not-so", "bob-2", "attacks: rise").replace("reply", "objection")
SIDE_BY_SIDE = QUESTION.replace("    exclusive: true\n", "")
REFUTED = "".join(
    act(f"not-{answer}", f"{who}-2", f"attacks: {answer}").replace("reply", "objection")
    + act(f"still-{answer}", f"{other}-3", f"attacks: not-{answer}").replace("reply", "objection")
    for answer, who, other in (("rise", "cleo", "ann"), ("sink", "ann", "bob"), ("flood", "bob", "cleo"))
)
"""Each of three answers denied by somebody who gave another, each denial answered."""
FLOOD = """
    ---
    id: flood
    kind: claim
    text: It will rise, then sink.
    source: talk cleo-1
    answers: q
"""
SENTENCES = {
    QUESTION: ("open", "the sides never answered one another; nothing on record decides between them."),
    QUESTION + AGAINST: (
        "open",
        "the sides still stand against each other; on the record so far `sink` holds, but that rests on something that not every side accepts.",
    ),
    SIDE_BY_SIDE + FLOOD + REFUTED: (
        "open",
        "the sides still stand against each other; on the record so far `rise`, `sink` and `flood` all hold; nothing rules out any.",
    ),
    CLAIM + DENIAL: (
        "open",
        "the sides still stand against each other; on the record so far nothing of it holds, but that rests on something that not every side accepts.",
    ),
    ATTRIBUTED: (
        "open",
        "Bob has neither claimed nor disowned what they are taken to hold; the sides never answered one another.",
    ),
    CLAIM + DENIAL + act("granted", "ann-2", "concedes: dam"): (
        "decided",
        "the sides still stand against each other; by what all of them accept `c` does not hold.",
    ),
    QUESTION + act("gone", "bob-2", "retracts: sink"): (
        "conceded",
        "Bob no longer holds `sink`; only Ann holds `rise`.",
    ),
    CLAIM + DENIAL + act("gone", "ann-2", "retracts: c"): ("conceded", "Ann no longer holds `c`."),
    CLAIM + DENIAL + act("yes", "bob-2", "concedes: c"): ("agreed", "Ann and Bob hold `c`."),
    QUESTION.partition("    ---\n    id: sink")[0] + act("yes", "bob-2", "concedes: rise"): (
        "agreed",
        "Ann and Bob hold `rise`; nobody holds a rival to it.",
    ),
    ATTRIBUTED + act("not-me", "bob-1", "disowns: sink"): (
        "misread",
        "Bob disowned `sink`, having only been taken to hold it.",
    ),
    QUESTION + act("words", "ann-2", "dissolves: q"): (
        "terminological",
        "Ann finds only words in it (`words`); nobody on another side denies that.",
    ),
    QUESTION + READINGS + GRANTED: ("terminological", "every side accepts each of the readings that were told apart."),
    ASKED + OTHER: ("unanswered", "Ann asked it, and nobody else answered it or accepted an answer."),
}


@pytest.mark.parametrize("text", SENTENCES)
def test_the_sentence_of_every_way_to_be_in_a_state(text: str) -> None:
    debate = story(text)
    found = disagreements(debate)[0]
    assert (found.state, plain_text(why(debate, found))) == SENTENCES[text]


def test_every_state_has_a_sentence_here() -> None:
    assert {state for state, _ in SENTENCES.values()} == set(STATES)


@pytest.mark.parametrize(
    ("text", "node", "sentence"),
    [
        (QUESTION, "q", None),
        (QUESTION, "rise", "It belongs to `q`."),
        (SIDE_BY_SIDE, "q", "its answers stand side by side: `rise` (Ann) and `sink` (Bob)."),
        (SIDE_BY_SIDE.partition("    ---\n    id: sink")[0] + OTHER, "q", "its one answer is `rise` (Ann)."),
        (ASKED.replace("    source: talk ann-1\n", "") + OTHER, "q", "it has no answer on record."),
        (SIDE_BY_SIDE, "rise", "Nobody disagrees about it."),
    ],
)
def test_what_is_said_of_a_node_that_is_no_disagreement_itself(text: str, node: str, sentence: str | None) -> None:
    said = undisputed_phrase(story(text), node)
    assert (plain_text(said) if said is not None else None) == (
        sentence
        if sentence is None or sentence[0].isupper()
        else f"Nothing on record is in dispute about this question itself; {sentence}"
    )


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(debates())
def test_every_sentence_says_something_about_nodes_there_are(debate: Debate) -> None:
    for found in disagreements(debate):
        sentence = why(debate, found)
        assert len(plain_text(sentence)) > len("agreed.")
        assert {part.id for part in render_part(sentence, catalogue_for()) if isinstance(part, NodeMention)} <= set(
            debate.nodes
        )
        assert not plain_text(sentence).startswith((" ", ","))
