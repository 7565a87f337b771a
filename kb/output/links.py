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
from kb.output.tags import read_shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from kb.output.tags import PageLinks

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
    def output(self) -> Output:
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


def bundle(inputs: object, make: Callable[[], Iterable[Output]]) -> Bundle:
    """Files that are made of `inputs`, plain values, and of nothing else but what all pages share."""
    return Bundle(mark(inputs), make)


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

    def __init__(self, read: Callable[[str], PageLinks] = read_shipped) -> None:
        """Begin without any file; `read` finds the links and anchors of a page."""
        self._read = read
        self._paths: dict[str, str] = {}
        self._anchors: dict[str, frozenset[str]] = {}
        self._known_anchors: dict[frozenset[str], frozenset[str]] = {}
        self._pages_by_link: dict[str, dict[str, str]] = {}
        """By folder the links of its pages, each with the first page that has it."""
        self._broken: list[tuple[str, str]] = []

    def add(self, output: Output) -> None:
        """Take in a file of the site."""
        self._note_links(posixpath.dirname(output.path), self.take(output).links, output.path)

    def take(self, output: Output) -> Ends:
        """Take in a file of the site; its links to other files remain to be followed."""
        path, content = output
        if not isinstance(content, str):
            return self.keep(path, NO_ANCHORS)
        links, anchors = self._read(content)
        to_itself = [link for link in links if not link or link.startswith(("#", "?"))]
        ends = self.keep(path, anchors, links.difference(to_itself))
        parts = ((link, link.partition("#")[2]) for link in to_itself)
        self._broken += [(path, link) for link, part in parts if not link or (part and part not in ends.anchors)]
        return ends

    def add_together(self, outputs: Iterable[Output]) -> tuple[Mapping[str, frozenset[str]], tuple[str, ...]]:
        """Take in files that are made together; returns their anchors by path and the addresses, from the root, of their links to others.

        Their links to each other are followed at once, the others at the end.
        """
        ends_of = {output.path: self.take(output) for output in outputs}
        return {path: ends.anchors for path, ends in ends_of.items()}, self._outward_targets(ends_of)

    def _outward_targets(self, ends_of: Mapping[str, Ends]) -> tuple[str, ...]:
        folders: dict[str, dict[str, str]] = {}
        for page in sorted(ends_of, reverse=True):
            folders.setdefault(posixpath.dirname(page), {}).update(dict.fromkeys(ends_of[page].links, page))
        targets: dict[str, str] = {}
        for folder, page_of in folders.items():
            for link, page in page_of.items():
                target = address(folder, link)
                path, _, anchor = target.partition("#")
                if path not in ends_of:
                    known = self._paths.get(target)
                    targets[known if known == target else sys.intern(target)] = page
                elif anchor and anchor not in ends_of[path].anchors:
                    self._broken.append((page, link))
        page_of_target = self._pages_by_link.setdefault("", {})
        for target, page in targets.items():
            page_of_target.setdefault(target, page)
        return tuple(sorted(targets))

    def add_unchanged(self, anchors: Mapping[str, frozenset[str]], targets: Collection[str]) -> None:
        """Take in files of a build before, whose links to each other were followed then; `targets` are the addresses of their other links."""
        lower = dict(zip(map(str.lower, anchors), anchors, strict=True))
        if len(lower) < len(anchors) or not lower.keys().isdisjoint(self._paths.keys()):  # the shorter is searched
            raise _path_error(
                min(path for path in anchors if path.lower() in self._paths or lower[path.lower()] != path)
            )
        self._paths.update(lower)
        self._anchors.update(anchors)
        self._note_links("", targets, min(anchors, default=""))

    def keep(self, path: str, anchors: frozenset[str], links: frozenset[str] = NO_ANCHORS) -> Ends:
        """Take in a file whose anchors and links are known."""
        if not is_safe(path):
            raise _path_error(path)
        return Ends(self._note_path(path, anchors), links)

    def _note_path(self, path: str, anchors: frozenset[str]) -> frozenset[str]:
        """Note a file whose path is safe; raises if there is one of that name, in whatever case."""
        lower = path.lower()
        if lower in self._paths:
            raise _path_error(path)
        self._paths[path if lower == path else lower] = path
        shared = self._known_anchors.setdefault(anchors, anchors)
        if shared:
            self._anchors[path] = shared
        return shared

    def _note_links(self, folder: str, links: Iterable[str], page: str) -> None:
        """Note links of a page, which are to be followed from its folder."""
        page_of = self._pages_by_link.setdefault(folder, {})
        for link in links:
            page_of.setdefault(link, page)

    def anchors(self, path: str) -> Collection[str]:
        """The anchors of a page."""
        return self._anchors.get(path, NO_ANCHORS)

    def broken_links(self) -> list[BrokenLink]:
        """The links that lead nowhere, each with the first page of its folder that has it."""
        outward = (
            BrokenLink(page, link, folder)
            for folder, links in self._pages_by_link.items()
            for link, page in links.items()
            if not self._leads_somewhere(address(folder, link))
        )
        inward = (BrokenLink(page, link, posixpath.dirname(page)) for page, link in self._broken)
        return sorted({*inward, *outward})

    def check(
        self, blame: Callable[[Sequence[BrokenLink]], KbError] = lambda broken: KbError(broken[0].complaint)
    ) -> None:
        """Raise if links lead nowhere; `blame` makes the error, and may know where somebody wrote them."""
        broken = self.broken_links()
        if broken:
            raise blame(broken)

    def _leads_somewhere(self, target: str) -> bool:
        path, _, anchor = target.partition("#")
        return self._paths.get(path.lower()) == path and (not anchor or anchor in self.anchors(path))


def _path_error(path: str) -> KbError:
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
