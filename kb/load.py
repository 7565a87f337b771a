"""Read a debate from a folder or from texts: always what could be read, and what was wrong with the rest.

One broken file never hides the others. Nothing outside the folder is read (symbolic links are not followed) and nothing is written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kb.finding import KbError
from kb.memory import undisturbed
from kb.reading.assemble import assemble
from kb.reading.contents import SETTINGS
from kb.reading.files import files
from kb.reading.layout import REMARKS
from kb.reading.letters import MAX_BYTES
from kb.reading.syntax import LINE_END

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.debate import Debate
    from kb.finding import Fault

CLAIMS = "claims"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A debate, what its reader has to say about the files, and where they are (for excerpts)."""

    debate: Debate
    reported: tuple[Fault, ...]
    project: Path
    texts: dict[str, bytes] = field(default_factory=dict)
    """Files as an editor holds them, whatever is on disk."""
    _lines: dict[str, list[str]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What was not read as written; remarks on how files are laid out are none."""
        return tuple(fault for fault in self.reported if fault.rule not in REMARKS)

    def line(self, file: str, number: int) -> str:
        """One line of a file as the editor sees it, for excerpts; empty if it cannot be read."""
        lines = self._lines.get(file)
        if lines is None:
            lines = self._lines[file] = LINE_END.split(self.text(file))
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def text(self, file: str) -> str:
        """A file as the editor sees it, without byte order mark; empty if it cannot be read."""
        return self._bytes(file).decode("utf-8", "replace").removeprefix("\ufeff")

    def _bytes(self, file: str) -> bytes:
        held = self.texts.get(file)
        if held is not None:
            return held
        try:
            with (self.project / file).open("rb") as handle:
                return handle.read(MAX_BYTES)
        except OSError:
            return b""


def find_claims(start: Path) -> Path:
    """The `claims/` folder in `start` or the nearest one above it."""
    if not start.is_dir():
        message = f"there is no folder {start.absolute()}"
        raise KbError(message)
    start = start.resolve()  # else the parents of `..` would be looked for below it
    for folder in (start, *start.parents):
        if (folder / CLAIMS).is_dir():
            return folder / CLAIMS
        if (folder / SETTINGS).is_file():
            return folder
    message = f"no claims/ folder in {start} or above it; `kb init` starts a debate"
    raise KbError(message)


def load(claims: Path, unsaved: Mapping[str, bytes] | None = None) -> Loaded:
    """Read the debate in a folder, usually called `claims/`; of files in `unsaved` these bytes, as an editor holds them."""
    claims = claims.absolute()
    held = dict(unsaved or {})
    with undisturbed():
        read_files = files(claims)
        debate, faults = assemble(claims.name, sorted({**dict(read_files), **held}.items()) if held else read_files)
    return Loaded(debate, faults, claims.parent, held)


def load_texts(texts: dict[str, str]) -> Loaded:
    """Read a debate from texts by path, as in `{"claims/kb.yaml": "title: …"}`."""
    raw = {path: text.encode() for path, text in texts.items()}
    debate, faults = assemble(CLAIMS, sorted(raw.items()))
    return Loaded(debate, faults, Path(), raw)
