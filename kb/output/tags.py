"""The links and anchors of a page, in whichever way of HTML they are written.

The tool's templates write all attributes in one way, so that a simple pattern finds them. A debate's own templates may use other quotation
marks or none, capitals in names, or links in comments, which nobody follows. If they do, pages are read tag by tag, which takes several
times as long.

Links that lead away are not followed: to the web with or without a scheme, mail and telephones, or a `data:` picture. An empty address
leads to the page itself; for a picture or a script it is a mistake.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class PageLinks(NamedTuple):
    """The links of a page, and the anchors to which links may lead."""

    links: frozenset[str]
    """The addresses of links that do not lead away."""
    anchors: frozenset[str]


_NO_TEXTS: frozenset[str] = frozenset()
_SHIPPED_LINK = re.compile(r' (?:href|src)="(?!(?i:https?://|mailto:|tel:))([^"]*)"')
_PLAIN_LINK = re.compile(
    r' (?:href="(?!"|(?i:(?:https?:)?//|mailto:|tel:|#top"))|src="(?!(?i:(?:https?:)?//)))([^"]*)"'
)
_ANCHOR = re.compile(r' id="([^"]*)"')
_EXTERNAL = re.compile(r"(?:https?:)?//|mailto:|tel:|#top\Z", re.IGNORECASE)
_LINK_ATTRIBUTE = re.compile(r"(?<![\w-])(?:href|src|id)\s*=(?!=)", re.IGNORECASE)
_PLAIN_ATTRIBUTE = re.compile(r'(?<= )(?:href|src|id)="')
_MISLEADING = re.compile(
    r"""<!--|data:|<a\s[^>]*\bname\s*=|<link\s[^>]*\bhref=""|\b(?:href|src)="(?:\s|[^"]*\s")""", re.IGNORECASE
)
"""What the simple patterns would take for something else: comments, `data:`, named anchors, missing addresses, spaces in addresses."""
_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)|(<(script|style)\b[^>]*>).*?(?=</\2\b|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(r"""<[A-Za-z][^>"']*+(?:"[^"]*"[^>"']*+|'[^']*'[^>"']*+)*+>""")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")
_REMEMBERED_TAGS = 16_384


def reader(templates: Iterable[str]) -> Callable[[str], PageLinks]:
    """The fastest function that can read pages made by the tool's templates and these."""
    texts = tuple(templates)
    if not texts:
        return read_shipped
    return _read_plain if all(map(_is_plain, texts)) else _read_tag_by_tag


def _is_plain(template: str) -> bool:
    """Whether a template writes links as the tool's own do; a mistaken no only costs time."""
    return (
        len(_LINK_ATTRIBUTE.findall(template)) == len(_PLAIN_ATTRIBUTE.findall(template))
        and _MISLEADING.search(template) is None
    )


def read_shipped(page: str) -> PageLinks:
    """What stands on a page that is made by the tool's templates alone."""
    return PageLinks(frozenset(_SHIPPED_LINK.findall(page)), frozenset(_ANCHOR.findall(page)))


def _read_plain(page: str) -> PageLinks:
    return PageLinks(frozenset(_PLAIN_LINK.findall(page)), frozenset(_ANCHOR.findall(page)))


def _read_tag_by_tag(page: str) -> PageLinks:
    tags = [_read_tag(tag) for tag in set(_TAG.findall(_HIDDEN.sub(r"\1", page)))]
    return PageLinks(_NO_TEXTS.union(*(tag.links for tag in tags)), _NO_TEXTS.union(*(tag.anchors for tag in tags)))


@lru_cache(maxsize=_REMEMBERED_TAGS)
def _read_tag(tag: str) -> PageLinks:
    """What stands in one tag; most tags stand on many pages, so answers are remembered."""
    from html import unescape  # noqa: PLC0415 - it knows thousands of names

    element, *attributes = _ATTRIBUTE.findall(tag)
    value_of: dict[str, str] = {}
    for name, *values in attributes:
        value_of.setdefault(name.lower(), unescape("".join(values)))
    addresses = [(name, value_of[name].strip()) for name in ("href", "src") if name in value_of]
    links = [address for name, address in addresses if is_followed(element[0].lower(), name, address)]
    anchors = [value_of[n] for n in ("id", "name") if n in value_of and (n == "id" or element[0].lower() == "a")]
    return PageLinks(frozenset(links), frozenset(anchors))


def is_followed(element: str, name: str, address: str) -> bool:
    """Whether an attribute is a link to be followed, or a mistake; `data:` is one only in `a`, where browsers do not follow it."""
    if address[:5].lower() == "data:":
        return element == "a"
    return _EXTERNAL.match(address) is None and (address != "" or name == "src" or element == "link")
