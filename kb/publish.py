"""The site on disk: files are made again where the debate changed, and are the same bytes as if all had been made again.

Files about one point depend only on the part of the debate that is connected with it and on what all points share; lists say what they
show of points. A file is made again only if that changed, or if somebody touched it. Only files that differ are written.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kb.caching.shelf import Built, BundleRecord
from kb.incremental.parts import parted
from kb.memory import undisturbed
from kb.output.builder import Builder, BundleLinks
from kb.output.folder import files_in, staged
from kb.output.links import Links, Stream
from kb.publishing import marks
from kb.results import NOTHING
from kb.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

    from kb.debate import Debate
    from kb.incremental.parts import Parts
    from kb.output.folder import Stage
    from kb.output.links import Output
    from kb.publishing.theme import Theme
    from kb.reading.files import Stamp


class Published(NamedTuple):
    """What a build did to the site on disk."""

    pages: int
    written: tuple[str, ...]
    """Files that are new or differ from those before."""
    removed: tuple[str, ...]
    built: Built
    """What is to be remembered of the site for the next build."""
    shortfalls: tuple[str, ...] = ()
    """A line for each thing that is not as the editors want it."""


def publish(
    debate: Debate,
    theme: Theme,
    parts: Parts,
    target: Path,
    before: Built | None = None,
    report: Callable[[int], None] | None = None,
) -> Published:
    """Write the site of a debate into the folder `target`; `before` is the site as it was built last.

    `report` is called with the number of finished pages whenever one is ready. Raises `KbError` if no site can be written; then the folder
    stays as it was.
    """
    shared, whole = marks.shared_mark(theme, parts), marks.site_mark(theme, parts)
    stamps = before.stamps if before is not None and before.target == str(target) else {}
    if before is not None and stamps and before.whole == whole and stamps == files_in(target):
        return Published(sum(path.endswith(".html") for path in stamps), (), (), before)
    last = before if before is not None and before.shared == shared else None
    site = Site(parted(debate, parts.marks, last.known if last else NOTHING), theme)
    reusable = last if last is not None and last.target == str(target) and not theme.templates else None
    with undisturbed(), staged(target, stamps) as stage:
        work = _Work(site, stage, reusable, report)
        work.all()
    shortfalls = tuple(site.shortfalls)
    site.debate.end()
    built = _built(str(target), "" if shortfalls else whole, shared, work)
    return Published(work.pages, tuple(stage.written), stage.removed, built, shortfalls)


def _built(target: str, whole: str, shared: str, work: _Work) -> Built:
    """What is to be remembered of a site that is in place; `whole` is empty if it has shortfalls, so that it is built again next time."""
    stamps = work.stage.stamps()
    rest = stamps.keys() - chain.from_iterable(bundle.paths for bundle in work.bundles.values())
    return Built(
        target,
        whole,
        shared,
        bundles={mark: work.record(mark, stamps) for mark in work.bundles},
        groups=work.groups if whole else {},
        rest={path: stamps[path] for path in sorted(rest)},
        known=work.site.debate.all_known,
    )


class _Work(Builder):
    """A build in progress."""

    def __init__(self, site: Site, stage: Stage, last: Built | None, report: Callable[[int], None] | None) -> None:
        super().__init__(last.groups if last is not None else {}, site.new_links())
        self.site = site
        self.report = report
        self.stage = stage
        self.last = last
        self.pages = 0
        self.paths: list[str] = []

    def all(self) -> None:
        """Make every file of the site, and follow all links."""
        for item in self.site.files(self):
            self.take(item)
        for output in self.site.closing_files(tuple(self.paths)):
            self.take(output)
        self.site.check_links(self.links)
        self.links = Links()  # all were followed; this frees memory for what is to be remembered of the site

    def file(self, path: str) -> bytes | None:
        stamp = None if self.last is None else self.stage.remembered.get(path)
        return self.stage.read(path) if stamp is not None and self.stage.before.get(path) == stamp else None

    def known(self, name: str) -> BundleLinks | None:
        known = self.last.bundles.get(name) if self.last is not None else None
        if known is None or not known.stamps.items() <= self.stage.before.items():
            return None
        return BundleLinks(known.stamps, known.anchors, known.targets)

    def keep(self, paths: Collection[str]) -> None:
        self._count(paths)
        self.stage.keep(paths)

    def put(self, output: Output | Stream) -> None:
        self._count([output.path])
        if isinstance(output, Stream):
            self.stage.pour(*output)
        else:
            self.stage.put(*output)

    def record(self, name: str, stamps: Mapping[str, Stamp]) -> BundleRecord:
        """What is to be remembered of the files of a bundle."""
        if name in self.kept and self.last is not None:
            return self.last.bundles[name]
        paths, anchors, targets = self.bundles[name]
        return BundleRecord({path: stamps[path] for path in paths}, anchors, targets)

    def _count(self, paths: Collection[str]) -> None:
        self.paths += paths
        pages = sum(path.endswith(".html") for path in paths)
        if pages:
            self.pages += pages
            if self.report is not None:
                self.report(self.pages)
