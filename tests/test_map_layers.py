"""Maps in layers: a point stands once with all its lines, no box on another, and Graphviz can neither break the site nor read it."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kb.workspace
from kb.cli import main
from kb.finding import KbError
from kb.indexed import by_topic
from kb.load import load, load_texts
from kb.mapping import graphviz
from kb.mapping.chart import style_of
from kb.mapping.forest import forest
from kb.mapping.layering import Edge, put_in_layers
from kb.mapping.layout import Grove
from kb.mapping.stacking import component_graphs, stack
from kb.previewing.preview import Preview
from kb.publish import publish
from kb.publishing import topic_maps
from kb.publishing.theme import Theme
from kb.publishing.topic_maps import debate_sheet, shortfalls, topic_sheet
from kb.workspace import Workspace
from tests import geometry, hostile, maps, sites
from tests.conftest import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kb.debate import Debate
    from kb.mapping.chart import Chart
    from kb.mapping.graphviz import Graph, Middles
    from kb.mapping.layering import Layered
    from kb.mapping.layout import Layout
    from kb.mapping.routing import Line

ROOT = Path(kb.__file__).parent.parent
SIZES = (10, 60, 150, 5_000)

TWICE = """
## kb.yaml
title: Out
maps: layers
## talk/nodes.yaml
id: go
kind: question
text: Should we go?
---
id: rain
kind: question
text: Will it rain?
---
id: stay
kind: claim
text: We should stay.
answers: go
---
id: wet
kind: claim
text: It will be wet.
answers: rain
supports: {to: stay, with: [dry], id: wet-stay}
---
id: dry
kind: claim
text: We want to stay dry.
---
id: roof
kind: objection
text: There is a roof.
undercuts: wet-stay
attacks: stay
"""


@pytest.fixture(scope="module")
def twice() -> Debate:
    found = read(TWICE)
    assert found.faults == ()
    return found.debate


def groups(chart: Chart) -> list[Grove]:
    return [Grove((top,)) for top in chart.right[None]]


def in_layers(chart: Chart) -> Layered:
    return put_in_layers(chart, groups(chart))


def heights(found: Layered) -> list[int]:
    return [43 + 15 * (n % 4) for n in range(len(found.chart.boxes))]


def laid(found: Layered, answers: Sequence[Sequence[int]]) -> tuple[Layout, tuple[Line, ...]]:
    return stack(found, heights(found), [""], answers)


def by_graphviz(found: Layered) -> tuple[Layout, tuple[Line, ...]]:
    answers = graphviz.middles(component_graphs(found, heights(found)))
    return laid(found, [answer for answer in answers if answer is not None])


def holds(found: Layered, layout: Layout, lines: Sequence[Line]) -> None:
    """Check what holds of every map: boxes apart and inside it, no line through one, all from right to left, undercuts on the arrow they deny."""
    boxes = geometry.rectangles(layout.corners, heights(found))
    assert geometry.overlaps(boxes) == []
    assert geometry.crossing_lines(boxes, lines) == []
    assert all(b.x >= 0 and b.x + b.width <= layout.width for b in boxes)
    assert all(b.y >= 0 and b.y + b.height <= layout.height for b in boxes)
    for arrow, line in zip(found.chart.arrows, lines, strict=True):
        starts = [boxes[n] for n in arrow.starts]
        if arrow.box is not None:
            assert line.head[0] == boxes[arrow.box].x + boxes[arrow.box].width
            assert boxes[arrow.box].y < line.head[1] < boxes[arrow.box].y + boxes[arrow.box].height
            assert all(start.x > line.head[0] for start in starts)
            assert (line.joint is not None) == (len(starts) > 1)
        else:
            assert lies_on(line.head, lines[arrow.arrow or 0])
        for start in starts:
            assert any(touches(start, stretch) for stretch in geometry.segments(line.strokes))


def lies_on(point: tuple[int, int], line: Line) -> bool:
    x, y = point
    return any(s.x <= x <= s.x + s.width and s.y <= y <= s.y + s.height for s in geometry.segments(line.strokes))


def touches(box: geometry.Rectangle, stretch: geometry.Rectangle) -> bool:
    """Whether a stretch of a line ends at the left side of a box."""
    return stretch.x + stretch.width == box.x and box.y < stretch.y < box.y + box.height


# -- geometry ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
def test_at_every_size_nothing_lies_on_anything_else(made: Callable[[int], Debate], size: int) -> None:
    debate = made(size)
    for inside in by_topic(debate).values():
        found = in_layers(forest(debate, inside).chart)
        holds(found, *by_graphviz(found))


def test_the_shipped_debate_holds_in_layers_and_no_two_lines_run_along_each_other() -> None:
    debate = load(ROOT / "claims").debate
    for inside in by_topic(debate).values():
        found = in_layers(forest(debate, inside).chart)
        layout, lines = by_graphviz(found)
        holds(found, layout, lines)
        arrows = zip(found.chart.arrows, lines, strict=True)
        for (one, first), (other, second) in itertools.combinations([a for a in arrows if a[0].box is not None], 2):
            if (one.box, style_of(one.kind)) != (other.box, style_of(other.kind)):
                assert not geometry.run_together(first, second)


@given(maps.debates(most=12), st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_graphviz_answers_nothing_lies_on_anything_else(debate: Debate, data: st.DataObject) -> None:
    found = in_layers(forest(debate, debate.ordered).chart)
    answers = [
        data.draw(st.lists(st.integers(-500, 500), min_size=len(high), max_size=len(high)))
        for high, _ in component_graphs(found, heights(found))
    ]
    holds(found, *laid(found, answers))


# -- what is drawn -------------------------------------------------------------------------------------------------------


def test_a_point_that_responds_to_several_stands_once_with_all_its_lines(twice: Debate) -> None:
    chart = in_layers(forest(twice, twice.ordered).chart).chart
    assert sorted(box.node for box in chart.boxes) == sorted(twice.nodes)
    assert not [box.node for box in chart.boxes if box.is_reference]
    drawn = {
        (
            tuple(chart.boxes[n].node for n in arrow.starts),
            arrow.kind,
            None if arrow.box is None else chart.boxes[arrow.box].node,
        )
        for arrow in chart.arrows
    }
    assert drawn == {
        (("stay",), "answers", "go"),
        (("wet",), "answers", "rain"),
        (("dry", "wet"), "supports", "stay"),
        (("roof",), "undercuts", None),
        (("roof",), "attacks", "stay"),
    }


@given(maps.debates(most=12))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_is_lost_and_only_circles_keep_references(debate: Debate) -> None:
    trees = forest(debate, debate.ordered).chart
    chart = in_layers(trees).chart
    assert {box.node for box in chart.boxes if not box.is_reference} == {
        box.node for box in trees.boxes if not box.is_reference
    }
    assert told(chart) == told(trees)
    for number, box in enumerate(chart.boxes):
        assert all(up < number for up in (box.parent, *box.other_parents) if up is not None)
        assert all(chart.boxes[up].column < box.column for up in (box.parent, *box.other_parents) if up is not None)


def told(chart: Chart) -> set[tuple[str, str, str]]:
    """Each relation that is drawn, as source, kind and target; the target of an undercut is the node that makes the denied step."""
    return {
        (
            chart.boxes[start].node,
            arrow.kind,
            chart.boxes[chart.arrows[arrow.arrow].starts[0] if arrow.arrow is not None else arrow.box or 0].node,
        )
        for arrow in chart.arrows
        for start in arrow.starts
    }


def test_where_arrows_lead_round_in_a_circle_a_reference_stays() -> None:
    debate = read("id: a\nkind: claim\ntext: A.\nattacks: b\n---\nid: b\nkind: claim\ntext: B.\nattacks: a\n").debate
    chart = in_layers(forest(debate, debate.ordered).chart).chart
    assert [(box.node, box.column, box.is_reference) for box in chart.boxes] == [
        ("b", 0, False),
        ("a", 1, False),
        ("b", 2, True),
    ]


def test_topics_keep_their_grounds_and_what_stands_on_another_is_referred_to() -> None:
    text = (
        TWICE
        + "## walk/nodes.yaml\nid: far\nkind: claim\ntext: It is far.\nsupports: stay\nanswers: [rain, near]\n---\nid: near\nkind: question\ntext: Is it near?\n"
    )
    debate = read(text).debate
    svg = debate_sheet(debate).svg
    assert re.findall(r'class="p"[^>]*>([^<]+)', svg) == ["talk", "walk"]
    assert svg.count('id="n-far"') == 1
    assert not list(shortfalls(debate))


def test_what_a_box_hangs_on_is_told_to_the_script(twice: Debate) -> None:
    svg = debate_sheet(twice).svg
    ids = re.findall(r"<a (?:id=\"n-([\w-]+)\" )?class=\"b", svg)
    ups = dict(re.findall(r'id="n-([\w-]+)"[^>]*data-up="([\d ]+)"', svg))
    assert {ids[int(n)] for n in ups["wet"].split()} == {"rain", "stay"}
    assert {ids[int(n)] for n in ups["stay"].split()} == {"go"}


def test_a_box_tells_each_of_its_relations_with_the_sign_of_its_line(twice: Debate) -> None:
    svg = debate_sheet(twice).svg
    words = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg))
    assert "+ supports, → answers" in words
    assert "\N{MINUS SIGN} attacks, ≠ undercuts" in words
    assert "elsewhere" not in words


def test_without_being_asked_for_maps_are_trees(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("nobody asked for Graphviz"))
    debate = read(TWICE.replace("maps: layers\n", "")).debate
    assert "elsewhere" in debate_sheet(debate).svg
    assert debate_sheet(read(TWICE.replace("layers", "trees")).debate).svg == debate_sheet(debate).svg


# -- graphviz, kept apart ------------------------------------------------------------------------------------------------


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask Graphviz anew in each test, whatever it answered before."""
    monkeypatch.setattr(graphviz, "_ANSWERED", {})


