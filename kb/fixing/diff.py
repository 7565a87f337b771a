"""What fixes would change, as a patch that people can read and `git apply` can use."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
"""Patches know one end of lines; others stay in the text."""
_NO_NEWLINE = "\n\\ No newline at end of file\n"


def diff(before: Mapping[str, bytes], after: Mapping[str, bytes], spell_path: Callable[[str], str] = str) -> str:
    """A unified diff of the files in `after`, sorted by path; `spell_path` spells a path as the reader would."""
    return "".join(_file_diff(spell_path(file), before[file], after[file]) for file in sorted(after))


def _file_diff(path: str, before: bytes, after: bytes) -> str:
    old, new = (_LINE.findall(raw.decode("utf-8")) for raw in (before, after))
    lines = difflib.unified_diff(old, new, f"a/{path}", f"b/{path}")
    return "".join(line if line.endswith("\n") else line + _NO_NEWLINE for line in lines)
