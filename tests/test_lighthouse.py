"""Lighthouse finds next to nothing wrong with any kind of page: in accessibility, best practices, and for search engines.

Its score for speed depends on this machine, so `bench/lighthouse.py` shows it, and no test asserts it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, TypedDict, cast

import pytest

from tests.browser import find_chromium
from tests.browsing import ROOT
from tests.published import npm

if TYPE_CHECKING:
    from pathlib import Path

ASSERTED = ("accessibility", "best-practices", "seo")
BAR = 95


class Report(TypedDict):
    """What `bench/lighthouse.py` tells of a page."""

    page: str
    scores: dict[str, int]
    lacking: list[str]


def reports(site: Path, *pages: str) -> list[Report]:
    npm("lighthouse/cli/index.js")
    if find_chromium() is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(
            "there is no Chromium for Lighthouse to open the site in"
        )
    script = [sys.executable, str(ROOT / "bench/lighthouse.py"), *pages, "--site", str(site), "--json"]
    run = subprocess.run(script, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return cast("list[Report]", json.loads(run.stdout))


def test_lighthouse_has_next_to_nothing_to_say(shipped: Path) -> None:
    found = reports(shipped)
    assert len(found) == 6
    assert [report for report in found if min(report["scores"][name] for name in ASSERTED) < BAR] == []


def test_lighthouse_finds_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "wrong.html").write_text("<html><img src=none.png><a href=#>here</a></html>")
    (found,) = reports(tmp_path, "wrong.html")
    assert all(found["scores"][name] < BAR for name in ASSERTED)
    assert "Document does not have a meta description" in found["lacking"]
