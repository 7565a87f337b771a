"""Disagreements: a thread for every state of the table, and for every sentence on what belongs to one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from kb.contention.contests import contests
from kb.disagreements import disagreements
from kb.evaluate import evaluate
from kb.vocabulary import STATES
from tests.conftest import read
from tests.ladder.debates import check_contests
from tests.maps import debates
from tests.stories import CAST, story

if TYPE_CHECKING:
    from kb.contention.rows import Disagreement
    from kb.debate import Debate

QUESTION = """
    id: q
    kind: question
    text: Will the river rise or sink?
    exclusive: true
    ---
    id: rise
    kind: claim
    text: It will rise.
    source: talk ann-1
    answers: q
    ---
    id: sink
    kind: claim
    text: It will sink.
    source: talk bob-1
    answers: q
"""
CLAIM = """
    id: c
    kind: claim
    text: The river will rise.
    source: talk ann-1
"""
DENIAL = """
    ---
    id: dam
    kind: objection
    text: The dam holds it back.
    source: talk bob-1
    attacks: c
"""


def act(name: str, where: str, relation: str) -> str:
    """A reply that does one thing."""
    return f"""
    ---
    id: {name}
    kind: reply
    text: That is what I say.
    source: talk {where}
    {relation}
"""


def rows(text: str, more: str = "") -> dict[str, Disagreement]:
    """All disagreements of a thread by id."""
    return {d.id: d for d in disagreements(story(text, more))}


def state(text: str, node_id: str = "q") -> str | None:
    """The state of one disagreement; None if there is none."""
    found = rows(text).get(node_id)
    return found.state if found is not None else None


# -- the table of states, row by row -----------------------------------------------------------------------------------


def test_terminological_once_a_side_finds_only_words_and_nobody_opposite_denies_it() -> None:
    dissolved = QUESTION + act("words", "ann-2", "dissolves: q")
    denied = act("more-than-words", "bob-2", "attacks: words").replace("reply", "objection")
    assert state(dissolved) == "terminological"
    assert state(dissolved + denied) == "open"
    assert state(dissolved + denied + act("all-right", "bob-3", "concedes: words")) == "terminological"


def test_only_somebody_on_a_side_dissolves_and_only_somebody_opposite_prevents_it() -> None:
    """Cleo holds neither answer: her verdict on the dispute is hers alone."""
    assert state(QUESTION + act("words", "cleo-1", "dissolves: q")) == "open"
    denied = act("more-than-words", "cleo-2", "attacks: words").replace("reply", "objection")
    assert state(QUESTION + act("words", "ann-2", "dissolves: q") + denied) == "terminological"


def test_a_dissolution_that_was_taken_back_dissolves_nothing() -> None:
    text = QUESTION + act("words", "ann-2", "dissolves: q")
    assert state(text + act("more-after-all", "ann-3", "retracts: words")) == "open"


READINGS = """
    ---
    id: at-the-mill
    kind: claim
    text: At the mill the river will rise.
    source: talk ann-2
    sense_of: rise
    ---
    id: at-the-spring
    kind: claim
    text: At the spring the river will rise.
    source: talk bob-2
    sense_of: rise
"""


def test_terminological_once_readings_are_told_apart_and_every_side_accepts_each() -> None:
    both = act("mill", "bob-3", "concedes: at-the-mill") + act("spring", "ann-3", "concedes: at-the-spring")
    assert state(QUESTION + READINGS + both) == "terminological"
    assert state(QUESTION + READINGS + act("mill", "bob-3", "concedes: at-the-mill")) == "open"


def test_one_reading_that_both_accept_leaves_the_other_in_dispute() -> None:
    one = READINGS.partition("---\n    id: at-the-spring")[0]
    assert state(QUESTION + one + act("mill", "bob-3", "concedes: at-the-mill")) == "open"


ATTRIBUTED = """
    id: q
    kind: question
    text: Will the river rise or sink?
    exclusive: true
    ---
    id: rise
    kind: claim
    text: It will rise.
    source: talk ann-1
    answers: q
    ---
    id: sink
    kind: claim
    text: Bob says it will sink.
    source: talk ann-1
    attributed_to: bob
    answers: q
