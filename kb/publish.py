"""The site on disk: made anew where the debate changed, left where it did not, and the same bytes as if all had been made anew.

What is about one point depends on nothing but the part of the debate that is connected with it and on what all points share; such pages
are made again only if one of the two changed, or if somebody touched them. Everything else is made each time. Only what differs is written.
"""

from __future__ import annotations

import hashlib
import posixpath
from typing import TYPE_CHECKING, NamedTuple

from kb.caching.shelf import Built, Leaf, Sheaf
from kb.memory import undisturbed
from kb.publishing.disputes import own
from kb.publishing.folder import files_in, staged
from kb.publishing.links import Links, address
from kb.publishing.sheets import shortfalls
from kb.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from kb.debate import Debate
    from kb.incremental.parts import Parts
    from kb.model import Node
    from kb.publishing.folder import Stage
    from kb.publishing.links import Ends, Output
    from kb.publishing.theme import Theme
    from kb.reading.files import Stamp


class Published(NamedTuple):
    """What became of a site."""

    pages: int
    written: tuple[str, ...]
    """Files that differ from those before, or are new."""
    removed: tuple[str, ...]
    built: Built
    """What is to be remembered of it for the next time."""
    shortfalls: tuple[str, ...] = ()
    """What is not as the editors wanted it, a line each."""


def publish(
    debate: Debate,
    theme: Theme,
    parts: Parts,
    target: Path,
    before: Built | None = None,
    tell: Callable[[int], None] | None = None,
) -> Published:
    """Write the site of a debate into a folder that is its own; `before` is the site as it was built last.

    Each time a page is ready `tell` is told how many are.
    """
    shared, whole = shared_by(theme, parts), whole_of(theme, parts)
    if (
        before is not None
        and (before.target, before.whole) == (str(target), whole)
        and before.stamps == files_in(target)
    ):
        return Published(sum(path.endswith(".html") for path in before.stamps), (), (), before)
    site = Site(debate, theme)
    same = before is not None and (before.target, before.shared) == (str(target), shared)
    known = before.sheaves if before is not None and same and not theme.templates else {}
    with undisturbed(), staged(target) as stage:
        work = _Work(site, stage, tell)
        made = {mark: work.part(nodes, known.get(mark)) for mark, nodes in by_part(debate, parts).items()}
        work.lists()
        work.links.check()
    stamps = files_in(target) or {}
    sheaves = {mark: part.sheaf(stamps) for mark, part in made.items()}
    local = {path for part in made.values() for path in part.anchors}
    rest = {path: stamp for path, stamp in stamps.items() if path not in local}
    short = tuple(shortfalls(debate))
    built = Built(str(target), "" if short else whole, shared, sheaves, rest)
    return Published(work.pages, tuple(stage.written), stage.removed, built, short)


class _Made(NamedTuple):
    """The files about a part of the debate, by path with their anchors, and where their links lead that lead to others."""

    anchors: Mapping[str, frozenset[str]]
    leads: frozenset[str]

    def sheaf(self, stamps: Mapping[str, Stamp]) -> Sheaf:
        """What is to be remembered of them."""
        return Sheaf({path: Leaf(stamps[path], anchors) for path, anchors in self.anchors.items()}, self.leads)


class _Work:
    """A build in progress."""

    def __init__(self, site: Site, stage: Stage, tell: Callable[[int], None] | None) -> None:
        self.site = site
        self.tell = tell
        self.stage = stage
        self.links = Links()
        self.pages = 0
        self.paths: list[str] = []
        self._leads: dict[tuple[str, str], str] = {}

    def part(self, nodes: Iterable[Node], known: Sheaf | None) -> _Made:
        """The files about some nodes that are connected: those that are known, if nobody touched them, else new ones."""
        if known is None or any(self.stage.before.get(path) != leaf.stamp for path, leaf in known.leaves.items()):
            return self._new({output.path: self._put(output) for output in self.site.of(nodes)})
        for path, leaf in known.leaves.items():
            self._count(path)
            self.stage.keep(path)
            self.links.keep(path, leaf.anchors)
            self.links.meet("", known.leads, path)
        return _Made({path: leaf.anchors for path, leaf in known.leaves.items()}, known.leads)

    def lists(self) -> None:
        """All other files."""
        for output in self.site.lists():
            self._put(output)
        for output in self.site.last(tuple(self.paths)):
            self._put(output)

    def _put(self, output: Output) -> Ends:
        self._count(output.path)
        self.stage.put(*output)
        return self.links.add(output)

    def _count(self, path: str) -> None:
        self.paths.append(path)
        if path.endswith(".html"):
            self.pages += 1
            if self.tell is not None:
                self.tell(self.pages)

    def _new(self, found: Mapping[str, Ends]) -> _Made:
        folders: dict[str, list[frozenset[str]]] = {}
        for path, ends in found.items():
            folders.setdefault(posixpath.dirname(path), []).append(ends.links)
        all_of_them = {
            self._lead(folder, link) for folder, links in folders.items() for link in frozenset().union(*links)
        }
        leads = frozenset(lead for lead in all_of_them if lead.partition("#")[0] not in found)
        return _Made({path: ends.anchors for path, ends in found.items()}, leads)

    def _lead(self, folder: str, link: str) -> str:
        """Where a link leads, from the root; the same for the same link."""
        known = self._leads.get((folder, link))
        if known is None:
            known = self._leads[folder, link] = address(folder, link)
        return known


def by_part(debate: Debate, parts: Parts) -> dict[str, list[Node]]:
    """The nodes of each part, by a mark that tells it from any other, and from itself with its disputes elsewhere in the list of them."""
    found: dict[str, list[Node]] = {}
    for node in debate.nodes.values():
        found.setdefault(parts.marks[node.file], []).append(node)
    marked = {}
    for mark, nodes in found.items():
        listed = [dispute.listed for node in nodes if (dispute := own(debate, node.id)) is not None]
        marked[hashlib.blake2b(f"{mark} {listed}".encode(), digest_size=20).hexdigest()] = nodes
    return marked


def shared_by(theme: Theme, parts: Parts) -> str:
    """What tells all that pages share from what else it could be."""
    return hashlib.blake2b(f"{parts.shared} {theme.mark}".encode(), digest_size=20).hexdigest()


def whole_of(theme: Theme, parts: Parts) -> str:
    """What tells all that a site is made of from what else it could be."""
    marks = " ".join(sorted(set(parts.marks.values())))
    return hashlib.blake2b(f"{shared_by(theme, parts)} {marks}".encode(), digest_size=20).hexdigest()
