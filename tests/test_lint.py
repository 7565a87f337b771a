"""The linter and its two commands: what is printed, in which order, with which exit code."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from kb import discover
from kb.cli import main
from kb.finding import KbError
from kb.lint import lint
from kb.linting.manual import RULES, find_rule, rules
from kb.load import load, load_texts
from tests.conftest import read

if TYPE_CHECKING:
    from collections.abc import Iterator

KEYS = {
    "rule",
    "severity",
    "message",
    "help",
    "file",
    "line",
    "column",
    "end_line",
    "end_column",
    "node",
    "related",
    "fix",
}
BROKEN = {
    "kb.yaml": "title: Example\n",
    "talk/a.yaml": "kind: claim\ntext: One.\nsupports: b\n",
    "talk/b.yaml": "kind: claim\ntext: Two.\nsupports: a\ntitel: x\n",
    "talk/c.yaml": "kind: reply\ntext: Three.\n",
    "other/d.yaml": "kind: claim\ntext: Four.\nsupports: nowhere-at-all\n",
}
SOUND = {"kb.yaml": "title: Example\n", "talk/a.yaml": "kind: claim\ntext: One.\n"}


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / "claims" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def kb(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)


# -- exit codes and formats --------------------------------------------------------------------------------------


def test_a_sound_debate_exits_0_and_says_so(tmp_path: Path) -> None:
    run = kb("-C", write(tmp_path, SOUND), "lint")
    assert (run.exit_code, run.stdout) == (0, "All good: 1 node, 0 sources.\n")


def test_an_error_exits_1_and_everything_is_found_in_one_run(tmp_path: Path) -> None:
    run = kb("-C", write(tmp_path, BROKEN), "lint")
    assert run.exit_code == 1
    for name in ("unknown-target", "unknown-field", "circular-support", "reply-without-move"):
        assert f"[{name}]" in run.stdout
    assert run.stdout.endswith("Found 3 errors and 1 warning in 4 files. 1 can be mended with `--fix`.\n")


def test_warnings_alone_exit_0(tmp_path: Path) -> None:
    run = kb("-C", write(tmp_path, {**SOUND, "talk/c.yaml": BROKEN["talk/c.yaml"]}), "lint")
    assert run.exit_code == 0
    assert "Found 1 warning in 1 file." in run.stdout


def test_concise_is_a_line_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write(tmp_path, BROKEN))
    run = kb("lint", "--format", "concise")
    lines = run.stdout.splitlines()
    assert len(lines) == 4
    assert lines[0] == "claims/other/d.yaml:3:11: error: no node is called `nowhere-at-all` [unknown-target]"
    assert lines == sorted(lines)
    assert run.stderr == "Found 3 errors and 1 warning in 4 files. 1 can be mended with `--fix`.\n"


def test_json_is_nothing_but_json_with_fixed_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write(tmp_path, BROKEN))
    rows = json.loads(kb("lint", "--format", "json").stdout)
    assert [set(row) for row in rows] == [KEYS] * 4
    assert [(r["file"], r["line"], r["column"]) for r in rows] == sorted(
        (r["file"], r["line"], r["column"]) for r in rows
    )
    circle = next(row for row in rows if row["rule"] == "circular-support")
    assert circle["node"] == "a"
    assert [set(place) for place in circle["related"]] == [{"file", "line", "column", "message"}] * 2
    assert json.loads(kb("-C", write(tmp_path / "sound", SOUND), "lint", "--format", "json").stdout) == []


def test_the_same_debate_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = write(tmp_path / "1", BROKEN), write(tmp_path / "2", dict(reversed(BROKEN.items())))
    outputs = {kb("-C", root, "lint").stdout.replace(str(root), "") for root in (first, second)}
    assert len({text.replace("/2/", "/1/") for text in outputs}) == 1


# -- some files only ---------------------------------------------------------------------------------------------


def test_paths_choose_findings_but_the_whole_debate_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write(tmp_path, BROKEN) / "claims")
    assert [line.split(":")[0] for line in kb("lint", "--format", "concise", "talk").stdout.splitlines()] == [
        "talk/a.yaml",
        "talk/b.yaml",
        "talk/c.yaml",
    ]
    only = kb("lint", "--format", "concise", "talk/a.yaml", "other/d.yaml")
    assert [line.rpartition("[")[2] for line in only.stdout.splitlines()] == ["unknown-target]", "circular-support]"]
    assert kb("lint", "talk/c.yaml").exit_code == 0, "its one finding is a warning"
    assert kb("lint", ".").exit_code == 1


@pytest.mark.parametrize("path", ["nowhere.yaml", ".."])
def test_a_path_outside_the_debate_is_a_usage_error_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.chdir(write(tmp_path, SOUND) / "claims")
    run = kb("lint", path)
    assert run.exit_code == 2
    assert path in run.stderr.splitlines()[-1]
    assert run.stdout == ""


def test_no_debate_is_a_usage_error_in_a_line(tmp_path: Path) -> None:
    run = kb("-C", tmp_path, "lint")
    assert run.exit_code == 2
    assert len(run.stderr.splitlines()) == 1


def test_a_missing_c_library_is_said_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.reading.source.HAS_C_PARSER", False)
    run = kb("-C", write(tmp_path, SOUND), "lint")
    assert run.exit_code == 0
    assert run.stderr.count("C library") == 1


# -- allowing ----------------------------------------------------------------------------------------------------


def test_an_allowed_finding_is_not_shown_and_another_of_its_kind_is() -> None:
    found = lint(
        read(
            """
            id: a
            kind: reply
            text: One.
            allow: {reply-without-move: it answers what was said elsewhere}
            ---
            id: b
            kind: reply
            text: Two.
            """
        )
    )
    assert [(f.rule, f.node) for f in found] == [("reply-without-move", "b")]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("self-relatoin", "did you mean `self-relation`?"),
        ("self-relation", "remove the entry"),
        ("unknown-field", "mend it"),
        ("stale-allow", "mend it"),
    ],
)
def test_an_allowance_of_nothing_is_found(name: str, says: str) -> None:
    (found,) = lint(read(f"id: a\nkind: claim\ntext: One.\nallow: {{{name}: why}}\n"))
    assert (found.rule, found.span.line) == ("stale-allow", 4)
    assert says in found.help


def test_what_the_reader_finds_cannot_be_allowed() -> None:
    found = lint(read("id: a\nkind: claim\ntext: One.\ncolour: x\nallow: {unknown-field: why}\n"))
    assert [f.rule for f in found] == ["unknown-field"]


def test_a_folder_can_be_allowed_what_elsewhere_is_found() -> None:
    texts = {
        "claims/kb.yaml": """\
