"""A debate that is being edited: what each of its files says, on disk or in an editor, and what the linter finds in the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.lint import lint
from kb.load import Loaded
from kb.reading.assemble import join
from kb.reading.contents import contents
from kb.reading.files import files

if TYPE_CHECKING:
    from pathlib import Path

    from kb.finding import Finding
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
        self._files: dict[str, Contents] = {}
        self._loaded: Loaded | None = None
        self.refresh()

    def update(self, path: str, text: bytes | None) -> None:
        """A file as an editor holds it, saved or not; None: no editor holds it now, so that what is on disk counts.

        Paths are spelt as findings spell them: from the project, with `/`, as in `claims/talk/sky-is-blue.yaml`.
        """
        if text is None:
            self._held.pop(path, None)
            self.refresh()
        elif self._held.get(path) != text:
            self._held[path] = text
            self._files[path] = contents(self.claims.name, path, text)
            self._loaded = None

    def refresh(self) -> None:
        """Read what was added, saved or removed outside the editor."""
        found = {**dict(files(self.claims)), **self._held}
        self._files = {path: contents(self.claims.name, path, raw) for path, raw in found.items()}
        self._loaded = None

    @property
    def loaded(self) -> Loaded:
        """The debate as it now is."""
        if self._loaded is None:
            debate, faults = join(self.claims.name, (found for _, found in sorted(self._files.items())))
            self._loaded = Loaded(debate, faults, self.claims.parent, dict(self._held))
        return self._loaded

    def findings(self, severities: Severities | None = None) -> tuple[Finding, ...]:
        """All findings of the debate as it now is, sorted by place; by the rules of its `kb.yaml`, or those given."""
        return lint(self.loaded, severities)
