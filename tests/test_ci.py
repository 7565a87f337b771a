"""What editors put into their repository so that every change is checked: tried in a repository of their own, as a CI service would."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
import yaml
from click.testing import CliRunner

from kb.cli import main
from kb.report import FORMATS
from tests.published import check_json

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parent.parent
BROKEN = """\
kind: objection
text: Most children borrow in summer and return late.
by: ada
attacks: trial-ran-in-summer
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A debate under git, with one file that has an error."""
    assert CliRunner().invoke(main, ["init", str(tmp_path)]).exit_code == 0
    (tmp_path / "claims/late-fees/children.yaml").write_text(BROKEN, "utf-8")
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    return tmp_path


class Done(NamedTuple):
    """The exit code of a command, and what it printed."""

    code: int
    output: str


def run(*command: str, cwd: Path, **environment: str) -> Done:
    """Run a command with `kb` on the path and nothing that this machine says of colours and CI services."""
    clean = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "GITHUB_ACTIONS", "CI"}}
    clean["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{clean['PATH']}"
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**clean, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Done(done.returncode, done.stdout)


def read(name: str) -> object:
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


# -- pre-commit ------------------------------------------------------------------------------------------------


def test_the_hook_is_what_pre_commit_reads_and_fails_on_an_error(repository: Path) -> None:
    hooks = read(".pre-commit-hooks.yaml")
    check_json("pre-commit-hooks", hooks)
    assert isinstance(hooks, list)
    (hook,) = hooks
    done = run(*shlex.split(hook["entry"]), cwd=repository)
    assert done.code == 1
    assert "[unknown-target]" in done.output
    (repository / "claims/late-fees/children.yaml").unlink()
    assert run(*shlex.split(hook["entry"]), cwd=repository).code == 0


# -- GitHub ----------------------------------------------------------------------------------------------------


def check(repository: Path, **inputs: str) -> Done:
    """Run the last step of the action as the runner does, with inputs as a workflow gives them."""
    action = read("action.yml")
    assert isinstance(action, dict)
    given = {name: inputs.pop(name.replace("-", "_"), row["default"]) for name, row in action["inputs"].items()}
    assert inputs == {}
    step = action["runs"]["steps"][-1]
    environment = {name: filled(value, given) for name, value in step["env"].items()}
    assert "${{" not in step["run"]
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]
    return run(*shell, step["run"], cwd=repository, GITHUB_ACTIONS="true", **environment)


def filled(value: str, inputs: Mapping[str, str]) -> str:
    return re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: inputs[found[1]], value)


def test_the_action_is_what_github_reads() -> None:
    check_json("github-action", read("action.yml"))


def test_the_action_shows_findings_in_the_log_and_on_the_lines_and_fails(repository: Path) -> None:
    done = check(repository)
    assert done.code == 1
    assert "5 |" not in done.output
    assert "\nclaims/late-fees/children.yaml:4:10: error: " in f"\n{done.output}"
    assert "\n::error title=kb (unknown-target),file=claims/late-fees/children.yaml,line=4," in done.output


def test_the_action_writes_a_report_even_when_it_fails(repository: Path) -> None:
    done = check(repository, report="kb.sarif")
    log = json.loads((repository / "kb.sarif").read_text("utf-8"))
    check_json("sarif-2.1.0", log)
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == ["unknown-target"]
    assert done.code == 1
    assert "::error" in done.output


def test_the_action_passes_options_on_but_runs_none_of_them(repository: Path) -> None:
    assert check(repository, arguments="--exit-zero  --ignore unknown-target").code == 0
    done = check(repository, arguments="$(touch made) ; touch made", debate=".")
    assert done.code == 2
    assert not (repository / "made").exists()


def test_the_action_finds_a_debate_in_a_folder(repository: Path) -> None:
    (repository / "docs").mkdir()
    (repository / "claims").rename(repository / "docs/claims")
    done = check(repository, debate="docs", report="out.json", report_format="gitlab")
    assert "file=docs/claims/late-fees/children.yaml" in done.output
    assert json.loads((repository / "out.json").read_text("utf-8"))[0]["location"]["path"].startswith("docs/claims/")


def test_the_problem_matcher_understands_every_line_of_the_concise_format(repository: Path) -> None:
    (repository / "claims/late-fees/odd: 1:2: error.yaml").write_text(
        "id: odd\nkind: claim\ntext: It is odd.\nby: ada\n"
    )
    lines = run("kb", "lint", "--format", "concise", "--profile", "pedantic", cwd=repository).output.splitlines()[:-1]
    sample = "a.yaml:1:2: info: `x:1:2: error y [z]` is odd [some-rule] [*]"
    matchers = {
        m["owner"]: m for m in json.loads((ROOT / "docs/problem-matcher.json").read_text("utf-8"))["problemMatcher"]
    }
    assert {name: matcher.get("severity") for name, matcher in matchers.items()} == {"kb": None, "kb-info": "notice"}
    seen = [matched(text, matchers) for text in [*lines, sample]]
    assert {"file": "claims/late-fees/children.yaml", "line": "4", "column": "10", "severity": "error"}.items() <= seen[
        0
    ].items()
    assert seen[0]["message"] == "no node is called `trial-ran-in-summer`"
    assert seen[-1] == {
        "file": "a.yaml",
        "line": "1",
        "column": "2",
        "message": "`x:1:2: error y [z]` is odd",
        "code": "some-rule",
    }


def matched(text: str, matchers: Mapping[str, dict[str, list[dict[str, str | int]]]]) -> dict[str, str]:
    """What GitHub's runner takes from a line: the one matcher that fits, and its groups by name."""
    found = []
    for matcher in matchers.values():
        (pattern,) = matcher["pattern"]
        groups = re.search(str(pattern["regexp"]), text, re.ASCII)
        if groups:
            found.append({name: groups[number] for name, number in pattern.items() if isinstance(number, int)})
    (one,) = found
    return one


