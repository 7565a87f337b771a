"""The site of a debate that is being edited: the last one that could be built, and what is wrong with the files as they are now."""

from __future__ import annotations

from dataclasses import replace
from threading import Condition
from typing import TYPE_CHECKING, NamedTuple

from kb.finding import KbError
from kb.previewing.became import left
from kb.previewing.notes import of_error, of_finding, of_line, of_refusal
from kb.previewing.rebuilding import Rebuilder
from kb.previewing.state import State
from kb.previewing.whereabouts import pages_of
from kb.publishing import addresses
from kb.publishing.idle import idle
from kb.publishing.messages import spoken
from kb.publishing.theme import own

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kb.debate import Debate
    from kb.finding import Finding
    from kb.previewing.became import Left
    from kb.previewing.whereabouts import Files
    from kb.workspace import Workspace


class News(NamedTuple):
    """What a look at the files brought."""

    state: State
    changed: int
    """Files of the site that are other than before, or gone."""


class Preview:
    """Builds the site of a workspace again when asked to, and lets others wait for that."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._rebuilder = Rebuilder()
        self._news = Condition()
        self._ended = False
        self._files: Files = {}
        """What the site that is shown was made of."""
        self._left: Mapping[str, Left] = {}
        """What had become of records by then."""
        self.state = State(spoken(workspace.loaded.debate))

    def renew(self) -> News:
        """Look at the files again and show what they are; called by one thread, always the same."""
        before, after = self.state, self._look()
        with self._news:
            self.state = after
            self._news.notify_all()
        changed = before.files.items() ^ after.files.items() if after.files is not before.files else ()
        return News(after, len({path for path, _ in changed}))

    def _look(self) -> State:
        """The site as the files now make it; where they do not, or went away while they were read, the one from before, and why."""
        shown = replace(self.state, number=self.state.number + 1, notes=(), stale=True)
        try:
            self._workspace.refresh()
            now = {outline.path: outline for outline in self._workspace.outlines()}
            shown = self._read(shown, now)
            return shown if any(note.severity == "error" for note in shown.notes) else self._built(shown, now)
        except KbError as error:
            return replace(shown, notes=(*of_error(error), *shown.notes))
        except OSError as error:
            return replace(shown, notes=(of_refusal(error, self._workspace.claims.parent), *shown.notes))

    def _read(self, shown: State, now: Files) -> State:
        """What is wrong in the files as they now are, beside the site that is shown; until there is one, in the language of the debate."""
        debate = self._workspace.loaded.debate
        notes = (of_finding(found, self._pages(found, now, debate)) for found in self._workspace.findings())
        words = shown.words if shown.files else spoken(debate)
        return replace(shown, words=words, notes=tuple(notes), left=left(self._left, self._files, now))

    def _pages(self, finding: Finding, now: Files, debate: Debate) -> tuple[str, ...]:
        """Where a reader meets what the linter found: on the page of its point, else on all pages of its file."""
        pages = pages_of(finding.file, self._files.get(finding.file), now.get(finding.file))
        own = () if finding.node is None else (addresses.node(finding.node),)
        return own if finding.node in debate.nodes or not {*own}.isdisjoint(pages) else pages

    def _built(self, shown: State, now: Files) -> State:
        """The site of files without errors."""
        debate, theme = self._workspace.loaded.debate, own(self._workspace.claims.parent)
        files, short = self._rebuilder.site(debate, theme, self._workspace.parts)
        gone = {page: found for page, found in shown.left.items() if page not in files}
        self._files, self._left = now, gone
        notes = (*(of_line(line, "warning") for line in (*idle(theme), *short)), *shown.notes)
        return replace(shown, words=spoken(debate), files=files, notes=notes, left=gone, stale=False)

    def wait(self, seen: int, seconds: float) -> State | None:
        """What is shown once that is later than what was seen, or so many seconds have passed; None at the end."""
        with self._news:
            self._news.wait_for(lambda: self._ended or self.state.number != seen, seconds)
            return None if self._ended else self.state

    def end(self) -> None:
        """Nobody need wait any longer."""
        with self._news:
            self._ended = True
            self._news.notify_all()
