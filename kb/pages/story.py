"""How the debate went: who said what to whom, turn by turn, and what that changed; of a very long debate the turns that mattered most."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kb.chronicle.milestones import milestones
from kb.chronicle.tale import change_sentences, turn_sentences
from kb.chronicle.turns import addressees, cited_again, spoken_turns
from kb.model import Citation
from kb.parted import around, jointly
from kb.publishing import addresses
from kb.publishing.addresses import Page
from kb.publishing.cards import Link, people, sentence_links, short_names_by_id
from kb.publishing.faces import LINKED
from kb.publishing.markup import clean
from kb.publishing.messages import interface_words
from kb.publishing.paging import part_addresses, with_addresses
from kb.publishing.passage_pages import passage_address
from kb.queries.thread import reply_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kb.chronicle.turns import Turn
    from kb.debate import Debate

READS = LINKED

_IN_FULL, _A_PAGE, _NAMED = 240, 90, 6
"""The most turns told in full, paragraphs on a page, and people named of turns that are passed over."""


class Told(NamedTuple):
    """A turn in sentences, or several turns that are not told in full, with their number."""

    anchor: str
    speakers: tuple[Link, ...]
    answers: tuple[Link, ...]
    date: str
    paragraphs: tuple[tuple[Link, ...], ...]
    turned: tuple[tuple[Link, ...], ...]
    """What it brought into dispute, settled, made stand or made fall."""
    place: Link | None
    """Its passages on the page of their source."""
    points: int
    turns: int = 1
    others: bool = False
    """Whether more people spoke in them than are named."""


class Chapter(NamedTuple):
    """Those turns of one source, or without a source, that stand on one page."""

    source: Link | None
    date: str
    entries: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """What the template is given."""

    chapters: tuple[Chapter, ...]
    parts: tuple[str, ...]
    """Addresses of the pages of the story, if there are several."""
    undated: bool
    """Whether the order between some sources is only that of the record."""


def pages(debate: Debate) -> Iterator[Page]:
    """The story, in as many pages as it needs; none if nobody is known to have said anything."""
    told_on, say = with_addresses(addresses.STORY, _chunks(_entries(debate))), interface_words(debate).say
    for path, chunk in told_on:
        context = Context(tuple(_chapters(debate, chunk)), part_addresses(told_on), undated=_undated(debate))
        yield Page(path, say("story.title"), context, addresses.STORY, say("story.lead"))


def _undated(debate: Debate) -> bool:
    """Whether there are several sources and not every one has a date."""
    return len(debate.sources) > 1 and any(not record.date for record in debate.sources.values())


def _entries(debate: Debate) -> Iterator[tuple[str, Told]]:
    """Every turn told in full, with its source; other turns in between are told together in a line."""
    full = _in_full(debate)
    begun: str | None = None
    alike = groupby(spoken_turns(debate), key=lambda at: (at[1].source, at[0] in full, at[0] in full and at[0]))
    for (name, whole, _), run in alike:
        found = list(run)
        if whole:
            number, turn = found[0]
            yield name, _told(debate, number, turn, opens=name != begun and not turn.answers)
        else:
            yield name, _passed(debate, [turn for _, turn in found])
        begun = name


def _in_full(debate: Debate) -> frozenset[int]:
    """The numbers of the turns that are told in full: those that changed something first, then those with most below them."""
    turned = milestones(debate)

    def weight(at: tuple[int, Turn]) -> tuple[bool, int]:
        return at[0] in turned, sum(reply_count(debate, node) for node in at[1].nodes)

    return frozenset(number for number, _ in sorted(spoken_turns(debate), key=weight, reverse=True)[:_IN_FULL])


def _told(debate: Debate, number: int, turn: Turn, *, opens: bool) -> Told:
    return Told(
        anchor=_anchor(turn, number),
        speakers=people(debate, turn.speakers),
        answers=people(debate, addressees(debate, turn)),
        date=clean(turn.date),
        paragraphs=tuple(tuple(Link(*words) for words in said) for said in _paragraphs(debate, turn, opens=opens)),
        turned=tuple(sentence_links(debate, sentence) for sentence in change_sentences(milestones(debate).get(number, ()))),
        place=_place(debate, turn),
        points=len(turn.nodes),
    )


def _paragraphs(debate: Debate, turn: Turn, *, opens: bool) -> Sequence[Sequence[tuple[str, str, bool]]]:
    """What was said in a turn, in words; these depend only on the parts that hold its points and those taken up in it."""
    nodes = (*turn.nodes, *cited_again(debate, turn))

    def ask() -> Sequence[Sequence[Link]]:
        here = around(debate, nodes)
        return [sentence_links(here, sentence) for sentence in turn_sentences(here, turn, short_names_by_id(debate), opens=opens)]

    return jointly(debate, (__name__, turn.nodes, opens), nodes, ask)


def _passed(debate: Debate, found: list[Turn]) -> Told:
    """Turns that are not told in full, in one line."""
    who = people(debate, dict.fromkeys(speaker for turn in found for speaker in turn.speakers))
    points = sum(len(turn.nodes) for turn in found)
    place, others = _place(debate, found[0]), len(who) > _NAMED
    return Told("", who[:_NAMED], (), "", (), (), place, points, turns=len(found), others=others)


def _anchor(turn: Turn, number: int) -> str:
    """The HTML id of a turn: made from its first passage, so that links to it last."""
    return f"t-{turn.source}.{turn.passages[0].id}" if turn.passages else f"t-{number + 1}"


def _place(debate: Debate, turn: Turn) -> Link | None:
    if not turn.passages:
        return None
    first, last = turn.passages[0].id, turn.passages[-1].id
    return Link(passage_address(debate, Citation(turn.source, first)), "\N{EN DASH}".join(dict.fromkeys((first, last))))


def _chunks(entries: Iterable[tuple[str, Told]]) -> Iterator[list[tuple[str, Told]]]:
    """The turns of each page: a page is full when it has `_A_PAGE` paragraphs."""
    chunk: list[tuple[str, Told]] = []
    for entry in entries:
        if sum(1 + len(told.paragraphs) for _, told in chunk) >= _A_PAGE:
            yield chunk
            chunk = []
        chunk.append(entry)
    if chunk:
        yield chunk


def _chapters(debate: Debate, chunk: list[tuple[str, Told]]) -> Iterator[Chapter]:
    for name, run in groupby(chunk, key=lambda entry: entry[0]):
        record = debate.sources.get(name)
        place = Link(addresses.source(record.id), clean(record.title)) if record is not None else None
        yield Chapter(
            place,
            clean(record.date or "") if record is not None else "",
            tuple(sentence_links for _, sentence_links in run),
        )
