"""A site put together from what its makers yield: what is as it was is kept, all else is made again, and every link is followed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kb.caching.shelf import Gathered
from kb.memory import mark
from kb.publishing.links import NO_ANCHORS, Bundle, Links, Output, Quire, Stream

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence


class Bound(NamedTuple):
    """Files that were made of the same: of each, by path, the anchors that links to it may use, and where their links lead that lead to others."""

    anchors: Mapping[str, frozenset[str]]
    leads: Sequence[str]


class Binder(ABC):
    """A build in progress."""

    def __init__(self, quires: Mapping[str, Gathered], links: Links) -> None:
        """Begin, with the lists that were gathered the last time; no link is known yet."""
        self.links = links
        self.bound: dict[str, Bound] = {}
        """What need not be made again as long as its mark is the same."""
        self.stayed: set[str] = set()
        """The marks of what was not made again."""
        self.quires: dict[str, Gathered] = {}
        self._gathered = quires

    @abstractmethod
    def file(self, path: str) -> bytes | None:
        """A file as it was the last time, if nobody touched it."""

    @abstractmethod
    def known(self, name: str) -> Bound | None:
        """What was bound under a mark the last time, if nobody touched it."""

    @abstractmethod
    def keep(self, paths: Collection[str]) -> None:
        """Leave files as they are."""

    @abstractmethod
    def put(self, found: Output | Stream) -> None:
        """A file that is new, or may be."""

    def take(self, found: Output | Stream | Bundle | Quire) -> None:
        """Whatever makers yield."""
        if isinstance(found, Quire):
            self._gather(found)
        elif isinstance(found, Bundle):
            self._bind(found)
        elif isinstance(found, Stream):
            self.put(found)
            self.links.keep(found.path, NO_ANCHORS)
        else:
            self.links.add(self._put(found))

    def _put(self, output: Output) -> Output:
        self.put(output)
        return output

    def _bind(self, bundle: Bundle) -> str:
        known = self.known(bundle.mark)
        if known is None:
            self._anew(bundle.mark, bundle.make())
        else:
            self._again(bundle.mark, known)
        return bundle.mark

    def _anew(self, name: str, outputs: Iterable[Output]) -> str:
        self.bound[name] = Bound(*self.links.among(map(self._put, outputs)))
        return name

    def _again(self, name: str, known: Bound) -> None:
        self.keep(known.anchors)
        self.links.again(known.anchors, known.leads)
        self.bound[name] = known
        self.stayed.add(name)

    def _gather(self, quire: Quire) -> Gathered:
        gathered = self._gathered.get(quire.mark)
        known = [] if gathered is None else [(name, self.known(name)) for name in gathered.marks]
        there = [(name, one) for name, one in known if one is not None]
        if (
            gathered is not None
            and len(there) == len(known)
            and quire.words(_leads(there), gathered.words) == gathered.words
        ):
            for name, one in there:
                self._again(name, one)
            self.quires |= {name: self._gathered[name] for name in gathered.inner}
        else:
            marks, inner = list[str](), list[str]()
            for found in quire.make():
                if isinstance(found, Quire):
                    inner.append(found.mark)
                    marks += self._gather(found).marks
                elif isinstance(found, Bundle):
                    marks.append(self._bind(found))
                else:  # its mark tells nothing of its words: it is made whenever its quire is
                    marks.append(self._anew(mark((quire.mark, found.path)), [found]))
            gathered = Gathered(marks, quire.words(_leads((name, self.bound[name]) for name in marks), None), inner)
        self.quires[quire.mark] = gathered
        return gathered


def _leads(bound: Iterable[tuple[str, Bound]]) -> Iterable[str]:
    return chain.from_iterable(one.leads for _, one in bound)
