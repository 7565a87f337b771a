"""The language server, spoken to over standard input and output by a client that knows nothing of it but the protocol."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.io_ import StdoutWriter

from kb.lint import lint
from kb.load import load
from kb.serving.server import PAUSE, Server
from tests.editor import editing, full_capabilities, path_of, uri

if TYPE_CHECKING:
    from pathlib import Path

    from tests.editor import Editor

FILES = {
    "kb.yaml": "title: Sky\nurl: https://sky.test/debate\nmain: [sky-is-blue]\n",
    "participants/ann.yaml": "name: Ann \N{GRINNING FACE}\n",
    "participants/bob.yaml": "name: Bob\n",
    "sources/letter.yaml": "title: A letter\npassages:\n  - {id: p1, by: ann}\n  - {id: p2, by: bob}\n  - {id: p3, by: ann}\n",
    "talk/sky-is-blue.yaml": "kind: claim\ntext: The sky is blue.\nsource: letter p1\nanswers: which-colour\n",
    "talk/it-is-grey.yaml": "\ufeffkind: objection\r\ntext: It is grey.\r\nsource: letter p2\r\nattacks: sky-is-blue\r\n",
    "talk/not-always.yaml": (
        "kind: reply\nnote: \N{GRINNING FACE}\nsource: letter p3\ntext: Not always.\n"
        "attacks: {note: '\N{GRINNING FACE}\N{GRINNING FACE}', to: it-is-grey}\n"
    ),
    "talk/which-colour.yaml": "kind: question\ntext: Which colour is it?\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A debate in a folder with a name that needs care."""
    folder = tmp_path / "my debate \N{SNOWMAN} (1)"
    for file, text in FILES.items():
        path = folder / "claims" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder


def talk(project: Path, name: str) -> Path:
    return project / f"claims/talk/{name}.yaml"


def clean(project: Path) -> list[str]:
    return [f"{f.file}: {f.message}" for f in lint(load(project / "claims"))]


# -- findings ------------------------------------------------------------------------------------------------------------


def test_findings_follow_the_typing_through_the_whole_debate(project: Path) -> None:
    grey = talk(project, "it-is-grey")
    with editing(project) as editor:
        editor.open(grey)
        text = FILES["talk/it-is-grey.yaml"]
        editor.write(grey, text.replace("sky-is-blue", "sky-is-bleu"))
        editor.sees({"it-is-grey.yaml": ["unknown-target"]})
        (found,) = editor.diagnostics[uri(grey)]
        assert found.range == types.Range(types.Position(3, 9), types.Position(3, 20))
        assert found.severity == types.DiagnosticSeverity.Error
        assert found.code_description == types.CodeDescription("https://sky.test/debate/rules/unknown-target.html")
        assert "did you mean `sky-is-blue`?" in found.message
        editor.write(grey, text, 3)
        editor.sees({})
        editor.open(talk(project, "sky-is-blue"), "kind: [half")
        editor.sees({"sky-is-blue.yaml": ["yaml-syntax"]})
        editor.close(talk(project, "sky-is-blue"))
        editor.sees({})


def test_a_new_file_counts_before_it_is_saved_and_not_once_it_is_thrown_away(project: Path) -> None:
    new = talk(project, "new-one")
    with editing(project) as editor:
        editor.open(new, "kind: claim\ntext: New.\nsupports: new-one\n")
        editor.wait(lambda: "self-relation" in editor.rules().get("new-one.yaml", []))
        editor.close(new)
        editor.sees({})


def test_what_others_save_is_looked_at_again(project: Path) -> None:
    with editing(project) as editor:
        editor.wait(lambda: editor.registered)
        assert editor.registered[0].method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        sky = talk(project, "sky-is-blue")
        sky.unlink()
        gone = types.FileEvent(uri(sky), types.FileChangeType.Deleted)
        editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([gone]))
        editor.wait(lambda: "unknown-target" in editor.rules().get("it-is-grey.yaml", []))
        sky.write_text(FILES["talk/sky-is-blue.yaml"])
        back = types.FileEvent(uri(sky), types.FileChangeType.Created)
        editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([back]))
        editor.sees({})


