"""The extensions of frameworks too large to try every set, as an answer set solver finds them from six lines of the definitions."""

from __future__ import annotations

from tests.ladder.frameworks import LIKE_DEBATES
from tests.ladder.labels import CLINGO
from tests.ladder.rung import agree


def test_frameworks_like_debates_have_the_extensions_that_clingo_finds() -> None:
    assert agree(LIKE_DEBATES, 400)["with several complete extensions"] > 200


def test_maps_have_the_extensions_and_the_grounded_labels_that_clingo_finds() -> None:
    assert agree(CLINGO, 600)["with several complete extensions"] > 50
