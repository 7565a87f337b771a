"""Loading: always what could be read, and findings for the rest; one broken file never hides the others."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from kb.finding import KbError
from kb.lint import lint
from kb.load import find_claims, load, load_texts
from kb.reading import source
from tests.test_source import SlowParser

if TYPE_CHECKING:
    from pathlib import Path

    from kb.load import Loaded

SKY = "kind: claim\ntext: The sky is blue.\n"


def texts(**more: str) -> dict[str, str]:
    """A debate with a title; names of files have `__` for `/`."""
    given = {f"claims/{name.replace('__', '/').replace('_', '-')}.yaml": text for name, text in more.items()}
    return {"claims/kb.yaml": "title: Example\n", **given}


def faults(loaded: Loaded) -> list[tuple[str, str, int]]:
    return [(f.rule, f.file, f.span.line) for f in loaded.faults]


# -- what a file is ----------------------------------------------------------------------------------------------


def test_folders_say_what_a_file_is_and_names_what_it_is_called() -> None:
    debate = load_texts(
        texts(
            talk__sky=SKY,
            talk__deep__sea=SKY,
            talk__topic="title: Talk\n",
            sources__letter="title: A letter\n",
            participants__ada="name: Ada\n",
            terms__blue="term: blue\n",
            alone=SKY,
        )
    ).debate
    assert {i: n.topic for i, n in debate.nodes.items()} == {"sky": "talk", "sea": "talk", "alone": ""}
    assert debate.topics["talk"].title == "Talk"
    assert (list(debate.sources), list(debate.participants), list(debate.terms)) == (["letter"], ["ada"], ["blue"])


def test_several_nodes_of_a_file_name_themselves() -> None:
    loaded = load_texts(texts(talk__many=f"id: a\n{SKY}---\nid: b\n{SKY}---\n{SKY}"))
    assert list(loaded.debate.nodes) == ["a", "b"]
    assert faults(loaded) == [("missing-field", "claims/talk/many.yaml", 9)]


def test_separators_around_nodes_are_no_nodes() -> None:
    loaded = load_texts(texts(talk__sky=f"---\nid: sky\n{SKY}...\n", talk__sea=f"---\nid: sea\n{SKY}---\n"))
    assert list(loaded.debate.nodes) == ["sea", "sky"]
    assert loaded.faults == ()


def test_a_second_record_in_a_file_of_one_is_reported() -> None:
    loaded = load_texts(texts(terms__blue="term: blue\n---\nterm: green\n"))
    assert faults(loaded) == [("wrong-type", "claims/terms/blue.yaml", 3)]
    assert list(loaded.debate.terms) == ["blue"]


@pytest.mark.parametrize("content", ["just words\n", "- a\n- b\n", "[]\n", "42\n"])
def test_a_file_that_is_no_mapping_is_reported(content: str) -> None:
    for path in ("talk__sky", "terms__blue", "talk__topic", "kb"):
        loaded = load_texts(texts(**{path: content}))
        assert [f.rule for f in loaded.faults] == ["wrong-type"]


@pytest.mark.parametrize("content", ["", "\n\n", "# a comment\n", "---\n", "---\n---\n", "null\n", "\ufeff"])
def test_a_file_that_holds_nothing_is_reported_once(content: str) -> None:
    loaded = load_texts(texts(talk__sky=content))
    assert faults(loaded) == [("empty-file", "claims/talk/sky.yaml", 1)]


# -- ids ---------------------------------------------------------------------------------------------------------


def test_the_first_to_use_an_id_keeps_it_whatever_the_order_of_reading() -> None:
    loaded = load_texts(texts(b__sky=SKY.replace("blue", "grey"), a__sky=SKY))
    assert loaded.debate.nodes["sky"].text == "The sky is blue."
    (fault,) = loaded.faults
    assert (fault.rule, fault.file) == ("duplicate-id", "claims/b/sky.yaml")
    assert fault.related[0][0] == "claims/a/sky.yaml"


@pytest.mark.parametrize(
    "name", ["Sky", "sky_blue", "sky--blue", "-sky", "himmel-blau-ü", "..", "<script>", "a" * 81, "a b", "sky.v2"]
)
def test_names_that_are_no_ids_are_reported_and_not_used(name: str) -> None:
    loaded = load_texts({"claims/kb.yaml": "title: x\n", f"claims/talk/{name}.yaml": SKY})
    assert [f.rule for f in loaded.faults] == ["malformed-id"]
    assert loaded.debate.nodes == {}


@pytest.mark.parametrize("name", ["a/b", "../x", "..", "A", "ä", "<script>", "a b", "'a\\tb'", "x" * 81, "'-'"])
def test_written_ids_are_held_to_the_same(name: str) -> None:
    loaded = load_texts(texts(talk__many=f"id: {name}\n{SKY}---\nid: b\n{SKY}"))
    assert [f.rule for f in loaded.faults] == ["malformed-id"]
    assert list(loaded.debate.nodes) == ["b"]


def test_the_file_that_is_called_so_keeps_an_id_and_the_copy_is_reported_once() -> None:
    copy = f"id: sky\n{SKY}".replace("blue", "grey")
    for name in ("talk__a_sky", "talk__sky_2"):
        loaded = load_texts(texts(talk__sky=SKY, **{name: copy}))
        assert loaded.debate.nodes["sky"].text == "The sky is blue."
        assert [(f.rule, f.file) for f in loaded.faults] == [
            ("duplicate-id", f"claims/{name.replace('__', '/').replace('_', '-')}.yaml")
        ]


def test_a_copy_that_lost_its_reasons_makes_no_other_file_wrong() -> None:
    step = "id: sea\n" + SKY + "supports: sky\n"
    denied = "kind: objection\ntext: No.\nundercuts: sea -> sky\n"
    copy = f"id: sea\n{SKY}"
    loaded = load_texts(texts(talk__sky=SKY, talk__all=f"{step}---\nid: b\n{SKY}", talk__a=copy, talk__no=denied))
    assert [f.rule for f in loaded.faults] == ["duplicate-id"]
    assert "unmatched-undercut" not in {finding.rule for finding in lint(loaded)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # everything before the fault is checked, and nothing is called missing
        ('kind: clam\ntext: "Open\nby: ada\n', [("unknown-kind", 1), ("yaml-syntax", 2)]),
        ("kind: claim\ncolour: x\ntext: a: b\n", [("unknown-field", 2), ("yaml-syntax", 3)]),
        ("kind: claim\nby: {a: b}\n title: x\n", [("yaml-syntax", 3)]),
        ("supports: [[a]]\nby:ada\ntext: x\n", [("wrong-type", 1), ("yaml-syntax", 2)]),
        ("id: a\nid: b\ntext: @x\nid: c\n", [("duplicate-key", 2), ("yaml-syntax", 3)]),
        # and so are the documents after it
        ('id: a\ntext: "x\n---\nid: b\nkind: clam\ntext: It is.\n', [("yaml-syntax", 2), ("unknown-kind", 5)]),
        (
            "text: @x\n---\nid: b\ntext: @y\n---\nid: c\ntext: Yes.\nkinds: claim\n",
            [("yaml-syntax", 1), ("yaml-syntax", 4), ("unknown-field", 8)],
        ),
        ("<<<<<<< a\nid: a\n---\nid: b\n=======\nid: c\n>>>>>>> b\n", [("yaml-syntax", 1)]),
        (
            "text: @x\n---\nid: b\nkind: claim\ntext: Yes.\n---\nkind: claim\ntext: No.\n",
            [("yaml-syntax", 1), ("missing-field", 7)],
        ),
    ],
)
@pytest.mark.parametrize("parser", ["ours", "python"])
def test_a_fault_in_a_file_does_not_hide_the_others(
    text: str, expected: list[tuple[str, int]], parser: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if parser == "python":
        monkeypatch.setattr(source, "_Parser", SlowParser)
    found = [(f.rule, f.span.line) for f in load_texts(texts(talk__many=text)).faults]
    assert sorted(found, key=lambda row: row[1]) == expected


def test_an_id_of_a_relation_is_unique_among_nodes_and_relations() -> None:
    loaded = load_texts(
        texts(
            talk__sky=SKY + "supports: [{to: sea, id: sea}, {to: air, id: step}]\n",
            talk__sea=SKY + "supports: {to: air, id: step}\n",
            talk__air=SKY,
        )
    )
    assert [f.rule for f in loaded.faults] == ["duplicate-id", "duplicate-id"]


# -- one broken file ---------------------------------------------------------------------------------------------

BROKEN = {
    "yaml-syntax": "kind: claim\ntext: a: b\n",
    "too-deep": "a: " + "[" * 30,
    "encoding": "text: \x00\n",
    "wrong-type": "- a\n",
    "empty-file": "",
    "unknown-field": "kind: claim\ntext: Broken.\ncolour: blue\n",
}


@pytest.mark.parametrize("rule", BROKEN)
def test_one_broken_file_gives_one_finding_and_hides_nothing(rule: str) -> None:
    """Others refer to the broken node, and it would be the only one to use a term, a passage and an answer."""
    loaded = load_texts(
        texts(
            talk__broken=BROKEN[rule],
            talk__sky=SKY + "supports: broken\n",
            talk__question="kind: question\ntext: Which?\n",
            talk__why="kind: objection\ntext: It need not be.\nundercuts: sky -> broken\n",
            terms__blue="term: blue\n",
            participants__ada="name: Ada\n",
            sources__letter="title: A letter\npassages: [{id: p1}]\n",
        )
    )
    found = lint(loaded)
    assert [f.rule for f in found] == [rule]
    assert {"sky", "question", "why"} <= loaded.debate.nodes.keys()


def test_what_a_broken_file_of_several_nodes_would_have_held_is_not_unknown() -> None:
    loaded = load_texts(
        texts(
            talk__many=f"id: a\n{SKY}---\nid: b\ntext: x: y\n---\nid: c\n{SKY.replace('blue', 'wide')}",
            talk__sky="kind: claim\ntext: Sky.\nsupports: [a, b, c]\n",
        )
    )
    assert [f.rule for f in lint(loaded)] == ["yaml-syntax"]
    assert "a" in loaded.debate.nodes


def test_a_source_that_lost_a_passage_has_no_unknown_ones() -> None:
    loaded = load_texts(
        texts(
            sources__letter="title: A letter\npassages:\n  - id: p1\n  - idd: p2\n",
            talk__sky=SKY + "source: letter p2\n",
        )
    )
    assert {f.rule for f in lint(loaded)} == {"unknown-field"}


# -- order -------------------------------------------------------------------------------------------------------


def test_the_order_of_files_changes_nothing() -> None:
    written = texts(
        talk__a=SKY + "supports: [b, nowhere]\n",
        talk__b=SKY + "supports: a\n",
        talk__c=SKY + "contradicts: a\nby: nobody\n",
        other__a=SKY,
        sources__letter="title: A letter\npassages: [{id: p1}]\n",
    )
    expected = load_texts(written)
    assert len(lint(expected)) >= 4
    for seed in range(5):
        items = list(written.items())
        random.Random(seed).shuffle(items)
        again = load_texts(dict(items))
        assert lint(again) == lint(expected)
        assert again.debate.nodes == expected.debate.nodes


# -- finding the debate ------------------------------------------------------------------------------------------


def test_the_debate_is_found_from_anywhere_below(tmp_path: Path) -> None:
    below = tmp_path / "claims" / "talk"
    below.mkdir(parents=True)
    (tmp_path / "claims" / "kb.yaml").write_text("title: x\n", "utf-8")
    assert find_claims(tmp_path) == find_claims(below) == find_claims(tmp_path / "claims") == tmp_path / "claims"


def test_the_folder_above_is_above(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    (inner / "claims").mkdir(parents=True)
    assert find_claims(inner) == inner / "claims"
    with pytest.raises(KbError, match="no claims/ folder"):
        find_claims(inner / "..")
    (tmp_path / "claims").mkdir()
    assert find_claims(inner / "..") == tmp_path / "claims"


def test_a_folder_of_another_name_is_a_debate_if_it_has_the_record(tmp_path: Path) -> None:
    (tmp_path / "kb.yaml").write_text("title: x\n", "utf-8")
    (tmp_path / "sky.yaml").write_text(SKY, "utf-8")
    loaded = load(find_claims(tmp_path))
    assert loaded.faults == ()
    assert list(loaded.debate.nodes) == ["sky"]


def test_no_debate_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(KbError, match="no claims/ folder"):
        find_claims(tmp_path)
    with pytest.raises(KbError, match="there is no folder"):
        find_claims(tmp_path / "nowhere")


def test_lines_for_excerpts_come_from_the_files(tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    path = tmp_path / "claims" / "sky.yaml"
    path.write_bytes("\ufeffkind: claim\r\ntext: Ä\n".encode())
    loaded = load(tmp_path / "claims")
    assert [loaded.line("claims/sky.yaml", n) for n in (0, 1, 2, 9)] == ["", "kind: claim", "text: Ä", ""]
    assert loaded.line("claims/nowhere.yaml", 1) == ""
    assert loaded.line("claims/sky.yaml", 1) is loaded.line("claims/sky.yaml", 1), "a file is taken apart once"
