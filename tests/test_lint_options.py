"""What an editor can ask of `kb lint`: which rules, how strictly, of which files, since when."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from kb.cli import main

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SKY = "kind: claim\ntext: The sky is blue.\n"
REPLY = "kind: reply\ntext: So it is.\n"
BROKEN = {
    "kb.yaml": "title: Example\n",
    "talk/a.yaml": "kind: claim\ntext: One.\nsupports: nowhere-at-all\n",
    "talk/b.yaml": REPLY,
    "terms/blue.yaml": "term: blue\n",
}
"""An error, a warning and an info."""


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / "claims" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write(tmp_path, BROKEN))
    return tmp_path


def lint(*arguments: object, given: str | None = None) -> Result:
    run = CliRunner().invoke(main, ["lint", *map(str, arguments)], input=given, catch_exceptions=False)
    assert "Traceback" not in run.output
    return run


def rules(*arguments: object) -> list[str]:
    """The rules of the findings that are shown."""
    return [row["rule"] for row in json.loads(lint("--format", "json", *arguments).stdout)]


# -- which rules -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ((), ["unknown-target", "reply-without-move", "unused-term"]),
        (("--select", "unused-term"), ["unused-term"]),
        (("--select", "unused-*,unknown-target"), ["unknown-target", "unused-term"]),
        (("--select", "unused-*", "--select", "reply-*"), ["reply-without-move", "unused-term"]),
        (("--ignore", "unused-*"), ["unknown-target", "reply-without-move"]),
        (("--select", "un*", "--ignore", "unused-term"), ["unknown-target"]),
    ],
)
def test_rules_are_chosen_by_name_and_pattern(broken: Path, arguments: Sequence[str], found: list[str]) -> None:
    assert rules(*arguments) == found


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_an_unknown_rule_is_misuse_with_a_suggestion(broken: Path, option: str) -> None:
    run = lint(option, "unused-temr")
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr == "kb: no rule is called `unused-temr`; did you mean `unused-term`?\n"


# -- exit codes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("selected", "arguments", "code"),
    [
        ("unknown-target", (), 1),
        ("unknown-target", ("--exit-zero",), 0),
        ("reply-without-move", (), 0),
        ("reply-without-move", ("--strict",), 1),
        ("reply-without-move", ("--fail-on", "warning"), 1),
        ("unused-term", ("--strict",), 0),
        ("unused-term", ("--fail-on", "info"), 1),
        ("self-relation", ("--fail-on", "info"), 0),
    ],
)
def test_how_bad_a_finding_must_be_to_fail(broken: Path, selected: str, arguments: Sequence[str], code: int) -> None:
    assert lint("--select", selected, *arguments).exit_code == code


# -- how it is printed -------------------------------------------------------------------------------------------


def test_output_goes_to_a_file_and_the_sentence_to_the_terminal(broken: Path) -> None:
    run = lint("--format", "json", "-o", "found.json")
    assert run.stdout == "Found 1 error, 1 warning and 1 info in 3 files.\n"
    assert len(json.loads((broken / "found.json").read_text("utf-8"))) == 3
    assert run.exit_code == 1
    assert lint("-o", broken / "nowhere" / "found.txt").exit_code == 2


def test_statistics_count_by_rule(broken: Path) -> None:
    write(broken, {"talk/c.yaml": REPLY.replace("So", "Then")})
    run = lint("--statistics")
    assert [line.split() for line in run.stdout.splitlines()[1:4]] == [
        ["2", "warning", "0", "reply-without-move"],
        ["1", "error", "0", "unknown-target"],
        ["1", "info", "0", "unused-term"],
    ]
    assert run.exit_code == 1
    assert json.loads(lint("--statistics", "--format", "json").stdout)[0]["count"] == 2


def test_under_github_actions_annotations_follow_the_plain_text(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    run = lint()
    assert run.stdout.index("[unknown-target]") < run.stdout.index("file=claims/talk/a.yaml")
    assert "::" not in lint("--format", "concise").stdout, "an explicit format is alone"
    lint("-o", "out.txt")
    assert "::error" not in (broken / "out.txt").read_text("utf-8"), "a file is no log"


def test_files_are_listed_and_nothing_is_checked(broken: Path) -> None:
    run = lint("--show-files", "claims/talk")
    assert (run.exit_code, run.stdout.splitlines()) == (0, ["claims/talk/a.yaml", "claims/talk/b.yaml"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--show-files", "--fix"), "`--show-files` lists files and checks nothing; leave out `--fix`"),
        (("--show-files", "--since", "HEAD"), "`--show-files` lists files and checks nothing; leave out `--since`"),
        (("--diff", "--format", "json"), "`--diff` prints a patch and no findings; leave out `--format`"),
        (("--diff", "-o", "found.txt"), "`--diff` prints a patch and no findings; leave out `--output`"),
        (
            ("--baseline", "b", "--write-baseline", "--diff"),
            "`--diff` prints a patch and no findings; leave out `--write-baseline`",
        ),
        (
            ("--baseline", "b", "--write-baseline", "--statistics"),
            "`--write-baseline` records findings and prints none; leave out `--statistics`",
        ),
        (
            ("--select", "unused-*", "--profile", "pedantic"),
            "`--select` runs the rules that it names, whatever the profile; leave out `--profile`",
        ),
        (("--statistics", "--format", "junit"), "`--statistics` are a table or JSON; leave out `--format junit`"),
    ],
)
def test_what_an_option_would_not_heed_is_refused(broken: Path, arguments: tuple[str, ...], said: str) -> None:
    run = lint(*arguments)
    assert (run.exit_code, run.stdout, run.stderr) == (2, "", f"kb: {said}\n")
    assert sorted(path.name for path in broken.iterdir()) == ["claims"], "nothing is written"


# -- what the editor has not saved -------------------------------------------------------------------------------


def test_standard_input_stands_for_a_file(broken: Path) -> None:
    run = lint("-", "--stdin-filename", "claims/talk/a.yaml", "--format", "concise", given=SKY + "by: nobody\n")
    assert run.stdout == ("claims/talk/a.yaml:3:5: error: no participant is called `nobody` [unknown-participant]\n")
    assert "nowhere-at-all" in (broken / "claims/talk/a.yaml").read_text("utf-8"), "nothing is written"
    new = lint("-", "--stdin-filename", "claims/talk/new.yaml", given=SKY)
    assert (new.exit_code, new.stdout) == (0, "All good: 3 nodes, 0 sources.\n")
    shown = lint("-", "--stdin-filename", "claims/talk/new.yaml", given=SKY + "colour: blue\n")
    assert "3 | colour: blue" in shown.stdout, "the excerpt is what the editor holds"


@pytest.mark.parametrize(
    "arguments",
    [("-",), ("-", "claims"), ("--stdin-filename", "claims/a.yaml"), ("-", "--stdin-filename", "elsewhere.yaml")],
)
def test_standard_input_without_its_place_is_misuse(broken: Path, arguments: Sequence[str]) -> None:
    run = lint(*arguments, given=SKY)
    assert (run.exit_code, run.stdout, len(run.stderr.splitlines())) == (2, "", 1)


# -- since a revision --------------------------------------------------------------------------------------------


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(broken: Path) -> Path:
    """The broken debate, committed."""
    write(broken, {"talk/many.yaml": f"id: m1\n{REPLY}---\nid: m2\n{REPLY.replace('So', 'Then')}"})
    git(broken, "init", "-q")
    git(broken, "add", "-A")
    git(broken, "commit", "-qm", "start")
    return broken


def since(*arguments: object) -> list[tuple[str, str | None]]:
    rows = json.loads(lint("--format", "json", "--since", "HEAD", *arguments).stdout)
    return [(row["rule"], row["node"]) for row in rows]


def test_without_a_change_nothing_is_shown(repository: Path) -> None:
    assert since() == []
    assert lint("--since", "HEAD").exit_code == 0


def test_only_what_concerns_the_change_is_shown(repository: Path) -> None:
    claims = repository / "claims" / "talk"
    (claims / "b.yaml").write_text(REPLY.replace("So", "Indeed so"), "utf-8")
    assert since() == [("reply-without-move", "b")]
    (claims / "b.yaml").write_text(REPLY, "utf-8")
    assert since() == [], "back as it was"
    (claims / "new.yaml").write_text("kind: reply\ntext: Newly said.\n", "utf-8")
    assert since() == [("reply-without-move", "new")], "not yet known to git"


def test_of_several_nodes_in_a_file_only_those_that_changed_count(repository: Path) -> None:
    path = repository / "claims" / "talk" / "many.yaml"
    path.write_text(path.read_text("utf-8").replace("Then it is", "Then it was"), "utf-8")
    assert since() == [("reply-without-move", "m2")]


def test_moving_lines_and_comments_is_no_change(repository: Path) -> None:
    path = repository / "claims" / "talk" / "b.yaml"
    path.write_text(f"# moved down\n\n{REPLY}", "utf-8")
    assert since() == []


def test_what_the_change_left_without_a_target_is_shown(repository: Path) -> None:
    write(repository, {"talk/sky.yaml": SKY, "talk/sea.yaml": f"{SKY.replace('sky', 'sea')}supports: sky\n"})
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "more")
    (repository / "claims" / "talk" / "sky.yaml").unlink()
    assert since() == [("unknown-target", "sea")]


def test_a_circle_that_the_change_closed_elsewhere_is_shown(repository: Path) -> None:
    write(repository, {f"talk/{a}.yaml": f"kind: claim\ntext: {a}.\nsupports: {b}\n" for a, b in ("xy", "yz")})
    write(repository, {"talk/z.yaml": "kind: claim\ntext: z.\n"})
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "line")
    write(repository, {"talk/z.yaml": "kind: claim\ntext: z.\nsupports: x\n"})
    assert since() == [("circular-support", "x")]


def test_a_broken_file_that_changed_is_shown(repository: Path) -> None:
    write(repository, {"talk/b.yaml": 'kind: "claim\n'})
    assert since()[0][0] == "yaml-syntax"


def test_an_unknown_revision_is_misuse_in_a_line(repository: Path) -> None:
    run = lint("--since", "nowhere")
    assert (run.exit_code, run.stderr) == (2, "kb: git knows no revision `nowhere`\n")
    assert lint("--since=--output=x").exit_code == 2
    assert not (repository / "x").exists()


def test_outside_a_repository_since_is_misuse_in_a_line(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(broken.parent))
    run = lint("--since", "HEAD")
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.startswith("kb: git failed: ")
