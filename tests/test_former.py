"""Former ids: old addresses lead to the new one, old names are known and mended, and renaming writes them down."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import html5lib
import pytest
from click.testing import CliRunner

from kb.cli import main
from kb.editing import meanings, renaming
from kb.editing.names import Name
from kb.finding import KbError
from kb.lint import lint
from kb.load import load_texts
from kb.queries import lookup
from kb.reading.text import Text
from tests import sites
from tests.machines import built, entries, name_of

if TYPE_CHECKING:
    from pathlib import Path

RENAMED = {
    "claims/kb.yaml": "title: Sky\nurl: https://sky.example/\nmain: [blue]\n",
    "claims/participants/ann.yaml": "name: Ann\nformerly: anne\n",
    "claims/sources/letter.yaml": "title: A letter\nformerly: [note, mail]\npassages:\n- {id: p1, by: ann}\n",
    "claims/terms/hue.yaml": "term: hue\nformerly: colour\n",
    "claims/talk/blue.yaml": "kind: claim\ntext: It is blue.\nsource: letter p1\nformerly: azure\n",
    "claims/talk/why.yaml": "kind: claim\ntext: Air scatters.\nsupports: blue\nby: ann\nterms: hue\n",
    "claims/talk/no.yaml": "kind: objection\ntext: Not so.\nundercuts: why -> blue\n",
}


def test_an_old_address_leads_to_the_new_one() -> None:
    found = built(sites.gather(load_texts(RENAMED).debate))
    moved = {
        "nodes/azure": "blue",
        "sources/note": "letter",
        "sources/mail": "letter",
        "people/anne": "ann",
        "terms/colour": "hue",
    }
    for old, new in moved.items():
        page, folder = found[f"{old}.html"], old.partition("/")[0]
        assert f'<noscript><meta http-equiv="refresh" content="0; url={new}.html"></noscript>' in page
        assert f'<script src="../assets/moved.js" data-to="{new}.html"></script>' in page
        assert f'<link rel="canonical" href="https://sky.example/{folder}/{new}.html">' in page
        assert f'<p><a href="{new}.html" dir="auto">' in page
        assert f"{old}.html" not in found["sitemap.xml"]
        html5lib.HTMLParser(strict=True).parse(page)
    assert json.loads(found["nodes/blue.json"])["formerly"] == ["azure"]


def test_a_point_with_another_id_is_no_news() -> None:
    before = {**RENAMED, "claims/talk/azure.yaml": "kind: claim\ntext: It is blue.\nsource: letter p1\n"}
    del before["claims/talk/blue.yaml"]
    old, new = (entries(built(sites.gather(load_texts(texts).debate))["feed.xml"]) for texts in (before, RENAMED))
    assert name_of(old["It is blue."]) == name_of(new["It is blue."])


def test_an_old_address_that_is_in_use_stays_what_it_is() -> None:
    texts = {**RENAMED, "claims/talk/azure.yaml": "kind: claim\ntext: It is azure.\nformerly: azure\n"}
    loaded = load_texts(texts)
    assert [f.rule for f in lint(loaded) if f.severity == "error"] == ["former-id-in-use", "former-id-in-use"]
    assert "moved.js" not in built(sites.gather(loaded.debate))["nodes/azure.html"]


@pytest.mark.parametrize(
    ("file", "new", "old", "rule"),
    [
        ("claims/kb.yaml", "[blue]", "[azure]", "unknown-target"),
        ("claims/talk/why.yaml", "supports: blue", "supports: azure", "unknown-target"),
        ("claims/talk/why.yaml", "by: ann", "by: anne", "unknown-participant"),
        ("claims/talk/why.yaml", "terms: hue", "terms: colour", "unknown-term"),
        ("claims/talk/blue.yaml", "letter p1", "note p1", "unknown-source"),
        ("claims/talk/no.yaml", "why -> blue", "why -> azure", "unmatched-undercut"),
    ],
)
def test_an_old_name_is_known_and_mended(file: str, new: str, old: str, rule: str) -> None:
    texts = {**RENAMED, file: RENAMED[file].replace(new, old)}
    found = [f for f in lint(load_texts(texts)) if f.rule == rule]
    assert len(found) == 1
    assert " now" in (found[0].help or "")
    assert found[0].fix is not None
    assert found[0].fix.safe
    (edit,) = found[0].fix.edits
    written = Text(texts[file])
    start, end = written.range(edit.place.span)
    assert texts[file][:start] + edit.text + texts[file][end:] == RENAMED[file]


def test_who_asks_for_an_old_id_is_told_the_new_one() -> None:
    with pytest.raises(KbError, match="no node is called `azure` any more; it is called `blue` now"):
        lookup.find_node(load_texts(RENAMED).debate, "azure")


@pytest.mark.parametrize(
    ("written", "after"),
    [
        ("kind: claim\ntext: It is blue.\n", "kind: claim\ntext: It is blue.\nformerly: blue\n"),
        ("kind: claim\ntext: B.\nformerly: azure\n", "kind: claim\ntext: B.\nformerly: [azure, blue]\n"),
        (
            "kind: claim\ntext: B.\nformerly:\n- azure\n- b\ntags: x\n",
            "kind: claim\ntext: B.\nformerly: [azure, b, blue]\ntags: x\n",
        ),
        ("kind: claim\ntext: B.\nformerly: [x, sky]\n", "kind: claim\ntext: B.\nformerly: [x, blue]\n"),
        ("id: blue\nkind: claim\ntext: B.\n", "id: sky\nkind: claim\ntext: B.\nformerly: blue\n"),
        ("{kind: claim, text: B.}\n", "{kind: claim, text: B.}\n"),
    ],
)
def test_renaming_in_an_editor_keeps_the_old_id_of_what_is_published(written: str, after: str) -> None:
    texts = {"claims/kb.yaml": "title: Sky\nurl: https://sky.example/\n", "claims/talk/blue.yaml": written}
    name = Name(meanings.NODE, "blue")

    def renamed(texts: dict[str, str]) -> str:
        made = renaming.rename(load_texts(texts).debate, lambda file: Text(texts[file]), name, "sky")
        text = texts["claims/talk/blue.yaml"]
        for edit in sorted(made.edits, reverse=True):
            start, end = Text(texts["claims/talk/blue.yaml"]).range(edit.place.span)
            text = text[:start] + edit.text + text[end:]
        return text

    assert renamed(texts) == after
    unpublished = renamed({**texts, "claims/kb.yaml": "title: Sky\n"})
    assert unpublished == written.replace("id: blue", "id: sky")


def test_all_that_name_an_old_id_are_mended_together(tmp_path: Path) -> None:
    for file, text in RENAMED.items():
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            text.replace("supports: blue", "supports: azure").replace("why -> blue", "why -> azure"), "utf-8"
        )
    run = CliRunner().invoke(main, ["-C", str(tmp_path), "lint", "--fix"], catch_exceptions=False)
    assert "2 fixed" in run.output
    for file, text in RENAMED.items():
        assert (tmp_path / file).read_text("utf-8") == text
