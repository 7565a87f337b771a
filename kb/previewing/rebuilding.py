"""The files of a site in memory: with each save only those are made again for which something changed, as by `kb build`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.incremental.parts import parted
from kb.memory import undisturbed
from kb.output.binding import Binder, Bound
from kb.output.links import Stream
from kb.publishing import marks
from kb.results import NOTHING
from kb.site import Site

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kb.caching.shelf import Gathered
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
        self._bound: Mapping[str, Bound] = {}
        self._quires: Mapping[str, Gathered] = {}
        self._files: Mapping[str, bytes] = {}
        self._known = NOTHING

    def site(self, debate: Debate, theme: Theme, parts: Parts) -> Rebuilt:
        """All files of a site by path, with every link followed; the same files as if nothing was remembered."""
        shared = marks.of_shared(theme, parts)
        if shared != self._shared:
            self._bound, self._quires, self._files, self._known = {}, {}, {}, NOTHING
        site = Site(parted(debate, parts.marks, self._known), theme)
        there = ({}, {}, {}) if theme.templates else (self._files, self._bound, self._quires)
        work = _Work(*there, site.links())
        with undisturbed():
            for found in site.files(work):
                work.take(found)
            for output in site.last(list(work.found)):
                work.take(output)
        site.follow(work.links)
        short = tuple(site.shortfalls)
        self._shared, self._bound, self._quires = shared, work.bound, {} if short else work.quires
        self._files, self._known = work.found, site.debate.all_told
        return Rebuilt(work.found, short)


class _Work(Binder):
    """A site that is being put together."""

    def __init__(
        self, files: Mapping[str, bytes], bound: Mapping[str, Bound], quires: Mapping[str, Gathered], links: Links
    ) -> None:
        super().__init__(quires, links)
        self.found: dict[str, bytes] = {}
        self._files = files
        self._bound = bound

    def file(self, path: str) -> bytes | None:
        return self._files.get(path)

    def known(self, name: str) -> Bound | None:
        return self._bound.get(name)

    def keep(self, paths: Collection[str]) -> None:
        self.found.update({path: self._files[path] for path in paths})

    def put(self, found: Output | Stream) -> None:
        self.found[found.path] = (found.held if isinstance(found, Stream) else found).raw
