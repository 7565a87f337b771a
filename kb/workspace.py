"""A debate that is being edited: what each of its files says, on disk or in an editor, and what the linter finds in the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.caching.outline import are_distinct, outlined, part, unpacked
from kb.caching.tree import Tree
from kb.incremental.edits import no_edits
from kb.incremental.found import NOTHING
from kb.incremental.parts import Outlined, parts
from kb.lint import lint
from kb.linting.choice import choose
from kb.linting.scope import LAYOUT, ON_NODES, REJECTED
from kb.load import Loaded
from kb.memory import undisturbed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from kb.caching.store import Cache
    from kb.caching.tree import Change
    from kb.debate import Debate
    from kb.finding import Finding
    from kb.incremental.parts import Parts
    from kb.linting.choice import Severities

WORTH_REMEMBERING = 500
"""Files from which on remembering is worth its price: fewer are read as fast."""

_FEW = 10
"""Opening one file in so many again costs less than writing the cache."""


class Workspace:
    """The files of a debate, read once and then kept up to date edit by edit.

    `update` takes a file as an editor holds it; `refresh` looks at what others saved; `loaded` and `findings()` answer for the
    debate as it then is, the same as reading and linting all of it again. With a cache it goes on where the last one ended.
    """

    def __init__(self, claims: Path, cache: Cache | None = None, clock: Callable[[], int] | None = None) -> None:
        """Read the debate in a folder, usually called `claims/`.

        With a clock (nanoseconds since 1970, as `time.time_ns`) files that were not written since are not opened again.
        """
        self.claims = claims.absolute()
        self._cache = cache
        with undisturbed():
            memory = cache.read() if cache else None
            self._tree = Tree(self.claims, memory.files if memory else {}, clock)
        self._found = memory.found if memory else NOTHING
        self._orderly = memory is not None and memory.orderly
        self._edits = no_edits()
        self._loaded: Loaded | None = None
        self._news = False
        self.refresh()

    @property
    def is_large(self) -> bool:
        """Whether remembering what was made of it is worth its price."""
        return len(self._tree) >= WORTH_REMEMBERING

    # -- edits -----------------------------------------------------------------------------------------------------

    def update(self, path: str, text: bytes | None) -> None:
        """A file as an editor holds it, saved or not; None: no editor holds it now, so that what is on disk counts.

        Paths are spelt as findings spell them: from the project, with `/`, as in `claims/talk/sky-is-blue.yaml`.
        """
        if text is not None:
            self._apply(self._tree.hold(path, text))
        elif self._tree.held.pop(path, None) is not None:
            self.refresh()

    def refresh(self) -> None:
        """Read what was added, saved or removed outside the editor."""
        with undisturbed():
            self._apply(self._tree.look())

    def _apply(self, changes: Iterable[Change]) -> None:
        for change in changes:
            self._news = True
            self._loaded = None
            if self._found.problems or self._orderly:
                self._edits.add(*change)
        self._orderly &= self._edits.fields <= ON_NODES | {LAYOUT, REJECTED}

    # -- answers ---------------------------------------------------------------------------------------------------

    @property
    def loaded(self) -> Loaded:
        """The debate as it now is; after edits of mere words to a debate that is remembered, no more of it than is asked for."""
        if self._loaded is None:
            with undisturbed():
                files = self._tree.files()
                self._orderly &= "id" not in self._edits.fields or are_distinct(files)
                debate, faults = (outlined if self._orderly else unpacked)(self.claims.name, files)
            self._loaded = Loaded(debate, faults, self.claims.parent, dict(self._tree.held))
        return self._loaded

    def findings(self, severities: Severities | None = None) -> tuple[Finding, ...]:
        """All findings of the debate as it now is, sorted by place; by the rules of its `kb.yaml`, or those given."""
        loaded = self.loaded
        ranks = choose(loaded.debate.settings.lint) if severities is None else severities
        with undisturbed():
            known = self._found.after(loaded, ranks, self._edits, self._part_near)
        self._news |= known != self._found
        self._found, self._edits = known, no_edits()
        return lint(loaded, ranks, known.problems)

    @property
    def parts(self) -> Parts:
        """What the debate falls into."""
        return parts(self.outlines())

    def outlines(self) -> Iterator[Outlined]:
        """Its files in outline, in the order of their paths."""
        for file in self._tree.files():
            yield Outlined(file.path, file.digest, file.sketch.nodes, file.sketch.names)

    def _part_near(self, names: Iterable[str]) -> Debate:
        """The part of the debate that is connected with these names."""
        return part(self.claims.name, self._tree.near(names), self.loaded.debate)

    def remember(self) -> None:
        """Write what was read and found into the cache, if that is worth it and there is anything new."""
        has_news = self._news or self._tree.settled * _FEW > len(self._tree)
        if self._cache and has_news and not self._tree.held and self.is_large:
            has_duplicates = any(fault.rule in {"duplicate-id", "missing-file"} for fault in self.loaded.faults)
            self._cache.write(self._tree.kept(), self._found, orderly=not has_duplicates)
            self._news, self._tree.settled = False, 0
