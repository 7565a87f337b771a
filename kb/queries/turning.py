"""What would settle a point, in a few sentences: the fewest open points that decide it, and those that matter alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.queries.telling import Mention
from kb.standing.framework import NO, OPEN, YES

if TYPE_CHECKING:
    from kb.queries.cruxes import Crux, Cruxes, Way
    from kb.queries.telling import Sentence

_NUMBERS = ("nothing", "this one", "these two", "these three", "these four", "these five", "these six", "these seven")
COMES_OUT = {YES: "holds", NO: "does not hold"}
ENDS = {YES: "it stands", NO: "it falls"}
BECOMES = {YES: "it stands", NO: "it falls", OPEN: "it stays open"}


class Turn(NamedTuple):
    """What there is to do, and the points that it is about."""

    head: str
    points: tuple[Sentence, ...]


def turns(found: Cruxes) -> tuple[Turn, ...]:
    """All there is to say of what a thesis hangs on."""
    told = [Turn(f"{heading(way)} and {ENDS[way.label]}:", _outcomes(way)) for way in found.ways if way.outcomes]
    alone = tuple((Mention(crux.id), f": {flip(crux)}") for crux in found.cruxes if crux.alone)
    return (*told, Turn("One alone makes a difference:", alone)) if alone else tuple(told)


def _outcomes(way: Way) -> tuple[Sentence, ...]:
    return tuple((Mention(point), f" {COMES_OUT[label]}") for point, label in (*way.outcomes, *way.others))


def heading(way: Way) -> str:
    """How many points there are to settle, and whether others would do."""
    if way.others:
        return "Settle any one of these"
    count = len(way.outcomes)
    these = _NUMBERS[count] if count < len(_NUMBERS) else f"these {count}"
    several = " (no fewer will do, but others might)" if len(way.necessary) < count else ""
    return f"Settle {these}{several}"


def flip(crux: Crux) -> str:
    """What becomes of the thesis either way."""
    ends = (("if it holds", crux.if_in), ("if not", crux.if_out))
    told = [f"{when}, {BECOMES[label]}" for when, label in ends if label is not None]
    ruled = [COMES_OUT[end] for end, (_, label) in zip((YES, NO), ends, strict=True) if label is None]
    return "; ".join([*told, *(f"that it {end} is ruled out by the rest" for end in ruled)])
