"""The maps: no box on another, every arrow where it belongs, every text in its box, and what is left out is counted."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from kb.mapping.chart import Chart, style_of
from kb.mapping.layout import GAP, WIDTH, lay_out
from kb.mapping.neighbourhood import BOXES, FAN, neighbourhood
from kb.mapping.routing import Line, route
from kb.mapping.text_width import fit, width, wrap
from kb.publishing.node_map import picture
from kb.vocabulary import RELATIONS
from tests import hostile, maps
from tests.conftest import read

if TYPE_CHECKING:
    from kb.debate import Debate

STORY = """
id: asked
kind: question
text: Should we go?
---
id: go
kind: claim
text: We should go.
answers: asked
---
id: stay
kind: objection
text: We should stay.
attacks: go
answers: asked
---
id: sunny
kind: claim
text: It is sunny.
supports: {to: go, with: [free]}
---
id: free
kind: claim
text: We are free today.
---
id: tired
kind: objection
text: Sun and leisure are no reason for the tired.
undercuts: sunny -> go
---
id: rested
kind: objection
text: A night's sleep undoes that.
undercuts: tired -> sunny -> go
"""


@pytest.fixture(scope="module")
def story() -> Debate:
    text = STORY.replace("undercuts: sunny -> go", "undercuts: {to: sunny -> go, id: too-tired}")
    found = read(text.replace("tired -> sunny -> go", "too-tired"))
    assert found.faults == ()
    return found.debate


def names(found: Chart, *numbers: int) -> tuple[str, ...]:
    return tuple(found.boxes[n].node for n in numbers)


def lines(found: Chart) -> tuple[Line, ...]:
    heights = [60] * len(found.boxes)
    return route(found, heights, lay_out(found, heights).corners)


def overlaps(found: Chart, heights: list[int]) -> list[tuple[str, ...]]:
    corners = lay_out(found, heights).corners
    return [
        names(found, a, b)
        for a, b in itertools.combinations(range(len(heights)), 2)
        if abs(corners[a][0] - corners[b][0]) < WIDTH
        and corners[a][1] < corners[b][1] + heights[b]
        and corners[b][1] < corners[a][1] + heights[a]
    ]


# -- what is drawn ------------------------------------------------------------------------------------------------------


def test_what_a_point_responds_to_is_on_its_left_and_what_responds_to_it_on_its_right(story: Debate) -> None:
    found = neighbourhood(story, "go")
    columns = {box.node: box.column for box in found.boxes}
    assert columns == {"go": 0, "asked": -1, "stay": 1, "sunny": 1, "free": 1, "tired": 1, "rested": 1}
    assert names(found, 0) == ("go",)


def test_linked_premises_share_one_arrow(story: Debate) -> None:
    found = neighbourhood(story, "go")
    linked = next(a for a in found.arrows if a.kind == "supports")
    assert set(names(found, *linked.starts)) == {"sunny", "free"}
    line = lines(found)[found.arrows.index(linked)]
    assert line.joint is not None
    assert line.strokes.count("M{} {}V".format(*line.joint)) == 2


@pytest.mark.parametrize(("focus", "other"), [("sunny", "free"), ("free", "sunny")])
def test_each_of_linked_premises_leads_to_what_they_carry(story: Debate, focus: str, other: str) -> None:
    found = neighbourhood(story, focus)
    carried = next(a for a in found.arrows if a.kind == "supports")
    assert names(found, *carried.starts) == (focus, other)
    assert carried.box is not None
    assert names(found, carried.box) == ("go",)
    assert found.boxes[carried.box].column == -1


def test_a_premise_leads_to_the_argument_that_lists_it() -> None:
    debate = read(
        "id: a\nkind: claim\ntext: A.\n---\nid: p\nkind: claim\ntext: P.\n---\nid: q\nkind: claim\ntext: Q.\n---\n"
        "id: arg\nkind: argument\ntext: Hence.\npremises: [p, q]\nsupports: a\n"
    ).debate
    found = neighbourhood(debate, "p")
    assert {box.node: box.column for box in found.boxes} == {"p": 0, "arg": -1, "a": -2}
    assert [a.kind for a in found.arrows] == ["premise", "supports"]


@pytest.mark.parametrize("focus", ["go", "sunny", "tired", "rested"])
def test_an_undercut_ends_on_the_arrow_it_denies(story: Debate, focus: str) -> None:
    found = neighbourhood(story, focus)
    first = next(a for a in found.arrows if names(found, *a.starts) == ("tired",))
    second = next(a for a in found.arrows if names(found, *a.starts) == ("rested",))
    assert first.arrow is not None
    assert "sunny" in names(found, *found.arrows[first.arrow].starts)
    assert second.arrow == found.arrows.index(first)
    assert [line.onto_arrow for line in lines(found)] == [a.arrow is not None for a in found.arrows]


def test_an_undercut_stands_below_what_it_denies_in_the_same_column(story: Debate) -> None:
    found = neighbourhood(story, "tired")
    corners = lay_out(found, [60] * len(found.boxes)).corners
    place = {box.node: corner for box, corner in zip(found.boxes, corners, strict=True)}
    assert place["sunny"][0] == place["tired"][0] == place["rested"][0]
    assert place["sunny"][1] < place["tired"][1] < place["rested"][1]
    assert place["go"][0] == place["tired"][0] - WIDTH - GAP


def test_a_point_met_twice_is_drawn_once_in_full() -> None:
    debate = read(
        "id: a\nkind: claim\ntext: A.\n---\nid: b\nkind: claim\ntext: B.\nsupports: a\n---\n"
        "id: c\nkind: objection\ntext: C.\nattacks: [a, b]\n"
    ).debate
    found = neighbourhood(debate, "a")
    assert [box.is_reference for box in found.boxes if box.node == "c"] == [False, True]


def test_a_crowd_is_cut_objections_first_and_the_rest_is_counted() -> None:
    nodes = "".join(f"---\nid: r{n}\nkind: claim\ntext: Reason {n}.\nsupports: top\n" for n in range(30))
    objection = "---\nid: z\nkind: objection\ntext: No.\nattacks: top\n"
    debate = read(f"id: top\nkind: claim\ntext: Top.\n{nodes}{objection}").debate
    found = neighbourhood(debate, "top")
    assert len(found.boxes) == FAN + 1
    assert "z" in {box.node for box in found.boxes}
    assert found.hidden == 31 - FAN
    drawn = picture(debate, "top")
    assert drawn is not None
    assert drawn.hidden == 31 - FAN
    assert "31 below …" in drawn.svg


def test_of_a_question_its_answers_are_drawn_before_the_questions_it_falls_into() -> None:
    narrower = "".join(
        f"---\nid: q{n}\nkind: question\ntext: And {n}?\nqualifies: q\n---\nid: of-{n}\nkind: claim\ntext: So {n}.\nanswers: q{n}\n"
        for n in range(FAN)
    )
    answers = "".join(f"---\nid: z{n}\nkind: claim\ntext: Answer {n}.\nanswers: q\n" for n in range(3))
    found = neighbourhood(read(f"id: q\nkind: question\ntext: What?\n{narrower}{answers}").debate, "q", reach=3)
    assert {"z0", "z1", "z2"} < {box.node for box in found.boxes if box.column == 1}


@pytest.mark.parametrize("relation", ["undercuts: {{to: s{0}, id: s{1}}}", "attacks: u{0}"])
def test_a_long_line_is_cut_before_and_behind(relation: str) -> None:
    start = "id: a\nkind: claim\ntext: A.\n---\nid: u0\nkind: claim\ntext: U.\nsupports: {to: a, id: s0}\n"
    line = "".join(
        f"---\nid: u{n}\nkind: objection\ntext: U {n}.\n{relation.format(n - 1, n)}\n" for n in range(1, 1500)
    )
    debate = read(start + line).debate
    for number in (0, 3, 20, 1499):
        found = neighbourhood(debate, f"u{number}")
        assert len(found.boxes) <= BOXES
        assert len({n for a in found.arrows for n in (*a.starts, a.box)} - {None}) == len(found.boxes)
        assert found.hidden


def test_one_point_that_undercuts_many_steps_does_not_fill_the_map() -> None:
    steps = "".join(f"---\nid: r{n}\nkind: claim\ntext: R {n}.\nsupports: {{to: a, id: s{n}}}\n" for n in range(40))
    denied = ", ".join(f"s{n}" for n in range(40))
    debate = read(
        f"id: a\nkind: claim\ntext: A.\n{steps}---\nid: u\nkind: objection\ntext: U.\nundercuts: [{denied}]\n"
    ).debate
    found = neighbourhood(debate, "u")
    assert len(found.boxes) <= BOXES
    assert found.hidden == 40 - sum(box.node.startswith("r") for box in found.boxes)


@given(maps.debates(most=9))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_on_no_map_does_a_box_lie_on_another(debate: Debate) -> None:
    for node_id in debate.nodes:
        found = neighbourhood(debate, node_id)
        assert len(found.boxes) <= BOXES
        assert overlaps(found, [30 + 17 * (n % 4) for n in range(len(found.boxes))]) == []
        full = [box.node for box in found.boxes if not box.is_reference]
        assert len(full) == len(set(full))
        for number, arrow in enumerate(found.arrows):
            assert (arrow.box is None) != (arrow.arrow is None)
            assert arrow.arrow is None or arrow.arrow < number


@given(maps.debates(most=9))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_relation_of_a_point_that_leads_somewhere_drawn_is_on_its_map(debate: Debate) -> None:
    for node_id, node in debate.nodes.items():
        found = neighbourhood(debate, node_id)
        drawn = {
            (found.boxes[s].node, a.kind, found.boxes[a.box].node)
            for a in found.arrows
            if a.box is not None
            for s in a.starts
        }
        for relation in node.relations:
            if relation.to in debate.nodes and relation.to != node_id:
                assert (node_id, relation.kind, relation.to) in drawn or found.hidden


# -- how it looks -------------------------------------------------------------------------------------------------------


def test_relations_are_told_by_word_and_line_not_by_colour_alone(story: Debate) -> None:
    drawn = picture(story, "go")
    assert drawn is not None
    for words in ("+ supports", "\N{MINUS SIGN} attacks", "≠ undercuts", "→ answers"):
        assert words in drawn.svg
    for_, against, undercut = (
        re.search(rf'<g class="{style}"><path d="([^"]*)"/><path d="([^"]*)"/>', drawn.svg) for style in "fau"
    )
    assert for_ is not None
    assert against is not None
    assert undercut is not None
    assert re.fullmatch(r"M\d+ \d+l8-4v8z", for_[2])
    assert re.fullmatch(r"M\d+ \d+v10", against[2])
    assert undercut[2].count("a4 4") == 2
    assert drawn.svg.count('<path class="j"') == 1
    assert {style_of(name) for name in RELATIONS} == {"for", "against", "undercut", "neutral"}


def test_every_box_but_the_one_in_question_is_a_link(story: Debate) -> None:
    drawn = picture(story, "go")
    assert drawn is not None
    links = re.findall(r'<a [^>]*href="([^"]*)"[^>]*>', drawn.svg)
    assert sorted(links) == [f"{n}.html" for n in ("asked", "free", "rested", "stay", "sunny", "tired")]
    assert drawn.svg.count('<g class="h ') == 1
    assert 'role="group" aria-labelledby="map"' in drawn.svg


def test_a_point_on_its_own_has_no_map() -> None:
    assert picture(read("id: alone\nkind: claim\ntext: Alone.\n").debate, "alone") is None


def test_hostile_texts_stay_in_their_boxes() -> None:
    debate = read(hostile.DEBATE).debate
    drawn = picture(debate, "main")
    assert drawn is not None
    assert "<script" not in drawn.svg
    for line in re.findall(r"<t(?:ext|span)[^>]*>([^<]+)", drawn.svg):
        text = line.replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", '"').replace("&#39;", "'")
        assert width(text.replace("&amp;", "&"), 12) <= WIDTH


@pytest.mark.parametrize(
    "text", ["word " * 40, "W" * 300, "你好" * 60, "a" * 12 + " " + "b" * 90, "", " ", "שלום " * 30]
)
@pytest.mark.parametrize("most", [1, 2, 4])
def test_wrapped_text_fits_and_is_cut_with_an_ellipsis(text: str, most: int) -> None:
    lines = wrap(text, 12, 150, most)
    assert len(lines) <= most
    assert all(width(line, 12) <= 150 for line in lines)
    if "".join(lines).replace(" ", "") != text.replace(" ", ""):
        assert lines[-1].endswith("…")


def test_what_fits_is_left_as_it_is() -> None:
    assert fit("short", 12, 150) == "short"
    assert wrap("two words", 12, 150, 4) == ("two words",)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ann", "Ann"),
        ("Authors of the post", "Authors of the…"),
        ("Authors of theses (all)", "Authors of…"),
        ("Wolfeschlegelsteinhausenbergerdorff", "Wolfeschlegels…"),
    ],
)
def test_a_name_that_does_not_fit_is_cut_behind_a_word(name: str, shown: str) -> None:
    people = f"## participants/ann.yaml\nname: {name}\n## talk/nodes.yaml\n"
    nodes = "id: a\nkind: question\ntext: A?\nby: ann\n---\nid: b\nkind: claim\ntext: B.\nanswers: a\n"
    drawn = picture(read(people + nodes).debate, "b")
    assert drawn is not None
    assert re.findall(r'<text class="w">([^<]*)', drawn.svg) == [shown]
