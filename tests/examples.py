r"""Examples in manuals: written to disk as they stand, with a notation for what text cannot show.

`## path` starts a file of `claims/`; `## path -> other` a symbolic link; `## path (absent)` leaves a supplied file out, and
`## path (unended)` the end of the last line. `{words * 9}`
stands for nine repetitions and `\xe9` for that byte. `# <- rule` marks the line a finding points at.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kb.load import Loaded, load
from tests.conftest import files_of

if TYPE_CHECKING:
    from pathlib import Path

MARKER = re.compile(r"\s*# <- (?P<rules>[a-z0-9-]+(?:, [a-z0-9-]+)*)")
_REPEAT = re.compile(r"\{(?P<text>[^{}]+) \* (?P<times>\d+)\}")
_BYTE = re.compile(rb"\\x([0-9a-f]{2})")

Row = tuple[str, int, str]
"""File, line and rule of a finding."""


def write(root: Path, text: str) -> set[Row]:
    """Write an example below a folder; returns the findings that its markers announce."""
    announced: set[Row] = set()
    for heading, content in files_of(text).items():
        path = MARKER.sub("", heading).removesuffix(" (absent)").removesuffix(" (unended)")
        path, _, target = path.partition(" -> ")
        for number, line in enumerate([heading] if MARKER.search(heading) else content.splitlines(), 1):
            if match := MARKER.search(line):
                announced |= {(path, number, name) for name in match["rules"].split(", ")}
        _write(root / path, heading, target, content)
    (root / "claims").mkdir(exist_ok=True)
    return announced


def _write(path: Path, heading: str, target: str, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if target:
        path.symlink_to(target)
    elif "(absent)" in heading:
        path.unlink(missing_ok=True)
    else:
        ended = content.removesuffix("\n") if "(unended)" in heading else content
        text = _REPEAT.sub(lambda found: found["text"] * int(found["times"]), ended)
        path.write_bytes(_BYTE.sub(lambda found: bytes.fromhex(found[1].decode()), text.encode()))


def read(root: Path, text: str) -> tuple[Loaded, set[Row]]:
    """Write an example and load it from disk, as the tool would; also returns the findings that its markers announce."""
    announced = write(root, text)
    return load(root / "claims"), announced
