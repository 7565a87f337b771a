"""Every rule's manual is its test: the bad example is found where it says, the good one is clean."""

from __future__ import annotations

import re
import textwrap

import pytest

from kb import discover
from kb.finding import SEVERITIES
from kb.lint import RULES, lint, rule
from tests.conftest import files_of, read

NAMES = discover.names(RULES)
MARKER = re.compile(r"#\s*<- (?P<rules>[a-z0-9-]+(?:, [a-z0-9-]+)*)")


def examples(name: str, heading: str) -> list[str]:
    """The example blocks under a heading of a rule's manual."""
    manual = rule(name).manual
    blocks = re.findall(rf"^{heading}:\n\n((?:    .*\n|\n)+)", manual + "\n", flags=re.MULTILINE)
    return [textwrap.dedent(block) for block in blocks]


def marked(text: str) -> set[tuple[str, int, str]]:
    """What the markers of an example announce: file, line, rule."""
    return {
        (path, number, name)
        for path, content in files_of(text).items()
        for number, line in enumerate(content.splitlines(), 1)
        if (match := MARKER.search(line))
        for name in match["rules"].split(", ")
    }


def found(text: str) -> set[tuple[str, int, str]]:
    """What the whole linter says about an example."""
    return {(f.file, f.span.line, f.rule) for f in lint(read(text))}


@pytest.mark.parametrize("name", NAMES)
def test_the_bad_example_is_found_where_its_markers_say(name: str) -> None:
    bad = examples(name, "Bad")
    assert bad, f"{name}: the manual shows no bad example"
    for text in bad:
        expected = marked(text)
        assert name in {rule_name for _, _, rule_name in expected}, f"{name}: no marker names the rule"
        assert {row for row in found(text) if row[2] == name} == {row for row in expected if row[2] == name}


@pytest.mark.parametrize("name", NAMES)
def test_the_good_example_is_free_of_the_fault(name: str) -> None:
    good = examples(name, "Good")
    assert good, f"{name}: the manual shows no good example"
    for text in good:
        assert {f.rule for f in lint(read(text)) if f.severity == "error"} == set()
        assert name not in {f.rule for f in lint(read(text))}


@pytest.mark.parametrize("name", NAMES)
def test_the_manual_says_what_and_why(name: str) -> None:
    page = rule(name)
    assert page.severity in SEVERITIES
    assert page.summary.endswith(".")
    assert len(page.manual.split("\n\n")[1].split()) >= 12, "a paragraph says why it hurts a debate"
