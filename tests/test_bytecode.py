"""Compiled templates: kept for the next run where only their owner's programs write, and believed only if those wrote them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from kb.cli import main
from kb.publishing.theme import TEMPLATES, shipped_folder
from kb.templating import bytecode
from kb.templating.compiling import Compiler

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2.nodes import Template


@pytest.fixture(autouse=True)
def compiled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str | None]:
    """The names of the templates that are compiled during a test, which has a home folder of its own."""
    for name, folder in (("HOME", "home"), ("XDG_CONFIG_HOME", "home/.config")):
        monkeypatch.setenv(name, str(tmp_path / folder))
    names: list[str | None] = []
    write = Compiler.visit_Template

    def told(self: Compiler, node: Template) -> None:
        names.append(self.name)
        write(self, node)

    monkeypatch.setattr(Compiler, "visit_Template", told)
    CliRunner().invoke(main, ["init", str(tmp_path / "library")])
    return names


def build(tmp_path: Path, *options: str) -> dict[str, bytes]:
    """Build the site in a new process."""
    bytecode.compiled.clear()
    out = tmp_path / "out"
    shutil.rmtree(out, ignore_errors=True)
    done = CliRunner().invoke(main, ["-C", str(tmp_path / "library"), "build", "-o", str(out), *options])
    assert done.exit_code == 0, done.output
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def kept(tmp_path: Path) -> Path:
    """The file in which compiled templates are kept."""
    return tmp_path / "home/.config/argument-kb/templates"


def test_what_one_run_compiled_the_next_one_need_not(tmp_path: Path, compiled: list[str | None]) -> None:
    first = build(tmp_path)
    assert "home.html" in compiled
    compiled.clear()
    assert build(tmp_path) == first
    assert compiled == []


def test_nothing_of_it_is_kept_beside_the_debate(tmp_path: Path) -> None:
    before = sorted((tmp_path / "library").rglob("*"))
    build(tmp_path)
    assert kept(tmp_path).stat().st_mode & 0o077 == 0
    assert sorted((tmp_path / "library").rglob("*")) == before


def test_code_that_somebody_else_put_there_is_not_run(tmp_path: Path, compiled: list[str | None]) -> None:
    first = build(tmp_path)
    raw = kept(tmp_path).read_bytes()
    for wrong in (b"", raw[:-1], raw.replace(b"home", b"hope", 1), raw[:-64] + b"0" * 64):
        kept(tmp_path).write_bytes(wrong)
        compiled.clear()
        assert build(tmp_path) == first
        assert "home.html" in compiled


def test_where_nothing_can_be_kept_everything_works(tmp_path: Path, compiled: list[str | None]) -> None:
    (tmp_path / "home").write_text("in the way")
    first = build(tmp_path)
    compiled.clear()
    assert build(tmp_path) == first
    assert "home.html" in compiled


def test_another_language_is_compiled_beside_it(tmp_path: Path, compiled: list[str | None]) -> None:
    english = build(tmp_path)
    settings = tmp_path / "library/claims/kb.yaml"
    before = settings.read_text()
    settings.write_text(before.replace("language: en", "language: de"))
    german = build(tmp_path)
    assert german["index.html"] != english["index.html"]
    compiled.clear()
    assert build(tmp_path) == german
    settings.write_text(before)
    assert build(tmp_path) == english
    assert compiled == []


def test_templates_of_ones_own_are_not_kept(tmp_path: Path) -> None:
    build(tmp_path)
    before = kept(tmp_path).read_bytes()
    templates = tmp_path / "library/site/templates"
    templates.mkdir(parents=True)
    (templates / "_written.html").write_text("<p>Ours</p>")
    build(tmp_path)
    assert kept(tmp_path).read_bytes() == before


def test_one_that_is_another_now_is_compiled_with_all_that_take_it_in(
    tmp_path: Path, compiled: list[str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build(tmp_path)
    other = tmp_path / "theme"
    shutil.copytree(str(shipped_folder()), other)
    macros = other / TEMPLATES / "_macros.html"
    macros.write_text(macros.read_text().replace("<ul", "<ul data-other"))
    monkeypatch.setattr("kb.publishing.theme.shipped_folder", lambda: other)
    compiled.clear()
    assert build(tmp_path) != first
    assert {"home.html", "node.html"} <= set(compiled)
    size = kept(tmp_path).stat().st_size
    build(tmp_path)
    assert kept(tmp_path).stat().st_size == size
