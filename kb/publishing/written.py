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
from kb.publishing.single_pages import single_pages
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


class WrittenPages(NamedTuple):
    """All written pages of a debate."""

    pages: tuple[Page, ...]
    menu: tuple[Link, ...]
    """The pages whose names begin with a number, in the order of the numbers."""
    foot: tuple[Link, ...]
    """The other pages, for the foot of every page."""
    parts: tuple[tuple[Link, str], ...]
    """What the search finds on them: each page and each of its parts, with its plain words."""
    link_places: Mapping[str, Sequence[tuple[str, Spot]]]
    """The places of links to other pages of the site, by address: which parts these have is known only once they are made."""


def written_pages(debate: Debate, theme: Theme) -> WrittenPages:
    """The written pages; raises `ThemeError` with all links that lead nowhere and other faults in them."""
    documents = {
        name: Document(text) for name, text in sorted(theme.pages.items(), key=lambda item: _menu_key(item[0]))
    }
    resolver = _LinkResolver(
        debate, documents, frozenset(path for path, _ in theme.assets) if documents else frozenset()
    )
    faults = [f"{_file_of(name)}:{fault}" for name in documents for fault in resolver.resolve_links(name)]
    if faults:
        raise ThemeError(*faults)
    resolver.name_links()
    links = {name: Link(address_of(name), document.title) for name, document in documents.items()}
    return WrittenPages(
        tuple(resolver.page(name) for name in documents),
        tuple(link for name, link in links.items() if _NUMBERED.match(name)),
        tuple(link for name, link in links.items() if not _NUMBERED.match(name)),
        tuple(part for name, document in documents.items() for part in _parts(links[name], document)),
        resolver.link_places,
    )


def _parts(page: Link, document: Document) -> Iterator[tuple[Link, str]]:
    """The parts of a page, heading by heading."""
    for part in document.parts():
        name = f"{page.name} · {part.heading}" if part.heading else page.name
        yield Link(f"{page.href}#{part.anchor}", name) if part.anchor else page, part.words


def _menu_key(name: str) -> tuple[int, str]:
    number = _NUMBERED.match(name)
    return (int(number[1]) if number else 0, name)


def address_of(name: str) -> str:
    """The address of the page of a file of `site/pages/`; a number at the start of its name only gives it a place in the menu."""
    return addresses.own_page(_NUMBERED.sub("", name))


def _file_of(name: str) -> str:
    return f"{FOLDER}/{PAGES}/{name}.md"