# -- docs/ci.md ------------------------------------------------------------------------------------------------

PAGE = (ROOT / "docs/ci.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(yaml|sh)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_examples_are_what_the_services_read() -> None:
    examples = [yaml.safe_load(text) for kind, text in BLOCKS if kind == "yaml"]
    assert [sorted(example) for example in examples if "jobs" not in example] == [["debate"], ["repos"]]
    for example in examples:
        if "repos" in example:
            check_json("pre-commit-config", example)
        elif True in example:  # YAML 1.1 takes the key `on` for a boolean; GitHub does not
            check_json("github-workflow", {"on" if name is True else name: value for name, value in example.items()})


def test_the_examples_use_inputs_and_hooks_that_there_are() -> None:
    action, hooks = read("action.yml"), read(".pre-commit-hooks.yaml")
    assert isinstance(action, dict)
    assert isinstance(hooks, list)
    steps = [s for _, text in BLOCKS if "jobs:" in text for s in yaml.safe_load(text)["jobs"]["lint"]["steps"]]
    used = {name for step in steps if step["uses"].startswith("OWNER/") for name in step.get("with", {})}
    assert used
    assert used <= set(action["inputs"])
    assert all(f"`{name}`" in PAGE for name in action["inputs"])
    assert f"- id: {hooks[0]['id']}" in PAGE


@pytest.mark.parametrize("command", sorted({c for _, text in BLOCKS for c in re.findall(r"\bkb lint [^|\n]*", text)}))
def test_the_commands_do_what_the_page_says(command: str, repository: Path) -> None:
    done = run(*shlex.split(command), cwd=repository)
    assert done.code == (0 if "--exit-zero" in command else 1), done.output
    assert "1 error" in done.output


def test_every_format_is_in_the_table() -> None:
    table = PAGE.partition("| format | for |")[2].partition("\n\n")[0]
    assert set(
        re.findall(r"`([\w-]+)`", "".join(row.split("|")[1] for row in table.splitlines() if "`" in row))
    ) == set(FORMATS)
