"""A debate as a site: every page of `kb.pages` through the template of its name, what `kb.companions` puts beside them, and all links followed.

Nothing is written here.
"""

from __future__ import annotations

from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from kb import discover
from kb.memory import undisturbed
from kb.publishing import addresses, cards
from kb.publishing.links import Output, check
from kb.publishing.messages import Speech, spoken, tag, title
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from jinja2 import Environment, Template
    from markupsafe import Markup

    from kb.debate import Debate
    from kb.publishing.addresses import Page
    from kb.publishing.cards import Link, Tie

PAGES, COMPANIONS = "kb.pages", "kb.companions"


def gather(debate: Debate) -> list[Output]:
    """All files of the site, sorted by path, every link followed."""
    theme = theme_folder()
    presses = {root: Press(debate, theme / "templates", root) for root in ("", "../")}
    with undisturbed():
        found = [
            Output(page.path, presses[addresses.root(page.path)].page(name, page))
            for name, module in discover.modules(PAGES).items()
            for page in module.pages(debate)
        ]
        found += [file for module in discover.modules(COMPANIONS).values() for file in module.files(debate)]
    found += [
        Output(f"assets/{entry.name}", entry.read_bytes())
        for entry in (theme / "assets").iterdir()
        if entry.is_file() and not entry.name.startswith(".")
    ]
    check(found)
    return sorted(found)


def theme_folder() -> Traversable:
    """Templates and assets: inside the installed package, or beside it in a checkout."""
    inside = resources.files("kb") / "theme"
    return inside if inside.is_dir() else Path(__file__).resolve().parent.parent / "site"


class Press:
    """Renders pages at one depth of the site. A node's card is made once and used wherever the node is met."""

    def __init__(self, debate: Debate, templates: Traversable, root: str) -> None:
        self.debate = debate
        self.templates = templates
        self.root = root
        self._speech = Speech(spoken(debate), root)
        self._cards: dict[str, Markup] = {}
        self._heads: dict[tuple[Tie | None, bool], Markup] = {}
        self._tops: dict[tuple[str, bool], Markup] = {}

    def page(self, name: str, page: Page) -> str:
        """A page as HTML."""
        fields = {field: getattr(page.context, field) for field in type(page.context).__dataclass_fields__}  # type: ignore[attr-defined]
        data = addresses.beside(page.path).rpartition("/")[2]
        return self._template(name).render(fields, page=page, data=data, address=self._address(page))

    def _address(self, page: Page) -> str:
        """Where a page is once it is published; empty where nobody said where that is."""
        site = addresses.published(self.debate.settings.url)
        return site and site + ("" if page.path == addresses.HOME else page.path)

    def top(self, section: str, path: str) -> Markup:
        """The head of a page with the menu: one for all pages of a section but its first."""
        key = section, path == section
        if key not in self._tops:
            self._tops[key] = self._piece("_top", menu=menu(self.debate), section=section, first=path == section)
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

    def _read(self, name: str) -> str:
        """A template. What `root` and most messages stand for is known here, so that no page has to look them up."""
        return self._speech.written_out((self.templates / name).read_text("utf-8")).replace("{{ root }}", self.root)

    @cached_property
    def _environment(self) -> Environment:
        """Autoescape always, unknown names are errors; what every template may use."""
        from jinja2 import FunctionLoader, StrictUndefined  # noqa: PLC0415 - only `kb build` needs it

        from kb.publishing.compiling import Compiled  # noqa: PLC0415 - as above

        made = Compiled(
            loader=FunctionLoader(self._read),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        spoken = self._speech.words
        made.globals.update(
            card=self.card,
            top=self.top,
            language=tag(spoken.language),
            direction=spoken.direction,
            say=self._speech.say,
            word=self._speech.word,
            prose=self._speech.prose,
            debate_title=title(self.debate),
        )
        return made


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
