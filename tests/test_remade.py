"""What edits have to make again, case by case: each would be stale if a page or file forgot to say what it is made of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kb.companions import search
from kb.pages import nodes, topic
from kb.pages import open as opened
from kb.publishing import disputes, passage_pages
from tests import edits
from tests.test_publish import built, holds_what_is_right, threads

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

PEOPLE = {
    "claims/kb.yaml": b"title: T\n",
    **{f"claims/participants/{name}.yaml": f"name: {name}\n".encode() for name in ("ann", "bob")},
}
TALK = "".join(f"- {{id: a{number}, by: ann}}\n" for number in range(1, 6))
"""Passages."""


def claims(folder: str, *numbers: int, more: str = "") -> edits.Files:
    """Some points of a topic."""
    return {f"claims/{folder}/p{n}.yaml": f"kind: claim\ntext: Point {n} is made.\n{more}".encode() for n in numbers}


def disputed(*numbers: int) -> edits.Files:
    """Some points that are denied."""
    denied = {
        f"claims/t/no{n}.yaml": f"kind: objection\ntext: Not {n}.\nby: bob\nattacks: p{n}\n".encode() for n in numbers
    }
    return {**claims("t", *numbers, more="by: ann\n"), **denied}


@pytest.mark.parametrize(
    ("small", "before", "after"),
    [
        pytest.param([(nodes, "_A_PAGE", 2)], claims("t", *range(5)), claims("t", 9), id="one page more of the index"),
        pytest.param(
            [(opened, "A_PAGE", 1), (disputes, "A_PAGE", 1)],
            disputed(*range(3)),
            disputed(9),
            id="one page more of the disputes",
        ),
        pytest.param([(topic, "_A_PAGE", 2)], claims("t", 0, 1, 2, 8), claims("t", 9), id="one page more of a topic"),
        pytest.param([], claims("t", 0, 1, 2), claims("u", 11, 12), id="a second topic"),
        pytest.param(
            [(passage_pages, "_A_PAGE", 2)],
            {
                "claims/sources/talk.yaml": f"title: Talk\npassages:\n{TALK}".encode(),
                **claims("t", 0, more="source: talk a1\n"),
            },
            claims("t", 9, more="source: talk a5\n"),
            id="how much of a source is mapped",
        ),
    ],
)
def test_what_a_page_is_made_of_besides_its_points_makes_it_again(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    small: list[tuple[ModuleType, str, int]],
    before: edits.Files,
    after: edits.Files,
) -> None:
    for module, limit, value in small:
        monkeypatch.setattr(module, limit, value)
    edits.write(tmp_path, {**PEOPLE, **before})
    built(tmp_path)
    edits.write(tmp_path, after)
    built(tmp_path)
    assert holds_what_is_right(tmp_path)


def test_the_line_of_a_point_is_told_from_that_of_one_whose_id_goes_on(tmp_path: Path) -> None:
    names = ("yes", "yes-1", "yes-2")
    told = "kind: claim\ntext: It is so, says {}.\n"
    edits.write(tmp_path, {**PEOPLE, **{f"claims/t/{name}.yaml": told.format(name).encode() for name in names}})
    built(tmp_path)
    for name in names:
        edits.write(tmp_path, {f"claims/t/{name}.yaml": told.format(f"{name} again").encode()})
        built(tmp_path)
        assert holds_what_is_right(tmp_path)


def test_an_index_whose_groups_move_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_A_FILE", 4)
    edits.write(tmp_path, {**PEOPLE, **claims("t", *range(104))})
    built(tmp_path)
    for number in range(104, 110):  # from some point on, everything after the points has other numbers in the index
        edits.write(tmp_path, claims("t", number))
        built(tmp_path)
        assert holds_what_is_right(tmp_path)


def test_what_is_remembered_of_a_site_does_not_grow_with_edits(tmp_path: Path) -> None:
    threads(tmp_path, count=8)
    sizes = []
    for number in range(60):
        answer = f"kind: objection\ntext: Late {number}.\nby: bob\nattacks: yes-{number % 8}\n".encode()
        edits.write(tmp_path, {"claims/t/late.yaml": f"id: late-{number}\n".encode() + answer})
        built(tmp_path)
        head = (tmp_path / ".kb-cache/claims.site").read_bytes().splitlines()[0]
        sizes.append(len(json.loads(head)[5]))
    assert max(sizes[30:]) <= max(sizes[:30])
