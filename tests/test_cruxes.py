"""What a point depends on, which verdicts hold in every world, where two people part: as asked from the terminal."""

from __future__ import annotations

import json
import sys
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

import kb
from kb.cli import main
from kb.contention.contests import contests
from kb.evaluate import evaluate
from kb.load import load
from kb.outlook import cruxes_text
from kb.queries import robust
from kb.queries.compare import compare
from kb.queries.cruxes import CruxAnalysis, cruxes
from kb.queries.what_if import changes
from kb.queries.why import account, account_seen_by
from kb.settling import sets
from kb.settling.conditions import conditions
from kb.settling.views import held_outcomes, label_given
from kb.standing.stances import stances
from tests.conftest import cautious_verdict
from tests.examples import read
from tests.stories import story

if TYPE_CHECKING:
    from kb.debate import Debate

STARTER = Path(kb.__file__).parent / "starter"
SHIPPED = Path(kb.__file__).parent.parent

FORK = """## sources/talk.yaml
title: A talk
passages:
  - {id: t1, by: ann}
  - {id: t2, by: bob}
## participants/ann.yaml
name: Ann
## participants/bob.yaml
name: Bob
## talk/thread.yaml
id: bridge-closes
kind: claim
text: The bridge will be closed.
---
id: mayor-said-so
kind: claim
text: The mayor said that it will.
source: talk t2
supports: bridge-closes
---
id: mayor-repeats-engineers
kind: claim
text: The mayor repeats what the engineers found, that the bridge is rotten.
source: talk t1
undercuts: mayor-said-so -> bridge-closes
supports: bridge-closes
---
id: engineers-found-nothing
kind: objection
text: The engineers found nothing.
source: talk t2
attacks: mayor-repeats-engineers
"""
"""Either the mayor's word counts, or what it rests on does."""


def run(*arguments: str, folder: Path = STARTER) -> Result:
    return CliRunner().invoke(main, ["-C", str(folder), *arguments])


def answer(*arguments: str, folder: Path = STARTER) -> list[dict[str, object]]:
    result = run(*arguments, "--format", "json", folder=folder)
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert isinstance(found, list)
    return found


# -- cruxes ------------------------------------------------------------------------------------------------------------


def one(node_id: str, participant: str | None = None, folder: Path = STARTER) -> CruxAnalysis:
    (found,) = cruxes(load(folder / "claims").debate, node_id, participant)
    return found


def test_the_fewest_that_settle_a_point_either_way() -> None:
    found = one("late-fees-should-go")
    assert [(way.label, dict(way.outcomes)) for way in found.ways] == [
        (
            "in",
            {
                "poorer-readers-owe-most": "in",
                "who-owes-a-fee-stops-borrowing": "in",
                "fees-bring-books-back": "out",
            },
        ),
        ("out", {"poorer-readers-owe-most": "out"}),
    ]
    assert found.ways[0].necessary == set(dict(found.ways[0].outcomes))
    assert found.ways[1].necessary == set()  # either premise would be enough


def test_what_is_said_to_settle_it_does_settle_it() -> None:
    for folder in (STARTER, SHIPPED):
        debate = load(folder / "claims").debate
        evaluation = evaluate(debate)
        settled = 0
        for node_id in debate.nodes:
            if evaluation.verdict(node_id) is None or node_id not in evaluation.frame.index:
                continue
            for way in one_of(cruxes(debate, node_id)).ways:
                told = {change.id: change.would_be for change in changes(debate, dict(way.outcomes))}
                if way.outcomes:
                    assert told.get(debate.points[node_id], evaluation.verdict(node_id)) == way.label
                    settled += 1
        assert settled > 0


def one_of(found: list[CruxAnalysis]) -> CruxAnalysis:
    (only,) = found
    return only


def test_a_question_asks_for_each_of_its_answers() -> None:
    rows = answer("cruxes", "should-late-fees-go")
    assert [row["thesis"] for row in rows] == ["late-fees-should-go", "late-fees-should-stay"]
    assert set(rows[0]) == {"thesis", "verdict", "open", "settled_by", "cruxes", "shares", "sampled"}


def test_it_is_told_in_words_a_debater_would_use() -> None:
    said = run("cruxes", "late-fees-should-go").output
    assert "Settle these three and this point stands:" in said
    assert "Settle any one of these and this point falls:" in said
    assert "* fees-bring-books-back does not hold: Fees bring books back (held by Ben, against Ada" in said
    assert "One alone" not in said
    assert (
        "Counting all ways to grant the unsettled points or not, and not how likely they are, it stands in 16%"
        in " ".join(said.split())
    )


