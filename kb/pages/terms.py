"""The glossary: words that carry weight in the debate, with their senses in brief."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kb.publishing import addresses
from kb.publishing.addresses import Page
from kb.publishing.cards import Link, people, sense_name
from kb.publishing.dependencies import LINKED
from kb.publishing.folding import alphabetical_key
from kb.publishing.markup import clean, inline
from kb.publishing.messages import interface_words
from kb.publishing.paging import cut, part_addresses, with_addresses
from kb.queries.terms import nodes_by_term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from kb.debate import Debate


READS = LINKED

_A_PAGE = 120


class Sense(NamedTuple):
    """A sense in brief, and who uses the word so."""

    name: str
    text: Markup
    people: tuple[Link, ...]


class Row(NamedTuple):
    """A term with its senses."""

    term: Link
    senses: tuple[Sense, ...]
    nodes: int


@dataclass(frozen=True, slots=True)
class Context:
    """What the template is given."""

    rows: tuple[Row, ...]
    parts: tuple[str, ...]
    """Addresses of the pages of the list, if there are several."""


def pages(debate: Debate) -> Iterator[Page]:
    """The list, by the word, in as many pages as it needs."""
    ordered = sorted(debate.terms.values(), key=lambda t: (*alphabetical_key(t.term), t.id))
    rows = tuple(
        Row(
            Link(addresses.term(t.id), clean(t.term)),
            tuple(Sense(sense_name(s.id), inline(s.text), people(debate, s.by)) for s in t.senses),
            len(nodes_by_term(debate).get(t.id, ())),
        )
        for t in ordered
    )
    say, list_pages = interface_words(debate).say, with_addresses(addresses.TERMS, cut(rows, _A_PAGE))
    for path, chunk in list_pages:
        context = Context(tuple(chunk), part_addresses(list_pages))
        yield Page(path, say("terms.title"), context, addresses.TERMS, say("terms.lead"))
