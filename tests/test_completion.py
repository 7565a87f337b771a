"""What a shell completes: commands, options, and the names of the debate; never a complaint in the middle of a line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete

from kb import discover
from kb.cli import main
from kb.linting.manual import rules
from kb.vocabulary import KINDS

FILES = {
    "kb.yaml": "title: Sky\n",
    "participants/ann.yaml": "name: Ann\n",
    "participants/bo.yaml": "name: Bo\n",
    "sources/letter.yaml": "title: A letter\n",
    "talk/topic.yaml": "title: Talk\n",
    "talk/sky-is-blue.yaml": "kind: claim\ntitle: The sky\ntext: The sky is blue.\ntags: [colour, weather]\n",
    "talk/sky-is-grey.yaml": "kind: objection\ntext: It is grey.\nattacks: sky-is-blue\n",
    "talk/broken.yaml": "kind: [\n",
}
NAMES = {
    "ID": {"sky-is-blue": "The sky", "sky-is-grey": "It is grey."},
    "PARTICIPANT": {"ann": "Ann", "bo": "Bo"},
    "SOURCE": {"letter": "A letter"},
    "TAG": {"colour": "", "weather": ""},
    "TOPIC": {"talk": "Talk"},
    "RULES": {rule.name: rule.summary for rule in rules()},
    "NAME": {rule.name: rule.summary for rule in rules()},
}
"""By the name of an argument in the help: all that can stand there, each with its description."""
FREE = {"ARGUMENT", "ID=in|out...", "DIR", "FILE", "[PATH]...", "REV", "NUMBER", "PORT", "[RECORD]"}
"""What is completed by the shell, by click, or not at all."""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A debate, one file of it half written, to stand in."""
    for file, text in FILES.items():
        path = tmp_path / "sky" / "claims" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "sky")
    return tmp_path / "sky"


def completed(line: str) -> dict[str, str]:
    """What can stand at the end of a line, each with its description."""
    *before, begun = line.split(" ")
    found = ShellComplete(main, {}, "kb", "_KB_COMPLETE").get_completions(before, begun)
    return {str(item.value): item.help or "" for item in found}


# -- what is completed ---------------------------------------------------------------------------------------------------


def test_commands_options_and_choices_are_completed(project: Path) -> None:
    assert set(completed("")) == set(discover.names("kb.commands"))
    assert set(completed("l")) == {"lint", "list", "lsp"}
    assert {"--fix", "--format"} <= set(completed("lint --f"))
    assert set(completed("list --kind ")) == set(KINDS)
    assert set(completed("schema t")) == {"term", "topic"}


def arguments() -> list[tuple[str, str]]:
    """Every place of a command line that takes a name: the line that leads there, and what the help calls it."""
    found = []
    for name in discover.names("kb.commands"):
        command = discover.module("kb.commands", name).command
        for parameter in command.params:
            flag = isinstance(parameter, click.Option) and (
                parameter.is_flag or isinstance(parameter.type, click.Choice)
            )
            metavar = "" if flag else (parameter.metavar or (parameter.name or "").upper())
            option = f"{parameter.opts[0]} " if isinstance(parameter, click.Option) else ""
            if metavar and metavar not in FREE:
                found.append((f"{name} {option}", metavar.strip("[]")))
    return found


@pytest.mark.parametrize(("line", "called"), arguments())
def test_every_name_of_the_debate_is_completed_with_what_it_stands_for(project: Path, line: str, called: str) -> None:
    assert completed(line) == NAMES[called]
    first, *_ = NAMES[called]
    assert completed(line + first[:-1]) == {first: NAMES[called][first]}


def test_of_several_rules_the_last_is_completed(project: Path) -> None:
    assert set(completed("lint --select long-text,unused-pa")) == {
        "long-text,unused-participant",
        "long-text,unused-passage",
    }


def test_the_debate_is_that_of_the_folder_named_on_the_line(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.parent)
    assert completed("-C sky show sky-is-b") == {"sky-is-blue": "The sky"}


# -- what is not ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line", ["show s", "-C nowhere show s", "list --by a", "shwo s", "show --bogus s", "show a b c"]
)
def test_nothing_is_said_where_there_is_no_debate_or_no_such_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], line: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert set(completed(line)) <= {"schema", "serve", "show", "solve", "stats", "strength"}
    assert capfd.readouterr() == ("", "")


def test_completing_writes_nothing(project: Path) -> None:
    before = sorted(project.rglob("*"))
    completed("show ")
    assert sorted(project.rglob("*")) == before


# -- in shells -----------------------------------------------------------------------------------------------------------

SCRIPTS = {
    "bash": """
eval "$(_KB_COMPLETE=bash_source kb)"
COMP_WORDS=(kb show sky-is-) COMP_CWORD=2
_kb_completion kb
printf '%s\\n' "${COMPREPLY[@]}"
""",
    "fish": "_KB_COMPLETE=fish_source kb | source; complete -C 'kb show sky-is-' | string replace -r '\\t.*' ''",
    "zsh": """
compdef() { }
eval "$(_KB_COMPLETE=zsh_source kb)"
_describe() { print -l "${(@)${(@P)3}%%:*}" }
words=(kb show sky-is-) CURRENT=3
_kb_completion
""",
}
"""As the docs say to set it up, then a line that ends in the middle of a name. (A script has no line editor: of zsh the first step and the last are ours.)"""


@pytest.mark.parametrize("shell", sorted(SCRIPTS))
def test_a_shell_completes_ids(project: Path, shell: str) -> None:
    program = shutil.which(shell)
    if program is None:
        (pytest.fail if shell == "bash" else pytest.skip)(f"needs {shell}")
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": str(project)}
    run = subprocess.run(
        [program, "-c", SCRIPTS[shell]], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert (run.stdout.split(), run.stderr) == (["sky-is-blue", "sky-is-grey"], "")
