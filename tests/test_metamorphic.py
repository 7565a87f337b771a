"""Changes after which the result must be the same, or is known in advance: of frameworks, maps, graphs and whole debates."""

from __future__ import annotations

import pytest

from tests.ladder import changed_debates, changed_maps
from tests.ladder.rung import AnyRung, agree
from tests.test_evaluate import CLAIM, OBJECTION, REASON, told

FEW = 200
"""How many cases of each kind are tried; `docs/checks.py` takes thousands."""


def by_name(rungs: tuple[AnyRung, ...]) -> pytest.MarkDecorator:
    """A test for each rung."""
    return pytest.mark.parametrize("rung", rungs, ids=[rung.name for rung in rungs])


@by_name(changed_maps.RUNGS)
def test_a_changed_map_has_the_labels_and_strengths_that_are_known_in_advance(rung: AnyRung) -> None:
    seen = agree(rung, FEW)
    assert seen.pop("cases") == FEW
    assert rung is changed_maps.ORDER or min(seen.values()) > 10, (
        "most cases are of a kind that could show a difference"
    )


@by_name(changed_debates.RUNGS)
def test_of_a_changed_debate_is_said_what_is_known_in_advance(rung: AnyRung) -> None:
    seen = agree(rung, FEW)
    assert seen.pop("cases") == FEW
    assert min(seen.values()) > 3


# -- what does change something, by definition -------------------------------------------------------------------------


def test_a_reason_that_fails_takes_its_basis_from_a_point_that_only_its_speaker_granted() -> None:
    """Therefore only reasons that are granted can be added freely: whoever gives reasons rests on them."""
    mentioned = REASON + "    certainty: mentioned\n"
    assert told(CLAIM + mentioned.replace("supports", "replies_to")) == ("in", "unchallenged")
    assert told(CLAIM + mentioned) == ("out", "unsupported")


def test_a_defeated_objection_of_a_participant_ends_what_was_common_ground() -> None:
    """Therefore the defeated objections that are added are the record's own: whoever denies a point, even in vain, no longer shares it."""
    reason = REASON + "    certainty: mentioned\n"
    granted = (
        OBJECTION.replace("id: dam", "id: granted").replace("attacks: c", "concedes: c").replace("objection", "reply")
    )
    denied = OBJECTION.replace("bob-1", "cleo-1")
    answered = OBJECTION.replace("id: dam", "id: leak").replace("attacks: c", "attacks: dam").replace("bob-1", "ann-2")
    assert told(CLAIM + reason + granted)[0] == "in"
    assert told(CLAIM + reason + granted + denied + answered)[0] == "out"
    assert told(CLAIM + reason + granted + denied + answered, "dam")[0] == "out"
