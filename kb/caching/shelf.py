"""What is remembered of the site that was built last: which pages were made of which parts of the debate, and that nobody touched them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from kb.caching.signed import Signed
from kb.reading.files import Stamp

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kb.parted import Told


class Leaf(NamedTuple):
    """A page as it was written, and the anchors that links to it may use."""

    stamp: Stamp
    anchors: frozenset[str]


class Sheaf(NamedTuple):
    """The pages that were made of a part of the debate, and where their links lead."""

    leaves: Mapping[str, Leaf]
    leads: frozenset[str]


class Built(NamedTuple):
    """A site as it was built: where, of what, by what all its pages depend on, and by the marks of the parts they were made of its pages."""

    target: str
    whole: str
    """What tells all that it was made of from what else that could be."""
    shared: str
    sheaves: Mapping[str, Sheaf]
    rest: Mapping[str, Stamp]
    """All other files of it."""
    told: Mapping[str, Told]
    """What there was to say of each part of the debate."""

    @property
    def stamps(self) -> dict[str, Stamp]:
        """Every file of it, as it was written."""
        return {path: leaf.stamp for sheaf in self.sheaves.values() for path, leaf in sheaf.leaves.items()} | {
            **self.rest
        }


class Shelf:
    """Where that is kept: in `.kb-cache/`, signed."""

    def __init__(self, claims: Path, key_file: Path) -> None:
        self._file = Signed(claims, "site", key_file)

    def read(self) -> Built | None:
        """The site that was built last, if what is said of it can be believed."""
        raw = self._file.read()
        if raw is None:
            return None
        target, whole, shared, alike, sheaves, rest, told = json.loads(raw)
        anchors = [frozenset(one) for one in alike]
        found = {
            mark: Sheaf({path: Leaf(Stamp(*stamp), anchors[kind]) for path, kind, stamp in leaves}, frozenset(leads))
            for mark, leaves, leads in sheaves
        }
        return Built(target, whole, shared, found, {path: Stamp(*stamp) for path, stamp in rest.items()}, told)

    def write(self, built: Built) -> None:
        """Remember this site from now on."""
        kinds: dict[frozenset[str], int] = {}
        sheaves = [
            (
                mark,
                [(path, kinds.setdefault(leaf.anchors, len(kinds)), leaf.stamp) for path, leaf in sheaf.leaves.items()],
                sorted(sheaf.leads),
            )
            for mark, sheaf in built.sheaves.items()
        ]
        alike = [sorted(anchors) for anchors in kinds]
        told = built.target, built.whole, built.shared, alike, sheaves, built.rest, built.told
        self._file.write([json.dumps(told).encode("ascii")])
