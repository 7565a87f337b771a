"""Bad input of all kinds: each gives findings or one clear line; nothing crashes, hangs or is read from outside the folder."""

from __future__ import annotations

import os
import subprocess
import sys
import tracemalloc
from contextlib import contextmanager
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from kb.cli import main
from kb.lint import lint
from kb.load import load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SKY = b"kind: claim\ntext: The sky is blue.\n"


def debate(root: Path, **files: bytes) -> Path:
    """A debate with one sound node and the given files (`.yaml` is added)."""
    talk = root / "claims" / "talk"
    talk.mkdir(parents=True)
    (root / "claims" / "kb.yaml").write_bytes(b"title: Example\n")
    (talk / "sky.yaml").write_bytes(SKY)
    for name, raw in files.items():
        (talk / f"{name}.yaml").write_bytes(raw)
    return root


def found(root: Path) -> list[tuple[str, str]]:
    loaded = load(root / "claims")
    assert "sky" in loaded.debate.nodes, "one bad file does not hide the others"
    return [(f.rule, f.file) for f in lint(loaded)]


ALIAS_BOMB = b"a: &a [x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (98 + n, 98 + n, b", ".join([b"*%c" % (97 + n)] * 9)) for n in range(15)
)


@pytest.mark.parametrize(
    ("raw", "rules"),
    [
        (b"kind: claim\ntext: a: b\n", {"yaml-syntax"}),
        (b"a: " + b"[" * 200_000, {"too-deep"}),
        (b"a: " + b"{a: " * 100_000, {"too-deep"}),
        (b"- " * 200_000, {"too-deep"}),
        (b"\x00" * 100, {"encoding"}),
        (b"text: caf\xe9\n", {"encoding"}),
        ("text: x\n".encode("utf-16"), {"encoding"}),
        (b"", {"empty-file"}),
        (b"%YAML 9.9\n---\na: b\n", {"yaml-syntax"}),
        (b"a" * 900_000, {"wrong-type"}),
        (b"kind: claim\ntext: " + b"x" * 900_000, {"long-text"}),
        (b"kind: claim\nby: " + b"x" * 900_000, {"unknown-participant", "missing-field"}),
    ],
)
def test_a_bad_file_gives_its_findings(tmp_path: Path, raw: bytes, rules: set[str]) -> None:
    rows = found(debate(tmp_path, bad=raw))
    assert {rule for rule, _ in rows} == rules
    assert {file for _, file in rows} == {"claims/talk/bad.yaml"}
    run = CliRunner().invoke(main, ["-C", str(tmp_path), "lint"], catch_exceptions=False)
    assert all(len(line) < 400 for line in run.stdout.splitlines()), "even what is huge is shown in a line"


OTHER_LETTERS = """kind: claim
text: It was settled in a caf\xe9.
tagz: [place]
by: nobody
weight: heavy
weight: 1
title: caf\xe9: x
"""


def test_a_byte_in_other_letters_does_not_hide_what_else_is_wrong(tmp_path: Path) -> None:
    """One run reports everything that is sure, nothing about lines that could not be read, and mends nothing in such a file."""
    raw = OTHER_LETTERS.replace(": x", "").encode("latin-1")
    root = debate(tmp_path, cafe=raw)
    told = [(f.rule, f.span.line, f.span.column, f.fix) for f in lint(load(root / "claims"))]
    assert told == [
        ("encoding", 2, 30, None),
        ("unknown-field", 3, 1, None),
        ("wrong-type", 5, 9, None),
        ("duplicate-key", 6, 1, None),
    ]
    run = CliRunner().invoke(main, ["-C", str(root), "lint", "--fix", "--unsafe-fixes"], catch_exceptions=False)
    assert run.exit_code == 1
    assert (root / "claims" / "talk" / "cafe.yaml").read_bytes() == raw


