"""A debate as a site: every page of `kb.pages` through the template of its name, what `kb.companions` puts beside them, and all links followed.

Nothing is written here.
"""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from kb import discover
from kb.memory import mark
from kb.output.links import NOT_BUILT, Links, ListGroup, Output, bundle
from kb.output.tags import reader
from kb.publishing import addresses, cards
from kb.publishing.addresses import Draft
from kb.publishing.dependencies import LINKED, content_marks, linked_points_mark, linked_words_mark, structure_marks
from kb.publishing.disputes import list_addresses
from kb.publishing.markup import as_markup
from kb.publishing.messages import Speech, debate_title, interface_words
from kb.publishing.theme import ThemeError
from kb.publishing.topic_maps import map_address, shortfalls
from kb.publishing.written import written_pages
from kb.queries.published import encode
from kb.suggest import did_you_mean
from kb.templating.environment import Shared, environment, faults, template_error
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from types import ModuleType

    from jinja2 import Template
    from markupsafe import Markup

    from kb.debate import Debate
    from kb.finding import KbError
    from kb.output.links import Before, BrokenLink, Bundle, Stream
    from kb.parted import Parted
    from kb.publishing.addresses import Page
    from kb.publishing.cards import Link, Tie
    from kb.publishing.theme import Theme
    from kb.publishing.written import WrittenPages

PAGES, COMPANIONS = "kb.pages", "kb.companions"
_CARDS, _FEW_CARDS = 16_384, 4_096
"""How many cards are kept for the next page that shows them: all, or in a debate with more points than that, few."""


