"""Maps made with care are clean: five small debates that people had and the shipped one; a fault planted in them is found."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kb.lint import lint
from kb.linting.choice import RuleSelection, choose
from kb.load import Loaded, load, load_texts
from tests.faults import FAULTS

if TYPE_CHECKING:
    from tests.faults import Fault

HERE = Path(__file__).resolve().parent
MAPS = sorted(path.name for path in (HERE / "debates").iterdir())
SHIPPED = HERE.parent / "claims"


def read(name: str) -> Loaded:
    """One of the maps."""
    return load(HERE / "debates" / name / "claims")


def found(loaded: Loaded) -> list[tuple[str, str | None]]:
    """What all rules find, also those that judge style, by rule and node."""
    pedantic = choose(loaded.debate.settings.lint, RuleSelection(profile="pedantic"))
    return [(finding.rule, finding.node) for finding in lint(loaded, pedantic)]


@pytest.mark.parametrize("name", MAPS)
def test_a_well_made_map_is_clean_whatever_the_profile(name: str) -> None:
    assert found(read(name)) == []


def test_the_maps_use_what_the_format_has() -> None:
    written = {
        relation.kind for name in MAPS for node in read(name).debate.nodes.values() for relation in node.relations
    }
    assert {
        "answers",
        "attacks",
        "concedes",
        "disowns",
        "dissolves",
        "qualifies",
        "retracts",
        "supports",
        "undercuts",
    } <= written
    assert all(len(read(name).debate.nodes) >= 8 and read(name).debate.terms for name in MAPS)
    assert {read(name).debate.settings.language for name in MAPS} == {"en", "de"}


def test_the_debate_that_ships_is_clean() -> None:
    assert [f"{f.rule}: {f.message}" for f in lint(load(SHIPPED))] == []


def planted(fault: Fault) -> Loaded:
    """A map with a fault in it."""
    folder = HERE / "debates" / fault.map
    texts = {str(p.relative_to(folder)): p.read_text("utf-8") for p in sorted(folder.rglob("*.yaml"))}
    before, after = fault.changed
    if before:
        (name,) = (name for name, text in texts.items() if text.count(before) == 1)
        texts[name] = texts[name].replace(before, after)
    if fault.added:
        thread = next(name for name in texts if name.endswith(("thread.yaml", "faden.yaml")))
        texts[thread] += "---\n" + textwrap.dedent(fault.added).lstrip("\n")
    return load_texts(texts)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.rule)
def test_a_planted_fault_is_found_and_nothing_else(fault: Fault) -> None:
    assert found(planted(fault)) == [(fault.rule, fault.node)]
