"""Tells search engines where the pages are: `robots.txt`, and a sitemap if `url` is given.

The sitemap (sitemaps.org) lists every page that is about the debate. With more than fifty thousand addresses it is an index of several.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from kb.former import former_ids
from kb.output.links import Output
from kb.publishing import addresses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.debate import Debate

LAST = True
_MOST = 50_000
"""The most addresses that one sitemap may hold."""
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_NAME_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def files(debate: Debate, paths: Iterable[str]) -> Iterator[Output]:
    """A `robots.txt` that allows everything to everybody, and the sitemap."""
    site = addresses.site_url(debate.settings.url)
    where = f"\nSitemap: {site}{addresses.SITEMAP}\n" if site else ""
    yield Output(addresses.ROBOTS, f"User-agent: *\nAllow: /\n{where}".encode())
    if site:
        yield from _sitemap(site, _pages(debate, paths))


def _pages(debate: Debate, paths: Iterable[str]) -> list[str]:
    """The addresses to be found, the front page as that of the site; without pages that are the same in every debate or only lead to others."""
    renamed = former_ids(debate)
    unlisted = {
        addresses.LOST,
        addresses.THEMING,
        *map(addresses.node, renamed.nodes),
        *map(addresses.source, renamed.sources),
        *map(addresses.person, renamed.participants),
        *map(addresses.term, renamed.terms),
    }
    pages = (path for path in paths if path.endswith(".html") and not path.startswith("rules"))
    return sorted("" if path == addresses.HOME else path for path in pages if path not in unlisted)


def _sitemap(site: str, pages: list[str]) -> Iterator[Output]:
    """One sitemap, or an index of as many as are needed."""
    chunks = [pages[i : i + _MOST] for i in range(0, len(pages), _MOST)]
    if len(chunks) == 1:
        yield Output(addresses.SITEMAP, _sitemap_xml("urlset", "url", site, pages))
        return
    names = [addresses.nth_part(addresses.SITEMAP, number) for number in range(2, len(chunks) + 2)]
    yield Output(addresses.SITEMAP, _sitemap_xml("sitemapindex", "sitemap", site, names))
    for name, chunk in zip(names, chunks, strict=True):
        yield Output(name, _sitemap_xml("urlset", "url", site, chunk))


def _sitemap_xml(root: str, entry: str, site: str, paths: Iterable[str]) -> bytes:
    lines = "".join(f"<{entry}><loc>{escape(site + path)}</loc></{entry}>\n" for path in paths)
    return f'{_HEAD}<{root} xmlns="{_NAME_SPACE}">\n{lines}</{root}>\n'.encode()
