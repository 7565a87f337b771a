"""An editor for the tests: it starts a language server, ours or another, speaks to it over standard input and output, and applies its edits to disk."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, Union

from lsprotocol import types
from pygls.lsp.client import LanguageClient
from pygls.protocol import default_converter
from pygls.uris import from_fs_path, to_fs_path

from kb.editing.shown import EditorPosition, EditorText

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator, Sequence

    from cattrs import Converter

_R = TypeVar("_R")
PATIENCE = 30
"""The seconds after which an answer counts as missing: machines are slow at times."""


def full_capabilities() -> types.ClientCapabilities:
    """The capabilities of an editor that can do everything."""
    return types.ClientCapabilities(
        workspace=types.WorkspaceClientCapabilities(
            workspace_edit=types.WorkspaceEditClientCapabilities(
                document_changes=True,
                resource_operations=[types.ResourceOperationKind.Create, types.ResourceOperationKind.Rename],
            ),
            did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
            code_lens=types.CodeLensWorkspaceClientCapabilities(refresh_support=True),
            file_operations=types.FileOperationClientCapabilities(will_rename=True),
        ),
        text_document=types.TextDocumentClientCapabilities(
            hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown]),
            publish_diagnostics=types.PublishDiagnosticsClientCapabilities(
                related_information=True,
                tag_support=types.ClientDiagnosticsTagOptions([types.DiagnosticTag.Unnecessary]),
            ),
            rename=types.RenameClientCapabilities(prepare_support=True),
        ),
        window=types.WindowClientCapabilities(show_document=types.ShowDocumentClientCapabilities(support=True)),
    )


class Editor:
    """What a person at an editor sees and does; every wait ends after a while."""

    def __init__(self, folders: list[Path], can: types.ClientCapabilities, units: str) -> None:
        """An editor in which these folders are open."""
        self.folders = folders
        self.can = can
        self.units = units
        self.can.general = types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind(units)])
        self.client = LanguageClient("test editor", "1", converter_factory=_converter)
        self.diagnostics: dict[str, Sequence[types.Diagnostic]] = {}
        self.registered: list[types.Registration] = []
        self.messages: list[str] = []
        self.log: list[str] = []
        self.shown: list[types.ShowDocumentParams] = []
        self.refreshed: list[bool] = []
        self.settings: dict[str, object] = {}
        self.left = False
        self.news = threading.Condition()
        self.texts: dict[str, str] = {}
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._listen()

    # -- starting and stopping ---------------------------------------------------------------------------------------

    def start(self, *command: str) -> None:
        """Start the server, that of `kb` if no other is named."""
        self.thread.start()
        environment = {k: v for k, v in os.environ.items() if not k.startswith("COV")}
        self.run(self.client.start_io(*(command or (sys.executable, "-m", "kb", "lsp")), env=environment))
        named = [types.WorkspaceFolder(uri(folder), folder.name) for folder in self.folders]
        root = next((folder.uri for folder in named), None)
        params = types.InitializeParams(self.can, process_id=os.getpid(), root_uri=root, workspace_folders=named)
        self.result = self.run(self.client.initialize_async(params))
        self.client.initialized(types.InitializedParams())

    def leave(self) -> None:
        """Say that there will be no more questions."""
        if not self.left:
            self.run(self.client.shutdown_async(None))
            self.left = True

    def stop(self) -> int | None:
        """Stop the server; tells how it ended."""
        self.leave()
        self.client.exit(None)
        self.run(self._stop())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(PATIENCE)
        self.loop.close()
        server = self.client._server  # noqa: SLF001 - the client tells it nowhere else
        return server.returncode if server is not None else None

    async def _stop(self) -> None:
        await self.client.stop()  # type: ignore[no-untyped-call] # pygls says nothing of it

    def run(self, what: Coroutine[object, object, _R]) -> _R:
        """Wait for an answer."""
        return asyncio.run_coroutine_threadsafe(what, self.loop).result(PATIENCE)

    def _listen(self) -> None:
        """Note what the server sends."""
        noted: dict[str, Callable[..., object]] = {
            types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: lambda told: self.diagnostics.update({told.uri: told.diagnostics}),
            types.CLIENT_REGISTER_CAPABILITY: lambda told: self.registered.extend(told.registrations),
            types.WINDOW_SHOW_MESSAGE: lambda told: self.messages.append(told.message),
            types.WINDOW_LOG_MESSAGE: lambda told: self.log.append(told.message),
            types.WINDOW_SHOW_DOCUMENT: self._show,
            types.WORKSPACE_CONFIGURATION: lambda told: [self.settings.get(item.section) for item in told.items],
            types.WORKSPACE_CODE_LENS_REFRESH: lambda _: self.refreshed.append(True),
        }
        for method, note in noted.items():
            self.client.feature(method)(self._noting(note))

    def _noting(self, note: Callable[[object], object]) -> Callable[[object], object]:
        """Wrap a handler so that whoever waits looks again after it."""

        def noted(told: _R) -> object:  # without a type: pygls would take an `object` for its client
            with self.news:
                answer = note(told)
                self.news.notify_all()
            return answer if isinstance(answer, types.ShowDocumentResult | list) else None

        return noted

    def _show(self, told: types.ShowDocumentParams) -> types.ShowDocumentResult:
        self.shown.append(told)
        return types.ShowDocumentResult(success=True)

    # -- seeing ------------------------------------------------------------------------------------------------------

    def wait(self, seen: Callable[[], object]) -> None:
        """Wait until something is seen."""
        with self.news:
            assert self.news.wait_for(seen, PATIENCE), (self.rules(), self.log, self.messages)

    def rules(self) -> dict[str, list[str]]:
        """The rules with findings by the name of the file."""
        return {
            Path(to_fs_path(u) or "").name: sorted(str(d.code) for d in found)
            for u, found in self.diagnostics.items()
            if found
        }

    def sees(self, expected: dict[str, list[str]]) -> None:
        """Wait until just these findings are shown."""
        self.wait(lambda: self.rules() == expected)

    # -- writing -----------------------------------------------------------------------------------------------------

    def open(self, path: Path, text: str | None = None) -> str:
        """Open a file; with a text that was not saved, if one is given."""
        content = path.read_bytes().decode() if text is None else text
        self.texts[uri(path)] = content
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(uri(path), "yaml", 1, content))
        )
        return uri(path)

    def write(self, path: Path, text: str, version: int = 2) -> None:
        """Type something."""
        self.texts[uri(path)] = text
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(version, uri(path)),
                [types.TextDocumentContentChangeWholeDocument(text)],
            )
        )

    def close(self, path: Path) -> None:
        """Close a file."""
        self.texts.pop(uri(path), None)
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri(path))))

    def at(self, path: Path, before: str, after: str = "") -> tuple[types.TextDocumentIdentifier, types.Position]:
        """The place in a file between these two texts, counted as the editor does."""
        content = self.texts.get(uri(path)) or path.read_bytes().decode().removeprefix("\ufeff")
        shown = EditorText(content, self.units)
        point = shown.point(shown.string.index(before + after) + len(before))
        return types.TextDocumentIdentifier(uri(path)), types.Position(point.line, point.column)

    def apply(self, edit: types.WorkspaceEdit) -> None:
        """Apply edits to the files on disk, as an editor does when everything is saved."""
        for uri_, edits in (edit.changes or {}).items():
            self._edit(uri_, list(edits))
        for change in edit.document_changes or []:
            if isinstance(change, types.TextDocumentEdit):
                self._edit(change.text_document.uri, [e for e in change.edits if isinstance(e, types.TextEdit)])
            elif isinstance(change, types.CreateFile):
                path_of(change.uri).open("x").close()
            elif isinstance(change, types.RenameFile):
                assert not path_of(change.new_uri).exists()
                path_of(change.old_uri).rename(path_of(change.new_uri))

    def _edit(self, uri_: str, edits: list[types.TextEdit]) -> None:
        path = path_of(uri_)
        raw = path.read_bytes().decode()
        bom = raw[: raw.startswith("\ufeff")]
        shown = EditorText(raw.removeprefix("\ufeff"), self.units)
        content = shown.string
        placed = [(self._offset(shown, e.range.start), self._offset(shown, e.range.end), e.new_text) for e in edits]
        for start, end, text in sorted(placed, reverse=True):
            content = content[:start] + text + content[end:]
        path.write_bytes((bom + content).encode())

    def _offset(self, shown: EditorText, position: types.Position) -> int:
        return shown.offset(EditorPosition(position.line, position.character))


def _converter() -> Converter:
    """The converter of the client, which by itself would take an action with a command for the command alone."""
    converter: Converter = default_converter()  # type: ignore[no-untyped-call] # pygls says nothing of it
    converter.register_structure_hook(
        Union[types.Command, types.CodeAction],  # noqa: UP007 - it is looked up by this form
        lambda told, _: converter.structure(told, types.CodeAction if "edit" in told else types.Command),
    )
    return converter


def uri(path: Path) -> str:
    """The address of a file."""
    return from_fs_path(str(path)) or ""


def path_of(address: str) -> Path:
    """The file at an address."""
    return Path(to_fs_path(address) or "")


@contextmanager
def editing(
    *folders: Path,
    can: types.ClientCapabilities | None = None,
    units: str = "utf-16",
    command: Sequence[str] = (),
    settings: dict[str, object] | None = None,
) -> Iterator[Editor]:
    """An editor with folders open; the server ends well, and nothing went wrong in it."""
    editor = Editor(list(folders), can or full_capabilities(), units)
    editor.settings = settings or {}
    editor.start(*command)
    yield editor
    assert editor.stop() == 0
    assert editor.log == []
