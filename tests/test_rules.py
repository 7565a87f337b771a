"""Every rule's manual is its test: the bad example is found where it says, and nothing else; the good one is clean."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kb
from kb import discover
from kb.finding import SEVERITIES
from kb.lint import lint
from kb.linting import baseline
from kb.linting.allowances import STALE
from kb.linting.choice import choose
from kb.linting.manual import RULES, find_rule
from tests import examples

if TYPE_CHECKING:
    from kb.finding import Finding
    from kb.linting.choice import Severities
    from kb.load import Loaded

BASELINE = "baseline.json"
NAMES = discover.names(RULES)


def blocks(name: str, heading: str) -> list[str]:
    """The example blocks under a heading of a rule's manual."""
    found = re.findall(rf"^{heading}:\n\n((?:    .*\n|\n)+)", find_rule(name).manual + "\n", flags=re.MULTILINE)
    return [textwrap.dedent(block) for block in found]


def with_rule(name: str, loaded: Loaded) -> Severities:
    """The rules that run on an example: as its `kb.yaml` chooses, and the one it is about."""
    return {**choose(loaded.debate.settings.lint), name: find_rule(name).severity}


def found(name: str, loaded: Loaded, root: Path) -> tuple[Finding, ...]:
    """What the linter finds in an example, since its baseline if it has one."""
    severities = with_rule(name, loaded)
    findings = lint(loaded, severities)
    recorded = root / BASELINE
    if not recorded.exists():
        return findings
    text = examples.MARKER.sub("", recorded.read_text("utf-8"))
    return baseline.compare(baseline.read(f"claims/../{BASELINE}", text), findings, loaded.line, severities)


@pytest.mark.parametrize("name", NAMES)
def test_the_bad_example_is_found_where_its_markers_say_and_gives_nothing_else(name: str, tmp_path: Path) -> None:
    bad = blocks(name, "Bad")
    assert bad, f"{name}: the manual shows no bad example"
    for number, text in enumerate(bad):
        loaded, announced = examples.read(tmp_path / str(number), text)
        assert name in {row[2] for row in announced}, f"{name}: no marker names the rule"
        assert {(f.file, f.span.line, f.rule) for f in found(name, loaded, tmp_path / str(number))} == announced


@pytest.mark.parametrize("name", NAMES)
def test_the_good_example_is_clean(name: str, tmp_path: Path) -> None:
    good = blocks(name, "Good")
    assert good, f"{name}: the manual shows no good example"
    for number, text in enumerate(good):
        loaded, _ = examples.read(tmp_path / str(number), text)
        assert found(name, loaded, tmp_path / str(number)) == ()


@pytest.mark.parametrize("name", NAMES)
def test_the_manual_says_what_and_why(name: str) -> None:
    page = find_rule(name)
    assert page.severity in SEVERITIES
    assert page.summary.endswith(".")
    assert len(page.summary) <= 74, "the summary fits a line of a list"
    assert len(page.manual.split("\n\n")[1].split()) >= 12, "a paragraph says why it hurts a debate"


def test_rules_that_only_the_reader_applies_are_the_names_it_uses() -> None:
    """Every name that reader, decoder or loader give a fault has a manual page, and every such page belongs to a name."""
    package = Path(kb.__file__).parent
    texts = [path.read_text("utf-8") for path in sorted((package / "reading").glob("*.py"))]
    used = {word for text in texts for word in re.findall(r'"([a-z]+(?:-[a-z]+)*)"', text)} & set(NAMES)
    silent = {name for name in NAMES if not hasattr(discover.module(RULES, name), "check")}
    assert silent - {STALE, baseline.STALE} == used