def test_places_that_matter_are_told_and_what_nobody_uses_is_faded(project: Path) -> None:
    with editing(project) as editor:
        editor.open(talk(project, "twice"), "id: it-is-grey\nkind: claim\ntext: Again.\n")
        editor.wait(lambda: "duplicate-id" in editor.rules().get("twice.yaml", []))
        (found,) = (d for d in editor.diagnostics[uri(talk(project, "twice"))] if d.code == "duplicate-id")
        assert found.related_information is not None
        assert found.related_information[0].location.uri == uri(talk(project, "it-is-grey"))
        editor.close(talk(project, "twice"))
        letter = project / "claims/sources/letter.yaml"
        editor.open(letter, FILES["sources/letter.yaml"] + "  - {id: p4, by: bob}\n")
        editor.wait(lambda: "unused-passage" in editor.rules().get("letter.yaml", []))
        (unused,) = (d for d in editor.diagnostics[uri(letter)] if d.code == "unused-passage")
        assert list(unused.tags or ()) == [types.DiagnosticTag.Unnecessary]


def test_an_editor_that_can_do_little_is_told_less(project: Path) -> None:
    with editing(project, can=types.ClientCapabilities()) as editor:
        editor.open(talk(project, "twice"), "id: it-is-grey\nkind: claim\ntext: Again.\n")
        editor.wait(lambda: "duplicate-id" in editor.rules().get("twice.yaml", []))
        assert all(d.related_information is None for d in editor.diagnostics[uri(talk(project, "twice"))])
        assert editor.registered == []
        where = editor.at(talk(project, "it-is-grey"), "attacks: ", "sky")
        with pytest.raises(JsonRpcException, match="do that in a file manager"):
            editor.run(editor.client.text_document_rename_async(types.RenameParams(*where, "heaven-is-blue")))
        actions = acts(editor, talk(project, "sky-is-blue"), "kind")
        assert not [a.title for a in actions if a.title.startswith("Add")]


# -- reading -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("units", "encoding", "size"), [("utf-16", "utf-16-le", 2), ("utf-8", "utf-8", 1), ("utf-32", "utf-32-le", 4)]
)
def test_columns_are_counted_in_the_units_agreed_on(project: Path, units: str, encoding: str, size: int) -> None:
    path = talk(project, "not-always")
    with editing(project, units=units) as editor:
        editor.open(path)
        where = editor.at(path, "to: ", "it-is")
        hover = editor.run(editor.client.text_document_hover_async(types.HoverParams(*where)))
        assert hover is not None
        assert isinstance(hover.contents, types.MarkupContent)
        assert "It is grey." in hover.contents.value
        before = "attacks: {note: '\N{GRINNING FACE}\N{GRINNING FACE}', to: "
        start = len(before.encode(encoding)) // size
        assert hover.range == types.Range(types.Position(4, start), types.Position(4, start + len("it-is-grey")))


def test_half_typed_files_are_answered_about(project: Path) -> None:
    path = talk(project, "not-always")
    with editing(project) as editor:
        editor.open(path)
        typed = FILES["talk/not-always.yaml"] + "supports: [sky-is-blue, {to: it\nanswers: wh"
        editor.write(path, typed)
        editor.wait(lambda: "yaml-syntax" in editor.rules().get("not-always.yaml", []))
        found = completed(editor, path, "answers: wh")
        assert [item.label for item in found.items] == ["which-colour"]
        item = found.items[0]
        assert item.detail == "question"
        assert isinstance(item.documentation, types.MarkupContent)
        assert item.documentation.value == "Which colour is it?"
        assert isinstance(item.text_edit, types.TextEdit)
        assert item.text_edit.range.start.character == len("answers: ")
        assert [i.label for i in completed(editor, path, "{to: it").items] == ["it-is-grey"]
        hover = editor.run(
            editor.client.text_document_hover_async(types.HoverParams(*editor.at(path, "supports: [sk")))
        )
        assert hover is not None
        own = editor.run(
            editor.client.text_document_references_async(
                types.ReferenceParams(types.ReferenceContext(include_declaration=True), *editor.at(path, "kin"))
            )
        )
        assert own is not None
        assert [path_of(found.uri).name for found in own] == ["not-always.yaml"]


def completed(editor: Editor, path: Path, before: str) -> types.CompletionList:
    where = editor.at(path, before)
    found = editor.run(editor.client.text_document_completion_async(types.CompletionParams(*where)))
    assert isinstance(found, types.CompletionList)
    return found


