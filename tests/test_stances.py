"""Stances: every sentence of the paragraph that defines them, as a small thread."""

from __future__ import annotations

import pytest

from kb.standing.stances import stances, stances_of
from tests.stories import story

CLAIM = """
    id: c
    kind: claim
    text: The river will rise.
    source: talk ann-1
"""


def on(node_id: str, rest: str, first: str = CLAIM) -> dict[str, str]:
    """The stances on a node of a thread."""
    return dict(stances(story(first + rest)).now(node_id))


# -- taking a stance ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("certainty", "stance"),
    [
        ("asserted", {"ann": "accepts"}),
        ("tentative", {"ann": "leans"}),
        ("speculative", {"ann": "leans"}),
        ("arguendo", {}),
        ("mentioned", {}),
    ],
)
def test_putting_forward_commits_as_far_as_the_speaker_stands_behind_it(certainty: str, stance: dict[str, str]) -> None:
    more = f"""
    certainty: {certainty}
    ---
    id: other
    kind: claim
    text: Another matter.
    source: talk bob-1
    """
    assert on("c", more) == stance


def test_restating_is_accepting() -> None:
    rest = """
    ---
    id: again
    kind: claim
    text: There will be a flood.
    certainty: tentative
    source: talk bob-1
    restates: c
    """
    assert on("c", rest) == on("again", rest) == {"ann": "accepts", "bob": "leans"}


def test_conceding_is_accepting_and_conceding_in_part_is_doubting() -> None:
    rest = """
    ---
    id: yes
    kind: reply
    text: It will.
    source: talk bob-1
    concedes: c
    ---
    id: partly
    kind: reply
    text: Upstream it will.
    source: talk cleo-1
    concedes: {to: c, part: true}
    """
    assert on("c", rest) == {"ann": "accepts", "bob": "accepts", "cleo": "doubts"}


def test_a_partial_concession_changes_no_stance_there_is() -> None:
    rest = """
    ---
    id: no
    kind: objection
    text: It will not.
    source: talk bob-1
    attacks: c
    ---
    id: partly
    kind: reply
    text: Upstream it will.
    source: talk bob-2
    concedes: {to: c, part: true}
    """
    assert on("c", rest) == {"ann": "accepts", "bob": "denies"}


def test_supporting_is_accepting_where_there_is_no_stance_yet() -> None:
    rest = """
    ---
    id: rain
    kind: claim
    text: It has rained for days.
    certainty: tentative
    source: talk bob-1
    supports: c
    ---
    id: snow
    kind: claim
    text: The snow is melting.
    certainty: tentative
    source: talk ann-2
    supports: c
    """
    assert on("c", rest) == {"ann": "accepts", "bob": "leans"}


def test_linking_a_premise_is_accepting_it_where_there_is_no_stance_yet() -> None:
    rest = """
    ---
    id: rain
    kind: claim
    text: It has rained for days.
    source: talk bob-1
    supports: {to: c, with: soil}
    ---
    id: soil
    kind: claim
    text: The soil holds no more.
    source: talk cleo-1
    ---
    id: dry
    kind: objection
    text: The soil is dry.
    source: talk ann-2
    attacks: {to: rain, with: soil}
    """
    assert on("soil", rest) == {"bob": "accepts", "cleo": "accepts", "ann": "accepts"}


def test_what_is_only_supposed_is_not_accepted_by_using_it() -> None:
    supposed = CLAIM + "    certainty: arguendo\n"
    rest = """
    ---
    id: rain
    kind: claim
    text: It has rained for days.
    source: talk bob-1
    supports: c
    ---
    id: flood
    kind: claim
    text: The cellar will be flooded.
    source: talk cleo-1
    ---
    id: low
    kind: claim
    text: The cellar lies low.
    source: talk cleo-1
    supports: {to: flood, with: c}
    """
    assert on("c", rest, supposed) == {}