@pytest.mark.parametrize(
    "raw",
    [
        OTHER_LETTERS.encode("latin-1"),
        b"kind: qu\xe9stion\ntext: Why?\nexclusive: true\n",
        b'kind: claim\ntext: "caf\xe9\nby: x\n',
        b"kind: claim\nte\xe9xt: One.\nte\xe9xt: Two.\nby: [\xe9]\nweight:\n  \xe9\n",
        'kind: claim\ntext: "\u8868\u8868"\nby: x\n'.encode("shift-jis"),
        "kind: claim\ntext: One.\nby: x\nweight: y\n".encode("utf-16"),
    ],
)
def test_what_such_bytes_lead_to_is_not_told_besides(tmp_path: Path, raw: bytes) -> None:
    assert found(debate(tmp_path, cafe=raw)) == [("encoding", "claims/talk/cafe.yaml")]


def test_an_alias_bomb_does_not_go_off(tmp_path: Path) -> None:
    rows = found(debate(tmp_path, bomb=ALIAS_BOMB))
    assert {"forbidden-yaml", "unknown-field"} <= {rule for rule, _ in rows}
    assert len(rows) < 400


def test_a_file_of_50_megabytes_is_not_even_read(tmp_path: Path) -> None:
    root = debate(tmp_path)
    with (root / "claims" / "talk" / "huge.yaml").open("wb") as handle:
        handle.truncate(50_000_000)
    tracemalloc.start()
    try:
        loaded = load(root / "claims")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [f.rule for f in loaded.faults] == ["too-large"]
    assert peak < 5_000_000


def test_many_documents_in_one_file_are_read_in_a_straight_line(tmp_path: Path) -> None:
    raw = b"".join(b"---\nid: n%d\nkind: claim\ntext: Point %d.\n" % (n, n) for n in range(20_000))
    loaded = load(debate(tmp_path, many=raw) / "claims")
    assert loaded.faults == ()
    assert len(loaded.debate.nodes) == 20_001


def test_many_separators_are_an_empty_file(tmp_path: Path) -> None:
    assert found(debate(tmp_path, many=b"---\n" * 100_000)) == [("empty-file", "claims/talk/many.yaml")]


def test_a_list_of_a_hundred_thousand_entries(tmp_path: Path) -> None:
    raw = b"kind: claim\ntext: One.\ntags: [" + b"a, " * 100_000 + b"]\n"
    loaded = load(debate(tmp_path, many=raw) / "claims")
    assert loaded.faults == ()
    assert {f.rule for f in lint(loaded)} == {"repeated-entry"}


def test_an_enormous_list_of_items_stays_small(tmp_path: Path) -> None:
    root = debate(tmp_path)
    (root / "claims" / "sources").mkdir()
    path = root / "claims" / "sources" / "letter.yaml"
    path.write_bytes(b"title: x\npassages:\n  - id: p1\n    items: 999999\n")
    assert len(load(root / "claims").debate.passages) < 2000
    path.write_bytes(b"title: x\npassages:\n  - id: p1\n    items: " + b"9" * 5000 + b"\n")
    assert [f.rule for f in load(root / "claims").faults] == ["wrong-type"]