@pytest.mark.usefixtures("forgetful")
def test_the_same_debate_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = debate_sheet(read(TWICE).debate).svg
    monkeypatch.setattr(graphviz, "_ANSWERED", {})
    assert debate_sheet(read(TWICE).debate).svg == first


@pytest.mark.usefixtures("forgetful")
def test_nothing_of_the_debate_but_numbers_goes_to_graphviz(monkeypatch: pytest.MonkeyPatch) -> None:
    given_to: list[bytes] = []
    real = subprocess.run

    def run(*command: object, **how: object) -> object:
        given_to.append(how["input"])  # type: ignore[arg-type] # bytes
        return real(*command, **how)  # type: ignore[call-overload] # as it was called

    monkeypatch.setattr(subprocess, "run", run)
    debate_sheet(
        read("## kb.yaml\ntitle: Harm\nmaps: layers\n" + hostile.DEBATE.replace("## kb.yaml", "## talk/kb.yaml")).debate
    )
    assert len(given_to) == 1
    assert re.fullmatch(rb"[\d,\[\] \n]+", given_to[0])


@pytest.mark.usefixtures("forgetful")
def test_one_process_answers_for_all_maps_of_a_build(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[int]()
    real = graphviz._answers  # noqa: SLF001 - whatever asks it

    def answers(there: Sequence[Graph]) -> list[Middles]:
        asked.append(len(there))
        return real(there)

    monkeypatch.setattr(graphviz, "_answers", answers)
    text = (ROOT / "claims/kb.yaml").read_text("utf-8")
    debate = load_texts({**texts(ROOT), "claims/kb.yaml": text + "\nmaps: layers\n"}).debate
    for topic_id in topic_maps.mapped_topics(debate):
        topic_sheet(debate, topic_id)
    assert len(asked) == 1


def texts(project: Path) -> dict[str, str]:
    return {p.relative_to(project).as_posix(): p.read_text("utf-8") for p in (project / "claims").rglob("*.yaml")}


@pytest.mark.usefixtures("forgetful")
def test_a_graph_that_takes_too_long_has_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    large = ((50,) * 3_000, tuple(Edge(n, m, 1) for n in range(40) for m in range(40, 3_000)))
    small = ((50, 50), (Edge(0, 1, 1),))
    monkeypatch.setattr(graphviz, "PATIENCE", 0.5)
    first, last = graphviz.middles([large, small])
    assert first is None
    assert last is not None
    assert len(set(last)) == 1, "what is tied stands level"


def stand_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str) -> None:
    """Put another library in the place of the one that has Graphviz."""
    (tmp_path / "pygraphviz.py").write_text(code)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