def test_names_lead_to_where_they_are_given_and_back(project: Path) -> None:
    path = talk(project, "it-is-grey")
    with editing(project) as editor:
        editor.open(
            path, FILES["talk/it-is-grey.yaml"].replace("attacks: sky-is-blue", "undercuts: not-always -> it-is-grey")
        )
        for before, file in {
            "undercuts: not": "not-always.yaml",
            "-> it": "it-is-grey.yaml",
            "source: le": "letter.yaml",
            "letter p": "letter.yaml",
        }.items():
            where = editor.at(path, before)
            found = editor.run(editor.client.text_document_definition_async(types.DefinitionParams(*where)))
            assert isinstance(found, types.Location)
            assert path_of(found.uri).name == file
        where = editor.at(path, "letter p")
        context = types.ReferenceContext(include_declaration=False)
        used = editor.run(editor.client.text_document_references_async(types.ReferenceParams(context, *where)))
        assert used is not None
        assert [path_of(found.uri).name for found in used] == ["it-is-grey.yaml"]


def test_files_and_debates_are_outlined_and_searched(project: Path) -> None:
    with editing(project) as editor:
        letter = types.TextDocumentIdentifier(uri(project / "claims/sources/letter.yaml"))
        outline = editor.run(editor.client.text_document_document_symbol_async(types.DocumentSymbolParams(letter)))
        assert outline is not None
        (source,) = outline
        assert isinstance(source, types.DocumentSymbol)
        assert [child.name for child in source.children or ()] == ["letter p1", "letter p2", "letter p3"]
        found = editor.run(editor.client.workspace_symbol_async(types.WorkspaceSymbolParams("grey")))
        assert [symbol.name for symbol in found or ()] == ["it-is-grey"]


def test_above_a_node_stands_how_it_fares_and_a_click_says_why(project: Path) -> None:
    path = talk(project, "sky-is-blue")
    with editing(project) as editor:
        editor.open(path)
        where = types.CodeLensParams(types.TextDocumentIdentifier(uri(path)))

        def line() -> types.CodeLens:
            (lens,) = editor.run(editor.client.text_document_code_lens_async(where)) or ()
            return editor.run(editor.client.code_lens_resolve_async(lens))

        said = line().command
        assert said is not None
        assert said.title == "stands: 1 objection"
        editor.open(
            talk(project, "not-always"), "kind: reply\ntext: Hm.\nsource: letter p3\nreplies_to: which-colour\n"
        )
        editor.wait(lambda: editor.refreshed)
        told = line().command
        assert told is not None
        assert told.title == "unanswered: 1 objection, 1 unanswered"
        why = types.ExecuteCommandParams(told.command, arguments=told.arguments)
        editor.run(editor.client.workspace_execute_command_async(why))
        editor.wait(lambda: editor.messages)
        assert "- it-is-grey (unanswered): It is grey." in editor.messages[0]


# -- changing ------------------------------------------------------------------------------------------------------------


def test_a_node_gets_another_name_everywhere_and_the_debate_stays_clean(project: Path) -> None:
    path = talk(project, "it-is-grey")
    before = clean(project)
    with editing(project) as editor:
        editor.open(path)
        where = editor.at(path, "attacks: sky")
        offered = editor.run(editor.client.text_document_prepare_rename_async(types.PrepareRenameParams(*where)))
        assert isinstance(offered, types.PrepareRenamePlaceholder)
        assert offered.placeholder == "sky-is-blue"
        edit = editor.run(editor.client.text_document_rename_async(types.RenameParams(*where, "heaven-is-blue")))
        assert edit is not None
        editor.apply(edit)
    assert not talk(project, "sky-is-blue").exists()
    renamed = talk(project, "heaven-is-blue").read_text()
    assert renamed == FILES["talk/sky-is-blue.yaml"] + "formerly: sky-is-blue\n", "its old address leads to the new one"
    assert path.read_bytes().decode() == FILES["talk/it-is-grey.yaml"].replace("sky-is-blue", "heaven-is-blue")
    assert clean(project) == before


def test_a_name_that_cannot_be_is_refused_in_a_line(project: Path) -> None:
    path = talk(project, "it-is-grey")
    with editing(project) as editor:
        for new, why in {"which-colour": "taken by claims/talk/which-colour.yaml", "No Id": "is no id"}.items():
            where = editor.at(path, "attacks: sky")
            with pytest.raises(JsonRpcException, match=why):
                editor.run(editor.client.text_document_rename_async(types.RenameParams(*where, new)))
        nowhere = editor.at(path, "text: It")
        assert editor.run(editor.client.text_document_prepare_rename_async(types.PrepareRenameParams(*nowhere))) is None


