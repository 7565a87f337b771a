"""A site put together from what its makers yield: what is as it was is kept, all else is made again, and every link is followed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from itertools import chain
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from kb.caching.shelf import Gathered
from kb.memory import mark
from kb.publishing.links import Bundle, Links, Output, Quire, Stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class Bound(Protocol):
    """Files that were made of the same."""

    @property
    def anchors(self) -> Mapping[str, frozenset[str]]:
        """Of each file, by path, the anchors that links to it may use."""

    @property
    def leads(self) -> Sequence[str]:
        """Where their links lead that lead to others."""


Known = TypeVar("Known", bound=Bound)


class Binder(ABC, Generic[Known]):
    """A build in progress."""

    def __init__(self, quires: Mapping[str, Gathered]) -> None:
        """Begin, with the lists that were gathered the last time."""
        self.links = Links()
        self.bound: dict[str, Known] = {}
        """What need not be made again as long as its mark is the same."""
        self.quires: dict[str, Gathered] = {}
        self._gathered = quires

    @abstractmethod
    def file(self, path: str) -> bytes | None:
        """A file as it was the last time, if nobody touched it."""

    @abstractmethod
    def known(self, name: str) -> Known | None:
        """What was bound under a mark the last time, if nobody touched it."""

    @abstractmethod
    def keep(self, known: Known) -> None:
        """Leave files as they are."""

    @abstractmethod
    def made(self, outputs: Iterable[Output]) -> Known:
        """Files that are new, or may be."""

    @abstractmethod
    def put(self, found: Output | Stream) -> None:
        """A file that is made each time."""

    def take(self, found: Output | Stream | Bundle | Quire) -> None:
        """Whatever makers yield."""
        if isinstance(found, Quire):
            self._gather(found)
        elif isinstance(found, Bundle):
            self._bind(found)
        else:
            self.put(found)

    def _bind(self, bundle: Bundle) -> str:
        known = self.known(bundle.mark)
        if known is None:
            self.bound[bundle.mark] = self.made(bundle.make())
        else:
            self._again(bundle.mark, known)
        return bundle.mark

    def _again(self, name: str, known: Known) -> None:
        self.keep(known)
        self.links.again(known.anchors, known.leads)
        self.bound[name] = known

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
                else:
                    marks.append(self._bind(found) if isinstance(found, Bundle) else self._anew(quire, found))
            gathered = Gathered(marks, quire.words(_leads((name, self.bound[name]) for name in marks), None), inner)
        self.quires[quire.mark] = gathered
        return gathered

    def _anew(self, quire: Quire, output: Output) -> str:
        """A file that is made whenever its quire is, under a mark that tells nothing of its words."""
        name = mark((quire.mark, output.path))
        self.bound[name] = self.made([output])
        return name


def _leads(bound: Iterable[tuple[str, Bound]]) -> Iterable[str]:
    return chain.from_iterable(one.leads for _, one in bound)
