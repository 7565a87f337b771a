"""The site after edits: the same bytes as one built without a memory, written only where it differs, whatever happened in between."""

from __future__ import annotations

import gc
import io
import os
import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import kb.parted
import kb.workspace
from kb import site
from kb.caching.shelf import Shelf
from kb.caching.store import Cache
from kb.cli import main
from kb.commands.build import Progress
from kb.companions import search
from kb.finding import KbError
from kb.incremental.parts import parted
from kb.load import load
from kb.output.folder import files_in
from kb.output.links import Output
from kb.output.marker import MARKER
from kb.pages import nodes, people, person, sources, story, terms, topic, topics
from kb.pages import open as opened
from kb.publish import Published, publish
from kb.publishing import aif, disputes, passage_pages, postings
from kb.publishing.theme import Theme, read_theme
from kb.queries import published
from kb.workspace import Workspace
from tests import edits, sites

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import ModuleType

    from kb.debate import Debate
    from kb.model import Node
    from kb.tables import Row

WELL_MADE = Path(__file__).parent / "debates"


def later() -> int:
    """A clock by which all files are old, so that only stamps show whether they changed."""
    return 4_000_000_000_000_000_000


def built(project: Path) -> Published:
    """Build the site of a debate in a new run, which remembers it for the next one."""
    workspace = Workspace(project / "claims", Cache(project / "claims", project / "key"), later)
    shelf = Shelf(project / "claims", project / "key")
    done = publish(workspace.loaded.debate, read_theme(project), workspace.parts, project / "out", shelf.read())
    shelf.write(done.built)
    return done


def found(project: Path) -> dict[str, bytes]:
    """The files of the site."""
    out = project / "out"
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def anew(project: Path) -> dict[str, bytes]:
    """The files of a site that is built without a memory."""
    outputs = sites.gather(load(project / "claims").debate, read_theme(project))
    return {path: content if isinstance(content, bytes) else content.encode() for path, content in outputs}


def holds_what_is_right(project: Path) -> bool:
    """Whether the site is the same as one built without a memory."""
    there = found(project)
    assert there.pop(MARKER)
    return there == anew(project)


