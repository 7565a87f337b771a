"""The formats of findings, read as their readers do: they fit what others publish, count in its units, and give back the same words."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.finding import Edit, Finding, Fix, Place, Span
from kb.lint import lint
from kb.linting.manual import rules
from kb.report import FORMATS, render
from kb.reporting.columns import convert_columns, utf8_bytes, utf16_units
from tests.conftest import read
from tests.published import check_json, check_junit, check_rdjson

LINES = {1: "kind: clam", 2: "text: 'Is 🦊 a 日本 fox?'", 3: "supports: tab\tand-a-half"}
SPANNING = Span(2, 7, 3, 14)
FIX = Fix("write `claim`", (Edit(Place("claims/a b.yaml", Span(1, 7, 1, 11)), "claim"),))
AFAR = Fix("rename both", (*FIX.edits, Edit(Place("claims/b.yaml", Span(1, 1, 1, 1)), "x")), safe=False)
FINDINGS = (
    Finding(
        "claims/a b.yaml", Span(1, 7, 1, 11), "unknown-kind", "`clam` is no kind", "info", "a: b, 100%", "fox", fix=FIX
    ),
    Finding("claims/a b.yaml", Span(2, 10, 2, 16), "long-text", "it is long", "warning", node="fox", fix=AFAR),
    Finding(
        "claims/a b.yaml", SPANNING, "duplicate-id", "twice", related=(("claims/b.yaml", Span(2, 14, 2, 16), "here"),)
    ),
    Finding("claims/a b.yaml", SPANNING, "duplicate-id", "twice more"),
)
HOSTILE = """
## talk/50%,:.yaml
id: fox
kind: claim
"te\\e[31mxt\\u202e": "One\\nline."
text: A 🦊🦊 fox.
supports: ["self::set-output name=x", "a\\rb", " ]]>&<b>"]
---
id: hen
kind: "cla\\u0085im"
## talk/\x1b]8;;x\u202e.yaml
kind: objectoin
"""


def line(_file: str, number: int) -> str:
    return LINES.get(number, "")


def rendered(form: str, *, url: str | None = None, colour: bool = False) -> str:
    return render(FINDINGS, form, line, url=url, colour=colour)


def linted(text: str, form: str) -> str:
    loaded = read(text)
    return render(lint(loaded), form, loaded.line)


# -- all of them -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_every_finding_is_said_and_nothing_else_happens(form: str) -> None:
    text = rendered(form)
    assert [text.count(f.message) > 0 for f in FINDINGS] == [True] * 4
    assert text.endswith("\n")
    assert rendered(form) == text


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_that_an_editor_wrote_steers_a_terminal_or_breaks_a_line(form: str) -> None:
    text = linted(HOSTILE, form)
    assert "unknown-field" in text
    assert [line for line in text.split("\n") if not line.isprintable()] == []


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_that_a_file_is_called_does_either(form: str) -> None:
    name = "\x1b[31m\u202e\udce9.yaml"
    found = Finding(name, Span(1, 1, 1, 2), "long-text", "it is long", related=((name, Span(1, 1, 1, 2), "here"),))
    text = render([found], form, line)
    assert [line for line in text.split("\n") if not line.isprintable()] == []
    assert ("%1B%5B31m%E2%80%AE%E9.yaml" in text) == (form == "sarif")


@pytest.mark.parametrize("form", ["full", "concise"])
@pytest.mark.parametrize("name", ["::error::x.yaml", "##[group]x.yaml"])
def test_the_name_of_a_file_is_no_command_to_a_ci_runner(form: str, name: str) -> None:
    text = render([Finding(name, Span(1, 1, 1, 2), "long-text", "it is long")], form, line)
    assert text.startswith(f"./{name}:1:1: ")


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"full", "concise", "github", "json-lines"}))
def test_when_nothing_was_found_machines_are_told_so(form: str) -> None:
    assert render([], form, line) != ""


@pytest.mark.parametrize("form", ["full", "concise", "github", "json-lines"])
def test_when_nothing_was_found_no_line_is_printed(form: str) -> None:
    assert render([], form, line) == ""


# -- for people ------------------------------------------------------------------------------------------------


def test_what_the_tool_can_mend_is_marked_and_what_it_would_do_is_said() -> None:
    first, second, third, _ = rendered("full").split("\n\n")
    assert first.splitlines()[0].endswith("`clam` is no kind [unknown-kind] [*]")
    assert first.endswith("  = help: a: b, 100%\n  = fix: write `claim`")
    assert second.splitlines()[0].endswith("it is long [long-text]")
    assert second.endswith("= unsafe fix: rename both")
    assert "fix" not in third


def test_where_there_is_nothing_to_see_there_is_no_excerpt() -> None:
    found = Finding("claims/a.yaml", Span(9, 1, 9, 2), "long-text", "it is long", help="split it")
    assert render([found], "full", line) == "claims/a.yaml:9:1: error: it is long [long-text]\n  = help: split it\n"


@pytest.mark.parametrize("form", ["full", "concise"])
def test_colour_adds_nothing_but_colour(form: str) -> None:
    coloured = rendered(form, colour=True)
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == rendered(form)
    for code in ("1;31", "1;33", "1;36"):
        assert f"\x1b[{code}m" in coloured
    assert len(re.findall(r"\x1b\[\d", coloured)) == 2 * coloured.count("\x1b[0m")


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"full", "concise"}))
def test_machines_get_no_colour(form: str) -> None:
    assert rendered(form, colour=True) == rendered(form)


# -- JSON ------------------------------------------------------------------------------------------------------


def test_json_lines_are_the_rows_of_json() -> None:
    assert [json.loads(row) for row in rendered("json-lines").splitlines()] == json.loads(rendered("json"))


def test_json_tells_the_edits_of_a_fix() -> None:
    rows = json.loads(rendered("json"))
    assert rows[0]["fix"] == {
        "title": "write `claim`",
        "safe": True,
        "edits": [
            {"file": "claims/a b.yaml", "line": 1, "column": 7, "end_line": 1, "end_column": 11, "text": "claim"}
        ],
    }
    assert [row["fix"] and row["fix"]["safe"] for row in rows] == [True, False, None, None]


# -- GitHub ----------------------------------------------------------------------------------------------------

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def understood(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Commands as the runner reads them."""
    found = []
    for command in text.splitlines():
        matched = COMMAND.fullmatch(command)
        assert matched, command
        properties = dict(pair.split("=", 1) for pair in matched[2].split(","))
        found.append((matched[1], {k: unescaped(v) for k, v in properties.items()}, unescaped(matched[3])))
    return found


