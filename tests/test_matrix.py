"""The table of who stands where: for each person the side they are on, in words."""

from __future__ import annotations

import re
from pathlib import Path

from kb.load import load
from kb.pages import matrix
from kb.publishing.stands import stands
from tests.conftest import read
from tests.test_pages import DISPUTED, pages

ASKED = """
## participants/ann.yaml
name: Ann
## participants/bob.yaml
name: Bob
## participants/cid.yaml
name: Cid
## talk/nodes.yaml
id: q
kind: question
text: What?
exclusive: true
---
id: one
kind: claim
text: This.
by: ann
answers: q
---
id: two
kind: claim
text: That.
by: bob
certainty: tentative
answers: q
"""


def cells(page: str) -> list[list[str]]:
    """The cells of the table, row by row, without markup."""
    rows = re.findall(r"<tr>(.*?)</tr>", page.partition("<tbody>")[2], re.DOTALL)
    return [[re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)] for row in rows]


def test_each_person_stands_on_the_side_that_they_hold() -> None:
    page = pages(ASKED)["matrix.html"]
    assert cells(page) == [["A holds it", "B leans to it"]]
    assert re.findall(r'<th scope="col"><a [^>]*>(\w+)</a>', page) == ["Ann", "Bob"]
    assert re.findall(r"<li><b>(\w)</b> <a [^>]*>([\w.]+)</a>", page) == [("A", "This."), ("B", "That.")]


def test_who_only_denies_objects_and_who_left_no_longer_holds() -> None:
    assert cells(pages(DISPUTED)["matrix.html"]) == [["A holds it", "B objects with it"]]
    granted = "---\nid: yes\nkind: reply\ntext: Yes.\nby: ann\nretracts: one\n"
    assert cells(pages(ASKED + granted)["matrix.html"]) == [["A no longer", "B leans to it"]]


def test_who_was_only_taken_to_hold_a_side_is_told_from_who_holds_it() -> None:
    taken = ASKED.replace("text: This.\nby: ann", "text: This.\nby: cid\nattributed_to: ann")
    assert cells(pages(taken)["matrix.html"])[0][0] == "A is taken to hold it"
    never = "---\nid: not-me\nkind: reply\ntext: Not me.\nby: ann\ndisowns: one\n"
    assert cells(pages(taken + never)["matrix.html"])[0][0] == "A never did"


def test_who_answered_beside_what_is_in_dispute_does_not_say_nothing() -> None:
    denied = "---\nid: no\nkind: objection\ntext: No.\nby: bob\nattacks: one\n---\nid: other\nkind: claim\ntext: Other.\nby: cid\nanswers: q\n"
    page = pages(
        ASKED.replace("exclusive: true\n", "").replace("by: bob\ncertainty: tentative\nanswers: q", "by: bob") + denied
    )["matrix.html"]
    assert cells(page) == [["A holds it", "B objects with it", "C holds it"]]
    assert re.findall(r"<li><b>C</b> <span><a [^>]*>Other.</a> \(not in dispute\)</span></li>", page)
    assert page.count("not in dispute") == 1


def test_answers_side_by_side_have_a_row_too() -> None:
    page = pages(ASKED.replace("exclusive: true\n", ""))["matrix.html"]
    assert ">no dispute<" in page
    assert cells(page) == [["A holds it", "B leans to it"]]


def test_there_is_no_table_where_nobody_stands_anywhere() -> None:
    found = pages("id: a\nkind: claim\ntext: A.\n")
    assert "matrix.html" not in found
    assert "matrix.html" not in found["people.html"]


def test_a_table_for_many_says_what_it_leaves_out() -> None:
    people = "".join(f"## participants/p{n}.yaml\nname: P {n}\n" for n in range(20))
    questions = "---\n".join(
        f"id: q{n}\nkind: question\ntext: Q {n}?\nexclusive: true\n"
        + "".join(
            f"---\nid: a{n}-{k}\nkind: claim\ntext: A {n} {k}.\nby: p{(n + k) % 20}\nanswers: q{n}\n" for k in (1, 2)
        )
        for n in range(50)
    )
    page = pages(f"{people}## talk/nodes.yaml\n{questions}")["matrix.html"]
    assert {len(row) for row in cells(page)} == {12}
    assert len(cells(page)) == 40
    assert "… 10 more questions in the list of disputes" in page
    assert "… 8 more people who take part" in page


def test_the_shipped_debate_has_a_row_for_everything_that_two_people_answered() -> None:
    debate = load(Path(__file__).parent.parent / "claims").debate
    (page,) = matrix.pages(debate)
    assert isinstance(page.context, matrix.Context)
    assert len(page.context.rows) == len(stands(debate)) > 10
    assert all(len(row.cells) == len(page.context.people) == 5 for row in page.context.rows)


def test_people_without_a_record_have_no_column() -> None:
    assert "matrix.html" in pages(ASKED)
    unknown = ASKED.replace("## participants/bob.yaml\nname: Bob\n", "")
    assert cells(pages(unknown)["matrix.html"]) == [["A holds it"]]
    assert stands(read(unknown).debate)[0].people == {"ann"}


def test_what_introduces_the_table_is_true_on_a_phone_too_where_it_has_no_columns() -> None:
    page = pages(ASKED)["matrix.html"]
    assert (
        '<p class="lead">Every question with its answers, each under a letter, and how each person stands to them.</p>'
        in page
    )
    german = pages("## kb.yaml\ntitle: Streit\nlanguage: de\n" + ASKED[ASKED.index("## participants/ann") :])[
        "matrix.html"
    ]
    assert (
        '<p class="lead">Jede Frage mit ihren Antworten, jede unter einem Buchstaben, und wie jede Person dazu steht.</p>'
        in german
    )
