"""Accounts of verdicts: true to the labels, never in a circle, in sentences a reader follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings

from kb.catalogue import catalogue_for
from kb.evaluate import evaluate
from kb.prose import account_text
from kb.queries.lookup import NotFoundError
from kb.queries.reasons import Reasons
from kb.queries.telling import NodeMention, plain_text, render_part
from kb.queries.why import Account, account, flat_rows, rests_on_row, row, why_not
from kb.standing.framework import NO, OPEN, YES
from tests.conftest import read
from tests.ladder.debates import check_grounds
from tests.maps import debates
from tests.stories import story

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate

RIVALS = """
id: q
kind: question
text: Left or right?
exclusive: true
---
id: left
kind: claim
text: Left.
answers: q
---
id: right
kind: claim
text: Right.
answers: q
"""
RANDOM = settings(max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck))


def everyone(found: Account) -> Iterator[Account]:
    """An account and all accounts within it."""
    yield found
    for inner in found.because:
        yield from everyone(inner)


@RANDOM
@given(debates())
def test_what_a_label_rests_on_was_decided_before_it(debate: Debate) -> None:
    evaluation, reasons = evaluate(debate), Reasons(debate)
    labels = evaluation.record
    for number, label in enumerate(labels.points):
        if label != OPEN and not evaluation.frame.points[number].supposed:
            for ground in reasons.explain(number).rests_on:
                assert labels.points[ground] != OPEN
                assert labels.point_rank[ground] < labels.point_rank[number]


@RANDOM
@given(debates())
@example(read(RIVALS).debate)
def test_what_is_undecided_hangs_on_what_is_undecided(debate: Debate) -> None:
    evaluation, reasons = evaluate(debate), Reasons(debate)
    for number, label in enumerate(evaluation.record.points):
        if label == OPEN:
            labels = evaluation.record.points
            grounds = {labels[ground] for ground in reasons.explain(number).rests_on}
            rivals = {labels[rival] for rival in reasons.rivals(number)}
            assert grounds == {OPEN} or (not grounds and OPEN in rivals)  # one sentence tells of both rivals


@RANDOM
@given(debates())
def test_every_account_ends_and_tells_each_point_once(debate: Debate) -> None:
    for node_id in debate.nodes:
        told = [debate.points[a.node] for a in everyone(account(debate, node_id)) if "elsewhere" not in a.text]
        assert len(told) == len(set(told))


@RANDOM
@given(debates())
def test_every_sentence_says_something_about_nodes_there_are(debate: Debate) -> None:
    for node_id in debate.nodes:
        for found in everyone(account(debate, node_id)):
            assert found.text.endswith((".", "(ask again from here)"))
            assert len(found.text) > 10
            assert not [gap for gap in ("  ", "; ;", ": ;", ": .", " ;", " .", ";.") if gap in found.text]
            assert {
                m.id for m in render_part(found.sentence, catalogue_for()) if isinstance(m, NodeMention)
            } <= debate.nodes.keys()


UNGRANTED = "what tells against it holds so far, without being granted."
CLAIM = """
        id: c
        kind: claim
        text: The bridge will hold.
        source: talk ann-1
"""
NEXT = """
        ---
        id: next
        kind: claim
        text: Another matter.
