"""Where somebody wrote a link that leads nowhere: on a page of their own, or in a template from which many pages are made.

A page does not say which template a link came from. So the link is looked for in the debate's own templates: what a template computes
can be anything, and of several that could have made the link, the one that has most of its letters counts as the place.
"""

from __future__ import annotations

import posixpath
import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from kb.output.links import address
from kb.output.tags import is_followed
from kb.publishing.addresses import relative_link, root
from kb.publishing.document import Spot
from kb.publishing.theme import PAGES, LinkError, LinkFault
from kb.publishing.written import no_part_message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kb.output.links import BrokenLink, Links
    from kb.publishing.theme import Theme
    from kb.publishing.written import WrittenPages

_JINJA = r"\{\{.*?\}\}|\{%.*?%\}"
_LINK = re.compile(
    rf"""(?<![\w-])(href|src)\s*=\s*(?:"((?>{_JINJA}|[^"])*+)"|'((?>{_JINJA}|[^'])*+)'|((?>{_JINJA}|[^\s"'<>])++))""",
    re.DOTALL | re.IGNORECASE,
)
_COMPUTED, _COMMENT, _LETTER = re.compile(_JINJA, re.DOTALL), re.compile(r"\{#.*?#\}", re.DOTALL), re.compile(r"[^\n]")
_ELEMENT = re.compile(r"<([A-Za-z][\w-]*)")
_UNWRITTEN = "; nothing was written"
_GAP = "\ue000"
"""Stands for what a template computes; no address has this character."""


_Place = tuple[str, Spot]
"""A file, and the place in it."""


class _Attribute(NamedTuple):
    """A link in a template: its place and its text, with a sign for each computed part."""

    file: str
    spot: Spot
    text: str

    @property
    def letters(self) -> int:
        """How many of its letters are not computed."""
        return len(self.text) - self.text.count(_GAP)

    @property
    def is_recognisable(self) -> bool:
        """Whether a letter of its address is written, or it is empty."""
        return self.letters > 0 or not self.text

    def could_make(self, broken: BrokenLink) -> bool:
        """Whether the link can have come from it: its address is relative to the folder of the page, unless it begins with a computed part."""
        folder, lead = posixpath.dirname(broken.page), unescape(broken.target)
        if not self.text.startswith(_GAP):
            return _fits(address(folder, self.text).split(_GAP), lead)
        pieces = address("", self.text).split(_GAP)
        return any(_fits(pieces, said) for said in (relative_link(broken.page, lead), root(broken.page) + lead))


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


def link_error(broken_links: Sequence[BrokenLink], links: Links, theme: Theme, own: WrittenPages) -> LinkError:
    """The error for links that lead nowhere, with all places where somebody wrote them; if none is known, with the first link."""
    attributes = tuple(_attributes(theme))
    faults: dict[_Place, LinkFault] = {}
    for broken in broken_links:
        for place, message, unwritten in _places_on_page(broken, links, own) or _places_in_template(broken, attributes):
            file, (line, column) = place
            faults.setdefault(place, LinkFault(broken.page, f"{file}:{line}:{column}: {message}", unwritten))
    if faults:
        return LinkError(*(faults[place] for place in sorted(faults)))
    templates = ", ".join(map(theme.file_of, theme.templates))
    return LinkError(
        LinkFault(broken_links[0].page, broken_links[0].complaint, _UNWRITTEN, templates and f"look in {templates}")
    )


def _places_on_page(broken: BrokenLink, links: Links, own: WrittenPages) -> list[tuple[_Place, str, str]]:
    """Where the debate's own pages link to a part that another page does not have."""
    if posixpath.dirname(broken.page) != PAGES:
        return []
    lead = unescape(broken.target)
    path, _, part = lead.partition("#")
    message = no_part_message(lead, part, links.anchors(path))
    return [(place, message, "") for place in own.link_places.get(lead, ())]


def _places_in_template(broken: BrokenLink, attributes: Iterable[_Attribute]) -> list[tuple[_Place, str, str]]:
    """Where a template has the link; empty if none writes a letter of it."""
    candidates = [link for link in attributes if link.is_recognisable and link.could_make(broken)]
    likeliest = max(candidates, key=lambda link: link.letters, default=None)
    if likeliest is None:
        return []
    message = broken.complaint if _GAP in likeliest.text else broken.complaint_about(likeliest.text)
    return [((likeliest.file, likeliest.spot), message, _UNWRITTEN)]


def _attributes(theme: Theme) -> Iterator[_Attribute]:
    """All links of the debate's own templates that are followed."""
    for name in theme.templates:
        text = _COMMENT.sub(_blank, theme.template(name) or "")
        for match in _LINK.finditer(text):
            group = match.lastindex or 0
            at = match.start(group)
            spot = Spot(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
            link = unescape(_COMPUTED.sub(_GAP, match[group].strip()))
            if is_followed(_element_name(text, match.start()), match[1].lower(), link):
                yield _Attribute(theme.file_of(name), spot, link)


def _element_name(text: str, at: int) -> str:
    """The name of the element that has the attribute at this place."""
    match = _ELEMENT.match(text, max(text.rfind("<", 0, at), 0))
    return match[1].lower() if match is not None else ""


def _blank(found: re.Match[str]) -> str:
    return _LETTER.sub(" ", found[0])
