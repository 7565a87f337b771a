"""Reading YAML: the strict subset, the place of every word, and the same result with and without the C library."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import pytest
import yaml

from kb import discover
from kb.finding import Span
from kb.linting.manual import RULES
from kb.reading import source
from kb.reading.letters import MAX_BYTES
from kb.reading.source import MAX_DEPTH, parse, parse_bytes
from kb.reading.values import Mapping, Scalar, Sequence, Unread, Value

CLAIMS = Path(__file__).resolve().parent.parent / "claims"


def mapping(text: str) -> Mapping:
    """The one mapping of a text without faults."""
    documents, faults, _ = parse("x.yaml", textwrap.dedent(text))
    assert faults == ()
    (document,) = documents
    assert isinstance(document, Mapping)
    return document


def rules_of(text: str) -> list[tuple[str, int, int]]:
    return [(f.rule, f.span.line, f.span.column) for f in parse("x.yaml", textwrap.dedent(text)).faults]


def plain(value: Value) -> object:
    """A value with its places, for comparison."""
    if isinstance(value, Mapping):
        return value.span, [(k, value.keys[k].span, plain(v)) for k, v in value.values.items() if k in value.keys]
    if isinstance(value, Sequence):
        return value.span, [plain(item) for item in value.items]
    return value.span, (value.text, value.plain) if isinstance(value, Scalar) else None


# -- places ----------------------------------------------------------------------------------------------------


def test_keys_and_values_know_where_they_stand() -> None:
    found = mapping(
        """\
        kind: claim
        by:   "ada"
        """
    )
    assert found.keys["kind"].span == Span(1, 1, 1, 5)
    assert found.values["kind"].span == Span(1, 7, 1, 12)
    assert found.values["by"].span == Span(2, 7, 2, 12), "quotes belong to the span"


def test_items_of_block_and_flow_lists_know_where_they_stand() -> None:
    found = mapping(
        """\
        tags: [a, bc]
        supports:
          - x-y
          - to: z
        """
    )
    tags, supports = found.values["tags"], found.values["supports"]
    assert isinstance(tags, Sequence)
    assert isinstance(supports, Sequence)
    assert [item.span for item in tags.items] == [Span(1, 8, 1, 9), Span(1, 11, 1, 13)]
    assert supports.items[0].span == Span(3, 5, 3, 8)
    entry = supports.items[1]
    assert isinstance(entry, Mapping)
    assert entry.keys["to"].span == Span(4, 5, 4, 7)


def test_block_scalars_start_at_their_sign_and_are_folded() -> None:
    found = mapping(
        """\
        text: >-
          one
          two

          three
        note: |
          a
          b
        """
    )
    text, note = found.values["text"], found.values["note"]
    assert isinstance(text, Scalar)
    assert isinstance(note, Scalar)
    assert (text.text, text.line, text.column) == ("one two\nthree", 1, 7)
    assert (note.text, note.line, note.column) == ("a\nb\n", 6, 7)


def test_columns_count_letters_not_bytes() -> None:
    found = mapping("日本: ü x\n")
    assert found.keys["日本"].span == Span(1, 1, 1, 3)
    assert found.values["日本"].span == Span(1, 5, 1, 8)


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    text = "kind: claim\ntext: >-\n  one\n  two\nby: ada\n"
    expected = parse("x.yaml", text)
    windows = parse_bytes("x.yaml", b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert windows.faults == ()
    assert [plain(d) for d in windows.documents] == [plain(d) for d in expected.documents]


def test_several_documents_each_know_their_lines() -> None:
    documents, faults, _ = parse("x.yaml", "id: a\n---\nid: b\n---\nid: c\n")
    assert faults == ()
    assert [document.line for document in documents] == [1, 3, 5]


# -- words -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word", ["no", "yes", "on", "off", "2024-01-01", "1e3", "0x1F", "1_000", "12:30:00", ".5", "=", "true"]
)
def test_words_stay_what_was_written(word: str) -> None:
    value = mapping(f"a: {word}\n").values["a"]
    assert isinstance(value, Scalar)
    assert (value.text, value.plain) == (word, True)


@pytest.mark.parametrize(
    ("written", "nothing"), [("", True), ("~", True), ("null", True), ("'null'", False), ("''", False)]
)
def test_only_unquoted_null_is_nothing(written: str, nothing: bool) -> None:
    value = mapping(f"a: {written}\n").values["a"]
    assert isinstance(value, Scalar)
    assert value.is_null is nothing


# -- what the subset leaves out ----------------------------------------------------------------------------------


def test_anchors_aliases_tags_and_merge_keys_are_reported_where_they_stand_and_the_rest_is_read() -> None:
    text = """\
        a: &x one
        b: *x
        c: !!int 3
        <<: {d: e}
        f: g
        """
    assert rules_of(text) == [
        ("forbidden-yaml", 1, 4),
        ("forbidden-yaml", 2, 4),
        ("forbidden-yaml", 3, 4),
        ("forbidden-yaml", 4, 1),
    ]
    document = parse("x.yaml", textwrap.dedent(text)).documents[0]
    assert isinstance(document, Mapping)
    assert list(document.keys) == ["a", "b", "c", "f"]
    assert isinstance(document.values["b"], Unread)


def test_a_list_or_mapping_cannot_be_a_key() -> None:
    assert rules_of("? [a, b]\n: c\nd: e\n") == [("forbidden-yaml", 1, 3)]
    assert rules_of("? {a: b}\n: c\n") == [("forbidden-yaml", 1, 3)]


def test_an_alias_as_a_key_is_reported_once() -> None:
    assert rules_of("a: &x b\n*x : c\n") == [("forbidden-yaml", 1, 4), ("forbidden-yaml", 2, 1)]


def test_the_first_of_two_equal_keys_is_kept() -> None:
    parsed = parse("x.yaml", "a: 1\nb: 2\na: 3\n")
    (fault,) = parsed.faults
    assert (fault.rule, fault.span.line, fault.related[0][1].line) == ("duplicate-key", 3, 1)
    document = parsed.documents[0]
    assert isinstance(document, Mapping)
    assert plain(document.values["a"]) == (Span(1, 4, 1, 5), ("1", True))


def test_equal_keys_of_different_mappings_are_no_fault() -> None:
    assert rules_of("a: {id: 1}\nb: [{id: 2}, {id: 3}]\n") == []


# -- what is no YAML -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "helps"),
    [
        ("a: b: c\n", 1, "quotes"),
        ("a: [b, c\n\n\n", 1, ""),
        ('a: "b\n', 1, "ends"),
        ("a:\n  - b\n c: d\n", 3, "indent"),
        ("a: b\n\tc: d\n", 2, "spaces"),
        ("a: @b\n", 1, "quote"),
        ("a: b\n---\nc: %d: e\n", 3, ""),
    ],
)
def test_broken_yaml_points_at_the_line_and_helps(text: str, line: int, helps: str) -> None:
    (fault,) = parse("x.yaml", text).faults
    assert (fault.rule, fault.span.line) == ("yaml-syntax", line)
    assert "\n" not in fault.message
    assert helps in fault.help


def test_documents_before_a_broken_one_are_kept() -> None:
    parsed = parse("x.yaml", "id: a\n---\nid: b\ntext: c: d\n")
    assert [fault.rule for fault in parsed.faults] == ["yaml-syntax"]
    assert len(parsed.documents) == 1


def test_depth_is_capped_by_brackets_and_by_indentation() -> None:
    assert [r for r, _, _ in rules_of("a: " + "[" * 200_000)] == ["too-deep"]
    indented = "".join("  " * depth + "a:\n" for depth in range(MAX_DEPTH + 1))
    assert [r for r, _, _ in rules_of(indented)] == ["too-deep"]
    assert rules_of("a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)) == []


def test_size_is_capped() -> None:
    assert [f.rule for f in parse_bytes("x.yaml", b"#" * (MAX_BYTES + 1)).faults] == ["too-large"]
    assert parse_bytes("x.yaml", b"#" * MAX_BYTES).faults == ()


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b"a: caf\xe9\n", (1, 7)),
        (b"a: b\nc: \x00\n", (2, 4)),
        (b"\xef\xbb\xbfa\xff", (1, 2)),
        ("a: b".encode("utf-16"), (1, 1)),
        (b"a: \x1b[31m", (1, 4)),
        (b"a: \x7f", (1, 4)),
        ("x\ufeff\uffff".encode(), (1, 3)),
    ],
)
def test_what_is_no_text_is_reported_where_it_stands(raw: bytes, place: tuple[int, int]) -> None:
    parsed = parse_bytes("x.yaml", raw)
    (fault,) = parsed.faults
    assert (fault.rule, fault.span.line, fault.span.column) == ("encoding", *place)
    assert parsed.documents == ()


# -- without the C library ---------------------------------------------------------------------------------------


class SlowParser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
    """PyYAML's own Python parser, as the reader uses it where the C library is missing."""

    def __init__(self, stream: str) -> None:
        yaml.reader.Reader.__init__(self, stream)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)