def threads(project: Path, *, count: int = 6) -> Path:
    """A debate of several parts, in which the same people speak."""
    files: edits.Files = {
        "claims/kb.yaml": b"title: Threads\n",
        "claims/participants/ann.yaml": b"name: Ann\n",
        "claims/participants/bob.yaml": b"name: Bob\n",
        "claims/terms/long.yaml": b"term: long\n",
    }
    for n in range(count):
        files |= {
            f"claims/t/question-{n}.yaml": f"kind: question\ntext: Was bridge {n} worth it?\n".encode(),
            f"claims/t/yes-{n}.yaml": f"kind: claim\ntext: Bridge {n} was.\nby: ann\nanswers: question-{n}\n".encode(),
            f"claims/t/no-{n}.yaml": f"kind: objection\ntext: Bridge {n} was dear.\nby: bob\nattacks: yes-{n}\n".encode(),
            f"claims/t/reason-{n}.yaml": f"kind: claim\ntext: Span {n} is long.\nby: ann\nsupports: yes-{n}\nterms: long\n".encode(),
        }
    edits.write(project, files)
    return project


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A list to which the nodes are added whose pages are made."""
    seen: list[str] = []
    real = site.Site.part_files

    def noted(self: site.Site, part: str) -> Iterator[Output]:
        seen.extend(self.debate.groups[part])
        return real(self, part)

    monkeypatch.setattr(site.Site, "part_files", noted)
    return seen


# -- the same bytes -----------------------------------------------------------------------------------------------------


LIMITS = (
    *((postings, "_SHARE", 600), (postings, "_COMMON", 8), (postings, "_LEAST", 6)),
    *((search, "_A_FILE", 4), (nodes, "_A_PAGE", 9), (topic, "_A_PAGE", 7)),
    *(
        (person, "_SHOWN", 6),
        *((module, "_A_PAGE", 2) for module in (people, sources, terms, topics)),
        (passage_pages, "_A_PAGE", 3),
        (story, "_IN_FULL", 3),
        (disputes, "A_PAGE", 3),
        (opened, "A_PAGE", 3),
    ),
)
"""Limits so low that even a small debate has lists of many pages, and a search index in many files with common words."""


LARGE = (kb.parted, "_ALL", 0), (kb.parted, "_FEW", 4)
"""Limits by which even a small debate is too large to stay evaluated as a whole."""


@pytest.mark.parametrize("limits", [(), LIMITS, LARGE], ids=["as they are", "short lists", "little memory"])
@pytest.mark.parametrize("seed", range(6))
def test_after_any_edits_the_site_is_the_same_as_one_made_anew(
    seed: int, limits: Iterable[tuple[ModuleType, str, int]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name, value in limits:
        assert isinstance(getattr(module, name), int)
        monkeypatch.setattr(module, name, value)
    dice = random.Random(seed)
    files = edits.project(dice, size=dice.choice([3, 6]))
    edits.write(tmp_path, files)
    for _ in range(6):
        done = built(tmp_path)
        assert holds_what_is_right(tmp_path)
        assert done.pages == sum(path.endswith(".html") for path in found(tmp_path))
        before = files
        for _ in range(dice.choice([0, 1, 1, 2])):
            files = edits.with_random_edit(files, dice)
        edits.write(tmp_path, files, before)


def test_points_that_lose_their_place_on_a_map_are_made_again(tmp_path: Path, made: list[str]) -> None:
    threads(tmp_path, count=60)

    def reply(name: str, n: int, to: str) -> None:
        text = f"kind: objection\ntext: Not so, says {name} {n}.\nby: bob\nattacks: {to}-{n}\n"
        (tmp_path / f"claims/t/{name}-{n}.yaml").write_text(text)

    for n in range(60):
        for name, to in (("short", "reason"), ("old", "short"), ("steep", "old"), ("grey", "steep")):
            reply(name, n, to)
    built(tmp_path)
    before = found(tmp_path)
    made.clear()
    for n in range(50, 60):
        reply("late", n, "grey")
    built(tmp_path)
    assert holds_what_is_right(tmp_path)
    lost = [n for n in range(50) if before[f"nodes/yes-{n}.html"] != found(tmp_path)[f"nodes/yes-{n}.html"]]
    assert lost, "the larger threads are drawn first, so that others have no room"
    assert {f"yes-{n}" for n in lost} <= {*made}


@pytest.mark.parametrize("name", ["tempo-30", "chess-opening"])
def test_after_edits_of_a_well_made_map_too(name: str, tmp_path: Path) -> None:
    dice = random.Random(name)
    root = WELL_MADE / name
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*.yaml"))}
    edits.write(tmp_path, files)
    for _ in range(5):
        built(tmp_path)
        assert holds_what_is_right(tmp_path)
        after = edits.with_random_edit(files, dice)
        edits.write(tmp_path, after, files)
        files = after


# -- no more than has to be ---------------------------------------------------------------------------------------------


def test_only_the_part_that_was_edited_is_made_again_and_only_what_differs_is_written(
    tmp_path: Path, made: list[str]
) -> None:
    threads(tmp_path)
    assert built(tmp_path).removed == ()
    assert len(made) == 24
    before = files_in(tmp_path / "out")
    made.clear()
    with (tmp_path / "claims/t/no-3.yaml").open("a") as handle:
        handle.write("note: Looked at again.\n")
    done = built(tmp_path)
    assert set(made) == {"question-3", "yes-3", "no-3", "reason-3"}
    assert "nodes/no-3.html" in done.written
    assert all("no-3" in path or "debate" in path for path in done.written), done.written
    after = files_in(tmp_path / "out")
    assert before is not None
    assert after is not None
    assert {path for path in after if after[path] != before[path]} == set(done.written)
    assert holds_what_is_right(tmp_path)
    made.clear()
    assert built(tmp_path).written == ()
    assert made == []


def test_of_lists_those_are_made_again_that_show_something_of_what_was_edited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads(tmp_path)
    (tmp_path / "claims/u").mkdir()
    (tmp_path / "claims/u/other.yaml").write_text("kind: claim\ntext: Boats are slow.\nby: carol\n")
    (tmp_path / "claims/participants/carol.yaml").write_text("name: Carol\n")
    built(tmp_path)
    printed = sites.printed_pages(monkeypatch)
    (tmp_path / "claims/u/other.yaml").write_text("kind: claim\ntext: Boats were slow.\nby: carol\n")
    built(tmp_path)
    assert {"nodes/other.html", "topics/u.html", "people/carol.html"} <= set(printed)
    assert not {"topics/t.html", "people/ann.html"}.intersection(printed)
    assert holds_what_is_right(tmp_path)


def test_a_page_about_the_whole_debate_is_printed_if_it_says_something_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads(tmp_path)
    built(tmp_path)
    before, printed = found(tmp_path), sites.printed_pages(monkeypatch)
    with (tmp_path / "claims/t/yes-3.yaml").open("a") as handle:
        handle.write("certainty: tentative\n")
    built(tmp_path)
    after = found(tmp_path)
    assert {"nodes/yes-3.html", "people/ann.html"} <= set(printed)
    unchanged = [path for path in printed if "/" not in path and after[path] == before[path]]
    around = [f"nodes/{name}-3.html".encode() for name in ("question", "yes", "no", "reason")]
    assert [path for path in unchanged if not any(link in after[path] for link in around)] == []
    assert not {"sources.html", "terms.html"}.intersection(printed)
    assert holds_what_is_right(tmp_path)


def test_lines_of_large_files_are_told_again_for_what_was_edited_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads(tmp_path)
    built(tmp_path)
    told: list[str] = []
    briefs, node_rows = published.brief_rows, aif.node_rows

    def all_noted(debate: Debate) -> Mapping[str, str]:
        told.extend(debate.nodes)
        return briefs(debate)

    def noted(debate: Debate, node: Node) -> Iterator[Row]:
        told.append(node.id)
        return node_rows(debate, node)

    monkeypatch.setattr(published, "brief_rows", all_noted)
    monkeypatch.setattr(aif, "node_rows", noted)
    with (tmp_path / "claims/t/no-3.yaml").open("a") as handle:
        handle.write("note: Looked at again.\n")
    built(tmp_path)
    assert set(told) == {"question-3", "yes-3", "no-3", "reason-3"}
    assert holds_what_is_right(tmp_path)


def test_a_node_that_is_gone_takes_its_page_with_it(tmp_path: Path) -> None:
    threads(tmp_path)
    built(tmp_path)
    (tmp_path / "claims/t/reason-2.yaml").unlink()
    done = built(tmp_path)
    assert "nodes/reason-2.html" in done.removed
    assert not (tmp_path / "out/nodes/reason-2.html").exists()
    assert holds_what_is_right(tmp_path)


def test_a_debate_that_loses_all_its_points_and_gets_them_back_has_its_site(tmp_path: Path) -> None:
    folder = threads(tmp_path) / "claims/t"
    built(tmp_path)
    points = {path.name: path.read_bytes() for path in folder.iterdir()}
    for name in points:
        (folder / name).unlink()
    for _ in range(2):
        built(tmp_path)
        assert holds_what_is_right(tmp_path)
    for name, text in points.items():
        (folder / name).write_bytes(text)
        built(tmp_path)
    assert holds_what_is_right(tmp_path)


def test_points_that_are_long_gone_are_not_remembered(tmp_path: Path) -> None:
    project = threads(tmp_path, count=1)
    built(project)
    remembered = project / ".kb-cache/claims.site"
    last = project / "claims/t/passing-0.yaml"
    for number in range(30):
        last.unlink(missing_ok=True)
        last = project / f"claims/t/passing-{number}.yaml"
        last.write_text(f"kind: objection\ntext: The ferry {number} is cheaper.\nby: bob\nattacks: yes-0\n")
        built(project)
        assert f"nodes/passing-{number}.html" in remembered.read_text("ascii")
    assert "passing-0." not in remembered.read_text("ascii")
    assert holds_what_is_right(project)


def test_what_all_pages_share_makes_all_of_them_again(tmp_path: Path, made: list[str]) -> None:
    threads(tmp_path)
    built(tmp_path)
    for path, text in {"claims/kb.yaml": "title: Bridges\n", "site/templates/limits.html": "<p>None.</p>"}.items():
        made.clear()
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
        built(tmp_path)
        assert len(made) == 24
        assert holds_what_is_right(tmp_path)


def test_a_page_that_was_made_is_not_kept_in_memory(tmp_path: Path) -> None:
    made = site.Site(parted(load(threads(tmp_path) / "claims").debate), Theme())
    gc.disable()
    try:
        for _ in range(2):  # the first build compiles templates
            gc.collect()
            assert sum(len(output.content) for part in made.debate.groups for output in made.part_files(part)) > 50_000
        assert gc.collect() == 0, "it would stay until somebody looks for garbage, and a build does not"
    finally:
        gc.enable()


def test_where_nothing_changed_the_debate_is_not_even_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads(tmp_path)
    first = built(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr("kb.publish.Site", None)
        again = built(tmp_path)
        assert (again.pages, again.written, again.removed) == (first.pages, (), ())
    for harmed in ("out/index.html", "out/nodes/yes-1.html", f"out/{MARKER}"):
        (tmp_path / harmed).write_text("")
        built(tmp_path)
        assert holds_what_is_right(tmp_path)
    (tmp_path / "out/nodes/more.html").write_text("")
    with pytest.raises(KbError, match=r"also holds `nodes/more\.html`, which `kb build` did not put there"):
        built(tmp_path)
    assert (tmp_path / "out/nodes/more.html").exists()


def test_what_a_build_names_as_its_own_is_the_same_whatever_was_there_before(tmp_path: Path) -> None:
    threads(tmp_path)
    built(tmp_path)
    first = (tmp_path / "out" / MARKER).read_bytes()
    (tmp_path / "claims/t/more.yaml").write_text("kind: claim\ntext: More.\nby: ann\nanswers: question-5\n")
    built(tmp_path)
    more = (tmp_path / "out" / MARKER).read_bytes()
    assert more != first
    with (tmp_path / "claims/t/more.yaml").open("a") as handle:
        handle.write("note: Looked at again.\n")
    assert MARKER not in built(tmp_path).written
    (tmp_path / "claims/t/more.yaml").unlink()
    assert "nodes/more.html" in built(tmp_path).removed
    assert (tmp_path / "out" / MARKER).read_bytes() == first


# -- whom to believe ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("harm", ["edited", "swapped", "gone", "linked", "cut", "folder gone", "unsigned", "elsewhere"])
def test_a_site_that_somebody_touched_is_mended(harm: str, tmp_path: Path) -> None:
    threads(tmp_path)
    built(tmp_path)
    page, other = tmp_path / "out/nodes/yes-1.html", tmp_path / "out/nodes/yes-2.html"
    match harm:
        case "edited":
            status = page.stat()
            page.write_bytes(page.read_bytes().replace(b"Bridge", b"Brigde"))
            os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))
        case "swapped":
            page.rename(tmp_path / "x")
            other.rename(page)
            (tmp_path / "x").rename(other)
        case "gone":
            page.unlink()
        case "linked":
            page.unlink()
            page.symlink_to(other)
        case "cut":
            page.write_bytes(b"")
        case "folder gone":
            shutil.rmtree(tmp_path / "out")
        case "unsigned":
            (tmp_path / "key").unlink()
            page.write_bytes(b"")
        case _:
            (tmp_path / "out").rename(tmp_path / "moved")
            shutil.copytree(tmp_path / "moved", tmp_path / "out")
    built(tmp_path)
    assert not page.is_symlink()
    assert holds_what_is_right(tmp_path)


@pytest.mark.parametrize("harm", ["altered", "gone"])
@pytest.mark.parametrize("name", ["start", "words-0", "people-0", "points-0"])
def test_an_index_of_the_search_that_somebody_touched_is_mended(name: str, harm: str, tmp_path: Path) -> None:
    project = threads(tmp_path)
    built(project)
    file = project / f"out/search/{name}.js"
    if harm == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes().replace(b"1", b"2"))
    built(project)
    assert holds_what_is_right(project)
    (project / "claims/t/no-3.yaml").write_text("kind: objection\ntext: A zebra was dear.\nby: bob\nattacks: yes-3\n")
    built(project)
    assert holds_what_is_right(project)


def test_words_of_the_search_are_mended_where_points_are_reworded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_A_FILE", 4)
    project = threads(tmp_path)
    built(project)

    def anew(*_: object) -> Mapping[str, str]:
        raise AssertionError

    with monkeypatch.context() as without:
        without.setattr(search, "index_lines", anew)
        file = project / "claims/t/yes-1.yaml"
        file.write_bytes(file.read_bytes().replace(b"Bridge", b"Zebra"))
        built(project)
    assert holds_what_is_right(project)


def test_what_stands_on_every_page_is_as_the_points_it_names(tmp_path: Path) -> None:
    project = threads(tmp_path)
    edits.write(project, {"site/pages/1-menu.md": b"# On [[yes-1]]\n", "site/pages/foot.md": b"# And [[no-2]]\n"})
    built(project)
    for name in ("yes-1", "no-2"):
        file = project / f"claims/t/{name}.yaml"
        file.write_bytes(file.read_bytes().replace(b"Bridge", b"Zebra"))
        built(project)
        assert b"Zebra" in found(project)["terms.html"]
        assert holds_what_is_right(project)


@pytest.mark.parametrize("stop", range(0, 12, 3))
def test_a_build_that_was_interrupted_is_put_right_by_the_next(
    stop: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads(tmp_path)
    built(tmp_path)
    for n in (1, 2, 4):
        (tmp_path / f"claims/t/yes-{n}.yaml").write_text(f"kind: claim\ntext: Oh yes {n}.\nanswers: question-{n}\n")
    count = iter(range(100))
    replace = Path.replace

    def stopped(self: Path, target: Path) -> Path:
        if next(count) == stop:
            raise KeyboardInterrupt
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", stopped)
        with pytest.raises(KeyboardInterrupt):
            built(tmp_path)
    if stop % 2:
        (tmp_path / "claims/t/yes-2.yaml").write_text("kind: claim\ntext: No.\nanswers: question-2\n")
    built(tmp_path)
    assert holds_what_is_right(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".out")) == []


def test_a_link_that_leads_nowhere_any_more_leaves_the_site_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads(tmp_path)
    built(tmp_path)
    before = files_in(tmp_path / "out")
    real = site.Site.list_pages
    gone = "terms/long.html"
    monkeypatch.setattr(
        site.Site,
        "list_pages",
        lambda self: (o for o in real(self) if gone not in {made.path for made in sites.outputs_of(o)}),
    )
    with (tmp_path / "claims/t/no-3.yaml").open("a") as handle:
        handle.write("note: Looked at again.\n")
    with pytest.raises(KbError, match=r"links to `\.\./terms/long.html`|links to `terms/long.html`"):
        built(tmp_path)
    assert files_in(tmp_path / "out") == before


def test_what_debates_of_their_own_templates_show_is_made_each_time(tmp_path: Path, made: list[str]) -> None:
    threads(tmp_path)
    (tmp_path / "site/templates").mkdir(parents=True)
    template = '{% extends "shipped/node.html" %}{% block main %}{{ super() }}{{ card("yes-5") }}{% endblock %}'
    (tmp_path / "site/templates/node.html").write_text(template)
    built(tmp_path)
    (tmp_path / "claims/t/yes-5.yaml").write_text("kind: claim\ntext: Otherwise.\nby: ann\nanswers: question-5\n")
    built(tmp_path)
    assert len(made) == 48
    assert b"Otherwise." in (tmp_path / "out/nodes/no-1.html").read_bytes()


def test_a_script_that_is_another_now_is_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    threads(tmp_path)
    built(tmp_path)
    shipped = Theme().assets
    monkeypatch.setattr(Theme, "assets", [Output(path, f"{content!r}") for path, content in shipped])
    assert {path for path in built(tmp_path).written if path != MARKER} == {path for path, _ in shipped}


def test_every_theme_has_a_mark_of_its_own(tmp_path: Path) -> None:
    looks = [Theme(), Theme({"assets/logo.svg": b"x"}), Theme({"assets/logo.svg": b"y"}), Theme({"pages/a.md": b"y"})]
    assert len({look.mark for look in looks}) == len(looks)
    assert Theme().mark == read_theme(tmp_path).mark


# -- at the terminal ----------------------------------------------------------------------------------------------------


def test_build_says_what_it_wrote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home/.config"))
    monkeypatch.setattr(kb.workspace, "WORTH_REMEMBERING", 1)
    threads(tmp_path)
    run = CliRunner()
    first, second = (run.invoke(main, ["-C", str(tmp_path), "build"]).output.splitlines()[0] for _ in range(2))
    total = sum(1 for _ in (tmp_path / "_site").rglob("*.html"))
    assert first == f"Wrote {total} pages to {tmp_path / '_site'}"
    assert second == f"Wrote 0 pages to {tmp_path / '_site'} and kept {total}"
    with (tmp_path / "claims/t/no-3.yaml").open("a") as handle:
        handle.write("note: Looked at again.\n")
    one = run.invoke(main, ["-C", str(tmp_path), "build"]).output.splitlines()[0]
    assert one == f"Wrote 1 page to {tmp_path / '_site'} and kept {total - 1}"
    (tmp_path / "claims/t/reason-2.yaml").unlink()
    third = run.invoke(main, ["-C", str(tmp_path), "build"]).output.splitlines()[0]
    assert third.endswith(f"pages to {tmp_path / '_site'}, kept {total - 1 - int(third.split()[1])} and removed 1")


class Terminal(io.StringIO):
    """A stream that is taken for a terminal."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def test_progress_is_shown_to_those_who_wait_for_it_and_does_not_stay() -> None:
    terminal, now = Terminal(), iter([0.0, 0.5, 1.2, 1.25, 1.4])
    progress = Progress(terminal, lambda: next(now), 400)
    for pages in (100, 200, 201, 300):
        progress.show(pages)
    shown = [f"{pages} pages of 400 points and their lists …" for pages in (200, 300)]
    assert terminal.getvalue().split("\r") == ["", *shown]
    progress.clear()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_who_waits_no_second_or_reads_a_pipe_sees_no_progress() -> None:
    for terminal, seconds in ((Terminal(), [0.0, 0.9]), (io.StringIO(), [0.0, 10.0])):
        progress = Progress(terminal, iter(seconds).__next__, 400)
        progress.show(100)
        progress.clear()
        assert terminal.getvalue() == ""


def test_every_page_counts(tmp_path: Path) -> None:
    threads(tmp_path)
    told: list[int] = []
    workspace = Workspace(tmp_path / "claims")
    for _ in range(2):
        told.clear()
        done = publish(workspace.loaded.debate, Theme(), workspace.parts, tmp_path / "out", report=told.append)
        assert told == list(range(1, done.pages + 1))