RIVALS = """
    id: which-colour
    kind: question
    text: Which colour should the bridge have?
    exclusive: true
    ---
    id: red
    kind: claim
    text: The bridge should be red.
    source: talk ann-1
    answers: which-colour
    ---
    id: blue
    kind: claim
    text: The bridge should be blue.
    source: talk bob-1
    answers: which-colour
"""


def test_of_two_rivals_that_are_both_granted_neither_stands_and_the_shares_say_so() -> None:
    """By hand: with red granted, blue is granted in one of two ways, where both stay open, and red stands in the other."""
    (red, _) = cruxes(story(RIVALS), "which-colour")
    assert red.shares == {"in": 0.5, "out": 0.0, "undecided": 0.5}
    assert [(way.label, way.outcomes) for way in red.ways] == [("in", (("blue", "out"),)), ("out", (("blue", "in"),))]
    said = " ".join(cruxes_text(story(RIVALS), [red], 200).split())
    assert "It is itself unsettled: held by Ann. What follows takes it as granted for its own part." in said
    assert (
        "Counting all ways to grant the other unsettled points or not, and not how likely they are, it stands in 50%, falls in "
        "0%, stays open in 50%. To be granted is less than to hold: what is granted can still fall to an objection, or stay open "
        "beside a rival."
    ) in said


PAST_EACH_OTHER = """
    id: no-steps-before-the-next-token
    kind: claim
    text: Nothing has to be planned before the next token.
    source: talk ann-1
    contradicts: model-learns-strategic-planning
    ---
    id: model-learns-strategic-planning
    kind: claim
    text: A model has to plan for the next token.
    source: talk bob-1
    ---
    id: prediction-is-complicated
    kind: claim
    text: To predict the next token is a complicated task.
    source: talk bob-1
    supports: model-learns-strategic-planning
    ---
    id: complexity-yields-no-planning
    kind: objection
    text: A complicated task does not call for plans.
    source: talk cleo-1
    undercuts: prediction-is-complicated -> model-learns-strategic-planning
"""


def test_what_only_an_argued_point_could_bring_about_is_not_said_to_be_out_of_reach() -> None:
    """The first point falls once what contradicts it holds, but no leaf can bring that about."""
    debate = story(PAST_EACH_OTHER)
    said = " ".join(cruxes_text(debate, cruxes(debate, "no-steps-before-the-next-token"), 200).split())
    assert "model-learns-strategic-planning, itself argued about: if that holds, this point falls" in said
    assert (
        "Apart from itself, nothing that is unsettled and rests on no other point could bring it about that it falls."
    ) in said


def test_what_nothing_can_change_says_so() -> None:
    said = run("cruxes", "fees-pay-for-new-books").output
    assert "Nothing that is unsettled can change that." in said
    assert answer("cruxes", "fees-pay-for-new-books")[0]["cruxes"] == []


def test_a_leaf_in_dispute_is_asked_about_apart_from_the_dispute() -> None:
    said = run("cruxes", "poorer-readers-owe-most").output
    assert said.endswith("It is itself unsettled: held by Ada. Nothing else that is unsettled bears on it.\n"), (
        "and that once"
    )


def test_cruxes_are_ranked() -> None:
    (go, _stay) = answer("cruxes", "should-late-fees-go")
    told = go["cruxes"]
    assert isinstance(told, list)
    keys = [(not c["necessary"], not c["decisive"], -abs(c["swing"])) for c in told]
    assert keys == sorted(keys)


def test_a_participant_is_taken_at_their_word() -> None:
    (go,) = answer("cruxes", "late-fees-should-go", "--as", "ada")
    assert go["verdict"] == "in"
    assert go["settled_by"] == [{"verdict": "in", "outcomes": [], "necessary": [], "others": []}]
    (stay,) = answer("cruxes", "late-fees-should-stay", "--as", "ben")
    assert stay["verdict"] == "undecided"


def test_nobody_is_asked_who_takes_no_part() -> None:
    for arguments in (("cruxes", "late-fees-should-go"), ("list",), ("what-if", "late-fees-should-go=in")):
        result = run(*arguments, "--as", "adda")
        assert (result.exit_code, result.output) == (
            1,
            "kb: no participant is called `adda`; did you mean `ada`?\n",
        )


@pytest.mark.usefixtures("_without_solver")
def test_only_the_harder_cases_ask_for_a_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("cruxes", "late-fees-should-go").exit_code == 0
    monkeypatch.setattr(sets, "_TRIES", 0)
    result = run("cruxes", "agency-open-for-lack-of-argument", folder=SHIPPED)
    assert (result.exit_code, result.output) == (
        2,
        "kb: the smallest sets of points that would settle it take a solver: `pip install 'argument-kb[solve]'`\n",
    )


