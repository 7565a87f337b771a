"""The benchmark's debates and floors are what they claim to be; nothing here looks at a clock."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kb.lint import lint
from kb.load import load

BENCH = Path(__file__).resolve().parent.parent / "bench"


def run(script: str, *arguments: object) -> str:
    command = [sys.executable, str(BENCH / script), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("size", [2, 20, 730])
def test_a_made_up_debate_has_its_size_and_no_finding(tmp_path: Path, size: int) -> None:
    run("debates.py", size, tmp_path)
    loaded = load(tmp_path / "claims")
    assert len(loaded.debate.nodes) == size
    assert [f for f in lint(loaded) if f.severity != "info"] == []


def test_a_made_up_debate_is_debate_like(tmp_path: Path) -> None:
    run("debates.py", 1000, tmp_path)
    debate = load(tmp_path / "claims").debate
    kinds = {r.kind for n in debate.nodes.values() for r in n.relations}
    assert kinds >= {"answers", "supports", "attacks", "undercuts", "concedes", "qualifies"}
    assert any(r.premises for n in debate.nodes.values() for r in n.relations)
    assert {n.kind for n in debate.nodes.values()} == {"question", "claim", "objection", "reply"}
    sizes = [(tmp_path / n.file).stat().st_size for n in debate.nodes.values()]
    assert 300 <= sum(sizes) / len(sizes) <= 500


def test_the_same_size_gives_the_same_bytes(tmp_path: Path) -> None:
    run("debates.py", 200, tmp_path / "one")
    run("debates.py", 200, tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_the_floor_of_the_site_writes_as_much_as_it_is_told(tmp_path: Path) -> None:
    run("floors.py", "write", tmp_path, 250, 4000)
    written = list(tmp_path.rglob("*.html"))
    assert len(written) == 250
    assert all(3600 <= page.stat().st_size <= 4200 for page in written)


def test_one_run_prints_the_whole_table() -> None:
    table = run("run.py", "--sizes", 40, 80, "--without", "shipped")
    for what in (
        "lint",
        "lint again",
        "lint, a text edited",
        "keystroke, a note",
        "keystroke, half a field",
        "query",
        "build",
        "build after one edit",
        "build, a text edited",
        "build, a point added",
    ):
        assert table.count(f"  {what:<22}") == 2, table
    assert "growth" in table
