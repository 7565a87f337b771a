"""Decoding: every field ends up in the record or in a fault at its place; nothing an editor writes raises."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.lint import lint
from kb.load import load_texts
from kb.model import Citation, Node
from kb.reading import decode, records
from kb.reading.settings import LINT_FIELDS, SETTINGS_FIELDS
from kb.reading.source import parse
from kb.reading.values import Mapping
from kb.vocabulary import RELATIONS

if TYPE_CHECKING:
    from kb.finding import Fault

FULL_NODE = """\
kind: objection
title: A title
text: A text.
by: [ada, bo]
source: [letter p1, letter]
certainty: tentative
stands_alone: true
weight: 0.7
attacks:
  - to: other
    with: [fourth]
    id: a-step
    by: ada
    source: letter p1
    scheme: analogy
    weight: 0.5
    note: remark
    data: {x: [1, {y: z}]}
undercuts: "third  ->  other"
terms: [blue, blue/wave]
tags: a
topic: talk
note: remark
allow:
  duplicate-text: a reason
expect: stands
formerly: [first-name, second-name]
data: {origin: {id: 7}}
"""
FULL = {
    "claims/kb.yaml": """\
title: Example
description: About something.
language: de
url: https://example.org/debate/
pictures: true
maps: layers
main: [question]
participants: [ada, bo]
lint:
  profile: pedantic
  select: long-text
  ignore: [unused-*]
  severity: {long-text: error}
  allow:
    talk: {duplicate-text: a reason}
expect: {other: out}
data: {x: y}
""",
    "claims/talk/topic.yaml": "title: Talk\ndescription: Some talk.\norder: 2\n",
    "claims/talk/node.yaml": FULL_NODE,
    "claims/talk/question.yaml": "kind: question\ntext: Which?\nexclusive: true\n",
    "claims/talk/other.yaml": "kind: claim\ntext: Other.\nanswers: question\n",
    "claims/talk/third.yaml": """\
kind: claim
text: Third.
by: bo
attributed_to: ada
supports:
  to: other
  strict: false
""",
    "claims/talk/fourth.yaml": "kind: claim\ntext: Fourth.\n",
    "claims/talk/granted.yaml": "kind: reply\ntext: Granted.\nby: bo\nconcedes: {to: other, part: true}\n",
    "claims/talk/step.yaml": "kind: argument\npremises: [third, role: other]\nscheme: sign\nsupports: node\n",
    "claims/sources/letter.yaml": """\
title: A letter
type: letter
authors: [Ada]
date: 2020-01-01
url: https://example.org
attribution: {status: unconfirmed, note: guess}
passages:
  - id: p1
    by: [ada, bo]
    date: 2020-01-01
    replies_to: p2
    items: 2
    sha256: 0123456789abcdef
    text: Words.
    data: {x: y}
  - id: p2
    skip: greeting
note: remark
formerly: note
data: {x: y}
""",
    "claims/participants/ada.yaml": "name: Ada\nrole: author\nseveral: true\nurl: https://example.org\nattribution: unconfirmed\n",
    "claims/participants/bo.yaml": "name: Bo\nnote: remark\ndata: {x: y}\n",
    "claims/terms/blue.yaml": """\
term: blue
senses:
  - id: wave
    text: Some wave.
    by: ada
    source: letter p1