"""


def test_misread_once_everybody_on_a_side_disowned_what_was_attributed_to_them() -> None:
    assert state(ATTRIBUTED) == "open"
    assert state(ATTRIBUTED + act("not-me", "bob-1", "disowns: sink")) == "misread"


def test_answers_to_one_question_asked_twice_are_rivals() -> None:
    again = """
    id: q
    kind: question
    text: Will the river rise or sink?
    exclusive: true
    source: talk ann-1
    ---
    id: q-again
    kind: question
    text: Which way will the river go?
    source: talk cleo-1
    restates: q
    ---
    id: rise
    kind: claim
    text: It will rise.
    source: talk ann-2
    answers: q
    ---
    id: sink
    kind: claim
    text: It will sink.
    source: talk bob-1
    answers: q-again
"""
    found = rows(again)
    assert [(i, d.state, [s.position for s in d.sides]) for i, d in found.items()] == [("q", "open", ["sink", "rise"])]
    debate = story(again)
    assert {evaluate(debate).verdict(n) for n in ("rise", "sink")} == {"undecided"}


def test_who_denies_what_was_attributed_to_them_never_held_it() -> None:
    assert state(ATTRIBUTED + act("wrong", "bob-1", "attacks: sink")) == "misread"
    assert state(ATTRIBUTED + act("unsure", "bob-1", "concedes: {to: sink, part: true}")) == "open"
    held = act("i-do", "cleo-1", "concedes: sink")
    assert state(ATTRIBUTED + act("not-me", "bob-1", "disowns: sink") + held) == "open"


def test_agreed_once_everybody_who_has_a_stance_accepts_the_same_answer() -> None:
    given_up = QUESTION + act("gone", "bob-2", "retracts: sink")
    assert state(given_up + act("yes", "bob-2", "concedes: rise")) == "agreed"
    assert state(CLAIM + DENIAL + act("yes", "bob-2", "concedes: c"), "c") == "agreed"


def test_not_agreed_while_two_hold_rivals_besides_the_answer_they_share() -> None:
    both = """
    ---
    id: neither
    kind: claim
    text: It stays as it is.
    by: [ann, bob]
    answers: q
    """
    assert state(QUESTION + both) == "open"
    assert state(QUESTION + both + act("gone", "bob-2", "retracts: sink")) == "agreed"


def test_agreed_is_also_an_answer_that_two_hold_and_nobody_rivals() -> None:
    alone = QUESTION.partition("    ---\n    id: sink")[0]
    assert rows(alone) == {}
    shared = rows(alone + act("yes", "bob-2", "concedes: rise"))["q"]
    assert (shared.state, shared.settled) == ("agreed", True)
    assert [(s.position, s.participants) for s in shared.sides] == [("rise", ("ann", "bob"))]


def test_conceded_once_at_most_one_side_still_has_a_holder() -> None:
    assert state(QUESTION + act("gone", "bob-2", "retracts: sink")) == "conceded"
    assert state(CLAIM + DENIAL + act("gone", "bob-2", "retracts: dam"), "c") is None
    assert state(CLAIM + DENIAL + act("gone", "ann-2", "retracts: c"), "c") == "conceded"


def test_a_concession_in_part_settles_nothing() -> None:
    assert state(QUESTION + act("partly", "bob-2", "concedes: {to: rise, part: true}")) == "open"
    assert state(CLAIM + DENIAL + act("partly", "ann-2", "concedes: {to: dam, part: true}"), "c") == "open"


def test_decided_once_what_all_sides_accept_decides_it() -> None:
    """Ann still holds her claim, but granted the objection to it."""
    text = CLAIM + DENIAL
    assert state(text, "c") == "open"
    assert state(text + act("granted", "ann-2", "concedes: dam"), "c") == "decided"


def test_who_denied_what_was_attributed_to_them_before_a_rival_was_said_disagrees_with_nobody() -> None:
    denied = act("not-so", "bob-1", "attacks: sink").replace("reply", "objection")
    late = ATTRIBUTED.replace("It will rise.\n    source: talk ann-1", "It will rise.\n    source: talk cleo-2")
    assert rows(late + denied) == {}
    assert rows(late + denied.replace("bob-1", "bob-3")).keys() == {"q"}


def test_a_position_that_was_only_attributed_waits_for_its_holder() -> None:
    against = act("not-so", "cleo-1", "attacks: sink").replace("reply", "objection")
    granted = act("ann-grants", "ann-2", "concedes: not-so")
    assert state(ATTRIBUTED + against + granted) == "open"


ASKED = """
    id: q
    kind: question
    text: Will the river rise?
    source: talk ann-1
