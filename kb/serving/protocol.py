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
    from kb.editing.shown import Point, Shown
    from kb.editing.symbols import Found, Symbol
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


def position(point: Point) -> types.Position:
    """A place in a file."""
    return types.Position(point.line, point.column)


def stretch(shown: Shown, start: int, end: int) -> types.Range:
    """A stretch of a file between two of its characters."""
    return types.Range(position(shown.point(start)), position(shown.point(end)))


def spanned(shown: Shown, span: Span) -> types.Range:
    """A stretch of a file as the reader counts it."""
    return stretch(shown, *shown.text.range(span))


def location(desk: Desk, place: Place) -> types.Location:
    """A stretch of a named file."""
    return types.Location(desk.uri(place.file), spanned(desk.shown(place.file), place.span))


# -- findings ----------------------------------------------------------------------------------------------------------


def diagnostic(desk: Desk, finding: Finding, can: Client) -> types.Diagnostic:
    """A finding, with the page of its rule and the other places that matter."""
    page = Report((), lambda _file, _line: "", url=desk.debate.settings.url).manual(finding.rule)
    related = [
        types.DiagnosticRelatedInformation(types.Location(desk.uri(file), spanned(desk.shown(file), span)), what)
        for file, span, what in finding.related
    ]
    return types.Diagnostic(
        range=spanned(desk.shown(finding.file), finding.span),
        message=finding_text(finding),
        severity=_SEVERITIES[finding.severity],
        code=finding.rule,
        code_description=types.CodeDescription(page) if page else None,
        source="kb",
        tags=[types.DiagnosticTag.Unnecessary] if can.tags and finding.rule.startswith("unused-") else None,
        related_information=related if can.related and related else None,
    )


# -- edits -------------------------------------------------------------------------------------------------------------


def edited(desk: Desk, edits: Iterable[Edit], can: Client, renaming: Renaming | None = None) -> types.WorkspaceEdit:
    """Edits of files, and of the name of one."""
    by_file: dict[str, list[types.TextEdit]] = {}
    for place, text in edits:
        found = types.TextEdit(spanned(desk.shown(place.file), place.span), text)
        by_file.setdefault(place.file, []).append(found)
    if not can.versions:
        return types.WorkspaceEdit(changes={desk.uri(file): found for file, found in sorted(by_file.items())})
    changes: list[types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile] = [
        types.TextDocumentEdit(_identified(desk, file), found) for file, found in sorted(by_file.items())
    ]
    if renaming is not None and renaming.file is not None:
        old, new = map(desk.uri, renaming.file)
        changes.append(types.RenameFile(old, new, options=types.RenameFileOptions(overwrite=False)))
    return types.WorkspaceEdit(document_changes=changes)


def together(edits: Iterable[types.WorkspaceEdit], can: Client) -> types.WorkspaceEdit:
    """Edits of several debates as one."""
    found = list(edits)
    if not can.versions:
        return types.WorkspaceEdit(
            changes={uri: list(there) for one in found for uri, there in (one.changes or {}).items()}
        )
    return types.WorkspaceEdit(document_changes=[change for one in found for change in one.document_changes or ()])


def renamed(desk: Desk, renaming: Renaming, can: Client) -> types.WorkspaceEdit:
    """A name changed everywhere; an editor that cannot rename files is told to do that by itself."""
    if renaming.file is not None and not can.renames:
        message = f"this editor cannot rename {renaming.file[0]}, from which the name comes; do that in a file manager"
        raise KbError(message)
    return edited(desk, renaming.edits, can, renaming)


def _identified(desk: Desk, file: str) -> types.OptionalVersionedTextDocumentIdentifier:
    sheet = desk.sheets.get(file)
    version = sheet.version if sheet is not None else None
    return types.OptionalVersionedTextDocumentIdentifier(desk.uri(file), version)


def action(desk: Desk, action: Action, can: Client) -> types.CodeAction:
    """Something the tool can do, as an entry of a menu."""
    return types.CodeAction(
        title=action.title,
        kind=action.sort,
        diagnostics=[diagnostic(desk, action.finding, can)] if action.finding is not None else None,
        is_preferred=action.safe or None,
        edit=_created(desk, action) if action.file else edited(desk, action.edits, can),
        command=_continued(desk, action) if can.shows and action.file else None,
    )


def _created(desk: Desk, action: Action) -> types.WorkspaceEdit:
    """A new file with its text."""
    uri, top = desk.uri(action.file), types.Range(types.Position(0, 0), types.Position(0, 0))
    identified = types.OptionalVersionedTextDocumentIdentifier(uri, None)
    return types.WorkspaceEdit(
        document_changes=[
            types.CreateFile(uri, options=types.CreateFileOptions(overwrite=False)),
            types.TextDocumentEdit(identified, [types.TextEdit(top, action.content)]),
        ]
    )


def _continued(desk: Desk, action: Action) -> types.Command:
    """The cursor in a new file."""
    before = action.content[: action.cursor].split("\n")
    return types.Command("Go on writing", SHOW, arguments=[desk.uri(action.file), len(before) - 1, len(before[-1])])


# -- words -------------------------------------------------------------------------------------------------------------


def explained(shown: Shown, hover: Hover, can: Client) -> types.Hover:
    """An explanation of a word."""
    kind = types.MarkupKind.Markdown if can.markdown else types.MarkupKind.PlainText
    return types.Hover(types.MarkupContent(kind, hover.markdown), stretch(shown, hover.start, hover.end))


def offered(shown: Shown, choices: Choices) -> types.CompletionList:
    """Words to choose from, in our order: the editor asks again as more is typed, and leaves out none of them."""
    items = [_item(shown, choice, number) for number, choice in enumerate(choices.found)]
    return types.CompletionList(is_incomplete=choices.more, items=items)


def _item(shown: Shown, choice: Choice, number: int) -> types.CompletionItem:
    offer = choice.offer
    return types.CompletionItem(
        label=offer.word,
        kind=_ITEMS.get(offer.sort, types.CompletionItemKind.EnumMember),
        detail=offer.brief or None,
        documentation=types.MarkupContent(types.MarkupKind.PlainText, offer.text) if offer.text else None,
        sort_text=f"{number:04}",
        filter_text=f"{offer.word} {offer.brief} {offer.text}",
        text_edit=types.TextEdit(stretch(shown, choice.start, choice.end), choice.insert),
    )


# -- symbols -----------------------------------------------------------------------------------------------------------


def outline(shown: Shown, symbols: Sequence[Symbol]) -> list[types.DocumentSymbol]:
    """What a file is made of."""
    return [
        types.DocumentSymbol(
            name=symbol.name.id,
            detail=symbol.detail or None,
            kind=_SYMBOLS[symbol.name.sort],
            range=spanned(shown, symbol.whole),
            selection_range=spanned(shown, symbol.named),
            children=outline(shown, symbol.inside),
        )
        for symbol in symbols
    ]


def listed(desk: Desk, found: Found) -> types.WorkspaceSymbol:
    """Something of the debate that was looked for."""
    return types.WorkspaceSymbol(
        location(desk, found.place), found.name.id, _SYMBOLS[found.name.sort], container_name=found.label
    )
