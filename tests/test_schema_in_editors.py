"""The schema in the hands of the YAML language server that most editors run: the newest, and one that knows draft 7 alone."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lsprotocol import types

from kb.editing import meanings
from kb.glosses import GLOSSES
from kb.linting.manual import find_rule
from kb.reading.decode import RELATION_FIELDS
from kb.schema import schema
from kb.vocabulary import KINDS
from tests.editor import editing, full_capabilities, uri
from tests.published import npm
from tests.test_decode import FULL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.editor import Editor

BAD = {
    "claims/kb.yaml": """\
title: Example
language: [de, en]    # Incorrect type
lint:
  profile: strict    # not accepted
  severity: {long-text: fatal}    # not accepted
main: Not An Id    # ids are lower-case words
expect: {other: good}    # not accepted
""",
    "claims/sources/letter.yaml": """\
title: A letter
url: javascript:x    # start with `https://`
attribution: maybe    # not accepted
passages:
  - id: p 1    # use letters, digits
  - by: x    # Missing property
""",
    "claims/participants/ada.yaml": "nmae: Ada    # Missing property + Property nmae is not allowed\nrole: author\n",
    "claims/terms/blue.yaml": "term: blue\nsenses:    # Missing property\n  id: wave\n",
    "claims/talk/topic.yaml": "title: Talk\norder: first    # Incorrect type\n",
    "claims/talk/node.yaml": """\
kind: clam    # not accepted
text: A text.
supports:
  - to: No Id    # give the id of a node
    strict: maybe    # Incorrect type
  - to: other
    part: true    # Property part is not allowed
color: red    # Property color is not allowed
certainty: sure    # not accepted
""",
    "claims/talk/thread.yaml": """\
