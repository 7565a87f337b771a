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
from kb.publishing.dependencies import LINKED
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


class TurnView(NamedTuple):
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
    entries: tuple[TurnView, ...]


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
    story_pages, say = with_addresses(addresses.STORY, _chunks(_entries(debate))), interface_words(debate).say
    for path, chunk in story_pages:
        context = Context(tuple(_chapters(debate, chunk)), part_addresses(story_pages), undated=_undated(debate))
        yield Page(path, say("story.title"), context, addresses.STORY, say("story.lead"))


def _undated(debate: Debate) -> bool:
    """Whether there are several sources and not every one has a date."""
    return len(debate.sources) > 1 and any(not record.date for record in debate.sources.values())


def _entries(debate: Debate) -> Iterator[tuple[str, TurnView]]:
    """Every turn told in full, with its source; other turns in between are told together in a line."""
    full = _turns_in_full(debate)
    last_source: str | None = None
    groups = groupby(spoken_turns(debate), key=lambda at: (at[1].source, at[0] in full, at[0] in full and at[0]))
    for (name, is_full, _), run in groups:
        turns = list(run)
        if is_full:
            number, turn = turns[0]
            yield name, _turn_view(debate, number, turn, opens=name != last_source and not turn.answers)
        else:
            yield name, _turns_in_brief(debate, [turn for _, turn in turns])
        last_source = name


def _turns_in_full(debate: Debate) -> frozenset[int]:
    """The numbers of the turns that are told in full: those that changed something first, then those with most below them."""
    turned = milestones(debate)

    def weight(at: tuple[int, Turn]) -> tuple[bool, int]:
        return at[0] in turned, sum(reply_count(debate, node) for node in at[1].nodes)

    return frozenset(number for number, _ in sorted(spoken_turns(debate), key=weight, reverse=True)[:_IN_FULL])


def _turn_view(debate: Debate, number: int, turn: Turn, *, opens: bool) -> TurnView:
    return TurnView(
        anchor=_anchor(turn, number),
        speakers=people(debate, turn.speakers),
        answers=people(debate, addressees(debate, turn)),
        date=clean(turn.date),
        paragraphs=tuple(
            tuple(Link(*words) for words in paragraph) for paragraph in _paragraphs(debate, turn, opens=opens)
        ),
        turned=tuple(
            sentence_links(debate, sentence) for sentence in change_sentences(milestones(debate).get(number, ()))
        ),
        place=_place(debate, turn),
        points=len(turn.nodes),
    )


def _paragraphs(debate: Debate, turn: Turn, *, opens: bool) -> Sequence[Sequence[tuple[str, str, bool]]]:
    """What was said in a turn, in words; these depend only on the parts that hold its points and those taken up in it."""
    nodes = (*turn.nodes, *cited_again(debate, turn))

    def find_paragraphs() -> Sequence[Sequence[Link]]:
        part = around(debate, nodes)
        return [
            sentence_links(part, sentence)
            for sentence in turn_sentences(part, turn, short_names_by_id(debate), opens=opens)
        ]

    return jointly(debate, (__name__, turn.nodes, opens), nodes, find_paragraphs)


def _turns_in_brief(debate: Debate, turns: list[Turn]) -> TurnView:
    """Turns that are not told in full, in one line."""
    speakers = people(debate, dict.fromkeys(speaker for turn in turns for speaker in turn.speakers))
    points = sum(len(turn.nodes) for turn in turns)
    place, others = _place(debate, turns[0]), len(speakers) > _NAMED
    return TurnView("", speakers[:_NAMED], (), "", (), (), place, points, turns=len(turns), others=others)


def _anchor(turn: Turn, number: int) -> str:
    """The HTML id of a turn: made from its first passage, so that links to it last."""
    return f"t-{turn.source}.{turn.passages[0].id}" if turn.passages else f"t-{number + 1}"


def _place(debate: Debate, turn: Turn) -> Link | None:
    if not turn.passages:
        return None
    first, last = turn.passages[0].id, turn.passages[-1].id
    return Link(passage_address(debate, Citation(turn.source, first)), "\N{EN DASH}".join(dict.fromkeys((first, last))))


def _chunks(entries: Iterable[tuple[str, TurnView]]) -> Iterator[list[tuple[str, TurnView]]]:
    """The turns of each page: a page is full when it has `_A_PAGE` paragraphs."""
    chunk: list[tuple[str, TurnView]] = []
    for entry in entries:
        if sum(1 + len(turn.paragraphs) for _, turn in chunk) >= _A_PAGE:
            yield chunk
            chunk = []
        chunk.append(entry)
    if chunk:
        yield chunk


def _chapters(debate: Debate, chunk: list[tuple[str, TurnView]]) -> Iterator[Chapter]:
    for name, run in groupby(chunk, key=lambda entry: entry[0]):
        record = debate.sources.get(name)
        place = Link(addresses.source(record.id), clean(record.title)) if record is not None else None
        yield Chapter(
            place,
            clean(record.date or "") if record is not None else "",
            tuple(sentence_links for _, sentence_links in run),
        )
