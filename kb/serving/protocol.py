"""Answers as the protocol spells them: places, findings, edits, offers and symbols for an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types
from pygls.capabilities import get_capability

from kb.editing import meanings
from kb.finding import KbError
from kb.reporting.findings import Report, finding_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kb.editing.actions import Action
    from kb.editing.completion import Choice, Choices
    from kb.editing.hover import Hover
    from kb.editing.renaming import Renaming
    from kb.editing.shown import EditorPosition, EditorText
    from kb.editing.symbols import SearchHit, Symbol
    from kb.finding import Edit, Finding, Place, Span
    from kb.serving.desk import Desk

SHOW = "kb.show"
"""The command that puts the cursor where an editor goes on writing."""
_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}
_ITEMS = {
    meanings.NODE: types.CompletionItemKind.Reference,
    meanings.STEP: types.CompletionItemKind.Event,
    meanings.SOURCE: types.CompletionItemKind.File,
    meanings.PASSAGE: types.CompletionItemKind.Reference,
    meanings.PARTICIPANT: types.CompletionItemKind.Variable,
    meanings.TERM: types.CompletionItemKind.Text,
    meanings.SENSE: types.CompletionItemKind.Text,
    meanings.FOLDER: types.CompletionItemKind.Folder,
    meanings.RULE: types.CompletionItemKind.Constant,
    meanings.FIELD: types.CompletionItemKind.Field,
}
_SYMBOLS = {
    meanings.NODE: types.SymbolKind.String,
    meanings.SOURCE: types.SymbolKind.File,
    meanings.PASSAGE: types.SymbolKind.Key,
    meanings.PARTICIPANT: types.SymbolKind.Variable,
    meanings.TERM: types.SymbolKind.Class,
    meanings.SENSE: types.SymbolKind.EnumMember,
}


class Client(NamedTuple):
    """What an editor can do, of what makes a difference here."""

    markdown: bool
    related: bool
    tags: bool
    creates: bool
    renames: bool
    versions: bool
    shows: bool
    refreshes: bool
    watches: bool


def client(capabilities: types.ClientCapabilities) -> Client:
    """What an editor says it can do."""

    def can(what: str) -> bool:
        return bool(get_capability(capabilities, what, default=False))

    operations = get_capability(capabilities, "workspace.workspace_edit.resource_operations", ())
    versions = can("workspace.workspace_edit.document_changes")
    return Client(
        markdown=types.MarkupKind.Markdown in get_capability(capabilities, "text_document.hover.content_format", ()),
        related=can("text_document.publish_diagnostics.related_information"),
        tags=can("text_document.publish_diagnostics.tag_support"),
        creates=versions and types.ResourceOperationKind.Create in operations,
        renames=versions and types.ResourceOperationKind.Rename in operations,
        versions=versions,
        shows=can("window.show_document.support"),
        refreshes=can("workspace.code_lens.refresh_support"),
        watches=can("workspace.did_change_watched_files.dynamic_registration"),
    )


# -- places ------------------------------------------------------------------------------------------------------------


def position(point: EditorPosition) -> types.Position:
    """A place in a file."""
    return types.Position(point.line, point.column)


def offset_range(editor_text: EditorText, start: int, end: int) -> types.Range:
    """A stretch of a file between two of its characters."""
    return types.Range(position(editor_text.point(start)), position(editor_text.point(end)))


def span_range(editor_text: EditorText, span: Span) -> types.Range:
    """A stretch of a file as the reader counts it."""
    return offset_range(editor_text, *editor_text.text.range(span))


def location(desk: Desk, place: Place) -> types.Location:
    """A stretch of a named file."""
    return types.Location(desk.uri(place.file), span_range(desk.editor_text(place.file), place.span))


# -- findings ----------------------------------------------------------------------------------------------------------


def diagnostic(desk: Desk, finding: Finding, can: Client) -> types.Diagnostic:
    """A finding, with the page of its rule and the other places that matter."""
    page = Report((), lambda _file, _line: "", url=desk.debate.settings.url).manual(finding.rule)
    related = [
        types.DiagnosticRelatedInformation(
            types.Location(desk.uri(file), span_range(desk.editor_text(file), span)), what
        )
        for file, span, what in finding.related
    ]
    return types.Diagnostic(
        range=span_range(desk.editor_text(finding.file), finding.span),
        message=finding_text(finding),
        severity=_SEVERITIES[finding.severity],
        code=finding.rule,
        code_description=types.CodeDescription(page) if page else None,
        source="kb",
        tags=[types.DiagnosticTag.Unnecessary] if can.tags and finding.rule.startswith("unused-") else None,
        related_information=related if can.related and related else None,
    )


# -- edits -------------------------------------------------------------------------------------------------------------


def workspace_edit(
    desk: Desk, edits: Iterable[Edit], can: Client, renaming: Renaming | None = None
) -> types.WorkspaceEdit:
    """Edits of files, and of the name of one."""
    by_file: dict[str, list[types.TextEdit]] = {}
    for place, text in edits:
        text_edit = types.TextEdit(span_range(desk.editor_text(place.file), place.span), text)
        by_file.setdefault(place.file, []).append(text_edit)
    if not can.versions:
        return types.WorkspaceEdit(changes={desk.uri(file): found for file, found in sorted(by_file.items())})
    changes: list[types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile] = [
        types.TextDocumentEdit(_document_identifier(desk, file), found) for file, found in sorted(by_file.items())
    ]
    if renaming is not None and renaming.file is not None:
        old, new = map(desk.uri, renaming.file)
        changes.append(types.RenameFile(old, new, options=types.RenameFileOptions(overwrite=False)))
    return types.WorkspaceEdit(document_changes=changes)


def merge_edits(edits: Iterable[types.WorkspaceEdit], can: Client) -> types.WorkspaceEdit:
    """Edits of several debates as one."""
    all_edits = list(edits)
    if not can.versions:
        return types.WorkspaceEdit(
            changes={uri: list(text_edits) for edit in all_edits for uri, text_edits in (edit.changes or {}).items()}
        )
    return types.WorkspaceEdit(
        document_changes=[change for edit in all_edits for change in edit.document_changes or ()]
    )


def rename_edit(desk: Desk, renaming: Renaming, can: Client) -> types.WorkspaceEdit:
    """A name changed everywhere; an editor that cannot rename files is told to do that by itself."""
    if renaming.file is not None and not can.renames:
        message = f"this editor cannot rename {renaming.file[0]}, from which the name comes; do that in a file manager"
        raise KbError(message)
    return workspace_edit(desk, renaming.edits, can, renaming)


def _document_identifier(desk: Desk, file: str) -> types.OptionalVersionedTextDocumentIdentifier:
    sheet = desk.sheets.get(file)
    version = sheet.version if sheet is not None else None
    return types.OptionalVersionedTextDocumentIdentifier(desk.uri(file), version)


def code_action(desk: Desk, action: Action, can: Client) -> types.CodeAction:
    """Something the tool can do, as an entry of a menu."""
    return types.CodeAction(
        title=action.title,
        kind=action.sort,
        diagnostics=[diagnostic(desk, action.finding, can)] if action.finding is not None else None,
        is_preferred=action.safe or None,
        edit=_creation_edit(desk, action) if action.file else workspace_edit(desk, action.edits, can),
        command=_cursor_command(desk, action) if can.shows and action.file else None,
    )


def _creation_edit(desk: Desk, action: Action) -> types.WorkspaceEdit:
    """A new file with its text."""
    uri, top = desk.uri(action.file), types.Range(types.Position(0, 0), types.Position(0, 0))
    identified = types.OptionalVersionedTextDocumentIdentifier(uri, None)
    return types.WorkspaceEdit(
        document_changes=[
            types.CreateFile(uri, options=types.CreateFileOptions(overwrite=False)),
            types.TextDocumentEdit(identified, [types.TextEdit(top, action.content)]),
        ]
    )


def _cursor_command(desk: Desk, action: Action) -> types.Command:
    """The cursor in a new file."""
    before = action.content[: action.cursor].split("\n")
    return types.Command("Go on writing", SHOW, arguments=[desk.uri(action.file), len(before) - 1, len(before[-1])])


# -- words -------------------------------------------------------------------------------------------------------------


def hover_card(editor_text: EditorText, hover: Hover, can: Client) -> types.Hover:
    """An explanation of a word."""
    kind = types.MarkupKind.Markdown if can.markdown else types.MarkupKind.PlainText
    return types.Hover(types.MarkupContent(kind, hover.markdown), offset_range(editor_text, hover.start, hover.end))


def completion_list(editor_text: EditorText, choices: Choices) -> types.CompletionList:
    """Words to choose from, in our order: the editor asks again as more is typed, and leaves out none of them."""
    items = [_completion_item(editor_text, choice, number) for number, choice in enumerate(choices.best)]
    return types.CompletionList(is_incomplete=choices.more, items=items)


def _completion_item(editor_text: EditorText, choice: Choice, number: int) -> types.CompletionItem:
    offer = choice.offer
    return types.CompletionItem(
        label=offer.word,
        kind=_ITEMS.get(offer.sort, types.CompletionItemKind.EnumMember),
        detail=offer.brief or None,
        documentation=types.MarkupContent(types.MarkupKind.PlainText, offer.text) if offer.text else None,
        sort_text=f"{number:04}",
        filter_text=f"{offer.word} {offer.brief} {offer.text}",
        text_edit=types.TextEdit(offset_range(editor_text, choice.start, choice.end), choice.insert),
    )


# -- symbols -----------------------------------------------------------------------------------------------------------


def document_symbols(editor_text: EditorText, symbols: Sequence[Symbol]) -> list[types.DocumentSymbol]:
    """What a file is made of."""
    return [
        types.DocumentSymbol(
            name=symbol.name.id,
            detail=symbol.detail or None,
            kind=_SYMBOLS[symbol.name.sort],
            range=span_range(editor_text, symbol.whole),
            selection_range=span_range(editor_text, symbol.named),
            children=document_symbols(editor_text, symbol.inside),
        )
        for symbol in symbols
    ]


def workspace_symbol(desk: Desk, hit: SearchHit) -> types.WorkspaceSymbol:
    """Something of the debate that was looked for."""
    return types.WorkspaceSymbol(
        location(desk, hit.place), hit.name.id, _SYMBOLS[hit.name.sort], container_name=hit.label
    )
