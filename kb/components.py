"""Walks over a graph without recursion: what leads to each other, what hangs together, and how deep each node lies."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

Name = TypeVar("Name", str, int)
"""What nodes are called."""


def components(graph: Mapping[Name, Iterable[Name]]) -> tuple[tuple[Name, ...], ...]:
    """Sets of nodes that reach each other, each set after all it leads to.

    Most debates have no circles, and then an order of the nodes is all there is to find.
    """
    try:
        return tuple((node,) for node in TopologicalSorter(graph).static_order())
    except CycleError:
        return _components_with_circles(graph)


def _components_with_circles(graph: Mapping[Name, Iterable[Name]]) -> tuple[tuple[Name, ...], ...]:
    """The same where some nodes do reach each other."""
    import networkx as nx  # noqa: PLC0415 - costs more to load than most debates cost to evaluate

    condensation = nx.condensation(nx.DiGraph({node: list(ends) for node, ends in graph.items()}))
    order = reversed(list(nx.lexicographical_topological_sort(condensation)))
    return tuple(tuple(sorted(condensation.nodes[number]["members"])) for number in order)


def leaders(nodes: Iterable[str], pairs: Iterable[tuple[str, str]], rank: Callable[[str], int]) -> dict[str, str]:
    """For each node the first, by rank, of those that pairs join it with."""
    leader = {node: node for node in nodes}

    def find(node: str) -> str:
        while leader[node] != node:
            leader[node] = leader[leader[node]]
            node = leader[node]
        return node

    joined = False
    for one, other in pairs:
        first, second = sorted((find(one), find(other)), key=rank)
        leader[second] = first
        joined = True
    return {node: find(node) for node in leader} if joined else leader


def connected(neighbours: Mapping[Name, Iterable[Name]], start: Name, seen: set[Name]) -> list[Name]:
    """Everything connected with a node and not seen yet, now seen."""
    if start in seen:
        return []
    seen.add(start)
    group = [start]
    for node in group:
        for other in neighbours.get(node, ()):
            if other not in seen:
                seen.add(other)
                group.append(other)
    return group


def depths(graph: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """The length of the longest path from each node, loops cut: a response lies deeper than what it responds to."""
    depths: dict[str, int] = {}
    for start in graph:
        if start in depths:
            continue
        path = {start}
        work: list[tuple[str, Iterator[str]]] = [(start, iter(graph[start]))]
        best = {start: 0}
        while work:
            node, targets = work[-1]
            following = next((t for t in targets if t not in path), None)
            if following is None:
                work.pop()
                path.discard(node)
                depths[node] = best.pop(node)
                if work:
                    parent = work[-1][0]
                    best[parent] = max(best[parent], depths[node] + 1)
            elif following in depths:
                best[node] = max(best[node], depths[following] + 1)
            else:
                path.add(following)
                best[following] = 0
                work.append((following, iter(graph[following])))
    return depths
