"""Every page is valid HTML by the word of the Nu checker, which the W3C runs: of the shipped debate, of one that means harm, and in another look.

The checker comes from npm (`tests/npm`) and needs Java. Without Java these tests are skipped.
"""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, cast

import pytest

from tests.published import npm

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def complaints(files: Iterable[Path]) -> str:
    """What the checker finds wrong, a line each; empty if nothing."""
    if shutil.which("java") is None:
        pytest.skip("needs Java")
    checker = npm("vnu-jar/build/dist/vnu.jar")
    command = [cast("str", shutil.which("java")), "-Xss4m", "-jar", checker, "--errors-only", "--format", "gnu"]
    run = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=False)
    return run.stderr


@pytest.mark.parametrize("debate", ["shipped", "attacked", "look"])
def test_every_page_is_valid(request: pytest.FixtureRequest, debate: str) -> None:
    folder: Path = request.getfixturevalue(debate)
    assert complaints(sorted(folder.rglob("*.html"))) == ""


def test_the_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    page = tmp_path / "wrong.html"
    page.write_text("<!doctype html><html lang=en><title>A</title><p><p id=a><div id=a></p>")
    assert "Duplicate ID" in complaints([page])
