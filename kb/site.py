"""A debate as a site: every page of `kb.pages` through the template of its name, what `kb.companions` puts beside them, and all links followed.

Nothing is written here.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from kb import discover
from kb.memory import undisturbed
from kb.publishing import addresses, cards
from kb.publishing.links import Output, check
from kb.publishing.messages import Speech, spoken, tag, title
from kb.publishing.templating import complaint, environment, faults
from kb.publishing.theme import Theme, ThemeError
from kb.publishing.written import written
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

    from kb.debate import Debate
    from kb.publishing.addresses import Page
    from kb.publishing.cards import Link, Tie
    from kb.publishing.written import Written

PAGES, COMPANIONS = "kb.pages", "kb.companions"


def gather(debate: Debate, theme: Theme | None = None) -> list[Output]:
    """All files of the site, sorted by path, every link followed; as it looks by itself, or with what the debate has of its own."""
    theme = theme or Theme()
    own = written(debate, theme)
    presses = {root: Press(debate, theme, own, root) for root in ("", "../")}
    presses[""].proofread()
    made = ((name, page) for name, module in discover.modules(PAGES).items() for page in module.pages(debate))
    with undisturbed():
        found = [
            Output(page.path, presses[addresses.root(page.path)].page(name, page))
            for name, page in chain(made, (("_written", page) for page in own.pages))
        ]
        found += [file for module in discover.modules(COMPANIONS).values() for file in module.files(debate)]
    found += theme.assets
    check(found)
    return sorted(found)


class Press:
    """Renders pages at one depth of the site. A node's card is made once and used wherever the node is met."""

    def __init__(self, debate: Debate, theme: Theme, own: Written, root: str) -> None:
        self.debate = debate
        self.theme = theme
        self.own = own
        self._cards: dict[str, Markup] = {}
        self._heads: dict[tuple[Tie | None, bool], Markup] = {}
        self._tops: dict[tuple[str, bool], Markup] = {}
        speech = Speech(spoken(debate), root)
        names = {
            "card": self.card,
            "top": self.top,
            "language": tag(speech.words.language),
            "direction": speech.words.direction,
            "say": speech.say,
            "word": speech.word,
            "prose": speech.prose,
            "debate_title": title(debate),
            "site": addresses.published(debate.settings.url),
            "own_style": theme.styled,
            "logo": theme.logo,
            "foot": own.foot,
        }
        self._environment = environment(theme, speech, names)

    def proofread(self) -> None:
        """Raise with what is wrong in the debate's own templates, before any page is made."""
        contexts = {
            f"{name.replace('-', '_')}.html": _names(module.Context) for name, module in discover.modules(PAGES).items()
        }
        wrong = tuple(faults(self._environment, self.theme, contexts))
        if wrong:
            raise ThemeError(*wrong)

    def page(self, name: str, page: Page) -> str:
        """A page as HTML."""
        fields = {field: getattr(page.context, field) for field in _names(type(page.context))}
        data = addresses.beside(page.path).rpartition("/")[2]
        try:
            return self._template(name).render(fields, page=page, data=data, address=self._address(page))
        except Exception as error:
            told = complaint(error, self.theme)
            if told is None:
                raise
            raise told from error

    def _address(self, page: Page) -> str:
        """Where a page is once it is published; empty where nobody said where that is."""
        site = addresses.published(self.debate.settings.url)
        return site and site + ("" if page.path == addresses.HOME else page.path)

    def top(self, section: str, path: str) -> Markup:
        """The head of a page with the menu: one for all pages of a section but its first."""
        key = section, path == section
        if key not in self._tops:
            self._tops[key] = self._piece(
                "_top", menu=(*menu(self.debate), *self.own.menu), section=section, first=path == section
            )
        return self._tops[key]

    def card(self, node_id: str, tie: Tie | None = None) -> Markup:
        """A node in brief, with how it bears on what it stands under."""
        if node_id not in self._cards:
            self._cards[node_id] = self._piece("_card", found=cards.card(self.debate, node_id))
        key = tie, self.debate.nodes[node_id].kind == QUESTION
        if key not in self._heads:
            self._heads[key] = self._piece("_card_head", tie=tie, question=key[1])
        return self._heads[key] + self._cards[node_id]

    def _piece(self, name: str, **fields: object) -> Markup:
        """A part of a page; its template has escaped what is in it."""
        from markupsafe import Markup  # noqa: PLC0415 - only `kb build` needs it

        return Markup(self._template(name).render(fields))  # noqa: S704 - as above

    def _template(self, name: str) -> Template:
        return self._environment.get_template(f"{name.replace('-', '_')}.html")


def _names(context: type) -> tuple[str, ...]:
    """The fields of what a template is given."""
    return tuple(context.__dataclass_fields__)  # type: ignore[attr-defined]


def menu(debate: Debate) -> tuple[Link, ...]:
    """The parts of the site; those with nothing in them are left out."""
    parts = (
        (addresses.OPEN, "menu.open", True),
        (addresses.TOPICS, "menu.topics", True),
        (addresses.PEOPLE, "menu.people", bool(debate.participants)),
        (addresses.SOURCES, "menu.sources", bool(debate.sources)),
        (addresses.TERMS, "menu.terms", bool(debate.terms)),
        (addresses.NODES, "menu.nodes", True),
        (addresses.ABOUT, "menu.about", True),
    )
    say = spoken(debate).say
    return tuple(cards.Link(href, say(key)) for href, key, there in parts if there)