def test_who_writes_out_an_argument_holds_its_conclusion_not_its_premises() -> None:
    rest = """
    ---
    id: rain
    kind: claim
    text: It has rained for days.
    source: talk ann-1
    ---
    id: from-rain
    kind: argument
    premises: [rain]
    supports: c
    source: talk bob-1
    """
    assert on("rain", rest) == {"ann": "accepts"}
    assert on("c", rest) == {"ann": "accepts", "bob": "accepts"}


# -- taking a stance against -------------------------------------------------------------------------------------------


def test_attacking_anothers_node_is_denying() -> None:
    rest = """
    ---
    id: no
    kind: objection
    text: It will not.
    certainty: speculative
    source: talk bob-1
    attacks: c
    """
    assert on("c", rest) == {"ann": "accepts", "bob": "denies"}


def test_undercutting_a_support_is_doubting_where_there_is_no_stance_yet() -> None:
    rest = """
    ---
    id: rain
    kind: claim
    text: It has rained for days.
    source: talk ann-1
    supports: c
    ---
    id: dam
    kind: objection
    text: The dam holds rain back.
    source: talk bob-1
    undercuts: rain -> c
    ---
    id: yes
    kind: reply
    text: It will rise, but not for that.
    source: talk cleo-1
    concedes: c
    ---
    id: dam-too
    kind: objection
    text: There is a dam.
    source: talk cleo-2
    undercuts: rain -> c
    """
    assert on("c", rest) == {"ann": "accepts", "bob": "doubts", "cleo": "accepts"}
    assert on("rain", rest) == {"ann": "accepts"}


def test_undercutting_an_objection_says_nothing_about_what_it_objects_to() -> None:
    rest = """
    ---
    id: dam
    kind: objection
    text: There is a dam.
    source: talk bob-1
    attacks: c
    ---
    id: low
    kind: objection
    text: The dam is a low one.
    source: talk cleo-1
    undercuts: dam -> c
    """
    assert on("c", rest) == {"ann": "accepts", "bob": "denies"}


@pytest.mark.parametrize("relation", ["attacks: c", "undercuts: rain -> c"])
def test_an_objection_to_ones_own_is_one_considered(relation: str) -> None:
    rest = f"""
    ---
    id: rain
    kind: claim
    text: It has rained for days.
    source: talk ann-1
    supports: c
    ---
    id: dam
    kind: objection
    text: There is a dam, it is true.
    source: talk ann-2
    {relation}
    """
    assert on("c", rest) == {"ann": "accepts"}


def test_attacking_what_one_only_mentioned_is_denying_it() -> None:
    rest = """
    certainty: mentioned
    ---
    id: no
    kind: objection
    text: It will not.
    source: talk ann-1
    attacks: c
    """
    assert on("c", rest) == {"ann": "denies"}


def test_a_contradiction_is_nobodys_act() -> None:
    rest = """
    ---
    id: sink
    kind: claim
    text: The river will sink.
    source: talk bob-1
    contradicts: c
    """
    assert on("c", rest) == {"ann": "accepts"}
    assert on("sink", rest) == {"bob": "accepts"}


def test_what_is_supposed_or_mentioned_is_no_act_either() -> None:
    rest = """
    ---
    id: no
    kind: objection
    text: Suppose it will not.
    certainty: arguendo
    source: talk bob-1
    attacks: c
    ---
    id: some-say-no
    kind: objection
    text: Some say it will not.
    certainty: mentioned
    source: talk cleo-1
    attacks: c
    """
    assert on("c", rest) == {"ann": "accepts"}


# -- the latest counts -------------------------------------------------------------------------------------------------


def test_the_latest_act_counts() -> None:
    rest = """
    ---
    id: no
    kind: objection
    text: It will not.
    source: talk bob-1
    attacks: c
    ---
    id: yes
    kind: reply
    text: It will after all.
    source: talk bob-2
    concedes: c
    """
    assert on("c", rest) == {"ann": "accepts", "bob": "accepts"}
    assert on("c", rest.replace("bob-2", "bob-0").replace("bob-1", "bob-3").replace("bob-0", "bob-2")) == {
        "ann": "accepts",
        "bob": "denies",
    }