"""
OTHER = """
    ---
    id: other
    kind: claim
    text: The mill is old.
    source: talk bob-1
"""
ANSWER = """
    ---
    id: yes
    kind: claim
    text: It will.
    source: talk {where}
    answers: q
"""


def test_unanswered_is_a_question_nobody_else_answered_nor_accepted_an_answer_to() -> None:
    assert state(ASKED + OTHER) == "unanswered"
    assert state(ASKED + OTHER + ANSWER.format(where="ann-2")) == "unanswered"
    assert state(ASKED + OTHER + ANSWER.format(where="bob-2")) is None
    accepted = ANSWER.format(where="ann-2") + act("right", "bob-2", "concedes: yes")
    assert state(ASKED + OTHER + accepted) == "agreed"


def test_an_editors_question_waits_for_nobody() -> None:
    assert state(ASKED.replace("    source: talk ann-1\n", "") + OTHER) is None


def test_a_question_one_answers_oneself_where_nobody_else_speaks_waits_for_nobody() -> None:
    def essay(answered: bool) -> str:
        answer = "---\nid: yes\nkind: claim\ntext: It will.\nsource: essay p2\nanswers: q\n" if answered else ""
        debate = read(
            f"{CAST}## sources/essay.yaml\ntitle: An essay\npassages:\n  - {{id: p1, by: ann}}\n  - {{id: p2, by: ann}}\n"
            f"## talk/thread.yaml\nid: q\nkind: question\ntext: Will the river rise?\nsource: essay p1\n{answer}"
            "---\nid: other\nkind: claim\ntext: The mill is old.\nby: bob\n"
        ).debate
        return ", ".join(d.state for d in disagreements(debate))

    assert essay(answered=False) == "unanswered"
    assert essay(answered=True) == ""


def test_open_is_the_rest() -> None:
    assert state(QUESTION) == "open"
    assert state(CLAIM + DENIAL, "c") == "open"


def test_every_state_of_the_table_has_a_story_here() -> None:
    text = Path(__file__).read_text("utf-8")
    assert [name for name in STATES if f'== "{name}"' not in text] == []


# -- what makes a disagreement -----------------------------------------------------------------------------------------


def test_one_person_alone_does_not_disagree() -> None:
    assert rows(QUESTION.replace("bob-1", "ann-2")) == {}
    assert rows(CLAIM + DENIAL.replace("bob-1", "ann-2")) == {}


def test_answers_that_are_no_rivals_are_no_disagreement() -> None:
    assert rows(QUESTION.replace("exclusive: true", "exclusive: false")) == {}


@pytest.mark.parametrize("relation", ["contradicts: rise", "attacks: rise"])
def test_answers_that_contradict_or_attack_each_other_are_rivals(relation: str) -> None:
    text = QUESTION.replace("exclusive: true", "exclusive: false") + f"    {relation}\n"
    assert [(s.position, s.participants) for s in rows(text)["q"].sides] == [("rise", ("ann",)), ("sink", ("bob",))]


def test_who_holds_an_answer_only_after_its_rival_was_given_up_disagrees_with_nobody() -> None:
    late = QUESTION.replace("talk bob-1", "talk bob-3") + act("gone", "ann-2", "retracts: rise")
    assert rows(late) == {}
    assert state(late.replace("ann-2", "ann-3").replace("bob-3", "bob-2")) == "conceded"


def test_a_question_one_puts_and_another_rejects_is_a_disagreement() -> None:
    rejected = OTHER.replace("claim", "objection") + "    attacks: q\n"
    found = rows(ASKED + rejected)["q"]
    assert found.state == "open"
    assert [(s.position, s.participants) for s in found.sides] == [("q", ("ann",)), ("other", ("bob",))]
    assert state(ASKED + rejected + act("granted", "ann-2", "concedes: other")) == "decided"
    assert state(ASKED + rejected + act("never-mind", "ann-2", "retracts: q")) == "conceded"


def test_nodes_that_contradict_are_a_disagreement_named_after_the_earlier() -> None:
    text = CLAIM + DENIAL.replace("attacks", "contradicts").replace("objection", "claim")
    found = rows(text)["c"]
    assert [(s.position, s.participants) for s in found.sides] == [("c", ("ann",)), ("dam", ("bob",))]
    assert rows(text.replace("ann-1", "ann-2")).keys() == {"dam"}


def test_what_contradicts_an_answer_without_being_one_is_a_side_of_the_question() -> None:
    alone = QUESTION.partition("    ---\n    id: sink")[0]
    found = rows(alone + DENIAL.replace("attacks: c", "contradicts: rise"))
    assert found.keys() == {"q"}
    assert (found["q"].state, found["q"].joined, found["q"].owed_by) == ("open", False, ())
    assert [(s.position, s.participants) for s in found["q"].sides] == [("rise", ("ann",)), ("dam", ("bob",))]


def test_answers_to_two_questions_that_contradict_are_sides_of_both() -> None:
    """What is said for the one belongs to its own question alone."""
    speed = """
    ---
    id: how-fast
    kind: question
    text: How fast does the river rise?
    ---
    id: not-at-all
    kind: claim
    text: Not at all.
    source: talk bob-1
    answers: how-fast
    contradicts: rise
    ---
    id: dry
    kind: claim
    text: It was dry.
    source: talk bob-2
    supports: not-at-all
