"""Maps made with care are clean: five small debates of other people and the one that ships; a fault planted in them is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.lint import lint
from kb.linting.choice import Asked, choose
from kb.load import Loaded, load

HERE = Path(__file__).resolve().parent
MAPS = sorted(path.name for path in (HERE / "debates").iterdir())
SHIPPED = HERE.parent / "claims"


def read(name: str) -> Loaded:
    """One of the maps."""
    return load(HERE / "debates" / name / "claims")


@pytest.mark.parametrize("name", MAPS)
def test_a_well_made_map_is_clean_whatever_the_profile(name: str) -> None:
    loaded = read(name)
    pedantic = choose(loaded.debate.settings.lint, Asked(profile="pedantic"))
    assert [f"{f.rule}: {f.message}" for f in lint(loaded, pedantic)] == []


def test_the_debate_that_ships_is_clean() -> None:
    assert [f"{f.rule}: {f.message}" for f in lint(load(SHIPPED))] == []
