"""`kb init`: the tutorial debate lints clean, shows every idea once, and is written whole or not at all."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import kb
from kb.cli import main
from kb.disagreements import disagreements
from kb.evaluate import evaluate
from kb.lint import lint
from kb.load import Loaded, load
from kb.vocabulary import RELATIONS

STARTER = Path(kb.__file__).parent / "starter"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, entered."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def starter() -> Loaded:
    """The debate that `kb init` copies."""
    return load(STARTER / "claims")


def test_the_worked_debate_has_no_finding_at_all(starter: Loaded) -> None:
    assert lint(starter) == ()


def test_the_point_that_its_readme_adds_is_new_and_right(here: Path) -> None:
    assert run("init", "demo").exit_code == 0
    readme = (here / "demo/README.md").read_text("utf-8")
    (path,), (point,) = re.findall(r"Write `(.+?)`", readme), re.findall(r"```yaml\n(.*?)```", readme, re.DOTALL)
    assert not (here / "demo" / path).exists()
    (here / "demo" / path).write_text(textwrap.dedent(point), "utf-8")
    assert run("-C", "demo", "lint").output.startswith("All good")
    assert "`a-small-debt-keeps-nobody-away` holds against it" in run(
        "-C", "demo", "why", "who-owes-a-fee-stops-borrowing"
    ).output.replace("\n  ", " ")


def test_its_readme_names_every_relation() -> None:
    table = (STARTER / "README.md").read_text("utf-8")
    assert [kind for kind in RELATIONS if f"`{kind}: " not in table] == []


def test_the_worked_debate_shows_every_idea_once(starter: Loaded) -> None:
    debate = starter.debate
    used = {r.kind for n in debate.nodes.values() for r in n.relations}
    assert {"answers", "supports", "attacks", "undercuts", "concedes"} <= used
    assert {"question", "claim", "objection", "reply"} == {n.kind for n in debate.nodes.values()}
    assert any(r.premises for n in debate.nodes.values() for r in n.relations), "linked premises"
    assert any(p.skip for p in debate.passages.values())
    assert any(p.items for p in debate.passages.values())
    assert len(debate.participants) == 2
    assert len(debate.terms["on-time"].senses) == 2
    assert 8 <= len(debate.nodes) <= 12


def test_the_worked_debate_has_one_open_question_and_somebody_who_owes_an_answer(starter: Loaded) -> None:
    (row,) = disagreements(starter.debate)
    assert (row.id, row.state, row.owed_by) == ("should-late-fees-go", "open", ("ada",))
    assert row.unanswered == ("trial-ran-in-the-summer",)
    statuses = {evaluate(starter.debate).status(i) for i in starter.debate.nodes}
    assert {"unchallenged", "stands", "undecided", "defeated"} <= statuses


def test_every_field_of_the_debates_own_record_is_explained() -> None:
    lines = (STARTER / "claims/kb.yaml").read_text().splitlines()
    fields = [i for i, line in enumerate(lines) if line[:1].isalpha()]
    assert len(fields) >= 5
    for index in fields:
        assert lines[index - 1].startswith("#"), lines[index]


def test_it_writes_a_debate_a_readme_and_a_gitignore(here: Path) -> None:
    result = run("init", "demo")
    assert result.exit_code == 0, result.output
    assert sorted(p.name for p in (here / "demo").iterdir()) == [".gitignore", "README.md", "claims"]
    assert (here / "demo/.gitignore").read_text() == "_site/\n"
    assert contents(here / "demo/claims") == contents(STARTER / "claims")


def test_it_says_what_to_do_next_and_the_steps_work(here: Path) -> None:
    output = run("init", "my debates/first one").output
    assert "kb -C 'my debates/first one' lint" in output
    assert (here / "my debates/first one/claims/kb.yaml").is_file()


def test_in_place_the_next_steps_need_no_folder(here: Path) -> None:
    assert "  kb lint " in run("init", ".").output
    assert (here / "claims/kb.yaml").is_file()


def test_it_counts_from_the_folder_that_the_group_was_given(here: Path) -> None:
    (here / "there").mkdir()
    result = run("-C", "there", "init", "demo")
    assert (here / "there/demo/claims/kb.yaml").is_file()
    assert "kb -C there/demo lint" in result.output


@pytest.mark.parametrize("name", ["README.md", ".gitignore"])
def test_files_that_were_there_are_left_alone_and_named(here: Path, name: str) -> None:
    (here / "demo").mkdir()
    (here / "demo" / name).write_text("mine")
    result = run("init", "demo")
    assert result.exit_code == 0
    assert f"Left as it was: demo/{name}" in result.output
    assert (here / "demo" / name).read_text() == "mine"
    assert (here / "demo/claims/kb.yaml").is_file()


def test_a_second_start_is_refused_in_one_line_and_changes_nothing(here: Path) -> None:
    run("init", "demo")
    (here / "demo/claims/kb.yaml").write_text("title: Mine\n")
    before = contents(here)
    result = run("init", "demo")
    assert result.exit_code == 2
    assert result.output.count("\n") == 1
    assert "demo already holds a debate" in result.output
    assert contents(here) == before


def test_a_file_in_the_way_is_refused_in_one_line(here: Path) -> None:
    (here / "demo").write_text("a file")
    for folder in ("demo", "demo/deeper"):
        result = run("init", folder)
        assert result.exit_code == 2
        assert result.output.count("\n") == 1
    assert contents(here) == {"demo": b"a file"}


@pytest.mark.parametrize("failing", ["README.md", ".gitignore", "claims"])
def test_a_failure_half_way_leaves_nothing_behind(here: Path, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if self.name == failing:
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    result = run("init", "new/demo")
    assert result.exit_code == 2
    assert result.output == "kb: nothing was written to new/demo: No space left on device\n"
    assert list(here.iterdir()) == []


def test_what_an_interrupted_run_left_is_not_in_the_way(here: Path) -> None:
    (here / "demo/.kb-init/claims").mkdir(parents=True)
    assert run("init", "demo").exit_code == 0
    assert not (here / "demo/.kb-init").exists()


def test_a_debate_within_a_debate_is_refused(here: Path) -> None:
    assert run("init", "demo").exit_code == 0
    before = contents(here)
    done = run("init", "demo/claims/another")
    assert done.exit_code == 2
    assert done.output.startswith("kb: demo/claims/another is within the debate in ")
    assert contents(here) == before
    (here / "claims").mkdir()
    assert run("init", "claims/of-insurers").exit_code == 0, "not every folder of that name is a debate"
