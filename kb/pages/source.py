"""The page of a source: its passages in reading order, who speaks, what each answers and is answered by, and the points each carries.

The words of a passage stand there only if the editors recorded them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.chronicle.turns import openings, runs
from kb.model import Citation
from kb.publishing import addresses
from kb.publishing.addresses import Page
from kb.publishing.cards import Link, covered, people, prose, short_names
from kb.publishing.markup import clean, web

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markupsafe import Markup

    from kb.debate import Debate
    from kb.model import Passage, Source


@dataclass(frozen=True, slots=True)
class Stretch:
    """A passage, or an item of a run-together list, with the nodes that cite it."""

    id: str
    anchor: str
    text: Markup | None
    """The words of the passage, where they are recorded; of a list before the first of its items."""
    nodes: tuple[str, ...]
    skip: Markup | None
    opens: str
    """The anchor of the list that begins here, where the list has no place of its own."""
    inside: str
    """The list that it is mapped with as a whole."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Passages in a row by the same speakers in answer to the same."""

    speakers: tuple[Link, ...]
    date: str
    answers: tuple[Link, ...]
    answered: tuple[Link, ...]
    """Later turns that answer it, by their first passages."""
    stretches: tuple[Stretch, ...]

    @property
    def quoted(self) -> bool:
        """Whether words of it are recorded."""
        return any(stretch.text for stretch in self.stretches)


@dataclass(frozen=True, slots=True)
class Context:
    """What the template is given."""

    heading: str
    type: str
    authors: tuple[str, ...]
    date: str
    url: str | None
    attribution: str
    attribution_note: Markup | None
    note: Markup | None
    title_nodes: tuple[str, ...]
    """Points that the title itself makes, or that cite no passage."""
    turns: tuple[Turn, ...]
    cited: int
    skipped: int
    uncited: int


def pages(debate: Debate) -> Iterator[Page]:
    """One page a source."""
    for source in debate.sources.values():
        title = clean(source.title)
        yield Page(addresses.source(source.id), title, _context(debate, source, title), addresses.SOURCES)


def _context(debate: Debate, source: Source, title: str) -> Context:
    turns = tuple(_turns(debate, source))
    counts = covered(debate)[source.id]
    return Context(
        heading=title,
        type=clean(source.type or ""),
        authors=tuple(map(clean, source.authors)),
        date=clean(source.date or ""),
        url=web(source.url),
        attribution=source.attribution.status,
        attribution_note=prose(source.attribution.note),
        note=prose(source.note),
        title_nodes=debate.citing.get((source.id, None), ()),
        turns=turns,
        cited=counts.cited,
        skipped=counts.skipped,
        uncited=counts.uncited,
    )


def _turns(debate: Debate, source: Source) -> Iterator[Turn]:
    """Passages joined to turns."""
    answered = _answered(source)
    for run in runs(source):
        yield Turn(
            people(debate, run[0].by),
            clean(run[0].date or ""),
            tuple(_place(debate, source, name) for name in run[0].replies_to),
            tuple(_place(debate, source, name) for passage in run for name in answered[passage.id]),
            tuple(stretch for passage in run for stretch in _stretches(debate, source, passage)),
        )


def _answered(source: Source) -> Mapping[str, list[str]]:
    """By passage the turns that answer it, or the comment that it opens, each by its first passage."""
    found: dict[str, list[str]] = defaultdict(list)
    for run in runs(source):
        opened = (openings(source).get(name) for name in run[0].replies_to)
        for passage in dict.fromkeys(p.id for p in opened if p is not None):
            found[passage].append(run[0].id)
    return found


def _place(debate: Debate, source: Source, name: str) -> Link:
    """Where a passage stands, or the first of a comment, with who speaks there; without an address if there is none."""
    passage = openings(source).get(name)
    if passage is None:
        return Link("", clean(name))
    called = [short_names(debate).get(who, who) for who in passage.by]
    return Link(addresses.passage(Citation(source.id, passage.id)), ", ".join([*called, clean(name)]))


def _stretches(debate: Debate, source: Source, passage: Passage) -> Iterator[Stretch]:
    """The passage; of a run-together list its items, the list before them if it is cited as a whole."""

    def citing(name: str) -> tuple[str, ...]:
        return debate.citing.get((source.id, name), ())

    whole, skip = citing(passage.id), prose(passage.skip)
    names = [name for name in passage.item_ids() if debate.passages.get((source.id, name)) is passage]
    if whole or not names:
        names.insert(0, passage.id)
    for name in names:
        opens = addresses.anchor(passage.id) if name == names[0] != passage.id else ""
        text = prose(passage.text) if name == names[0] else None
        yield Stretch(name, addresses.anchor(name), text, citing(name), skip, opens, passage.id if whole else "")
