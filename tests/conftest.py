"""Fixtures shared by all tests: a debate from a triple-quoted text."""

from __future__ import annotations

import builtins
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kb.load import Loaded, load, load_texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from kb.debate import Debate
    from kb.evaluate import Evaluation

ROOT = Path(__file__).resolve().parent.parent
pytest_plugins = ["tests.browsing"]
pytest.register_assert_rewrite("tests.ladder")


def files_of(text: str) -> dict[str, str]:
    """Split an example into files at lines `## path`; nodes without a path go to one topic file."""
    files: dict[str, list[str]] = {"kb.yaml": ["title: Example"]}
    nodes: list[str] = []
    current = nodes
    for line in textwrap.dedent(text).strip("\n").splitlines():
        if line.startswith("## "):
            current = files[line[3:].strip()] = []
        else:
            current.append(line)
    if any(line.strip() for line in nodes):
        alone = "---" not in nodes and nodes[0].startswith("id: ")
        files[f"talk/{nodes[0].split()[1]}.yaml" if alone else "talk/nodes.yaml"] = nodes
    return {f"claims/{path}": "\n".join(lines) + "\n" for path, lines in files.items()}


def read(text: str) -> Loaded:
    """Load an example."""
    return load_texts(files_of(text))


def cautious_verdict(evaluation: Evaluation, node_id: str) -> str | None:
    """The verdict of a node in the cautious view; None if it has none."""
    number = evaluation.point_number(node_id)
    return evaluation.cautious.points[number] if evaluation.verdict(node_id) is not None else None


@pytest.fixture
def loaded() -> Callable[[str], Loaded]:
    """Load an example, faults included."""
    return read


@pytest.fixture
def debate() -> Callable[[str], Debate]:
    """Load an example that must be free of faults."""

    def make(text: str) -> Debate:
        result = read(text)
        assert result.faults == ()
        return result.debate

    return make


@pytest.fixture
def _without_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the extra `[solve]` seem not to be installed."""
    real = builtins.__import__

    def without(name: str, *rest: object) -> object:
        if name.startswith("pysat"):
            raise ImportError(name)
        return real(name, *rest)  # type: ignore[arg-type] # as it was called

    monkeypatch.setattr(builtins, "__import__", without)


@pytest.fixture(autouse=True)
def _outside_of_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    """A linter that runs under GitHub Actions also prints annotations; tests mean the plain output."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Debate]:
    """A debate of so many nodes, as the benchmark makes them."""
    known: dict[int, Debate] = {}

    def make(nodes: int) -> Debate:
        if nodes not in known:
            folder = tmp_path_factory.mktemp("debates") / str(nodes)
            subprocess.run([sys.executable, ROOT / "bench/debates.py", str(nodes), folder], check=True)
            known[nodes] = load(folder / "claims").debate
        return known[nodes]

    return make
