"""Pages that the editors of a debate wrote themselves, in Markdown: a method, an imprint, a way through the debate.

They link to records by name, `[[an-id]]` or `[words](node:an-id)`; a point named alone in a paragraph is shown as a card. Links that lead
nowhere are reported with their place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from kb.finding import in_a_line
from kb.model import Citation
from kb.publishing import addresses, cards
from kb.publishing.addresses import Page
from kb.publishing.cards import Link
from kb.publishing.document import ANCHOR, NAMED, Document, Spot
from kb.publishing.markup import is_web, lede
from kb.publishing.single_pages import singles
from kb.publishing.theme import ASSETS, FOLDER, PAGES, ThemeError
from kb.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from markupsafe import Markup

    from kb.debate import Debate
    from kb.publishing.document import Reference
    from kb.publishing.theme import Theme
    from kb.tables import Row

_NUMBERED = re.compile(r"(\d+)-(?=.)")


class Piece(NamedTuple):
    """Some HTML of the page, or a point that is shown as a card."""

    node: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Context:
    """A page of the editors: its title, its content piece by piece, and the file it is written in."""

    heading: str
    pieces: tuple[Piece, ...]
    file: str


class Written(NamedTuple):
    """All written pages of a debate."""

    pages: tuple[Page, ...]
    menu: tuple[Link, ...]
    """The pages whose names begin with a number, in the order of the numbers."""
    foot: tuple[Link, ...]
    """The other pages, for the foot of every page."""
    parts: tuple[tuple[Link, str], ...]
    """What the search finds on them: each page and each of its parts, with its plain words."""
    leads: Mapping[str, Sequence[tuple[str, Spot]]]
    """The places of links to other pages of the site, by address: which parts these have is known only once they are made."""


def written(debate: Debate, theme: Theme) -> Written:
    """The written pages; raises `ThemeError` with all links that lead nowhere and other faults in them."""
    documents = {name: Document(text) for name, text in sorted(theme.pages.items(), key=lambda item: _order(item[0]))}
    guide = _Guide(debate, documents, frozenset(path for path, _ in theme.assets) if documents else frozenset())
    wrong = [f"{_file(name)}:{fault}" for name in documents for fault in guide.lead(name)]
    if wrong:
        raise ThemeError(*wrong)
    guide.say()
    links = {name: Link(address_of(name), document.title) for name, document in documents.items()}
    return Written(
        tuple(guide.page(name) for name in documents),
        tuple(link for name, link in links.items() if _NUMBERED.match(name)),
        tuple(link for name, link in links.items() if not _NUMBERED.match(name)),
        tuple(part for name, document in documents.items() for part in _parts(links[name], document)),
        guide.leads,
    )


def _parts(page: Link, document: Document) -> Iterator[tuple[Link, str]]:
    """The parts of a page, heading by heading."""
    for part in document.parts():
        name = f"{page.name} · {part.heading}" if part.heading else page.name
        yield Link(f"{page.href}#{part.anchor}", name) if part.anchor else page, part.words


def _order(name: str) -> tuple[int, str]:
    number = _NUMBERED.match(name)
    return (int(number[1]) if number else 0, name)


def address_of(name: str) -> str:
    """The address of the page of a file of `site/pages/`; a number at the start of its name only gives it a place in the menu."""
    return addresses.written(_NUMBERED.sub("", name))


def _file(name: str) -> str:
    return f"{FOLDER}/{PAGES}/{name}.md"


class _Guide:
    """Finds out where every link of the written pages leads."""

    def __init__(self, debate: Debate, documents: Mapping[str, Document], assets: frozenset[str]) -> None:
        self.debate = debate
        self.documents = documents
        self.assets = assets
        self.leads: dict[str, list[tuple[str, Spot]]] = {}
        self._written: list[tuple[Reference, Document, str]] = []
        """Links to written pages and parts of them, whose titles may themselves consist of links without words."""

    @cached_property
    def _singles(self) -> dict[str, str]:
        """The names of pages of the site to which a written page may link by their addresses."""
        return {page.href: page.name for page in singles(self.debate)}

    def page(self, name: str) -> Page:
        """A page, once `lead` has set its links."""
        document = self.documents[name]
        pieces = tuple(Piece(node, html) for node, html in document.pieces(self.debate.nodes))
        address = address_of(name)
        context = Context(document.title, pieces, _file(name))
        about = lede(next((part.words for part in document.parts() if part.words), None)) or document.title
        section = address if _NUMBERED.match(name) else ""
        row: Row = {"title": document.title, "file": context.file, "text": document.text}
        return Page(address, document.title, context, section, about, row=row)

    def lead(self, name: str) -> list[str]:
        """Set every link of a page; returns line, column and message for each link that leads nowhere and each heading at a wrong level."""
        document = self.documents[name]
        found = list(document.misplaced())
        if any(address_of(other) == address_of(name) for other in self.documents if other < name):
            found.append((Spot(1, 1), f"there are two pages `{_NUMBERED.sub('', name)}`"))
        for reference in document.references:
            try:
                self._lead(reference, name)
            except _Wrong as fault:
                found.append((reference.spot, str(fault)))
        return [f"{spot.line}:{spot.column}: {message}" for spot, message in sorted(found)]

    def say(self) -> None:
        """Give links to written pages the words of the heading or title to which they lead, unless they have their own."""
        for reference, target, part in self._written:
            reference.say(target.words_of(part) if part else target.title)

    def _lead(self, reference: Reference, name: str) -> None:
        address = reference.address
        away = is_web(address) or address.lower().startswith(("mailto:", "tel:"))
        if away and not reference.is_picture:
            reference.lead(address, address if is_web(address) else address.partition(":")[2], away=True)
        else:
            led = self._led(reference, name)
            reference.lead(led.href, led.name)

    def _led(self, reference: Reference, name: str) -> Link:
        """The target of a link within the site, with its name."""
        address = reference.address
        scheme, colon, known = address.partition(":")
        path = address.partition("#")[0]
        if reference.is_picture or address.removeprefix("../").startswith(f"{ASSETS}/"):
            return self._asset(address)
        if colon and scheme in (*_KINDS, NAMED):
            found = self._record(scheme, unquote(known))
            return Link(f"../{found.href}", found.name)
        if path in self._singles:
            self.leads.setdefault(address, []).append((_file(name), reference.spot))
            return Link(f"../{address}", self._singles[path])
        return self._page(reference, self.documents[name])

    def _record(self, kind: str, name: str) -> Link:
        """A link to the record of this name and kind; without a kind to the first of this name, points before people and so on."""
        kinds = tuple(_KINDS) if kind == NAMED else (kind,)
        found = next((link for known in kinds if (link := _record(self.debate, known, name)) is not None), None)
        if found is not None:
            return found
        near = did_you_mean(name, (other for known in kinds for other in _KINDS[known](self.debate)))
        raise _Wrong(f"there is no {'record' if kind == NAMED else kind} `{in_a_line(name)}`" + (near and f"; {near}"))

    def _asset(self, address: str) -> Link:
        path = address.removeprefix("../")
        if path in self.assets:
            return Link(f"../{path}", path.rpartition("/")[2])
        if not path:
            message = "this picture has no address; one of the assets is shown by `![words](assets/plan.png)`"
            raise _Wrong(message)
        near = did_you_mean(path, self.assets)
        raise _Wrong(f"there is no `{in_a_line(path)}` among the assets" + (near and f"; {near}"))

    def _page(self, reference: Reference, document: Document) -> Link:
        """A link to a written page or a part of one; `say` gives it its words once all links are set."""
        address = reference.address
        if not address:
            message = f"this link has no address; {_WHERE}"
            raise _Wrong(message)
        path, hash_sign, part = address.partition("#")
        target = self.documents.get(path.removesuffix(".md")) if path.endswith(".md") else None if path else document
        if target is None:
            near = did_you_mean(path, [*(f"{name}.md" for name in self.documents), *sorted(self._singles)])
            raise _Wrong(f"`{in_a_line(address)}` leads nowhere; " + (near or _WHERE))
        if hash_sign and unquote(part) not in target.headings:
            raise _Wrong(no_part(address, unquote(part), target.headings))
        begin = f"../{address_of(path.removesuffix('.md'))}" if path else ""
        self._written.append((reference, target, unquote(part)))
        return Link(f"{begin}#{ANCHOR}{unquote(part)}" if hash_sign else begin, "")


class _Wrong(Exception):  # noqa: N818 - it never leaves this module
    """Why a link leads nowhere."""


def no_part(address: str, part: str, parts: Iterable[str]) -> str:
    """The message about a link to a part that a page does not have; `parts` are those it has."""
    near = did_you_mean(part, parts)
    return f"`{in_a_line(address)}`: there is no such part{near and f'; {near}'}"


_WHERE = "a link leads to https://…, to a record (node:an-id) or to a page (other.md)"
_KINDS: Mapping[str, Callable[[Debate], Collection[str]]] = {
    "node": lambda debate: debate.nodes,
    "person": lambda debate: debate.participants,
    "source": lambda debate: debate.sources,
    "term": lambda debate: debate.terms,
    "topic": lambda debate: debate.topic_order,
}
"""The kinds of records that a link may name, each with the function that gives the ids of that kind."""


def _record(debate: Debate, kind: str, name: str) -> Link | None:
    """A link to a record of a kind; None if there is none of that name."""
    if kind == "term":
        return cards.term(debate, name)
    if name not in _KINDS[kind](debate):
        return None
    if kind == "node":
        return cards.link(debate, name)
    if kind == "person":
        return cards.person(debate, name)
    return cards.topic(debate, name) if kind == "topic" else cards.citation(debate, Citation(name, None))
