"""The files of a site in memory: with each save only the points are made again whose part of the debate has changed, as `kb build` does."""

from __future__ import annotations

import posixpath
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from kb.memory import undisturbed
from kb.publish import marked, shared_by
from kb.publishing.links import Links
from kb.site import Late, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kb.incremental.parts import Parts
    from kb.publishing.links import Ends, Output
    from kb.site import Site


class Leaf(NamedTuple):
    """A file about a point, and where its links lead."""

    content: bytes
    ends: Ends


class Rebuilder:
    """Remembers the last site."""

    def __init__(self) -> None:
        self._shared = ""
        self._sheaves: Mapping[str, Mapping[str, Leaf]] = {}

    def files(self, site: Site, parts: Parts) -> dict[str, bytes]:
        """All files of a site by path, every link followed; the same as if none was remembered."""
        shared = shared_by(site.theme, parts)
        work = _Work(self._sheaves if shared == self._shared and not site.theme.templates else {})
        with undisturbed():
            for name, mark in marked(site.debate).items():
                work.bound(mark, partial(site.of, name))
            for output in site.lists():
                if isinstance(output, Late):
                    work.bound(output.mark, output.made)
                else:
                    work.add([whole(output)])
            work.add(site.last(list(work.found)))
        work.links.check()
        self._shared, self._sheaves = shared, work.sheaves
        return work.found


class _Work:
    """A site that is being put together."""

    def __init__(self, known: Mapping[str, Mapping[str, Leaf]]) -> None:
        self.known = known
        self.links = Links()
        self.found: dict[str, bytes] = {}
        self.sheaves: dict[str, Mapping[str, Leaf]] = {}

    def bound(self, mark: str, make: Callable[[], Iterable[Output]]) -> None:
        """The files with a mark: those that are known, else new ones."""
        known = self.known.get(mark)
        if known is None:
            self.sheaves[mark] = self.add(make())
            return
        for path, leaf in known.items():
            self.found[path] = leaf.content
            self.links.keep(path, *leaf.ends)
            self.links.meet(posixpath.dirname(path), leaf.ends.links, path)
        self.sheaves[mark] = known

    def add(self, outputs: Iterable[Output]) -> Mapping[str, Leaf]:
        """New files."""
        made = {output.path: Leaf(output.raw, self.links.add(output)) for output in outputs}
        self.found |= {path: leaf.content for path, leaf in made.items()}
        return made
