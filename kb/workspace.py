"""A debate that is being edited: what each of its files says, on disk or in an editor, and what the linter finds in the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.incremental.edits import no_edits
from kb.incremental.rechecking import recheck
from kb.lint import lint
from kb.linting.choice import choose
from kb.load import Loaded
from kb.memory import undisturbed
from kb.reading.assemble import join
from kb.reading.contents import contents
from kb.reading.files import files

if TYPE_CHECKING:
    from pathlib import Path

    from kb.finding import Fault, Finding
    from kb.incremental.rechecking import Problems
    from kb.linting.choice import Severities
    from kb.reading.contents import Contents


class Workspace:
    """The files of a debate, read once and then kept up to date edit by edit.

    `update` takes a file as an editor holds it; `refresh` looks at what others saved; `loaded` and `findings()` answer for the
    debate as it then is, the same as reading and linting all of it again.
    """

    def __init__(self, claims: Path) -> None:
        """Read the debate in a folder, usually called `claims/`."""
        self.claims = claims.absolute()
        self._held: dict[str, bytes] = {}
        self._read: dict[str, bytes | Fault] = {}
        self._files: dict[str, Contents] = {}
        self._loaded: Loaded | None = None
        self._found: dict[str, Problems] = {}
        self._edits = no_edits()
        self.refresh()

    # -- edits -----------------------------------------------------------------------------------------------------

    def update(self, path: str, text: bytes | None) -> None:
        """A file as an editor holds it, saved or not; None: no editor holds it now, so that what is on disk counts.

        Paths are spelt as findings spell them: from the project, with `/`, as in `claims/talk/sky-is-blue.yaml`.
        """
        if text is None:
            self._held.pop(path, None)
            self.refresh()
        else:
            self._held[path] = text
            self._put(path, text)

    def refresh(self) -> None:
        """Read what was added, saved or removed outside the editor."""
        with undisturbed():
            found = {**dict(files(self.claims)), **self._held}
            for path in self._read.keys() | found.keys():
                self._put(path, found.get(path))

    def _put(self, path: str, raw: bytes | Fault | None) -> None:
        """Decode a file if it differs from what it held before; None: it is gone."""
        if self._read.get(path) == raw:
            return
        before = self._files.pop(path, None)
        self._read.pop(path, None)
        if raw is not None:
            self._read[path] = raw
            self._files[path] = contents(self.claims.name, path, raw)
        if self._found:
            self._edits.add(path, before, self._files.get(path))
        self._loaded = None

    # -- answers ---------------------------------------------------------------------------------------------------

    @property
    def loaded(self) -> Loaded:
        """The debate as it now is."""
        if self._loaded is None:
            with undisturbed():
                debate, faults = join(self.claims.name, (said for _, said in sorted(self._files.items())))
            self._loaded = Loaded(debate, faults, self.claims.parent, dict(self._held))
        return self._loaded

    def findings(self, severities: Severities | None = None) -> tuple[Finding, ...]:
        """All findings of the debate as it now is, sorted by place; by the rules of its `kb.yaml`, or those given."""
        debate = self.loaded.debate
        ranks = choose(debate.settings.lint) if severities is None else severities
        with undisturbed():
            found = recheck(debate, ranks, self._found, self._edits)
        self._found = found if self._edits.files else {**self._found, **found}
        self._edits = no_edits()
        return lint(self.loaded, ranks, found)