"""


RUSTS = """
        ---
        id: rust
        kind: objection
        text: It rusts.
        source: talk bob-1
        attacks: c
        """
UNDER_PAINT = """---
        id: painted
        kind: objection
        text: Not under the paint.
        source: talk ann-2
        undercuts: rust -> c
        """


@pytest.mark.parametrize(
    ("rest", "sentence"),
    [
        ("", "it is held by Ann; nothing on record speaks against it."),
        (
            """
        ---
        id: steel
        kind: claim
        text: It is of steel.
        source: talk ann-1
        supports: c
        """,
            "it follows from `steel`; nothing on record speaks against it.",
        ),
        (
            """
        ---
        id: steel
        kind: claim
        text: It is of steel.
        source: talk ann-1
        supports: {to: c, with: sound}
        ---
        id: sound
        kind: claim
        text: Steel is sound.
        source: talk ann-1
        """,
            "it follows from `steel` and `sound`; nothing on record speaks against it.",
        ),
        (
            RUSTS,
            "`rust` holds against it so far, though those it tells against have not granted it.",
        ),
        (
            """
        ---
        id: steel
        kind: claim
        text: It is of steel.
        source: talk ann-1
        supports: c
        ---
        id: rust
        kind: objection
        text: Steel that rusts holds nothing.
        source: talk bob-1
        undercuts: steel -> c
        """,
            "none of the reasons given for it carries: the reason `steel` fails: `rust` undercuts it; " + UNGRANTED,
        ),
        (
            RUSTS
            + """---
        id: granted
        kind: reply
        text: It does.
        source: talk ann-2
        concedes: rust
        """,
            "`rust` holds against it.",
        ),
        (
            RUSTS
            + """---
        id: painted
        kind: objection
        text: It is painted.
        source: talk ann-2
        attacks: rust
        """,
            "it is held by Ann; the objection `rust` does not hold.",
        ),
        (
            """
        ---
        id: rust
        kind: objection
        text: It rusts.
        source: talk bob-1
        attacks: {to: c, id: rust-on-c}
        ---
        id: harmless
        kind: objection
        text: Rust alone brings no bridge down.
        source: talk ann-2
        undercuts: rust-on-c
        """,
            "it is held by Ann; the objection `rust` fails: `harmless` undercuts it.",
        ),
        (
            RUSTS
            + """---
        id: well
        kind: reply
        text: It will hold all the same.
        source: talk bob-2
        concedes: c
        """,
            "it is held by Ann and Bob; the objection `rust` counts no more: whoever made it conceded this afterwards.",
        ),
        (
            RUSTS
            + """---
        id: forget-it
        kind: reply
        text: Forget the rust.
        source: talk bob-2
        retracts: rust
        """,
            "it is held by Ann; the objection `rust` counts no more: it was taken back.",
        ),
        (
            """
        ---
        id: suppose-rust
        kind: objection
        text: Suppose it rusts.
        certainty: arguendo
        source: talk bob-1
        attacks: c
        """,
            "it is held by Ann; the objection `suppose-rust` counts no more: it is only supposed.",
        ),
        (
            """
        ---
        id: never
        kind: claim
        text: The bridge will not hold.
        source: talk bob-1
        contradicts: c
        """,
            "it is undecided whether `never`, which contradicts it, carries.",
        ),
        (
            """
        ---
        id: steel
        kind: claim
        text: It is of steel.
        certainty: mentioned
        source: talk ann-1
        supports: c
        """,
            "none of the reasons given for it carries: the reason `steel` does not hold.",
        ),
        (
            """
        stands_alone: true
        ---
        id: steel
        kind: claim
        text: It is of steel.
        certainty: mentioned
        source: talk ann-1
        supports: c
        """,
            "it stands apart from its reasons, held by Ann; nothing on record speaks against it.",
        ),
        (
            """
        ---
        id: steel
        kind: claim
        text: It is of steel.
        certainty: mentioned
        source: talk ann-1
        supports: c
        ---
        id: yes
        kind: reply
        text: It will.
        source: talk bob-1
        concedes: c
        """,
            "it is common ground of Ann and Bob; nothing on record speaks against it.",
        ),
    ],
    ids=[
        "held",
        "reason",
        "linked",
        "unanswered",
        "reason-unanswered",
        "defeated",
        "answered",
        "undercut",
        "conceded",
        "retracted",
        "supposed",
        "undecided",
        "unsupported",
        "alone",
        "common-ground",
    ],
)
def test_the_sentence_of_every_way_to_stand_or_fall(rest: str, sentence: str) -> None:
    assert account(story(CLAIM.rstrip() + (rest or NEXT)), "c").text == sentence


def test_an_argument_is_told_by_its_premises() -> None:
    debate = story("""
        id: c
        kind: claim
        text: The bridge will hold.
        source: talk ann-1
        ---
        id: from-steel
        kind: argument
        premises: [steel]
        supports: c
        source: talk ann-1
        ---
        id: steel
        kind: claim
        text: It is of steel.
        source: talk ann-1
        ---
        id: wood
        kind: objection
        text: It is of wood.
        source: talk bob-1
        attacks: steel
        """)
    assert account(debate, "from-steel").text == "the argument `from-steel` fails: `steel` does not hold; " + UNGRANTED
    assert account(debate, "c").text == (
        "none of the reasons given for it carries: the reason `from-steel` fails: `steel` does not hold; " + UNGRANTED
    )


def test_a_reason_that_was_objected_to_in_vain_is_told_and_nothing_denied() -> None:
    """Only of unchallenged points it is said that nothing speaks against them."""
    text = """
        id: c
        kind: claim
        text: The bridge will hold.
        source: talk ann-1
        ---
        id: steel
        kind: claim
        text: It is of steel.
        source: talk ann-1
        supports: c
        ---
        id: rust
        kind: objection
        text: Steel rusts.
        source: talk bob-1
        {relation}
        ---
        id: painted
        kind: objection
        text: It is painted.
        source: talk ann-2
        attacks: rust
        """
    undercut = account(story(text.format(relation="undercuts: steel -> c")), "c")
    assert (undercut.status, undercut.text) == ("stands", "it follows from `steel`; the undercut `rust` does not hold.")
    attacked = account(story(text.format(relation="attacks: steel")), "c")
    assert (attacked.status, attacked.text) == ("stands", "it follows from `steel`.")


SAID_TWICE = """
        id: rust
        kind: objection
        text: It rusts.
        source: talk bob-1
        attacks: c
        ---
        id: rust-again
        kind: objection
        text: Rust, as was said.
        source: talk bob-2
        restates: rust
        attacks: looks-well
        ---
        id: looks-well
        kind: claim
        text: It looks well.
        source: talk ann-1