title: Example
lint:
  allow:
    old: {reply-without-move: the import lost what they answer}
    old/never.yaml: {long-text: a quotation}
    new: {reply-without-mvoe: a slip}
""",
        "claims/old/a.yaml": "kind: reply\ntext: One.\n",
        "claims/older/b.yaml": "kind: reply\ntext: Two.\n",
    }
    assert [(f.rule, f.file, f.span.line) for f in lint(load_texts(texts))] == [
        ("stale-allow", "claims/kb.yaml", 5),
        ("stale-allow", "claims/kb.yaml", 6),
        ("reply-without-move", "claims/older/b.yaml", 1),
    ]


# -- choosing ----------------------------------------------------------------------------------------------------

REPLY = "kind: reply\ntext: One.\n"


def rules_found(settings: str, node: str = REPLY) -> list[tuple[str, str]]:
    """Rules and severities of what is found in one node under these settings of the linter."""
    texts = {"claims/kb.yaml": f"title: Example\nlint:\n{settings}", "claims/t/a.yaml": node}
    return [(f.rule, f.severity) for f in lint(load_texts(texts))]


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ("  profile: default\n", [("reply-without-move", "warning")]),
        ("  severity: {reply-without-move: error}\n", [("reply-without-move", "error")]),
        ("  ignore: reply-without-move\n", []),
        ("  ignore: ['reply-*', 'unused-*']\n", []),
        ("  severity: {reply-without-move: eror}\n", [("wrong-type", "error"), ("reply-without-move", "error")]),
        ("  severity: {reply-without-move: off}\n", [("wrong-type", "error"), ("reply-without-move", "warning")]),
        ("  ignore: reply-without-mvoe\n", [("unknown-rule", "error"), ("reply-without-move", "warning")]),
        ("  profile: pedantik\n  ignore: reply-*\n", [("wrong-type", "error")]),
        ("  allow: {reply-without-move: x}\n  ignore: reply-*\n", [("wrong-type", "error")]),
    ],
)
def test_kb_yaml_chooses_rules_and_severities(settings: str, found: list[tuple[str, str]]) -> None:
    assert rules_found(settings) == found


def test_an_allowance_of_a_rule_that_does_not_run_is_not_stale() -> None:
    assert rules_found("  ignore: reply-without-move\n", f"{REPLY}allow: {{reply-without-move: why}}\n") == []


# -- the manual --------------------------------------------------------------------------------------------------


def test_a_rule_explains_itself() -> None:
    run = kb("rule", "self-relation")
    assert run.exit_code == 0
    assert run.stdout.startswith("self-relation (error)\n\nA node is related to itself.\n")
    assert "Bad:" in run.stdout
    assert run.stdout.endswith("\n")


def test_the_page_of_a_rule_fits_the_terminal_and_its_examples_stay_as_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    shown = kb("rule", "self-relation").stdout
    text, examples = shown.split("Bad:\n", 1)
    assert max(map(len, text.splitlines())) <= 60
    assert f"Bad:\n{examples}" in f"{find_rule('self-relation').manual}\n"
    assert shown.split() == ["self-relation", "(error)", *find_rule("self-relation").manual.split()]


def test_without_a_name_all_rules_are_listed_in_a_line_each() -> None:
    lines = kb("rule").stdout.splitlines()
    assert len(lines) == len(discover.names(RULES)) + 1
    assert all(len(line) <= 120 for line in lines)


@pytest.mark.parametrize("form", ["text", "md"])
def test_all_pages_are_printed(form: str) -> None:
    run = kb("rule", "--all", "--format", form)
    assert run.exit_code == 0
    assert all(page.summary in run.stdout for page in rules())


def test_the_manual_as_json() -> None:
    rows = json.loads(kb("rule", "--format", "json").stdout)
    assert [row["name"] for row in rows] == list(discover.names(RULES))
    assert set(rows[0]) == {"name", "severity", "profile", "summary", "manual", "fix"}


def test_an_unknown_rule_is_a_usage_error_with_a_suggestion() -> None:
    run = kb("rule", "self-relatoin")
    assert (run.exit_code, run.stderr) == (2, "kb: no rule is called `self-relatoin`; did you mean `self-relation`?\n")
    with pytest.raises(KbError, match="kb rule"):
        find_rule("xyzzy")
    assert kb("rule", "--all", "self-relation").exit_code == 2


# -- one fault, one finding --------------------------------------------------------------------------------------

SHIPPED = Path(__file__).resolve().parent.parent / "claims"
_FIELD = re.compile(r"\s*(- )?[a-z_]+: ?")


def slips(texts: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The files of a debate, each with the name of one field misspelt."""
    chosen = random.Random(7).sample(sorted(texts), 60)
    for index, file in enumerate(chosen):
        lines = texts[file].split("\n")
        fields = [number for number, line in enumerate(lines) if _FIELD.match(line)]
        number = fields[index % len(fields)]
        lines[number] = lines[number].replace(":", "z:", 1)
        yield file, "\n".join(lines)


