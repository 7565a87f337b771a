"""A text of several paragraphs in Markdown: its title, its headings, its links with their places, and what it is as HTML.

CommonMark with tables, and `[[an-id]]` for a record by name. HTML in it stays text, and nothing in it can become a style or a script.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

from kb.publishing.markup import clean, visible

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererProtocol
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

NAMED = "named"
"""The scheme in the address of a link by name alone, `[[an-id]]`."""
ANCHOR = "h-"
"""Stands before the name of a heading in the HTML id of its part of the page."""
_NAME = re.compile(r"\[\[([^\[\]\n]{1,200})\]\]")
_NO_LETTER = re.compile(r"[\W_]+")
_LEVEL = re.compile(r"h([1-6])")


class Spot(NamedTuple):
    """A line and column of the text, both from 1."""

    line: int
    column: int


class Part(NamedTuple):
    """What stands below a heading, in plain words; before the first heading it has no name."""

    anchor: str
    heading: str
    words: str


class Reference(NamedTuple):
    """A link or picture of the text."""

    token: Token
    """Has the address as written, until `set_target` puts that of the page there."""
    words: Token | None
    """Where the words of a link without words are to stand."""
    spot: Spot

    @property
    def address(self) -> str:
        """Where it leads, as written."""
        return str(self.token.attrGet(self._attribute))

    @property
    def is_picture(self) -> bool:
        """Whether it is shown in the text, not followed."""
        return self.token.type == "image"

    def set_target(self, href: str, name: str = "", *, external: bool = False) -> None:
        """Set where it leads, and its words if it has none; an `external` link does not tell the other side where readers come from."""
        self.token.attrSet(self._attribute, href)
        self.set_words(name)
        if external:
            self.token.attrSet("rel", "external noopener noreferrer")

    def set_words(self, name: str) -> None:
        """Set its words if it has none."""
        if self.words is not None and name:
            self.words.content = name

    @property
    def _attribute(self) -> str:
        return "src" if self.is_picture else "href"


class Document:
    """A text once it is read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines = visible(text.replace("\t", "    ")).split("\n")
        self._tokens = _parser().parse("\n".join(self._lines))
        self._headings_by_name = dict(self._name_headings())
        self.headings = tuple(self._headings_by_name)
        self.references = tuple(self._find_references())
        for token in self._tokens:
            _unstyle(token)

    @property
    def title(self) -> str:
        """The words of its first line, if that is a heading of the first level; else empty."""
        first = self._tokens[:2]
        return _words(first[1]) if first and first[0].tag == "h1" else ""

    def misplaced_headings(self) -> Iterator[tuple[Spot, str]]:
        """Headings at a wrong level, which mislead those who go by the outline; each with what is right."""
        levels = [
            (int(match[1]), token)
            for token in self._tokens
            if token.nesting == 1 and (match := _LEVEL.fullmatch(token.tag))
        ]
        if not self.title:
            yield Spot(1, 1), "a page begins with its title, as in `# How we work`"
        for (before, _), (level, token) in pairwise(levels):
            if level == 1:
                yield self._spot(token, "#"), "a page has one title; write `##` for a part of it"
            elif level > before + 1:
                yield self._spot(token, "#"), f"a heading `{'#' * level}` below `{'#' * before}` leaves out a level"

    def pieces(self, shown: Container[str]) -> Iterator[tuple[str, Markup]]:
        """What follows the title: stretches of HTML and, between them, those names to be shown that stand alone in a paragraph.

        Links without words must have been given theirs before.
        """
        self._name_tables()
        start = position = 3 if self.title else 0
        while position < len(self._tokens):
            name = self._lone_name(position)
            if name and name in shown:
                yield "", self._html(start, position)
                yield name, Markup()
                start = position = position + 3
            else:
                position += 1
        yield "", self._html(start, position)

    def words_of(self, heading: str) -> str:
        """What a heading reads, by its name; the title, if it is a picture without words."""
        return _words(self._headings_by_name[heading]).strip() or self.title

    def parts(self) -> Iterator[Part]:
        """The text below its title, heading by heading."""
        anchor, heading, words = "", "", list[str]()
        for before, token in pairwise(self._tokens):
            if before.type == "heading_open":
                if before.tag != "h1":
                    yield Part(anchor, heading, " ".join(words))
                    anchor, heading, words = str(before.attrGet("id")), _words(token), []
            elif token.content:
                words.append(_words(token))
        yield Part(anchor, heading, " ".join(words))

    def _lone_name(self, position: int) -> str:
        """The name that a paragraph at the outermost level consists of; empty if it does not."""
        token = self._tokens[position]
        inside = (
            self._tokens[position + 1].children or () if token.type == "paragraph_open" and token.level == 0 else ()
        )
        return str(inside[0].meta.get("name", "")) if len(inside) == 3 else ""

    def _html(self, start: int, end: int) -> Markup:
        parser = _parser()
        return Markup(parser.renderer.render(self._tokens[start:end], parser.options, {}))  # noqa: S704 - its text is escaped, HTML is off

    def _name_headings(self) -> Iterator[tuple[str, Token]]:
        """Give every heading below the title a name for links; yields that name and the words of the heading."""
        taken: set[str] = set()
        counts: dict[str, int] = {}
        for heading, inline in pairwise(self._tokens):
            if heading.type == "heading_open" and heading.tag != "h1":
                stem = number = _NO_LETTER.sub("-", _heading_words(inline).lower()).strip("-") or "part"
                while number in taken:
                    counts[stem] = counts.get(stem, 1) + 1
                    number = f"{stem}-{counts[stem]}"
                taken.add(number)
                heading.attrSet("id", ANCHOR + number)
                yield number, inline

    def _name_tables(self) -> None:
        """Name every table after its heading: a wide one scrolls by itself, and screen readers call it by this name."""
        name = self.title
        for before, token in pairwise(self._tokens):
            if before.type == "heading_open":
                name = _words(token).strip() or self.title
            elif token.type == "table_open":
                token.meta["name"] = name

    def _find_references(self) -> Iterator[Reference]:
        for block in self._tokens:
            inside = block.children or []
            for index, token in enumerate(inside):
                if token.type in {"link_open", "image"}:
                    name = token.meta.get("name")
                    written = f"[[{name}]]" if name else str(token.attrGet("href") or token.attrGet("src") or "")
                    words = inside[index + 1] if name else _place_for_words(inside, index)
                    yield Reference(token, words, self._spot(block, written or "]()"))

    def _spot(self, block: Token, written: str) -> Spot:
        """Where in a block something is written, or its first line if it is not found there."""
        first, end = block.map or (0, 0)
        for number in range(first, end):
            column = self._lines[number].find(written)
            if column >= 0:
                return Spot(number + 1, column + 1)
        return Spot(first + 1, 1)


