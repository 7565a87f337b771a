"""Fixes: they do what the manual promises, lose nothing, touch nothing else, and a second run finds nothing to mend."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.finding import Edit, Finding, Fix, Place, Span
from kb.fixing.diff import diff
from kb.fixing.rounds import Checked, mend
from kb.fixing.splice import compatible_findings, splice
from kb.lint import lint
from kb.linting.choice import RuleSelection, choose
from kb.linting.manual import find_rule
from kb.load import Loaded, load_texts
from kb.reading.layout import REMARKS
from kb.reading.source import parse_bytes
from kb.reading.values import Mapping, Scalar, Sequence
from kb.suggest import likely_word
from tests import examples, untidy
from tests.test_rules import NAMES, blocks, with_rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from collections.abc import Mapping as Dictionary
    from pathlib import Path

    from kb.linting.choice import Severities
    from kb.reading.values import Value

Files = dict[str, bytes]
PEDANTIC = RuleSelection(profile="pedantic")


def read(files: Dictionary[str, bytes]) -> Loaded:
    return load_texts({path: raw.decode() for path, raw in files.items()})


def checker(chosen: Callable[[Loaded], Severities]) -> Callable[[Dictionary[str, bytes]], Checked]:
    def check(files: Dictionary[str, bytes]) -> Checked:
        loaded = read(files)
        found = lint(loaded, chosen(loaded))
        return Checked(found, found, loaded.debate.rejected)

    return check


PEDANTICALLY = checker(lambda loaded: choose(loaded.debate.settings.lint, PEDANTIC))


def mended(files: Files, *, unsafe: bool = False) -> Files:
    return {**files, **mend(files, PEDANTICALLY, unsafe=unsafe).files}


def of_node(text: str, *, unsafe: bool = False) -> str:
    """A node in a file of its own, mended."""
    path = "claims/talk/sky-is-blue.yaml"
    others = "id: why-blue\nkind: question\ntext: Why?\n---\nid: sea-is-blue\nkind: claim\ntext: The sea is.\n"
    files = {"claims/kb.yaml": b"title: Talk\n", "claims/talk/more.yaml": others.encode(), path: text.encode()}
    return mended(files, unsafe=unsafe)[path].decode()


# -- the manual --------------------------------------------------------------------------------------------------


def on_disk(root: Path, example: str) -> Files:
    """An example as files, without the markers of its findings."""
    examples.write(root, example)
    return {
        path.relative_to(root).as_posix(): examples.MARKER.sub("", path.read_bytes().decode()).encode()
        for path in sorted((root / "claims").rglob("*.yaml"))
    }


@pytest.mark.parametrize("name", [name for name in NAMES if find_rule(name).fix])
def test_mending_a_bad_example_gives_a_good_one_byte_for_byte(name: str, tmp_path: Path) -> None:
    unsafe = find_rule(name).fix != "safe"
    check = checker(lambda loaded: with_rule(name, loaded))
    good = [on_disk(tmp_path / f"good{number}", text) for number, text in enumerate(blocks(name, "Good"))]
    results = []
    for number, text in enumerate(blocks(name, "Bad")):
        files = on_disk(tmp_path / f"bad{number}", text)
        results.append({**files, **mend(files, check, unsafe=unsafe).files})
    assert [result for result in results if result in good]


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_says_truly_whether_the_tool_can_mend_what_it_finds(name: str, tmp_path: Path) -> None:
    for number, text in enumerate(blocks(name, "Bad")):
        loaded, _ = examples.read(tmp_path / str(number), text)
        fixes = [f.fix for f in lint(loaded, with_rule(name, loaded)) if f.rule == name and f.fix]
        allowed = {None: set(), "safe": {True}, "unsafe": {False}, "sometimes": {True, False}}[find_rule(name).fix]
        assert {fix.safe for fix in fixes} <= allowed


# -- what is mended, and how -------------------------------------------------------------------------------------

SAFE = {
    "a field": ("kind: claim\ntxet: Blue.\n", "kind: claim\ntext: Blue.\n"),
    "a kind in quotes": ("kind: 'clam'\ntext: Blue.\n", "kind: claim\ntext: Blue.\n"),
    "a target": (
        "kind: claim\ntext: Blue.\nsupports: sea-is-bleu\n",
        "kind: claim\ntext: Blue.\nsupports: sea-is-blue\n",
    ),
    "a target in a mapping": (
        "kind: claim\ntext: Blue.\nsupports:\n  - {to: sea-is-bleu, note: x}  # why\n",
        "kind: claim\ntext: Blue.\nsupports:\n  - {to: sea-is-blue, note: x}  # why\n",
    ),
    "a list of one": ("kind: claim\ntext: [ Blue. ]  # so\n", "kind: claim\ntext: Blue.  # so\n"),
    "a flag in quotes": (
        "kind: claim\ntext: Blue.\nstands_alone: 'true'\n",
        "kind: claim\ntext: Blue.\nstands_alone: true\n",
    ),
    "a stale entry of several": (
        "kind: claim\ntext: Blue.\nallow: {self-relation: a, straw-man: b}\n",
        "kind: claim\ntext: Blue.\n",
    ),
    "a comment behind what goes": (
        "kind: claim\ntext: Blue.\nallow:\n  self-relation: a  # kept\n  unreachable-node: b\n",
        "kind: claim\ntext: Blue.\nallow:\n  # kept\n  unreachable-node: b\n",
    ),
    "an item of a list": (
        "kind: claim\ntext: Blue.\ntags:\n  - a\n  # b\n  - a\n",
        "kind: claim\ntext: Blue.\ntags:\n  - a\n  # b\n",
    ),
    "an item in brackets": ("kind: claim\ntext: Blue.\ntags: [a, b, a]\n", "kind: claim\ntext: Blue.\ntags: [a, b]\n"),
    "the order, with comments and blank lines": (
        "# about it\ntext: Blue.\n\n# what it is\nkind: claim\ntags:\n  - a\n  # - b\ntitle: x",
        "# about it\n\n# what it is\nkind: claim\ntitle: x\ntext: Blue.\ntags:\n  - a\n  # - b\n",
    ),
    "spaces and the last line": (
        "kind: claim \ntext: >-\n  Blue.  \n  Sky.",
        "kind: claim\ntext: >-\n  Blue.  \n  Sky.\n",
    ),
    "line ends of Windows": ("text: Blue.\r\nkind: claim ", "kind: claim\r\ntext: Blue.\r\n"),
}


@pytest.mark.parametrize("what", SAFE)
def test_what_is_safe_is_mended(what: str) -> None:
    before, after = SAFE[what]
    assert of_node(before) == after
    assert of_node("\ufeff" + before) == "\ufeff" + after, "a byte order mark stays, and moves nothing"


UNSAFE = {
    "a word that stands for another": ("kind: thesis\ntext: Blue.\n", "kind: claim\ntext: Blue.\n"),
    "an id that is none": ("id: heaven\nkind: claim\ntext: Blue.\n", "kind: claim\ntext: Blue.\n"),
    "an empty field": ("kind: claim\ntext: Blue.\ntags: []\n", "kind: claim\ntext: Blue.\n"),
    "a field nobody reads": (
        "kind: claim\ntext: Blue.\ncolour: |\n  deep\n  # blue\nmood:\n    - good  # very\n",
        "kind: claim\ntext: Blue.\ndata:\n  colour: |\n    deep\n    # blue\n  mood:\n      - good  # very\n",
    ),
    "one in brackets": (
        "kind: claim\ntext: Blue.\nsupports: {to: sea-is-blue, zeal: [much]}\n",
        "kind: claim\ntext: Blue.\nsupports: {to: sea-is-blue, data: {zeal: [much]}}\n",
    ),
}


@pytest.mark.parametrize("what", UNSAFE)
def test_what_is_not_safe_waits_to_be_asked_for(what: str) -> None:
    before, after = UNSAFE[what]
    assert of_node(before) == before
    assert of_node(before, unsafe=True) == after


LEFT = {
    "a field that is there already": "kind: claim\ntext: Blue.\ntitel: a\ntitle: b\n",
    "a relation the other way round": "kind: claim\ntext: Blue.\nattacked_by: sea-is-blue\n",
    "a comment inside what would go": "kind: claim\ntext: Blue.\nallow:\n  # why we say so\n  self-relation: a\n",
    "an order that blank lines depend on": "text: |+\n  Blue.\n\nkind: claim\n",
}


@pytest.mark.parametrize("what", LEFT)
def test_what_could_do_harm_is_left(what: str) -> None:
    assert of_node(LEFT[what], unsafe=what != "a field that is there already") in {LEFT[what], *KEPT_APART}


KEPT_APART = {"kind: claim\ntext: Blue.\ndata:\n  attacked_by: sea-is-blue\n"}
"""A field nobody reads may go under `data`, but never becomes a relation that was not meant."""


@pytest.mark.parametrize(
    ("word", "known", "meant", "sure"),
    [
        ("titel", ["title", "text"], "title", True),
        ("Sky_Is Blue", ["sky-is-blue", "sea-is-blue"], "sky-is-blue", True),
        ("sky-is-bleu", ["sky-is-blue", "sky-is-blew"], "sky-is-blue", False),
        ("agents-can-now-plan", ["agents-can-not-plan"], "agents-can-not-plan", False),
        ("amoral-acts", ["moral-acts"], "moral-acts", False),
        ("because", ["supports"], "supports", False),
        ("p12", ["p1", "p13"], None, False),
        ("section-4", ["section-5"], None, False),
        ("attacked_by", ["attacks"], None, False),
        ("weather", ["climate"], None, False),
    ],
)
def test_a_word_is_sure_only_if_no_other_can_be_meant(
    word: str, known: list[str], meant: str | None, *, sure: bool
) -> None:
    found = likely_word(word, known)
    assert (found and found.word, bool(found and found.sure)) == (meant, sure)


# -- rounds ------------------------------------------------------------------------------------------------------

A = "claims/a.yaml"


def finding(start: int, end: int, text: str, *, column: str = "error", safe: bool = True) -> Finding:
    """A finding on the first line whose fix replaces a stretch by a text."""
    span = Span(1, start + 1, 1, end + 1)
    fix = Fix("x", (Edit(Place(A, span), text),), safe)
    return Finding(A, span, "rule", f"{start} {text}", column, fix=fix)


def test_of_fixes_that_meet_the_first_is_made() -> None:
    first, meets, apart, same = finding(0, 3, "a"), finding(2, 5, "b"), finding(3, 4, "c"), finding(3, 3, "d")
    assert compatible_findings([first, meets, apart, same]) == [first, apart]
    assert splice({A: b"0123456"}, [f.fix for f in (first, apart) if f.fix]) == {A: b"ac456"}


def words(found: Callable[[str], list[Finding]]) -> Callable[[Dictionary[str, bytes]], Checked]:
    """A linter of one line."""

    def check(files: Dictionary[str, bytes]) -> Checked:
        findings = tuple(found(files[A].decode()))
        return Checked(findings, findings)

    return check


def test_what_one_fix_uncovers_the_next_round_mends() -> None:
    check = words(lambda text: [finding(0, 1, chr(ord(text[0]) + 1))] if text[0] < "e" else [])
    made = mend({A: b"a"}, check)
    assert (made.files, len(made.fixed), made.left.findings) == ({A: b"e"}, 4, ())


def test_fixes_that_undo_each_other_come_to_an_end() -> None:
    made = mend({A: b"a"}, words(lambda text: [finding(0, 1, "b" if text == "a" else "a")]))
    assert made.left.findings


def test_a_fix_that_brings_an_error_is_taken_back_and_the_others_are_kept() -> None:
    def found(text: str) -> list[Finding]:
        todo = [finding(i, i + 1, text[i].upper(), column="warning") for i in range(len(text)) if text[i].islower()]
        return [*todo, *([finding(0, 0, "", safe=False)] if "C" in text else [])]

    made = mend({A: b"abcdefg"}, words(found))
    assert made.files == {A: b"ABcDEFG"}
    assert [f.span.column for f in made.refused] == [3]
    assert len(made.fixed) == 6


def test_a_debate_in_which_a_misspelt_field_hides_a_wrong_target_is_mended_all_the_same() -> None:
    files = {"claims/kb.yaml": b"title: x\n", "claims/t/a.yaml": b"kind: claim\ntext: A.\nsuports: nowhere\n"}
    made = mend(files, PEDANTICALLY)
    assert made.files["claims/t/a.yaml"].endswith(b"\nsupports: nowhere\n")
    assert {f.rule for f in made.left.findings if f.severity == "error"} == {"unknown-target"}


def test_a_respelling_that_would_close_a_circle_is_not_made() -> None:
    thread = (
        "id: sky-is-blue\nkind: claim\ntext: A.\nsupports: light-scatters\n---\n"
        "id: light-scatters\nkind: claim\ntext: B.\nsupports: sky-is-bleu\n"
    )
    made = mend({"claims/kb.yaml": b"title: x\n", "claims/t/thread.yaml": thread.encode()}, PEDANTICALLY)
    assert (made.files, [f.rule for f in made.refused]) == ({}, ["unknown-target"])


# -- the patch ---------------------------------------------------------------------------------------------------


def test_a_patch_keeps_line_ends_and_says_where_the_last_is_missing() -> None:
    assert diff({A: b"a\r\nb"}, {A: b"a\r\nc\n"}, lambda path: path.removeprefix("claims/")) == (
        "--- a/a.yaml\n+++ b/a.yaml\n@@ -1,2 +1,2 @@\n a\r\n-b\n\\ No newline at end of file\n+c\n"
    )


# -- any debate --------------------------------------------------------------------------------------------------

REMARK = re.compile(r"remark\d+x")


def said(value: Value) -> Iterator[str]:
    if isinstance(value, Scalar):
        yield value.text
    elif isinstance(value, Sequence):
        for item in value.items:
            yield from said(item)
    elif isinstance(value, Mapping):
        for name, inner in value.values.items():
            yield name
            yield from said(inner)


def comments(files: Files) -> tuple[Counter[str], Counter[str]]:
    """The comments in files: all of them, and those that are part of a text, as lines below a text can be."""
    everywhere: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for path, raw in files.items():
        everywhere.update(REMARK.findall(raw.decode()))
        for document in parse_bytes(path, raw).documents:
            inside.update(remark for text in said(document) for remark in REMARK.findall(text))
    return everywhere, inside


DEBATES = st.randoms(use_true_random=False).map(untidy.files)


@settings(max_examples=150, deadline=None)
@given(DEBATES, st.booleans())
def test_no_comment_is_lost_and_mending_twice_is_mending_once(files: Files, unsafe: bool) -> None:
    before = comments(files)
    after = mended(files, unsafe=unsafe)
    assert comments(after) == before
    assert mended(after, unsafe=unsafe) == after


@settings(max_examples=150, deadline=None)
@given(DEBATES, st.booleans())
def test_there_are_no_more_errors_and_sound_nodes_say_what_they_said(files: Files, unsafe: bool) -> None:
    check, was = PEDANTICALLY(files), read(files).debate
    made = mend(files, PEDANTICALLY, unsafe=unsafe)
    now = read({**files, **made.files}).debate
    concerned = {f.node for f in (*made.fixed, *check.findings) if f.fix and f.rule not in REMARKS}
    kept = was.nodes.keys() - concerned - was.rejected
    assert {name: now.nodes.get(name) for name in kept} == {name: was.nodes[name] for name in kept}
    new = Counter(f.rule for f in made.left.findings if f.severity == "error" and f.node not in was.rejected)
    assert new <= Counter(f.rule for f in check.findings if f.severity == "error")


@settings(max_examples=150, deadline=None)
@given(DEBATES)
def test_putting_a_file_in_order_changes_nothing_that_it_says(files: Files) -> None:
    layout = checker(lambda _: dict.fromkeys(REMARKS, "info"))
    after = {**files, **mend(files, layout).files}
    was, now = read(files).debate, read(after).debate
    assert (now.nodes, now.settings, now.rejected) == (was.nodes, was.settings, was.rejected)
    for path, raw in files.items():
        assert after[path].startswith(b"\xef\xbb\xbf") == raw.startswith(b"\xef\xbb\xbf")
        assert (b"\r\n" in after[path]) == (b"\r\n" in raw)
        assert not re.search(rb"(?<!\r)\n", after[path]) or b"\r\n" not in raw, "one kind of line end"


@settings(max_examples=100, deadline=None)
@given(DEBATES)
def test_a_fix_touches_its_edits_and_nothing_else(files: Files) -> None:
    for found in PEDANTICALLY(files).findings:
        for edit in found.fix.edits if found.fix else ():
            (raw,) = splice(files, [Fix("x", (edit,))]).values()
            before, after = raw_around(files[edit.place.file], edit.place.span)
            assert raw == before + edit.text.encode() + after


def raw_around(raw: bytes, span: Span) -> tuple[bytes, bytes]:
    """The text before and after a stretch, found by counting lines."""
    lines = raw.decode().splitlines(keepends=True)
    mark = len(lines[0]) - len(lines[0].removeprefix("\ufeff"))

    def until(line: int, column: int) -> int:
        return sum(len(text) for text in lines[: line - 1]) + column - 1 + (mark if line == 1 else 0)

    text = raw.decode()
    return text[: until(*span[:2])].encode(), text[until(*span[2:]) :].encode()
