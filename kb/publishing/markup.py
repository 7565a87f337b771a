"""Inline Markdown of a debate's texts as safe HTML: emphasis, code and links to the web; everything else stays text.

A text can never become markup: HTML is shown as written, images and script addresses are not made, and characters that are invisible,
that reverse the direction of what follows, or that HTML forbids are taken out.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from kb.breaking import beginning, has_unspaced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, MutableMapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererProtocol
    from markdown_it.token import Token
    from markdown_it.utils import OptionsDict

_MARKED = re.compile(r"[\\`*_\[\]<>]")
"""Markdown changes nothing in a text that has none of these."""
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\uffff]"
)
"""Control characters, direction overrides, invisible spaces, lone surrogates and code points that are no characters."""
_LEFTWARD = re.compile("[\u05d0-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""Letters that run from right to left."""
_PAGE = re.compile(r"[a-z]+\.html(?:#[a-z-]+)?\Z")
"""An address within the site as it stands in messages."""
_LONGEST_LEDE = 160
"""The most letters of a description: search engines show no more."""
_NO_ADDRESS = re.compile(r"""[\s"<>\\^`{|}]""")
_KEPT = 4_096
"""How many texts have their HTML remembered, since each is shown on several pages."""

as_markup: Callable[[str], Markup] = partial(str.__new__, Markup)
"""Marks a text as HTML without looking for `__html__` as `Markup` does: for texts that were put together from HTML."""


def visible(text: str) -> str:
    """Part of a sentence without invisible characters; its spaces stay."""
    return _FORBIDDEN.sub("", text)


def clean(text: str) -> str:
    """A text as it may be shown: one line, nothing invisible in it."""
    if _FORBIDDEN.search(text) is None and "\n" not in text and "  " not in text:
        return text
    return " ".join(visible(text).split())


def with_direction(text: str) -> str:
    """A text that browsers show in the direction of most of its letters, though they go by its first letter alone.

    Where that is of another script, as in a Hebrew sentence that begins with "GPT-4", an invisible mark is put before it.
    """
    if text.isascii() or _LEFTWARD.search(text) is None:
        return text
    leftward = [_LEFTWARD.match(char) is not None for char in text if char.isalpha()]
    runs_left = 2 * sum(leftward) > len(leftward)
    return text if not leftward or runs_left == leftward[0] else ("\u200f" if runs_left else "\u200e") + text


@lru_cache(maxsize=_KEPT)
def inline(text: str) -> Markup:
    """A text as HTML, its links alive."""
    return _render(text, links=True) if _cleaned(text)[1] else _escaped(text)


@lru_cache(maxsize=_KEPT)
def unlinked(text: str) -> Markup:
    """A text as HTML that can stand inside a link: of its own links only the words are left."""
    return _render(text, links=False) if _cleaned(text)[1] else _escaped(text)


@lru_cache(maxsize=_KEPT)
def plain(text: str) -> str:
    """A text without markup, for titles, maps and labels."""
    cleaned, marked = _cleaned(text)
    return "".join(_token_words(_parser().parseInline(cleaned))) if marked else cleaned


@lru_cache(maxsize=_KEPT)
def _cleaned(text: str) -> tuple[str, bool]:
    """A text as `clean` leaves it, and whether Markdown would change anything in it."""
    cleaned = clean(text)
    return cleaned, _MARKED.search(cleaned) is not None


@lru_cache(maxsize=_KEPT)
def _escaped(text: str) -> Markup:
    """A text that has no Markdown as HTML, with its links alive or not, since it has none."""
    return escape(with_direction(_cleaned(text)[0]))


def lede(*texts: str | None) -> str:
    """Texts in a line or two of plain words, for those who show a page by its address, as search engines do."""
    return shorten(" · ".join(plain(text) for text in texts if text), _LONGEST_LEDE)


def shorten(text: str, longest: int) -> str:
    """A plain text cut at a word, with an ellipsis, to at most so many characters."""
    if len(text) <= longest:
        return text
    if has_unspaced(text):
        return f"{beginning(text, longest - 1)}…"
    head = text[:longest].rpartition(" ")[0].rstrip(" ,;:.") or beginning(text, longest - 1)
    return f"{head}…"


def message_html(text: str, root: str) -> Markup:
    """A message of the interface as HTML; unlike a text of the debate it may link to pages of the site, by their addresses from its root."""
    if not _MARKED.search(text):
        return escape(text)
    parser = _parser(inside=True)
    return Markup(parser.renderer.render(parser.parseInline(text), parser.options, {"root": root}))  # noqa: S704 - as below


def _render(text: str, *, links: bool) -> Markup:
    parser = _parser()
    tokens = parser.parseInline(with_direction(_cleaned(text)[0]))
    if not links:
        for token in tokens:
            token.children = [t for t in token.children or () if t.type not in {"link_open", "link_close"}]
    return Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704 - its text is escaped, HTML is off


def _token_words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.children:
            yield from _token_words(token.children)
        elif token.type in {"text", "code_inline", "text_special"}:
            yield token.content


@cache
def _parser(*, inside: bool = False) -> MarkdownIt:
    """Emphasis, code, links and escapes; no HTML, no images, no entities. With `inside`, links to pages of the site as well."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only `kb build` needs it

    parser = MarkdownIt("zero", {"html": False, "linkify": False, "typographer": False})
    parser.enable(["emphasis", "backticks", "link", "autolink", "escape"])
    parser.validateLink = _is_page_or_web if inside else is_web  # type: ignore[method-assign]
    parser.add_render_rule("link_open", _link_open)
    return parser


def is_web(url: str) -> bool:
    """Whether an address leads to a page of the web; nothing else becomes a link."""
    return url.lower().startswith(("https://", "http://"))


def _is_page_or_web(url: str) -> bool:
    """Whether an address leads to a page of the site or of the web."""
    return _PAGE.match(url) is not None or is_web(url)


def web_address(url: str | None) -> str | None:
    """An address of a record if it may become a link, with characters that cannot stand in addresses percent-encoded."""
    if url is None or not is_web(url) or _FORBIDDEN.search(url) is not None:
        return None
    return _NO_ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", url)


def _link_open(
    renderer: RendererProtocol,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: MutableMapping[str, object],
) -> str:
    """The start of a link; one that leads away is marked as such and does not tell the other side where readers come from."""
    del renderer, options
    href = str(tokens[index].attrGet("href"))
    if _PAGE.match(href) is not None:
        return f'<a href="{escape(str(env["root"]) + href)}">'
    return f'<a href="{escape(href)}" rel="external noopener noreferrer">'
