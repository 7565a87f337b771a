"""The page at the old address of a record that has another id now, which leads to the new one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.former import former_ids
from kb.publishing import addresses
from kb.publishing.addresses import Page
from kb.publishing.cards import Link, label, person
from kb.publishing.dependencies import LINKED
from kb.publishing.markup import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate


READS = LINKED


@dataclass(frozen=True, slots=True)
class Context:
    """What the template is given."""

    target: Link
    file: str
    """The file name of its page now, which is in the same folder."""


def pages(debate: Debate) -> Iterator[Page]:
    """A page for every former id."""
    renamed = former_ids(debate)
    for old, new in renamed.nodes.items():
        yield _page(addresses.node(old), Link(addresses.node(new), label(debate, new)))
    for old, new in renamed.sources.items():
        yield _page(addresses.source(old), Link(addresses.source(new), clean(debate.sources[new].title)))
    for old, new in renamed.participants.items():
        yield _page(addresses.person(old), person(debate, new))
    for old, new in renamed.terms.items():
        yield _page(addresses.term(old), Link(addresses.term(new), clean(debate.terms[new].term)))


def _page(path: str, target: Link) -> Page:
    return Page(path, target.name, Context(target, target.href.rpartition("/")[2]))
