"""Whether every link of a site leads somewhere: its pages, their anchors and its other files are all known before any is put in place.

Pages come one by one and are not kept: what remains of each is where its links lead and which anchors others may lead to.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple

from kb.finding import KbError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SAFE = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*\Z")
_LINK = re.compile(r' (?:href|src)="([^"]*)"')
_ANCHOR = re.compile(r' id="([^"]*)"')
_AWAY = ("https://", "http://", "mailto:")


class Output(NamedTuple):
    """A file of the site before it is written: its path from the root, with `/`, and what it holds."""

    path: str
    content: str | bytes


def is_safe(path: str) -> bool:
    """Whether a file can be called that on any system, and in an address."""
    return _SAFE.match(path) is not None


class Ends(NamedTuple):
    """Of a page the anchors that links may lead to, and where its own links lead, as addresses from the root."""

    anchors: frozenset[str]
    leads: frozenset[str]


_NONE: frozenset[str] = frozenset()


def check(outputs: Iterable[Output]) -> None:
    """Fail on a path that is not safe and on a link or anchor that leads nowhere: both would be mistakes of ours."""
    links = Links()
    for output in outputs:
        links.add(output)
    links.check()


class Links:
    """All files of a site, and where the links of its pages lead."""

    def __init__(self) -> None:
        """No file is known yet."""
        self._paths: dict[str, str] = {}
        self._anchors: dict[str, frozenset[str]] = {}
        self._followed: dict[str, str] = {}
        """Where links lead, each with the first page that has one."""
        self._alike: dict[frozenset[str], frozenset[str]] = {}
        self._addresses: dict[str, dict[str, str]] = {}

    def add(self, output: Output) -> Ends:
        """Take in a file of the site."""
        path, content = output
        if not isinstance(content, str):
            return self.keep(path, Ends(_NONE, _NONE))
        folder = posixpath.dirname(path)
        known = self._addresses.setdefault(folder, {})
        leads = {
            known.get(link) or self._address(link, path, folder)
            for link in set(_LINK.findall(content))
            if not link.startswith(_AWAY)
        }
        return self.keep(path, Ends(frozenset(_ANCHOR.findall(content)), frozenset(leads)))

    def keep(self, path: str, ends: Ends) -> Ends:
        """Take in a file by what is known of it."""
        if not is_safe(path) or path.lower() in self._paths:
            message = f"the site has a file `{path}` that cannot be written; please report this"
            raise KbError(message)
        self._paths[path.lower()] = path
        if ends.anchors:
            self._anchors[path] = self._alike.setdefault(ends.anchors, ends.anchors)
        for address in ends.leads:
            self._followed.setdefault(address, path)
        return ends

    def _address(self, link: str, path: str, folder: str) -> str:
        """Where a link leads, from the root; the same from every page of a folder, unless it stays on its page."""
        if link.startswith("#"):
            return path + link
        relative, hash_sign, anchor = link.partition("#")
        found = posixpath.normpath(posixpath.join(folder, relative)) + hash_sign + anchor
        self._addresses[folder][link] = found
        return found

    def check(self) -> None:
        """Fail on a link that leads nowhere."""
        page, address = min(((page, address) for address, page in self._broken()), default=("", ""))
        if page:
            link = self._as_written(page, address)
            message = f"the page {page} links to `{link}`, which does not exist; nothing was written"
            raise KbError(message)

    def _broken(self) -> Iterator[tuple[str, str]]:
        for address, page in self._followed.items():
            path, hash_sign, anchor = address.partition("#")
            if self._paths.get(path.lower()) != path or (hash_sign and anchor not in self._anchors.get(path, _NONE)):
                yield address, page

    def _as_written(self, page: str, address: str) -> str:
        """A link as it stands on a page."""
        known = self._addresses.get(posixpath.dirname(page), {})
        return next((link for link, found in known.items() if found == address), address.removeprefix(page))