def test_whoever_renames_a_file_takes_its_name_along(project: Path) -> None:
    with editing(project) as editor:
        moved = types.FileRename(
            uri(project / "claims/participants/ann.yaml"), uri(project / "claims/participants/eve.yaml")
        )
        edit = editor.run(editor.client.workspace_will_rename_files_async(types.RenameFilesParams([moved])))
        assert edit is not None
        editor.apply(edit)
    letter = (project / "claims/sources/letter.yaml").read_text()
    assert letter == FILES["sources/letter.yaml"].replace("ann", "eve")


@pytest.mark.parametrize("can", [full_capabilities(), types.ClientCapabilities()], ids=["everything", "nothing"])
def test_files_of_two_debates_that_are_renamed_at_once_take_both_names_along(
    project: Path, tmp_path: Path, can: types.ClientCapabilities
) -> None:
    other = tmp_path / "other"
    shutil.copytree(project, other)
    with editing(project, other, can=can) as editor:
        moved = [
            types.FileRename(*(uri(root / f"claims/participants/{name}.yaml") for name in ("ann", "eve")))
            for root in (project, other)
        ]
        edit = editor.run(editor.client.workspace_will_rename_files_async(types.RenameFilesParams(moved)))
        assert edit is not None
        editor.apply(edit)
    for root in (project, other):
        letter = (root / "claims/sources/letter.yaml").read_text()
        assert letter == FILES["sources/letter.yaml"].replace("ann", "eve")


def acts(editor: Editor, path: Path, before: str, only: list[str] | None = None) -> list[types.CodeAction]:
    document, place = editor.at(path, before)
    context = types.CodeActionContext([], only=only)
    params = types.CodeActionParams(document, types.Range(place, place), context)
    found = editor.run(editor.client.text_document_code_action_async(params))
    return [action for action in found or () if isinstance(action, types.CodeAction)]


def test_a_finding_is_mended(project: Path) -> None:
    path = talk(project, "sky-is-blue")
    path.write_text("knid: claim\ntext: \N{GRINNING FACE} The sky is blue.\nsource: letter p1\nanswers: which-colour\n")
    with editing(project) as editor:
        editor.open(path)
        editor.wait(lambda: "unknown-field" in editor.rules().get("sky-is-blue.yaml", []))
        (fix,) = acts(editor, path, "kn", ["quickfix"])
        assert fix.is_preferred
        assert fix.edit is not None
        assert [found.code for found in fix.diagnostics or ()] == ["unknown-field"]
        editor.apply(fix.edit)
    assert path.read_text().startswith("kind: claim\n")


def test_a_finding_is_allowed_with_a_reason(project: Path) -> None:
    path = talk(project, "which-colour")
    path.write_text("kind: question\ntext: Which colour is it?\nqualifies: which-colour\n")
    with editing(project) as editor:
        editor.open(path)
        editor.wait(lambda: "self-relation" in editor.rules().get("which-colour.yaml", []))
        (allow,) = acts(editor, path, "qualifies: which", ["quickfix"])
        assert allow.title == "Allow `self-relation` here, and say why"
        assert allow.edit is not None
        editor.apply(allow.edit)
    assert path.read_text().endswith("allow:\n  self-relation: \n")
    path.write_text(path.read_text().replace("self-relation: ", "self-relation: a test"))
    assert [line for line in clean(project) if "which-colour" in line and "leads" in line] == []


def test_an_objection_is_begun_where_the_cursor_goes_on(project: Path) -> None:
    path = talk(project, "which-colour")
    with editing(project) as editor:
        found = {action.title: action for action in acts(editor, path, "kind", ["refactor"])}
        assert list(found) == [f"Add {what} to `which-colour`" for what in ("an objection", "a reply", "an answer")]
        answer = found["Add an answer to `which-colour`"]
        assert answer.edit is not None
        editor.apply(answer.edit)
        assert answer.command is not None
        go_on = types.ExecuteCommandParams(answer.command.command, arguments=answer.command.arguments)
        editor.run(editor.client.workspace_execute_command_async(go_on))
        editor.wait(lambda: editor.shown)
    new = talk(project, "answer-to-which-colour")
    assert new.read_text() == "kind: claim\ntext: >-\n  \nanswers: which-colour\n"
    assert editor.shown[0].uri == uri(new)
    assert editor.shown[0].selection == types.Range(types.Position(2, 2), types.Position(2, 2))


