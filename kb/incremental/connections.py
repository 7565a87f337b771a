"""Which nodes bear on each other: those that name one another or the same third, near or far."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kb.debate import Debate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kb.model import Node


def named(node: Node) -> Iterator[str]:
    """What a node calls itself and its relations, and all the ids it names, whether or not there are such nodes."""
    yield node.id
    for relation in node.relations:
        if "->" in relation.to:
            yield from (end.strip() for end in relation.to.split("->"))
        else:
            yield relation.to
        if relation.id is not None:
            yield relation.id
        yield from relation.premises
    for premise in node.premises:
        yield premise.id


def connected(debate: Debate, names: Iterable[str]) -> Debate:
    """The part of a debate that bears on these names: all nodes connected with them, and all other records."""
    naming = _naming(debate.nodes.values())
    waiting = [name for name in names if name in naming]
    seen = set(waiting)
    found: set[str] = set()
    while waiting:
        for node_id in naming[waiting.pop()]:
            if node_id not in found:
                found.add(node_id)
                for name in named(debate.nodes[node_id]):
                    if name not in seen:
                        seen.add(name)
                        waiting.append(name)
    return Debate(
        settings=debate.settings,
        nodes={node_id: debate.nodes[node_id] for node_id in sorted(found)},
        sources=debate.sources,
        participants=debate.participants,
        terms=debate.terms,
        topics=debate.topics,
        rejected=debate.rejected,
    )


def _naming(nodes: Iterable[Node]) -> Mapping[str, list[str]]:
    """The nodes that use each name."""
    found: dict[str, list[str]] = defaultdict(list)
    for node in nodes:
        for name in named(node):
            found[name].append(node.id)
    return found
