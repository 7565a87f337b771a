"""Verdicts and statuses: a small thread for every row of the table of statuses, and for every clause of the conditions."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.evaluate import evaluate
from kb.vocabulary import STATUSES
from tests.conftest import cautious_verdict
from tests.stories import story

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
REPLY = """
    ---
    id: leak
    kind: objection
    text: The dam leaks.
    source: talk ann-2
    attacks: dam
"""
REASON = """
    ---
    id: rain
    kind: claim
    text: It has rained for days.
    source: talk ann-1
    supports: c
"""
BOB_GRANTS = """
    ---
    id: granted
    kind: reply
    text: Granted.
    source: talk bob-2
    concedes: {node}
"""
ANN_GRANTS = BOB_GRANTS.replace("bob-2", "ann-3").replace("granted", "ann-grants")
AGAIN = """
    ---
    id: again
    kind: claim
    text: There will be high water.
    source: talk cleo-1
    restates: c
"""
SUPPOSED = "    certainty: arguendo\n"


def told(text: str, node_id: str = "c") -> tuple[str | None, str | None]:
    """Verdict and status of a node of a thread."""
    evaluation = evaluate(story(text))
    return evaluation.verdict(node_id), evaluation.status(node_id)


# -- the table of statuses, row by row ---------------------------------------------------------------------------------


def test_a_question_has_neither_verdict_nor_status() -> None:
    question = """
    ---
    id: q
    kind: question
    text: Will the river rise?
    source: talk bob-1
    """
    assert told(CLAIM + question, "q") == (None, None)


@pytest.mark.parametrize("relation", ["concedes", "retracts", "disowns", "dissolves", "replies_to"])
def test_a_reply_that_only_acts_has_neither(relation: str) -> None:
    reply = f"""
    ---
    id: reply
    kind: reply
    text: I will leave it at that.
    source: talk ann-2
    {relation}: c
