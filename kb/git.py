"""Ask git what a debate was at an earlier revision. Nothing is written, not even git's own index."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from kb.finding import KbError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_QUIET = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


def changed_since(project: Path, revision: str, folder: str) -> dict[str, bytes | None]:
    """The files below a folder that differ from a revision, saved or staged or new, each with the bytes it had then (None: not there).

    Paths are relative to the project, with `/`.
    """
    commit = _commit(project, revision)
    differing = _paths(_git(project, "diff", "--name-only", "--relative", "--no-renames", "-z", commit, "--", folder))
    added = _paths(_git(project, "ls-files", "--others", "--exclude-standard", "-z", "--", folder))
    return {**_bytes_at(project, commit, differing), **dict.fromkeys(added)}


def _commit(project: Path, revision: str) -> str:
    """The name of the commit that a revision means."""
    try:
        name = f"{revision}^{{commit}}"
        return _git(project, "rev-parse", "--verify", "--quiet", "--end-of-options", name).decode().strip()
    except KbError as error:
        if _is_repository(project):
            message = f"git knows no revision `{revision}`"
            raise KbError(message) from error
        raise


def _is_repository(project: Path) -> bool:
    try:
        _git(project, "rev-parse", "--git-dir")
    except KbError:
        return False
    return True


def _paths(listed: bytes) -> list[str]:
    return sorted(os.fsdecode(path) for path in listed.split(b"\0") if path)


def _bytes_at(project: Path, commit: str, paths: Iterable[str]) -> dict[str, bytes | None]:
    """What files held at a commit."""
    names = list(paths)
    output = _git(
        project,
        "cat-file",
        "--batch",
        "-z",
        standard_input=b"".join(os.fsencode(f"{commit}:./{p}") + b"\0" for p in names),
    )
    contents: dict[str, bytes | None] = {}
    start = 0
    for path in names:
        end = output.index(b"\n", start)
        words = output[start:end].rsplit(b" ", 2)
        if words[-1].isdigit() and words[-2] == b"blob":
            size = int(words[-1])
            contents[path] = output[end + 1 : end + 1 + size]
            start = end + 1 + size + 1
        else:
            contents[path] = None
            start = end + 1
    return contents


def _git(folder: Path, *arguments: str, standard_input: bytes = b"") -> bytes:
    """What a git command prints; if it fails, the first line of its complaint."""
    try:
        run = subprocess.run(  # noqa: S603 - no shell; what a person wrote stands after `--` or `--end-of-options`
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - the git of the person at the terminal
            input=standard_input,
            capture_output=True,
            check=True,
            env={**os.environ, **_QUIET},
        )
    except FileNotFoundError as error:
        message = "git is not installed here"
        raise KbError(message) from error
    except subprocess.CalledProcessError as error:
        complaint = error.stderr.decode("utf-8", "replace").strip().splitlines() or ["it gave no reason"]
        message = f"git failed: {complaint[0]}"
        raise KbError(message) from error
    return run.stdout
