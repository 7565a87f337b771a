"""Moves and debts: each way to answer, who owes an answer, what is passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kb.contention.moves import moves
from kb.disagreements import disagreements
from kb.queries.participants import owed_moves
from tests.stories import story

if TYPE_CHECKING:
    from kb.contention.rows import Disagreement

CLAIM = """
    id: c
    kind: claim
    text: The river will rise.
    source: talk ann-1
"""
OBJECTION = """
    ---
    id: dam
    kind: objection
    text: The dam holds it back.
    source: talk bob-1
    attacks: c
"""


def says(name: str, where: str, relation: str, kind: str = "reply") -> str:
    """Another node for the thread."""
    return f"""
    ---
    id: {name}
    kind: {kind}
    text: That is what I say about it.
    source: talk {where}
    {relation}
"""


def replies(text: str, move: str = "dam") -> tuple[str, ...]:
    """The replies to a move by those who owe one."""
    return moves(story(text)).by_node[move].answered_by


def row(text: str, node_id: str = "c") -> Disagreement:
    return next(d for d in disagreements(story(text)) if d.id == node_id)


# -- what asks for an answer -------------------------------------------------------------------------------------------


def test_an_attack_is_put_to_whoever_holds_its_target() -> None:
    text = CLAIM + OBJECTION + says("yes", "cleo-1", "concedes: c")
    move = moves(story(text)).by_node["dam"]
    assert (set(move.makers), move.targets, set(move.owed_by)) == ({"bob"}, ("c",), {"ann", "cleo"})


def test_an_undercut_is_put_to_who_made_the_step_and_who_holds_its_conclusion() -> None:
    step = says("rain", "cleo-1", "supports: c", "claim")
    text = CLAIM + step + says("drained", "bob-1", "undercuts: rain -> c", "objection")
    move = moves(story(text)).by_node["drained"]
    assert (set(move.targets), set(move.owed_by)) == ({"c", "rain"}, {"ann", "cleo"})


def test_an_undercut_of_an_objection_is_put_to_the_objector_alone() -> None:
    text = CLAIM + OBJECTION + says("thin", "cleo-1", "undercuts: dam -> c", "objection")
    assert moves(story(text)).by_node["thin"].owed_by == {"bob"}


def test_whom_a_point_is_attributed_to_owes_an_answer() -> None:
    text = CLAIM + "    attributed_to: cleo\n" + OBJECTION
    assert moves(story(text)).by_node["dam"].owed_by == {"cleo"}
    assert replies(text + says("not-me", "cleo-2", "disowns: c")) == ("not-me",)


@pytest.mark.parametrize(
    "objection",
    [
        OBJECTION.replace("bob-1", "ann-2"),
        OBJECTION + "    certainty: arguendo\n",
        OBJECTION + "    certainty: mentioned\n",
        OBJECTION + "    attributed_to: cleo\n",
        OBJECTION.replace("    source: talk bob-1\n", ""),
        OBJECTION + says("gone", "bob-2", "retracts: dam"),
        OBJECTION + says("granted", "bob-2", "concedes: c"),
        OBJECTION.replace("attacks: c", "contradicts: c"),
    ],
    ids=["own", "supposed", "mentioned", "attributed", "record", "retracted", "maker-accepts", "contradiction"],
)
def test_what_asks_nobody_for_an_answer(objection: str) -> None:
    assert "dam" not in moves(story(CLAIM + objection)).by_node


def test_a_question_is_put_to_whom_it_responds_to_else_to_everybody_else_there() -> None:
    question = says("how", "bob-1", "replies_to: c", "question")
    assert moves(story(CLAIM + question)).by_node["how"].owed_by == {"ann"}
    assert moves(story(CLAIM + question.replace("replies_to: c", "topic: talk"))).by_node["how"].owed_by == {
        "ann",
        "cleo",
    }


# -- each way to answer ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        says("answer", "ann-2", "concedes: dam"),
        says("answer", "ann-2", "concedes: {to: dam, part: true}"),
        says("answer", "ann-2", "attacks: dam", "objection"),
        says("answer", "ann-2", "undercuts: dam -> c", "objection"),
        says("answer", "ann-2", "qualifies: dam", "claim"),
        says("answer", "ann-2", "replies_to: dam"),
        says("answer", "ann-2", "retracts: c"),
        says("answer", "ann-2", "dissolves: c"),
        says("answer", "ann-2", "dissolves: dam"),
    ],
    ids=["concedes", "in-part", "attacks", "undercuts", "qualifies", "replies", "retracts", "dissolves", "only-words"],
)
def test_each_way_to_answer(answer: str) -> None:
    assert replies(CLAIM + OBJECTION) == ()
    assert replies(CLAIM + OBJECTION + answer) == ("answer",)


def test_an_undercut_is_answered_at_the_step_it_makes() -> None:
    text = CLAIM + says("rain", "ann-1", "supports: c", "claim")
    cut = says("drained", "bob-1", "undercuts: {to: rain -> c, id: cut}", "objection")
    assert replies(text + cut + says("not-so", "ann-2", "undercuts: cut", "objection"), "drained") == ("not-so",)
    assert replies(text + cut + says("gone", "ann-2", "retracts: rain"), "drained") == ("gone",)


def test_a_question_is_answered_by_an_answer_or_by_accepting_one() -> None:
    text = CLAIM + says("how", "bob-1", "replies_to: c", "question")
    assert replies(text, "how") == ()
    assert replies(text + says("so", "ann-2", "answers: how", "claim"), "how") == ("so",)
    own = says("so", "bob-2", "answers: how", "claim")
    assert replies(text + own, "how") == ()
    assert replies(text + own + says("right", "ann-3", "concedes: so"), "how") == ("right",)


@pytest.mark.parametrize("relation", ["attacks: thick", "concedes: thick", "undercuts: thick -> dam"])
def test_a_reply_to_a_reason_for_it_answers_a_move(relation: str) -> None:
    reason = says("thick", "bob-1", "supports: dam", "claim")
    kind = "reply" if relation.startswith("concedes") else "objection"
    assert replies(CLAIM + OBJECTION + reason + says("answer", "ann-2", relation, kind)) == ("answer",)


def test_a_reply_to_a_premise_linked_with_it_answers_a_move() -> None:
    linked = OBJECTION.replace("attacks: c", "attacks: {to: c, with: thick}")
    premise = says("thick", "bob-1", "topic: talk", "claim")
    assert replies(CLAIM + linked + premise + says("answer", "ann-2", "attacks: thick", "objection")) == ("answer",)


def test_a_reply_to_what_restates_it_answers_a_move() -> None:
    again = says("again", "cleo-1", "restates: dam", "objection")
    assert replies(CLAIM + OBJECTION + again + says("answer", "ann-2", "attacks: again", "objection")) == ("answer",)


@pytest.mark.parametrize("relation", ["supports: dam", "in_context_of: dam", "sense_of: dam", "restates: dam"])
def test_what_is_no_answer(relation: str) -> None:
    assert replies(CLAIM + OBJECTION + says("other", "ann-2", relation, "claim")) == ()


def test_only_what_comes_later_answers() -> None:
    text = CLAIM + OBJECTION.replace("bob-1", "bob-2")
    assert replies(text + says("before", "ann-2", "attacks: dam", "objection")) == ()
    assert replies(text + says("after", "ann-3", "attacks: dam", "objection")) == ("after",)


def test_only_the_side_it_targets_answers() -> None:
    assert replies(CLAIM + OBJECTION + says("outsider", "cleo-2", "attacks: dam", "objection")) == ()
    assert replies(CLAIM + OBJECTION + says("oneself", "bob-2", "attacks: dam", "objection")) == ()


@pytest.mark.parametrize("relation", ["concedes: leaks", "restates: leaks", "supports: leaks"])
def test_who_accepts_what_a_third_party_said_against_a_move_has_answered_it(relation: str) -> None:
    """Cleo's answer is not Ann's until Ann makes it hers."""
    thirds = CLAIM + OBJECTION + says("leaks", "cleo-2", "attacks: dam", "objection")
    kind = "reply" if relation.startswith("concedes") else "claim"
    assert replies(thirds) == ()
    assert replies(thirds + says("mine", "ann-3", relation, kind)) == ("mine",)


def test_accepting_a_point_before_anybody_turned_it_against_a_move_is_no_answer() -> None:
    leaks = says("leaks", "cleo-1", "topic: talk", "claim") + says("yes", "ann-2", "concedes: leaks")
    turned = says("turned", "cleo-3", "supports: leaks\n    attacks: dam", "claim")
    assert replies(CLAIM + OBJECTION + leaks + turned) == ()


def test_an_undercut_of_another_step_of_a_reason_is_no_answer() -> None:
    text = CLAIM + OBJECTION + says("thick", "bob-1", "supports: [dam, strong]", "claim")
    text += says("strong", "bob-1", "topic: talk", "claim")
    assert replies(text + says("no", "ann-2", "undercuts: thick -> strong", "objection")) == ()
    assert replies(text + says("no", "ann-2", "undercuts: thick -> dam", "objection")) == ("no",)


def test_giving_up_a_point_in_other_words_gives_it_up() -> None:
    again = says("again", "ann-1", "restates: c", "claim")
    assert replies(CLAIM + again + OBJECTION + says("gone", "ann-2", "retracts: again")) == ("gone",)


def test_the_last_reply_counts_not_one_made_before_the_move() -> None:
    """Ann doubted Bob's reason before he built his objection on it, and answers the objection itself later."""
    text = CLAIM + says("thick", "bob-1", "supports: dam", "claim") + OBJECTION.replace("bob-1", "bob-2")
    text += says("is-it", "ann-2", "replies_to: thick")
    assert replies(text) == ()
    assert replies(text + says("leaks", "ann-3", "attacks: dam", "objection")) == ("leaks",)