id: whole
kind: question
text: Whole?
premises: [other]    # Property premises is not allowed
concedes: other    # Property concedes is not allowed
---
id: wordless    # Missing property
kind: claim
---
id: step
kind: argument
premises: [other]
supports: other
attacks: node    # Property attacks is not allowed
""",
}
"""Files with a comment on each line in which the editor has to mark something."""


def markers(text: str) -> list[tuple[int, str]]:
    """What the editor has to mark in a file: the line, and words of the message."""
    said = ((number, line.partition("    # ")[2]) for number, line in enumerate(text.splitlines()))
    return [(number, words) for number, all_words in said if all_words for words in all_words.split(" + ")]


def documented(language: str, number: int = 0) -> str:
    """A set-up from docs/editors.md: the first block in a language, or a later one."""
    text = (Path(__file__).parent.parent / "docs" / "editors.md").read_text("utf-8")
    return str(re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)[number])


SCHEMAS = json.loads(documented("json"))["yaml.schemas"]
"""As VS Code has it."""


def test_the_set_ups_say_the_same() -> None:
    helix = tomllib.loads(documented("toml"))
    assert helix["language-server"]["yaml-language-server"]["config"]["yaml"]["schemas"] == SCHEMAS
    client = json.loads(documented("json", 1))
    command = [client["glspc.server.command"], *client["glspc.server.commandArguments"]]
    assert (
        command == [helix["language-server"]["kb"]["command"], *helix["language-server"]["kb"]["args"]] == ["kb", "lsp"]
    )
    ((file, pattern),) = SCHEMAS.items()
    assert f"['{file}'] = '{pattern}'" in documented("lua", 1)
    assert f':{file} "{pattern}"' in documented("elisp", 1)


@contextmanager
def opened(folder: Path, server: str) -> Iterator[Editor]:
    """An editor with this server, which was told as the docs say which schema is for which files."""
    program = npm(f"{server}/bin/yaml-language-server")
    (folder / "claims.schema.json").write_text(json.dumps(schema()), encoding="utf-8")
    can = full_capabilities()
    assert can.workspace is not None
    can.workspace.configuration = can.workspace.workspace_folders = True
    settings: dict[str, object] = {"yaml": {"schemas": SCHEMAS}, "http": {}, "[yaml]": {}, "editor": {}, "files": {}}
    command = (shutil.which("node") or "node", program, "--stdio")
    with editing(folder, can=can, command=command, settings=settings) as editor:
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings))
        first = folder / "claims/talk/first.yaml"
        editor.open(first, "kind: clam\ntext: A.\n")
        editor.wait(lambda: agree(marked(editor, first), [(0, "not accepted")]))  # from now on it knows its settings
        yield editor


def marked(editor: Editor, path: Path) -> list[tuple[int, str]]:
    """What the editor shows in a file."""
    found = editor.diagnostics.get(uri(path), ())
    return sorted((diagnostic.range.start.line, str(diagnostic.message)) for diagnostic in found)


def agree(shown: list[tuple[int, str]], wanted: list[tuple[int, str]]) -> bool:
    """Whether exactly what should be marked is marked."""
    return [line for line, _ in shown] == [line for line, _ in wanted] and all(
        any(line == here and words in message for here, message in shown) for line, words in wanted
    )


@pytest.fixture(params=["yaml-language-server", "old-yaml-language-server"])
def editor(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Editor]:
    """An editor set up as the docs say, with one of the servers."""
    with opened(tmp_path, request.param) as found:
        yield found


def test_what_is_wrong_is_marked_where_it_stands_until_it_is_mended(editor: Editor, tmp_path: Path) -> None:
    for file, text in BAD.items():
        editor.open(tmp_path / file, text)
    editor.wait(lambda: all(agree(marked(editor, tmp_path / file), markers(text)) for file, text in BAD.items()))
    for file in BAD:
        editor.write(tmp_path / file, FULL.get(file, "kind: question\ntext: Which?\n"))
    editor.wait(lambda: not any(marked(editor, tmp_path / file) for file in BAD))


HOVERED = (
    ("claims/talk/other.yaml", "kind: cl", "aim"),
    ("claims/talk/node.yaml", "attr", "ibuted_to: ada"),
    ("claims/talk/node.yaml", "pre", "mises"),
    ("claims/talk/node.yaml", "str", "ict"),
    ("claims/talk/node.yaml", "sup", "ports"),
    ("claims/kb.yaml", "prof", "ile"),
    ("claims/sources/letter.yaml", "attr", "ibution"),
    ("claims/sources/letter.yaml", "sk", "ip"),
    ("claims/terms/blue.yaml", "see", "_also"),
)
ARGUMENT = "kind: argument\nattributed_to: ada\npremises: [third, role: other]\nsupports: {to: node, strict: true}\n"


def test_a_field_is_explained_in_the_words_of_the_one_table(editor: Editor, tmp_path: Path) -> None:
    files = {**FULL, "claims/talk/node.yaml": ARGUMENT}
    for file, before, after in HOVERED:
        editor.open(tmp_path / file, files[file])
        document, position = editor.at(tmp_path / file, before, after)
        found = editor.run(editor.client.text_document_hover_async(types.HoverParams(document, position)))
        assert found is not None
        assert isinstance(found.contents, types.MarkupContent)
        field = (before + after).partition(":")[0]
        told = [
            row[field] for (record, *_), row in GLOSSES.items() if record == meanings.record_in(file) and field in row
        ]
        assert any(gloss in found.contents.value for gloss in told), (field, found.contents.value)


def offered(editor: Editor, path: Path, text: str) -> dict[str, str]:
    """What is offered at `|`, each with its description."""
    editor.open(path, text.replace("|", ""))
    document, position = editor.at(path, text.partition("|")[0])
    found = editor.run(editor.client.text_document_completion_async(types.CompletionParams(document, position)))
    items = found.items if isinstance(found, types.CompletionList) else found or []
    said = {item.label: item.documentation for item in items}
    return {label: doc.value if isinstance(doc, types.MarkupContent) else doc or "" for label, doc in said.items()}


def test_words_and_fields_are_offered_with_what_they_say(editor: Editor, tmp_path: Path) -> None:
    talk = tmp_path / "claims/talk"
    assert offered(editor, talk / "kind.yaml", "kind: |\n") == {word.name: word.gloss for word in KINDS.values()}
    fields = offered(editor, talk / "fields.yaml", "kind: claim\ntext: A.\n|\n")
    assert {"supports", "source", "terms"} <= set(fields)
    assert not {"kind", "text", "passages"} & set(fields)
    assert fields["attributed_to"] == GLOSSES[("node",)]["attributed_to"]
    assert offered(editor, talk / "text.yaml", "kind: claim\ntext: |\n") == {}
    step = offered(editor, talk / "step.yaml", "kind: claim\ntext: A.\nsupports:\n  - to: a\n    |\n")
    assert set(step) == set(RELATION_FIELDS) - {"to", "part"}
    rules = offered(editor, tmp_path / "claims/kb.yaml", "title: A\nlint:\n  ignore:\n    - |\n")
    assert rules["long-text"] == find_rule("long-text").summary


def test_a_line_in_the_file_names_its_schema(editor: Editor, tmp_path: Path) -> None:
    path = tmp_path / "notes/term.yaml"
    path.parent.mkdir()
    (tmp_path / "notes/term.json").write_text(json.dumps(schema("term")), encoding="utf-8")
    editor.open(path, "# yaml-language-server: $schema=term.json\nterm: blue\ncolour: red\n")
    editor.wait(lambda: marked(editor, path) == [(2, "Property colour is not allowed.")])