CRASHES = """
import os
class AGraph:
    def __init__(self, string):
        self.large = string.count("height=") > 2
    def layout(self, program):
        if self.large:
            os.abort()
    def get_node(self, number):
        return type("Node", (), {"attr": {"pos": f"0,{-40 * number}"}})
"""


@pytest.mark.usefixtures("forgetful")
def test_a_graph_that_makes_graphviz_crash_costs_one_map_its_layers(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stand_in(monkeypatch, tmp_path, CRASHES)
    small = (
        TWICE
        + "## walk/nodes.yaml\nid: far\nkind: claim\ntext: It is far.\n---\nid: feet\nkind: claim\ntext: It is far for small feet.\nsupports: far\n"
    )
    debate = read(small.replace("## kb.yaml\n", "## kb.yaml\ndescription: x\n")).debate
    assert not list(shortfalls(debate)), "no map was drawn so far"
    debate_sheet(debate)
    assert [line.split("`")[1] for line in shortfalls(debate)] == ["map.html", "maps/talk.html"]
    trees = read(
        small.replace("maps: layers", "maps: trees").replace("## kb.yaml\n", "## kb.yaml\ndescription: x\n")
    ).debate
    assert topic_sheet(debate, "talk").svg == topic_sheet(trees, "talk").svg
    assert topic_sheet(debate, "walk").svg != topic_sheet(trees, "walk").svg
    assert "n-feet" in topic_sheet(debate, "walk").svg


# -- the command ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A debate on disk that wants its maps in layers."""
    for name, text in files(TWICE):
        path = tmp_path / "project/claims" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path / "project"


def files(text: str) -> Iterator[tuple[str, str]]:
    for part in text.split("## ")[1:]:
        name, _, content = part.partition("\n")
        yield name, content


def run(project: Path, *words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["-C", str(project), *words])
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.usefixtures("forgetful")
def test_who_wants_layers_without_the_library_is_told_what_to_install(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graphviz, "find_spec", lambda _: None)
    code, _, said = run(project, "build")
    assert code == 2
    assert said == "kb: `maps: layers` in kb.yaml takes Graphviz: `pip install 'argument-kb[graphviz]'`\n"
    assert not (project / "_site").exists()
    with pytest.raises(KbError):
        debate_sheet(read(TWICE).debate)


@pytest.mark.usefixtures("forgetful")
def test_who_has_a_library_that_does_not_load_is_told_why(
    project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    stand_in(monkeypatch, tmp_path / "other", "raise ImportError('libgvc.so.7: no such file')\n")
    code, _, said = run(project, "build")
    assert code == 2
    assert said == (
        "kb: Graphviz, which `maps: layers` in kb.yaml takes, cannot be loaded (ImportError: libgvc.so.7: no such file)\n"
    )


@pytest.fixture
def remembered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let every site be remembered, however small it is."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home/.config"))
    monkeypatch.setattr(kb.workspace, "WORTH_REMEMBERING", 1)