AT_ODDS = """
    id: holds
    kind: claim
    text: The bridge will hold.
    source: talk ann-1
    ---
    id: falls
    kind: objection
    text: It will fall.
    source: talk ann-2
    attacks: holds
    ---
    id: who-knows
    kind: objection
    text: Neither can be known.
    source: talk bob-2
    attacks: [holds, falls]
    ---
    id: ferry-pays
    kind: claim
    text: The ferry pays.
    source: talk ann-1
    ---
    id: many-cross
    kind: claim
    text: Many cross.
    source: talk ann-1
    supports: ferry-pays
    ---
    id: few-cross
    kind: objection
    text: Few cross, as nothing said here is true.
    source: talk bob-3
    attacks: [many-cross, few-cross]
"""
"""Ann contradicts herself about the bridge; the ferry is another matter. Bob contradicts himself in one breath."""


def test_who_is_at_odds_with_themselves_elsewhere_has_cruxes_all_the_same() -> None:
    debate = story(AT_ODDS)
    assert compare(debate, "ann", "bob").at_odds == (("holds",), ())
    (found,) = cruxes(debate, "ferry-pays", "ann")
    assert [(crux.id, crux.if_in, crux.if_out) for crux in found.cruxes] == [("many-cross", "in", "out")]


def test_who_has_said_nothing_has_no_odds_either() -> None:
    (found,) = cruxes(story(AT_ODDS), "ferry-pays", "cleo")
    assert (found.verdict, found.shares, found.sampled) == ("undecided", None, False)


def test_a_point_that_can_come_out_one_way_only_is_told_so_if_that_makes_a_difference() -> None:
    debate = story(AT_ODDS)
    (found,) = cruxes(debate, "many-cross")
    (crux,) = found.cruxes
    assert (crux.id, crux.if_in, crux.if_out, crux.alone) == ("few-cross", None, "in", True)
    assert "* few-cross: if not, this point stands; the rest rules out that it holds." in cruxes_text(
        debate, [found], 200
    )
    (found,) = cruxes(debate, "ferry-pays")
    assert {crux.id: (crux.if_in, crux.if_out, crux.alone) for crux in found.cruxes} == {
        "many-cross": ("in", "out", True),
        "few-cross": (None, "undecided", False),
    }
    assert "* few-cross: if" not in cruxes_text(debate, [found], 200)


def test_what_somebody_leaves_open_is_told_apart_from_what_is_unsettled() -> None:
    said = run("cruxes", "late-fees-should-stay", "--as", "ben").output
    assert "Nothing that Ben leaves open could bring it about that it falls." in said
    assert "fees-bring-books-back: if that holds, this point stays open; if not, this point falls." in said


# -- robust ------------------------------------------------------------------------------------------------------------


def test_verdicts_that_hold_whatever_comes() -> None:
    rows = {str(row["id"]): row for row in answer("robust")}
    assert rows["fees-pay-for-new-books"]["in_every_world"] == "out"
    assert rows["late-fees-should-go"]["can_be"] == ["in", "out", "undecided"]
    robust_ones = answer("robust", "--only", "robust")
    assert [row["id"] for row in robust_ones] == [i for i, row in rows.items() if row["in_every_world"]]
    assert len(answer("robust", "--only", "open")) + len(robust_ones) == len(rows)


def test_a_verdict_can_be_robust_though_no_reason_for_it_is_settled(tmp_path: Path) -> None:
    debate = read(tmp_path, FORK)[0].debate
    assert cautious_verdict(evaluate(debate), "bridge-closes") == "undecided"
    (row,) = robust.rows(debate, "bridge-closes")
    assert row["in_every_world"] == "in"
    assert robust.robust_verdict(debate, "bridge-closes") == "in"
    assert robust.robust_verdict(debate, "mayor-repeats-engineers") is None
    assert account(debate, "bridge-closes").text.endswith(
        "; whatever becomes of what is unsettled, it stands in every world."
    )


def test_one_node_can_be_asked_about() -> None:
    (row,) = answer("robust", "fees-pay-for-new-books")
    assert row == {
        "id": "fees-pay-for-new-books",
        "status": "defeated",
        "verdict": "out",
        "in_every_world": "out",
        "can_be": ["out"],
    }
    assert run("robust", "nope").exit_code == 1
    assert [row["id"] for row in answer("robust", "should-late-fees-go")] == [
        "late-fees-should-go",
        "late-fees-should-stay",
    ]
    assert run("robust").output.endswith("2 of 9 verdicts hold in every world.\n")


