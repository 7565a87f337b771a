"""The files of a site in memory: with each save only those are made again that are made of something else than before, as `kb build` does."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.incremental.parts import parted
from kb.memory import undisturbed
from kb.publish import shared_by
from kb.publishing.links import Bundle, Links
from kb.publishing.sheets import shortfalls
from kb.site import Site, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kb.debate import Debate
    from kb.incremental.parts import Parts
    from kb.parted import Told
    from kb.publishing.links import Output
    from kb.publishing.theme import Theme


class Leaf(NamedTuple):
    """A file, and the anchors that links to it may use."""

    content: bytes
    anchors: frozenset[str]


class Sheaf(NamedTuple):
    """Files that are made of the same, by path, and where their links lead that lead to others."""

    leaves: Mapping[str, Leaf]
    leads: frozenset[str]


class Rebuilt(NamedTuple):
    """A site, and what is to be said of maps that are drawn otherwise than they should be, a line each."""

    files: Mapping[str, bytes]
    shortfalls: tuple[str, ...]


class Rebuilder:
    """Remembers the last site, and what there was to say of each part of its debate."""

    def __init__(self) -> None:
        self._shared = ""
        self._sheaves: Mapping[str, Sheaf] = {}
        self._files: Mapping[str, bytes] = {}
        self._told: Mapping[str, Told] = {}
        self._told_jointly: Told = {}

    def site(self, debate: Debate, theme: Theme, parts: Parts) -> Rebuilt:
        """All files of a site by path, every link followed; the same as if none was remembered."""
        shared = shared_by(theme, parts)
        if shared != self._shared:
            self._sheaves, self._files, self._told, self._told_jointly = {}, {}, {}, {}
        site = Site(parted(debate, parts.marks, self._told, self._told_jointly), theme)
        work = _Work(self._sheaves if not theme.templates else {})
        with undisturbed():
            for found in site.files(self._files.get):
                if isinstance(found, Bundle):
                    work.bind(found)
                else:
                    work.add(whole(found))
            work.add(site.last(list(work.found)))
        work.links.check()
        self._shared, self._sheaves, self._files = shared, work.sheaves, work.found
        self._told, self._told_jointly = site.debate.told, site.debate.told_jointly
        return Rebuilt(work.found, tuple(shortfalls(site.debate)))


class _Work:
    """A site that is being put together."""

    def __init__(self, known: Mapping[str, Sheaf]) -> None:
        self.known = known
        self.links = Links()
        self.found: dict[str, bytes] = {}
        self.sheaves: dict[str, Sheaf] = {}

    def bind(self, bundle: Bundle) -> None:
        """The files with a mark: those that are known, else new ones."""
        sheaf = self.known.get(bundle.mark)
        if sheaf is None:
            made = list(bundle.make())
            anchors, leads = self.links.among(made)
            sheaf = Sheaf({output.path: Leaf(output.raw, anchors[output.path]) for output in made}, leads)
        else:
            self.links.again({path: leaf.anchors for path, leaf in sheaf.leaves.items()}, sheaf.leads)
        self.found |= {path: leaf.content for path, leaf in sheaf.leaves.items()}
        self.sheaves[bundle.mark] = sheaf

    def add(self, outputs: Iterable[Output]) -> None:
        """Files that are made each time."""
        for output in outputs:
            self.links.add(output)
            self.found[output.path] = output.raw