def corpus() -> list[tuple[str, str]]:
    """All examples of all manuals, and the shipped debate."""
    texts = [(name, text) for name in discover.names(RULES) for text in _blocks(name)]
    return texts + [(path.name, path.read_text("utf-8")) for path in sorted(CLAIMS.rglob("*.yaml"))]


def _blocks(name: str) -> list[str]:
    manual = discover.module(RULES, name).__doc__ or ""
    return [textwrap.dedent(block) for block in manual.split(":\n\n")[1:] if block.startswith("    ")]


def test_pythons_parser_reads_the_same_values_at_the_same_places(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = corpus()
    assert len(texts) > 150
    expected = [parse(name, text) for name, text in texts]
    monkeypatch.setattr(source, "_Parser", SlowParser)
    for (name, text), fast in zip(texts, expected, strict=True):
        slow = parse(name, text)
        assert [f.rule for f in slow.faults] == [f.rule for f in fast.faults], text
        if not fast.faults:
            assert [plain(d) for d in slow.documents] == [plain(d) for d in fast.documents], text


def test_the_reader_says_whether_the_c_library_is_there() -> None:
    assert hasattr(yaml, "CLoader") == source.HAS_C_PARSER


def test_every_place_lies_inside_the_text() -> None:
    for name, text in corpus():
        lines = text.split("\n")
        for document in parse(name, text).documents:
            for span in _spans(document):
                assert (1, 1) <= (span.line, span.column) <= (span.end_line, span.end_column)
                assert span.line <= len(lines)
                assert span.column <= len(lines[span.line - 1]) + 1


def _spans(value: Value) -> list[Span]:
    found: list[Any] = [value.span]
    if isinstance(value, Mapping):
        for key, inner in value.values.items():
            found += [value.keys[key].span, *_spans(inner)] if key in value.keys else []
    elif isinstance(value, Sequence):
        for item in value.items:
            found += _spans(item)
    return found
