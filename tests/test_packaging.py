"""The wheel works on its own: built, installed into an empty environment outside the checkout, used from there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}


def run(*command: str | Path, cwd: Path) -> str:
    """What a command prints; if it fails, the test shows why."""
    done = subprocess.run([*map(str, command)], cwd=cwd, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def build(source: Path, target: Path, kind: str) -> Path:
    """A wheel or a source distribution, made in this environment."""
    run(sys.executable, "-m", "hatchling", "build", "-d", target, "-t", kind, cwd=source)
    (made,) = target.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, tmp_path_factory.mktemp("wheel"), "wheel")


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, unpacked."""
    archive = build(ROOT, tmp_path_factory.mktemp("sdist"), "sdist")
    target = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(archive) as tar:
        for member in tar.getmembers():  # one by one: the safe `extractall` is newer than Python 3.11.0
            content = tar.extractfile(member)
            if content is not None:
                path = target / member.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.read())
    (folder,) = target.iterdir()
    return folder


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that holds only the wheel and its dependencies."""
    folder = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "venv", "env", cwd=folder)
    programs = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    pip = (programs / "python", "-m", "pip", "--disable-pip-version-check", "--quiet", "install")
    run(*pip, "--constraint", ROOT / "constraints.txt", wheel, cwd=folder)
    return programs


def test_the_wheel_carries_templates_assets_and_the_worked_example(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for kind, folder in (("templates", "site/templates"), ("assets", "site/assets")):
        ours = {f"kb/theme/{kind}/{p.relative_to(ROOT / folder).as_posix()}" for p in (ROOT / folder).rglob("*.*")}
        assert ours
        assert ours <= set(names)
    assert "kb/starter/claims/kb.yaml" in names
    assert "kb/starter/gitignore" in names
    assert {n.split("/")[0] for n in names} == {"kb", wheel.name.rpartition("-py3")[0] + ".dist-info"}
    assert not [n for n in names if "__pycache__" in n or n.endswith(".pyc")]


def test_the_wheel_has_its_licence_its_readme_and_its_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        metadata = {n.rpartition("/")[2]: archive.read(n).decode() for n in archive.namelist() if ".dist-info/" in n}
    assert "Name: argument-kb" in metadata["METADATA"]
    assert "License-Expression: MIT" in metadata["METADATA"]
    assert (ROOT / "README.md").read_text().strip() in metadata["METADATA"]
    assert "kb = kb.cli:main" in metadata["entry_points.txt"]
    assert "MIT License" in metadata["LICENSE"]


def test_the_source_distribution_builds_the_same_wheel(wheel: Path, unpacked: Path, tmp_path: Path) -> None:
    again = build(unpacked, tmp_path, "wheel")
    assert again.name == wheel.name
    with zipfile.ZipFile(wheel) as one, zipfile.ZipFile(again) as other:
        assert one.namelist() == other.namelist()
        assert [n for n in one.namelist() if one.read(n) != other.read(n)] == []


def test_the_source_distribution_can_be_tested(unpacked: Path) -> None:
    for name in (
        "Makefile",
        "constraints.txt",
        ".ci/run",
        ".ci/setup",
        "tests/conftest.py",
        "bench/run.py",
        "claims/kb.yaml",
    ):
        assert (unpacked / name).is_file(), name


def test_the_installed_command_starts_checks_asks_and_builds_a_debate(installed: Path, tmp_path: Path) -> None:
    kb = installed / "kb"
    assert re.fullmatch(r"kb, version \d+\.\d+\.\d+\n", run(kb, "--version", cwd=tmp_path))
    assert "demo" in run(kb, "init", "demo", cwd=tmp_path)
    run(kb, "-C", "demo", "lint", cwd=tmp_path)
    assert "should-late-fees-go" in run(kb, "-C", "demo", "open", "--format", "json", cwd=tmp_path)
    run(kb, "-C", "demo", "build", cwd=tmp_path)
    site = tmp_path / "demo/_site"
    home = (site / "index.html").read_text("utf-8")
    assert "late fees" in home
    for link in re.findall(r'(?:href|src)="([^"#:?]+)["#?]', home):
        assert (site / link).exists(), link
    assert list(site.rglob("*.css"))
    told = {page.stem for page in site.rglob("*.html")} | {page.parent.name for page in site.rglob("index.html")}
    points = {p.stem for p in (tmp_path / "demo/claims/late-fees").glob("*.yaml")} - {"topic"}
    assert points <= told


def test_the_installed_package_is_the_wheels_and_brings_no_test_tools(installed: Path, tmp_path: Path) -> None:
    where = run(installed / "python", "-c", "import kb; print(kb.__file__)", cwd=tmp_path)
    assert not Path(where.strip()).is_relative_to(ROOT)
    packages = run(installed / "python", "-m", "pip", "list", "--format", "freeze", cwd=tmp_path).lower()
    assert "argument-kb==" in packages
    assert not {"pytest", "mypy", "ruff"} & {line.partition("==")[0] for line in packages.splitlines()}
