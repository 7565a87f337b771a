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


class Found(NamedTuple):
    """What was found on a page."""

    links: frozenset[str]
    """The addresses of links that do not lead away."""
    anchors: frozenset[str]


NOTHING: frozenset[str] = frozenset()
_OURS = re.compile(r' (?:href|src)="(?!(?i:https?://|mailto:|tel:))([^"]*)"')
_THEIRS = re.compile(r' (?:href="(?!"|(?i:(?:https?:)?//|mailto:|tel:|#top"))|src="(?!(?i:(?:https?:)?//)))([^"]*)"')
_ANCHOR = re.compile(r' id="([^"]*)"')
_AWAY = re.compile(r"(?:https?:)?//|mailto:|tel:|#top\Z", re.IGNORECASE)
_ANY = re.compile(r"(?<![\w-])(?:href|src|id)\s*=(?!=)", re.IGNORECASE)
_AS_OURS = re.compile(r'(?<= )(?:href|src|id)="')
_OTHERWISE = re.compile(
    r"""<!--|data:|<a\s[^>]*\bname\s*=|<link\s[^>]*\bhref=""|\b(?:href|src)="(?:\s|[^"]*\s")""", re.IGNORECASE
)
"""What the simple patterns would take for something else: comments, `data:`, named anchors, missing addresses, spaces in addresses."""
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|(<(script|style)\b[^>]*>).*?(?=</\2\b|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(r"""<[A-Za-z][^>"']*+(?:"[^"]*"[^>"']*+|'[^']*'[^>"']*+)*+>""")
_NAMED = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")
_KEPT = 16_384


def reader(templates: Iterable[str]) -> Callable[[str], Found]:
    """The fastest function that can read pages made by the tool's templates and these."""
    texts = tuple(templates)
    if not texts:
        return ours
    return _plainly if all(map(_is_plain, texts)) else _tag_by_tag


def _is_plain(template: str) -> bool:
    """Whether a template writes links as the tool's own do; a mistaken no only costs time."""
    return len(_ANY.findall(template)) == len(_AS_OURS.findall(template)) and _OTHERWISE.search(template) is None


def ours(page: str) -> Found:
    """What stands on a page that is made by the tool's templates alone."""
    return Found(frozenset(_OURS.findall(page)), frozenset(_ANCHOR.findall(page)))


def _plainly(page: str) -> Found:
    return Found(frozenset(_THEIRS.findall(page)), frozenset(_ANCHOR.findall(page)))


def _tag_by_tag(page: str) -> Found:
    found = [_read(tag) for tag in set(_TAG.findall(_UNSEEN.sub(r"\1", page)))]
    return Found(NOTHING.union(*(tag.links for tag in found)), NOTHING.union(*(tag.anchors for tag in found)))


@lru_cache(maxsize=_KEPT)
def _read(tag: str) -> Found:
    """What stands in one tag; most tags stand on many pages, so answers are remembered."""
    from html import unescape  # noqa: PLC0415 - it knows thousands of names

    element, *attributes = _NAMED.findall(tag)
    said: dict[str, str] = {}
    for name, *values in attributes:
        said.setdefault(name.lower(), unescape("".join(values)))
    led = [(name, said[name].strip()) for name in ("href", "src") if name in said]
    links = [address for name, address in led if leads(element[0].lower(), name, address)]
    anchors = [said[name] for name in ("id", "name") if name in said and (name == "id" or element[0].lower() == "a")]
    return Found(frozenset(links), frozenset(anchors))


def leads(element: str, name: str, address: str) -> bool:
    """Whether an attribute is a link to be followed, or a mistake; `data:` is one only in `a`, where browsers do not follow it."""
    if address[:5].lower() == "data:":
        return element == "a"
    return _AWAY.match(address) is None and (address != "" or name == "src" or element == "link")
