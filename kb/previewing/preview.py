"""The site of a debate that is being edited: the last one that could be built, and what is wrong with the files as they are now."""

from __future__ import annotations

from threading import Condition
from typing import TYPE_CHECKING, NamedTuple

from kb.finding import KbError
from kb.previewing.notes import Note, of_finding, of_line, of_refusal
from kb.previewing.rebuilding import Rebuilder
from kb.previewing.state import State
from kb.publishing.messages import spoken
from kb.publishing.theme import ThemeError, own

if TYPE_CHECKING:
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
        number, words, files = self.state.number + 1, self.state.words, self.state.files
        notes: tuple[Note, ...] = ()
        try:
            self._workspace.refresh()
            debate = self._workspace.loaded.debate
            words = spoken(debate)
            notes = tuple(of_finding(finding, debate) for finding in self._workspace.findings())
            stale = any(note.severity == "error" for note in notes)
            if not stale:
                parts, theme = self._workspace.parts, own(self._workspace.claims.parent)
                files, short = self._rebuilder.site(debate, theme, parts)
                notes = (*(Note("warning", "", line) for line in short), *notes)
        except KbError as error:
            stale = True
            lines = error.lines if isinstance(error, ThemeError) else (str(error),)
            notes = (*(of_line(line) for line in lines), *notes)
        except OSError as error:
            stale = True
            notes = (of_refusal(error, self._workspace.claims.parent), *notes)
        return State(words, number, files, notes, stale)

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