see_also: green
note: remark
data: {x: y}
""",
    "claims/terms/green.yaml": "term: green\n",
}
"""Every field of every record, in a debate without a finding that the linter calls an error."""


def node(text: str) -> tuple[Node, list[Fault]]:
    faults: list[Fault] = []
    document = parse("x.yaml", textwrap.dedent(text)).documents[0]
    assert isinstance(document, Mapping)
    return decode.decode_node(document, "x.yaml", "x", "talk", faults), faults


def test_the_full_example_holds_every_field_and_is_sound() -> None:
    written = "\n".join(FULL.values())
    fields = {
        *(*decode.NODE_FIELDS, *decode.RELATION_FIELDS, *records.SOURCE_FIELDS, *records.PASSAGE_FIELDS),
        *(*records.PARTICIPANT_FIELDS, *records.TERM_FIELDS, *records.SENSE_FIELDS, *records.TOPIC_FIELDS),
        *SETTINGS_FIELDS,
        *LINT_FIELDS,
    }
    assert {name for name in fields - RELATIONS.keys() if f"{name}:" not in written} == set()
    assert [f for f in lint(load_texts(FULL)) if f.severity == "error"] == []


def test_a_node_is_read_as_written() -> None:
    found, faults = node(FULL_NODE)
    assert faults == []
    attack, undercut = found.relations
    assert found.by == ("ada", "bo")
    assert found.citations == (Citation("letter", "p1"), Citation("letter"))
    assert (found.certainty, found.stands_alone, found.exclusive) == ("tentative", True, False)
    assert (attack.kind, attack.to, attack.premises, attack.id) == ("attacks", "other", ("fourth",), "a-step")
    assert (attack.by, attack.citations, attack.weight) == (("ada",), (Citation("letter", "p1"),), 0.5)
    assert found.weight == 0.7
    assert undercut.to == "third -> other", "in its one spelling"
    assert found.allow == (("duplicate-text", "a reason"),)
    assert found.data == (("origin", {"id": "7"}),)
    assert dict(attack.data) == {"x": ["1", {"y": "z"}]}


@pytest.mark.parametrize(
    ("field", "rule", "says"),
    [
        ("titel: x", "unknown-field", "did you mean `title`?"),
        ("suports: y", "unknown-relation", "did you mean `supports`?"),
        ("because: y", "unknown-relation", "did you mean `supports`?"),
        ("colour: y", "unknown-field", "goes under `data`"),
        ("certainty: tentativ", "unknown-certainty", "did you mean `tentative`?"),
        ("certainty: maybe", "unknown-certainty", "one of `asserted`"),
        ("stands_alone: 'true'", "wrong-type", "`true` or `false`"),
        ("stands_alone: yes", "wrong-type", "`true` or `false`"),
        ("by:", "wrong-type", "an id or a list of ids"),
        ("by: {a: b}", "wrong-type", "an id or a list of ids"),
        ("by: [[a]]", "wrong-type", "an id or a list of ids"),
        ("by: []", "wrong-type", "an id or a list of ids"),
        ("title: [a]", "wrong-type", "a text"),
        ("source: a b c", "wrong-type", "several places are a list"),
        ("supports: [[a]]", "wrong-type", "write `supports: some-id`"),
        ("supports: {with: [a]}", "missing-field", "add `to:`"),
        ("supports: {to: y, id: 'A B'}", "malformed-id", "lower-case words"),
        ("supports: {to: y, weight: heavy}", "wrong-type", "a number"),
        ("weight: heavy", "wrong-type", "a number from 0 to 1"),
        ("weight: 1.01", "wrong-type", "a number from 0 to 1"),
        ("weight: -0.2", "wrong-type", "a number from 0 to 1"),
        ("weight: 70%", "wrong-type", "a number from 0 to 1"),
        ("weight: 0,7", "wrong-type", "a number from 0 to 1"),
        ("weight: [0.5]", "wrong-type", "a number from 0 to 1"),
        ("weight: '0.5'", "wrong-type", "a number from 0 to 1"),
        ("weight: 1e999", "wrong-type", "a number from 0 to 1"),
        ("weight: .nan", "wrong-type", "a number from 0 to 1"),
        ("weight:", "wrong-type", "a number from 0 to 1"),
        ("supports: {to: y, reason: z}", "unknown-field", ""),
        ("allow: [x]", "wrong-type", "rule-name: reason"),
        ("allow: {x: }", "wrong-type", "rule-name: reason"),
        ("data: [x]", "wrong-type", "a mapping"),
        ("premises: [{}, a]", "wrong-type", "role: some-id"),
        ("text: [a, b]", "wrong-type", "a text"),
    ],
)
def test_a_fault_names_the_rule_and_what_would_be_right(field: str, rule: str, says: str) -> None:
    text = "" if field.startswith("text:") else "text: A text.\n"
    _, faults = node(f"kind: claim\n{text}{field}\n")
    assert [f.rule for f in faults] == [rule]
    assert says in faults[0].help
    assert faults[0].span.line == len(text.splitlines()) + 2


def test_a_misspelt_word_is_read_as_the_word_meant() -> None:
    found, faults = node("kind: objektion\ntext: A text.\nattacks: y\n")
    assert [f.rule for f in faults] == ["unknown-kind"]
    assert found.kind == "objection"


@pytest.mark.parametrize(
    ("relation", "kind"),
    [("attacks: y", "objection"), ("concedes: y", "reply"), ("premises: [y]", "argument"), ("supports: y", "claim")],
)
def test_a_node_without_a_kind_is_read_as_what_its_fields_suggest(relation: str, kind: str) -> None:
    found, faults = node(f"text: A text.\n{relation}\n")
    assert [f.rule for f in faults] == ["missing-field"]
    assert found.kind == kind


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "JavaScript:x", "x.html"])
def test_only_web_addresses_are_links(url: str) -> None:
    texts = {**FULL, "claims/participants/bo.yaml": f"name: Bo\nurl: '{url}'\n"}
    loaded = load_texts(texts)
    assert [f.rule for f in loaded.faults] == ["wrong-type"]
    assert loaded.debate.participants["bo"].url is None


@pytest.mark.parametrize("language", ["German", "english", "d", "de_CH", "de CH", '"><script>'])
def test_a_language_is_told_by_its_tag(language: str) -> None:
    loaded = load_texts({"claims/kb.yaml": f"title: Streit\nlanguage: '{language}'\n"})
    assert [f.message for f in loaded.faults] == [f"`{language}` is no language tag"]
    assert loaded.debate.settings.language == "en"


def test_a_list_of_more_items_than_anybody_cites_is_a_slip() -> None:
    file = "claims/sources/letter.yaml"
    assert "items: 2" in FULL[file]
    loaded = load_texts({**FULL, file: FULL[file].replace("items: 2", "items: 2000")})
    assert [(f.rule, f.message) for f in loaded.faults] == [
        ("wrong-type", "`items` has `2000` where a whole number up to 1000 belongs")
    ]


# -- every field mutated ---------------------------------------------------------------------------------------

PATHS = [(file, number) for file, text in FULL.items() for number, line in enumerate(text.splitlines()) if ":" in line]


@pytest.mark.parametrize(("file", "number"), PATHS)
def test_every_field_misspelt_once_is_reported(file: str, number: int) -> None:
    """Whatever the field, misspelling its name is reported (except below `data`, which is free)."""
    lines = FULL[file].splitlines()
    name = lines[number].lstrip(" -").partition(":")[0]
    if lines[number].startswith(("  duplicate-text", "    talk: {")):
        pytest.skip("the name of a rule or a folder: the linter's business, tested there")
    lines[number] = lines[number].replace(f"{name}:", f"{name}zz:", 1)
    found = load_texts({**FULL, file: "\n".join(lines) + "\n"}).faults
    assert {(f.file, f.span.line) for f in found} >= {(file, number + 1)}
    assert {f.file for f in found} == {file}


WRONG = st.sampled_from(
    [
        "",
        "[]",
        "{}",
        "[[x]]",
        "{x: y}",
        "[{x: y}]",
        "'quoted'",
        "!!tag x",
        "&a b",
        "*a",
        "- x",
        "|",
        "~",
        "-1",
        "9" * 400,
    ]
)


@settings(max_examples=300, deadline=None)
@given(path=st.sampled_from(PATHS), wrong=WRONG)
def test_any_value_in_any_field_never_raises_and_points_inside_its_file(path: tuple[str, int], wrong: str) -> None:
    file, number = path
    lines = FULL[file].splitlines()
    start, _, _ = lines[number].partition(":")
    lines[number] = f"{start}: {wrong}"
    loaded = load_texts({**FULL, file: "\n".join(lines) + "\n"})
    for finding in lint(loaded):
        assert finding.file in FULL
        assert 1 <= finding.span.line <= len(lines) + 50
        assert "\n" not in finding.message


@settings(max_examples=300, deadline=None)
@given(text=st.text(alphabet="abk:-[]{}>|'\"&*!#%@,? \n\t\\", max_size=80))
def test_any_text_at_all_never_raises(text: str) -> None:
    for finding in lint(load_texts({"claims/kb.yaml": "title: x\n", "claims/talk/node.yaml": text})):
        lines = text.split("\n")
        if finding.file == "claims/talk/node.yaml":
            assert 1 <= finding.span.line <= len(lines)
            assert 1 <= finding.span.column <= len(lines[finding.span.line - 1]) + 1
