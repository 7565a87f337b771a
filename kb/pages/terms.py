"""The glossary: words that carry weight in the debate, with their senses in brief."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kb.publishing import addresses
from kb.publishing.addresses import Page
from kb.publishing.cards import Link, people, sense_name
from kb.publishing.faces import LINKED
from kb.publishing.markup import clean, inline
from kb.publishing.messages import spoken
from kb.queries.terms import uses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from kb.debate import Debate


READS = LINKED


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


def pages(debate: Debate) -> Iterator[Page]:
    """The one list, by the word."""
    ordered = sorted(debate.terms.values(), key=lambda t: (t.term.casefold(), t.id))
    rows = tuple(
        Row(
            Link(addresses.term(t.id), clean(t.term)),
            tuple(Sense(sense_name(s.id), inline(s.text), people(debate, s.by)) for s in t.senses),
            len(uses(debate).get(t.id, ())),
        )
        for t in ordered
    )
    say = spoken(debate).say
    yield Page(addresses.TERMS, say("terms.title"), Context(rows), addresses.TERMS, say("terms.lead"))
