"""Checks that every link of a site leads somewhere: all pages, anchors and other files are known before any is put in place.

Pages come one by one and are not kept: only the targets of their links and their anchors are.
"""

from __future__ import annotations

import posixpath
import re
import sys
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from kb.finding import KbError
from kb.memory import mark
from kb.output.tags import ours

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from kb.output.tags import Found

_SAFE = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*\Z")


Piece: TypeAlias = "bytes | memoryview"
"""A piece of a file; it may be a view of another file, which is not copied."""


class Output(NamedTuple):
    """A file of the site before it is written: its path from the root, with `/`, and its content."""

    path: str
    content: str | bytes

    @property
    def raw(self) -> bytes:
        """Its content in bytes."""
        return self.content if isinstance(self.content, bytes) else self.content.encode()


class Stream(NamedTuple):
    """A file without links that comes in pieces, and only once, since it is too large for memory."""

    path: str
    pieces: Iterable[Piece]

    @property
    def held(self) -> Output:
        """The file as a whole."""
        return Output(self.path, b"".join(self.pieces))


class Bundle(NamedTuple):
    """Files that are made only when needed: they have not changed if `mark` and what all pages share are the same."""

    mark: str
    make: Callable[[], Iterable[Output]]


class ListGroup(NamedTuple):
    """Lists that are made together, and only when needed: if `mark` is the same, only the words of points on them may have changed.

    `words` gives the mark of these words, from where the links of the lists lead and the mark of the last time. `make` yields files, which
    are made again with the lists, and bundles and further lists, which have marks of their own.
    """

    mark: str
    words: Callable[[Iterable[str], str | None], str]
    make: Callable[[], Iterable[Output | Bundle | ListGroup]]


class Before(Protocol):
    """The site as it was built last, except what somebody touched since; empty if what all files share has changed."""

    def file(self, path: str) -> bytes | None:
        """What stood in a file; None if there was no such file."""

    def known(self, name: str) -> object | None:
        """The files that came in the bundle with this mark; None if there was none."""


class _NotBuilt:
    """No site was built before."""

    def file(self, path: str) -> None:
        """No file of it."""

    def known(self, name: str) -> None:
        """No bundle."""


NOT_BUILT: Before = _NotBuilt()


def bundle(of: object, make: Callable[[], Iterable[Output]]) -> Bundle:
    """Files that are made of `of`, plain values, and of nothing else but what all pages share."""
    return Bundle(mark(of), make)


def is_safe(path: str) -> bool:
    """Whether a file can have this path on every system, and in an address."""
    return _SAFE.match(path) is not None


class Ends(NamedTuple):
    """The ends of links on a page: the anchors that links may lead to, and its own links to other pages, as written."""

    anchors: frozenset[str]
    links: frozenset[str]


NO_ANCHORS: frozenset[str] = frozenset()


class BrokenLink(NamedTuple):
    """A link that leads nowhere."""

    page: str
    link: str
    """As the page has it; for pages that are made together, the address from the root."""
    folder: str
    """The folder from which it is followed."""

    @property
    def target(self) -> str:
        """The address from the root to which it leads."""
        return address(self.folder, self.link)

    @property
    def complaint(self) -> str:
        """What the user is told about it."""
        return self.complaint_about(self.link)

    def complaint_about(self, written: str) -> str:
        """What the user is told if it is known how somebody wrote it."""
        if not written:
            return f"the page {self.page} has a picture, script or stylesheet without an address"
        return f"the page {self.page} links to `{written}`, which does not exist"


