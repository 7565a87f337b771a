"""Whether every link of a site leads somewhere: its pages, their anchors and its other files are all known before any is written."""

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


class Output(NamedTuple):
    """A file of the site before it is written: its path from the root, with `/`, and what it holds."""

    path: str
    content: str | bytes


def is_safe(path: str) -> bool:
    """Whether a file can be called that on any system, and in an address."""
    return _SAFE.match(path) is not None


def check(outputs: Iterable[Output]) -> None:
    """Fail on a path that is not safe and on a link or anchor that leads nowhere: both would be mistakes of ours."""
    contents = {}
    for path, content in outputs:
        if not is_safe(path) or path.lower() in contents:
            message = f"the site has a file `{path}` that cannot be written; please report this"
            raise KbError(message)
        contents[path.lower()] = content
    broken = next(_Links({o.path: o.content for o in outputs}).broken(), None)
    if broken is not None:
        page, link = broken
        message = f"the page {page} links to `{link}`, which does not exist; nothing was written"
        raise KbError(message)


class _Links:
    """Where the links of all pages lead; each is followed once from each folder, the anchors of a page are read once."""

    def __init__(self, contents: dict[str, str | bytes]) -> None:
        self.contents = contents
        self._followed: dict[str, set[str]] = {}
        self._anchors: dict[str, frozenset[str]] = {}

    def broken(self) -> Iterator[tuple[str, str]]:
        """Every page and internal link of it that leads nowhere."""
        for page, content in self.contents.items():
            if not isinstance(content, str):
                continue
            folder = posixpath.dirname(page)
            followed = self._followed.setdefault(folder, set())
            for link in sorted(set(_LINK.findall(content)) - followed):
                if not self._leads_somewhere(link, page, folder):
                    yield page, link
                if not link.startswith("#"):
                    followed.add(link)

    def _leads_somewhere(self, link: str, page: str, folder: str) -> bool:
        if link.startswith(("https://", "http://", "mailto:")):
            return True
        path, _, anchor = link.partition("#")
        target = posixpath.normpath(posixpath.join(folder, path)) if path else page
        if target not in self.contents:
            return False
        return not anchor or anchor in self._anchors_of(target)

    def _anchors_of(self, page: str) -> frozenset[str]:
        if page not in self._anchors:
            content = self.contents[page]
            self._anchors[page] = frozenset(_ANCHOR.findall(content) if isinstance(content, str) else ())
        return self._anchors[page]