"""
    found = rows(QUESTION.partition("    ---\n    id: sink")[0] + speed)
    sides = [("rise", ("ann",)), ("not-at-all", ("bob",))]
    assert {i: d.state for i, d in found.items()} == {"q": "open", "how-fast": "open"}
    assert [[(s.position, s.participants) for s in d.sides] for d in found.values()] == [sides, sides]
    assert set(found["q"].nodes) == {"q", "rise", "not-at-all"}
    assert set(found["how-fast"].nodes) == {"how-fast", "rise", "not-at-all", "dry"}


def test_a_question_attributed_to_somebody_is_theirs_to_defend() -> None:
    attributed = ASKED + "    attributed_to: cleo\n" + OTHER.replace("claim", "objection") + "    attacks: q\n"
    found = rows(attributed)["q"]
    assert [(s.position, s.participants) for s in found.sides] == [("q", ("cleo",)), ("other", ("bob",))]
    assert (found.state, found.owed_by) == ("open", ("cleo",))
    assert state(attributed + act("not-mine", "cleo-2", "disowns: q")) == "misread"


def test_who_builds_on_an_editors_question_disagrees_with_who_rejects_it() -> None:
    question = ASKED.replace("    source: talk ann-1\n", "") + "    ---" + CLAIM
    built = act("rain", "ann-2", "supports: {to: c, with: q}").replace("reply", "claim")
    found = rows(question + built + OTHER.replace("claim", "objection") + "    attacks: q\n")["q"]
    assert [(s.position, s.participants) for s in found.sides] == [("q", ("ann",)), ("other", ("bob",))]


@settings(max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(debates())
def test_what_is_contested_is_so_when_the_record_is_played_moment_by_moment(debate: Debate) -> None:
    check_contests(debate)


@settings(max_examples=300, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(debates())
def test_what_is_unanswered_was_asked_and_every_other_row_has_sides(debate: Debate) -> None:
    for row in disagreements(debate):
        assert all(side.members for side in row.sides)
        assert row.sides
        if row.state == "unanswered":
            assert contests(debate).is_asked_in_vain(row.id)
        elif row.state != "agreed":
            assert len(row.sides) > 1


def test_a_node_one_holds_and_another_denies_or_doubts_is_a_disagreement() -> None:
    assert rows(CLAIM + DENIAL).keys() == {"c"}
    doubted = """
    ---
    id: rain
    kind: claim
    text: It has rained.
    source: talk ann-1
    supports: c
