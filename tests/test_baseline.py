"""A baseline: findings that were there when it was made are left out, new ones are shown, mended ones are missed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.test_lint_options import BROKEN, REPLY, lint, rules, write

if TYPE_CHECKING:
    from pathlib import Path

FILE = "baseline.json"


@pytest.fixture
def recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A broken debate with a baseline of its three findings."""
    monkeypatch.chdir(write(tmp_path, BROKEN))
    run = lint("--baseline", FILE, "--write-baseline")
    assert (run.exit_code, run.stdout) == (0, "Recorded 3 findings in baseline.json\n")
    return tmp_path


def test_what_is_recorded_is_left_out(recorded: Path) -> None:
    assert rules() != []
    run = lint("--baseline", FILE, "--fail-on", "info")
    assert (run.exit_code, run.stdout) == (0, "All good: 2 nodes, 0 sources.\n")


def test_edits_around_a_recorded_finding_do_not_bring_it_back(recorded: Path) -> None:
    path = recorded / "claims" / "talk" / "a.yaml"
    path.write_text(f"# A comment.\n\n{path.read_text('utf-8').replace('One.', 'Another wording.')}", "utf-8")
    path.rename(path.parent.parent / "a.yaml")
    assert rules("--baseline", FILE) == []


def test_a_new_finding_of_the_same_rule_is_shown(recorded: Path) -> None:
    write(recorded, {"talk/c.yaml": REPLY.replace("So", "Then")})
    path = recorded / "claims" / "talk" / "a.yaml"
    path.write_text(path.read_text("utf-8").replace("nowhere-at-all", "[nowhere-at-all, nor-here]"), "utf-8")
    found = json.loads(lint("--baseline", FILE, "--format", "json").stdout)
    assert [(row["rule"], row["node"]) for row in found] == [("unknown-target", "a"), ("reply-without-move", "c")]
    assert "nor-here" in found[0]["message"]


def test_what_was_mended_is_reported_where_it_is_recorded(recorded: Path) -> None:
    (recorded / "claims" / "talk" / "b.yaml").write_text("kind: claim\ntext: So it is.\n", "utf-8")
    run = lint("--baseline", FILE, "--format", "concise", "--strict")
    number = next(n for n, line in enumerate((recorded / FILE).read_text().splitlines(), 1) if "reply-" in line)
    assert run.stdout == (
        f"baseline.json:{number}:5: warning: the baseline records `reply-without-move` of `b`, "
        "which is not found any more [stale-baseline]\n"
    )
    assert run.exit_code == 1
    assert rules("--baseline", FILE, "--ignore", "reply-without-move") == [], "nobody looked"
    lint("--baseline", FILE, "--write-baseline")
    assert rules("--baseline", FILE) == []


def test_the_excerpt_is_a_line_of_the_baseline(recorded: Path) -> None:
    (recorded / "claims" / "talk" / "b.yaml").unlink()
    assert '"owner": "b"' in lint("--baseline", FILE).stdout


def test_an_entry_is_a_line_and_the_same_findings_give_the_same_bytes(recorded: Path) -> None:
    first = (recorded / FILE).read_bytes()
    assert first.count(b'"rule"') == len([line for line in first.splitlines() if b'"rule"' in line]) == 3
    lint("--baseline", FILE, "--write-baseline")
    assert (recorded / FILE).read_bytes() == first


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "{}", "[" * 100_000, "\0\udcff"),
        *('{"findings": []}', '{"version": 1}', '{"version": 1, "findings": [1]}'),
        '{"version": 1, "findings": [{"rule": 1, "owner": "a", "target": "b"}]}',
    ],
)
def test_what_is_no_baseline_is_misuse_in_a_line(recorded: Path, text: str) -> None:
    (recorded / FILE).write_bytes(text.encode("utf-8", "surrogateescape"))
    run = lint("--baseline", FILE)
    assert (run.exit_code, run.stdout, len(run.stderr.splitlines())) == (2, "", 1)
    assert "--write-baseline" in run.stderr


def test_a_missing_baseline_or_no_place_for_one_is_misuse_in_a_line(recorded: Path) -> None:
    for arguments in (
        ("--baseline", "nowhere.json"),
        ("--write-baseline",),
        ("--baseline", FILE, "--write-baseline", "--since", "HEAD"),
        ("--baseline", "nowhere/baseline.json", "--write-baseline"),
    ):
        run = lint(*arguments)
        assert (run.exit_code, run.stdout, len(run.stderr.splitlines())) == (2, "", 1), arguments