"""
    assert told(CLAIM + reply, "reply") == (None, None)
    assert told(CLAIM + reply + "    certainty: arguendo\n", "reply") == (None, None)


@pytest.mark.parametrize(
    ("kind", "relation", "status"),
    [
        ("objection", "attacks: granted", ("out", "unanswered")),
        ("claim", "supports: granted", ("in", "unchallenged")),
        ("claim", "qualifies: granted", (None, None)),
        ("claim", "replies_to: granted", (None, None)),
    ],
)
def test_a_reply_that_only_acts_has_both_once_something_is_for_or_against_it(
    kind: str, relation: str, status: tuple[str | None, str | None]
) -> None:
    more = f"""
    ---
    id: more
    kind: {kind}
    text: Not so fast.
    source: talk cleo-2
    {relation}
    """
    assert told(CLAIM + BOB_GRANTS.format(node="c") + more, "granted") == status


def test_supposed_for_arguments_sake_has_no_verdict() -> None:
    assert told(CLAIM + SUPPOSED + OBJECTION) == (None, "supposed")


@pytest.mark.parametrize(
    "text",
    [
        CLAIM + "    certainty: mentioned\n" + OBJECTION,
        CLAIM + "    attributed_to: bob\n" + OBJECTION.replace("bob-1", "cleo-1"),
        CLAIM + REASON + ANN_GRANTS.format(node="c").replace("concedes", "retracts"),
        CLAIM + REASON + ANN_GRANTS.format(node="c").replace("concedes", "dissolves"),
    ],
    ids=["mentioned", "attributed", "retracted", "dissolved"],
)
def test_unheld_is_what_nobody_ever_held_or_everybody_gave_up(text: str) -> None:
    assert told(text)[1] == "unheld"


def test_unheld_has_any_verdict() -> None:
    """Its reason still holds, though the one who drew the conclusion took it back."""
    assert told(CLAIM + REASON + ANN_GRANTS.format(node="c").replace("concedes", "retracts")) == ("in", "unheld")
    assert told(CLAIM + "    certainty: mentioned\n" + REASON.replace("supports", "replies_to")) == ("out", "unheld")


def test_what_the_record_holds_is_not_unheld() -> None:
    """And nobody need grant what tells against it."""
    assert told(CLAIM.replace("    source: talk ann-1\n", "") + OBJECTION) == ("out", "defeated")


def test_unchallenged_is_what_nothing_on_record_speaks_against() -> None:
    assert told(CLAIM + REASON) == ("in", "unchallenged")


@pytest.mark.parametrize(
    "text",
    [
        CLAIM + OBJECTION + REPLY,
        CLAIM + REASON + OBJECTION.replace("attacks: c", "attacks: rain") + REPLY,
        CLAIM + REASON + OBJECTION.replace("attacks: c", "undercuts: rain -> c") + REPLY,
        CLAIM + OBJECTION + BOB_GRANTS.format(node="dam").replace("concedes", "retracts"),
        CLAIM + OBJECTION + BOB_GRANTS.format(node="c"),
    ],
    ids=["answered", "reason-attacked", "reason-undercut", "objection-retracted", "objector-conceded"],
)
def test_stands_is_what_holds_after_a_challenge_to_it_or_its_reasons(text: str) -> None:
    assert told(text) == ("in", "stands")


def test_undecided_is_what_hangs_in_the_balance() -> None:
    never = """
    ---
    id: never
    kind: claim
    text: The river will sink.
    source: talk bob-1
    contradicts: c
    """
    assert told(CLAIM + never) == told(CLAIM + never, "never") == ("undecided", "undecided")


def test_unanswered_is_what_an_objection_fells_that_the_other_side_has_not_granted() -> None:
    assert told(CLAIM + OBJECTION) == ("out", "unanswered")
    assert told(CLAIM + OBJECTION, "dam") == ("in", "unchallenged")


def test_defeated_is_what_an_objection_fells_that_its_own_side_granted() -> None:
    assert told(CLAIM + OBJECTION + ANN_GRANTS.format(node="dam")) == ("out", "defeated")


def test_a_reason_for_the_objection_must_be_granted_too_if_it_has_one() -> None:
    """The objection rests on its reason; granting the reason settles the leaf, and with it what follows."""
    because = """
    ---
    id: thick
    kind: claim
    text: The dam is thick.
    source: talk bob-1
    supports: dam
    """
    assert told(CLAIM + OBJECTION + because) == ("out", "unanswered")
    assert told(CLAIM + OBJECTION + because + ANN_GRANTS.format(node="thick")) == ("out", "defeated")


def test_unsupported_is_what_falls_with_its_reasons() -> None:
    mentioned = REASON + "    certainty: mentioned\n"
    assert told(CLAIM + mentioned) == ("out", "unsupported")
    attacked = REASON + OBJECTION.replace("attacks: c", "attacks: rain")
    assert told(CLAIM + attacked) == ("out", "unanswered")
    assert told(CLAIM + attacked + ANN_GRANTS.format(node="dam")) == ("out", "unsupported")


def test_every_status_of_the_table_has_a_story_here() -> None:
    text = Path(__file__).read_text("utf-8")
    assert [status for status in STATUSES if f'"{status}")' not in text] == []


# -- the conditions, clause by clause ----------------------------------------------------------------------------------


def test_a_leaf_needs_somebody_who_holds_it() -> None:
    assert told(CLAIM + "    certainty: mentioned\n" + BOB_GRANTS.format(node="c"))[0] == "in"
    assert told(CLAIM + "    certainty: mentioned\n" + REASON.replace("supports", "replies_to"))[0] == "out"


def test_a_claim_with_reasons_falls_with_them_unless_it_stands_alone_or_is_common_ground() -> None:
    failing = REASON + "    certainty: mentioned\n"
    assert told(CLAIM + failing)[0] == "out"
    assert told(CLAIM + "    stands_alone: true\n" + failing)[0] == "in"
    assert told(CLAIM + failing + BOB_GRANTS.format(node="c"))[0] == "in"


def test_common_ground_needs_another_than_the_authors_and_nobody_who_denies() -> None:
    failing = REASON + "    certainty: mentioned\n"
    together = CLAIM.replace("    source", "    by: [ann, bob]\n    source")
    assert told(together + failing)[0] == "out"
    denied = BOB_GRANTS.format(node="c") + OBJECTION.replace("bob-1", "cleo-1") + REPLY.replace("leak", "leaks")
    assert told(CLAIM + failing + denied)[0] == "out"


def test_a_claim_that_stands_alone_still_needs_somebody_who_holds_it() -> None:
    alone = CLAIM + "    stands_alone: true\n" + REASON + "    certainty: mentioned\n"
    assert told(alone + ANN_GRANTS.format(node="c").replace("concedes", "retracts")) == ("out", "unheld")


def test_the_supposed_counts_as_in_for_what_follows_and_attacks_nothing() -> None:
    assert told(CLAIM + REASON + SUPPOSED) == ("in", "unchallenged")
    assert told(CLAIM + OBJECTION + SUPPOSED)[0] == "in"
    never = """
    ---
    id: never
    kind: claim
    text: Suppose the river sinks.
    certainty: arguendo
    source: talk bob-1
    contradicts: c
    """
    assert told(CLAIM + never)[0] == "in"
    assert (
        told(
            CLAIM.replace("source: talk ann-1", "contradicts: never")
            + never.replace("contradicts: c\n", "replies_to: c\n")
        )[0]
        == "in"
    )


def test_restatements_stand_and_fall_as_one() -> None:
    assert told(CLAIM + AGAIN + OBJECTION, "again") == told(CLAIM + AGAIN + OBJECTION)
    assert told(CLAIM + AGAIN + OBJECTION)[0] == "out"


def test_restatements_are_supposed_or_mentioned_only_if_all_of_them_are() -> None:
    assert told(CLAIM + SUPPOSED + AGAIN) == ("in", "unchallenged")
    assert told(CLAIM + SUPPOSED + AGAIN + SUPPOSED) == (None, "supposed")
    mentioned = "    certainty: mentioned\n"
    assert told(CLAIM + mentioned + AGAIN) == ("in", "unchallenged")
    assert told(CLAIM + mentioned + AGAIN + mentioned)[1] == "unheld"


def test_an_attack_counts_no_more_once_all_who_made_it_conceded_its_target() -> None:
    both = OBJECTION.replace("    source", "    by: [bob, cleo]\n    source")
    assert told(CLAIM + both + BOB_GRANTS.format(node="c"))[0] == "out"
    cleo = BOB_GRANTS.format(node="c").replace("granted", "me-too").replace("bob-2", "cleo-2")
    assert told(CLAIM + both + BOB_GRANTS.format(node="c") + cleo)[0] == "in"


def test_an_attack_made_after_the_concession_counts() -> None:
    late = OBJECTION.replace("bob-1", "bob-3")
    assert told(CLAIM + late + BOB_GRANTS.format(node="c"))[0] == "out"


def test_a_concession_in_part_leaves_the_attack_as_it_is() -> None:
    assert told(CLAIM + OBJECTION + BOB_GRANTS.format(node="{to: c, part: true}"))[0] == "out"


def test_the_acts_of_what_was_taken_back_lapse() -> None:
    assert told(CLAIM + OBJECTION + BOB_GRANTS.format(node="dam").replace("concedes", "retracts"))[0] == "in"
    gone = ANN_GRANTS.format(node="leak").replace("concedes", "retracts")
    assert told(CLAIM + OBJECTION + REPLY + gone)[0] == "out"


def test_an_attack_on_ones_own_point_counts_like_any_other() -> None:
    assert told(CLAIM + OBJECTION.replace("bob-1", "ann-2"))[0] == "out"


def test_a_strict_step_cannot_be_undercut() -> None:
    strict = REASON.replace("supports: c", "supports: {to: c, strict: true}")
    cut = OBJECTION.replace("attacks: c", "undercuts: rain -> c")
    assert told(CLAIM + REASON + cut)[0] == "out"
    assert told(CLAIM + strict + cut)[0] == "in"


ARGUMENT = """
    ---
    id: from-rain
    kind: argument
    premises: [rain]
    supports: c
    source: talk ann-1
    ---
    id: rain
    kind: claim
    text: It has rained for days.
    source: talk ann-1
