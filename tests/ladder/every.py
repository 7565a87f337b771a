"""All rungs of the ladder, from arguments and attacks up to whole debates, then changes, then files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.ladder import (
    changed_debates,
    changed_maps,
    debates,
    frameworks,
    labels,
    notations,
    outcomes,
    strengths,
)

if TYPE_CHECKING:
    from tests.ladder.rung import AnyRung

RUNGS: tuple[AnyRung, ...] = (
    *(*frameworks.RUNGS, *labels.RUNGS, *debates.RUNGS, *outcomes.RUNGS, *strengths.RUNGS),
    *(*changed_maps.RUNGS, *changed_debates.RUNGS, *notations.RUNGS),
)