def _place_for_words(inside: list[Token], index: int) -> Token | None:
    """Where the words of a link without words belong: into it, or into the description of its picture; None if it has some, or is no link."""
    from markdown_it.token import Token  # noqa: PLC0415 - as below

    if inside[index].type == "image":
        return None
    content = list(takewhile(lambda token: token.type != "link_close", inside[index + 1 :]))
    if any(_words(token).strip() for token in content):
        return None
    words = Token("text", "", 0)
    picture = next((token for token in content if token.type == "image"), None)
    if picture is not None:
        picture.children = [words]
    else:
        inside.insert(index + 1, words)
    return words


def _words(token: Token) -> str:
    """The words of a stretch of text without its markup."""
    return clean("".join(map(_content, token.children or (token,))))


def _heading_words(heading: Token) -> str:
    """The words of a heading as they are written, or where its link leads if it has no words."""
    links = (str(token.attrGet("href")) for token in heading.children or () if token.type == "link_open")
    return _words(heading).strip() or next(links, "").rpartition(":")[2]


def _content(token: Token) -> str:
    return " " if token.type in {"softbreak", "hardbreak"} else _words(token) if token.children else token.content


def _unstyle(token: Token) -> None:
    """Put the alignment of a column of a table as a class: no element of a page has a style of its own."""
    style = token.attrs.pop("style", "")
    if style:
        token.attrSet("class", f"to-{str(style).removeprefix('text-align:')}")


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only builds of a site need it

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.validateLink = bool  # type: ignore[method-assign,assignment] # `kb.publishing.written` looks at each
    parser.inline.ruler.before("link", "named", _parse_name)
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", _table_close)
    return parser


def _table_open(_: RendererProtocol, tokens: Sequence[Token], index: int, *__: object) -> str:
    """The start of a table in a region that the keyboard can reach and scroll, since it may be wider than the screen."""
    return f'<div role="region" aria-label="{escape(tokens[index].meta["name"])}" tabindex="0">\n<table>\n'


def _table_close(*_: object) -> str:
    return "</table>\n</div>\n"


def _parse_name(state: StateInline, silent: bool) -> bool:
    """Read `[[an-id]]`, a record by its name."""
    match = _NAME.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        name = match[1].strip()
        opened = state.push("link_open", "a", 1)
        opened.attrs, opened.meta = {"href": f"{NAMED}:{name}"}, {"name": name}
        state.push("text", "", 0).content = name
        state.push("link_close", "a", -1)
    state.pos = match.end()
    return True