"""


def test_an_attack_on_an_argument_denies_the_step_and_support_of_it_is_only_backing() -> None:
    attacked = OBJECTION.replace("attacks: c", "attacks: from-rain")
    assert told(CLAIM + ARGUMENT)[0] == told(CLAIM + ARGUMENT, "from-rain")[0] == "in"
    assert told(CLAIM + ARGUMENT + attacked)[0] == told(CLAIM + ARGUMENT + attacked, "from-rain")[0] == "out"
    assert told(CLAIM + ARGUMENT + attacked, "rain")[0] == "in"
    backing = OBJECTION.replace("attacks: c", "supports: from-rain").replace("objection", "claim")
    assert told(CLAIM + ARGUMENT + backing + "    certainty: mentioned\n")[0] == "in"


def test_what_contradicts_an_argument_and_the_argument_deny_each_other() -> None:
    never = OBJECTION.replace("attacks: c", "contradicts: from-rain").replace("objection", "claim")
    assert told(CLAIM + ARGUMENT + never)[0] == "undecided"
    assert told(CLAIM + ARGUMENT + never, "dam")[0] == "undecided"


def test_an_argument_falls_with_its_premises_whoever_accepts_it() -> None:
    accepted = AGAIN.replace("claim", "reply").replace("restates: c", "supports: from-rain")
    gone = ARGUMENT.rstrip() + "\n    certainty: mentioned\n"
    assert told(CLAIM + gone + accepted, "from-rain")[0] == "out"


def test_what_contradicted_an_argument_challenged_what_it_is_for() -> None:
    never = OBJECTION.replace("attacks: c", "contradicts: from-rain").replace("objection", "claim")
    assert told(CLAIM + ARGUMENT + never + REPLY + ANN_GRANTS.format(node="c")) == ("in", "stands")


def test_what_everybody_gave_up_contradicts_nothing() -> None:
    """Bob took his claim back; that his reason for it still holds makes it no rival."""
    never = OBJECTION.replace("attacks: c", "contradicts: c").replace("objection", "claim")
    reason = AGAIN.replace("restates: c", "supports: dam").replace("cleo-1", "bob-1")
    assert told(CLAIM + never + reason)[0] == "undecided"
    gone = BOB_GRANTS.format(node="dam").replace("concedes", "retracts")
    assert told(CLAIM + never + reason + gone)[0] == "in"


RIVALS = """
    id: q
    kind: question
    text: Will the river rise, sink or stay?
    exclusive: {exclusive}
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
    ---
    id: stay
    kind: claim
    text: It will stay.
    source: talk cleo-1
    answers: q