def unescaped(text: str) -> str:
    for code, char in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, char)
    return text


def test_github_is_told_errors_first_and_columns_only_within_a_line() -> None:
    commands = understood(rendered("github"))
    assert [name for name, _, _ in commands] == ["error", "error", "warning", "notice"]
    assert commands[0][1] == {
        "title": "kb (duplicate-id)",
        "file": "claims/a b.yaml",
        "line": "2",
        "endLine": "3",
    }
    assert commands[3][1]["col"] == "7"
    assert commands[3][2] == "claims/a b.yaml:1:7: `clam` is no kind\na: b, 100%"


def test_github_gets_a_message_whole_even_if_it_looks_escaped() -> None:
    message = "100%0A: a,\r\nb %25"
    ((_, properties, text),) = understood(render([Finding("100%2C.yaml", SPANNING, "x", message)], "github", line))
    assert (properties["file"], text) == ("100%2C.yaml", f"100%2C.yaml:2:7: {message}")


def test_github_gets_names_and_messages_whole_whatever_they_hold() -> None:
    loaded = read(HOSTILE)
    commands = understood(render(lint(loaded), "github", loaded.line))
    assert {properties["file"] for _, properties, _ in commands} >= {"claims/talk/50%,:.yaml"}
    assert len(commands) == len(lint(loaded))


# -- GitLab ----------------------------------------------------------------------------------------------------


