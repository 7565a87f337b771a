"""The page of a term: its senses, who uses which and where, and the points that turn on it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kb.publishing import addresses
from kb.publishing.addresses import Draft, Page
from kb.publishing.cards import Link, citations, people, prose, sense_name, term
from kb.publishing.dependencies import LINKED
from kb.publishing.markup import clean, inline, lede
from kb.publishing.messages import interface_words
from kb.queries.terms import nodes_by_term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from kb.debate import Debate
    from kb.model import Term

READS = LINKED

_SHOWN = 80
"""How many points are listed under a sense."""


class SenseView(NamedTuple):
    """A sense: what it says, who uses the word so, where, and in which points."""

    name: str
    anchor: str
    text: Markup
    people: tuple[Link, ...]
    citations: tuple[Link, ...]
    nodes: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Context:
    """What the template is given."""

    heading: str
    senses: tuple[SenseView, ...]
    unmarked: tuple[str, ...]
    """Points that use the term without saying in which sense."""
    more: int
    note: Markup | None
    see_also: tuple[Link, ...]


def pages(debate: Debate) -> Iterator[Draft]:
    """A page for each term."""
    for record in debate.terms.values():
        names = (record.id, *(f"{record.id}/{sense.id}" for sense in record.senses))
        nodes_by_sense = [nodes_by_term(debate).get(name, ()) for name in names]
        yield Draft(
            addresses.term(record.id),
            nodes_by_sense,
            chain.from_iterable(nodes_by_sense),
            partial(_page, debate, record),
        )


def _page(debate: Debate, record: Term) -> Page:
    title = clean(record.term)
    about = lede(*(s.text for s in record.senses)) or interface_words(debate).say("terms.no_sense")
    return Page(addresses.term(record.id), title, _context(debate, record, title), addresses.TERMS, about)


def _context(debate: Debate, record: Term, title: str) -> Context:
    senses = tuple(_senses(debate, record))
    marked = {n for s in record.senses for n in nodes_by_term(debate).get(f"{record.id}/{s.id}", ())}
    unmarked = [n for n in nodes_by_term(debate).get(record.id, ()) if n not in marked]
    return Context(
        heading=title,
        senses=senses,
        unmarked=tuple(unmarked[:_SHOWN]),
        more=max(len(unmarked) - _SHOWN, 0),
        note=prose(record.note),
        see_also=tuple(t for name in record.see_also if (t := term(debate, name)) is not None),
    )


def _senses(debate: Debate, record: Term) -> Iterator[SenseView]:
    for sense in record.senses:
        nodes = nodes_by_term(debate).get(f"{record.id}/{sense.id}", ())
        yield SenseView(
            sense_name(sense.id),
            addresses.sense_anchor(sense.id),
            inline(sense.text),
            people(debate, sense.by),
            citations(debate, sense.citations),
            nodes[:_SHOWN],
            max(len(nodes) - _SHOWN, 0),
        )
