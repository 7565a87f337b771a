"""Colours: on a terminal, unless its user or the command line says otherwise; never in a file or a pipe by themselves."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

KB = (sys.executable, "-m", "kb", "lint")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A debate with an error."""
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims/kb.yaml").write_text("title: Foxes\nlanguag: en\n", "utf-8")
    return tmp_path


def environment(**said: str) -> dict[str, str]:
    clean = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "GITHUB_ACTIONS"}}
    return {**clean, "TERM": "xterm", **said}


def on_terminal(folder: Path, *arguments: str, **said: str) -> str:
    """What a command prints at a terminal."""
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb", buffering=0) as terminal:
        process = subprocess.Popen((*KB, *arguments), cwd=folder, stdout=theirs, stderr=theirs, env=environment(**said))
        os.close(theirs)
        shown = b""
        try:
            while part := terminal.read(4096):
                shown += part
        except OSError:  # Linux raises this when the other end is closed
            pass
        process.wait()
    assert b"Found 1 error" in shown
    return shown.decode()


def in_pipe(folder: Path, *arguments: str, **said: str) -> str:
    run = subprocess.run(
        (*KB, *arguments), cwd=folder, env=environment(**said), capture_output=True, text=True, check=False
    )
    return run.stdout


def test_a_terminal_gets_colours(broken: Path) -> None:
    assert "\x1b[1;31merror:\x1b[0m" in on_terminal(broken)


@pytest.mark.parametrize("said", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_its_user_can_say_no(broken: Path, said: dict[str, str]) -> None:
    assert "\x1b[" not in on_terminal(broken, **said)
    assert "\x1b[" in on_terminal(broken, "--color", "always", **said)


def test_the_command_line_can_say_no(broken: Path) -> None:
    assert "\x1b[" not in on_terminal(broken, "--color", "never")


def test_a_pipe_gets_colours_only_if_asked(broken: Path) -> None:
    assert "\x1b[" not in in_pipe(broken)
    assert "\x1b[1;31merror:\x1b[0m" in in_pipe(broken, "--color", "always")
    assert "\x1b[" not in in_pipe(broken, "--color", "always", "--format", "json")


def test_a_file_gets_none_by_itself(broken: Path) -> None:
    on_terminal(broken, "-o", "out.txt")
    written = (broken / "out.txt").read_text("utf-8")
    assert "unknown-field" in written
    assert "\x1b[" not in written
