"""Links and anchors of a page, in whichever of the ways of HTML somebody writes them.

Our templates write all attributes in one way, so that they are found at a glance. In those of somebody's own quotation marks may be
others or left out, names may be in capitals, and links may stand in comments, where nobody follows them. Then pages are read tag by
tag, which takes several times as long, so that is done only where templates ask for it.

What leads away is not followed: the web with or without its scheme, mail, telephones, and a picture that is its own address. An empty
address leads to the page itself; of a picture or a script it is a mistake.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Found(NamedTuple):
    """What stands on a page."""

    links: frozenset[str]
    """Where links lead that do not lead away."""
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
"""What is nothing to follow, or an anchor, or a mistake, and does not look like that at a glance; and spaces around an address."""
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|(<(script|style)\b[^>]*>).*?(?=</\2\b|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(r"""<[A-Za-z][^>"']*+(?:"[^"]*"[^>"']*+|'[^']*'[^>"']*+)*+>""")
_NAMED = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")
_KEPT = 16_384


def reader(templates: Iterable[str]) -> Callable[[str], Found]:
    """How pages are read that are made by these templates besides ours."""
    texts = tuple(templates)
    if not texts:
        return ours
    return _plainly if all(map(_is_plain, texts)) else _tag_by_tag


def _is_plain(template: str) -> bool:
    """Whether it has its links as ours have them; what only looks like one costs time and nothing else."""
    return len(_ANY.findall(template)) == len(_AS_OURS.findall(template)) and _OTHERWISE.search(template) is None


def ours(page: str) -> Found:
    """A page of ours."""
    return Found(frozenset(_OURS.findall(page)), frozenset(_ANCHOR.findall(page)))


def _plainly(page: str) -> Found:
    return Found(frozenset(_THEIRS.findall(page)), frozenset(_ANCHOR.findall(page)))


def _tag_by_tag(page: str) -> Found:
    found = [_read(tag) for tag in set(_TAG.findall(_UNSEEN.sub(r"\1", page)))]
    return Found(NOTHING.union(*(one.links for one in found)), NOTHING.union(*(one.anchors for one in found)))


@lru_cache(maxsize=_KEPT)
def _read(tag: str) -> Found:
    """One tag; most stand on many pages."""
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
    """Whether an address is to be followed; no browser follows a link to what stands in the address itself."""
    if address[:5].lower() == "data:":
        return element == "a"
    return _AWAY.match(address) is None and (address != "" or name == "src" or element == "link")
