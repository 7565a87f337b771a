"""Walks over a graph without recursion: what leads to each other, and how deep each node lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def components(graph: Mapping[str, Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    """Sets of nodes that reach each other, each set after all it leads to (Tarjan 1972, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    waiting: list[str] = []
    on_stack: set[str] = set()
    found: list[tuple[str, ...]] = []
    for start in graph:
        if start in index:
            continue
        work: list[tuple[str, Iterator[str]]] = [_visit(start, graph, index, low, waiting, on_stack)]
        while work:
            node, targets = work[-1]
            following = next((t for t in targets if t not in index or t in on_stack), None)
            if following is None:
                work.pop()
                if work:
                    parent = work[-1][0]
                    low[parent] = min(low[parent], low[node])
                if low[node] == index[node]:
                    found.append(_close(node, waiting, on_stack))
            elif following in index:
                low[node] = min(low[node], index[following])
            else:
                work.append(_visit(following, graph, index, low, waiting, on_stack))
    return tuple(found)


def _visit(
    node: str,
    graph: Mapping[str, Iterable[str]],
    index: dict[str, int],
    low: dict[str, int],
    waiting: list[str],
    on_stack: set[str],
) -> tuple[str, Iterator[str]]:
    """Number a node and start on what it leads to."""
    index[node] = low[node] = len(index)
    waiting.append(node)
    on_stack.add(node)
    return node, iter(graph[node])


def _close(root: str, waiting: list[str], on_stack: set[str]) -> tuple[str, ...]:
    """Take a finished component off the stack."""
    members = []
    while True:
        member = waiting.pop()
        on_stack.discard(member)
        members.append(member)
        if member == root:
            return tuple(sorted(members))


def depths(graph: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """The length of the longest path from each node, loops cut: a response lies deeper than what it responds to."""
    found: dict[str, int] = {}
    for start in graph:
        if start in found:
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
                found[node] = best.pop(node)
                if work:
                    parent = work[-1][0]
                    best[parent] = max(best[parent], found[node] + 1)
            elif following in found:
                best[node] = max(best[node], found[following] + 1)
            else:
                path.add(following)
                best[following] = 0
                work.append((following, iter(graph[following])))
    return found
