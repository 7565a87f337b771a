"""Debates on disk that are edited at random, as people and their editors do: most edits are sane, some are half of one."""

from __future__ import annotations

import re
import textwrap
from functools import cache
from typing import TYPE_CHECKING

from kb import discover
from kb.linting.manual import RULES, find_rule
from tests.conftest import files_of
from tests.mutations import MANUAL

if TYPE_CHECKING:
    import random
    from pathlib import Path

Files = dict[str, bytes]
"""What each file of a project holds."""

_ID = re.compile(rb"\b[a-z0-9]+(?:-[a-z0-9]+)+\b")
_BROKEN = (b"text: {a: [b\n", b"\t- x\n", b"kind: claim\nkind: claim\n", b"a: &b c\n", b"'", b"\xff\xfe", b"---\n")
_LINES = (
    b"note: Looked at again.\n",
    b"# a comment, so that all below moves down\n",
    b"tags: [open, open]\n",
    b"formerly: [gone, gone]\n",
    b"allow: {unknown-target: it will be written}\n",
    b"allow: {duplicate-text: on purpose, long-text: old}\n",
    b"by: ada\n",
    b"certainty: mentioned\n",
    b"tite: Misspelt\n",
    b"weight: 0.4\n",
    b"weight: heavy\n",
)


@cache
def examples() -> tuple[Files, ...]:
    """The examples of the manuals of all rules."""
    return tuple(
        {path: content.encode() for path, content in files_of(textwrap.dedent(block)).items() if "(" not in path}
        for name in discover.names(RULES)
        for block in MANUAL.findall(find_rule(name).manual + "\n")
    )


def project(dice: random.Random, *, size: int) -> Files:
    """A debate of several examples side by side; some of them use the same ids."""
    made: Files = {"claims/kb.yaml": b"title: Many examples\n"}
    for number in range(size):
        for path, content in dice.choice(examples()).items():
            folder, _, name = path.removeprefix("claims/").rpartition("/")
            if folder not in {"", "sources", "participants", "terms"}:
                made[f"claims/{folder}-{number}/{name.partition(' ')[0]}"] = content
            elif folder:
                made[path] = content
    return made


def with_random_edit(files: Files, dice: random.Random) -> Files:
    """The files after one random edit."""
    made = dict(files)
    path = dice.choice(sorted(files))
    content, other = made[path], made[dice.choice(sorted(files))]
    lines = content.splitlines(keepends=True)
    at = dice.randrange(len(lines) + 1)
    match dice.choice(["word", "word", "word", "line", "foreign", "cut", "broken", "remove", "rename", "copy", "swap"]):
        case "word":
            made[path] = _with_other_word(content, other, dice)
        case "line":
            made[path] = b"".join([*lines[:at], dice.choice(_LINES), *lines[at:]])
        case "foreign":
            made[path] = b"".join([*lines[:at], dice.choice(other.splitlines(keepends=True) or [b"\n"]), *lines[at:]])
        case "cut":
            made[path] = b"".join([*lines[:at], *lines[at + dice.randrange(3) :]])
        case "broken":
            made[path] = b"".join([*lines[:at], dice.choice(_BROKEN), *lines[at:]])
        case "remove":
            del made[path]
        case "rename":
            made[_new_path(path, dice)] = made.pop(path)
        case "copy":
            made[_new_path(path, dice)] = content
        case _:
            made[path] = other
    return made or files


def _with_other_word(content: bytes, other: bytes, dice: random.Random) -> bytes:
    """A file in which an id or part of a text is replaced by one from elsewhere, so that relations lead to other nodes."""
    here, there = (list(_ID.finditer(text)) for text in (content, other))
    if not here or not there:
        return content + b"# \n"
    old, new = dice.choice(here), dice.choice(there)[0]
    return content[: old.start()] + new + content[old.end() :]


def _new_path(path: str, dice: random.Random) -> str:
    folder, _, name = path.rpartition("/")
    return dice.choice(
        [f"{folder}/other-{name}", f"{folder}/deeper/{name}", f"claims/aa/{name}", f"{folder}/{name}.yml"]
    )


def write(root: Path, files: Files, before: Files | None = None) -> None:
    """Let a folder hold these files, touching only those that differ."""
    for path in (before or {}).keys() - files.keys():
        (root / path).unlink()
    for path, content in files.items():
        if before is None or before.get(path) != content:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)
