"""What would follow from a change: exactly what follows in a debate that has it, and each further change has another as its cause."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

import kb
from kb.cli import main
from kb.evaluate import evaluate
from kb.finding import KbError
from kb.load import load
from kb.queries.what_if import changes, sentence
from kb.standing.framework import OPEN
from tests.conftest import read
from tests.ladder.labels import INTERVENTIONS
from tests.ladder.rung import agree
from tests.stories import story

if TYPE_CHECKING:
    from kb.debate import Debate

STARTER = Path(kb.__file__).parent / "starter"
SHIPPED = Path(kb.__file__).parent.parent


@pytest.fixture(scope="module")
def debate() -> Debate:
    """The debate of this repository."""
    return load(SHIPPED / "claims").debate


# -- interventions ---------------------------------------------------------------------------------------------


def test_fixed_points_are_labelled_as_if_they_had_been_written_so() -> None:
    assert agree(INTERVENTIONS, 600)["with changed labels"] > 200


def test_what_is_so_anyway_changes_nothing(debate: Debate) -> None:
    for node_id in debate.nodes:
        verdict = evaluate(debate).verdict(node_id)
        if verdict not in {None, OPEN}:
            assert changes(debate, {node_id: str(verdict)}) == ()


def test_every_change_is_told_by_what_changed(debate: Debate) -> None:
    told = 0
    for node_id in debate.nodes:
        if evaluate(debate).verdict(node_id) is None:
            continue
        found = changes(debate, {node_id: "out"})
        ids = {change.id for change in found}
        assert len(ids) == len(found)
        for change in found:
            assert change.was != change.would_be
            assert change.because == "supposed." or change.because.count("`") >= 2
            assert change.would_be == "undecided" or "undecided" not in change.because
            told += change.because != "supposed."
    assert told > 50


# -- the command -----------------------------------------------------------------------------------------------


def what_if(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(STARTER), "what-if", *arguments])


def test_the_starter_turns_when_its_last_word_falls() -> None:
    result = what_if("trial-ran-in-the-summer=out", "--format", "json")
    rows = json.loads(result.stdout)
    assert [row["id"] for row in rows][:2] == ["trial-ran-in-the-summer", "fees-bring-books-back"]
    assert rows[0] == {"id": "trial-ran-in-the-summer", "was": "in", "would_be": "out", "because": "supposed."}
    assert rows[1]["because"] == "`books-came-back-in-the-trial` holds against it."
    assert "verdicts change." in what_if("trial-ran-in-the-summer=out").output


def test_several_things_can_be_supposed_at_once() -> None:
    alone = json.loads(what_if("trial-ran-in-the-summer=out", "--format", "json").stdout)
    both = what_if("trial-ran-in-the-summer=out", "books-came-back-in-the-trial=out", "--format", "json")
    assert "fees-bring-books-back" in {row["id"] for row in alone}
    assert "fees-bring-books-back" not in {row["id"] for row in json.loads(both.stdout)}


def test_what_cannot_be_together_is_said_to() -> None:
    said = what_if("late-fees-should-go=in", "late-fees-should-stay=in").output
    assert said.endswith(
        "What is supposed contradicts itself: `late-fees-should-go` does not hold where `late-fees-should-stay` does.\n"
    )
    assert "contradicts" not in what_if("late-fees-should-go=in", "late-fees-should-stay=out").output


def test_what_changes_nothing_says_so() -> None:
    result = what_if("trial-ran-in-the-summer=in")
    assert (result.exit_code, result.output) == (0, "0 of 9 verdicts change.\n")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["nope=in"], 1, "no node is called `nope`"),
        (["trial-ran-in-the-summer"], 2, "write `trial-ran-in-the-summer=in` or `trial-ran-in-the-summer=out`"),
        (["trial-ran-in-the-summer=maybe"], 2, "write `trial-ran-in-the-summer=in`"),
        (["trial-ran-in-the-summer=in", "trial-ran-in-the-summer=out"], 2, "cannot be in and out at once"),
        (["should-late-fees-go=in"], 2, "can be neither in nor out: a question has no verdict"),
        (["collecting-does-cost-more=in"], 2, "can be neither in nor out: it only acts on other points"),
    ],
)
def test_misuse_is_one_line(arguments: list[str], code: int, said: str) -> None:
    result = what_if(*arguments)
    assert result.exit_code == code, result.output
    assert said in result.output
    assert result.output.count("\n") == 1


UNARGUED = """
    id: holds
    kind: claim
    text: The bridge will hold.
    source: talk ann-1
    ---
    id: as-ever
    kind: argument
    premises: []
    supports: holds
    source: talk ann-1
    ---
    id: no-reason
    kind: objection
    text: That is no reason.
    source: talk bob-1
    undercuts: as-ever
    ---
    id: reason-enough
    kind: reply
    text: It is.
    source: talk ann-2
    attacks: no-reason
    ---
    id: stays-up
    kind: claim
    text: It will not fall.
    source: talk ann-3
    restates: holds
"""


def test_an_argument_without_premises_is_named_itself() -> None:
    found = changes(story(UNARGUED), {"no-reason": "in"})
    assert {change.id: change.because for change in found} == {
        "no-reason": "supposed.",
        "as-ever": "`no-reason` undercuts it.",
        "holds": "`as-ever` is a reason that fails.",
    }


def test_a_point_that_is_said_twice_is_supposed_and_counted_once() -> None:
    debate = story(UNARGUED)
    found = changes(debate, {"stays-up": "out"})
    assert [change.id for change in found] == ["holds"]
    assert sentence(debate, found) == "1 of 4 verdicts changes."
    with pytest.raises(KbError, match="`stays-up` cannot be supposed: it says the same as `holds`"):
        changes(debate, {"holds": "in", "stays-up": "out"})


def test_of_many_rivals_only_the_one_that_holds_is_named() -> None:
    answer = "---\nid: answer-{0}\nkind: claim\ntext: It is {0}.\nanswers: how-many\n"
    asked = "id: how-many\nkind: question\ntext: How many?\nexclusive: true\n"
    found = changes(read(asked + "".join(answer.format(n) for n in range(9))).debate, {"answer-4": "in"})
    assert {change.because for change in found if change.id != "answer-4"} == {"`answer-4`, its rival, holds."}
