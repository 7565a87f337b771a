"""Which sets of arguments can be accepted together: the extensions of a framework under a semantics.

*Grounded* (GR) is the least, *complete* (CO) any that is without conflict and contains just what it defends, *preferred* (PR) a largest of
those, *stable* (ST) one that attacks all it does not contain (Dung 1995, definitions 6-23). All agree on what the grounded labelling
decides; the rest falls apart into pieces that do not touch each other, and is searched piece by piece.
"""

from __future__ import annotations

import math
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from kb.abstract import grounded
from kb.abstract.attacks import IN, UNDECIDED, subgraph
from kb.abstract.solver import LabellingSearch
from kb.components import connected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.abstract.attacks import AttackGraph
    from kb.abstract.solver import Members

SEMANTICS = {"GR": "grounded", "CO": "complete", "PR": "preferred", "ST": "stable"}


class Extensions:
    """The extensions of a framework under one of the `SEMANTICS`."""

    def __init__(self, graph: AttackGraph, semantics: str) -> None:
        """Label what is decided, and take the rest apart."""
        labels = grounded.label(graph)
        self._decided = frozenset(number for number, label in enumerate(labels) if label == IN)
        undecided = [number for number, label in enumerate(labels) if label == UNDECIDED]
        self._components = (
            [] if semantics == "GR" else [_Component(graph, m, semantics) for m in _connected_groups(graph, undecided)]
        )

    def one(self) -> Members | None:
        """Some extension; only of the stable there may be none."""
        return self._join(piece.one for piece in self._components)

    def every(self) -> Iterator[Members]:
        """All extensions."""
        for chosen in product(*(piece.every for piece in self._components)):
            yield self._decided.union(*chosen)

    def count(self) -> int:
        """How many extensions there are."""
        return math.prod(len(piece.every) for piece in self._components)

    def with_(self, number: int) -> Members | None:
        """An extension that contains an argument: whether it is credulously accepted."""
        if number in self._decided:
            return self.one()
        if not any(number in piece for piece in self._components):
            return None
        return self._join(p.with_(number) if number in p else p.one for p in self._components)

    def without(self, number: int) -> Members | None:
        """An extension that does not contain an argument; if there is none, it is sceptically accepted."""
        if number in self._decided:
            return None
        return self._join(p.without(number) if number in p else p.one for p in self._components)

    def accepted(self) -> tuple[Members, Members] | None:
        """The arguments that are in some extension, and those that are in all; None if there is no extension."""
        if self.one() is None:
            return None
        some = self._decided.union(*(piece.credulous for piece in self._components))
        return some, self._decided.union(*(piece.sceptical for piece in self._components))

    def _join(self, chosen: Iterator[Members | None]) -> Members | None:
        whole = set(self._decided)
        for members in chosen:
            if members is None:
                return None
            whole |= members
        return frozenset(whole)


class _Component:
    """Undecided arguments that are connected by attacks, with numbers of their own."""

    def __init__(self, graph: AttackGraph, members: list[int], semantics: str) -> None:
        self.members = members
        self.index_of = {number: index for index, number in enumerate(members)}
        self.graph = subgraph(graph, members)
        self.semantics = semantics

    def __contains__(self, number: int) -> bool:
        return number in self.index_of

    def _search(self) -> LabellingSearch:
        return LabellingSearch(self.graph, stable=self.semantics == "ST")

    def _in_whole_graph(self, members: Iterable[int]) -> Members:
        """The same arguments by their numbers in the whole framework."""
        return frozenset(self.members[index] for index in members)

    def _find(self, search: LabellingSearch, inside: Iterable[int] = ()) -> Members | None:
        """An extension that has some arguments."""
        members = search.find(inside)
        return None if members is None else self._largest(search, members)

    @cached_property
    def one(self) -> Members | None:
        """Some extension; of the complete the one that leaves all of it undecided."""
        if self.semantics == "CO":
            return frozenset()
        members = self._find(self._search())
        return None if members is None else self._in_whole_graph(members)

    @cached_property
    def every(self) -> list[Members]:
        """All extensions."""
        search, extensions = self._search(), []
        while (members := self._find(search)) is not None:
            extensions.append(self._in_whole_graph(members))
            if self.semantics == "PR":
                search.forbid_within(members)
            else:
                search.forbid(members)
        return extensions

    def with_(self, number: int) -> Members | None:
        """An extension with an argument."""
        members = self._find(self._search(), [self.index_of[number]])
        return None if members is None else self._in_whole_graph(members)

    def without(self, number: int) -> Members | None:
        """An extension without an argument.

        A preferred one is found by candidates (counterexample-guided: Dvořák, Järvisalo, Wallner and Woltran 2014): a complete one
        without the argument that cannot be extended by it, or else is part of a preferred one that has it, and then of no interest.
        """
        if self.semantics == "CO":
            return frozenset()
        index = self.index_of[number]
        candidates = self._candidates(self._search(), index)
        return next((self._in_whole_graph(members) for members in candidates if index not in members), None)

    def _candidates(self, search: LabellingSearch, index: int) -> Iterator[Members]:
        """The extensions that come up while one without an argument is looked for; if there is one, it is the last."""
        while (members := search.find(outside=[index])) is not None:
            extended = search.find(inside=[*members, index]) if self.semantics == "PR" else None
            candidate = self._largest(search, members if extended is None else extended)
            yield candidate
            if extended is None:
                return
            search.forbid_within(candidate)

    @cached_property
    def credulous(self) -> Members:
        """What some extension has. Every complete extension is part of a preferred one: those have nothing more."""
        search, seen = self._search(), frozenset[int]()
        while (members := search.find_beyond(seen)) is not None:
            seen |= members
        return self._in_whole_graph(seen)

    @cached_property
    def sceptical(self) -> Members:
        """What all extensions have: of one of them, what no other lacks. What was met for one argument tells of the others, too."""
        if self.semantics == "CO":
            return frozenset()
        search, in_all = self._search(), set(self.one or ())
        for number in sorted(in_all):
            if number in in_all:
                for members in self._candidates(search, self.index_of[number]):
                    in_all &= self._in_whole_graph(members)
        return frozenset(in_all)

    def _largest(self, search: LabellingSearch, members: Members) -> Members:
        """The extension that a labelling is, or is a part of."""
        return search.grow(members) if self.semantics == "PR" else members


def _connected_groups(graph: AttackGraph, members: list[int]) -> list[list[int]]:
    """Arguments in groups that are connected by attacks among them."""
    neighbours: dict[int, list[int]] = {number: [] for number in members}
    for number in members:
        for attacker in graph.attackers[number]:
            if attacker in neighbours:
                neighbours[number].append(attacker)
                neighbours[attacker].append(number)
    seen: set[int] = set()
    groups = (connected(neighbours, number, seen) for number in members)
    return [sorted(group) for group in groups if group]
