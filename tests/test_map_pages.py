"""The maps of topics and of whole debates: never too large, no box on another, no line through a box, nothing left out without a count."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

import kb
from kb.indexed import by_topic
from kb.load import load
from kb.mapping.chart import Arrow, Box, Chart
from kb.mapping.forest import BOXES, MORE, TOPS, forest
from kb.mapping.layout import WIDTH, Grove, lay_out_groves
from kb.mapping.neighbourhood import neighbourhood
from kb.mapping.overview import overview
from kb.mapping.routing import route
from kb.publishing.topic_maps import debate_sheet, mapped_topics, topic_sheet
from kb.queries.thread import reply_count
from tests import geometry, hostile, maps, sites
from tests.conftest import read
from tests.geometry import Rectangle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kb.debate import Debate

ROOT = Path(kb.__file__).parent.parent
SIZES = (10, 60, 150, 5_000)


def placed(chart: Chart) -> tuple[list[Rectangle], list[int]]:
    """The layout of a map in which each tree is a group of its own, and the heights of its boxes."""
    heights = [30 + 17 * (n % 4) for n in range(len(chart.boxes))]
    corners = lay_out_groves(chart, heights, [Grove((top,)) for top in chart.right[None]]).corners
    return geometry.rectangles(corners, heights), heights


def overlapping(chart: Chart) -> list[tuple[int, int]]:
    return geometry.overlaps(placed(chart)[0])


def crossed(chart: Chart) -> list[str]:
    boxes, heights = placed(chart)
    return geometry.crossing_lines(boxes, route(chart, heights, [(r.x, r.y) for r in boxes]))


def charts(debate: Debate) -> Iterator[Chart]:
    """All maps of a debate except neighbourhoods."""
    topics = by_topic(debate)
    yield forest(debate, debate.ordered).chart
    yield overview(debate, topics).chart
    for inside in topics.values():
        yield forest(debate, inside).chart


# -- geometry ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
def test_at_every_size_nothing_overlaps_and_no_line_runs_through_a_box(
    made: Callable[[int], Debate], size: int
) -> None:
    for chart in charts(made(size)):
        assert len(chart.boxes) <= BOXES
        assert overlapping(chart) == []
        assert crossed(chart) == []


def test_the_shipped_debate_is_drawn_without_overlaps() -> None:
    debate = load(ROOT / "claims").debate
    for chart in charts(debate):
        assert len(chart.boxes) <= BOXES
        assert overlapping(chart) == []
        assert crossed(chart) == []


@given(maps.debates(most=12))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_on_no_random_map_does_anything_lie_on_a_box(debate: Debate) -> None:
    found = forest(debate, debate.ordered)
    assert overlapping(found.chart) == []
    assert crossed(found.chart) == []
    for number, arrow in enumerate(found.chart.arrows):
        assert (arrow.box is None) != (arrow.arrow is None)
        assert arrow.arrow is None or arrow.arrow < number


@given(maps.debates(most=12))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_with_room_for_all_every_point_is_drawn_in_full_once(debate: Debate) -> None:
    found = forest(debate, debate.ordered)
    full = [box.node for box in found.chart.boxes if not box.is_reference]
    assert sorted(full) == sorted(debate.nodes)
    assert found.omitted == 0
    assert found.chart.hidden == 0


@given(maps.debates(most=12))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_with_room_for_all_every_relation_is_drawn(debate: Debate) -> None:
    chart = forest(debate, debate.ordered).chart
    drawn = {
        (chart.boxes[start].node, arrow.kind, chart.boxes[arrow.box].node)
        for arrow in chart.arrows
        if arrow.box is not None
        for start in arrow.starts
    }
    for node in debate.nodes.values():
        for relation in node.relations:
            if relation.to in debate.nodes and relation.to != node.id:
                told = (node.id, relation.kind, relation.to), (relation.to, relation.kind, node.id)
                assert told[0] in drawn or (relation.kind == "contradicts" and told[1] in drawn)


def test_groups_stand_on_grounds_that_hold_them_and_do_not_meet() -> None:
    boxes = [Box(f"n{n}", 0 if n % 3 == 0 else 1, None if n % 3 == 0 else n - n % 3) for n in range(30)]
    right: dict[int | None, list[int]] = {None: list(range(0, 30, 3))}
    arrows = tuple(Arrow("supports", (n,), n - n % 3) for n in range(30) if n % 3)
    for arrow in arrows:
        right.setdefault(arrow.box, []).append(arrow.starts[0])
    chart = Chart(tuple(boxes), arrows, {}, right)
    groups = [Grove((0, 3, 6), "One"), Grove((9, 12), "Two"), Grove((15, 18, 21, 24), "Three"), Grove((27,), "Four")]
    layout = lay_out_groves(chart, [60] * 30, groups)
    grounds = [Rectangle(p.x, p.y, p.width, p.height) for p in layout.panels]
    assert [p.title for p in layout.panels] == ["One", "Two", "Three", "Four"]
    assert not any(a.meets(b) for a, b in itertools.combinations(grounds, 2))
    for ground, group in zip(grounds, groups, strict=True):
        for top in group.roots:
            for number in (top, *right.get(top, ())):
                x, y = layout.corners[number]
                assert ground.x < x
                assert x + WIDTH < ground.x + ground.width
                assert ground.y < y
                assert y + 60 < ground.y + ground.height


# -- what is drawn -------------------------------------------------------------------------------------------------------


def test_what_finds_no_room_is_counted_beside_what_it_responds_to() -> None:
    reasons = "".join(f"---\nid: r{n}\nkind: claim\ntext: Reason {n}.\nsupports: top\n" for n in range(40))
    found = forest(debate := read(f"id: top\nkind: claim\ntext: Top.\n{reasons}").debate, debate.ordered)
    counts = [box for box in found.chart.boxes if box.node == MORE]
    assert [box.parent for box in counts] == [0]
    assert len(found.chart.boxes) + counts[0].hidden == 41 + 1
    svg = debate_sheet(debate).svg
    assert f"+ {counts[0].hidden} more" in svg
    assert 'href="nodes/top.html#map"' in svg


def test_trees_without_room_are_told() -> None:
    lone = "---\n".join(f"id: c{n:03}\nkind: claim\ntext: Claim {n}.\n" for n in range(TOPS + 7))
    sheet = debate_sheet(read(lone).debate)
    assert sheet.omitted == 7


def test_a_circle_is_drawn_from_its_first_point() -> None:
    debate = read("id: a\nkind: claim\ntext: A.\nattacks: b\n---\nid: b\nkind: claim\ntext: B.\nattacks: a\n").debate
    chart = forest(debate, debate.ordered).chart
    assert [(box.node, box.is_reference) for box in chart.boxes] == [("b", False), ("a", False), ("b", True)]


TWO_TOPICS = """
## topics/one/asked.yaml
id: asked
kind: question
text: Why?
## topics/one/because.yaml
id: because
kind: claim
text: Because.
answers: asked
## topics/two/not-so.yaml
id: not-so
kind: objection
text: Not so.
attacks: because
## topics/two/indeed.yaml
id: indeed
kind: claim
text: Indeed not.
supports: not-so
"""


@pytest.fixture(scope="module")
def two() -> Debate:
    found = read(TWO_TOPICS.replace("topics/", ""))
    assert found.faults == ()
    return found.debate


def test_a_small_debate_is_one_map_with_a_ground_for_each_topic(two: Debate) -> None:
    sheet = debate_sheet(two)
    assert not sheet.topics
    assert {f'id="n-{n}"' in sheet.svg for n in two.nodes} == {True}
    assert re.findall(r'class="p"[^>]*>([^<]+)', sheet.svg) == ["one"]


def test_a_topic_begins_with_what_it_responds_to_elsewhere(two: Debate) -> None:
    assert mapped_topics(two) == ("one", "two")
    chart = forest(two, by_topic(two)["two"]).chart
    assert [(box.node, box.column, box.is_reference) for box in chart.boxes] == [
        ("because", 0, True),
        ("not-so", 1, False),
        ("indeed", 2, False),
    ]
    svg = topic_sheet(two, "two").svg
    assert 'href="../nodes/because.html"' in svg
    assert 'id="n-because"' not in svg


def test_points_in_no_folder_have_a_map_of_their_own_too() -> None:
    loose = "".join(f"## {n}.yaml\nkind: claim\ntext: {n}\n" for n in ("one", "two"))
    inside = "".join(f"## t/{n}.yaml\nkind: claim\ntext: {n}\n" for n in ("three", "four"))
    found = {output.path: output.content for output in sites.gather(read(loose + inside).debate)}
    boxes = re.findall(r'id="n-([a-z]+)"', str(found["maps/_.html"]))
    assert sorted(boxes) == ["one", "two"]
    assert 'href="../nodes/one.html"' in str(found["maps/_.html"])
    assert sorted(re.findall(r'id="n-([a-z]+)"', str(found["map.html"]))) == ["four", "one", "three", "two"]


def test_a_large_debate_shows_its_topics_which_open_maps(made: Callable[[int], Debate]) -> None:
    debate = made(5_000)
    sheet = debate_sheet(debate)
    assert sheet.topics
    assert {f'href="maps/{name}.html"' in sheet.svg for name in debate.topic_order} == {True}


def test_topics_hang_on_those_they_have_most_to_do_with(two: Debate) -> None:
    found = overview(two, by_topic(two))
    assert set(found.topics.values()) == {"one", "two"}
    assert list(found.ties.values()) == [1]
    topics = [number for number in found.topics if found.chart.boxes[number].parent is None]
    assert len(topics) == 1


@pytest.mark.parametrize("first", ["small", "large"])
def test_the_map_of_topics_begins_with_that_of_the_main_question(first: str) -> None:
    inside = "".join(f"## large/l{n}.yaml\nkind: claim\ntext: {n}.\nanswers: main-small\n" for n in range(9))
    asked = "".join(f"## {topic}/main-{topic}.yaml\nkind: question\ntext: What?\n" for topic in ("large", "small"))
    debate = read(f"## kb.yaml\ntitle: T\nmain: [main-{first}, main-large]\n{asked}{inside}").debate
    found = overview(debate, by_topic(debate))
    assert next(iter(found.topics.values())) == first


def test_a_map_can_be_filtered_by_what_its_boxes_say(two: Debate) -> None:
    sheet = debate_sheet(two)
    assert sheet.kinds == ("question", "claim", "objection")
    assert set(sheet.statuses) <= {"unchallenged", "stands", "unanswered", "defeated", "undecided", "unheld"}
    assert 'data-kind="objection"' in sheet.svg
    shipped = topic_sheet(load(ROOT / "claims").debate, "predictor-agency")
    assert all(f'data-by="{name}"' in shipped.svg for name, _ in shipped.people)


@pytest.mark.parametrize(("language", "below"), [("en", "below"), ("de", "darunter")])
def test_a_box_tells_how_much_lies_below_it_and_no_number_is_cut(language: str, below: str) -> None:
    shipped = load(ROOT / "claims").debate
    debate = replace(shipped, settings=replace(shipped.settings, language=language))
    told = {
        name: " ".join(re.findall(r'<text class="s"[^>]*>([^<]*)', box))
        for topic in mapped_topics(debate)
        for name, box in re.findall(r'<a id="n-([^"]*)"(.*)</a>', topic_sheet(debate, topic).svg)
    }
    assert len(told) > BOXES
    for name, foot in told.items():
        more = reply_count(debate, name)
        assert re.findall(rf"(\d+) {below}", foot) == ([str(more)] if more else []), foot
        assert not re.search(r"\d…|\w…", foot), foot


def test_an_undercut_ends_on_the_arrow_it_denies_on_large_maps_too() -> None:
    chart = forest(debate := load(ROOT / "claims").debate, by_topic(debate)["predictor-agency"]).chart
    onto = [arrow for arrow in chart.arrows if arrow.arrow is not None]
    assert onto
    for arrow in onto:
        start = chart.boxes[chart.arrows[arrow.arrow or 0].starts[0]]
        assert chart.boxes[arrow.starts[0]].column == start.column


def test_nothing_hostile_becomes_markup_on_a_map() -> None:
    debate = read(hostile.DEBATE).debate
    for svg in (debate_sheet(debate).svg, *(topic_sheet(debate, name).svg for name in mapped_topics(debate))):
        assert "<script" not in svg
        assert "<img" not in svg
        assert re.search(r"\son\w+=", svg) is None


SHARED = """
id: one
kind: claim
text: One.
---
id: other
kind: claim
text: Other.
---
id: shared
kind: claim
text: Shared.
supports: [{to: one, with: [left]}, {to: other, with: [right]}]
---
id: left
kind: claim
text: Left.
---
id: right
kind: claim
text: Right.
"""


def test_linked_premises_are_joined_where_one_of_them_is_drawn_elsewhere_too() -> None:
    debate = read(SHARED).debate
    chart = forest(debate, debate.ordered).chart
    joined = [sorted(chart.boxes[n].node for n in arrow.starts) for arrow in chart.arrows]
    assert sorted(joined) == [["left", "shared"], ["right", "shared"]]
    assert [box.node for box in chart.boxes if box.is_reference] == ["shared"]
    around = neighbourhood(debate, "shared")
    assert sorted(len(arrow.starts) for arrow in around.arrows) == [2, 2]