def test_an_empty_debate_lacks_its_record(tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    run = CliRunner().invoke(main, ["-C", str(tmp_path), "lint"], catch_exceptions=False)
    assert run.exit_code == 1
    assert "missing-file" in run.stdout


# -- the file system -----------------------------------------------------------------------------------------------


@contextmanager
def denied(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take the right to read away; where that has no effect (as for root), let the system calls fail as they would."""
    mode = path.stat().st_mode
    path.chmod(0)
    if os.access(path, os.R_OK):
        _refuse(path, monkeypatch)
    try:
        yield
    finally:
        monkeypatch.undo()
        path.chmod(mode)


def _refuse(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real_scandir, real_open = os.scandir, open

    def refuse(name: object) -> None:
        if str(name) == str(path):
            raise PermissionError(13, "Permission denied")

    def scandir(name: str) -> object:
        refuse(name)
        return real_scandir(name)

    def opened(name: str, *arguments: object, **more: object) -> object:
        refuse(name)
        return real_open(name, *arguments, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(os, "scandir", scandir)
    monkeypatch.setattr("builtins.open", opened)


def test_a_folder_without_permission_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = debate(tmp_path)
    closed = root / "claims" / "closed"
    closed.mkdir()
    with denied(closed, monkeypatch):
        (fault,) = load(root / "claims").faults
    assert (fault.rule, fault.file) == ("unreadable-file", "claims/closed")
    assert "permission denied" in fault.message


def test_a_file_without_permission_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = debate(tmp_path, closed=SKY)
    with denied(root / "claims" / "talk" / "closed.yaml", monkeypatch):
        (fault,) = load(root / "claims").faults
    assert (fault.rule, fault.file) == ("unreadable-file", "claims/talk/closed.yaml")
    assert "chmod" in fault.help


def test_a_file_that_grows_while_it_is_read_is_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = debate(tmp_path)
    whole, asked = load(root / "claims"), os.fstat

    def before(handle: int) -> SimpleNamespace:
        """The state of a file a moment before somebody writes the rest of it."""
        return SimpleNamespace(st_size=asked(handle).st_size // 2)

    monkeypatch.setattr(os, "fstat", before)
    assert load(root / "claims").debate.nodes == whole.debate.nodes
    assert "sky" in whole.debate.nodes


def test_links_are_not_followed_and_loops_of_links_do_not_matter(tmp_path: Path) -> None:
    root = debate(tmp_path)
    talk = root / "claims" / "talk"
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.yaml").write_bytes(SKY)
    (talk / "loop").symlink_to(talk)
    (talk / "self.yaml").symlink_to(talk / "self.yaml")
    (talk / "round").symlink_to(talk / "round")
    (talk / "out").symlink_to(tmp_path / "outside")
    (talk / "out.yaml").symlink_to(tmp_path / "outside" / "secret.yaml")
    (talk / "gone.yaml").symlink_to(tmp_path / "nowhere")
    loaded = load(root / "claims")
    assert sorted(loaded.debate.nodes) == ["sky"]
    assert {f.rule for f in loaded.faults} == {"unreadable-file"}
    assert {f.file.rpartition("/")[2] for f in loaded.faults} >= {"loop", "self.yaml", "out", "out.yaml", "gone.yaml"}


def test_folders_are_read_to_a_depth(tmp_path: Path) -> None:
    deep = debate(tmp_path) / "claims" / "/".join(["d"] * 40)
    deep.mkdir(parents=True)
    (deep / "far.yaml").write_bytes(SKY)
    assert [rule for rule, _ in found(tmp_path)] == ["unreadable-file"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    root = debate(tmp_path)
    os.mkfifo(root / "claims" / "talk" / "pipe.yaml")
    (root / "claims" / "talk" / "folder.yaml").mkdir()
    assert found(root) == [("unreadable-file", "claims/talk/pipe.yaml")]


@pytest.mark.parametrize("name", [b"caf\xe9.yaml", b"a\x1b[31m.yaml", b"new\nline.yaml", b"<script>.yaml", b"A.yaml"])
def test_names_that_are_no_ids_or_no_text_are_shown_safely(tmp_path: Path, name: bytes) -> None:
    root = debate(tmp_path)
    path = os.fsencode(root / "claims" / "talk") + b"/" + name
    try:
        with open(path, "wb") as handle:  # noqa: PTH123 - a name that is no text
            handle.write(SKY)
    except OSError:
        pytest.skip("this file system has no such names")
    for form in ("full", "concise", "json"):
        run = CliRunner().invoke(main, ["-C", str(root), "lint", "--format", form], catch_exceptions=False)
        assert run.exit_code == 1
        assert "malformed-id" in run.stdout
        assert all(char.isprintable() or char == "\n" for char in run.stdout)
        run.stdout.encode()


def test_other_files_are_none_of_our_business(tmp_path: Path) -> None:
    talk = debate(tmp_path) / "claims" / "talk"
    for name in ("README.md", ".hidden.yaml", "sky.yaml~", "#sky.yaml#", "notes.txt", ".git"):
        (talk / name).write_bytes(b"\xff")
    assert found(tmp_path) == []


def test_what_a_terminal_would_obey_reaches_none(tmp_path: Path) -> None:
    title = rb'title: "Red \e[31m, \e]0;mine\x07 and \u009b2J; lines\nand \ttabs are text"'
    root = debate(tmp_path, odd=b"kind: claim\n" + title + b"\ntext: Odd.\n")
    assert found(root) == [("encoding", "claims/talk/odd.yaml")]
    for form in ("table", "csv", "md", "json"):
        shown = CliRunner().invoke(main, ["-C", str(root), "list", "--format", form]).output
        assert {"\x1b", "\x07", "\x9b"}.isdisjoint(shown)


def test_an_undercut_of_a_step_that_it_would_make_itself_is_told(tmp_path: Path) -> None:
    alone = b"kind: objection\ntext: Beside the point.\nundercuts: odd -> sky\n"
    other = b"kind: objection\ntext: Beside it, too.\nundercuts: odd -> sky\n"
    assert found(debate(tmp_path / "one", odd=alone)) == [("unmatched-undercut", "claims/talk/odd.yaml")]
    itself, each = alone.replace(b"odd -> sky", b"odd"), other.replace(b"odd -> sky", b"odd")
    assert found(debate(tmp_path / "itself", odd=itself)) == [("self-relation", "claims/talk/odd.yaml")]
    assert found(debate(tmp_path / "each", odd=alone.replace(b"odd -> sky", b"even"), even=each)) == [
        ("unmatched-undercut", "claims/talk/even.yaml"),
        ("unmatched-undercut", "claims/talk/odd.yaml"),
    ]
    both = debate(tmp_path / "two", odd=alone.replace(b"odd ->", b"even ->"), even=other)
    assert found(both) == [
        ("unmatched-undercut", "claims/talk/even.yaml"),
        ("unmatched-undercut", "claims/talk/odd.yaml"),
    ]


def test_a_terminal_without_the_letters_of_a_debate_is_shown_their_numbers(tmp_path: Path) -> None:
    root = debate(tmp_path, odd="kind: claim\ntext: \u0646\u0639\u0645.\n".encode())
    told = subprocess.run(
        [sys.executable, "-m", "kb", "-C", str(root), "show", "odd"],
        env={**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert told.returncode == 0
    assert rb"\u0646\u0639\u0645." in told.stdout


@pytest.mark.parametrize(
    "written", ["2025-3-1", "yesterday", "2025-13-01", "2025-02-30", '"12 March 2025"', "20250312"]
)
def test_what_is_no_date_would_stand_in_no_order_and_is_told(tmp_path: Path, written: str) -> None:
    root = debate(tmp_path)
    (root / "claims/sources").mkdir()
    source = f"title: Talk\ndate: {written}\npassages:\n- {{id: p1, date: {written}}}\n"
    (root / "claims/sources/talk.yaml").write_text(source)
    told = [(f.rule, f.span.line, f.span.column) for f in lint(load(root / "claims")) if f.rule == "wrong-type"]
    assert told == [("wrong-type", 2, 7), ("wrong-type", 4, 18)]


@pytest.mark.parametrize(
    "written", ["2025", "2025-03", "2024-02-29", "2025-03-12T10:20Z", '"2025-03-12 10:20:30+01:00"']
)
def test_a_date_may_be_as_exact_as_is_known(tmp_path: Path, written: str) -> None:
    root = debate(tmp_path)
    (root / "claims/sources").mkdir()
    (root / "claims/sources/talk.yaml").write_text(f"title: Talk\ndate: {written}\n")
    assert "wrong-type" not in {rule for rule, _ in found(root)}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no folder can be called so")
@pytest.mark.parametrize("name", [b"caf\xe9", b"two\nlines"])
def test_a_folder_whose_name_is_no_text_is_told_and_not_read(tmp_path: Path, name: bytes) -> None:
    root = debate(tmp_path)
    folder = os.fsencode(root / "claims") + b"/" + name
    os.mkdir(folder)  # noqa: PTH102 - its name is bytes
    with open(folder + b"/in.yaml", "wb") as file:  # noqa: PTH123 - as above
        file.write(SKY)
    ((rule, _),) = found(root)
    assert rule == "unreadable-file"
    for command in ("lint", "build", "list"):
        done = CliRunner().invoke(main, ["-C", str(root), command])
        assert done.exception is None or isinstance(done.exception, SystemExit)


@pytest.mark.parametrize("written", ["https://", "https://[::1/", "https://e.org:abc/", "http:///path"])
def test_an_address_without_a_host_is_told(tmp_path: Path, written: str) -> None:
    root = debate(tmp_path)
    (root / "claims/kb.yaml").write_text(f"title: T\nurl: {written}\n")
    assert [(f.rule, f.span.line, f.span.column) for f in lint(load(root / "claims"))] == [("wrong-type", 2, 6)]