"""


def test_answers_to_an_exclusive_question_attack_each_other() -> None:
    assert {told(RIVALS.format(exclusive="true"), n)[0] for n in ("rise", "sink", "stay")} == {"undecided"}
    assert {told(RIVALS.format(exclusive="false"), n)[0] for n in ("rise", "sink", "stay")} == {"in"}


def test_the_last_answer_left_holds() -> None:
    def against(node_id: str, by: str) -> str:
        return f"""
    ---
    id: not-{node_id}
    kind: objection
    text: It will not {node_id}.
    source: talk {by}
    attacks: {node_id}
    """

    text = RIVALS.format(exclusive="true") + against("sink", "ann-2") + against("stay", "ann-2")
    assert [told(text, n)[0] for n in ("rise", "sink", "stay")] == ["in", "out", "out"]


def test_an_answer_that_everybody_gave_up_rivals_nothing() -> None:
    gone = BOB_GRANTS.format(node="sink").replace("concedes", "retracts")
    cleo_gone = BOB_GRANTS.format(node="stay").replace("concedes", "retracts").replace("bob", "cleo")
    text = RIVALS.format(exclusive="true") + gone + cleo_gone.replace("granted", "gone-too")
    assert told(text, "rise") == ("in", "unchallenged")


def test_an_exclusive_question_unsettles_its_answers_as_a_contradiction_does() -> None:
    """Whether rivals are told by `exclusive` or by `contradicts`, what nobody granted stays unsettled."""
    plain = RIVALS.format(exclusive="false").replace(
        "answers: q\n    ---\n    id: stay", "answers: q\n    contradicts: rise\n    ---\n    id: stay"
    )
    assert evaluate(story(plain)).unsettled == {"rise", "sink"}
    assert evaluate(story(RIVALS.format(exclusive="true"))).unsettled == {"rise", "sink", "stay"}


# -- what is unsettled -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "unsettled"),
    [
        (CLAIM + REASON, set()),
        (CLAIM + OBJECTION, {"c", "dam"}),
        (CLAIM + OBJECTION + ANN_GRANTS.format(node="dam"), {"c"}),
        (CLAIM + OBJECTION + BOB_GRANTS.format(node="c"), set()),
        (CLAIM + OBJECTION.replace("bob-1", "ann-2"), set()),
        (CLAIM + REASON + OBJECTION.replace("attacks: c", "undercuts: rain -> c"), {"dam"}),
        (CLAIM + SUPPOSED + OBJECTION, set()),
    ],
    ids=["quiet", "denied", "granted", "given-up", "own-objection", "undercut", "supposed"],
)
def test_unsettled_is_a_leaf_in_dispute(text: str, unsettled: set[str]) -> None:
    assert evaluate(story(text)).unsettled == unsettled


def test_a_reason_tells_against_the_rivals_of_an_answer_not_against_who_holds_it() -> None:
    """Ann considers two answers and Cleo shares one of them: nobody there has to grant Ann's reason for it."""
    alone = RIVALS.format(exclusive="true").partition("    ---\n    id: stay")[0].replace("bob-1", "ann-1")
    shared = BOB_GRANTS.format(node="rise").replace("bob", "cleo")
    assert evaluate(story(alone + shared + REASON.replace("supports: c", "supports: rise"))).unsettled == {"sink"}


def test_what_stands_alone_is_no_more_settled_for_being_argued() -> None:
    """Its reason fails, and Bob doubts the rest: that Ann would say it anyway does not decide it for him."""
    drained = """
    ---
    id: drained
    kind: objection
    text: The soil takes up all the rain.
    source: talk bob-1
    undercuts: rain -> c
"""
    text = CLAIM + "    stands_alone: true" + REASON + drained
    evaluation = evaluate(story(text))
    assert (evaluation.verdict("c"), cautious_verdict(evaluation, "c")) == ("in", "undecided")
    assert "c" in evaluation.unsettled
