"""One debate on the desk of an editor: its files as they are being written, and what there is to say of each."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pygls.uris import from_fs_path, to_fs_path

from kb.editing.shown import EditorText
from kb.finding import KbError
from kb.load import find_claims
from kb.reading.files import SUFFIXES
from kb.workspace import Workspace

if TYPE_CHECKING:
    from kb.debate import Debate
    from kb.finding import Finding
    from kb.reading.text import Text


_UNREADABLE = {"yaml-syntax", "too-deep", "too-large", "encoding"}
"""Faults of files that are read in part or not at all."""


_ANEW = object()
"""Stands for what was told of a file whose text has changed: places in it are others now."""


class Sheet(NamedTuple):
    """A file that an editor has open."""

    uri: str
    version: int
    editor_text: EditorText


class Desk:
    """A debate of which an editor has files open."""

    def __init__(self, claims: Path, named: Path, units: str) -> None:
        """Lay out the debate in a folder; `named` is that folder as the editor spells it."""
        self.claims = claims
        self.sheets: dict[str, Sheet] = {}
        self._named = named
        self._units = units
        self._workspace = Workspace(claims)
        self._findings: dict[str, tuple[Finding, ...]] = {}
        self._checked: Debate | None = None
        self._published: dict[str, object] = {}
        self._editor_texts: dict[str, EditorText] = {}
        self._whole: dict[str, Debate] = {}
        self.settled = self._workspace.loaded.debate
        """The debate when the editor last paused: what takes long to tell is told of this one."""

    # -- files -------------------------------------------------------------------------------------------------------

    def file(self, path: Path) -> str | None:
        """A path as findings spell it; None if it is no file of this debate."""
        if path.suffix not in SUFFIXES or not path.is_relative_to(self.claims):
            return None
        inside = path.relative_to(self.claims)
        hidden = any(part.startswith(".") for part in inside.parts)
        return None if hidden else f"{self.claims.name}/{inside.as_posix()}"

    def uri(self, file: str) -> str:
        """The address of a file, as the editor spells it."""
        sheet = self.sheets.get(file)
        return sheet.uri if sheet is not None else from_fs_path(str(self._named.parent / file)) or ""

    def editor_text(self, file: str) -> EditorText:
        """A file as the editor shows it: its own copy, or what is on disk."""
        sheet = self.sheets.get(file)
        if sheet is not None:
            return sheet.editor_text
        if file not in self._editor_texts:
            self._editor_texts[file] = EditorText(self._workspace.loaded.text(file), self._units)
        return self._editor_texts[file]

    def text(self, file: str) -> Text:
        """The text of a file."""
        return self.editor_text(file).text

    # -- edits -------------------------------------------------------------------------------------------------------

    def hold(self, file: str, uri: str, version: int, content: str) -> None:
        """A file as the editor now has it."""
        if file not in self._whole and self._is_whole(file):
            self._whole[file] = self.debate
        self.sheets[file] = Sheet(uri, version, EditorText(content, self._units))
        self._published[file] = _ANEW
        self._workspace.update(file, content.encode("utf-8", "surrogatepass"))

    def release(self, file: str) -> None:
        """A file that the editor has closed: what is on disk counts."""
        if self.sheets.pop(file, None) is not None:
            self._whole.pop(file, None)
            self._published[file] = _ANEW
            self._editor_texts.pop(file, None)
            self._workspace.update(file, None)

    def refresh(self) -> None:
        """Look at what was saved, added or removed outside the editor."""
        self._editor_texts.clear()
        self._workspace.refresh()

    def settle(self) -> bool:
        """Note that the editor pauses; tells whether there is something new."""
        before, self.settled = self.settled, self.debate
        return before is not self.settled

    # -- answers -----------------------------------------------------------------------------------------------------

    @property
    def debate(self) -> Debate:
        """The debate as it now is."""
        return self._workspace.loaded.debate

    def debate_for(self, file: str) -> Debate:
        """The debate to answer from while a file is written: of one that is half typed, as it was when it could last be read."""
        return self.debate if self._is_whole(file) else self._whole.get(file, self.debate)

    def _is_whole(self, file: str) -> bool:
        return not any(fault.file == file and fault.rule in _UNREADABLE for fault in self._workspace.loaded.faults)

    def findings_in(self, file: str) -> tuple[Finding, ...]:
        """What is wrong in a file."""
        self._check()
        return self._findings.get(file, ())

    def news(self) -> list[str]:
        """The files of which there is something else to tell than before; from now on it counts as told."""
        self._check()
        url = self.debate.settings.url
        now: dict[str, object] = {f: [url, *((x, x.related, x.fix) for x in xs)] for f, xs in self._findings.items()}
        now |= {file: [] for file in self.sheets if file not in now}
        before, self._published = self._published, now
        return [file for file in sorted(before.keys() | now.keys()) if before.get(file) != now.get(file)]

    def published_files(self) -> list[str]:
        """The files of which something was told."""
        return sorted(self._published)

    def _check(self) -> None:
        """Check the debate, unless nothing changed since."""
        if self._checked is self.debate:
            return
        self._checked = self.debate
        by_file: dict[str, list[Finding]] = defaultdict(list)
        for finding in self._workspace.findings():
            by_file[finding.file].append(finding)
        self._findings = {file: tuple(findings) for file, findings in by_file.items()}
        self._whole |= {file: self.debate for file in self.sheets if self._is_whole(file)}


def path_of(uri: str) -> Path | None:
    """The path that an address leads to, links followed; None if it leads to no file."""
    written = to_fs_path(uri)
    return Path(written).resolve() if written else None


def lay_out(folder: Path, units: str) -> Desk | None:
    """The debate of a folder: the one in it, or the one it is a part of; None if there is none."""
    try:
        claims = find_claims(folder)
    except KbError:
        return None
    real = folder.resolve()
    if claims.is_relative_to(real):
        return Desk(claims, folder / claims.relative_to(real), units)
    return Desk(claims, claims, units) if real.is_relative_to(claims) else None
