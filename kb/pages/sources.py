"""The documents the debate was held in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kb.chronicle.turns import spoken_turns
from kb.parted import by_part
from kb.publishing import addresses
from kb.publishing.addresses import Page
from kb.publishing.cards import Link, coverage_by_source, people, sources_by_date
from kb.publishing.dependencies import LINKED
from kb.publishing.markup import clean
from kb.publishing.messages import interface_words
from kb.publishing.paging import cut, part_addresses, with_addresses

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.debate import Debate
    from kb.model import Source


READS = LINKED

_A_PAGE = 200


class Row(NamedTuple):
    """A document in a line."""

    source: Link
    type: str
    date: str
    speakers: tuple[Link, ...]
    passages: int
    nodes: int
    unconfirmed: bool


@dataclass(frozen=True, slots=True)
class Context:
    """What the template is given."""

    rows: tuple[Row, ...]
    story: bool
    """Whether there is an account of how the debate went."""
    parts: tuple[str, ...]
    """Addresses of the pages of the list, if there are several."""


def pages(debate: Debate) -> Iterator[Page]:
    """The list, oldest document first, in as many pages as it needs."""
    counts: Counter[str] = Counter()
    for source, count in _citing_counts(debate):
        counts[source] += count
    rows = tuple(_row(debate, source, counts[source.id]) for source in sources_by_date(debate))
    say, story = interface_words(debate).say, bool(spoken_turns(debate))
    list_pages = with_addresses(addresses.SOURCES, cut(rows, _A_PAGE))
    for path, chunk in list_pages:
        context = Context(tuple(chunk), story, part_addresses(list_pages))
        yield Page(path, say("sources.title"), context, addresses.SOURCES, say("sources.lead"))


@by_part
def _citing_counts(debate: Debate) -> Sequence[tuple[str, int]]:
    """How many points of a part cite each source."""
    return sorted(
        Counter(name for node in debate.nodes.values() for name in {c.source for c in node.citations}).items()
    )


def _row(debate: Debate, source: Source, nodes: int) -> Row:
    return Row(
        Link(addresses.source(source.id), clean(source.title)),
        clean(source.type or ""),
        clean(source.date or ""),
        people(debate, sorted(debate.speakers_by_source[source.id])),
        coverage_by_source(debate)[source.id].passages,
        nodes,
        source.attribution.status == "unconfirmed",
    )
