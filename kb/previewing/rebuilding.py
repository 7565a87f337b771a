"""The files of a site in memory: with each save only the points are made again whose part of the debate has changed, as `kb build` does."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from kb.memory import undisturbed
from kb.publish import by_part, shared_by
from kb.publishing.links import Links

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
        shared, links = shared_by(site.theme, parts), Links()
        known = self._sheaves if shared == self._shared and not site.theme.templates else {}
        sheaves: dict[str, Mapping[str, Leaf]] = {}
        with undisturbed():
            for mark, nodes in by_part(site.debate, parts).items():
                sheaves[mark] = _kept(known[mark], links) if mark in known else _made(site.of(nodes), links)
            others = _made(site.lists(), links)
            paths = [path for sheaf in (*sheaves.values(), others) for path in sheaf]
            others = {**others, **_made(site.last(paths), links)}
        links.check()
        self._shared, self._sheaves = shared, sheaves
        return {path: leaf.content for sheaf in (*sheaves.values(), others) for path, leaf in sheaf.items()}


def _kept(sheaf: Mapping[str, Leaf], links: Links) -> Mapping[str, Leaf]:
    for path, leaf in sheaf.items():
        links.keep(path, *leaf.ends)
        links.meet(posixpath.dirname(path), leaf.ends.links, path)
    return sheaf


def _made(outputs: Iterable[Output], links: Links) -> Mapping[str, Leaf]:
    return {
        output.path: Leaf(
            output.content if isinstance(output.content, bytes) else output.content.encode(), links.add(output)
        )
        for output in outputs
    }