"""
    cut = DENIAL.replace("attacks: c", "undercuts: rain -> c")
    assert rows(CLAIM + doubted + cut).keys() == {"c"}


# -- ids and parts -----------------------------------------------------------------------------------------------------


def test_what_answers_a_question_is_named_after_it_and_is_its_part() -> None:
    alone = QUESTION.partition("    ---\n    id: sink")[0]
    denied = DENIAL.replace("attacks: c", "attacks: rise")
    found = rows(alone + denied)
    assert found.keys() == {"q"}
    assert [(p.id, p.state) for p in found["q"].parts] == [("rise", "open")]
    assert [(s.position, s.participants) for s in found["q"].sides] == [("rise", ("ann",)), ("dam", ("bob",))]


def test_what_leads_to_a_disagreement_is_its_part_and_no_row() -> None:
    """Through reasons, objections, qualifications and replies."""
    reason = """
    ---
    id: rain
    kind: claim
    text: It has rained.
    source: talk ann-2
    {relation}
    ---
    id: dry
    kind: objection
    text: It was dry.
    source: talk bob-2
    attacks: rain
"""
    for relation in ("supports: c", "attacks: dam", "qualifies: c", "replies_to: dam", "undercuts: dam -> c"):
        found = rows(CLAIM + DENIAL + reason.format(relation=relation))
        assert found.keys() == {"c"}, relation
        assert "rain" in [p.id for p in found["c"].parts], relation
    apart = rows(CLAIM + DENIAL + reason.format(relation="in_context_of: c"))
    assert apart.keys() == {"c", "rain"}


def test_where_two_lead_to_each_other_the_earlier_gives_the_id() -> None:
    loop = CLAIM + "    attacks: dam\n" + DENIAL
    assert rows(loop).keys() == {"c"}
    assert rows(loop.replace("ann-1", "ann-3")).keys() == {"dam"}


def test_a_part_keeps_a_state_of_its_own() -> None:
    granted = act("granted", "ann-2", "concedes: dam")
    denied = act("thin", "cleo-2", "attacks: dam").replace("reply", "objection")
    found = rows(CLAIM + DENIAL + granted + denied)["c"]
    assert found.state == "open"
    assert [(p.id, p.state) for p in found.parts] == [("dam", "open")]


def test_main_questions_come_first_and_settled_ones_last() -> None:
    two = QUESTION + "    ---" + CLAIM + DENIAL
    assert list(rows(two)) == ["q", "c"]
    assert list(rows(two, "## kb.yaml\ntitle: A debate\nmain: c\n")) == ["c", "q"]
    assert list(rows(two + act("gone", "bob-2", "retracts: sink"))) == ["c", "q"]


# -- sides -------------------------------------------------------------------------------------------------------------


def test_a_side_is_the_holders_of_an_answer_with_what_they_say_for_it_and_against_its_rivals() -> None:
    more = """
    ---
    id: rain
    kind: claim
    text: It has rained.
    source: talk ann-2
    supports: rise
    ---
    id: no-snow
    kind: objection
    text: There was no snow.
    source: talk ann-3
    attacks: sink
    ---
    id: the-mill
    kind: claim
    text: The mill is old.
    source: talk ann-3