def test_what_is_only_supposed_or_was_taken_back_does_not_answer() -> None:
    supposed = says("suppose", "ann-2", "attacks: dam", "objection") + "    certainty: arguendo\n"
    assert replies(CLAIM + OBJECTION + supposed) == ()
    answer = says("answer", "ann-2", "attacks: dam", "objection")
    assert replies(CLAIM + OBJECTION + answer + says("gone", "ann-3", "retracts: answer")) == ()


# -- debts -------------------------------------------------------------------------------------------------------------


def test_the_side_that_did_not_answer_owes() -> None:
    found = row(CLAIM + OBJECTION)
    assert (found.unanswered, found.passed_over, found.owed_by) == (("dam",), (), ("ann",))


def test_an_answer_that_is_a_move_turns_the_debt_round() -> None:
    found = row(CLAIM + OBJECTION + says("leak", "ann-2", "attacks: dam", "objection"))
    assert (found.unanswered, found.passed_over, found.owed_by) == (("leak",), (), ("bob",))


def test_when_both_sides_owe_the_one_that_did_not_speak_last_does_and_the_rest_is_passed_over() -> None:
    """Bob objects twice; Ann answers the second objection and lets the first lie."""
    text = CLAIM + OBJECTION + says("dry", "bob-2", "attacks: c", "objection")
    found = row(text + says("it-rained", "ann-3", "attacks: dry", "objection"))
    assert (found.unanswered, found.passed_over, found.owed_by) == (("it-rained",), ("dam",), ("bob",))