@pytest.mark.parametrize("relation", ["retracts", "dissolves"])
def test_who_takes_a_point_back_or_finds_only_words_in_it_has_no_stance_on_it(relation: str) -> None:
    rest = f"""
    ---
    id: enough
    kind: reply
    text: Enough of this.
    source: talk ann-2
    {relation}: c
    """
    assert on("c", rest) == {}


def test_what_is_attributed_commits_nobody_and_is_disowned_with_a_word() -> None:
    rest = """
    ---
    id: his-view
    kind: claim
    text: Bob thinks the river will sink.
    source: talk ann-1
    attributed_to: bob
    ---
    id: not-mine
    kind: reply
    text: I never said so.
    source: talk bob-1
    disowns: his-view
    """
    debate = story(CLAIM + rest)
    ledger = stances(debate).ledger("his-view")
    assert dict(ledger.now) == {}
    assert ledger.ever_attributed == {"bob"}
    assert ledger.attributed == frozenset()
    assert [act.kind for act in stances(debate).acts("his-view")] == ["attributed", "disowns"]


def test_the_acts_of_a_retracted_node_lapse() -> None:
    rest = """
    ---
    id: no
    kind: objection
    text: It will not.
    source: talk bob-1
    attacks: c
    ---
    id: forget-it
    kind: reply
    text: Forget it.
    source: talk bob-2
    retracts: no
    """
    assert on("c", rest) == {"ann": "accepts"}
    assert on("no", rest) == {}


def test_a_retraction_that_is_taken_back_in_turn_retracts_nothing() -> None:
    rest = """
    ---
    id: no
    kind: objection
    text: It will not.
    source: talk bob-1
    attacks: c
    ---
    id: forget-it
    kind: reply
    text: Forget it.
    source: talk bob-2
    retracts: no
    ---
    id: i-meant-it
    kind: reply
    text: No, I meant it.
    source: talk bob-3
    retracts: forget-it
    """
    assert on("c", rest) == {"ann": "accepts", "bob": "denies"}
    assert on("no", rest) == {"bob": "accepts"}


def test_nobody_takes_back_what_another_said() -> None:
    rest = """
    ---
    id: as-you-were
    kind: reply
    text: Ann no longer thinks so.
    source: talk bob-1
    retracts: c
    """
    assert on("c", rest) == {"ann": "accepts"}


def test_stances_are_listed_by_participant_in_the_order_of_the_debate() -> None:
    debate = story(
        CLAIM
        + """
    ---
    id: a-later-point
    kind: claim
    text: The mill will stop.
    source: talk ann-2
    """
    )
    assert dict(stances_of(debate, "ann")) == {"c": "accepts", "a-later-point": "accepts"}
    assert list(stances_of(debate, "ann")) == ["c", "a-later-point"]
    assert dict(stances_of(debate, "nobody")) == {}


# -- contested ---------------------------------------------------------------------------------------------------------

NO = """
    ---
    id: no
    kind: objection
    text: It will not.
    source: talk {no}
    attacks: c
    ---
    id: forget-it
    kind: reply
    text: Forget what I said.
    source: talk ann-2
    retracts: c
    """


def test_a_point_is_contested_only_while_somebody_holds_it() -> None:
    """Ann took it back before Bob denied it: they never differed about it."""
    assert stances(story(CLAIM + NO.format(no="bob-1"))).ledger("c").contested
    assert not stances(story(CLAIM + NO.format(no="bob-3"))).ledger("c").contested


def test_nobody_contests_a_point_with_themselves() -> None:
    rest = """
    ---
    id: again
    kind: reply
    text: Well, not everywhere.
    source: talk ann-2
    concedes: {to: c, part: true}
    """
    assert not stances(story(CLAIM + rest)).ledger("c").contested