"""
    sides = {s.position: s for s in rows(QUESTION + act("yes", "cleo-1", "concedes: rise") + more)["q"].sides}
    assert (sides["rise"].participants, sides["rise"].nodes) == (("ann", "cleo"), ("rise", "yes", "rain", "no-snow"))
    assert (sides["sink"].participants, sides["sink"].nodes) == (("bob",), ("sink",))


def test_who_left_a_side_is_named_as_a_former_holder() -> None:
    found = rows(QUESTION + act("gone", "bob-2", "retracts: sink"))["q"]
    assert [(s.position, s.participants, s.former) for s in found.sides] == [
        ("rise", ("ann",), ()),
        ("sink", (), ("bob",)),
    ]


def test_who_denies_an_answer_and_holds_another_is_on_one_side_only() -> None:
    denied = DENIAL.replace("attacks: c", "attacks: rise")
    found = rows(QUESTION + denied)["q"]
    assert [(s.position, s.participants) for s in found.sides] == [("rise", ("ann",)), ("sink", ("bob",))]


def test_who_denies_each_others_answers_are_two_sides_even_if_both_could_hold() -> None:
    both = QUESTION.replace("exclusive: true", "exclusive: false") + DENIAL.replace("attacks: c", "attacks: rise")
    found = rows(both + act("no-mud", "ann-2", "attacks: sink").replace("reply", "objection"))["q"]
    assert found.state == "open"
    assert [(s.position, s.participants) for s in found.sides] == [("rise", ("ann",)), ("sink", ("bob",))]


def test_who_changed_sides_is_former_on_one_and_present_on_the_other() -> None:
    granted = act("granted", "bob-1", "concedes: c") + DENIAL.replace("bob-1", "bob-2")
    found = rows(CLAIM + granted)["c"]
    assert [(s.participants, s.former) for s in found.sides] == [(("ann",), ("bob",)), (("bob",), ())]
    mentioned = CLAIM + "    certainty: mentioned\n" + granted
    assert rows(mentioned) == {}
    found = rows(mentioned + act("no", "cleo-1", "attacks: c").replace("reply", "objection"))["c"]
    assert [(s.participants, s.former) for s in found.sides] == [((), ("bob",)), (("bob", "cleo"), ())]
    assert found.state == "conceded"


def test_whom_an_answer_is_attributed_to_is_its_side_until_they_disown_it() -> None:
    sides = {s.position: s for s in rows(ATTRIBUTED)["q"].sides}
    assert sides["sink"].participants == ("bob",)
    sides = {s.position: s for s in rows(ATTRIBUTED + act("not-me", "bob-1", "disowns: sink"))["q"].sides}
    assert (sides["sink"].participants, sides["sink"].former) == ((), ("bob",))


def test_many_answers_all_have_a_side() -> None:
    """More than are paired one by one; the last of Ann's many rivals is Bob's one answer."""
    answers = "".join(f"---\nid: a{k:03}\nkind: claim\ntext: A{k}.\nby: ann\nanswers: q\n" for k in range(100))
    text = f"{CAST}## talk/all.yaml\nid: q\nkind: question\ntext: Which?\nexclusive: true\n{answers}"
    debate = read(text + "---\nid: z\nkind: claim\ntext: Z.\nby: bob\nanswers: q\n").debate
    (row,) = disagreements(debate)
    assert (len(row.sides), row.state) == (101, "open")


def test_many_answers_are_in_dispute_while_any_two_of_them_are() -> None:
    """The first answer of either side was given up; the others stand against each other as before."""
    answers = [(f"a{k:03}", "ann") for k in range(100)] + [("y", "bob"), ("z", "bob")]
    nodes = [f"id: {n}\nkind: claim\ntext: {n}.\nby: {who}\nanswers: q\n" for n, who in answers]
    nodes += [f"id: not-{n}\nkind: reply\ntext: N.\nby: {w}\nretracts: {n}\n" for n, w in (answers[0], answers[100])]
    nodes.append("id: q\nkind: question\ntext: Which?\nexclusive: true\n")
    (row,) = disagreements(read(f"{CAST}## talk/all.yaml\n" + "---\n".join(nodes)).debate)
    assert (len(row.sides), row.state) == (102, "open")


def test_many_answers_were_in_dispute_if_two_of_them_once_were() -> None:
    """Ann and Bob took back what they differed about before Ann listed all the rest."""
    late = "".join(f"---\nid: a{k:03}\nkind: claim\ntext: A{k}.\nsource: talk ann-3\nanswers: q\n" for k in range(100))
    given_up = QUESTION + act("not-rise", "ann-2", "retracts: rise") + act("not-sink", "bob-2", "retracts: sink")
    found = rows(given_up, f"## talk/more.yaml{late[3:]}")["q"]
    assert found.state == "conceded"
    assert [(s.position, s.former) for s in found.sides] == [("rise", ("ann",)), ("sink", ("bob",))]


# -- joined ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "joined"),
    [
        ("", False),
        ("    contradicts: rise\n", False),
        ("    attacks: rise\n", True),
        ("    qualifies: rise\n", True),
        (act("well", "ann-2", "replies_to: sink"), True),
        (act("yes", "bob-2", "concedes: rise"), True),
    ],
    ids=["beside", "contradiction", "attack", "qualification", "reply", "concession"],
)
def test_sides_are_joined_once_one_responds_to_the_other(more: str, joined: bool) -> None:
    assert rows(QUESTION + more)["q"].joined is joined


def test_a_reason_of_one_side_that_the_other_attacks_joins_them() -> None:
    more = """
    ---
    id: rain
    kind: claim
    text: It has rained.
    source: talk ann-2
    supports: rise
    ---
    id: dry
    kind: objection
    text: That was elsewhere.
    source: talk bob-2
    undercuts: rain -> rise
