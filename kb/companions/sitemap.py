"""What tells search engines where the pages are: `robots.txt`, and a sitemap where it is known where the site is published.

The sitemap (sitemaps.org) lists each record and each list once; further parts of long lists are reached from the first. One of more than
fifty thousand addresses is an index of several.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from kb.publishing import addresses
from kb.publishing.links import Output

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.debate import Debate

_MOST = 50_000
"""Addresses that one sitemap may hold."""
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_NAME_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def files(debate: Debate) -> Iterator[Output]:
    """Everything is open to everybody."""
    site = addresses.published(debate.settings.url)
    where = f"\nSitemap: {site}{addresses.SITEMAP}\n" if site else ""
    yield Output(addresses.ROBOTS, f"User-agent: *\nAllow: /\n{where}".encode())
    if site:
        yield from _sitemap(site, list(_pages(debate)))


def _pages(debate: Debate) -> Iterator[str]:
    """The pages of the debate, those to begin with first; the manual of the rules is the same everywhere."""
    yield from (addresses.HOME, addresses.OPEN, addresses.TOPICS, addresses.PEOPLE, addresses.SOURCES)
    yield from (addresses.TERMS, addresses.NODES, addresses.ABOUT, addresses.LIMITS)
    yield from map(addresses.topic, debate.topic_order)
    yield from map(addresses.person, debate.participants)
    yield from map(addresses.source, debate.sources)
    yield from map(addresses.term, debate.terms)
    yield from map(addresses.node, debate.nodes)


def _sitemap(site: str, pages: list[str]) -> Iterator[Output]:
    """One sitemap, or an index with as many as it takes."""
    chunks = [pages[i : i + _MOST] for i in range(0, len(pages), _MOST)]
    if len(chunks) == 1:
        yield Output(addresses.SITEMAP, _written("urlset", "url", site, pages))
        return
    names = [addresses.numbered(addresses.SITEMAP, number) for number in range(2, len(chunks) + 2)]
    yield Output(addresses.SITEMAP, _written("sitemapindex", "sitemap", site, names))
    for name, chunk in zip(names, chunks, strict=True):
        yield Output(name, _written("urlset", "url", site, chunk))


def _written(whole: str, entry: str, site: str, paths: Iterable[str]) -> bytes:
    lines = "".join(f"<{entry}><loc>{escape(site + path)}</loc></{entry}>\n" for path in paths)
    return f'{_HEAD}<{whole} xmlns="{_NAME_SPACE}">\n{lines}</{whole}>\n'.encode()
