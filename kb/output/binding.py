"""A site put together from what its makers yield: what has not changed is kept, all else is made again, and every link is followed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kb.caching.shelf import Gathered
from kb.memory import mark
from kb.output.links import NO_ANCHORS, Bundle, Links, Output, Quire, Stream

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence


class Bound(NamedTuple):
    """The files of one bundle: by path the anchors that links to a file may use, and where the links lead that leave the bundle."""

    anchors: Mapping[str, frozenset[str]]
    leads: Sequence[str]


class Binder(ABC):
    """A build in progress."""

    def __init__(self, quires: Mapping[str, Gathered], links: Links) -> None:
        """Begin a build; `quires` has by mark the lists that the last build gathered."""
        self.links = links
        self.bound: dict[str, Bound] = {}
        """By mark the files that need not be made again as long as it is the same."""
        self.stayed: set[str] = set()
        """The marks of what was not made again."""
        self.quires: dict[str, Gathered] = {}
        self._gathered = quires

    @abstractmethod
    def file(self, path: str) -> bytes | None:
        """A file as the last build left it, or None if it made none or somebody touched it."""

    @abstractmethod
    def known(self, name: str) -> Bound | None:
        """The files that the last build made under a mark, or None if it made none or somebody touched them."""

    @abstractmethod
    def keep(self, paths: Collection[str]) -> None:
        """Leave files as they are."""

    @abstractmethod
    def put(self, found: Output | Stream) -> None:
        """Write a file that may differ from what is there."""

    def take(self, found: Output | Stream | Bundle | Quire) -> None:
        """Take in what a maker yields: a file or several, made now or only where they may have changed."""
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
        there = [(name, bound) for name, bound in known if bound is not None]
        if (
            gathered is not None
            and len(there) == len(known)
            and quire.words(_leads(there), gathered.words) == gathered.words
        ):
            for name, bound in there:
                self._again(name, bound)
            self.quires |= {name: self._gathered[name] for name in gathered.inner}
        else:
            marks, inner = list[str](), list[str]()
            for found in quire.make():
                if isinstance(found, Quire):
                    inner.append(found.mark)
                    marks += self._gather(found).marks
                elif isinstance(found, Bundle):
                    marks.append(self._bind(found))
                else:  # this mark does not change with the words: the file is made whenever its quire is
                    marks.append(self._anew(mark((quire.mark, found.path)), [found]))
            gathered = Gathered(marks, quire.words(_leads((name, self.bound[name]) for name in marks), None), inner)
        self.quires[quire.mark] = gathered
        return gathered


def _leads(named: Iterable[tuple[str, Bound]]) -> Iterable[str]:
    return chain.from_iterable(bound.leads for _, bound in named)
