"""A debate and the abstract framework made of it have the same labels, whatever the debate holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from kb import discover
from kb.abstract import grounded as abstract
from kb.abstract.flattening import flatten
from kb.abstract.notation import NOTATIONS
from kb.abstract.notation import read as parsed
from kb.abstract.readings import IN_ALL, IN_NONE, IN_SOME, NAMES, readings
from kb.cli import main
from kb.load import load
from kb.queries.reading import CHOICES
from kb.semantics import grounded
from kb.standing.framework import framework
from tests import mutations
from tests.conftest import read
from tests.ladder.labels import ABSTRACT, CONDITIONS
from tests.ladder.rung import agree

if TYPE_CHECKING:
    from pathlib import Path


def test_the_grounded_labels_of_any_framework_are_those_of_the_abstract_one() -> None:
    assert agree(ABSTRACT, 600)["undecided in part"] > 100


def test_every_debate_has_the_same_grounded_labels_as_its_abstract_framework() -> None:
    for debate in mutations.debates():
        frame = framework(debate)
        labels = grounded.label(frame)
        judged = [n for n, point in enumerate(frame.points) if not point.supposed]
        made = abstract.label(flatten(frame))
        assert [made[n] for n in judged] == [labels.points[n] for n in judged]


def test_complete_preferred_and_stable_are_those_of_the_conditions() -> None:
    assert agree(CONDITIONS, 140)["with several labellings"] > 15


RIVALS = """
id: q
kind: question
text: Which way?
exclusive: true
---
id: left
kind: claim
text: Left.
answers: q
attacks: never
---
id: right
kind: claim
text: Right.
answers: q
attacks: never
---
id: move
kind: claim
text: One has to move.
supports: [any-way]
---
id: any-way
kind: claim
text: Some way is taken.
---
id: never
kind: objection
text: No way is taken.
attacks: any-way
"""
"""Whichever side one takes, some way is taken; who takes neither cannot tell."""


def listed(folder: Path, *arguments: str) -> dict[str, str]:
    """What `kb list` says of each node under some semantics."""
    result = CliRunner().invoke(main, ["-C", str(folder), "list", "--format", "json", *arguments])
    assert result.exit_code == 0, result.output
    return {row["id"]: row["semantics"] for row in json.loads(result.stdout)}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A debate with two rivals, and one with a point that denies itself."""
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims/nodes.yaml").write_text(RIVALS)
    return tmp_path


def test_list_tells_what_is_settled_from_what_hangs_on_the_semantics(project: Path) -> None:
    found = listed(project, "--semantics", "every")
    assert (found["q"], found["move"], found["never"]) == ("", "settled", "in none preferred, in none stable")
    assert found["any-way"] == "in all preferred, in all stable"
    assert found["left"] == found["right"] == "in some preferred, in some stable"
    assert listed(project, "--semantics", "grounded", "--verdict", "undecided")["left"] == "in none"
    assert listed(project, "--semantics", "preferred", "--kind", "claim")["left"] == "in some"


@pytest.mark.parametrize("notation", NOTATIONS)
def test_what_is_exported_can_be_solved(project: Path, notation: str) -> None:
    exported = CliRunner().invoke(main, ["-C", str(project), "export", "--notation", notation])
    assert exported.exit_code == 0
    made = flatten(framework(load(project / "claims").debate))
    found = parsed(exported.stdout, notation, "x")
    assert found.attackers == made.attackers
    assert notation == "af" or found.names == made.names
    file = project / f"debate.{notation}"
    file.write_text(exported.stdout)
    way = str(made.names.index("point_any_way") + 1) if notation == "af" else "point_any_way"
    for task, said in (("DS-GR", "NO"), ("DS-PR", "YES"), ("DC-ST", "YES")):
        solved = CliRunner().invoke(main, ["solve", str(file), "-p", task, "-a", way])
        assert solved.stdout.startswith(f"{said}\n"), solved.output


def test_where_no_extension_is_stable_list_says_so(project: Path) -> None:
    paradox = "---\nid: liar\nkind: claim\ntext: This is false.\nattacks: liar\n"
    with (project / "claims/nodes.yaml").open("a") as handle:
        handle.write(paradox)
    assert listed(project, "--semantics", "stable")["move"] == "no extension"
    assert listed(project, "--semantics", "every")["left"] == "in some preferred, no stable extension"


def test_the_words_of_the_command_are_those_of_the_query() -> None:
    option = next(p for p in discover.module("kb.commands", "list").command.params if p.name == "semantics")
    assert tuple(option.type.choices) == CHOICES


@pytest.mark.parametrize(
    ("semantics", "left", "move"),
    [
        ("grounded", IN_NONE, IN_ALL),
        ("complete", IN_SOME, IN_ALL),
        ("preferred", IN_SOME, IN_ALL),
        ("stable", IN_SOME, IN_ALL),
    ],
)
def test_rivals_are_in_some_where_one_may_take_a_side(semantics: str, left: str, move: str) -> None:
    debate = read(RIVALS).debate
    found, index = readings(debate, semantics), framework(debate).index
    assert found is not None
    assert (found[index["left"]], found[index["right"]], found[index["move"]]) == (left, left, move)
    assert set(found) <= {IN_ALL, IN_SOME, IN_NONE}
    assert set(NAMES) == {"grounded", "complete", "preferred", "stable"}
