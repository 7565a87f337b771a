"""The page of a source: its passages in reading order, who speaks, what each answers, and the points each carries. Never its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.publishing import addresses
from kb.publishing.addresses import Page
from kb.publishing.cards import Link, covered, people, prose
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
    places = _places(source)
    run: list[Passage] = []
    for passage in source.passages:
        if run and _key(run[0]) != _key(passage):
            yield _turn(debate, source, run, places)
            run = []
        run.append(passage)
    if run:
        yield _turn(debate, source, run, places)


def _places(source: Source) -> Mapping[str, Link]:
    """Where each passage stands, and each comment: at the first of its passages (`c1` at `c1.1`)."""
    found: dict[str, Link] = {}
    for passage in source.passages:
        parts = passage.id.split(".")
        for end in range(len(parts), 0, -1):
            name = ".".join(parts[:end])
            found.setdefault(name, Link(f"{addresses.source(source.id)}#{addresses.anchor(passage.id)}", name))
    return found


def _key(passage: Passage) -> tuple[tuple[str, ...], str | None, tuple[str, ...], str]:
    """What passages of one turn share: speakers, date, what they answer, and the comment that their ids name (`c4` of `c4.7`)."""
    return passage.by, passage.date, passage.replies_to, passage.id.partition(".")[0] if "." in passage.id else ""


def _turn(debate: Debate, source: Source, run: list[Passage], places: Mapping[str, Link]) -> Turn:
    first = run[0]
    return Turn(
        people(debate, first.by),
        clean(first.date or ""),
        tuple(places.get(name) or Link("", clean(name)) for name in first.replies_to),
        tuple(stretch for passage in run for stretch in _stretches(debate, source, passage)),
    )


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
        yield Stretch(name, addresses.anchor(name), citing(name), skip, opens, passage.id if whole else "")