def test_one_slip_in_the_shipped_debate_gives_one_finding_in_its_file() -> None:
    texts = {path.relative_to(SHIPPED.parent).as_posix(): path.read_text("utf-8") for path in SHIPPED.rglob("*.yaml")}
    for file, text in slips(texts):
        found = lint(load_texts({**texts, file: text}))
        assert [f.file for f in found] == [file], [(f.rule, f.message) for f in found]


def test_rules_do_not_change_the_debate() -> None:
    loaded = load(SHIPPED)
    before = repr(loaded.debate.nodes)
    assert lint(loaded) == lint(loaded)
    assert repr(loaded.debate.nodes) == before


# -- what single rules say -----------------------------------------------------------------------------------------


def test_a_circle_is_shown_node_by_node_and_once() -> None:
    texts = {"claims/kb.yaml": "title: x\n"}
    for index in range(4):
        target = (index + 1) % 4
        texts[f"claims/t/n{index}.yaml"] = f"kind: claim\ntext: Point {index}.\nsupports: n{target}\n"
    (found,) = lint(load_texts(texts))
    assert found.message.endswith("`n0` → `n1` → `n2` → `n3` → `n0`")
    assert [file for file, _, _ in found.related] == [f"claims/t/n{i}.yaml" for i in range(4)]


def test_circles_through_linked_premises_arguments_and_restatements_are_found() -> None:
    found = lint(
        read(
            """
            id: a
            kind: claim
            text: A.
            supports: {to: b, with: [c]}
            ---
            id: b
            kind: claim
            text: B.
            ---
            id: b-again
            kind: claim
            text: B again.
            restates: b
            ---
            id: c
            kind: claim
            text: C.
            ---
            id: d
            kind: argument
            premises: [b-again]
            supports: c
            """
        )
    )
    assert [f.rule for f in found] == ["circular-support"]
    assert len(found[0].related) == 2