class Links:
    """All files of a site, and where the links of its pages lead: each is followed once from each folder."""

    def __init__(self, read: Callable[[str], Found] = ours) -> None:
        """Begin without any file; `read` finds the links and anchors of a page."""
        self._read = read
        self._paths: dict[str, str] = {}
        self._anchors: dict[str, frozenset[str]] = {}
        self._alike: dict[frozenset[str], frozenset[str]] = {}
        self._met: dict[str, dict[str, str]] = {}
        """By folder the links of its pages, each with the first page that has it."""
        self._broken: list[tuple[str, str]] = []

    def add(self, output: Output) -> None:
        """Take in a file of the site."""
        self._meet(posixpath.dirname(output.path), self.take(output).links, output.path)

    def take(self, output: Output) -> Ends:
        """Take in a file of the site; its links to other files remain to be followed."""
        path, content = output
        if not isinstance(content, str):
            return self.keep(path, NO_ANCHORS)
        links, anchors = self._read(content)
        here = [link for link in links if not link or link.startswith(("#", "?"))]
        found = self.keep(path, anchors, links.difference(here))
        parts = ((link, link.partition("#")[2]) for link in here)
        self._broken += [(path, link) for link, part in parts if not link or (part and part not in found.anchors)]
        return found

    def among(self, outputs: Iterable[Output]) -> tuple[Mapping[str, frozenset[str]], tuple[str, ...]]:
        """Take in files that are made together; returns their anchors by path and the addresses, from the root, of their links to others.

        Their links to each other are followed at once, the others at the end.
        """
        found = {output.path: self.take(output) for output in outputs}
        return {path: ends.anchors for path, ends in found.items()}, self._outward(found)

    def _outward(self, found: Mapping[str, Ends]) -> tuple[str, ...]:
        folders: dict[str, dict[str, str]] = {}
        for page in sorted(found, reverse=True):
            folders.setdefault(posixpath.dirname(page), {}).update(dict.fromkeys(found[page].links, page))
        targets: dict[str, str] = {}
        for folder, met in folders.items():
            for link, page in met.items():
                target = address(folder, link)
                path, _, anchor = target.partition("#")
                if path not in found:
                    known = self._paths.get(target)
                    targets[known if known == target else sys.intern(target)] = page
                elif anchor and anchor not in found[path].anchors:
                    self._broken.append((page, link))
        met = self._met.setdefault("", {})
        for target, page in targets.items():
            met.setdefault(target, page)
        return tuple(sorted(targets))

    def again(self, anchors: Mapping[str, frozenset[str]], targets: Collection[str]) -> None:
        """Take in files of a build before, whose links to each other were followed then; `targets` are the addresses of their other links."""
        lower = dict(zip(map(str.lower, anchors), anchors, strict=True))
        if len(lower) < len(anchors) or not lower.keys().isdisjoint(self._paths.keys()):  # the shorter is searched
            raise _unfit(min(path for path in anchors if path.lower() in self._paths or lower[path.lower()] != path))
        self._paths.update(lower)
        self._anchors.update(anchors)
        self._meet("", targets, min(anchors, default=""))

    def keep(self, path: str, anchors: frozenset[str], links: frozenset[str] = NO_ANCHORS) -> Ends:
        """Take in a file whose anchors and links are known."""
        if not is_safe(path):
            raise _unfit(path)
        return Ends(self._know(path, anchors), links)

    def _know(self, path: str, anchors: frozenset[str]) -> frozenset[str]:
        """Note a file whose path is safe; raises if there is one of that name, in whatever case."""
        lower = path.lower()
        if lower in self._paths:
            raise _unfit(path)
        self._paths[path if lower == path else lower] = path
        alike = self._alike.setdefault(anchors, anchors)
        if alike:
            self._anchors[path] = alike
        return alike

    def _meet(self, folder: str, links: Iterable[str], page: str) -> None:
        """Note links of a page, which are to be followed from its folder."""
        met = self._met.setdefault(folder, {})
        for link in links:
            met.setdefault(link, page)

    def anchors(self, path: str) -> Collection[str]:
        """The anchors of a page."""
        return self._anchors.get(path, NO_ANCHORS)

    def broken_links(self) -> list[BrokenLink]:
        """The links that lead nowhere, each with the first page of its folder that has it."""
        met = (
            BrokenLink(page, link, folder)
            for folder, links in self._met.items()
            for link, page in links.items()
            if not self._leads_somewhere(address(folder, link))
        )
        broken = (BrokenLink(page, link, posixpath.dirname(page)) for page, link in self._broken)
        return sorted({*broken, *met})

    def check(
        self, blame: Callable[[Sequence[BrokenLink]], KbError] = lambda found: KbError(found[0].complaint)
    ) -> None:
        """Raise if links lead nowhere; `blame` makes the error, and may know where somebody wrote them."""
        found = self.broken_links()
        if found:
            raise blame(found)

    def _leads_somewhere(self, target: str) -> bool:
        path, _, anchor = target.partition("#")
        return self._paths.get(path.lower()) == path and (not anchor or anchor in self.anchors(path))


def _unfit(path: str) -> KbError:
    return KbError(f"the site has a file `{path}` that cannot be written; please report this")


def address(folder: str, link: str) -> str:
    """The address from the root to which a link in a folder leads, without its query (`?state=open`), which is for a script there."""
    path, hash_sign, anchor = link.partition("#")
    path = path.partition("?")[0]
    above, below = folder, path
    while above and below.startswith("../"):
        above, below = above.rpartition("/")[0], below[3:]
    if not below or "./" in f"{below}/" or "//" in f"/{below}/":
        return posixpath.normpath(posixpath.join(folder, path)) + hash_sign + anchor
    return f"{above}/{below}{hash_sign}{anchor}" if above else f"{below}{hash_sign}{anchor}"