class _LinkResolver:
    """Finds out where every link of the written pages leads."""

    def __init__(self, debate: Debate, documents: Mapping[str, Document], assets: frozenset[str]) -> None:
        self.debate = debate
        self.documents = documents
        self.assets = assets
        self.link_places: dict[str, list[tuple[str, Spot]]] = {}
        self._written: list[tuple[Reference, Document, str]] = []
        """Links to written pages and parts of them, whose titles may themselves consist of links without words."""

    @cached_property
    def _singles(self) -> dict[str, str]:
        """The names of pages of the site to which a written page may link by their addresses."""
        return {page.href: page.name for page in single_pages(self.debate)}

    def page(self, name: str) -> Page:
        """A page, once `resolve_links` has set its links."""
        document = self.documents[name]
        pieces = tuple(Piece(node, html) for node, html in document.pieces(self.debate.nodes))
        address = address_of(name)
        context = Context(document.title, pieces, _file_of(name))
        about = lede(next((part.words for part in document.parts() if part.words), None)) or document.title
        section = address if _NUMBERED.match(name) else ""
        row: Row = {"title": document.title, "file": context.file, "text": document.text}
        return Page(address, document.title, context, section, about, row=row)

    def resolve_links(self, name: str) -> list[str]:
        """Set every link of a page; returns line, column and message for each link that leads nowhere and each heading at a wrong level."""
        document = self.documents[name]
        faults = list(document.misplaced_headings())
        if any(address_of(other) == address_of(name) for other in self.documents if other < name):
            faults.append((Spot(1, 1), f"there are two pages `{_NUMBERED.sub('', name)}`"))
        for reference in document.references:
            try:
                self._resolve(reference, name)
            except _UnresolvedLink as fault:
                faults.append((reference.spot, str(fault)))
        return [f"{spot.line}:{spot.column}: {message}" for spot, message in sorted(faults)]

    def name_links(self) -> None:
        """Give links to written pages the words of the heading or title to which they lead, unless they have their own."""
        for reference, target, part in self._written:
            reference.set_words(target.words_of(part) if part else target.title)

    def _resolve(self, reference: Reference, name: str) -> None:
        address = reference.address
        is_external = is_web(address) or address.lower().startswith(("mailto:", "tel:"))
        if is_external and not reference.is_picture:
            reference.set_target(address, address if is_web(address) else address.partition(":")[2], external=True)
        else:
            target = self._target(reference, name)
            reference.set_target(target.href, target.name)

    def _target(self, reference: Reference, name: str) -> Link:
        """The target of a link within the site, with its name."""
        address = reference.address
        scheme, colon, name_of_record = address.partition(":")
        path = address.partition("#")[0]
        if reference.is_picture or address.removeprefix("../").startswith(f"{ASSETS}/"):
            return self._asset_link(address)
        if colon and scheme in (*_KINDS, NAMED):
            record = self._record_link(scheme, unquote(name_of_record))
            return Link(f"../{record.href}", record.name)
        if path in self._singles:
            self.link_places.setdefault(address, []).append((_file_of(name), reference.spot))
            return Link(f"../{address}", self._singles[path])
        return self._page_link(reference, self.documents[name])

    def _record_link(self, kind: str, name: str) -> Link:
        """A link to the record of this name and kind; without a kind to the first of this name, points before people and so on."""
        kinds = tuple(_KINDS) if kind == NAMED else (kind,)
        links = (_find_record(self.debate, record_kind, name) for record_kind in kinds)
        found = next((link for link in links if link is not None), None)
        if found is not None:
            return found
        near = did_you_mean(name, (other for known in kinds for other in _KINDS[known](self.debate)))
        raise _UnresolvedLink(
            f"there is no {'record' if kind == NAMED else kind} `{in_a_line(name)}`" + (near and f"; {near}")
        )

    def _asset_link(self, address: str) -> Link:
        path = address.removeprefix("../")
        if path in self.assets:
            return Link(f"../{path}", path.rpartition("/")[2])
        if not path:
            message = "this picture has no address; one of the assets is shown by `![words](assets/plan.png)`"
            raise _UnresolvedLink(message)
        near = did_you_mean(path, self.assets)
        raise _UnresolvedLink(f"there is no `{in_a_line(path)}` among the assets" + (near and f"; {near}"))

    def _page_link(self, reference: Reference, document: Document) -> Link:
        """A link to a written page or a part of one; `name_links` gives it its words once all links are set."""
        address = reference.address
        if not address:
            message = f"this link has no address; {_LINK_HELP}"
            raise _UnresolvedLink(message)
        path, hash_sign, part = address.partition("#")
        target = self.documents.get(path.removesuffix(".md")) if path.endswith(".md") else None if path else document
        if target is None:
            near = did_you_mean(path, [*(f"{name}.md" for name in self.documents), *sorted(self._singles)])
            raise _UnresolvedLink(f"`{in_a_line(address)}` leads nowhere; " + (near or _LINK_HELP))
        if hash_sign and unquote(part) not in target.headings:
            raise _UnresolvedLink(no_part_message(address, unquote(part), target.headings))
        begin = f"../{address_of(path.removesuffix('.md'))}" if path else ""
        self._written.append((reference, target, unquote(part)))
        return Link(f"{begin}#{ANCHOR}{unquote(part)}" if hash_sign else begin, "")


class _UnresolvedLink(Exception):  # noqa: N818 - it never leaves this module
    """Why a link leads nowhere."""


def no_part_message(address: str, part: str, parts: Iterable[str]) -> str:
    """The message about a link to a part that a page does not have; `parts` are those it has."""
    near = did_you_mean(part, parts)
    return f"`{in_a_line(address)}`: there is no such part{near and f'; {near}'}"


_LINK_HELP = "a link leads to https://…, to a record (node:an-id) or to a page (other.md)"
_KINDS: Mapping[str, Callable[[Debate], Collection[str]]] = {
    "node": lambda debate: debate.nodes,
    "person": lambda debate: debate.participants,
    "source": lambda debate: debate.sources,
    "term": lambda debate: debate.terms,
    "topic": lambda debate: debate.topic_order,
}
"""The kinds of records that a link may name, each with the function that gives the ids of that kind."""


def _find_record(debate: Debate, kind: str, name: str) -> Link | None:
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
