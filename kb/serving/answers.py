"""What is answered to a question about a place in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types

from kb.editing import actions, completion, hover, lenses, meanings, names, renaming, symbols
from kb.editing.names import Name
from kb.editing.shown import EditorPosition
from kb.editing.words import word_at
from kb.finding import KbError
from kb.serving import protocol

if TYPE_CHECKING:
    from kb.debate import Debate
    from kb.editing.names import Piece
    from kb.editing.shown import EditorText
    from kb.finding import Finding
    from kb.serving.desk import Desk
    from kb.serving.protocol import Client

    Params = (
        types.TextDocumentPositionParams
        | types.CompletionParams
        | types.HoverParams
        | types.DefinitionParams
        | types.ReferenceParams
        | types.PrepareRenameParams
        | types.RenameParams
        | types.DocumentSymbolParams
        | types.CodeLensParams
        | types.CodeActionParams
    )


class Spot(NamedTuple):
    """A place in a file of a debate, and what the editor that asks about it can do."""

    desk: Desk
    file: str
    can: Client
    offset: int

    @property
    def debate(self) -> Debate:
        """The debate to answer from."""
        return self.desk.debate_for(self.file)

    @property
    def editor_text(self) -> EditorText:
        """The file as the editor shows it."""
        return self.desk.editor_text(self.file)

    @property
    def text(self) -> str:
        """What is written in it."""
        return self.editor_text.string

    @property
    def piece(self) -> Piece | None:
        """The name that stands here."""
        word = word_at(self.text, self.offset)
        return names.name_at(self.debate, self.file, word, self.offset) if word is not None else None


def spot(desk: Desk, file: str, params: Params, can: Client) -> Spot:
    """The place that a question is about; the top of a file if it is about all of it."""
    at = types.Position(0, 0)
    if isinstance(params, types.CodeActionParams):
        at = params.range.start
    elif not isinstance(params, types.DocumentSymbolParams | types.CodeLensParams):
        at = params.position
    return Spot(desk, file, can, desk.editor_text(file).offset(EditorPosition(at.line, at.character)))


def complete(spot: Spot, _params: types.CompletionParams) -> types.CompletionList:
    """What can be written here."""
    return protocol.completion_list(
        spot.editor_text, completion.complete(spot.debate, spot.file, spot.text, spot.offset)
    )


def explain(spot: Spot, _params: types.HoverParams) -> types.Hover | None:
    """What the word here says."""
    explanation = hover.hover(spot.debate, spot.file, spot.text, spot.offset)
    return protocol.hover_card(spot.editor_text, explanation, spot.can) if explanation is not None else None


def define(spot: Spot, _params: types.DefinitionParams) -> types.Location | None:
    """Where the name here is given."""
    piece = spot.piece
    place = names.definition(spot.debate, piece.name) if piece is not None else None
    return protocol.location(spot.desk, place) if place is not None else None


def find_references(spot: Spot, params: types.ReferenceParams) -> list[types.Location]:
    """Every place that names what is named here, or else the node that the cursor is in."""
    piece = spot.piece
    node = actions.node_at(spot.debate, spot.file, spot.text, spot.offset) if piece is None else None
    name = piece.name if piece is not None else Name(meanings.NODE, node.id) if node is not None else None
    if name is None:
        return []
    defined = names.definition(spot.debate, name) if params.context.include_declaration else None
    places = [mention.place for mention in names.occurrences_of(spot.debate, name)]
    return [protocol.location(spot.desk, place) for place in ([defined] if defined is not None else []) + places]


def outline(spot: Spot, _params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
    """What the file is made of."""
    return protocol.document_symbols(
        spot.editor_text, symbols.file_symbols(spot.debate, spot.editor_text.text, spot.file)
    )


def prepare_rename(spot: Spot, _params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    """The name here, if it can be another one."""
    piece = spot.piece
    if piece is None or not renaming.can_be_renamed(spot.debate, piece.name):
        return None
    return types.PrepareRenamePlaceholder(
        protocol.offset_range(spot.editor_text, piece.start, piece.end), spot.text[piece.start : piece.end]
    )


def rename(spot: Spot, params: types.RenameParams) -> types.WorkspaceEdit:
    """Call what is named here by another name, in all files."""
    piece = spot.piece
    if piece is None or not renaming.can_be_renamed(spot.debate, piece.name):
        message = "nothing is named here that could have another name"
        raise KbError(message)
    renamed = renaming.rename(spot.debate, spot.desk.text, piece.name, params.new_name)
    return protocol.rename_edit(spot.desk, renamed, spot.can)


def list_actions(spot: Spot, params: types.CodeActionParams) -> list[types.CodeAction]:
    """What can be done here."""
    findings = _findings(spot, params.range)
    text = spot.editor_text.text
    offered = [*actions.mending_actions(findings), *actions.accepting_actions(spot.debate, text, findings)]
    if spot.can.creates:
        offered += actions.adding_actions(spot.debate, spot.file, spot.text, spot.offset)
    wanted = params.context.only
    return [
        protocol.code_action(spot.desk, action, spot.can)
        for action in offered
        if wanted is None or any(f"{action.sort}.".startswith(f"{getattr(k, 'value', k)}.") for k in wanted)
    ]


def _findings(spot: Spot, stretch: types.Range) -> list[Finding]:
    """What was found in a stretch of the file."""
    end = spot.editor_text.offset(EditorPosition(stretch.end.line, stretch.end.character))
    placed = ((finding, spot.editor_text.text.range(finding.span)) for finding in spot.desk.findings_in(spot.file))
    return [finding for finding, (first, last) in placed if first <= end and spot.offset <= last]


def list_lenses(spot: Spot, _params: types.CodeLensParams) -> list[types.CodeLens]:
    """A line above each node, still without its words."""
    uri = spot.desk.uri(spot.file)
    return [
        types.CodeLens(protocol.span_range(spot.editor_text, lens.span), data=[uri, lens.node])
        for lens in lenses.lenses(spot.debate, spot.file)
    ]