def test_of_a_question_each_answer_is_told() -> None:
    assert [row["id"] for row in answer("robust", "should-late-fees-go")] == [
        "late-fees-should-go",
        "late-fees-should-stay",
    ]


def test_many_objections_one_after_the_other_take_no_solver(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where nothing goes in a circle every world decides everything."""
    monkeypatch.setitem(sys.modules, "pysat.solvers", None)
    point = "---\nid: n{0}\nkind: objection\ntext: Number {0}.\nby: {1}\nattacks: n{2}\n"
    people = [f"## participants/{who}.yaml\nname: {who.title()}\n" for who in ("ann", "bob")]
    first = "## talk/thread.yaml\nid: n0\nkind: claim\ntext: Number 0.\nby: ann\n"
    rest = [point.format(n, ("ann", "bob")[n % 2], n - 1) for n in range(1, 30)]
    debate = read(tmp_path, "".join([*people, first, *rest]))[0].debate
    assert all(row["can_be"] == ["in", "out"] for row in robust.rows(debate))


# -- compare -----------------------------------------------------------------------------------------------------------


def test_where_two_people_part_and_what_they_share() -> None:
    found = compare(load(STARTER / "claims").debate, "ada", "ben")
    assert found.shared == ("collecting-costs-more",)
    assert found.rivals == (("late-fees-should-go", "late-fees-should-stay"),)
    assert [(a.id, a.stances, a.root, a.decided, a.since.node) for a in found.divergences] == [
        ("fees-pay-for-new-books", ("denies", "accepts"), True, "out", "collecting-costs-more"),
        ("fees-bring-books-back", ("denies", "accepts"), True, None, "books-came-back-in-the-trial"),
    ]
    assert {t.id: t.double_cruxes for t in found.theses if t.double_cruxes} == {
        "late-fees-should-stay": ("fees-bring-books-back",)
    }


def test_what_people_part_on_first_may_rest_on_what_they_part_on_later() -> None:
    debate = load(SHIPPED / "claims").debate
    below, told = contests(debate).below, 0
    for one, other in combinations(debate.participants, 2):
        apart = compare(debate, one, other).divergences
        for point in apart:
            assert point.root == (not any(p.id in below(point.id) for p in apart if p != point))
            told += not point.root
    assert told > 3


def many_answers(tmp_path: Path) -> Debate:
    """Fifty answers of which one can hold: one is Ann's, one Bob's, all others Cleo's."""
    answer = "---\nid: answer-{0}\nkind: claim\ntext: It is {0}.\nby: {1}\nanswers: how-many\n"
    people = [f"## participants/{who}.yaml\nname: {who.title()}\n" for who in ("ann", "bob", "cleo")]
    many = [answer.format(n, ("ann", "bob", "cleo")[min(n, 2)]) for n in range(50)]
    asked = "## talk/thread.yaml\nid: how-many\nkind: question\ntext: How many?\nexclusive: true\n"
    return read(tmp_path, "".join([*people, asked, *many]))[0].debate


def test_rivals_are_held_by_one_each(tmp_path: Path) -> None:
    found = compare(many_answers(tmp_path), "bob", "ann")
    assert found.rivals == (("answer-1", "answer-0"),)


def test_who_is_at_odds_with_themselves_is_told_so_where_it_matters(tmp_path: Path) -> None:
    debate = many_answers(tmp_path)
    assert len(compare(debate, "ann", "cleo").at_odds[1]) == 48
    assert compare(debate, "ann", "cleo", "answer-0").at_odds == ((), ())


def test_of_fifty_answers_one_stands_once_the_others_fall(tmp_path: Path) -> None:
    """Each falls if any other stands: this makes too many circles to rule them out one by one."""
    (found,) = cruxes(many_answers(tmp_path), "answer-0")
    assert [(way.label, len(way.outcomes), len(way.necessary)) for way in found.ways] == [("in", 49, 49), ("out", 1, 0)]


TAKEN_TO_HOLD = """
    id: holds
    kind: claim
    text: The bridge will hold.
    source: talk ann-1
    ---
    id: falls
    kind: objection
    text: It will not.
    source: talk bob-1
    attacks: holds
    ---
    id: ann-thinks-so
    kind: claim
    text: Ann thinks that it will hold.
    source: talk bob-2
    attributed_to: ann
    restates: holds
"""


def test_since_is_when_somebody_said_it_themselves() -> None:
    (apart,) = compare(story(TAKEN_TO_HOLD), "ann", "bob").divergences
    assert (apart.id, apart.stances, apart.since.node) == ("holds", ("accepts", "denies"), "falls")
    assert stances(story(TAKEN_TO_HOLD)).since("holds", "ann") == stances(story(TAKEN_TO_HOLD)).acts("holds")[0]


def test_comparing_is_the_same_both_ways_round() -> None:
    debate = load(SHIPPED / "claims").debate
    one_way, other = compare(debate, "shoggoth-p1", "lenivchick"), compare(debate, "lenivchick", "shoggoth-p1")
    assert one_way.shared
    assert one_way.divergences
    assert any(thesis.double_cruxes for thesis in one_way.theses)
    assert one_way.shared == other.shared
    assert [(a.id, a.stances, a.root) for a in one_way.divergences] == [
        (a.id, a.stances[::-1], a.root) for a in other.divergences
    ]
    assert [(t.id, t.double_cruxes) for t in one_way.theses] == [(t.id, t.double_cruxes) for t in other.theses]


def test_one_question_can_be_compared_alone() -> None:
    said = run("compare", "ada", "ben", "--on", "fees-pay-for-new-books").output
    assert "fees-pay-for-new-books" in said
    assert "fees-bring-books-back" not in said
    assert "both hold:\n    * Collecting costs more (collecting-costs-more)" in said


def test_every_point_is_told_by_its_name_and_its_id() -> None:
    said = run("compare", "ada", "ben").output
    told = (
        "* Ada: Late fees should go (late-fees-should-go); Ben: Late fees should stay (late-fees-should-stay)",
        "* Fees bring books back (fees-bring-books-back): Ada denies it, Ben accepts it; since minutes m3.2",
        "* Fees bring books back (fees-bring-books-back), about Late fees should stay (late-fees-should-stay)",
    )
    assert [line for line in told if line not in " ".join(said.split())] == []


def test_people_who_agree_nowhere_stand_against_each_other() -> None:
    said = run("compare", "vs-p1", "vs-p2", folder=SHIPPED).output
    assert "They nowhere stand against each other." in said
    result = run("compare", "ada", "ada")
    assert (result.exit_code, result.output) == (2, "kb: `ada` can only be compared with somebody else\n")


@pytest.mark.parametrize("form", ["table", "csv", "md", "json"])
@pytest.mark.parametrize("command", [["cruxes", "should-late-fees-go"], ["robust"], ["compare", "ada", "ben"]])
def test_every_format_is_given(command: list[str], form: str) -> None:
    result = run(*command, "--format", form)
    assert result.exit_code == 0
    assert result.output == run(*command, "--format", form).output


# -- as somebody sees it -----------------------------------------------------------------------------------------------


def test_the_list_says_how_a_participant_sees_it() -> None:
    ada = {row["id"]: row["as"] for row in answer("list", "--as", "ada")}
    assert (ada["late-fees-should-go"], ada["late-fees-should-stay"]) == ("in", "out")
    assert ada["should-late-fees-go"] is None


def test_what_would_follow_in_the_eyes_of_a_participant() -> None:
    rows = answer("what-if", "fees-bring-books-back=in", "--as", "ada")
    assert {row["id"]: (row["was"], row["would_be"]) for row in rows} == {
        "fees-bring-books-back": ("out", "in"),
        "late-fees-should-go": ("in", "undecided"),
        "late-fees-should-stay": ("out", "undecided"),
    }


def test_why_it_comes_out_so_for_a_participant() -> None:
    said = run("why", "late-fees-should-go", "--as", "ada").output
    assert said.startswith("late-fees-should-go is in: it follows from")
    assert "fees-bring-books-back is out: it is denied by Ada." in said
    said = run("why", "late-fees-should-stay", "--as", "ben").output
    assert "poorer-readers-owe-most is undecided: it is neither held nor denied by Ben." in said
    row = json.loads(run("why", "late-fees-should-go", "--as", "ada", "--format", "json").stdout)
    assert (row["verdict"], row["status"]) == ("in", None)
    result = run("why", "late-fees-should-go", "--as", "ada", "--not")
    assert (result.exit_code, result.output.count("\n")) == (2, 1)


@pytest.mark.parametrize("folder", [STARTER, SHIPPED])
def test_everybody_has_an_account_of_everything(folder: Path) -> None:
    debate = load(folder / "claims").debate
    for participant in debate.participants:
        view = held_outcomes(evaluate(debate), participant)
        for node_id in debate.nodes:
            found = account_seen_by(debate, node_id, participant)
            verdict = label_given(conditions(debate), evaluate(debate).point_number(node_id), view)
            assert found.verdict == (None if evaluate(debate).verdict(node_id) is None else verdict)
            assert len(found.text) > 10
