"""Where somebody wrote a link that leads nowhere: in a page of their own, or in a template that many pages are made by.

What a page says does not tell which template said it. So the link is looked for in those of somebody's own: what a template computes can
be anything, and of several that could have made it the one that has most of it in letters did.
"""

from __future__ import annotations

import posixpath
import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from kb.finding import KbError, in_a_line
from kb.publishing.addresses import root
from kb.publishing.document import Spot
from kb.publishing.links import address, astray
from kb.publishing.theme import PAGES, ThemeError
from kb.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kb.publishing.links import Links
    from kb.publishing.theme import Theme
    from kb.publishing.written import Written

_JINJA = r"\{\{.*?\}\}|\{%.*?%\}"
_LINK = re.compile(
    rf"""(?<![\w-])(?:href|src)\s*=\s*(?:"((?>{_JINJA}|[^"])*+)"|'((?>{_JINJA}|[^'])*+)'|((?>{_JINJA}|[^\s"'<>])++))""",
    re.DOTALL | re.IGNORECASE,
)
_COMPUTED, _COMMENT, _LETTER = re.compile(_JINJA, re.DOTALL), re.compile(r"\{#.*?#\}", re.DOTALL), re.compile(r"[^\n]")


class _Attribute(NamedTuple):
    """A link as a template has it: where, and what of it is not computed."""

    file: str
    spot: Spot
    pieces: tuple[str, ...]

    @property
    def letters(self) -> int:
        """How much of it is not computed."""
        return sum(map(len, self.pieces))

    def can_be(self, link: str) -> bool:
        """Whether the link can have come of it."""
        first, *rest = self.pieces
        if not rest or not link.startswith(first):
            return link == first
        at = len(first)
        for piece in rest[:-1]:
            at = link.find(piece, at) + len(piece)
            if at < len(piece):
                return False
        return link.endswith(rest[-1]) and at + len(rest[-1]) <= len(link)


def blamed(found: Sequence[tuple[str, str]], links: Links, theme: Theme, own: Written) -> KbError | None:
    """What is said of links that lead nowhere, each by its page: all places where somebody wrote them; None if all templates are ours."""
    written = tuple(_attributes(theme))
    told: dict[tuple[str, Spot], str] = {}
    for page, link in found:
        for file, spot, message in _in_page(page, link, links, own) or _in_template(page, link, written):
            told.setdefault((file, spot), message)
    if told:
        places = sorted(told.items())
        return ThemeError(*(f"{file}:{line}:{column}: {message}" for (file, (line, column)), message in places))
    templates = ", ".join(map(theme.file_of, theme.templates))
    return KbError(f"{astray(*found[0])}; look in {templates}") if templates else None


def _in_page(page: str, link: str, links: Links, own: Written) -> list[tuple[str, Spot, str]]:
    """Where pages of somebody's own lead to a part that another page has not."""
    if posixpath.dirname(page) != PAGES:
        return []
    lead = unescape(address(PAGES, link))
    path, _, part = lead.partition("#")
    near = did_you_mean(part, links.anchors(path))
    message = f"`{in_a_line(lead)}`: there is no such part{near and f'; {near}'}"
    return [(file, spot, message) for file, spot in own.leads.get(lead, ())]


def _in_template(page: str, link: str, written: Iterable[_Attribute]) -> list[tuple[str, Spot, str]]:
    """Where a template has it; nothing where it says no letter of it."""
    said = (unescape(link), root(page) + unescape(link))
    found = [one for one in written if one.letters and any(map(one.can_be, said))]
    most = max(found, key=lambda one: one.letters, default=None)
    return [] if most is None else [(most.file, most.spot, astray(page, link))]


def _attributes(theme: Theme) -> Iterator[_Attribute]:
    """All links of somebody's own templates."""
    for name in theme.templates:
        text = _COMMENT.sub(_blank, theme.template(name) or "")
        for found in _LINK.finditer(text):
            group = found.lastindex or 0
            at = found.start(group)
            spot = Spot(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
            yield _Attribute(theme.file_of(name), spot, tuple(map(unescape, _COMPUTED.split(found[group].strip()))))


def _blank(found: re.Match[str]) -> str:
    return _LETTER.sub(" ", found[0])
