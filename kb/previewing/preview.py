"""The preview of a debate that is being edited: the last site that could be built, and what is wrong with the files now."""

from __future__ import annotations

from dataclasses import replace
from threading import Condition
from typing import TYPE_CHECKING, NamedTuple

from kb.finding import KbError
from kb.previewing.became import gone_records
from kb.previewing.notes import error_notes, finding_note, line_note, refusal_note
from kb.previewing.rebuilding import Rebuilder
from kb.previewing.state import State
from kb.previewing.whereabouts import pages_of
from kb.publishing import addresses
from kb.publishing.messages import interface_words
from kb.publishing.theme import read_theme
from kb.publishing.unused import unused_files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.debate import Debate
    from kb.finding import Finding
    from kb.previewing.became import GoneRecord
    from kb.previewing.whereabouts import Files
    from kb.workspace import Workspace


class News(NamedTuple):
    """What a new look at the files showed."""

    state: State
    changed: int
    """How many files of the site are new, changed or gone."""


class Preview:
    """Builds the site of a workspace again when asked to, and lets readers wait for the next state."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._rebuilder = Rebuilder()
        self._news = Condition()
        self._ended = False
        self._files: Files = {}
        """The files of which the site that is shown was made."""
        self._gone: Mapping[str, GoneRecord] = {}
        """What had become of records when it was made."""
        self.state = State(interface_words(workspace.loaded.debate))

    def renew(self) -> News:
        """Look at the files again and show the result; only one thread may call this."""
        before, after = self.state, self._next_state()
        with self._news:
            self.state = after
            self._news.notify_all()
        changed = before.files.items() ^ after.files.items() if after.files is not before.files else ()
        return News(after, len({path for path, _ in changed}))

    def _next_state(self) -> State:
        """The site of the files as they are now; if it cannot be built, the one from before, and why."""
        state = replace(self.state, number=self.state.number + 1, notes=(), stale=True)
        try:
            self._workspace.refresh()
            now = {outline.path: outline for outline in self._workspace.outlines()}
            state = self._with_notes(state, now)
            return state if any(note.severity == "error" for note in state.notes) else self._with_site(state, now)
        except KbError as error:
            return replace(state, notes=(*error_notes(error), *state.notes))
        except OSError as error:
            return replace(state, notes=(refusal_note(error, self._workspace.claims.parent), *state.notes))

    def _with_notes(self, state: State, now: Files) -> State:
        """The site that is shown, with what is wrong in the files now; as long as there is no site, in the language of the debate."""
        debate = self._workspace.loaded.debate
        notes = (finding_note(finding, self._pages(finding, now, debate)) for finding in self._workspace.findings())
        catalogue = state.catalogue if state.files else interface_words(debate)
        return replace(state, catalogue=catalogue, notes=tuple(notes), gone=gone_records(self._gone, self._files, now))

    def _pages(self, finding: Finding, now: Files, debate: Debate) -> tuple[str, ...]:
        """The pages on which a reader meets what the linter found: that of its node, or else all pages of its file."""
        pages = pages_of(finding.file, self._files.get(finding.file), now.get(finding.file))
        own = () if finding.node is None else (addresses.node(finding.node),)
        return own if finding.node in debate.nodes or not {*own}.isdisjoint(pages) else pages

    def _with_site(self, state: State, now: Files) -> State:
        """The site of the files as they are now, which have no errors."""
        debate, theme = self._workspace.loaded.debate, read_theme(self._workspace.claims.parent)
        files, shortfalls = self._rebuilder.site(debate, theme, self._workspace.parts)
        gone = {page: record for page, record in state.gone.items() if page not in files}
        self._files, self._gone = now, gone
        notes = (*(line_note(line, "warning") for line in (*unused_files(theme), *shortfalls)), *state.notes)
        return replace(state, catalogue=interface_words(debate), files=files, notes=notes, gone=gone, stale=False)

    def wait(self, seen: int, seconds: float) -> State | None:
        """Wait for another state than that with the number `seen`, or for so many seconds; None once the preview has ended."""
        with self._news:
            self._news.wait_for(lambda: self._ended or self.state.number != seen, seconds)
            return None if self._ended else self.state

    def end(self) -> None:
        """End the preview: everybody who waits is answered."""
        with self._news:
            self._ended = True
            self._news.notify_all()
