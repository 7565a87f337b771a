"""An abstract argumentation framework: arguments, and which of them attack which (Dung 1995, definition 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

IN, OUT, UNDECIDED = "in", "out", "undecided"
"""The labels of arguments (Caminada 2006)."""


class AttackGraph(NamedTuple):
    """Arguments by name in the order given, and of each the numbers of those that attack it, each once and ascending."""

    names: tuple[str, ...]
    attackers: tuple[tuple[int, ...], ...]


def attack_graph(names: Sequence[str], pairs: Iterable[tuple[int, int]]) -> AttackGraph:
    """A framework from pairs of numbers, from 0: who attacks, who is attacked. A pair given twice is one attack."""
    attackers: list[set[int]] = [set() for _ in names]
    for attacker, target in pairs:
        attackers[target].add(attacker)
    return AttackGraph(tuple(names), tuple(tuple(sorted(graph)) for graph in attackers))


def subgraph(graph: AttackGraph, members: Iterable[int]) -> AttackGraph:
    """The framework of some arguments alone, in their order; attacks from others are left out."""
    kept = sorted(members)
    place = {number: index for index, number in enumerate(kept)}
    attackers = tuple(tuple(place[a] for a in graph.attackers[number] if a in place) for number in kept)
    return AttackGraph(tuple(graph.names[number] for number in kept), attackers)
