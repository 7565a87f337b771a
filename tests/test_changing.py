"""What would change a verdict: told from what it depends on, and true if it is tried out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kb.evaluate import evaluate
from kb.queries.changing import change_phrase
from kb.queries.telling import plain_text
from tests.conftest import read

if TYPE_CHECKING:
    from kb.debate import Debate

TOP = "id: top\nkind: claim\ntext: Top.\n"
BASE = f"{TOP}---\nid: why\nkind: claim\ntext: Why.\nsupports: top\n"
NO = "---\nid: no\nkind: objection\ntext: No.\nattacks: top\n"
NO_NO = "---\nid: no-no\nkind: objection\ntext: No, no.\nattacks: no\n"
NO_NO_NO = "---\nid: no-no-no\nkind: objection\ntext: No, no, no.\nattacks: no-no\n"
NO_WHY = "---\nid: no-why\nkind: objection\ntext: No why.\nattacks: why\n"


def said(text: str) -> str:
    found = change_phrase(read(text).debate, "top")
    return "" if found is None else plain_text(found)


def verdict(text: str) -> str | None:
    debate: Debate = read(text).debate
    return evaluate(debate).verdict("top")


@pytest.mark.parametrize(
    ("now", "told", "then"),
    [
        (TOP, "It would fall to an objection that holds; there is none on record.", NO),
        (BASE, "It would fall if its reason `why` failed.", NO_WHY),
        (BASE + NO + NO_NO, "It would fall if `no` carried against it, or if its reason `why` failed.", NO_NO_NO),
        (BASE + NO, "It would stand if `no` did not carry against it.", NO_NO),
        (BASE + NO_WHY, "It would stand if its reason `why` carried.", NO_NO.replace("no-no", "no-2").replace("attacks: no", "attacks: no-why")),
    ],
)  # fmt: skip
def test_what_is_told_comes_true(now: str, told: str, then: str) -> None:
    assert said(now) == told
    assert {verdict(now), verdict(now + then)} == {"in", "out"}


def test_of_what_is_undecided_both_are_told() -> None:
    draw = TOP + "---\nid: a\nkind: claim\ntext: A.\ncontradicts: b\nattacks: top\n---\nid: b\nkind: claim\ntext: B.\n"
    assert said(draw) == "It would stand if `a` did not carry against it. It would fall if `a` carried against it."
    assert verdict(draw) == "undecided"


def test_of_a_reason_that_several_carry_together_each_is_named() -> None:
    also = "---\nid: also\nkind: claim\ntext: Also.\n"
    linked = BASE.replace("supports: top", "supports: {to: top, with: also}") + also
    assert said(linked) == "It would fall if one of `why` or `also`, which carry it together, failed."
    for premise in ("why", "also"):
        against = f"---\nid: no\nkind: objection\ntext: No.\nattacks: {premise}\n"
        assert (verdict(linked), verdict(linked + against)) == ("in", "out")


def test_what_nobody_holds_needs_somebody_besides() -> None:
    people = "## participants/ann.yaml\nname: Ann\n## talk/nodes.yaml\n"
    gone = f"{people}{BASE}---\nid: back\nkind: reply\ntext: Back.\nby: ann\nretracts: top\n".replace(
        "text: Top.", "text: Top.\nby: ann"
    )
    assert said(gone) == "It would stand if somebody held it."
    assert said(gone + NO_WHY) == "It would stand if its reason `why` carried and somebody held it."


def test_many_are_counted() -> None:
    four = "".join(f"---\nid: no-{n}\nkind: objection\ntext: No {n}.\nattacks: top\n" for n in range(4))
    assert said(TOP + four) == "It would stand if none of `no-0`, `no-1` or 2 more carried against it."


def test_rivals_and_lost_holders_are_told() -> None:
    people = "## participants/ann.yaml\nname: Ann\n## participants/bob.yaml\nname: Bob\n## talk/nodes.yaml\n"
    rivals = (
        f"{people}id: q\nkind: question\ntext: What?\nexclusive: true\n---\n{TOP}by: ann\nanswers: q\n"
        "---\nid: other\nkind: claim\ntext: Other.\nby: bob\nanswers: q\n"
    )
    assert said(rivals) == (
        "It would stand if its rival `other` did not hold. It would fall if its rival `other` held."
    )
    gone = f"{people}{TOP}by: ann\n---\nid: back\nkind: reply\ntext: Back.\nby: ann\nretracts: top\n"
    assert said(gone) == "It would stand if somebody held it."


def test_what_has_no_verdict_has_nothing_to_change() -> None:
    assert said(TOP.replace("kind: claim", "kind: question")) == ""
    assert said(TOP + "certainty: arguendo\n") == ""
