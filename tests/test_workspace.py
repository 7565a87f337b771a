"""A debate that is edited file by file has the same findings as if all of it was read again."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from kb.lint import lint
from kb.linting.choice import RuleSelection, choose
from kb.linting.manual import rules
from kb.load import load
from kb.workspace import Workspace
from tests import edits

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kb.finding import Finding

ALL = {rule.name: rule.severity for rule in rules()}
"""Every rule is to run, including those of all profiles and policies."""


def whole(findings: Iterable[Finding]) -> list[str]:
    """Findings with all their fields, also those that do not count when they are compared."""
    return [repr(finding) for finding in findings]


@pytest.mark.parametrize("seed", range(20))
def test_after_any_edits_on_disk_the_findings_are_those_of_a_fresh_look(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    files = edits.project(dice, size=dice.choice([3, 6, 12]))
    edits.write(tmp_path, files)
    workspace = Workspace(tmp_path / "claims")
    for _ in range(25):
        before = files
        for _ in range(dice.choice([1, 1, 1, 2, 3])):
            files = edits.with_random_edit(files, dice)
        edits.write(tmp_path, files, before)
        workspace.refresh()
        fresh = load(tmp_path / "claims")
        assert whole(workspace.findings(ALL)) == whole(lint(fresh, ALL))
        assert workspace.loaded.faults == fresh.faults
        assert workspace.loaded.debate.nodes == fresh.debate.nodes


@pytest.mark.parametrize("seed", range(10))
def test_what_editors_hold_counts_as_if_it_were_saved(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    files = edits.project(dice, size=4)
    edits.write(tmp_path, files)
    workspace = Workspace(tmp_path / "claims")
    for _ in range(20):
        after = edits.with_random_edit(files, dice)
        held = {path: text for path, text in after.items() if files.get(path) != text}
        for path, text in held.items():
            workspace.update(path, text)
        assert whole(workspace.findings(ALL)) == whole(lint(load(tmp_path / "claims", held), ALL))
        for path in held:
            workspace.update(path, None)
        assert whole(workspace.findings(ALL)) == whole(lint(load(tmp_path / "claims"), ALL))


@pytest.mark.parametrize("seed", range(12))
def test_other_rules_may_be_asked_for_between_edits(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    files = edits.project(dice, size=8)
    edits.write(tmp_path, files)
    workspace = Workspace(tmp_path / "claims")
    for turn in range(40):
        asked = RuleSelection(ignore=tuple(dice.sample(sorted(ALL), 5)), profile=dice.choice(["default", "pedantic"]))
        if turn % 3:
            before, files = files, edits.with_random_edit(files, dice)
            edits.write(tmp_path, files, before)
            workspace.refresh()
        fresh = load(tmp_path / "claims")
        ranks = choose(fresh.debate.settings.lint, asked)
        assert whole(workspace.findings(ranks)) == whole(lint(fresh, ranks))


def test_a_text_that_an_editor_holds_counts_until_it_lets_go(tmp_path: Path) -> None:
    edits.write(
        tmp_path,
        {"claims/kb.yaml": b"title: Talk\n", "claims/talk/sky-is-blue.yaml": b"kind: claim\ntext: The sky is blue.\n"},
    )
    workspace = Workspace(tmp_path / "claims")
    assert workspace.findings() == ()
    workspace.update("claims/talk/sky-is-blue.yaml", b"kind: claim\ntext: The sky is blue.\nsupports: the-sky\n")
    assert [found.rule for found in workspace.findings()] == ["unknown-target"]
    assert workspace.loaded.line("claims/talk/sky-is-blue.yaml", 3) == "supports: the-sky"
    workspace.update("claims/talk/sky-is-blue.yaml", None)
    assert workspace.findings() == ()
    assert workspace.loaded.line("claims/talk/sky-is-blue.yaml", 3) == ""


def test_what_is_found_on_a_source_stays_whatever_becomes_of_a_node_of_its_id(tmp_path: Path) -> None:
    """A rule that looks only at what is connected with an edit finds things in other files, too."""
    source = "title: The sky\nformerly: [heaven, heaven]\n"
    files = {"claims/kb.yaml": b"title: Sky\n", "claims/sources/sky.yaml": source.encode()}
    edits.write(tmp_path, files)
    workspace = Workspace(tmp_path / "claims")
    for path, text in (
        ("claims/talk/sky.yaml", "kind: claim\ntext: The sky is blue.\nsource: sky\ntags: [blue, blue]\n"),
        ("claims/sources/sky.yaml", f"# looked at\n{source}"),
        ("claims/talk/sky.yaml", "kind: claim\ntext: The sky is blue.\nsource: sky\n"),
        ("claims/talk/sea.yaml", "kind: claim\ntext: The sea is blue.\nsource: sky\nsupports: sky\n"),
        ("claims/talk/sky.yaml", ""),
        ("claims/talk/sea.yaml", "kind: claim\ntext: So is the sea.\nsource: sky\nsupports: sky\n"),
    ):
        before, files = files, {**files, path: text.encode()}
        edits.write(tmp_path, files, before)
        workspace.refresh()
        found = workspace.findings(ALL)
        assert sum(f.rule == "repeated-entry" and f.file == "claims/sources/sky.yaml" for f in found) == 1
        assert whole(found) == whole(lint(load(tmp_path / "claims"), ALL))