def test_gitlab_gets_what_its_manual_asks_for() -> None:
    """No registry has a schema of this report, so the fields are compared with GitLab's manual by hand (November 2026)."""
    issues = json.loads(rendered("gitlab"))
    assert issues[0] == {
        "check_name": "unknown-kind",
        "description": "`clam` is no kind; a: b, 100%",
        "severity": "info",
        "fingerprint": issues[0]["fingerprint"],
        "location": {"path": "claims/a b.yaml", "lines": {"begin": 1, "end": 1}},
    }
    assert issues[2]["location"]["lines"] == {"begin": 2, "end": 3}
    assert {issue["severity"] for issue in issues} <= {"info", "minor", "major", "critical", "blocker"}
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 4
    assert not any(issue["location"]["path"].startswith(("./", "/")) for issue in issues)


def test_fingerprints_survive_edits_around_a_finding() -> None:
    text = "id: fox\nkind: claim\ntext: A fox.\nsupports: fox\nby: nobody\n"
    edited = text.replace("A fox.", "This is a fox.\n# a comment").replace("fox\nby", "'fox'\nby")
    before, after = (json.loads(linted(t, "gitlab")) for t in (text, edited))
    assert [i["fingerprint"] for i in before] == [i["fingerprint"] for i in after]
    assert [i["location"] for i in before] != [i["location"] for i in after]
    sarif, sarif_after = (json.loads(linted(t, "sarif"))["runs"][0]["results"] for t in (text, edited))
    assert [r["partialFingerprints"] for r in sarif] == [r["partialFingerprints"] for r in sarif_after]


# -- SARIF -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", HOSTILE, "id: fox\nkind: claim\ntext: A fox.\nsupports: fox\n"])
def test_sarif_is_what_the_standard_says(text: str) -> None:
    check_json("sarif-2.1.0", json.loads(linted(text, "sarif")))


def test_sarif_with_fixes_and_related_places_is_what_the_standard_says() -> None:
    log = json.loads(rendered("sarif", url="https://fox.example/debate/"))
    check_json("sarif-2.1.0", log)
    results = log["runs"][0]["results"]
    assert results[2]["relatedLocations"][0]["message"] == {"text": "here"}
    assert [len(r["fixes"][0]["artifactChanges"]) if "fixes" in r else 0 for r in results] == [1, 2, 0, 0]
    replacement = results[0]["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert replacement["insertedContent"] == {"text": "claim"}
    assert replacement["deletedRegion"] == results[0]["locations"][0]["physicalLocation"]["region"]


def test_sarif_counts_columns_as_it_says() -> None:
    run = json.loads(rendered("sarif"))["runs"][0]
    assert run["columnKind"] == "utf16CodeUnits"
    region = run["results"][1]["locations"][0]["physicalLocation"]["region"]
    units = LINES[2].encode("utf-16-le")
    marked = units[2 * (region["startColumn"] - 1) : 2 * (region["endColumn"] - 1)].decode("utf-16-le")
    assert marked == LINES[2][9:15]


def test_sarif_names_files_by_uris() -> None:
    locations = [r["locations"][0] for r in json.loads(linted(HOSTILE, "sarif"))["runs"][0]["results"]]
    uris = {place["physicalLocation"]["artifactLocation"]["uri"] for place in locations}
    assert "claims/talk/50%25%2C%3A.yaml" in uris
    assert all(re.fullmatch(r"[\w.~/%-]+", uri, re.ASCII) for uri in uris)
    assert {unquote(uri) for uri in uris} == {f.file for f in lint(read(HOSTILE))}


def test_sarif_brings_the_page_of_each_rule_that_was_broken() -> None:
    run = json.loads(rendered("sarif", url="https://fox.example/debate/"))["runs"][0]
    listed = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in listed] == ["duplicate-id", "long-text", "unknown-kind"]
    assert listed[0]["helpUri"] == "https://fox.example/debate/rules/duplicate-id.html"
    assert "**Bad:**" in listed[0]["help"]["markdown"]
    assert [rule["defaultConfiguration"]["level"] for rule in listed] == ["error", "warning", "error"]
    assert [result["level"] for result in run["results"]] == ["note", "warning", "error", "error"]
    assert [listed[result["ruleIndex"]]["id"] for result in run["results"]] == [f.rule for f in FINDINGS]
    assert "helpUri" not in json.loads(rendered("sarif"))["runs"][0]["tool"]["driver"]["rules"][0]
    assert "helpUri" not in rendered("sarif", url="mailto:fox@fox.example")