class Site:
    """All files of a site, made when asked for."""

    def __init__(self, debate: Parted, theme: Theme) -> None:
        """Raise `ThemeError` for faults in the debate's own templates and pages, before any page is made."""
        self.debate = debate
        self.theme = theme
        self.own = written_pages(debate, theme)
        self._presses = {root: Press(debate, theme, self.own, root) for root in ("", "../")}
        self._presses[""].proofread()
        site = addresses.site_url(debate.settings.url)
        self._absolute_press = Press(debate, theme, self.own, site)
        """For the page that hosts show in any folder: its links are whole addresses."""
        self.shortfalls: dict[str, None] = {}
        """A line for each thing that was not made as the editors want it."""
        self._frame_mark = mark((menu(debate), self.own.menu, self.own.foot))
        """The mark of what stands around every page; titles of the debate's own pages may be words of points."""

    def new_links(self) -> Links:
        """A record of links and anchors for the pages of this site, still empty."""
        return Links(reader(self.theme.template(name) or "" for name in self.theme.templates))

    def check_links(self, links: Links) -> None:
        """Raise `LinkError` for links that lead nowhere, once all pages are made."""

        def blame(broken: Sequence[BrokenLink]) -> KbError:
            from kb.publishing.blame import link_error  # noqa: PLC0415 - a broken link is rare

            return link_error(broken, links, self.theme, self.own)

        links.check(blame)

    def files(self, before: Before = NOT_BUILT) -> Iterator[Output | Stream | Bundle | ListGroup]:
        """All files but those that list all others: the files about the nodes of each part, and everything else.

        What has not changed since the site `before` need not be made again. Files that need most of the debate at once come first, while
        memory holds little else.
        """
        yield from self.companions(before)
        yield from self.list_pages()
        for part, nodes in self.debate.groups.items():
            places = [
                (list_addresses(self.debate).get(node_id), map_address(self.debate, node_id)) for node_id in nodes
            ]
            yield bundle((part, places, self._frame_mark), partial(self.part_files, part))
        self.debate.let_go()
        yield from self.theme.assets

    def part_files(self, part: str) -> Iterator[Output]:
        """The files about the nodes of a part; they depend on the part, the places of its nodes in lists and on maps, and what all parts share."""
        debate = self.debate.part(part)
        nodes = tuple(debate.nodes.values())
        for name, module in discover.modules(PAGES).items():
            if _declares(module, "LOCAL"):
                yield from chain.from_iterable(self._printed(name, page) for page in module.pages(debate, nodes))
        for module in discover.modules(COMPANIONS).values():
            if _declares(module, "LOCAL"):
                yield from module.files(debate, nodes)

    def companions(self, before: Before = NOT_BUILT) -> Iterator[Output | Stream | Bundle | ListGroup]:
        """The files for machines that are about more than single nodes."""
        for module in discover.modules(COMPANIONS).values():
            if not _declares(module, "LOCAL") and not _declares(module, "LAST"):
                own_words = [self.own.parts] if _declares(module, "WRITTEN") else []
                site_before = [before] if _declares(module, "REUSES") else []
                make = partial(module.files, self.debate, *own_words, *site_before)
                yield from [self._list_group(module, make)] if hasattr(module, "READS") else make()
            self.debate.let_go()

    def list_pages(self) -> Iterator[Output | ListGroup]:
        """The pages that are about more than single nodes: lists, pages of the whole debate, and those its editors wrote."""
        for name, module in discover.modules(PAGES).items():
            if not _declares(module, "LOCAL"):
                yield self._list_group(module, partial(self._page_groups, name, module))
                self.shortfalls.update(dict.fromkeys(shortfalls(self.debate)))
                self.debate.let_go()
        yield from chain.from_iterable(self._printed("_written", page) for page in self.own.pages)

    def _list_group(self, module: ModuleType, make: Callable[[], Iterable[Output | Bundle | ListGroup]]) -> ListGroup:
        """The files of a module that says in `READS` what it shows of points."""
        inputs = module.__name__, self._frame_mark, content_marks(self.debate, module.READS)
        return ListGroup(
            mark(inputs), partial(linked_words_mark, self.debate) if module.READS == LINKED else _no_mark, make
        )

    def _page_groups(self, name: str, module: ModuleType) -> Iterator[ListGroup]:
        for page in module.pages(self.debate):
            yield self._draft_group(name, page) if isinstance(page, Draft) else self._page_group(name, page)

    def closing_files(self, paths: Sequence[str]) -> Iterator[Output]:
        """The files that list all others, which are given by their paths."""
        for module in discover.modules(COMPANIONS).values():
            if _declares(module, "LAST"):
                yield from module.files(self.debate, paths)

    def _draft_group(self, name: str, draft: Draft) -> ListGroup:
        inputs = name, draft.path, draft.inputs, self._frame_mark, structure_marks(self.debate, draft.points)
        return ListGroup(
            mark(inputs), partial(linked_words_mark, self.debate), lambda: self._printed(name, draft.make())
        )

    def _page_group(self, name: str, page: Page) -> ListGroup:
        """A page that is printed only if its context changed, or what is shown of the points to which it links, which covers their cards."""
        return ListGroup(
            mark((name, page, self._frame_mark)),
            partial(linked_points_mark, self.debate),
            lambda: self._printed(name, page),
        )

    def _printed(self, name: str, page: Page) -> Iterator[Output]:
        """A page, and the JSON beside it if it brings a row for that."""
        press = self._absolute_press if page.path == addresses.LOST else self._presses[addresses.root(page.path)]
        yield Output(page.path, press.page(name, page))
        if page.row is not None:
            yield Output(addresses.json_beside(page.path), f"{encode(page.row)}\n".encode())


def _no_mark(targets: Iterable[str], before: str | None) -> str:
    """An empty mark of words, for files that show none, or whose own mark covers them."""
    del targets, before
    return ""


def _declares(module: ModuleType, word: str) -> bool:
    """Whether a module says this about itself, as in `LOCAL = True`; CONTRIBUTING.md explains these words."""
    return getattr(module, word, False) is True


