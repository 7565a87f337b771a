"""What is remembered of the site that was built last: which of its files were made of what, and that nobody touched them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from kb.caching.signed import Signed
from kb.reading.files import Stamp

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from kb.parted import Told, ToldJointly


class Leaf(NamedTuple):
    """A page as it was written, and the anchors that links to it may use."""

    stamp: Stamp
    anchors: frozenset[str]


class Sheaf(NamedTuple):
    """Files that were made of the same, by path, and where their links lead that lead to others."""

    leaves: Mapping[str, Leaf]
    leads: frozenset[str]


class Gathered(NamedTuple):
    """Lists that were made together: the marks of what they consist of, and what told the words on them from others."""

    marks: Sequence[str]
    words: str


class Built(NamedTuple):
    """A site as it was built: where, of what, by what all its pages depend on, and the files that came in bundles by their marks."""

    target: str
    whole: str
    """What tells all that it was made of from what else that could be."""
    shared: str
    sheaves: Mapping[str, Sheaf]
    quires: Mapping[str, Gathered]
    """Lists that were made together, by the mark of all of them."""
    rest: Mapping[str, Stamp]
    """All other files of it."""
    told: Mapping[str, Told]
    """What there was to say of each part of the debate."""
    told_jointly: ToldJointly
    """What there was to say of several together."""

    @property
    def stamps(self) -> dict[str, Stamp]:
        """Every file of it, as it was written."""
        return {path: leaf.stamp for sheaf in self.sheaves.values() for path, leaf in sheaf.leaves.items()} | {
            **self.rest
        }


class Shelf:
    """Where that is kept: in `.kb-cache/`, signed."""

    def __init__(self, claims: Path, key_file: Path) -> None:
        self._file = Signed.beside(claims, "site", key_file)

    def read(self) -> Built | None:
        """The site that was built last, if what is said of it can be believed."""
        raw = self._file.read()
        if raw is None:
            return None
        head, *rows = map(json.loads, raw.splitlines())
        target, whole, shared, quires, rest, alike, told_jointly, count = head
        anchors = [frozenset(one) for one in alike]
        sheaves = {
            mark: Sheaf({path: Leaf(Stamp(*stamp), anchors[kind]) for path, kind, stamp in leaves}, frozenset(leads))
            for mark, leaves, leads in rows[:count]
        }
        return Built(
            target,
            whole,
            shared,
            sheaves,
            {mark: Gathered(*gathered) for mark, gathered in quires.items()},
            {path: Stamp(*stamp) for path, stamp in rest.items()},
            dict(rows[count:]),
            told_jointly,
        )

    def write(self, built: Built) -> None:
        """Remember this site from now on."""
        self._file.write(f"{json.dumps(row)}\n".encode("ascii") for row in _rows(built))


def _rows(built: Built) -> Iterator[object]:
    """A site in pieces, since it may be large: what it is, then its sheaves, then what was told of its parts."""
    kinds: dict[frozenset[str], int] = {}
    for sheaf in built.sheaves.values():
        for leaf in sheaf.leaves.values():
            kinds.setdefault(leaf.anchors, len(kinds))
    alike = [sorted(anchors) for anchors in kinds]
    about = built.target, built.whole, built.shared, built.quires, built.rest
    yield *about, alike, built.told_jointly, len(built.sheaves)
    for mark, sheaf in built.sheaves.items():
        leaves = [(path, kinds[leaf.anchors], leaf.stamp) for path, leaf in sheaf.leaves.items()]
        yield mark, leaves, sorted(sheaf.leads)
    yield from built.told.items()
