"""Findings at the terminal: the excerpt, the marks under the word, and no characters that could control the terminal."""

from __future__ import annotations

import dataclasses
import json

import pytest

from kb.finding import Fault, Finding, Fix, Span, printable
from kb.lint import lint
from kb.report import render, summary
from kb.reporting.excerpt import underline
from tests.conftest import read

FINDING = Finding(
    "claims/a.yaml",
    Span(12, 7, 12, 10),
    "unknown-kind",
    "`clam` is no kind",
    help="did you mean `claim`?",
    related=(("claims/b.yaml", Span(1, 1, 1, 2), "first used here"),),
)


def line(_file: str, _number: int) -> str:
    return "kind: clam"


def test_the_full_report_shows_place_excerpt_help_and_related_places() -> None:
    assert render([FINDING], "full", line) == (
        "claims/a.yaml:12:7: error: `clam` is no kind [unknown-kind]\n"
        "   |\n"
        "12 | kind: clam\n"
        "   |       ^^^\n"
        "   = help: did you mean `claim`?\n"
        "   = see claims/b.yaml:1:1: first used here\n"
    )


def test_findings_are_set_apart_by_a_blank_line() -> None:
    assert render([FINDING, FINDING], "full", line).count("\n\n") == 1
    assert render([], "full", line) == ""


def test_the_concise_report_is_one_line() -> None:
    assert render([FINDING], "concise", line) == "claims/a.yaml:12:7: error: `clam` is no kind [unknown-kind]\n"


def test_paths_are_shown_as_asked_everywhere() -> None:
    for form in ("full", "concise", "json"):
        assert "claims/" not in render([FINDING], form, line, lambda file: file.removeprefix("claims/"))


def test_json_has_the_end_of_the_span_and_the_related_places() -> None:
    (row,) = json.loads(render([FINDING], "json", line))
    assert (row["line"], row["column"], row["end_line"], row["end_column"]) == (12, 7, 12, 10)
    assert row["related"] == [{"file": "claims/b.yaml", "line": 1, "column": 1, "message": "first used here"}]


@pytest.mark.parametrize(
    ("text", "span", "excerpt", "marks"),
    [
        ("kind: clam", Span(1, 7, 1, 11), "kind: clam", "      ^^^^"),
        ("\tkind: clam", Span(1, 8, 1, 12), "    kind: clam", "          ^^^^"),
        ("日本: 何か x", Span(1, 5, 1, 7), "日本: 何か x", "      ^^^^"),
        ("cafe\u0301: xy", Span(1, 8, 1, 10), "cafe\ufffd: xy", "       ^^"),
        ("text: >-", Span(1, 7, 4, 1), "text: >-", "      ^^"),
        ("by: ", Span(1, 5, 1, 5), "by:", "    ^"),
        ("a", Span(1, 9, 1, 12), "a", " ^"),
        ("a: \x1b[31mred", Span(1, 1, 1, 2), "a: \ufffd[31mred", "^"),
    ],
)
def test_the_marks_stand_under_the_span(text: str, span: Span, excerpt: str, marks: str) -> None:
    if "\u0301" in text:
        excerpt = text
        marks = "      ^^"
    assert underline(text, span) == (excerpt, marks)


def test_of_a_long_line_the_part_around_the_span_is_shown() -> None:
    text = "x" * 5000 + "HERE" + "y" * 5000
    excerpt, marks = underline(text, Span(1, 5001, 1, 5005))
    assert len(excerpt) < 130
    assert excerpt[marks.index("^") : marks.index("^") + 4] == "HERE"
    assert marks.count("^") == 4
    whole, all_marked = underline(text, Span(1, 1, 1, 10_005))
    assert len(whole) < 130
    assert len(all_marked) <= len(whole)


@pytest.mark.parametrize(
    ("severities", "says"),
    [
        ((), "All good: 173 nodes, 3 sources."),
        (("error",), "Found 1 error in 1 file."),
        (("error", "error", "error", "warning"), "Found 3 errors and 1 warning in 4 files."),
        (("error", "warning", "info", "info"), "Found 1 error, 1 warning and 2 info in 4 files."),
    ],
)
def test_the_last_line_counts(severities: tuple[str, ...], says: str) -> None:
    findings = [Finding(f"{i}.yaml", Span(1, 1, 1, 1), "x", "y", s) for i, s in enumerate(severities)]
    assert summary(findings, 173, 3) == says


def test_the_last_line_tells_what_the_tool_can_mend() -> None:
    safe, unsafe = Fix("spell it right", ()), Fix("rename it", (), safe=False)
    findings = [Finding("a.yaml", Span(1, 1, 1, 1), "x", "y", fix=fix) for fix in (safe, unsafe, safe, None)]
    said = "Found 4 errors in 1 file."
    assert summary(findings[3:], 1, 1) == "Found 1 error in 1 file."
    assert summary(findings[1:2], 1, 1).endswith(" 1 can be mended with `--fix --unsafe-fixes`.")
    assert summary(findings, 1, 1) == (
        f"{said} 2 can be mended with `--fix`, 1 can be mended with `--fix --unsafe-fixes`."
    )


def test_large_numbers_can_be_read() -> None:
    assert summary([], 10_000, 1) == "All good: 10,000 nodes, 1 source."


def test_what_editors_write_cannot_steer_the_terminal() -> None:
    found = lint(read('id: a\nkind: claim\ntext: One.\n"\\e[31mred\\nnext \\u202e": x\nby: "\\e]8;;x\\a"\n'))
    assert [finding.rule for finding in found].count("encoding") == 2, "each escape is told, too"
    assert len(found) == 4
    for finding in found:
        assert finding.message.isprintable()
        assert finding.help.isprintable()


def test_neither_can_what_they_write_at_other_places_or_in_the_way_of_a_fix() -> None:
    there = (("claims/b.yaml", Span(1, 1, 1, 2), "\x1b[31mfirst\n\u202ehere"),)
    fault = Fault(
        "unknown-kind", "x", "claims/a.yaml", Span(1, 1, 1, 2), related=there, fix=Fix("write `\x1b]8;;x`", ())
    )
    (finding,) = lint(dataclasses.replace(read(""), reported=(fault,)), {"unknown-kind": "error"})
    assert finding.related[0][2] == "\ufffd[31mfirst \ufffdhere"
    assert finding.fix is not None
    assert finding.fix.title == "write `\ufffd]8;;x`"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("plain", "plain"), ("a\nb", "a b"), ("\x1b[0m", "\ufffd[0m"), ("ü\u202e", "ü\ufffd"), ("\udcff", "?")],
)
def test_text_is_made_printable(text: str, shown: str) -> None:
    assert printable(text) == shown
