"""What would settle a point, in a few sentences: the fewest open points that decide it, and those that matter alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.queries.telling import Clauses, NodeMention, say
from kb.standing.framework import NO, OPEN, YES

if TYPE_CHECKING:
    from kb.queries.cruxes import Crux, CruxAnalysis, SettlingWay
    from kb.queries.telling import MessagePart, Phrase

_NUMBERS = {
    2: "number.two",
    3: "number.three",
    4: "number.four",
    5: "number.five",
    6: "number.six",
    7: "number.seven",
}
_ANY = {YES: "settle.any_stands", NO: "settle.any_falls"}
_ALL = {YES: "settle.all_stand", NO: "settle.all_fall"}
_SOME = {YES: "settle.some_stand", NO: "settle.some_fall"}
_OUTCOME = {YES: "settle.holds", NO: "settle.holds_not"}
_IF_IN = {YES: "settle.in_stands", NO: "settle.in_falls", OPEN: "settle.in_open", None: "settle.in_ruled_out"}
_IF_OUT = {YES: "settle.out_stands", NO: "settle.out_falls", OPEN: "settle.out_open", None: "settle.out_ruled_out"}


class Resolution(NamedTuple):
    """What there is to do, and the points that it is about."""

    head: Phrase
    points: tuple[Phrase, ...]


def resolutions(analysis: CruxAnalysis) -> tuple[Resolution, ...]:
    """All there is to say of what a thesis hangs on."""
    by_way = tuple(Resolution(heading(way), _outcomes(way)) for way in analysis.ways if way.outcomes)
    points = tuple(
        say("settle.point", point=NodeMention(crux.id), flip=flip_clauses(crux)) for crux in single_cruxes(analysis)
    )
    return (*by_way, Resolution(say("settle.alone"), points)) if points else by_way


def single_cruxes(analysis: CruxAnalysis) -> list[Crux]:
    """The points that make a difference by themselves, except those of which the ways to settle the thesis tell everything already."""
    ways = (way for way in analysis.ways if len(way.outcomes) == 1)
    settled = {(point, label, way.label) for way in ways for point, label in (*way.outcomes, *way.others)}

    def is_settled(crux: Crux) -> bool:
        ends = ((YES, crux.if_in), (NO, crux.if_out))
        return all(end == OPEN or (end is not None and (crux.id, label, end) in settled) for label, end in ends)

    return [crux for crux in analysis.cruxes if crux.alone and not is_settled(crux)]


def _outcomes(way: SettlingWay) -> tuple[Phrase, ...]:
    return tuple(say(_OUTCOME[label], point=NodeMention(point)) for point, label in (*way.outcomes, *way.others))


def heading(way: SettlingWay) -> Phrase:
    """How many points there are to settle, whether others would do, and what becomes of the thesis then."""
    if way.others:
        return say(_ANY[way.label])
    count = len(way.outcomes)
    number: MessagePart = say(_NUMBERS[count]) if count in _NUMBERS else count
    return say((_SOME if len(way.necessary) < count else _ALL)[way.label], n=count, number=number)


def flip_clauses(crux: Crux) -> Clauses:
    """What becomes of the thesis either way; last, which of the two the rest rules out."""
    ends = ((_IF_IN, crux.if_in), (_IF_OUT, crux.if_out))
    clauses = (say(keys[label]) for keys, label in sorted(ends, key=lambda end: end[1] is None))
    return Clauses(tuple(clauses), "account.next")
