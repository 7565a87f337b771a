"""The folder of the site: replaced as a whole or left as it was, and no other folder touched."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kb
from kb.finding import KbError
from kb.load import load
from kb.output.folder import Stage, files_in, staged
from kb.output.links import Output
from kb.output.marker import MARKER
from kb.output.ownership import own_target
from tests import sites

if TYPE_CHECKING:
    from kb.debate import Debate

STARTER = Path(kb.__file__).parent / "starter" / "claims"


@pytest.fixture(scope="module")
def starter() -> Debate:
    return load(STARTER).debate


def build(debate: Debate, folder: Path, claims: Path) -> None:
    """Do what `kb build` does once the debate has no errors."""
    target = own_target(folder, claims)
    sites.write(sites.gather(debate), target)


def test_a_build_replaces_the_site_before_it(starter: Debate, tmp_path: Path) -> None:
    target, claims = tmp_path / "deep" / "out", tmp_path / "claims"
    build(starter, target, claims)
    first = {p: p.read_bytes() for p in target.rglob("*") if p.is_file()}
    sites.write([*sites.gather(starter), Output("nodes/of-old.html", "gone next time")], target)
    assert (target / "nodes/of-old.html").exists()
    build(starter, target, claims)
    assert {p: p.read_bytes() for p in target.rglob("*") if p.is_file()} == first
    assert [p.name for p in (tmp_path / "deep").iterdir()] == ["out"]


def test_a_build_writes_only_what_differs(tmp_path: Path) -> None:
    target = tmp_path / "out"
    sites.write(
        [Output("a.html", "one"), Output("b/c.html", "two"), Output("b/d.html", "three"), Output("e", "x")], target
    )
    before = files_in(target) or {}
    sites.write(
        [Output("a.html", "one"), Output("b/c.html", "owt"), Output("e/f.html", b"new"), Output("b/d.html", "three")],
        target,
    )
    after = files_in(target) or {}
    assert sorted(after) == [MARKER, "a.html", "b/c.html", "b/d.html", "e/f.html"]
    assert {path for path in after if after[path] != before.get(path)} == {MARKER, "b/c.html", "e/f.html"}
    assert (target / "b/c.html").read_text() == "owt"
    sites.write([Output("b", "a file, where a folder was")], target)
    assert sorted(p.name for p in target.rglob("*")) == [MARKER, "b"]


@pytest.mark.parametrize("renamings", range(6))
def test_a_build_that_is_killed_while_it_renames_is_put_right_by_the_next(
    renamings: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, claims = tmp_path / "out", tmp_path / "claims"
    sites.write([Output("a.html", "one"), Output("old/b.html", "two")], target)
    new = [Output("a.html", "two"), Output("maps/c.html", "x"), Output("pages/d.html", "y"), Output("sitemap.xml", "z")]
    with monkeypatch.context() as patched:
        killed_after(renamings, patched)
        with pytest.raises(KeyboardInterrupt):
            sites.write(new, target)
    sites.write(new[:1], own_target(target, claims))
    assert sorted(p.name for p in target.rglob("*")) == [MARKER, "a.html"]
    sites.write(new, own_target(target, claims))
    assert own_target(target, claims) == target
    assert (target / MARKER).read_text().splitlines()[1:] == ["a.html", "maps", "pages", "sitemap.xml"]
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("first", [True, False])
def test_git_does_not_offer_what_a_build_that_was_killed_left(
    first: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not first:
        sites.write([Output("a.html", "one")], tmp_path / "out")
    with monkeypatch.context() as patched:
        patched.setattr(Stage, "clear", lambda _: None)
        patched.setattr(Stage, "settle", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            sites.write([Output("a.html", "two")], tmp_path / "out")
    left = tmp_path / ".out.kb-new"
    assert {p.name: p.read_text() for p in left.iterdir()} == {".gitignore": "*\n", "a.html": "two"}
    sites.write([Output("a.html", "two")], tmp_path / "out")
    assert [p.name for p in tmp_path.iterdir()] == ["out"]
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [MARKER, "a.html"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no locks on folders")
@pytest.mark.parametrize("first", [True, False])
def test_of_two_builds_at_once_the_second_says_so_and_the_first_comes_to_its_end(first: bool, tmp_path: Path) -> None:
    target = tmp_path / "deep" / "out"
    if not first:
        sites.write([Output("a.html", "one")], target)
    with staged(target) as stage:
        stage.put("a.html", "two")
        with pytest.raises(KbError, match=r"another build is writing .*out; wait"):
            sites.write([Output("a.html", "three")], target)
        stage.put("b.html", "two")
    assert {p.name: p.read_text() for p in target.glob("*.html")} == {"a.html": "two", "b.html": "two"}
    sites.write([Output("a.html", "three")], target)
    assert [p.name for p in target.parent.iterdir()] == ["out"]
    assert sorted(p.name for p in target.iterdir()) == [MARKER, "a.html"]


def killed_after(renamings: int, patched: pytest.MonkeyPatch) -> None:
    """Let a build die after so many renamings, with no time to tidy up."""
    replace = Path.replace
    done: list[Path] = []

    def dying(self: Path, other: Path) -> Path:
        if len(done) == renamings:
            raise KeyboardInterrupt
        done.append(self)
        return replace(self, other)

    patched.setattr(Path, "replace", dying)
    patched.setattr(Stage, "clear", lambda _: None)


def test_empty_folders_that_somebody_made_in_a_site_go(starter: Debate, tmp_path: Path) -> None:
    target, claims = tmp_path / "out", tmp_path / "claims"
    build(starter, target, claims)
    before = files_in(target)
    (target / "nodes" / "mine" / "deep").mkdir(parents=True)
    assert files_in(target) != before
    with staged(target) as stage:
        for output in sites.gather(starter):
            stage.put(*output)
    assert not (target / "nodes" / "mine").exists()
    assert (files_in(target), stage.written, stage.removed) == (before, [], ())


def test_links_in_a_site_are_not_followed(starter: Debate, tmp_path: Path) -> None:
    target = tmp_path / "out"
    build(starter, target, tmp_path / "claims")
    (tmp_path / "mine").mkdir()
    shutil.rmtree(target / "nodes")
    (target / "nodes").symlink_to(tmp_path / "mine")
    build(starter, target, tmp_path / "claims")
    assert list((tmp_path / "mine").iterdir()) == []
    assert not (target / "nodes").is_symlink()


def test_a_failed_build_leaves_the_site_before_it_whole(
    starter: Debate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, claims = tmp_path / "out", tmp_path / "claims"
    build(starter, target, claims)
    before = {p: p.read_bytes() for p in target.rglob("*") if p.is_file()}
    monkeypatch.setattr(sites, "gather", lambda _: [Output("a.html", "x"), Output("b/c.html", "\ud800")])
    with pytest.raises(UnicodeEncodeError):
        build(starter, target, claims)
    monkeypatch.setattr(sites, "gather", lambda _: [Output("a.html", "x"), Output("a.html/b.html", "x")])
    with pytest.raises(KbError, match="the site was not written to"):
        build(starter, target, claims)
    assert {p: p.read_bytes() for p in target.rglob("*") if p.is_file()} == before
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_failed_swap_brings_the_old_site_back(
    starter: Debate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out"
    build(starter, target, tmp_path / "claims")
    (target / "nodes/else.html").symlink_to(tmp_path)  # so that it is no site to be kept in part
    rename = Path.rename

    def fail(self: Path, other: Path) -> Path:
        if self.name.endswith("kb-new"):
            raise OSError(28, "No space left on device")
        return rename(self, other)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(KbError, match="No space left on device"):
        build(starter, target, tmp_path / "claims")
    assert (target / "index.html").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_leftovers_of_an_interrupted_build_are_no_obstacle(starter: Debate, tmp_path: Path) -> None:
    for word in ("new", "old"):
        (tmp_path / f".out.kb-{word}" / "x").mkdir(parents=True)
    build(starter, tmp_path / "out", tmp_path / "claims")
    build(starter, tmp_path / "out", tmp_path / "claims")
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_link_where_a_build_makes_its_files_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.txt").write_text("years of work")
    (tmp_path / ".out.kb-new").symlink_to(tmp_path / "mine")
    sites.write([Output("a.html", "one")], tmp_path / "out")
    assert (tmp_path / "mine/thesis.txt").read_text() == "years of work"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mine", "out"]


def test_folders_that_are_not_ours_are_refused(starter: Debate, tmp_path: Path) -> None:
    claims = tmp_path / "project" / "claims"
    claims.mkdir(parents=True)
    full = tmp_path / "full"
    full.mkdir()
    (full / "thesis.txt").write_text("years of work")
    other = tmp_path / "other"
    (other / "claims").mkdir(parents=True)
    (other / MARKER).write_text("claims\n")
    plain = tmp_path / "file"
    plain.write_text("x")
    for target, why in {
        Path("/"): "holds a debate",
        tmp_path: "holds a debate",
        claims.parent: "holds a debate",
        claims: "holds a debate",
        claims / "site": "holds a debate",
        other: "holds a debate",
        full: "is not empty",
        plain: "is not a folder",
    }.items():
        with pytest.raises(KbError, match=why):
            build(starter, target, claims)
    assert (full / "thesis.txt").read_text() == "years of work"


def test_what_somebody_put_into_a_site_is_not_thrown_away(starter: Debate, tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    build(starter, target, tmp_path / "claims")
    (target / "CNAME").write_text("debate.example")
    with pytest.raises(KbError, match="`CNAME`, which `kb build` did not put there"):
        build(starter, target, tmp_path / "claims")
    assert (target / "CNAME").read_text() == "debate.example"


@pytest.mark.parametrize(
    "path", ["nodes/my-notes.txt", "nodes/mine.html", "assets/photo.png", "nodes/sub/deep/y", "nodes/a b"]
)
def test_what_somebody_put_into_a_folder_of_a_site_is_not_thrown_away(
    path: str, starter: Debate, tmp_path: Path
) -> None:
    target, claims = tmp_path / "out", tmp_path / "claims"
    build(starter, target, claims)
    (target / path).parent.mkdir(parents=True, exist_ok=True)
    (target / path).write_text("years of work")
    before = files_in(target)
    for outputs in (sites.gather(starter), [Output("index.html", "another")]):
        with pytest.raises(
            KbError, match=f"out also holds `{path}`, which `kb build` did not put there; move it away, or "
        ):
            sites.write(outputs, own_target(target, claims))
    assert files_in(target) == before
    assert [p.name for p in tmp_path.iterdir()] == ["out"]
    (target / path).unlink()
    build(starter, target, claims)
    assert path not in (files_in(target) or {})


def test_how_much_more_somebody_put_there_is_told(tmp_path: Path) -> None:
    target = tmp_path / "out"
    advice = "which `kb build` did not put there; move them away, or choose another folder with `-o`"
    for count, said in ((2, f"`b/0.txt` and 1 other, {advice}"), (3, f"`b/0.txt` and 2 others, {advice}")):
        sites.write([Output("b/c.html", "one")], target)
        for number in range(count):
            (target / f"b/{number}.txt").write_text("mine")
        with pytest.raises(KbError, match=f"also holds {said}"):
            sites.write([Output("b/c.html", "one")], target)
        shutil.rmtree(target)


def test_what_somebody_put_where_a_new_page_belongs_is_not_written_over(tmp_path: Path) -> None:
    target = tmp_path / "out"
    sites.write([Output("nodes/a.html", "one")], target)
    (target / "nodes/b.html").write_text("mine")
    with pytest.raises(KbError, match=r"also holds `nodes/b\.html`"):
        sites.write([Output("nodes/a.html", "one"), Output("nodes/b.html", "two")], target)
    assert (target / "nodes/b.html").read_text() == "mine"
    sites.write([Output("nodes/a.html", "one"), Output("nodes/b.html", "mine")], target)
    sites.write([Output("nodes/a.html", "one"), Output("nodes/b.html", "two")], target)
    assert (target / "nodes/b.html").read_text() == "two"


def test_a_site_with_a_link_in_it_is_not_replaced_over_what_somebody_put_there(tmp_path: Path) -> None:
    target = tmp_path / "out"
    sites.write([Output("nodes/a.html", "one")], target)
    (target / "nodes/b.html").symlink_to(tmp_path)
    (target / "nodes/mine.txt").write_text("mine")
    with pytest.raises(KbError, match=r"also holds `nodes/mine\.txt`"):
        sites.write([Output("nodes/a.html", "two")], target)
    assert (target / "nodes/mine.txt").read_text() == "mine"
    (target / "nodes/mine.txt").unlink()
    sites.write([Output("nodes/a.html", "two")], target)
    assert sorted(files_in(target) or {}) == [MARKER, "nodes/a.html"]


def test_a_site_of_before_that_named_no_files_below_is_built_again(starter: Debate, tmp_path: Path) -> None:
    target, claims = tmp_path / "out", tmp_path / "claims"
    sites.write([*sites.gather(starter), Output("rules/of-old.html", "gone next time")], target)
    named = (target / MARKER).read_text().splitlines()[1:]
    old = ["# Written by `kb build`, which replaces what is named here.", *named, ""]
    (target / MARKER).write_text("\n".join(old))
    (target / "nodes/my-notes.txt").write_text("mine")
    with pytest.raises(KbError, match=r"also holds `nodes/my-notes\.txt`, which"):
        build(starter, target, claims)
    (target / "nodes/my-notes.txt").unlink()
    build(starter, target, claims)
    assert not (target / "rules/of-old.html").exists()
    (target / "rules/of-mine.html").write_text("mine")
    with pytest.raises(KbError, match=r"also holds `rules/of-mine\.html`, which"):
        build(starter, target, claims)


MARKED = """# Written by `kb build`, which replaces what is named here.
assets
index.html
nodes
"""
"""A marker of older releases, which did not name the files in folders."""


@pytest.mark.parametrize("name", ["doc.pdf", "photo.jpg", "a.webp", "fonts/a.woff2", "words.txt"])
def test_an_asset_of_a_site_of_before_may_change_and_go(name: str, tmp_path: Path) -> None:
    target = tmp_path / "out"
    for assets in ([Output(f"assets/{name}", "another")], []):
        sites.write([Output("index.html", "x"), Output("nodes/a.html", "x"), Output(f"assets/{name}", "one")], target)
        (target / MARKER).write_text(MARKED)
        sites.write(
            [Output("index.html", "x"), Output("nodes/a.html", "x"), *assets], own_target(target, tmp_path / "claims")
        )
        assert (target / "assets" / name).exists() == bool(assets)
        shutil.rmtree(target)


def test_a_file_in_the_place_of_a_folder_is_not_written_over(tmp_path: Path) -> None:
    target, site = tmp_path / "out", [Output("index.html", "x"), Output("nodes/a.html", "x")]
    sites.write(site, target)
    shutil.rmtree(target / "nodes")
    (target / "nodes").write_text("years of work")
    for write in (lambda: own_target(target, tmp_path / "claims"), lambda: sites.write(site, target)):
        with pytest.raises(KbError, match="also holds `nodes`, which"):
            write()
    assert (target / "nodes").read_text() == "years of work"


def test_a_site_whose_marker_names_only_files_below_by_letters_is_built_again(tmp_path: Path) -> None:
    target = tmp_path / "out"
    sites.write([Output("index.html", "x"), Output("nodes/a.html", "x")], target)
    (target / MARKER).write_text(
        "# Written by `kb build`, which replaces what is named here. Files below, by eight letters each: XlCO5kVM\n"
        "index.html\nnodes\n"
    )
    sites.write([Output("index.html", "y"), Output("nodes/b.html", "x")], own_target(target, tmp_path / "claims"))
    assert sorted(files_in(target) or {}) == [MARKER, "index.html", "nodes/b.html"]


def test_a_linked_folder_is_filled_and_the_link_stays(starter: Debate, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "real")
    build(starter, tmp_path / "out", tmp_path / "claims")
    assert (tmp_path / "out").is_symlink()
    assert (tmp_path / "real" / "index.html").exists()


def test_no_way_leads_a_site_into_the_debate(starter: Debate, tmp_path: Path) -> None:
    claims = tmp_path / "project" / "claims"
    claims.mkdir(parents=True)
    (tmp_path / "way").symlink_to(claims)
    for target in (tmp_path / "way" / "site", claims.parent / "x" / ".." / "claims" / "site"):
        with pytest.raises(KbError, match="holds a debate"):
            build(starter, target, claims)
        with pytest.raises(KbError, match="holds a debate"):
            build(starter, claims / "site", tmp_path / "way")
    assert list(claims.iterdir()) == []


def test_a_folder_that_cannot_be_looked_into_is_one_line(starter: Debate, tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "odd" / MARKER).mkdir(parents=True)
    for target, why in {
        tmp_path / ("a" * 300): "File name too long",
        tmp_path / "odd": "Is a directory",
        tmp_path / "loop": "was not written",
    }.items():
        with pytest.raises(KbError, match=why):
            build(starter, target, tmp_path / "claims")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["loop", "odd"]


def test_a_folder_without_permission_is_one_line(
    starter: Debate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(KbError, match=r"was not written to .*: Permission denied"):
        build(starter, tmp_path / "out", tmp_path / "claims")


def test_what_systems_leave_in_a_folder_is_in_nobodys_way(starter: Debate, tmp_path: Path) -> None:
    target, claims = tmp_path / "out", tmp_path / "claims"
    build(starter, target, claims)
    for folder in (target, target / "nodes"):
        (folder / ".DS_Store").write_bytes(b"x")
    build(starter, target, claims)
    (target / "mine.txt").write_text("mine")
    with pytest.raises(KbError, match=r"also holds `mine\.txt`"):
        own_target(target, claims)
