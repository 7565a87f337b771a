"""Answers in words for the terminal: what a point hangs on, and where two people part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.evaluate import evaluate
from kb.prose import wrapped
from kb.queries.against import opposed_node
from kb.queries.telling import citations_text, names_text, plain_text
from kb.queries.turning import flip_clauses, heading, single_cruxes
from kb.standing.framework import NO, OPEN, YES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.debate import Debate
    from kb.queries.compare import Comparison, Divergence
    from kb.queries.cruxes import Crux, CruxAnalysis, SettlingWay

_SHOWN = 8
"""Cruxes told in words; JSON has all."""
_STANCES = {"leans": "leans to"}
_COMES_OUT = {YES: "holds", NO: "does not hold"}
_THESIS_ENDS = {YES: "stands", NO: "falls", OPEN: "stays open"}
_IS = {YES: "stands", NO: "does not stand", OPEN: "undecided"}


# -- kb cruxes ---------------------------------------------------------------------------------------------------------


def cruxes_text(debate: Debate, analyses: Sequence[CruxAnalysis], width: int, participant: str | None = None) -> str:
    """What theses hang on, one after the other."""
    return "\n\n".join("\n".join(_thesis_lines(debate, analysis, width, participant)) for analysis in analyses) + "\n"


def _thesis_lines(debate: Debate, analysis: CruxAnalysis, width: int, participant: str | None) -> Iterator[str]:
    name = None if participant is None else names_text(debate, [participant])
    view = "on the record" if name is None else f"by what else {name} said"
    yield f"{analysis.thesis}  [{_IS[analysis.verdict]} {view}]"
    yield from wrapped(debate.nodes[analysis.thesis].text, width, "  ")
    if not analysis.open:
        yield from wrapped("Nothing that is unsettled can change that.", width, "  ")
        return
    is_unsettled = _is_unsettled(debate, analysis)
    if is_unsettled:
        yield from _own_part_lines(debate, analysis, width)
    for way in analysis.ways:
        yield from _way_lines(debate, way, width)
    yield from _impossible_lines(analysis, name, width, is_unsettled=is_unsettled)
    yield from _single_crux_lines(debate, analysis, width)
    yield from _share_lines(debate, analysis, width)


def _impossible_lines(analysis: CruxAnalysis, name: str | None, width: int, *, is_unsettled: bool) -> Iterator[str]:
    """That a thesis cannot come out so, or only by points that rest on others, which are told below."""
    nothing, also = ("that is unsettled", "and") if name is None else (f"that {name} leaves open", "and that")
    apart = "Apart from itself, nothing" if is_unsettled else "Nothing"
    for label in (YES, NO) if analysis.cruxes or not is_unsettled else ():
        if label not in {way.label for way in analysis.ways}:
            argued = any(label in {crux.if_in, crux.if_out} for crux in analysis.cruxes if not crux.leaf)
            only = f" {also} rests on no other point" if argued else ""
            yield from wrapped(
                f"{apart} {nothing}{only} could bring it about that it {_THESIS_ENDS[label]}.", width, "  "
            )


def _is_unsettled(debate: Debate, analysis: CruxAnalysis) -> bool:
    return debate.points[analysis.thesis] in evaluate(debate).unsettled


def _own_part_lines(debate: Debate, analysis: CruxAnalysis, width: int) -> Iterator[str]:
    """What is to be known of a thesis that is itself what people differ about."""
    text = f"It is itself unsettled: {_sides_text(debate, analysis.thesis)}."
    if analysis.cruxes:
        text += " What follows takes it as granted for its own part."
    else:
        text += " Nothing else that is unsettled bears on it."
    yield from wrapped(text, width, "  ")


def _way_lines(debate: Debate, way: SettlingWay, width: int) -> Iterator[str]:
    if not way.outcomes:
        return
    outcomes = (*way.outcomes, *way.others)
    yield from wrapped(plain_text(heading(way)), width, "  ")
    for point, label in outcomes[:_SHOWN]:
        some = 0 < len(way.necessary) < len(way.outcomes)
        needed = "; there is no smaller way without it" if some and point in way.necessary else ""
        text = f"{point} {_COMES_OUT[label]}: {debate.nodes[point].label} ({_sides_text(debate, point)}{needed})"
        yield from wrapped(text, width, "      ", "    * ")
    if len(outcomes) > _SHOWN:
        yield f"      and {len(outcomes) - _SHOWN} more: --format json has them all"


def _single_crux_lines(debate: Debate, analysis: CruxAnalysis, width: int) -> Iterator[str]:
    cruxes = single_cruxes(analysis)
    if cruxes:
        yield "  One alone makes a difference:"
    for crux in cruxes[:_SHOWN]:
        argued = "" if crux.leaf else ", itself argued about"
        text = f"{crux.id}{argued}: {plain_text(flip_clauses(crux))}. {debate.nodes[crux.id].label}"
        yield from wrapped(text, width, "      ", "    * ")
    if len(cruxes) > _SHOWN:
        yield f"      and {len(cruxes) - _SHOWN} more: --format json has them all"


def _share_lines(debate: Debate, analysis: CruxAnalysis, width: int) -> Iterator[str]:
    """How the thesis fares over all ways to grant what is unsettled, and what changes that most."""
    if analysis.shares is None or not analysis.cruxes:
        return
    every = "a sample of the ways" if analysis.sampled else "all ways"
    others = "the other unsettled points" if _is_unsettled(debate, analysis) else "the unsettled points"
    shares = ", ".join(f"{_THESIS_ENDS[label]} in {analysis.shares[label]:.0%}" for label in (YES, NO, OPEN))
    text = f"Counting {every} to grant {others} or not, and not how likely they are, it {shares}."
    if not analysis.sampled and any(way.outcomes and not analysis.shares[way.label] for way in analysis.ways):
        text += " To be granted is less than to hold: what is granted can still fall to an objection, or stay open beside a rival."
    yield from wrapped(text + _swing_text(analysis), width, "  ")


def _swing_text(analysis: CruxAnalysis) -> str:
    """The points that make the most difference once they are granted."""
    swinging = sorted(analysis.cruxes, key=lambda crux: -abs(round(crux.swing, 9)))
    most = [crux for crux in swinging if abs(crux.swing) > crux.error][:3]
    turns = ", ".join(f"{crux.id} ({crux.swing * 100:+.0f}{_error_text(crux)})" for crux in most)
    how_often = "Granted, these make the most difference to how often it stands, in points of a hundred"
    return f" {how_often}: {turns}." if most else ""


def _error_text(crux: Crux) -> str:
    return f" ±{crux.error * 100:.0f}" if crux.error else ""


def _sides_text(debate: Debate, point: str) -> str:
    """Who holds a point, and who is against it; if nobody is, what it tells against."""
    ledger = evaluate(debate).stances.ledger(point)
    holders, opponents = sorted(ledger.holders), sorted(ledger.opponents)
    held = f"held by {names_text(debate, holders)}" if holders else "held by nobody now"
    if opponents:
        return f"{held}, against {names_text(debate, opponents)}"
    target = opposed_node(debate, point)
    return held if target is None else f"{held}; it tells against {target}"


# -- kb compare --------------------------------------------------------------------------------------------------------


def comparison_text(debate: Debate, comparison: Comparison, width: int) -> str:
    """Where two people part, what they share, and what both cases turn on."""
    return "\n".join(_comparison_lines(debate, comparison, width)) + "\n"


def _comparison_lines(debate: Debate, comparison: Comparison, width: int) -> Iterator[str]:
    yield from wrapped(" and ".join(names_text(debate, [who]) for who in comparison.people), width, "  ", "")
    if comparison.rivals:
        yield "  hold against each other:"
    for pair in comparison.rivals:
        held = (
            f"{names_text(debate, [who])}: {_label_and_id(debate, p)}"
            for who, p in zip(comparison.people, pair, strict=True)
        )
        yield from wrapped("; ".join(held), width, "      ", "    * ")
    yield from _divergence_lines(debate, comparison, width)
    if not (comparison.divergences or comparison.rivals):
        yield from wrapped("They nowhere stand against each other.", width, "  ")
    yield "  both hold:" if comparison.shared else "  There is nothing that both hold."
    for point in comparison.shared:
        yield from wrapped(_label_and_id(debate, point), width, "      ", "    * ")
    yield from _double_crux_lines(debate, comparison, width)
    for who, odds in zip(comparison.people, comparison.at_odds, strict=True):
        if odds:
            text = f"what {names_text(debate, [who])} holds rules out where they stand on {', '.join(odds)}"
            yield from wrapped(text, width, "    ", "  ")


def _divergence_lines(debate: Debate, comparison: Comparison, width: int) -> Iterator[str]:
    """The points that they part on, in the order in which they came to."""
    undecided = [apart for apart in comparison.divergences if apart.decided is None]
    for title, points in (("first part on:", undecided[:1]), ("then on:", undecided[1:])):
        if points:
            yield f"  {title}"
        for divergence in points:
            yield from wrapped(_divergence_text(debate, comparison, divergence), width, "      ", "    * ")
    for divergence in comparison.divergences:
        if divergence.decided is not None:
            text = f"decided by what all sides accept: {_divergence_text(debate, comparison, divergence)}; it {_COMES_OUT[divergence.decided]}"
            yield from wrapped(text, width, "    ", "  ")


def _double_crux_lines(debate: Debate, comparison: Comparison, width: int) -> Iterator[str]:
    """What both cases turn on, by what they are about."""
    turning = [thesis for thesis in comparison.theses if thesis.double_cruxes]
    if (comparison.divergences or comparison.rivals) and not turning:
        yield from wrapped("No one point is what both their cases turn on.", width, "  ")
    if turning:
        yield "  what both their cases turn on:"
    for thesis in turning:
        cruxes = ", ".join(_label_and_id(debate, crux) for crux in thesis.double_cruxes)
        yield from wrapped(f"{cruxes}, about {_label_and_id(debate, thesis.id)}", width, "      ", "    * ")


def _divergence_text(debate: Debate, comparison: Comparison, divergence: Divergence) -> str:
    stances = zip(comparison.people, divergence.stances, strict=True)
    stance_texts = (f"{names_text(debate, [who])} {_STANCES.get(stance, stance)} it" for who, stance in stances)
    since = citations_text(debate, divergence.since.node)
    alone = "; it rests on no other of these" if divergence.root and divergence.decided is None else ""
    return f"{_label_and_id(debate, divergence.id)}: {', '.join(stance_texts)}; since {since or divergence.since.node}{alone}"


def _label_and_id(debate: Debate, point: str) -> str:
    return f"{debate.nodes[point].label} ({point})"