def test_who_speaks_last_speaks_for_their_side() -> None:
    """Cleo, who holds the claim with Ann, answers one of Bob's objections and lets the other lie."""
    text = CLAIM + says("yes", "cleo-1", "concedes: c") + OBJECTION + says("dry", "bob-2", "attacks: c", "objection")
    found = row(text + says("it-rained", "cleo-3", "attacks: dry", "objection"))
    assert (found.unanswered, found.passed_over, found.owed_by) == (("it-rained",), ("dam",), ("bob",))


def test_when_only_the_side_that_spoke_last_owes_nothing_is_passed_over() -> None:
    found = row(CLAIM + OBJECTION + says("rain", "ann-2", "supports: c", "claim"))
    assert (found.unanswered, found.passed_over, found.owed_by) == (("dam",), (), ("ann",))


def test_a_settled_row_owes_nothing() -> None:
    rivals = """
    id: q
    kind: question
    text: Will it rise or sink?
    exclusive: true
"""
    text = rivals + "    ---" + CLAIM + "    answers: q\n" + says("sink", "bob-1", "answers: q", "claim")
    text += says("dry", "bob-1", "attacks: c", "objection")
    assert row(text, "q").owed_by == ("ann",)
    found = row(text + says("words", "ann-2", "dissolves: q"), "q")
    assert (found.state, found.unanswered, found.owed_by) == ("terminological", (), ())


def test_everybody_on_the_side_owes_and_any_of_them_may_answer() -> None:
    """Cleo holds the claim, too; Bob's objection is to a reason of Ann's."""
    text = CLAIM + says("yes", "cleo-1", "concedes: c") + says("rain", "ann-2", "supports: c", "claim")
    text += says("no", "bob-1", "attacks: c", "objection") + says("dry", "bob-2", "attacks: rain", "objection")
    text += says("why", "ann-3", "replies_to: no")
    assert row(text).owed_by == ("ann", "cleo")
    answered = row(text + says("it-was-not", "cleo-3", "attacks: dry", "objection"))
    assert "dry" not in answered.unanswered


def test_a_move_is_listed_where_its_makers_face_whom_it_targets() -> None:
    """What Cleo holds against Ann about the mill is no debt of Ann's towards Bob."""
    text = (
        """
    id: q
    kind: question
    text: Will it rise or sink?
    exclusive: true
    ---"""
        + CLAIM
        + "    answers: q\n"
        + says("sink", "bob-1", "answers: q", "claim")
    )
    text += says("mill", "ann-1", "supports: c", "claim") + says("old", "cleo-1", "attacks: mill", "objection")
    assert row(text, "q").unanswered == ("old",)
    part = says("turns", "ann-2", "replies_to: mill", "question").replace(
        "replies_to", "exclusive: true\n    replies_to"
    )
    part = part.replace("    source: talk ann-2\n", "") + says("fast", "ann-2", "answers: turns", "claim")
    part += says("slow", "cleo-2", "answers: turns\n    attacks: fast", "objection")
    assert row(text + part, "turns").unanswered == ("slow",)
    assert row(text + part, "q").unanswered == ("old",)


def test_a_question_nobody_answered_is_owed_an_answer() -> None:
    question = says("how", "bob-1", "replies_to: c", "question")
    found = row(CLAIM + question, "how")
    assert (found.state, found.unanswered, found.owed_by) == ("unanswered", ("how",), ("ann",))


def test_a_participant_owes_the_moves_put_to_them() -> None:
    debate = story(CLAIM + OBJECTION + says("dry", "cleo-1", "attacks: c", "objection"))
    assert owed_moves(debate, "ann") == ("dam", "dry")
    assert owed_moves(debate, "bob") == owed_moves(debate, "cleo") == ()
