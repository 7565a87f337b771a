"""A debate that is edited file by file is found to be what reading all of it again would find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.lint import lint
from kb.load import load
from kb.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path


def test_a_text_that_an_editor_holds_counts_until_it_lets_go(tmp_path: Path) -> None:
    claims = tmp_path / "claims"
    (claims / "talk").mkdir(parents=True)
    (claims / "kb.yaml").write_text("title: Talk\n")
    (claims / "talk/sky-is-blue.yaml").write_text("kind: claim\ntext: The sky is blue.\n")
    workspace = Workspace(claims)
    assert workspace.findings() == lint(load(claims)) == ()
    half = b"kind: claim\ntext: The sky is blue.\nsupports: the-sky\n"
    workspace.update("claims/talk/sky-is-blue.yaml", half)
    assert [found.rule for found in workspace.findings()] == ["unknown-target"]
    assert workspace.loaded.line("claims/talk/sky-is-blue.yaml", 3) == "supports: the-sky"
    workspace.update("claims/talk/sky-is-blue.yaml", None)
    assert workspace.findings() == ()
