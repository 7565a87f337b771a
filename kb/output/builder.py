"""A site put together from what its makers yield: what has not changed is kept, all else is made again, and every link is followed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kb.caching.shelf import GroupRecord
from kb.memory import mark
from kb.output.links import NO_ANCHORS, Bundle, Links, ListGroup, Output, Stream

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence


class BundleLinks(NamedTuple):
    """The files of one bundle: for each the anchors that links to it may use, and where the links lead that leave the bundle."""

    paths: Collection[str]
    anchors: Sequence[frozenset[str]]
    """In the order of the paths."""
    targets: Sequence[str]


class Builder(ABC):
    """A build in progress."""

    def __init__(self, groups: Mapping[str, GroupRecord], links: Links) -> None:
        """Begin a build; `groups` has by mark the groups of lists that the last build made."""
        self.links = links
        self.bundles: dict[str, BundleLinks] = {}
        """By mark the files that need not be made again as long as it is the same."""
        self.kept: set[str] = set()
        """The marks of bundles that were not made again."""
        self.groups: dict[str, GroupRecord] = {}
        self._groups_before = groups

    @abstractmethod
    def file(self, path: str) -> bytes | None:
        """A file as the last build left it, or None if it made none or somebody touched it."""

    @abstractmethod
    def known(self, name: str) -> BundleLinks | None:
        """The files that the last build made under a mark, or None if it made none or somebody touched them."""

    @abstractmethod
    def keep(self, paths: Collection[str]) -> None:
        """Leave files as they are."""

    @abstractmethod
    def put(self, output: Output | Stream) -> None:
        """Write a file that may differ from what is there."""

    def take(self, item: Output | Stream | Bundle | ListGroup) -> None:
        """Take in what a maker yields: a file or several, made now or only where they may have changed."""
        if isinstance(item, ListGroup):
            self._take_group(item)
        elif isinstance(item, Bundle):
            self._take_bundle(item)
        elif isinstance(item, Stream):
            self.put(item)
            self.links.keep(item.path, NO_ANCHORS)
        else:
            self.links.add(self._put(item))

    def _put(self, output: Output) -> Output:
        self.put(output)
        return output

    def _take_bundle(self, bundle: Bundle) -> str:
        known = self.known(bundle.mark)
        if known is None:
            self._make_bundle(bundle.mark, bundle.make())
        else:
            self._keep_bundle(bundle.mark, known)
        return bundle.mark

    def _make_bundle(self, name: str, outputs: Iterable[Output]) -> str:
        anchors, targets = self.links.add_together(map(self._put, outputs))
        self.bundles[name] = BundleLinks(tuple(anchors), tuple(anchors.values()), targets)
        return name

    def _keep_bundle(self, name: str, known: BundleLinks) -> None:
        self.keep(known.paths)
        self.links.add_unchanged(dict(zip(known.paths, known.anchors, strict=True)), known.targets)
        self.bundles[name] = known
        self.kept.add(name)

    def _take_group(self, group: ListGroup) -> GroupRecord:
        record = self._groups_before.get(group.mark)
        unchanged = None if record is None else self._unchanged(group, record)
        if record is None or unchanged is None:
            record = self._make_group(group)
        else:
            for name, known in unchanged.items():
                self._keep_bundle(name, known)
            self.groups |= {name: self._groups_before[name] for name in record.inner}
        self.groups[group.mark] = record
        return record

    def _unchanged(self, group: ListGroup, record: GroupRecord) -> Mapping[str, BundleLinks] | None:
        """The bundles of a group by mark, if none of its lists would come out otherwise than last time; else None."""
        known_bundles = {name: known for name in record.bundles if (known := self.known(name)) is not None}
        is_same = (
            len(known_bundles) == len(record.bundles)
            and group.words(_targets(known_bundles.values()), record.words) == record.words
        )
        return known_bundles if is_same else None

    def _make_group(self, group: ListGroup) -> GroupRecord:
        bundles, inner = list[str](), list[str]()
        for item in group.make():
            if isinstance(item, ListGroup):
                inner.append(item.mark)
                bundles += self._take_group(item).bundles
            elif isinstance(item, Bundle):
                bundles.append(self._take_bundle(item))
            else:  # this mark does not change with the words: the file is made whenever its group is
                bundles.append(self._make_bundle(mark((group.mark, item.path)), [item]))
        return GroupRecord(bundles, group.words(_targets(self.bundles[name] for name in bundles), None), inner)


def _targets(bundles: Iterable[BundleLinks]) -> Iterable[str]:
    return chain.from_iterable(bundle.targets for bundle in bundles)
