"""What is remembered of the site that was built last: which pages were made of which parts of the debate, and that nobody touched them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from kb.caching.signed import Signed
from kb.reading.files import Stamp

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Leaf(NamedTuple):
    """A page as it was written, and the anchors that links to it may use."""

    stamp: Stamp
    anchors: frozenset[str]


class Sheaf(NamedTuple):
    """The pages that were made of a part of the debate, and where their links lead."""

    leaves: Mapping[str, Leaf]
    leads: frozenset[str]


class Built(NamedTuple):
    """A site as it was built: where, by what all its pages depend on, and its pages by the marks of the parts they were made of."""

    target: str
    shared: str
    sheaves: Mapping[str, Sheaf]


class Shelf:
    """Where that is kept: in `.kb-cache/`, signed."""

    def __init__(self, claims: Path, key_file: Path) -> None:
        self._file = Signed(claims, "site", key_file)

    def read(self) -> Built | None:
        """The site that was built last, if what is said of it can be believed."""
        raw = self._file.read()
        if raw is None:
            return None
        target, shared, alike, sheaves = json.loads(raw)
        anchors = [frozenset(one) for one in alike]
        found = {
            mark: Sheaf({path: Leaf(Stamp(*stamp), anchors[kind]) for path, kind, stamp in leaves}, frozenset(leads))
            for mark, leaves, leads in sheaves
        }
        return Built(target, shared, found)

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
        told = built.target, built.shared, [sorted(anchors) for anchors in kinds], sheaves
        self._file.write([json.dumps(told).encode("ascii")])