"""


def test_an_objection_that_is_said_twice_goes_by_one_name() -> None:
    debate = story(CLAIM + "        ---" + SAID_TWICE)
    assert account(debate, "looks-well").text.startswith("`rust` holds against it so far")
    assert [a.node for a in everyone(account(debate, "looks-well"))] == ["looks-well", "rust"]
    painted = "        ---\n        id: painted\n        kind: objection\n        text: It is painted.\n        attacks: rust\n"
    met = story(CLAIM + "        ---" + SAID_TWICE + painted)
    assert account(met, "looks-well").text == "it is held by Ann; the objection `rust` does not hold."


def test_an_argument_that_was_taken_back_is_told_so() -> None:
    debate = story(
        CLAIM
        + """
        ---
        id: from-steel
        kind: argument
        premises: []
        supports: c
        source: talk ann-1
        ---
        id: forget-it
        kind: reply
        text: Forget that.
        source: talk ann-2
        retracts: from-steel
        """
    )
    assert account(debate, "from-steel").text == "it was taken back."


def test_rival_answers_hang_on_each_other() -> None:
    found = read(RIVALS).debate
    assert account(found, "left").text == (
        "it and its rival answer `right` rule each other out, and nothing on record decides between the two."
    )
    third = "---\nid: ahead\nkind: claim\ntext: Ahead.\nanswers: q\n"
    assert account(read(RIVALS + third).debate, "left").text == (
        "it and its rival answers `ahead` and `right` rule one another out, and nothing on record decides between them."
    )
    assert account(found, "q").text == "a question has no verdict; its answers have: `left` and `right`."
    assert [(r["level"], r["id"]) for r in flat_rows(account(found, "left"))] == [(0, "left")], (
        "one sentence says it all"
    )
    denied = read(RIVALS + "---\nid: no\nkind: objection\ntext: No.\nattacks: right\n---\nid: yes\nkind: objection\n"
                  "text: Yes.\nattacks: no\ncontradicts: right\n").debate  # fmt: skip
    assert account(denied, "left").text == "its rival `right` is undecided too."


def test_a_long_line_is_told_in_stages() -> None:
    count = 5000
    debate = read(a_long_line(count)).debate
    told = list(everyone(account(debate, "n0")))
    assert [a.node for a in told] == [f"n{k}" for k in range(31)]
    assert told[-1].text.endswith("(ask again from here)")
    assert account(debate, f"n{count - 1}").text.startswith("it is put forward by the record itself")


def test_json_nests_what_the_account_rests_on() -> None:
    debate = read("id: a\nkind: claim\ntext: A.\n---\nid: b\nkind: objection\ntext: B.\nattacks: a\n").debate
    assert row(account(debate, "a")) == {
        "id": "a",
        "verdict": "out",
        "status": "defeated",
        "why": "`b` holds against it.",
        "because": [
            {
                "id": "b",
                "verdict": "in",
                "status": "unchallenged",
                "why": "it is put forward by the record itself; nothing on record speaks against it.",
                "because": [],
            }
        ],
    }


def test_an_unknown_id_is_met_with_the_nearest() -> None:
    debate = read("id: planning-emerges\nkind: claim\ntext: A.\n").debate
    with pytest.raises(NotFoundError, match="no node is called `planing-emerges`; did you mean `planning-emerges`"):
        account(debate, "planing-emerges")


# -- the least that a verdict needs --------------------------------------------------------------------------------


@RANDOM
@given(debates())
def test_a_verdict_follows_from_its_grounds_and_from_nothing_less(debate: Debate) -> None:
    check_grounds(debate)


@RANDOM
@given(debates())
def test_what_is_undecided_comes_down_to_a_circle(debate: Debate) -> None:
    evaluation = evaluate(debate)
    for node_id, number in evaluation.frame.index.items():
        if evaluation.verdict(node_id) is not None:
            undecided = evaluation.record.points[number] == OPEN
            told = rests_on_row(debate, node_id)
            assert bool(told["circle"]) == undecided
            assert not (undecided and told["supporting"])


@RANDOM
@given(debates())
def test_what_stands_in_the_way_is_told_of_every_verdict(debate: Debate) -> None:
    for node_id in debate.nodes:
        found = why_not(debate, node_id)
        if found.verdict is not None:
            assert ("it does not stand, since " in found.text) == (found.verdict != YES)
            assert ("it does not fall, since " in found.text) == (found.verdict != NO)
        for inner in found.because:
            assert found.verdict == OPEN or inner.node != node_id


def test_all_that_stands_in_the_way_is_told_where_one_thing_would_do() -> None:
    debate = story(
        CLAIM
        + RUSTS
        + """---
        id: wind
        kind: objection
        text: There is wind.
        source: talk bob-2
        attacks: c
        """
    )
    assert "`wind`" not in account(debate, "c").text
    assert (
        why_not(debate, "c").text == "it does not stand, since the objection `rust` holds; the objection `wind` holds."
    )
    assert rests_on_row(debate, "c") == {"supporting": ["rust"], "circle": []}


def a_long_line(count: int, *, last: str = "") -> str:
    """A point that rests on another, and so on, and an unrelated one."""
    lines = ["id: n0\nkind: claim\ntext: N.\n", "id: apart\nkind: claim\ntext: Another matter.\n"]
    lines += [f"id: n{k}\nkind: claim\ntext: N{k}.\nsupports: n{k - 1}\n" for k in range(1, count)]
    return "---\n".join(lines) + last


def test_what_rests_on_very_much_rests_on_nothing_else() -> None:
    told = rests_on_row(read(a_long_line(400)).debate, "n0")
    assert told == {"supporting": [f"n{k}" for k in range(1, 400)], "circle": []}


def test_an_objection_that_rests_on_very_much_stands_in_the_way_too() -> None:
    by_n0 = a_long_line(400).replace("text: N.\n", "text: N.\nattacks: c\n", 1)
    debate = read(by_n0 + "---\nid: c\nkind: claim\ntext: C.\n").debate
    assert why_not(debate, "c").text == "it does not stand, since the objection `n0` holds."


def test_at_the_end_of_a_long_line_there_is_a_circle() -> None:
    never = "---\nid: never\nkind: claim\ntext: Never.\ncontradicts: n4999\n"
    assert rests_on_row(read(a_long_line(5000, last=never)).debate, "n0") == {
        "supporting": [],
        "circle": ["n4999", "never"],
    }


def test_a_circle_is_told_in_words() -> None:
    debate = read(
        """
        id: mill
        kind: claim
        text: The mill turns.
        contradicts: weir
        ---
        id: weir
        kind: claim
        text: The weir holds.
        ---
        id: odd
        kind: objection
        text: This very sentence is wrong.
        attacks: odd
        """
    ).debate
    told = {
        name: account_text(debate, account(debate, name), 200, rests_on_row(debate, name)) for name in ("mill", "odd")
    }
    assert told["mill"].endswith("\n  In the end it hangs on a circle: `mill` and `weir` wait for one another.\n")
    assert told["odd"].endswith("\n  In the end it hangs on a circle: `odd` bears on itself.\n")


def test_that_two_rivals_rule_each_other_out_is_told_once() -> None:
    """The circle is told where something hangs on it from afar, and stands in the JSON of both."""
    debate = story(
        """
        id: q
        kind: question
        text: Which?
        exclusive: true
        ---
        id: red
        kind: claim
        text: Red.
        source: talk ann-1
        answers: q
        ---
        id: blue
        kind: claim
        text: Blue.
        source: talk bob-1
        answers: q
        ---
        id: paint
        kind: claim
        text: The red paint will do.
        source: talk ann-2
        ---
        id: unless-red
        kind: objection
        text: Not if it is blue.
        source: talk bob-2
        attacks: paint
        ---
        id: is-blue
        kind: argument
        premises: blue
        supports: unless-red
        """
    )
    told = {
        name: account_text(debate, account(debate, name), 200, rests_on_row(debate, name))
        for name in ("red", "unless-red")
    }
    assert told["red"] == (
        "red is undecided: it and its rival answer `blue` rule each other out, and nothing on record decides between the two.\n"
        "  Red.\n"
    )
    assert told["unless-red"].endswith("\n  In the end it hangs on a circle: `blue` and `red` wait for one another.\n")
    assert rests_on_row(debate, "red")["circle"] == ["red", "blue"]


@pytest.mark.parametrize(
    ("objection", "sentence"),
    [
        ("", "it is held by Ann."),
        (RUSTS, "`rust` holds against it."),
        (RUSTS + UNDER_PAINT, "it is held by Ann; the objection `rust` fails: `painted` undercuts it."),
    ],
)
def test_what_the_status_means_is_not_told_again_beside_its_meaning(objection: str, sentence: str) -> None:
    found = account(story(CLAIM + NEXT + objection), "c")
    assert plain_text(found.beside_gloss) == sentence


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        ("retracts: top", "nobody on record holds it, as Ann took it back in `act`."),
        ("disowns: top", "nobody on record holds it, as Ann disowned it in `act`."),
        ("dissolves: top", "nobody on record holds it, as Ann found only words in it in `act`."),
    ],
)
def test_what_nobody_holds_any_longer_says_how_it_was_let_go(act: str, sentence: str) -> None:
    by, taken = "by: ann", "by: bob\nattributed_to: ann"
    people = "## participants/ann.yaml\nname: Ann\n## participants/bob.yaml\nname: Bob\n## talk/nodes.yaml\n"
    top = f"id: top\nkind: claim\ntext: Top.\n{taken if 'disowns' in act else by}\n"
    said = f"{people}{top}---\nid: act\nkind: reply\ntext: No more.\nby: ann\n{act}\n"
    assert account(read(said).debate, "top").text == sentence
    only = account(read(people + top.replace(by, taken)).debate, "top").text
    assert only == "nobody on record holds it, as Ann is only taken to hold it."


def test_a_reply_that_is_only_supposed_says_so() -> None:
    said = "id: rust\nkind: claim\ntext: It rusts.\n---\nid: then\nkind: reply\ntext: Say it does.\nreplies_to: rust\n"
    assert account(read(said).debate, "then").text.startswith("it only acts on other points")
    told = account(read(said + "certainty: arguendo\n").debate, "then").text
    assert told == "it is put forward for argument's sake only."