# -- several debates, none, and trouble ------------------------------------------------------------------------------------


def test_each_folder_has_its_debate_and_other_files_have_none(project: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / "claims/talk").mkdir(parents=True)
    (other / "claims/kb.yaml").write_text("title: Other\n")
    (other / "claims/talk/own.yaml").write_text("kind: claim\ntext: Own.\nsupports: sky-is-blue\n")
    stray = tmp_path / "stray.yaml"
    with editing(project, other, tmp_path) as editor:
        editor.wait(lambda: "unknown-target" in editor.rules().get("own.yaml", []))
        editor.open(stray, "kind: nonsense\n")
        where = types.HoverParams(*editor.at(stray, "ki"))
        assert editor.run(editor.client.text_document_hover_async(where)) is None
        assert uri(stray) not in editor.diagnostics
        gone = types.WorkspaceFolder(uri(other), "other")
        event = types.WorkspaceFoldersChangeEvent(added=[], removed=[gone])
        editor.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
        editor.wait(lambda: "own.yaml" not in editor.rules())
        event = types.WorkspaceFoldersChangeEvent(added=[gone], removed=[])
        editor.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
        editor.wait(lambda: "own.yaml" in editor.rules())


def test_a_file_opened_alone_brings_its_debate(project: Path) -> None:
    with editing() as editor:
        path = talk(project, "it-is-grey")
        editor.open(path, FILES["talk/it-is-grey.yaml"].replace("sky-is-blue", "nothing"))
        editor.sees({"it-is-grey.yaml": ["unknown-target"]})


def test_a_link_to_a_debate_is_the_debate(project: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(project)
    with editing(link) as editor:
        path = talk(link, "it-is-grey")
        editor.open(path, "kind: objection\ntext: x\nattacks: nothing\n")
        editor.wait(lambda: uri(path) in editor.diagnostics)
        assert [d.code for d in editor.diagnostics[uri(path)] if d.code == "unknown-target"]


def test_trouble_is_a_line_in_the_log_and_the_next_question_is_answered(project: Path) -> None:
    path = talk(project, "sky-is-blue")
    with editing(project) as editor:
        editor.run(
            editor.client.workspace_execute_command_async(types.ExecuteCommandParams("kb.why", arguments=["a:b", "c"]))
        )
        editor.write(path, "never opened")
        editor.wait(lambda: editor.log)
        assert all(line.startswith("kb lsp: ") and "\n" not in line for line in editor.log)
        editor.log.clear()
        editor.texts.clear()
        where = types.HoverParams(*editor.at(path, "letter p"))
        assert editor.run(editor.client.text_document_hover_async(where)) is not None


def test_an_editor_that_leaves_is_told_nothing_more(project: Path) -> None:
    with editing(project) as editor:
        editor.open(talk(project, "sky-is-blue"), "kind: [half")
        editor.leave()
        time.sleep(4 * PAUSE)
        assert editor.rules() == {}


def test_what_cannot_be_sent_is_a_line_and_not_sent_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    gone = io.BytesIO()
    gone.close()
    server = Server(tmp_path)
    server.protocol.set_writer(StdoutWriter(gone))
    server.log("Who is there?")
    assert [r.getMessage() for r in caplog.records if r.name.startswith("kb")] == ["I/O operation on closed file."]


def test_a_surrogate_that_stands_alone_is_a_finding(project: Path) -> None:
    path = talk(project, "sky-is-blue")
    with editing(project) as editor:
        editor.open(path, "kind: claim\ntext: \ud800\n")
        editor.wait(lambda: "encoding" in editor.rules().get("sky-is-blue.yaml", []))


def test_without_the_extra_it_says_in_a_line_what_to_install(tmp_path: Path) -> None:
    code = "import sys; sys.modules['pygls'] = None\nfrom kb.cli import main; main(['lsp'])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (run.returncode, run.stdout) == (2, "")
    assert (
        run.stderr == "kb: the language server needs the package pygls; `pip install 'argument-kb[lsp]'` installs it\n"
    )


def test_it_says_what_it_can(project: Path) -> None:
    with editing(project, units="utf-8") as editor:
        can = editor.result.capabilities
        assert can.position_encoding == types.PositionEncodingKind.Utf8
        assert can.rename_provider == types.RenameOptions(prepare_provider=True)
        assert can.execute_command_provider is not None
        assert set(can.execute_command_provider.commands) == {"kb.why", "kb.show"}