"""
    assert rows(QUESTION + more)["q"].joined


# -- senses ------------------------------------------------------------------------------------------------------------


def test_different_senses_of_one_term_are_shown() -> None:
    text = QUESTION.replace(
        "answers: q\n    ---\n    id: sink", "answers: q\n    terms: rising/level\n    ---\n    id: sink"
    )
    term = "## terms/rising.yaml\nterm: rising\nsenses:\n  - {id: level, text: Up.}\n  - {id: speed, text: Faster.}\n"
    found = rows(text + "    terms: rising/speed\n", term)["q"]
    assert [(u.term, u.sense, u.participants) for u in found.senses] == [
        ("rising", "level", ("ann",)),
        ("rising", "speed", ("bob",)),
    ]
    assert rows(text + "    terms: rising/level\n", term)["q"].senses == ()
    both = text.replace("rising/level", "[rising/level, rising/speed]") + "    terms: [rising/speed, rising/level]\n"
    assert rows(both, term)["q"].senses == ()


def test_an_empty_debate_has_no_disagreements() -> None:
    assert disagreements(read("").debate) == ()


def test_who_is_only_taken_to_hold_an_answer_is_named_as_such() -> None:
    taken = rows(ATTRIBUTED)["q"]
    assert [(s.participants, s.attributed) for s in taken.sides] == [(("ann",), ()), (("bob",), ("bob",))]
    never = rows(ATTRIBUTED + act("not-me", "bob-1", "disowns: sink"))["q"]
    assert [(s.participants, s.former, s.attributed) for s in never.sides][1] == ((), ("bob",), ("bob",))


def test_a_question_that_is_said_to_restate_a_claim_stops_nobody() -> None:
    found = disagreements(
        read("""## participants/ann.yaml
name: Ann
## participants/bob.yaml
name: Bob
## kb.yaml
title: Skies
## t/nodes.yaml
id: sky-is-blue
kind: claim
text: The sky is blue.
by: ann
---
id: is-it-not-blue
kind: question
text: Is the sky not blue?
by: ann
restates: sky-is-blue
---
id: it-is-grey
kind: claim
text: It is grey.
by: bob
contradicts: sky-is-blue
""").debate
    )
    assert {row.id for row in found} >= {"is-it-not-blue"}
