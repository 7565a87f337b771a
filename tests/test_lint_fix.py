"""`kb lint --fix` on disk: what is written, what is shown instead, and what is left alone."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from kb.cli import main
from kb.finding import KbError
from kb.fixing.saving import save
from kb.writing import replace

if TYPE_CHECKING:
    from pathlib import Path

WRONG = b"kind: clam  # of the sea\r\ntxet: Clams sing.\r\ncolour: blue\r\n"
MENDED = b"kind: claim  # of the sea\r\ntext: Clams sing.\r\ncolour: blue\r\n"
WHOLLY = b"kind: claim  # of the sea\r\ntext: Clams sing.\r\ndata:\r\n  colour: blue\r\n"
FILES = {
    "kb.yaml": b"titel: Sea\nmain: [clams, whales]\n",
    "talk/clams.yaml": WRONG,
    "talk/whales.yaml": b"kind: claim\ntext: Whales sing.  \n",
}


@pytest.fixture
def debate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, raw in FILES.items():
        path = tmp_path / "claims" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "claims"


def lint(*arguments: str, given: bytes | None = None) -> Result:
    run = CliRunner().invoke(main, ["lint", *arguments], input=given, catch_exceptions=False)
    assert "Traceback" not in run.output
    return run


def on_disk(claims: Path) -> dict[str, bytes]:
    return {path.relative_to(claims).as_posix(): path.read_bytes() for path in sorted(claims.rglob("*.yaml"))}


def test_what_is_safe_is_mended_and_the_rest_is_shown(debate: Path) -> None:
    (debate / "talk/clams.yaml").chmod(0o640)
    run = lint("--fix")
    assert run.exit_code == 1, "an error remains"
    assert "unknown-field" in run.stdout
    assert "Found 4 findings (3 fixed, 1 remaining): 1 error in 1 file." in run.stdout
    assert on_disk(debate) == {**FILES, "kb.yaml": b"title: Sea\nmain: [clams, whales]\n", "talk/clams.yaml": MENDED}
    assert (debate / "talk/clams.yaml").stat().st_mode & 0o777 == 0o640
    assert [path.name for path in (debate / "talk").iterdir() if path.name.startswith(".")] == []


def test_with_unsafe_fixes_nothing_remains(debate: Path) -> None:
    run = lint("--fix", "--unsafe-fixes")
    assert (run.exit_code, run.stdout) == (0, "Found 4 findings (4 fixed, 0 remaining).\n")
    assert on_disk(debate)["talk/clams.yaml"] == WHOLLY
    assert lint().stdout == "All good: 2 nodes, 0 sources.\n"


def test_a_diff_writes_nothing_and_is_the_patch_that_fix_makes(debate: Path) -> None:
    run = lint("--diff", "--profile", "pedantic")
    assert run.exit_code == 1, "a change is due"
    assert run.stderr == "Would fix 4 findings.\n"
    assert on_disk(debate) == FILES
    patch = debate.parent / "a.patch"
    patch.write_bytes(run.stdout_bytes)
    subprocess.run(["git", "apply", patch.name], cwd=debate.parent, check=True)
    patched = on_disk(debate)
    for name, raw in FILES.items():
        (debate / name).write_bytes(raw)
    lint("--fix", "--profile", "pedantic")
    assert on_disk(debate) == patched != FILES
    assert lint("--diff", "--profile", "pedantic").exit_code == 0, "no change is due"


def test_exit_zero_is_meant_for_diffs_too(debate: Path) -> None:
    assert lint("--diff", "--exit-zero").exit_code == 0


def test_only_the_files_asked_for_are_mended(debate: Path) -> None:
    lint("--fix", "claims/kb.yaml")
    assert on_disk(debate) == {**FILES, "kb.yaml": b"title: Sea\nmain: [clams, whales]\n"}


def test_only_the_rules_asked_for_are_mended(debate: Path) -> None:
    lint("--fix", "--select", "unknown-kind")
    assert on_disk(debate)["talk/clams.yaml"] == WRONG.replace(b"clam  #", b"claim  #")
    lint("--fix", "--ignore", "unknown-field", "--profile", "pedantic")
    assert on_disk(debate)["talk/whales.yaml"] == b"kind: claim\ntext: Whales sing.\n"


def test_what_the_baseline_records_is_left(debate: Path) -> None:
    lint("--baseline", "known.json", "--write-baseline")
    assert lint("--baseline", "known.json", "--fix").exit_code == 0
    assert on_disk(debate) == FILES


def test_a_baseline_records_what_is_left_after_mending(debate: Path) -> None:
    assert "Recorded 1 finding" in lint("--fix", "--baseline", "known.json", "--write-baseline").stdout
    assert lint("--baseline", "known.json").exit_code == 0


def test_standard_input_is_mended_on_its_way_to_standard_output(debate: Path) -> None:
    given = b"\xef\xbb\xbfkind: clam\r\ntext: Other.\r\ncolour: \xf0\x9f\x99\x82"
    run = lint("--fix", "--stdin-filename", "claims/talk/clams.yaml", "-", given=given)
    assert run.stdout_bytes == given.replace(b"clam", b"claim")
    assert run.exit_code == 1
    assert "[unknown-field]" in run.stderr
    assert "(1 fixed, 1 remaining)" in run.stderr
    assert on_disk(debate) == FILES


def test_unsafe_fixes_alone_are_misuse(debate: Path) -> None:
    run = lint("--unsafe-fixes")
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.startswith("kb: `--unsafe-fixes` says what to mend; give `--fix`")


def test_a_fix_that_would_bring_an_error_is_named(debate: Path) -> None:
    (debate / "talk/clams.yaml").write_bytes(b"kind: claim\ntext: A.\nsupports: whales\n")
    (debate / "talk/whales.yaml").write_bytes(b"kind: claim\ntext: B.\nsupports: clmas\n")
    run = lint("--fix", "claims/talk")
    assert (
        run.stderr
        == "kb: claims/talk/whales.yaml:3: the fix of `unknown-target` would bring an error and is not made\n"
    )
    assert on_disk(debate)["talk/whales.yaml"].endswith(b"clmas\n")


# -- writing -----------------------------------------------------------------------------------------------------


def test_a_file_that_changed_meanwhile_is_not_overwritten_and_the_others_are(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).write_bytes(b"before")
    (tmp_path / "a").write_bytes(b"before, and more")
    before, after = dict.fromkeys("abc", b"before"), dict.fromkeys("abc", b"after")
    with pytest.raises(KbError, match="`a`, `c` changed while"):
        save(tmp_path, before, after)
    assert [(tmp_path / name).read_bytes() for name in "ab"] == [b"before, and more", b"after"]
    assert not (tmp_path / "c").exists(), "what was deleted stays deleted"


def test_nothing_is_written_through_a_symbolic_link(tmp_path: Path) -> None:
    (tmp_path / "outside").write_bytes(b"before")
    (tmp_path / "link").symlink_to("outside")
    assert not replace(tmp_path / "link", b"before", b"after")
    assert (tmp_path / "outside").read_bytes() == b"before"


# -- the manual --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("redundant-quotes", "\n`kb lint --fix` mends it.\n"),
        ("id-mismatch", "\n`kb lint --fix --unsafe-fixes` mends it; look at what it did.\n"),
        ("unknown-target", "\n`kb lint --fix` mends it where that is safe, "),
    ],
)
def test_the_manual_says_whether_the_tool_can_mend_it(rule: str, says: str) -> None:
    assert says in manual(rule)


def test_the_manual_promises_no_fix_where_there_is_none() -> None:
    assert "--fix" not in manual("circular-support")


def manual(rule: str) -> str:
    return CliRunner().invoke(main, ["rule", rule]).stdout
