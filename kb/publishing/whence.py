"""Where somebody wrote a link that leads nowhere: in a page of their own, or in a template that many pages are made by.

What a page says does not tell which template said it. So the link is looked for in those of somebody's own: what a template computes can
be anything, and of several that could have made it the one that has most of it in letters did.
"""

from __future__ import annotations

import posixpath
import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from kb.publishing.addresses import between, root
from kb.publishing.document import Spot
from kb.publishing.links import address
from kb.publishing.tags import leads
from kb.publishing.theme import PAGES, LinkError, Stray
from kb.publishing.written import no_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kb.publishing.links import Astray, Links
    from kb.publishing.theme import Theme
    from kb.publishing.written import Written

_JINJA = r"\{\{.*?\}\}|\{%.*?%\}"
_LINK = re.compile(
    rf"""(?<![\w-])(href|src)\s*=\s*(?:"((?>{_JINJA}|[^"])*+)"|'((?>{_JINJA}|[^'])*+)'|((?>{_JINJA}|[^\s"'<>])++))""",
    re.DOTALL | re.IGNORECASE,
)
_COMPUTED, _COMMENT, _LETTER = re.compile(_JINJA, re.DOTALL), re.compile(r"\{#.*?#\}", re.DOTALL), re.compile(r"[^\n]")
_ELEMENT = re.compile(r"<([A-Za-z][\w-]*)")
_UNWRITTEN = "; nothing was written"
_GAP = "\ue000"
"""Stands for what a template computes; no address has it."""


_Place = tuple[str, Spot]
"""A file, and where in it."""


class _Attribute(NamedTuple):
    """A link as a template has it: where, and what of it is not computed, with a sign for what is."""

    file: str
    spot: Spot
    text: str

    @property
    def letters(self) -> int:
        """How much of it is not computed."""
        return len(self.text) - self.text.count(_GAP)

    @property
    def can_be_told(self) -> bool:
        """Whether it says a letter of where it leads, or that it leads nowhere."""
        return self.letters > 0 or not self.text

    def can_be(self, found: Astray) -> bool:
        """Whether the link can have come of it: it is followed from the folder of the page, unless it begins with what is computed."""
        folder, lead = posixpath.dirname(found.page), unescape(found.lead)
        if not self.text.startswith(_GAP):
            return _fits(address(folder, self.text).split(_GAP), lead)
        pieces = address("", self.text).split(_GAP)
        return any(_fits(pieces, said) for said in (between(found.page, lead), root(found.page) + lead))


def _fits(pieces: Sequence[str], link: str) -> bool:
    """Whether these pieces, with anything in between, make the link."""
    first, *rest = pieces
    if not rest or not link.startswith(first):
        return link == first
    at = len(first)
    for piece in rest[:-1]:
        at = link.find(piece, at) + len(piece)
        if at < len(piece):
            return False
    return link.endswith(rest[-1]) and at + len(rest[-1]) <= len(link)


def blamed(found: Sequence[Astray], links: Links, theme: Theme, own: Written) -> LinkError:
    """What is said of links that lead nowhere, each by its page: all places where somebody wrote them; of none that is known the first link."""
    attributes = tuple(_attributes(theme))
    told: dict[_Place, Stray] = {}
    for one in found:
        for place, message, unwritten in _in_page(one, links, own) or _in_template(one, attributes):
            file, (line, column) = place
            told.setdefault(place, Stray(one.page, f"{file}:{line}:{column}: {message}", unwritten))
    if told:
        return LinkError(*(told[place] for place in sorted(told)))
    templates = ", ".join(map(theme.file_of, theme.templates))
    return LinkError(Stray(found[0].page, found[0].complaint, _UNWRITTEN, templates and f"look in {templates}"))


def _in_page(found: Astray, links: Links, own: Written) -> list[tuple[_Place, str, str]]:
    """Where pages of somebody's own lead to a part that another page has not."""
    if posixpath.dirname(found.page) != PAGES:
        return []
    lead = unescape(found.lead)
    path, _, part = lead.partition("#")
    message = no_part(lead, part, links.anchors(path))
    return [(place, message, "") for place in own.leads.get(lead, ())]


def _in_template(found: Astray, attributes: Iterable[_Attribute]) -> list[tuple[_Place, str, str]]:
    """Where a template has it; nothing where it says no letter of it."""
    able = [one for one in attributes if one.can_be_told and one.can_be(found)]
    most = max(able, key=lambda one: one.letters, default=None)
    if most is None:
        return []
    said = found.complaint if _GAP in most.text else found.told_as(most.text)
    return [((most.file, most.spot), said, _UNWRITTEN)]


def _attributes(theme: Theme) -> Iterator[_Attribute]:
    """All links of somebody's own templates that are followed."""
    for name in theme.templates:
        text = _COMMENT.sub(_blank, theme.template(name) or "")
        for found in _LINK.finditer(text):
            group = found.lastindex or 0
            at = found.start(group)
            spot = Spot(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
            link = unescape(_COMPUTED.sub(_GAP, found[group].strip()))
            if leads(_element(text, found.start()), found[1].lower(), link):
                yield _Attribute(theme.file_of(name), spot, link)


def _element(text: str, at: int) -> str:
    """What has an attribute that stands there."""
    found = _ELEMENT.match(text, max(text.rfind("<", 0, at), 0))
    return found[1].lower() if found is not None else ""


def _blank(found: re.Match[str]) -> str:
    return _LETTER.sub(" ", found[0])
