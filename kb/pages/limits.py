"""What a verdict is and is not: linked from every verdict, so that nobody takes the last word on record for the truth."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from kb.evaluate import judgements
from kb.parted import by_part
from kb.publishing import addresses
from kb.publishing.addresses import Page
from kb.publishing.cards import coverage_by_source
from kb.publishing.dependencies import STRUCTURE
from kb.publishing.messages import interface_words
from kb.vocabulary import CERTAINTIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.debate import Debate


READS = STRUCTURE

_HEDGES = {word.name for word in CERTAINTIES.values() if word.stance == "leans"}
"""The certainties of points that their speakers do not simply assert, yet lean to."""


@dataclass(frozen=True, slots=True)
class Context:
    """How much of this debate each limit concerns."""

    judged: int
    """How many points have a verdict."""
    unanswered: int
    undecided: int
    uncited: int
    """How many passages of the sources no point renders."""
    hedged: int
    """How many points their speakers did not simply assert."""


def pages(debate: Debate) -> Iterator[Page]:
    """The page."""
    say, context = interface_words(debate).say, _context(debate)
    yield Page(addresses.LIMITS, say("limits.title"), context, addresses.ABOUT, say("limits.lead"), row=asdict(context))


def _context(debate: Debate) -> Context:
    statuses = [judgement.status for judgement in judgements(debate).values() if judgement.verdict is not None]
    return Context(
        judged=len(statuses),
        unanswered=statuses.count("unanswered"),
        undecided=statuses.count("undecided"),
        uncited=sum(coverage.uncited for coverage in coverage_by_source(debate).values()),
        hedged=sum(_hedged_count(debate)),
    )


@by_part
def _hedged_count(debate: Debate) -> Sequence[int]:
    """How many points of a part were said with a hedge."""
    return [sum(node.certainty in _HEDGES for node in debate.nodes.values())]