def test_descriptions_of_rules_fit_where_github_shows_them() -> None:
    """At most 1024 letters, says the manual of code scanning."""
    assert [rule.name for rule in rules() if not 0 < len(rule.summary) <= 1024 or not 0 < len(rule.why) <= 1024] == []
    assert [rule.name for rule in rules() if "Bad:" in rule.why or "Good:" in rule.why] == []


# -- JUnit -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", HOSTILE, "id: fox\nkind: claim\ntext: A fox.\nsupports: fox\n"])
def test_junit_is_what_jenkins_publishes(text: str) -> None:
    check_junit(linted(text, "junit"))


def test_each_finding_is_a_test_that_failed() -> None:
    text = rendered("junit")
    check_junit(text)
    suite = ET.fromstring(text).find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("4", "4", "0")
    assert [case.get("name") for case in suite] == [
        "unknown-kind: fox (clam)",
        "long-text: fox",
        "duplicate-id: claims/a b.yaml",
        "duplicate-id: claims/a b.yaml #2",
    ]
    failure = suite[0][0]
    assert (failure.get("type"), failure.get("message")) == ("info", "`clam` is no kind")
    assert failure.text == rendered("full").split("\n\n")[0]


def test_one_test_passes_when_nothing_was_found() -> None:
    suite = ET.fromstring(render([], "junit", line)).find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures"), len(suite), len(suite[0])) == ("1", "0", 1, 0)


@pytest.mark.parametrize("char", ["\0", "\x1b", "\ufffe", "\ud800"])
def test_what_xml_cannot_hold_is_replaced(char: str) -> None:
    found = Finding(f"claims/{char}.yaml", Span(1, 1, 1, 2), "long-text", f"a {char} b", node=char)
    check_junit(render([found], "junit", lambda _file, _number: char))


# -- reviewdog -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", HOSTILE, "id: fox\nkind: claim\ntext: A fox.\nsupports: fox\n"])
def test_reviewdog_can_read_it(text: str) -> None:
    assert check_rdjson(linted(text, "rdjson")) == ""


def test_reviewdog_is_offered_what_one_edit_mends() -> None:
    text = rendered("rdjson", url="https://fox.example")
    assert check_rdjson(text) == ""
    found = json.loads(text)["diagnostics"]
    assert found[0] == {
        "message": "`clam` is no kind; a: b, 100%",
        "location": {
            "path": "claims/a b.yaml",
            "range": {"start": {"line": 1, "column": 7}, "end": {"line": 1, "column": 11}},
        },
        "severity": "INFO",
        "code": {"value": "unknown-kind", "url": "https://fox.example/rules/unknown-kind.html"},
        "suggestions": [
            {"range": {"start": {"line": 1, "column": 7}, "end": {"line": 1, "column": 11}}, "text": "claim"}
        ],
    }
    assert [len(diagnostic.get("suggestions", ())) for diagnostic in found] == [1, 0, 0, 0]


def test_reviewdog_counts_bytes() -> None:
    place = json.loads(rendered("rdjson"))["diagnostics"][1]["location"]["range"]
    start, end = place["start"]["column"] - 1, place["end"]["column"] - 1
    assert LINES[2].encode()[start:end].decode() == LINES[2][9:15]


# -- columns ---------------------------------------------------------------------------------------------------


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(1, 9), st.integers(1, 9))
def test_columns_in_any_unit_mark_the_same_words(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text) + 1), min(other, len(text) + 1)))
    span = Span(1, start, 1, end)
    for length, encoding, size in ((utf8_bytes, "utf-8", 1), (utf16_units, "utf-16-le", 2)):
        _, first, _, last = convert_columns("a.yaml", span, lambda _file, _number: text, length)
        raw = text.encode(encoding)[size * (first - 1) : size * (last - 1)]
        assert raw.decode(encoding) == text[start - 1 : end - 1]


def test_a_column_beyond_its_line_stays_there() -> None:
    assert convert_columns("a.yaml", Span(1, 5, 1, 7), lambda _file, _number: "é", utf8_bytes) == Span(1, 6, 1, 8)
