"""The files of a site in memory: with each save only those are made again for which something changed, as by `kb build`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.incremental.parts import parted
from kb.memory import undisturbed
from kb.output.builder import Builder, BundleLinks
from kb.output.links import Stream
from kb.publishing import marks
from kb.results import NOTHING
from kb.site import Site

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kb.caching.shelf import GroupRecord
    from kb.debate import Debate
    from kb.incremental.parts import Parts
    from kb.output.links import Links, Output
    from kb.publishing.theme import Theme


class Rebuilt(NamedTuple):
    """A site, and a line for each map that is not drawn as its editors want it."""

    files: Mapping[str, bytes]
    shortfalls: tuple[str, ...]


class Rebuilder:
    """Remembers the last site and all answers about its debate, so that the next site costs less."""

    def __init__(self) -> None:
        self._shared = ""
        self._bundles: Mapping[str, BundleLinks] = {}
        self._groups: Mapping[str, GroupRecord] = {}
        self._files: Mapping[str, bytes] = {}
        self._answers = NOTHING

    def site(self, debate: Debate, theme: Theme, parts: Parts) -> Rebuilt:
        """All files of a site by path, with every link followed; the same files as if nothing was remembered."""
        shared = marks.shared_mark(theme, parts)
        if shared != self._shared:
            self._bundles, self._groups, self._files, self._answers = {}, {}, {}, NOTHING
        site = Site(parted(debate, parts.marks, self._answers), theme)
        previous = ({}, {}, {}) if theme.templates else (self._files, self._bundles, self._groups)
        builder = _SiteBuilder(*previous, site.new_links())
        with undisturbed():
            for item in site.files(builder):
                builder.take(item)
            for output in site.closing_files(list(builder.made)):
                builder.take(output)
        site.check_links(builder.links)
        shortfalls = tuple(site.shortfalls)
        self._shared, self._bundles, self._groups = shared, builder.bundles, {} if shortfalls else builder.groups
        self._files, self._answers = builder.made, site.debate.all_known
        return Rebuilt(builder.made, shortfalls)


class _SiteBuilder(Builder):
    """A site that is being put together."""

    def __init__(
        self,
        files: Mapping[str, bytes],
        bundles: Mapping[str, BundleLinks],
        groups: Mapping[str, GroupRecord],
        links: Links,
    ) -> None:
        super().__init__(groups, links)
        self.made: dict[str, bytes] = {}
        self._files = files
        self._bundles = bundles

    def file(self, path: str) -> bytes | None:
        return self._files.get(path)

    def known(self, name: str) -> BundleLinks | None:
        return self._bundles.get(name)

    def keep(self, paths: Collection[str]) -> None:
        self.made.update({path: self._files[path] for path in paths})

    def put(self, output: Output | Stream) -> None:
        self.made[output.path] = (output.output if isinstance(output, Stream) else output).raw
