"""The language server: what an editor asks or tells, and the answers to it; no question brings it down.

Editors send all of a file with each edit, since files of a debate are small and not everybody agrees on what ends a line. The debate
is checked as soon as the typing pauses for a moment; what takes long to tell waits for a longer pause.
"""

from __future__ import annotations

import asyncio
import functools
import logging
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInternalError
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from kb.editing import actions, lenses, renaming, symbols
from kb.finding import KbError, in_a_line
from kb.serving import answers, protocol
from kb.serving.desk import Desk, lay_out, path_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kb.finding import Edit
    from kb.serving.answers import Params, Spot

    _Answer = Callable[..., object]

_R = TypeVar("_R")
_P = TypeVar("_P", bound="Params")

WHY = "kb.why"
"""The command that explains why a node stands as it does."""
PAUSE, REST = 0.03, 0.6
"""Seconds without typing after which the debate is checked, and after which what takes long to tell is told anew."""
_YAML = "**/*.{yaml,yml}"


class _RefusedError(JsonRpcException):
    """Something that cannot be done, in a line for the person at the editor."""

    CODE = types.LSPErrorCodes.RequestFailed.value


class Server(LanguageServer):
    """Answers one editor, about all debates in its folders."""

    def __init__(self, start: Path) -> None:
        """Serve the debate of a folder, if the editor names none."""
        super().__init__("kb", version("argument-kb"), types.TextDocumentSyncKind.Full, max_workers=2)
        self.start = start
        self.desks: dict[Path, Desk] = {}
        self.can = protocol.client(types.ClientCapabilities())
        self._timers: dict[tuple[Path, float], asyncio.TimerHandle] = {}
        for method, (answer, options) in self._answers().items():
            self.feature(method, options)(self._guarded(method, answer))
        self.command(WHY)(self._guarded(WHY, self.why))
        self.command(protocol.SHOW)(self._guarded(protocol.SHOW, self.show))

    def _answers(self) -> Mapping[str, tuple[_Answer, object]]:
        """By what an editor asks or tells: the answer, and what is said of it beforehand."""
        files = types.FileOperationPattern(_YAML, types.FileOperationPatternKind.File)
        moved = types.FileOperationRegistrationOptions([types.FileOperationFilter(files)])
        offered = types.CompletionOptions(trigger_characters=[" ", "[", "/", ">"])
        acts = types.CodeActionOptions([actions.QUICK_FIX, actions.ADDITION])
        return {
            types.INITIALIZED: (self.begin, None),
            types.SHUTDOWN: (self.finish, None),
            types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: (self.change_folders, None),
            types.WORKSPACE_DID_CHANGE_WATCHED_FILES: (self.refresh_files, None),
            types.WORKSPACE_WILL_RENAME_FILES: (self.rename_files, moved),
            types.WORKSPACE_SYMBOL: (self.search, None),
            types.TEXT_DOCUMENT_DID_OPEN: (self.hold, None),
            types.TEXT_DOCUMENT_DID_CHANGE: (self.hold, None),
            types.TEXT_DOCUMENT_DID_CLOSE: (self.release, None),
            types.TEXT_DOCUMENT_COMPLETION: (self._at_spot(answers.complete), offered),
            types.TEXT_DOCUMENT_HOVER: (self._at_spot(answers.explain), None),
            types.TEXT_DOCUMENT_DEFINITION: (self._at_spot(answers.define), None),
            types.TEXT_DOCUMENT_REFERENCES: (self._at_spot(answers.find_references), None),
            types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: (self._at_spot(answers.outline), None),
            types.TEXT_DOCUMENT_PREPARE_RENAME: (self._at_spot(answers.prepare_rename), None),
            types.TEXT_DOCUMENT_RENAME: (self._at_spot(answers.rename), None),
            types.TEXT_DOCUMENT_CODE_ACTION: (self._at_spot(answers.list_actions), acts),
            types.TEXT_DOCUMENT_CODE_LENS: (self._at_spot(answers.list_lenses), types.CodeLensOptions()),
            types.CODE_LENS_RESOLVE: (self.count, None),
        }

    def _at_spot(self, answer: Callable[[Spot, _P], _R]) -> Callable[[_P], _R | None]:
        """An answer about a place in a file; none about a file that is part of no debate."""

        @functools.wraps(answer)
        def answered(params: _P) -> _R | None:
            located = self._find(params.text_document.uri)
            return answer(answers.spot(*located, params, self.can), params) if located is not None else None

        return answered

    def _guarded(self, method: str, answer: Callable[..., _R]) -> Callable[..., _R | None]:
        """An answer that fails is a line in the editor's log, and none at all to the question."""

        @functools.wraps(answer)
        def guarded(*asked: object) -> _R | None:
            try:
                return answer(*asked)
            except KbError as error:
                raise _RefusedError(str(error)) from None
            except Exception as error:  # noqa: BLE001 - whatever it is, the next question is to be answered
                self.log(f"{method} failed: {type(error).__name__}: {error}")
                return None

        return guarded

    def log(self, message: str) -> None:
        """Write a line into the editor's log."""
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, f"kb lsp: {in_a_line(message)}"))

    def report_server_error(self, error: Exception, source: type[Exception]) -> None:
        """A message that cannot be understood is a line in the editor's log; what cannot be sent is one on standard error."""
        if source is JsonRpcInternalError:
            logging.getLogger(__name__).error("%s", in_a_line(str(error)))
        elif not isinstance(error, _RefusedError):
            self.log(f"{source.__name__}: {error}")

    # -- folders -----------------------------------------------------------------------------------------------------

    def begin(self, _params: types.InitializedParams) -> None:
        """Read the debates in the editor's folders, and ask to be told of files that others change."""
        self.can = protocol.client(self.client_capabilities)
        named = [to_fs_path(folder.uri) for folder in self.workspace.folders.values()] or [self.workspace.root_path]
        for folder in [Path(name) for name in named if name] or [self.start]:
            self._lay_out(folder)
        if self.can.watches:
            watcher = types.FileSystemWatcher(_YAML)
            options = types.DidChangeWatchedFilesRegistrationOptions([watcher])
            watched = types.Registration("kb.watch", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            self.client_register_capability(types.RegistrationParams([watched]))

    def finish(self, _params: None) -> None:
        """Nothing is told any more to an editor that is about to leave."""
        for timer in self._timers.values():
            timer.cancel()
        self.desks.clear()

    def _lay_out(self, folder: Path) -> None:
        """Read the debate of a folder and tell what is wrong with it."""
        desk = lay_out(
            folder, str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding))
        )
        if desk is not None and desk.claims not in self.desks:
            self.desks[desk.claims] = desk
            self._publish_news(desk)

    def change_folders(self, params: types.DidChangeWorkspaceFoldersParams) -> None:
        """Read the debates of new folders; of folders that are gone nothing is wrong any more."""
        for gone in params.event.removed:
            folder = path_of(gone.uri)
            for claims in [c for c in self.desks if folder is not None and c.is_relative_to(folder)]:
                desk = self.desks.pop(claims)
                for file in desk.published_files():
                    self._publish(desk, file, [])
        for added in params.event.added:
            name = to_fs_path(added.uri)
            if name:
                self._lay_out(Path(name))

    def refresh_files(self, params: types.DidChangeWatchedFilesParams) -> None:
        """Read again what others changed; what the editor itself holds is known."""
        for claims, desk in self.desks.items():
            paths = (path_of(change.uri) for change in params.changes)
            files = [desk.file(path) for path in paths if path is not None]
            if any(file is not None and file not in desk.sheets for file in files):
                desk.refresh()
                self._schedule(claims, PAUSE, self._publish_news)

    # -- files -------------------------------------------------------------------------------------------------------

    def _find(self, uri: str) -> tuple[Desk, str] | None:
        """The debate that a file is part of, and its path there; it may be one that no folder of the editor has."""
        path = path_of(uri)
        if path is None:
            return None
        for desk in self.desks.values():
            file = desk.file(path)
            if file is not None:
                return desk, file
        return None

    def hold(self, params: types.DidOpenTextDocumentParams | types.DidChangeTextDocumentParams) -> None:
        """Read a file as the editor has it, and check the debate once the typing pauses."""
        uri = params.text_document.uri
        if self._find(uri) is None and isinstance(params, types.DidOpenTextDocumentParams):
            path = path_of(uri)
            if path is not None:
                self._lay_out(path.parent)
        located = self._find(uri)
        if located is not None:
            desk, file = located
            document = self.workspace.get_text_document(uri)
            desk.hold(file, uri, document.version or 0, document.source)
            self._schedule(desk.claims, PAUSE, self._publish_news)

    def release(self, params: types.DidCloseTextDocumentParams) -> None:
        """A file that is closed is what is on disk."""
        located = self._find(params.text_document.uri)
        if located is not None:
            desk, file = located
            desk.release(file)
            self._schedule(desk.claims, PAUSE, self._publish_news)

    # -- findings ----------------------------------------------------------------------------------------------------

    def _schedule(self, claims: Path, seconds: float, action: Callable[[Desk], None]) -> None:
        """Do something about a debate when it was left alone for some time."""

        def done() -> None:
            desk = self.desks.get(claims)
            if desk is not None:
                self._guarded(action.__name__, action)(desk)

        earlier = self._timers.pop((claims, seconds), None)
        if earlier is not None:
            earlier.cancel()
        self._timers[claims, seconds] = asyncio.get_running_loop().call_later(seconds, done)

    def _publish_news(self, desk: Desk) -> None:
        """Check a debate and tell the editor of each file about which there is something else to tell."""
        for file in desk.news():
            findings = desk.findings_in(file)
            self._publish(desk, file, [protocol.diagnostic(desk, finding, self.can) for finding in findings])
        self._schedule(desk.claims, REST, self._refresh_lenses)

    def _publish(self, desk: Desk, file: str, diagnostics: list[types.Diagnostic]) -> None:
        sheet = desk.sheets.get(file)
        published = types.PublishDiagnosticsParams(
            desk.uri(file), diagnostics, sheet.version if sheet is not None else None
        )
        self.text_document_publish_diagnostics(published)

    def _refresh_lenses(self, desk: Desk) -> None:
        """Have the lines above nodes told anew."""
        if desk.settle() and self.can.refreshes:
            self.workspace_code_lens_refresh(None)

    # -- what concerns more than one file ----------------------------------------------------------------------------

    def search(self, params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
        """What a word finds in all debates."""
        return [
            protocol.workspace_symbol(desk, hit)
            for desk in self.desks.values()
            for hit in symbols.search_debate(desk.debate, params.query)
        ]

    def rename_files(self, params: types.RenameFilesParams) -> types.WorkspaceEdit | None:
        """What names the records of files that are about to get other names."""
        changed: dict[Desk, set[Edit]] = {}
        for moved in params.files:
            located, target = self._find(moved.old_uri), path_of(moved.new_uri)
            new = located[0].file(target) if located is not None and target is not None else None
            if located is not None and new is not None:
                desk, file = located
                renamed = renaming.file_renaming(desk.debate, desk.text, file, new)
                changed.setdefault(desk, set()).update(renamed.edits if renamed is not None else ())
        edits = [protocol.workspace_edit(desk, sorted(edits), self.can) for desk, edits in changed.items() if edits]
        return protocol.merge_edits(edits, self.can) if edits else None

    def count(self, lens: types.CodeLens) -> types.CodeLens:
        """What a line above a node says, when it is about to be seen."""
        uri, node_id = map(str, lens.data or ("", ""))
        located = self._find(uri)
        if located is not None and node_id in located[0].settled.nodes:
            lens.command = types.Command(lenses.lens_text(located[0].settled, node_id), WHY, arguments=[uri, node_id])
        return lens

    # -- commands ----------------------------------------------------------------------------------------------------

    def why(self, uri: str, node_id: str) -> None:
        """Explain why a node stands as it does."""
        located = self._find(uri)
        if located is not None and node_id in located[0].debate.nodes:
            explanation = lenses.explanation(located[0].debate, node_id)
            self.window_show_message(types.ShowMessageParams(types.MessageType.Info, explanation))

    def show(self, uri: str, line: int, column: int) -> None:
        """Open a file where an editor goes on writing."""
        if self._find(uri) is not None:
            position = types.Position(line, column)
            self.window_show_document(
                types.ShowDocumentParams(uri, take_focus=True, selection=types.Range(position, position))
            )
