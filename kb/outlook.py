"""Answers in words for the terminal: what a point hangs on, and where two people part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.evaluate import evaluate
from kb.prose import wrapped
from kb.queries.against import tells_against
from kb.queries.telling import citations_text, names_text, plain_text
from kb.queries.turning import flip_clauses, heading, single_cruxes
from kb.standing.framework import NO, OPEN, YES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.debate import Debate
    from kb.queries.compare import Apart, Comparison
    from kb.queries.cruxes import Crux, CruxAnalysis, SettlingWay

_SHOWN = 8
"""Cruxes told in words; JSON has all."""
_STANCES = {"leans": "leans to"}
_COMES_OUT = {YES: "holds", NO: "does not hold"}
_ENDS = {YES: "stands", NO: "falls", OPEN: "stays open"}
_IS = {YES: "stands", NO: "does not stand", OPEN: "undecided"}


# -- kb cruxes ---------------------------------------------------------------------------------------------------------


def hinges(debate: Debate, found: Sequence[CruxAnalysis], width: int, participant: str | None = None) -> str:
    """What theses hang on, one after the other."""
    return "\n\n".join("\n".join(_thesis(debate, one, width, participant)) for one in found) + "\n"


def _thesis(debate: Debate, found: CruxAnalysis, width: int, participant: str | None) -> Iterator[str]:
    name = None if participant is None else names_text(debate, [participant])
    seen = "on the record" if name is None else f"by what else {name} said"
    yield f"{found.thesis}  [{_IS[found.verdict]} {seen}]"
    yield from wrapped(debate.nodes[found.thesis].text, width, "  ")
    if not found.open:
        yield from wrapped("Nothing that is unsettled can change that.", width, "  ")
        return
    own = _is_unsettled(debate, found)
    if own:
        yield from _own_part(debate, found, width)
    for way in found.ways:
        yield from _way(debate, way, width)
    yield from _no_way(found, name, width, own=own)
    yield from _alone(debate, found, width)
    yield from _odds(debate, found, width)


def _no_way(found: CruxAnalysis, name: str | None, width: int, *, own: bool) -> Iterator[str]:
    """That a thesis cannot come out so, or only by points that rest on others, which are told below."""
    nothing, also = ("that is unsettled", "and") if name is None else (f"that {name} leaves open", "and that")
    apart = "Apart from itself, nothing" if own else "Nothing"
    for label in (YES, NO) if found.cruxes or not own else ():
        if label not in {way.label for way in found.ways}:
            argued = any(label in {crux.if_in, crux.if_out} for crux in found.cruxes if not crux.leaf)
            only = f" {also} rests on no other point" if argued else ""
            yield from wrapped(f"{apart} {nothing}{only} could bring it about that it {_ENDS[label]}.", width, "  ")


def _is_unsettled(debate: Debate, found: CruxAnalysis) -> bool:
    return debate.points[found.thesis] in evaluate(debate).unsettled


def _own_part(debate: Debate, found: CruxAnalysis, width: int) -> Iterator[str]:
    """What is to be known of a thesis that is itself what people differ about."""
    said = f"It is itself unsettled: {_sides(debate, found.thesis)}."
    if found.cruxes:
        said += " What follows takes it as granted for its own part."
    else:
        said += " Nothing else that is unsettled bears on it."
    yield from wrapped(said, width, "  ")


def _way(debate: Debate, way: SettlingWay, width: int) -> Iterator[str]:
    if not way.outcomes:
        return
    outcomes = (*way.outcomes, *way.others)
    yield from wrapped(plain_text(heading(way)), width, "  ")
    for point, label in outcomes[:_SHOWN]:
        some = 0 < len(way.necessary) < len(way.outcomes)
        needed = "; there is no smaller way without it" if some and point in way.necessary else ""
        told = f"{point} {_COMES_OUT[label]}: {debate.nodes[point].label} ({_sides(debate, point)}{needed})"
        yield from wrapped(told, width, "      ", "    * ")
    if len(outcomes) > _SHOWN:
        yield f"      and {len(outcomes) - _SHOWN} more: --format json has them all"


def _alone(debate: Debate, found: CruxAnalysis, width: int) -> Iterator[str]:
    cruxes = single_cruxes(found)
    if cruxes:
        yield "  One alone makes a difference:"
    for crux in cruxes[:_SHOWN]:
        argued = "" if crux.leaf else ", itself argued about"
        told = f"{crux.id}{argued}: {plain_text(flip_clauses(crux))}. {debate.nodes[crux.id].label}"
        yield from wrapped(told, width, "      ", "    * ")
    if len(cruxes) > _SHOWN:
        yield f"      and {len(cruxes) - _SHOWN} more: --format json has them all"


def _odds(debate: Debate, found: CruxAnalysis, width: int) -> Iterator[str]:
    """How the thesis fares over all ways to grant what is unsettled, and what changes that most."""
    if found.shares is None or not found.cruxes:
        return
    every = "a sample of the ways" if found.sampled else "all ways"
    others = "the other unsettled points" if _is_unsettled(debate, found) else "the unsettled points"
    told = ", ".join(f"{_ENDS[label]} in {found.shares[label]:.0%}" for label in (YES, NO, OPEN))
    said = f"Counting {every} to grant {others} or not, and not how likely they are, it {told}."
    if not found.sampled and any(way.outcomes and not found.shares[way.label] for way in found.ways):
        said += " To be granted is less than to hold: what is granted can still fall to an objection, or stay open beside a rival."
    yield from wrapped(said + _swinging(found), width, "  ")


def _swinging(found: CruxAnalysis) -> str:
    """The points that make the most difference once they are granted."""
    swinging = sorted(found.cruxes, key=lambda crux: -abs(round(crux.swing, 9)))
    most = [crux for crux in swinging if abs(crux.swing) > crux.error][:3]
    turns = ", ".join(f"{crux.id} ({crux.swing * 100:+.0f}{_within(crux)})" for crux in most)
    how_often = "Granted, these make the most difference to how often it stands, in points of a hundred"
    return f" {how_often}: {turns}." if most else ""


def _within(crux: Crux) -> str:
    return f" ±{crux.error * 100:.0f}" if crux.error else ""


def _sides(debate: Debate, point: str) -> str:
    """Who holds a point, and who is against it; if nobody is, what it tells against."""
    ledger = evaluate(debate).stances.ledger(point)
    holders, opponents = sorted(ledger.holders), sorted(ledger.opponents)
    held = f"held by {names_text(debate, holders)}" if holders else "held by nobody now"
    if opponents:
        return f"{held}, against {names_text(debate, opponents)}"
    target = tells_against(debate, point)
    return held if target is None else f"{held}; it tells against {target}"


# -- kb compare --------------------------------------------------------------------------------------------------------


def comparison(debate: Debate, comparison: Comparison, width: int) -> str:
    """Where two people part, what they share, and what both cases turn on."""
    return "\n".join(_comparison(debate, comparison, width)) + "\n"


def _comparison(debate: Debate, comparison: Comparison, width: int) -> Iterator[str]:
    yield from wrapped(" and ".join(names_text(debate, [who]) for who in comparison.people), width, "  ", "")
    if comparison.rivals:
        yield "  hold against each other:"
    for pair in comparison.rivals:
        held = (
            f"{names_text(debate, [who])}: {_named(debate, p)}" for who, p in zip(comparison.people, pair, strict=True)
        )
        yield from wrapped("; ".join(held), width, "      ", "    * ")
    yield from _parting(debate, comparison, width)
    if not (comparison.apart or comparison.rivals):
        yield from wrapped("They nowhere stand against each other.", width, "  ")
    yield "  both hold:" if comparison.shared else "  There is nothing that both hold."
    for point in comparison.shared:
        yield from wrapped(_named(debate, point), width, "      ", "    * ")
    yield from _turning(debate, comparison, width)
    for who, odds in zip(comparison.people, comparison.odds, strict=True):
        if odds:
            said = f"what {names_text(debate, [who])} holds rules out where they stand on {', '.join(odds)}"
            yield from wrapped(said, width, "    ", "  ")


def _parting(debate: Debate, comparison: Comparison, width: int) -> Iterator[str]:
    """The points that they part on, in the order in which they came to."""
    part = [apart for apart in comparison.apart if apart.decided is None]
    for title, points in (("first part on:", part[:1]), ("then on:", part[1:])):
        if points:
            yield f"  {title}"
        for apart in points:
            yield from wrapped(_parted(debate, comparison, apart), width, "      ", "    * ")
    for apart in comparison.apart:
        if apart.decided is not None:
            said = f"decided by what all sides accept: {_parted(debate, comparison, apart)}; it {_COMES_OUT[apart.decided]}"
            yield from wrapped(said, width, "    ", "  ")


def _turning(debate: Debate, comparison: Comparison, width: int) -> Iterator[str]:
    """What both cases turn on, by what they are about."""
    turning = [thesis for thesis in comparison.theses if thesis.double_cruxes]
    if (comparison.apart or comparison.rivals) and not turning:
        yield from wrapped("No one point is what both their cases turn on.", width, "  ")
    if turning:
        yield "  what both their cases turn on:"
    for thesis in turning:
        cruxes = ", ".join(_named(debate, crux) for crux in thesis.double_cruxes)
        yield from wrapped(f"{cruxes}, about {_named(debate, thesis.id)}", width, "      ", "    * ")


def _parted(debate: Debate, comparison: Comparison, apart: Apart) -> str:
    stances = zip(comparison.people, apart.stances, strict=True)
    told = (f"{names_text(debate, [who])} {_STANCES.get(stance, stance)} it" for who, stance in stances)
    since = citations_text(debate, apart.since.node)
    alone = "; it rests on no other of these" if apart.root and apart.decided is None else ""
    return f"{_named(debate, apart.id)}: {', '.join(told)}; since {since or apart.since.node}{alone}"


def _named(debate: Debate, point: str) -> str:
    return f"{debate.nodes[point].label} ({point})"
