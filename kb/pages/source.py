"""The page of a source: its passages in reading order, who speaks, what each answers, and the points each carries. Never its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.model import Citation
from kb.publishing import addresses
from kb.publishing.addresses import Page
from kb.publishing.cards import Link, people, prose
from kb.publishing.markup import clean, web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from kb.debate import Debate
    from kb.model import Passage, Source


@dataclass(frozen=True, slots=True)
class Stretch:
    """A passage, or an item of a run-together list, with the nodes that cite it."""

    id: str
    anchor: str
    nodes: tuple[str, ...]
    skip: Markup | None


@dataclass(frozen=True, slots=True)
class Turn:
    """Passages in a row by the same speakers in answer to the same."""

    speakers: tuple[Link, ...]
    date: str
    answers: tuple[Link, ...]
    stretches: tuple[Stretch, ...]


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
    stretches = [stretch for turn in turns for stretch in turn.stretches]
    return Context(
        heading=title,
        type=clean(source.type or "document"),
        authors=tuple(map(clean, source.authors)),
        date=clean(source.date or ""),
        url=web(source.url),
        attribution=source.attribution.status,
        attribution_note=prose(source.attribution.note),
        note=prose(source.note),
        title_nodes=debate.citing.get((source.id, None), ()),
        turns=turns,
        cited=sum(bool(s.nodes) for s in stretches),
        skipped=sum(not s.nodes and s.skip is not None for s in stretches),
        uncited=sum(not s.nodes and s.skip is None for s in stretches),
    )


def _turns(debate: Debate, source: Source) -> Iterator[Turn]:
    """Passages joined to turns."""
    run: list[Passage] = []
    for passage in source.passages:
        if run and _key(run[0]) != _key(passage):
            yield _turn(debate, source, run)
            run = []
        run.append(passage)
    if run:
        yield _turn(debate, source, run)


def _key(passage: Passage) -> tuple[tuple[str, ...], str | None, tuple[str, ...], str]:
    """What passages of one turn share: speakers, date, what they answer, and the comment that their ids name (`c4` of `c4.7`)."""
    return passage.by, passage.date, passage.replies_to, passage.id.partition(".")[0] if "." in passage.id else ""


def _turn(debate: Debate, source: Source, run: list[Passage]) -> Turn:
    first = run[0]
    return Turn(
        people(debate, first.by),
        clean(first.date or ""),
        tuple(_answered(debate, source, name) for name in first.replies_to),
        tuple(stretch for passage in run for stretch in _stretches(debate, source, passage)),
    )


def _answered(debate: Debate, source: Source, name: str) -> Link:
    """A passage, or the first of a comment (`c1` for `c1.1`), with an address if it is there."""
    named = (p for p in source.passages if p.id == name or p.id.startswith(f"{name}."))
    there = next((stretch.id for passage in named for stretch in _stretches(debate, source, passage)), None)
    return Link("" if there is None else addresses.passage(Citation(source.id, there)), clean(name))


def _stretches(debate: Debate, source: Source, passage: Passage) -> Iterator[Stretch]:
    """The passage, then its items if it is a run-together list."""
    nodes = debate.citing.get((source.id, passage.id), ())
    if not passage.items or nodes:
        yield Stretch(passage.id, addresses.anchor(passage.id), nodes, prose(passage.skip))
    for item in range(1, min(passage.items, 1000) + 1):
        name = f"{passage.id}.{item}"
        own = debate.passages.get((source.id, name)) is passage
        if own:
            yield Stretch(name, addresses.anchor(name), debate.citing.get((source.id, name), ()), prose(passage.skip))
