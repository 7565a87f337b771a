"""Weights in the files: no verdict and no finding depends on them; `kb strength` reckons with them as its page says."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from hypothesis import given

import kb
from kb import discover
from kb.caching.codec import pack_contents, unpack_contents
from kb.caching.places import Remembered
from kb.cli import main
from kb.disagreements import disagreements
from kb.evaluate import evaluate
from kb.finding import KbError
from kb.gradual.contributions import KINDS
from kb.gradual.graph import Graph, weighted_graph
from kb.gradual.influence import SEMANTICS
from kb.gradual.solving import Solver
from kb.incremental.edits import no_edits
from kb.linting.manual import RULES
from kb.load import load
from kb.queries.strength import StrengthOptions, debate_row, point_row
from kb.reading.contents import read_contents
from tests import mutations
from tests.conftest import cautious_verdict, files_of, read
from tests.ladder.strengths import CYRAS, strengths
from tests.maps import debates
from tests.test_grounded import RANDOM

if TYPE_CHECKING:
    from kb.debate import Debate
    from kb.reading.contents import Contents
    from kb.tables import Json, Row

ROOT = Path(kb.__file__).parent.parent
STARTER = Path(kb.__file__).parent / "starter"


def debate_of(*points: str) -> Debate:
    """A debate of claims, one in each line: `a 0.5 attacks b, c; supports d with e`."""
    nodes = []
    for point in points:
        head, _, relations = point.partition(" | ")
        name, *weight = head.split()
        lines = [f"id: {name}", "kind: claim", f"text: The point {name}."]
        lines += [f"weight: {weight[0]}"] if weight else []
        lines += [line.strip() for line in relations.split("|") if line.strip()]
        nodes.append("\n".join(lines))
    return read("\n---\n".join(nodes)).debate


def strong(debate: Debate, semantics: str = "quadratic", default: float = 0.5) -> dict[str, float | None]:
    """By id the strength of each point."""
    graph = weighted_graph(debate, default)
    found = Solver(graph, SEMANTICS[semantics]).solve()
    return dict(zip(graph.ids, found, strict=False))


def rows(value: Json) -> list[Row]:
    assert isinstance(value, list)
    return [row for row in value if isinstance(row, dict)]


# -- the field ---------------------------------------------------------------------------------------------------------


def heavier(debate: Debate, dice: random.Random) -> Debate:
    """The debate with weights on all points that can have one."""
    nodes = {i: n if n.kind == "question" else replace(n, weight=dice.random()) for i, n in debate.nodes.items()}
    return replace(debate, nodes=nodes)


def outcomes(debate: Debate) -> list[object]:
    """Everything that the tool makes of a debate without `kb strength`."""
    evaluation = evaluate(debate)
    judged = [(n, evaluation.verdict(n), evaluation.status(n), cautious_verdict(evaluation, n)) for n in debate.nodes]
    return [judged, disagreements(debate)]


def findings(debate: Debate) -> list[str]:
    found = (discover.module(RULES, name) for name in discover.names(RULES))
    return sorted(str(problem) for rule in found if hasattr(rule, "check") for problem in rule.check(debate))


def test_a_weight_turns_no_verdict_no_state_and_no_finding_in_any_manual_nor_in_the_shipped_debate() -> None:
    dice = random.Random(1)
    for debate in mutations.debates():
        other = heavier(debate, dice)
        assert outcomes(other) == outcomes(debate)
        assert findings(other) == findings(debate)


@RANDOM
@given(debates())
def test_a_weight_turns_no_verdict_on_500_random_maps(debate: Debate) -> None:
    assert outcomes(heavier(debate, random.Random(2))) == outcomes(debate)


def said(text: str) -> Contents:
    return read_contents("claims", "claims/talk/a.yaml", text.encode())


def test_a_changed_weight_is_an_edit_of_just_that_and_a_cache_keeps_it() -> None:
    one, other = said("kind: claim\ntext: A.\nweight: 0.5\n"), said("kind: claim\ntext: A.\nweight: 0.25\n")
    edits = no_edits()
    edits.add("claims/talk/a.yaml", one, other)
    assert edits.fields == {"weight", "layout"}
    remembered = Remembered(Path("claims"), "claims/talk/a.yaml", "")
    packed = json.loads(json.dumps(pack_contents(other)))
    assert unpack_contents(packed, remembered).records == other.records


def test_a_weight_on_a_question_is_misplaced() -> None:
    found = CliRunner().invoke(main, ["rule", "misplaced-field"]).output
    assert "weight: 0.4" in found


# -- the graph ---------------------------------------------------------------------------------------------------------


def test_a_plain_map_is_a_plain_framework_published_vector_1() -> None:
    debate = debate_of(
        *("a 0.5", "b 0.2 | supports: a", "c 0.85 | attacks: a", "d 0.65 | supports: a"),
        *("e 0.4 | attacks: b | supports: c", "f 1 | attacks: c"),
    )
    assert len(weighted_graph(debate).vertices) == 6
    for name in SEMANTICS:
        assert strong(debate, name) == pytest.approx(strengths(CYRAS, name), abs=1e-12)


def test_linked_premises_are_as_strong_as_the_weakest() -> None:
    debate = debate_of("a 0.5", "b 0.9 | supports: {to: a, with: [c, d]}", "c 0.3", "d 0.8")
    assert strong(debate)["a"] == strong(debate_of("a 0.5", "b 0.3 | supports: a"))["a"]


def test_an_undercut_wears_down_the_step_and_leaves_both_ends() -> None:
    debate = debate_of("a 0.5", "b 0.8 | supports: a", "c 0.6 | undercuts: b -> a", "d 0.5 | attacks: c")
    found = strong(debate, "df-quad")
    assert found["b"] == 0.8
    assert found["c"] == pytest.approx(0.3)
    assert found["a"] == pytest.approx(0.5 + 0.5 * 0.8 * 0.7)
    strict = debate_of("a 0.5", "b 0.8 | supports: {to: a, strict: true}", "c 0.6 | undercuts: b -> a")
    assert strong(strict, "df-quad")["a"] == pytest.approx(0.9)


def test_rivals_and_what_contradicts_attack_each_other_once() -> None:
    question = "id: q\nkind: question\ntext: Which?\nexclusive: true"
    answers = [f"id: {n}\nkind: claim\ntext: {n}.\nweight: {w}\nanswers: q" for n, w in (("a", 0.8), ("b", 0.4))]
    rivals = read("\n---\n".join((question, *answers))).debate
    both = read("\n---\n".join((question, answers[0], f"{answers[1]}\ncontradicts: a"))).debate
    plain = debate_of("a 0.8 | attacks: b", "b 0.4 | attacks: a")
    contradicting = debate_of("a 0.8 | contradicts: b", "b 0.4")
    for name in SEMANTICS:
        wanted = pytest.approx(strong(plain, name), abs=1e-9)
        assert {n: strong(rivals, name)[n] for n in "ab"} == wanted
        assert {n: strong(both, name)[n] for n in "ab"} == wanted
        assert strong(contradicting, name) == wanted


def test_a_reason_that_is_restated_counts_once_with_the_first_weight() -> None:
    debate = debate_of("a 0.5", "b | supports: a", "c 0.7 | supports: a | restates: b", "d 0.2 | restates: b")
    assert strong(debate)["b"] == 0.7
    assert strong(debate)["a"] == strong(debate_of("a 0.5", "b 0.7 | supports: a"))["a"]
    linked = debate_of(
        "a 0.5", "b | supports: {to: a, with: e}", "c 0.7 | supports: {to: a, with: e} | restates: b", "e"
    )
    assert len(weighted_graph(linked).vertices) == len(weighted_graph(linked).ids) + 1


def test_what_is_supposed_starts_from_1_and_is_touched_by_nothing() -> None:
    supposed = "id: b\nkind: claim\ntext: B.\ncertainty: arguendo\nsupports: {to: a, with: c}"
    others = [f"id: {n}\nkind: claim\ntext: {n}.\nweight: 0.6" for n in "ac"]
    debate = read("\n---\n".join((supposed, *others, "id: d\nkind: claim\ntext: D.\nattacks: b"))).debate
    assert strong(debate, default=0.3) == pytest.approx({"a": 0.6 + 0.4 * 0.36 / 1.36, "b": 1, "c": 0.6, "d": 0.3})
    (row,) = (row for row in rows(debate_row(debate, StrengthOptions())["points"]) if row["id"] == "b")
    assert (row["base"], row["given"], row["verdict"]) == (1.0, False, None)


ARGUMENT = """
    id: a
    kind: claim
    text: A.
    ---
    id: p
    kind: claim
    text: P.
    weight: 0.8
    ---
    id: q
    kind: claim
    text: Q.
    weight: 0.9
    ---
    id: x
    kind: argument
    premises: [p, q]
    supports: a
    ---
    id: c
    kind: objection
    text: C.
    weight: 0.25
    attacks: x
    """


def test_an_argument_is_its_step() -> None:
    debate = read(ARGUMENT).debate
    found = strong(debate, "df-quad")
    assert found["x"] == pytest.approx(0.8 * 0.75)
    assert found["a"] == pytest.approx(0.5 + 0.5 * 0.6)
    row = point_row(debate, "x", StrengthOptions("df-quad"), "removal")
    assert (row["base"], row["given"], row["strength"]) == (None, False, 0.6)
    assert row["bearing"] == [
        {
            "relation": "premises",
            "premises": ["p", "q"],
            "strength": 0.6,
            "undercut_by": [{"premises": ["c"], "strength": 0.25}],
        }
    ]


def test_the_weight_of_an_argument_is_the_most_that_its_step_can_have() -> None:
    debate = read(ARGUMENT.replace("kind: argument\n", "kind: argument\n    weight: 0.4\n")).debate
    assert strong(debate, "df-quad")["x"] == pytest.approx(0.4 * 0.75)
    told = point_row(debate, "a", StrengthOptions("df-quad"), "gradient")["contributions"]
    assert isinstance(told, dict)
    slopes = {row["id"]: row["value"] for row in rows(told["points"])}
    assert slopes == pytest.approx({"x": 0.5 * 0.75, "p": 0, "q": 0, "c": -0.5 * 0.4, "a": 1 - 0.3})


def test_without_an_argument_or_a_premise_there_is_no_step() -> None:
    debate = read(ARGUMENT).debate
    told = point_row(debate, "a", StrengthOptions("df-quad"), "removal")["contributions"]
    assert isinstance(told, dict)
    assert {row["id"]: row["value"] for row in rows(told["points"])} == pytest.approx(
        {"x": 0.3, "p": 0.3, "q": 0.3, "c": -0.1}
    )


@RANDOM
@given(debates())
def test_every_point_of_500_random_maps_has_a_strength_or_says_that_it_has_none(debate: Debate) -> None:
    for name in SEMANTICS:
        for row in rows(debate_row(debate, StrengthOptions(name))["points"]):
            assert row["converged"] is (row["strength"] is not None)
            assert row["strength"] is None or 0 <= float(str(row["strength"])) <= 1


@pytest.mark.parametrize("kind", list(KINDS))
def test_contributions_to_every_point_of_the_examples_are_told(kind: str) -> None:
    told = 0
    for debate in mutations.debates()[:-1]:
        for point in debate.restatements:
            try:
                row = point_row(debate, point, StrengthOptions(), kind)
            except KbError:
                continue
            found = row["contributions"]
            assert isinstance(found, dict)
            assert found["kind"] == kind
            told += len(rows(found["points"]))
    assert told > 50


# -- the command -------------------------------------------------------------------------------------------------------


def strength(*arguments: str, folder: Path = STARTER) -> Result:
    return CliRunner().invoke(main, ["-C", str(folder), "strength", *arguments])


NOTE = "not the verdict"


@pytest.mark.parametrize("arguments", [(), ("late-fees-should-go",)], ids=["debate", "point"])
@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
def test_every_output_says_that_it_is_not_the_verdict(arguments: tuple[str, ...], form: str) -> None:
    result = strength(*arguments, "--format", form)
    assert result.exit_code == 0
    assert NOTE in result.stdout


def test_the_json_of_the_starter() -> None:
    found = json.loads(strength("--format", "json", "--default", "0.6").stdout)
    assert list(found) == ["semantics", "default", "note", "points"]
    assert (found["semantics"], found["default"]) == ("quadratic", 0.6)
    ids = [row["id"] for row in found["points"]]
    assert ids == sorted(ids)
    assert not {"should-late-fees-go", "collecting-does-cost-more"} & set(ids), "what has no verdict has no strength"
    keys = {"id", "base", "given", "strength", "converged", "verdict"}
    assert all(set(row) == keys and row["base"] == 0.6 and not row["given"] for row in found["points"])
    one = json.loads(strength("late-fees-should-go", "--format", "json").stdout)
    assert set(one) == {"semantics", "default", "note", "nodes", "bearing", "contributions", *keys}
    assert {row["relation"] for row in one["bearing"]} == {"supports", "rivals"}
    assert one["contributions"]["kind"] == "removal"
    assert all(set(row) == {"id", "value", "error"} for row in one["contributions"]["points"])


def test_the_command_knows_all_kinds_of_contribution() -> None:
    (option,) = (o for o in discover.module("kb.commands", "strength").command.params if o.name == "contributions")
    assert list(option.type.choices) == list(KINDS)


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_column_has_the_name_of_what_it_tells(kind: str) -> None:
    assert f"  {kind.upper()}" in strength("late-fees-should-go", "--contributions", kind).stdout
    head = strength("late-fees-should-go", "--contributions", kind, "--format", "csv").stdout.splitlines()[0]
    assert head == f"id,{kind},error,note"


def test_what_does_not_come_to_rest_is_said(tmp_path: Path) -> None:
    text = "\n---\n".join(
        f"id: {name}\nkind: claim\ntext: The point {name}.\nweight: {weight}\nattacks: {against}"
        for name, weight, against in (
            *(("a", 1, "[b, c]"), ("b", 1, "[a, c]"), ("c", 0.9, "a"), ("d", 0.5, "e")),
            ("e", 0.5, "[]"),
        )
    ).replace("\nattacks: []", "")
    for path, content in files_of(text).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content, encoding="utf-8")
    said = strength("--semantics", "df-quad", folder=tmp_path).stdout
    assert "Strengths of 5 points; 3 have none, because what leads back to them does not come to rest." in said
    points = json.loads(strength("--semantics", "df-quad", "--format", "json", folder=tmp_path).stdout)["points"]
    assert [row["strength"] for row in points] == [None, None, None, 0.5, 0.25]
    assert [row["converged"] for row in points] == [False, False, False, True, True]
    assert (
        "`a` has no strength: it does not come to rest"
        in strength("a", "--semantics", "df-quad", folder=tmp_path).stdout
    )


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["nope"], 1, "no node is called `nope`"),
        (["should-late-fees-go"], 2, "`should-late-fees-go` has no strength: it is a question"),
        (["collecting-does-cost-more"], 2, "it is a reply that only acts on other points"),
        (["--contributions", "shapley"], 2, "name its ID"),
        (["--default", "1.5"], 2, "`--default 1.5`: give a number from 0 to 1"),
        (["--default", "nan"], 2, "`--default nan`: give a number"),
        (["--semantics", "quad"], 2, "'quad' is not one of"),
    ],
)
def test_misuse_is_one_line(arguments: list[str], code: int, said: str) -> None:
    result = strength(*arguments)
    assert result.exit_code == code, result.output
    assert said in result.output
    assert result.output.count("\n") == 1


@pytest.mark.parametrize("name", list(SEMANTICS))
def test_all_of_the_shipped_debate_comes_to_rest(name: str) -> None:
    graph: Graph = weighted_graph(load(ROOT / "claims").debate)
    assert None not in Solver(graph, SEMANTICS[name]).solve()