@pytest.mark.usefixtures("forgetful", "remembered")
def test_where_no_map_is_drawn_graphviz_is_not_asked(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(project, "build")[0] == 0
    monkeypatch.setattr(graphviz, "middles", lambda _: pytest.fail("no map changed"))
    note = next((project / "claims").rglob("talk/*.yaml"))
    note.write_text(note.read_text("utf-8").rstrip() + "\nnote: Looked at again.\n", "utf-8")
    code, told, _ = run(project, "build")
    assert (code, told.split()[:3]) == (0, ["Wrote", "1", "page"])


@pytest.mark.usefixtures("forgetful", "remembered")
def test_a_map_that_could_not_be_laid_out_is_told_and_tried_again(
    project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    with monkeypatch.context() as changed:
        stand_in(changed, tmp_path / "other", CRASHES)
        code, _, said = run(project, "build")
    assert code == 0
    assert said == "kb: `map.html` is drawn as trees: Graphviz crashed on it, or took longer than 10 seconds\n"
    assert "elsewhere" in (project / "_site/map.html").read_text("utf-8")
    monkeypatch.setattr(graphviz, "_ANSWERED", {})  # as if the next build was another process
    code, _, said = run(project, "build")
    assert (code, said) == (0, "")
    assert "elsewhere" not in (project / "_site/map.html").read_text("utf-8")


@pytest.mark.usefixtures("forgetful")
def test_whoever_changes_how_maps_are_drawn_has_the_same_site_as_one_made_anew(project: Path) -> None:
    wanted, known = project / "claims/kb.yaml", None
    for way in ("trees", "layers", "trees"):
        wanted.write_text(f"title: Out\nmaps: {way}\n", "utf-8")
        there = Workspace(project / "claims")
        done = publish(there.loaded.debate, Theme(), there.parts, project / "out", known)
        known = done.built
        drawn = (project / "out/map.html").read_text("utf-8")
        assert ("elsewhere" in drawn) == (way == "trees")
        assert {o.path: o.content for o in sites.gather(there.loaded.debate)}["map.html"] == drawn


@pytest.mark.usefixtures("forgetful")
def test_what_was_not_laid_out_is_not_asked_for_with_every_save(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def fails(wanted: list[graphviz.Graph]) -> list[graphviz.Middles]:
        asked.append(len(wanted))
        return []

    monkeypatch.setattr(graphviz, "_answers", fails)
    found: list[graphviz.Graph] = [((40,), ()), ((60,), ())]
    assert graphviz.middles(found) == graphviz.middles(found) == [None, None]
    assert asked == [2, 1]


@pytest.mark.usefixtures("forgetful")
def test_the_preview_tells_what_could_not_be_laid_out(
    project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    stand_in(monkeypatch, tmp_path / "other", CRASHES)
    (note,) = [n for n in Preview(Workspace(project / "claims")).renew().state.notes if "Graphviz" in n.message]
    assert note.severity == "warning"


@pytest.mark.usefixtures("forgetful")
def test_a_library_of_that_name_in_the_folder_of_a_debate_is_not_loaded(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "pygraphviz.py").write_text("from pathlib import Path\nPath(__file__).with_name('harm').touch()\n")
    monkeypatch.chdir(project)
    assert run(project, "build")[0] == 0
    assert not (project / "harm").exists()
    assert "elsewhere" not in (project / "_site/map.html").read_text("utf-8")


def test_a_debate_without_points_has_a_site_with_maps_in_layers_too(tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims/kb.yaml").write_text("title: Out\nmaps: layers\n")
    assert run(tmp_path, "build")[0] == 0


def test_a_misspelt_way_of_drawing_is_told(project: Path) -> None:
    settings_file = project / "claims/kb.yaml"
    settings_file.write_text(settings_file.read_text("utf-8").replace("layers", "layer"), "utf-8")
    code, said, _ = run(project, "lint", "--format", "json")
    (found,) = [f for f in json.loads(said) if f["rule"] == "wrong-type"]
    assert code == 1
    assert found["message"] == "`layer` is no way to draw maps"