class Press:
    """Renders pages at one depth of the site. A node's card is made once and used wherever the node is met."""

    def __init__(self, debate: Debate, theme: Theme, own: WrittenPages, root: str) -> None:
        self.debate = debate
        self.theme = theme
        self.own = own
        self._cards: dict[str, Markup] = {}
        self._card_limit = _CARDS if len(debate.nodes) <= _CARDS else _FEW_CARDS
        self._heads: dict[tuple[Tie | None, bool], Markup] = {}
        self._tops: dict[tuple[str, bool], Markup] = {}
        self._templates: dict[str, Template] = {}
        speech = Speech(interface_words(debate), root, debate.settings.language)
        shared = Shared(
            card=self.card,
            top=self.top,
            say=speech.say,
            word=speech.word,
            prose=speech.prose,
            language=speech.language,
            direction=speech.direction,
            debate_title=debate_title(debate),
            site=addresses.site_url(debate.settings.url),
            own_style=theme.has_own_style,
            logo=theme.logo,
            foot=own.foot,
        )
        self._environment = environment(theme, speech, shared)

    def proofread(self) -> None:
        """Raise `ThemeError` for faults in the debate's own templates, before any page is made."""
        contexts = {
            f"{name.replace('-', '_')}.html": _names(module.Context) for name, module in discover.modules(PAGES).items()
        }
        found = tuple(faults(self._environment, self.theme, contexts))
        if found:
            raise ThemeError(*found)

    def page(self, name: str, page: Page) -> str:
        """A page as HTML."""
        fields = {field: getattr(page.context, field) for field in _names(type(page.context))}
        data = addresses.relative_link(page.path, addresses.json_beside(page.path))
        try:
            return self._template(name).render(fields, page=page, data=data, address=self._address(page))
        except Exception as error:
            theme_error = template_error(error, self.theme)
            if theme_error is None:
                raise
            raise theme_error from error

    def _address(self, page: Page) -> str:
        """Where a page is once it is published; empty if `url` is not given, or the page stands for no address."""
        return "" if page.path == addresses.LOST else addresses.canonical_url(self.debate.settings.url, page.path)

    def top(self, section: str, path: str) -> Markup:
        """The head of a page with the menu: one for the first page of a section and one for all its others."""
        key = section, path == section
        if key not in self._tops:
            self._tops[key] = self._piece(
                "_top", menu=(*menu(self.debate), *self.own.menu), section=section, first=path == section
            )
        return self._tops[key]

    def card(self, node_id: str, tie: Tie | None = None) -> Markup:
        """A node in brief, with its relation to the point above it if `tie` is given."""
        if node_id not in self.debate.nodes:
            near = did_you_mean(node_id, self.debate.nodes)
            message = f"there is no point `{node_id}`{near and f'; {near}'}"
            raise LookupError(message)
        if node_id not in self._cards:
            if len(self._cards) >= self._card_limit:
                del self._cards[next(iter(self._cards))]
            self._cards[node_id] = self._piece("_card", found=cards.card(self.debate, node_id))
        key = tie, self.debate.nodes[node_id].kind == QUESTION
        if key not in self._heads:
            self._heads[key] = self._piece("_card_head", tie=tie, question=key[1])
        return as_markup("".join((self._heads[key], self._cards[node_id])))

    def _piece(self, name: str, **fields: object) -> Markup:
        """A part of a page, escaped by its template."""
        return as_markup(self._template(name).render(fields))

    def _template(self, name: str) -> Template:
        template = self._templates.get(name)
        if template is None:
            template = self._templates[name] = self._environment.get_template(f"{name.replace('-', '_')}.html")
        return template


def _names(context: type) -> tuple[str, ...]:
    """The names of what a template is given."""
    return tuple(context.__dataclass_fields__)  # type: ignore[attr-defined]


def menu(debate: Debate) -> tuple[Link, ...]:
    """The entries of the menu; those that would lead to an empty page are left out."""
    parts = (
        (addresses.OPEN, "menu.open", True),
        (addresses.MAP, "menu.map", bool(debate.nodes)),
        (addresses.TOPICS, "menu.topics", True),
        (addresses.PEOPLE, "menu.people", bool(debate.participants)),
        (addresses.SOURCES, "menu.sources", bool(debate.sources)),
        (addresses.TERMS, "menu.terms", bool(debate.terms)),
        (addresses.NODES, "menu.nodes", True),
        (addresses.ABOUT, "menu.about", True),
    )
    say = interface_words(debate).say
    return tuple(cards.Link(href, say(key)) for href, key, has_entries in parts if has_entries)