def test_two_circles_are_two_findings_and_a_tangle_ends() -> None:
    texts = {"claims/kb.yaml": "title: x\n"}
    for index in range(60):
        targets = ", ".join(f"n{t}" for t in range(60) if t != index)
        texts[f"claims/t/n{index}.yaml"] = f"kind: claim\ntext: Point {index}.\nsupports: [{targets}]\n"
    assert 1 < len(lint(load_texts(texts))) <= 20
    two = {"claims/kb.yaml": "title: x\n"}
    for one, other in (("a", "b"), ("b", "a"), ("c", "d"), ("d", "c")):
        two[f"claims/t/{one}.yaml"] = f"kind: claim\ntext: Point {one}.\nsupports: {other}\n"
    assert [f.file for f in lint(load_texts(two))] == ["claims/t/a.yaml", "claims/t/c.yaml"]


def test_undercuts_that_deny_each_other_are_found() -> None:
    found = lint(
        read(
            """
            id: a
            kind: objection
            text: A.
            undercuts: {to: u2, id: u1}
            ---
            id: b
            kind: objection
            text: B.
            undercuts: {to: u1, id: u2}
            """
        )
    )
    assert {(f.rule, f.node) for f in found} == {("unmatched-undercut", "a"), ("unmatched-undercut", "b")}


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("b", "write `X -> b`"),
        ("a-step -> b", "ids of nodes"),
        ("b -> a", "did you mean `a -> b`?"),
        ("c -> b", "there is `a -> b`"),
        ("nothing", "write the step as `X -> Y`"),
        ("a -> b -> c", ""),
        ("the-answer", "only what is for or against something"),
        ("b -> q", "only what is for or against something"),
    ],
)
def test_an_undercut_of_no_step_says_what_could_be_meant(target: str, says: str) -> None:
    found = lint(
        read(
            f"""
            id: a
            kind: claim
            text: A.
            supports: b
            ---
            id: b
            kind: claim
            text: B.
            answers: {{to: q, id: the-answer}}
            ---
            id: c
            kind: claim
            text: C.
            ---
            id: q
            kind: question
            text: Which?
            ---
            id: u
            kind: objection
            text: U.
            undercuts: {target}
            """
        )
    )
    assert [f.rule for f in found if f.node == "u"] == ["unmatched-undercut"]
    assert says in next(f.help for f in found if f.node == "u")


@pytest.mark.parametrize(
    ("step", "message"), [("x ->", "the step `x ->` has no end"), ("-> x", "the step `-> x` has no start")]
)
def test_a_step_that_lacks_an_end_is_named(step: str, message: str) -> None:
    found = lint(
        read(f'id: x\nkind: claim\ntext: One.\n---\nid: y\nkind: objection\ntext: Two.\nundercuts: "{step}"\n')
    )
    (one,) = (f for f in found if f.rule == "unmatched-undercut")
    assert (one.message, one.help) == (message, "write `X -> Y` with ids of nodes")
    assert one.span.end_column - one.span.column == len(step) + 2, "all of it, with its quotes"


def test_one_missing_participant_is_one_finding_and_a_misspelt_one_is_shown_everywhere() -> None:
    many = {"claims/kb.yaml": "title: x\n", "claims/participants/ada.yaml": "name: Ada\n"}
    for index, who in enumerate(["zed", "zed", "zed", "adaa", "adaa"]):
        many[f"claims/t/n{index}.yaml"] = f"kind: claim\ntext: Point {index}.\nby: {who}\n"
    renamed = lint(load_texts(many))
    assert [(f.rule, f.node) for f in renamed] == [("unknown-participant", n) for n in ("n0", "n3")]
    many["claims/t/n5.yaml"] = "kind: claim\ntext: Point 5.\nby: ada\n"
    found = lint(load_texts(many))
    assert [(f.rule, f.node) for f in found] == [("unknown-participant", n) for n in ("n0", "n3", "n4")]
    assert len(found[0].related) == 2


def test_a_thousand_unknown_targets_in_a_large_debate_do_not_take_long() -> None:
    texts = {"claims/kb.yaml": "title: x\n"}
    for index in range(3000):
        target = f"supports: point-numbr-{index // 2}-of-many\n" if index % 3 == 0 else ""
        texts[f"claims/t/point-number-{index}-of-many.yaml"] = f"kind: claim\ntext: Point {index}.\n{target}"
    found = lint(load_texts(texts))
    assert len(found) == 1000
    assert found[5].help.startswith("did you mean `point-number-")
