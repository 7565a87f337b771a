"""A cache makes the next look faster and changes nothing else, whoever wrote it and whatever happened to it."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kb.workspace
from kb.caching import codec, signed
from kb.caching.key import key, new_key
from kb.caching.places import Remembered, parts
from kb.caching.signed import FOLDER
from kb.caching.store import Cache
from kb.cli import main
from kb.incremental import found
from kb.incremental.found import NOTHING
from kb.lint import lint
from kb.linting.choice import only_errors
from kb.linting.manual import rules
from kb.load import load
from kb.reading import files as reading
from kb.workspace import Workspace
from tests import edits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kb.finding import Fault, Finding
    from kb.reading.contents import Contents

ALL = {rule.name: rule.severity for rule in rules()}
WELL_MADE = Path(__file__).parent / "debates"
LATER = 10_000_000_000
"""Nanoseconds after which no file can count as just being written."""


@pytest.fixture(autouse=True)
def _always_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kb.workspace, "WORTH_REMEMBERING", 1)


def whole(findings: Iterable[Finding]) -> list[str]:
    """Findings with all their fields, also those that do not count when they are compared."""
    return [repr(finding) for finding in findings]


def later() -> int:
    """A clock by which all files are old, so that only stamps show whether they changed."""
    return 4_000_000_000_000_000_000


def opened(project: Path, clock: Callable[[], int] = later) -> Workspace:
    """A debate as a new run of the tool opens it."""
    return Workspace(project / "claims", Cache(project / "claims", project / "key"), clock)


def checked(project: Path, clock: Callable[[], int] = later) -> list[str]:
    """What a new run finds, which it remembers for the next one."""
    workspace = opened(project, clock)
    found = whole(workspace.findings(ALL))
    workspace.remember()
    return found


def fresh(project: Path) -> list[str]:
    """What a run without memory finds."""
    return whole(lint(load(project / "claims"), ALL))


def written(project: Path, seed: int, *, size: int = 5) -> edits.Files:
    """A debate on disk."""
    files = edits.project(random.Random(seed), size=size)
    edits.write(project, files)
    return files


# -- the same findings -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(12))
def test_after_any_edits_a_run_that_remembers_finds_what_one_that_does_not_finds(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    files = written(tmp_path, seed, size=dice.choice([2, 5, 9]))
    for _ in range(15):
        assert checked(tmp_path) == fresh(tmp_path)
        before = files
        for _ in range(dice.choice([0, 1, 1, 2])):
            files = edits.with_random_edit(files, dice)
        edits.write(tmp_path, files, before)


@pytest.mark.parametrize("seed", range(12))
def test_rules_that_nobody_asked_for_a_while_find_what_they_missed(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(found, "_MOST_MISSED", 3)
    dice = random.Random(seed)
    files = written(tmp_path, seed, size=dice.choice([2, 5, 9]))
    for _ in range(25):
        ranks = dice.choice([ALL, only_errors(ALL), dict(dice.sample(sorted(ALL.items()), len(ALL) // 2))])
        again = opened(tmp_path)
        assert whole(again.findings(ranks)) == whole(lint(load(tmp_path / "claims"), ranks))
        again.remember()
        before, files = files, edits.with_random_edit(files, dice)
        edits.write(tmp_path, files, before)


@pytest.mark.parametrize("name", sorted(path.name for path in WELL_MADE.iterdir()))
def test_after_one_edit_of_a_well_made_map_the_next_run_finds_what_is_wrong_now(name: str, tmp_path: Path) -> None:
    dice = random.Random(name)
    root = WELL_MADE / name
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*.yaml"))}
    edits.write(tmp_path, files)
    found = set()
    for _ in range(30):
        assert checked(tmp_path) == fresh(tmp_path)
        after = edits.with_random_edit(files, dice)
        edits.write(tmp_path, after, files)
        found.add(tuple(checked(tmp_path)))
        assert checked(tmp_path) == fresh(tmp_path)
        edits.write(tmp_path, files, after)
    assert len(found) > 10


def test_a_second_node_of_one_name_in_a_file_that_is_remembered_is_found(tmp_path: Path) -> None:
    talks(tmp_path)
    file = tmp_path / "claims/t/reason-3.yaml"
    file.write_text("id: reason-3\n" + file.read_text())
    assert checked(tmp_path) == []
    with file.open("a") as handle:
        handle.write("---\nid: reason-3\nkind: claim\ntext: Bridge 3 was mended.\nsupports: answer-3\n")
    assert "duplicate-id" in str(checked(tmp_path))
    assert checked(tmp_path) == fresh(tmp_path)


def test_what_is_remembered_is_what_was_read(tmp_path: Path) -> None:
    for seed in range(5):
        edits.write(tmp_path / str(seed), edits.project(random.Random(seed), size=30))
        checked(tmp_path / str(seed))
        remembered, read = opened(tmp_path / str(seed)).loaded, load(tmp_path / str(seed) / "claims")
        assert remembered.faults == read.faults
        for table in ("nodes", "sources", "participants", "terms", "topics"):
            pairs = zip(getattr(remembered.debate, table).values(), getattr(read.debate, table).values(), strict=True)
            for one, other in pairs:
                assert one == other
                assert one.file == other.file
                assert one.place("text") == other.place("text")
                for inner, outer in zip(parts(one), parts(other), strict=True):
                    assert (inner.place(), inner.key_place("with")) == (outer.place(), outer.key_place("with"))
        assert remembered.debate.settings == read.debate.settings


def test_files_that_nobody_touched_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = written(tmp_path, 3)
    first = checked(tmp_path)
    paths: list[str] = []

    def noted(prefix: str, path: str) -> bytes | Fault:
        paths.append(path)
        return reading.read(prefix, path)

    monkeypatch.setattr("kb.caching.tree.read", noted)
    assert checked(tmp_path) == first
    assert paths == []
    edited = max(files)
    with (tmp_path / edited).open("ab") as handle:
        handle.write(b"# looked at again\n")
    assert checked(tmp_path) == fresh(tmp_path)
    assert paths == [edited]


def test_a_file_is_opened_again_if_it_was_written_shortly_before_it_was_read(tmp_path: Path) -> None:
    written(tmp_path, 4)
    file = tmp_path / "claims/kb.yaml"
    file.write_bytes(b"title: One\n")
    status = file.stat()
    checked(tmp_path, lambda: status.st_mtime_ns + 1_000_000)
    file.write_bytes(b"titel: One\n")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert checked(tmp_path, lambda: status.st_mtime_ns + LATER) == fresh(tmp_path)


def test_an_edit_that_keeps_size_and_time_is_noticed_by_the_change_of_the_entry(tmp_path: Path) -> None:
    written(tmp_path, 4)
    file = tmp_path / "claims/kb.yaml"
    file.write_bytes(b"title: One\n")
    checked(tmp_path)
    status = file.stat()
    file.write_bytes(b"titel: One\n")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert file.stat().st_mtime_ns == status.st_mtime_ns
    assert checked(tmp_path) == fresh(tmp_path)


def test_a_moved_or_copied_debate_is_read_as_what_it_is(tmp_path: Path) -> None:
    written(tmp_path / "one", 5)
    first = checked(tmp_path / "one")
    (tmp_path / "one").rename(tmp_path / "two")
    assert checked(tmp_path / "two") == first == fresh(tmp_path / "two")


def test_where_a_file_changed_since_no_place_is_made_up(tmp_path: Path) -> None:
    written(tmp_path, 6, size=1)
    checked(tmp_path)
    debate = opened(tmp_path).loaded.debate
    for path in (tmp_path / "claims").rglob("*.yaml"):
        path.write_bytes(b"")
    assert {node.place("text").span[:2] for node in debate.nodes.values()} == {(1, 1)}
    assert Remembered(tmp_path / "claims", "claims/kb.yaml", "other").records == ()


def talks(project: Path) -> None:
    """Ten talks of three points each, without a finding."""
    files = {"claims/kb.yaml": b"title: Talks\n"}
    for talk in range(10):
        files[f"claims/t/question-{talk}.yaml"] = f"kind: question\ntext: Is bridge {talk} safe?\n".encode()
        files[f"claims/t/answer-{talk}.yaml"] = (
            f"kind: claim\ntext: Bridge {talk} is safe.\nanswers: question-{talk}\n".encode()
        )
        files[f"claims/t/reason-{talk}.yaml"] = (
            f"kind: claim\ntext: Bridge {talk} has stood for long.\nsupports: answer-{talk}\n".encode()
        )
    edits.write(project, files)


def noted(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """A list to which the name of every file is added that is unpacked from now on."""
    opened_up: set[str] = set()
    unpack = codec.unpack_contents

    def note(packed: codec.PackedContents, remembered: Remembered) -> Contents:
        opened_up.add(remembered.path.rpartition("/")[2])
        return unpack(packed, remembered)

    monkeypatch.setattr("kb.caching.tree.unpack_contents", note)
    return opened_up


@pytest.mark.parametrize(
    ("change", "unpacked"),
    [
        ("", {"kb.yaml"}),
        ("note: Looked at again.\n", {"kb.yaml", "reason-3.yaml"}),
        ("text", {"kb.yaml", "reason-3.yaml", "answer-3.yaml", "question-3.yaml"}),
        ("tags: [a, a]\n", {"kb.yaml", "reason-3.yaml", "answer-3.yaml", "question-3.yaml"}),
    ],
)
def test_no_more_is_unpacked_than_an_edit_concerns(
    change: str, unpacked: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    talks(tmp_path)
    ranks = {rule.name: rule.severity for rule in rules() if rule.profile == "default"}
    first = opened(tmp_path)
    assert first.findings(ranks) == ()
    first.remember()
    file = tmp_path / "claims/t/reason-3.yaml"
    said = file.read_text()
    file.write_text(said.replace("long", "ages") if change == "text" else said + change)
    opened_up = noted(monkeypatch)
    again = opened(tmp_path)
    assert whole(again.findings(ranks)) == whole(lint(load(tmp_path / "claims"), ranks))
    assert again.loaded.debate.size == (30, 0)
    assert opened_up == unpacked


def test_for_errors_no_more_is_unpacked_than_a_new_point_concerns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    talks(tmp_path)
    ranks = only_errors({rule.name: rule.severity for rule in rules() if rule.profile == "default"})
    first = opened(tmp_path)
    assert first.findings(ranks) == ()
    first.remember()
    new = "kind: objection\ntext: Bridge 3 sways in the wind.\nattacks: answer-3\n"
    (tmp_path / "claims/t/wind.yaml").write_text(new)
    opened_up = noted(monkeypatch)
    again = opened(tmp_path)
    assert whole(again.findings(ranks)) == whole(lint(load(tmp_path / "claims"), ranks))
    assert opened_up == {"kb.yaml", "reason-3.yaml", "answer-3.yaml", "question-3.yaml"}


def test_a_new_point_with_the_id_of_a_relation_is_found(tmp_path: Path) -> None:
    talks(tmp_path)
    file = tmp_path / "claims/t/reason-3.yaml"
    file.write_text(file.read_text().replace("supports: answer-3", "supports: {to: answer-3, id: stands}"))
    checked(tmp_path)
    (tmp_path / "claims/t/stands.yaml").write_text("kind: claim\ntext: It stands.\nsupports: answer-4\n")
    assert "duplicate-id" in str(checked(tmp_path))
    assert checked(tmp_path) == fresh(tmp_path)


# -- whom to believe -------------------------------------------------------------------------------------------


@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_mutilated_cache_costs_time_and_changes_nothing(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    project = tmp_path_factory.mktemp("mutilated")
    written(project, 7, size=2)
    found = checked(project)
    file = project / FOLDER / "claims.cache"
    raw = file.read_bytes()
    at = data.draw(st.integers(0, 99_999)) % len(raw)  # how long it is varies: it tells when its files were written
    match data.draw(st.sampled_from(["cut", "flip", "put in", "take out", "swap", "nothing left", "twice"])):
        case "cut":
            other = raw[:at]
        case "flip":
            other = raw[:at] + bytes([raw[at] ^ (1 << data.draw(st.integers(0, 7)))]) + raw[at + 1 :]
        case "put in":
            other = raw[:at] + data.draw(st.binary(min_size=1, max_size=5)) + raw[at:]
        case "take out":
            other = raw[:at] + raw[at + 1 + data.draw(st.integers(0, 50)) :]
        case "swap":
            lines = raw.split(b"\n")
            one, two = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
            lines[one], lines[two] = lines[two], lines[one]
            other = b"\n".join(lines)
        case "twice":
            other = raw + raw
        case _:
            other = b""
    file.write_bytes(other)
    if other != raw:
        assert Cache(project / "claims", project / "key").read() is None
    assert checked(project) == found
    assert Cache(project / "claims", project / "key").read() is not None


def test_a_cache_that_came_with_the_files_is_not_believed(tmp_path: Path) -> None:
    written(tmp_path / "theirs", 8)
    theirs = opened(tmp_path / "theirs")
    theirs.findings(ALL)
    theirs._found = NOTHING._replace(problems=dict.fromkeys(ALL, ()))  # noqa: SLF001 - somebody who writes a cache that finds nothing
    theirs.remember()
    assert checked(tmp_path / "theirs") != fresh(tmp_path / "theirs"), "with their key it would be believed"
    (tmp_path / "theirs/key").unlink()
    assert checked(tmp_path / "theirs") == fresh(tmp_path / "theirs")


def test_a_cache_of_another_tool_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, 8)
    checked(tmp_path)
    assert Cache(tmp_path / "claims", tmp_path / "key").read() is not None
    monkeypatch.setattr(signed, "PARSER", "another parser")
    assert Cache(tmp_path / "claims", tmp_path / "key").read() is None


@pytest.mark.parametrize(
    "package", ["jinja2", "markdown_it", "markupsafe", "PIL", "font_source_serif_pro", "pygraphviz"]
)
def test_a_cache_is_not_believed_once_pages_or_pictures_are_made_with_another_library(
    package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "debate", 8)
    checked(tmp_path / "debate")
    (tmp_path / package).mkdir()
    (tmp_path / package / "__init__.py").write_text("raise ImportError('nothing of it is loaded')\n")
    assert Cache(tmp_path / "debate/claims", tmp_path / "debate/key").read() is not None
    monkeypatch.delitem(sys.modules, package, raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    assert Cache(tmp_path / "debate/claims", tmp_path / "debate/key").read() is None


def test_an_edit_of_the_tool_makes_it_another_one(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/one.py").write_text("SEVERITY = 1\n")
    before = sorted(signed._modules(str(tmp_path)))  # noqa: SLF001
    (tmp_path / "rules/one.py").write_text("SEVERITY = 2 \n")
    assert sorted(signed._modules(str(tmp_path))) != before  # noqa: SLF001


# -- where nothing can be written ------------------------------------------------------------------------------


def test_links_and_folders_of_others_are_left_alone(tmp_path: Path) -> None:
    written(tmp_path, 9)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / FOLDER).symlink_to(tmp_path / "elsewhere")
    assert checked(tmp_path) == fresh(tmp_path)
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert not signed.remove(tmp_path / FOLDER)
    (tmp_path / FOLDER).unlink()
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "notes.txt").write_text("mine")
    assert checked(tmp_path) == fresh(tmp_path)
    assert not signed.remove(tmp_path / FOLDER)
    assert [path.name for path in (tmp_path / FOLDER).iterdir()] == ["notes.txt"]


def test_a_cache_that_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    written(tmp_path, 9)
    checked(tmp_path)
    file = tmp_path / FOLDER / "claims.cache"
    file.unlink()
    os.mkfifo(file)
    assert opened(tmp_path).findings(ALL) is not None
    file.unlink()
    file.symlink_to(tmp_path / "claims/kb.yaml")
    assert checked(tmp_path) == fresh(tmp_path)
    assert not file.is_symlink()
    assert (tmp_path / "claims/kb.yaml").read_bytes() == b"title: Many examples\n"


def test_without_a_place_for_the_key_nothing_is_remembered(tmp_path: Path) -> None:
    written(tmp_path, 9)
    (tmp_path / "key").mkdir()
    assert checked(tmp_path) == fresh(tmp_path)
    assert not (tmp_path / FOLDER).exists()


def test_a_key_is_made_once_and_is_for_nobody_else(tmp_path: Path) -> None:
    file = tmp_path / "deep/down/key"
    assert key(file) is None
    made = new_key(file)
    assert made is not None
    assert key(file) == made
    assert file.stat().st_mode & 0o077 == 0
    file.write_bytes(b"short")
    assert key(file) is None


# -- at the terminal -------------------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of one's own."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home/.config"))
    return tmp_path / "home"


def test_lint_remembers_unless_told_not_to_and_clean_forgets(tmp_path: Path, home: Path) -> None:
    written(tmp_path, 10)
    run = CliRunner()
    without = run.invoke(main, ["-C", str(tmp_path), "lint", "--no-cache"])
    assert not (tmp_path / FOLDER).exists()
    assert not home.exists()
    first, second = (run.invoke(main, ["-C", str(tmp_path), "lint"]) for _ in range(2))
    assert without.output == first.output == second.output
    assert (tmp_path / FOLDER / ".gitignore").read_text() == "*\n"
    assert (tmp_path / FOLDER / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")
    assert run.invoke(main, ["-C", str(tmp_path), "clean"]).output == f"Removed {tmp_path / FOLDER}\n"
    assert not (tmp_path / FOLDER).exists()
    assert run.invoke(main, ["-C", str(tmp_path), "clean"]).output == "There is no cache\n"


@pytest.mark.usefixtures("home")
def test_a_build_asks_for_errors_and_the_next_lint_still_tells_all(tmp_path: Path) -> None:
    talks(tmp_path)
    run = CliRunner()
    for number, after in ((1, "build"), (2, "lint"), (3, "build"), (4, "build")):
        file = tmp_path / f"claims/t/reason-{number}.yaml"
        file.write_text(file.read_text().replace("has stood", "has stood, as you know,") + "tags: [old, old]\n")
        assert run.invoke(main, ["-C", str(tmp_path), after]).exit_code == 0
    told = run.invoke(main, ["-C", str(tmp_path), "lint"]).output
    assert told == run.invoke(main, ["-C", str(tmp_path), "lint", "--no-cache"]).output
    assert told.count("repeated-entry") == 4


@pytest.mark.usefixtures("home")
def test_an_allowance_of_a_warning_keeps_no_site_from_being_built(tmp_path: Path) -> None:
    talks(tmp_path)
    (tmp_path / "claims/kb.yaml").write_text("title: Talks\nlint:\n  severity:\n    stale-allow: error\n")
    file = tmp_path / "claims/t/reason-3.yaml"
    said = f"{file.read_text()}allow:\n  repeated-entry: They mean it.\n"
    run = CliRunner()
    file.write_text(f"{said}tags: [old, old]\n")
    assert run.invoke(main, ["-C", str(tmp_path), "build"]).exit_code == 0
    file.write_text(said)
    refused = run.invoke(main, ["-C", str(tmp_path), "build"])
    assert refused.exit_code == 1
    assert "`reason-3` has no finding `repeated-entry` to allow" in refused.output


@pytest.mark.usefixtures("home")
def test_a_small_debate_is_not_worth_remembering(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    written(tmp_path, 10)
    CliRunner().invoke(main, ["-C", str(tmp_path), "lint"])
    assert not (tmp_path / FOLDER).exists()


@pytest.mark.usefixtures("home")
def test_standard_input_is_not_remembered(tmp_path: Path) -> None:
    written(tmp_path, 10)
    run = CliRunner()
    first = run.invoke(main, ["-C", str(tmp_path), "lint"]).output
    arguments = ["-C", str(tmp_path), "lint", "-", "--stdin-filename", str(tmp_path / "claims/kb.yaml")]
    assert "unknown-field" in run.invoke(main, arguments, input="title: T\nx: y\n").output
    assert run.invoke(main, ["-C", str(tmp_path), "lint"]).output == first
