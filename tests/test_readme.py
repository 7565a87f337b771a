"""The docs say what the tool does: outputs are real, every command and field is named, links lead somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kb import discover
from kb.reading import decode, records
from kb.reading.settings import LINT_FIELDS, SETTINGS_FIELDS
from kb.vocabulary import CERTAINTIES, KINDS, RELATIONS

ROOT = Path(__file__).resolve().parent.parent
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "docs/mistakes.md",
    "docs/check-lists.md",
    "docs/checked.md",
    "docs/ci.md",
    "docs/editors.md",
    "docs/format.md",
    "docs/look/README.md",
    "docs/machines.md",
    "docs/maps.md",
    "docs/reference.md",
    "docs/settling.md",
    "docs/strength.md",
    "kb/starter/README.md",
)
FIELDS = {
    *(*decode.NODE_FIELDS, *decode.RELATION_FIELDS, *records.SOURCE_FIELDS, *records.PASSAGE_FIELDS),
    *(
        *records.PARTICIPANT_FIELDS,
        *records.TERM_FIELDS,
        *records.SENSE_FIELDS,
        *records.TOPIC_FIELDS,
        *SETTINGS_FIELDS,
        *LINT_FIELDS,
    ),
}


def page(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_what_the_docs_quote_from_the_tool_is_what_it_says() -> None:
    run = subprocess.run(
        [sys.executable, "docs/write.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, f"run `make docs`\n{run.stdout}{run.stderr}"


def test_the_readme_shows_a_mistake_and_its_cure() -> None:
    text = page("README.md")
    assert "unknown-target" in text
    assert "did you mean `trial-ran-in-the-summer`?" in text
    assert text.count("$ kb ") == 5


def test_each_rule_beside_the_lists_of_others_is_one() -> None:
    text = page("docs/check-lists.md")
    named = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", text))
    assert named - {"argdown-feedback"} <= set(discover.names("kb.rules"))
    assert len(named) > 50


@pytest.mark.parametrize("command", discover.names("kb.commands"))
def test_the_readme_names_every_command(command: str) -> None:
    assert f"`kb {command}" in page("README.md")


def test_the_readme_names_no_command_that_there_is_not() -> None:
    for name in PAGES:
        named = set(re.findall(r"(?:`|\$ |^    |^)kb (?:-C \S+ )?([a-z][a-z-]*)\b", page(name), re.MULTILINE))
        assert named <= set(discover.names("kb.commands")), name


@pytest.mark.parametrize("name", PAGES)
def test_the_docs_name_no_target_that_make_does_not_have(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", page("Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", page(name), re.MULTILINE)) <= targets


def test_the_format_names_every_field_and_every_word() -> None:
    text = page("docs/format.md")
    assert {word for word in {*FIELDS, *KINDS, *CERTAINTIES, *RELATIONS} if f"`{word}" not in text} == set()


def test_the_format_names_no_relation_that_there_is_not() -> None:
    table = page("docs/format.md").partition("## Relations")[2].partition("The mapping form")[0]
    assert re.findall(r"^\| `(\w+)`", table, re.MULTILINE) == list(RELATIONS)


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name: str) -> None:
    for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page(name)):
        assert (ROOT / name).parent.joinpath(link).exists(), link
    headings = {
        re.sub(r"[^\w -]", "", h).strip().lower().replace(" ", "-")
        for h in re.findall(r"^#+ (.*)", page(name), re.MULTILINE)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", page(name))) <= headings
