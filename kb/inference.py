"""Steps of the debate: every relation that is for or against something, with its premises; and what an undercut may call it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.vocabulary import AGAINST, ARGUMENT, FOR, RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kb.model import Node, Relation


@dataclass(frozen=True, slots=True)
class Inference:
    """A step of the debate: premises that together are for or against a target.

    Every support, attack, undercut and contradiction is one, and every argument node. `target` is a node, or for an
    undercut the index of the inference it denies.
    """

    index: int
    kind: str
    premises: tuple[str, ...]
    target: str
    undercut: int | None
    relation: Relation
    argument: str | None = None

    @property
    def node(self) -> str:
        """The node that it is written on."""
        return self.relation.node

    @property
    def name(self) -> str:
        """How an undercut may name it: its id, the argument, or `X -> Y`."""
        return self.relation.id or self.argument or f"{self.relation.node} -> {self.relation.to}"


def find_inferences(nodes: Mapping[str, Node]) -> tuple[tuple[Inference, ...], Mapping[int, int], StepIndex]:
    """All inferences of a debate, undercuts resolved; the index of the one each relation makes, by its identity; their names."""
    inferences: list[Inference] = []
    waiting: list[tuple[Relation, tuple[str, ...], str | None]] = []
    by_relation: dict[int, int] = {}
    for _, node in sorted(nodes.items()):  # of reasons that are as good the first is told: it is so by the ids
        for relation in node.relations:
            kind = RELATIONS[relation.kind]
            if kind.polarity not in {FOR, AGAINST}:
                continue
            argument = node.id if node.kind == ARGUMENT and not kind.symmetric else None
            premises = _premises(node, relation, nodes, argument)
            if relation.kind == "undercuts":
                waiting.append((relation, premises, argument))
            elif relation.to in nodes:
                by_relation[id(relation)] = len(inferences)
                inferences.append(
                    Inference(len(inferences), relation.kind, premises, relation.to, None, relation, argument)
                )
    names = StepIndex(inferences)
    _resolve_undercuts(inferences, waiting, by_relation, names)
    return tuple(inferences), by_relation, names


def _premises(node: Node, relation: Relation, nodes: Mapping[str, Node], argument: str | None) -> tuple[str, ...]:
    """What carries a step: the node with its linked premises, or the premises of an argument."""
    if argument is not None:
        return tuple(dict.fromkeys(p.id for p in node.premises if p.id in nodes and p.id != argument))
    linked = (p for p in relation.premises if p in nodes and p != node.id)
    return (node.id, *dict.fromkeys(linked))


def _resolve_undercuts(
    inferences: list[Inference],
    waiting: list[tuple[Relation, tuple[str, ...], str | None]],
    by_relation: dict[int, int],
    names: StepIndex,
) -> None:
    """Add undercuts in rounds: an undercut of an undercut can be placed once its target is."""
    while waiting:
        later = []
        for relation, premises, argument in waiting:
            matches = names.matches(relation.to)
            if len(matches) != 1:
                later.append((relation, premises, argument))
                continue
            target = inferences[matches[0]]
            inference = Inference(
                len(inferences), relation.kind, premises, target.target, target.index, relation, argument
            )
            by_relation[id(relation)] = inference.index
            inferences.append(inference)
            names.add(inference)
        if len(later) == len(waiting):
            break
        waiting = later


class StepIndex:
    """Finds inferences by what an undercut may call them."""

    def __init__(self, inferences: Iterable[Inference]) -> None:
        self._by_name: dict[str, list[int]] = defaultdict(list)
        for inference in inferences:
            self.add(inference)

    def add(self, inference: Inference) -> None:
        """Index one inference under its id, its argument, and `X -> Y` for each premise X."""
        names = []
        if inference.relation.id:
            names.append(inference.relation.id)
        if inference.argument:
            names.append(inference.argument)
        starts = (inference.node, *inference.premises)
        names.extend(f"{start} -> {inference.relation.to}" for start in dict.fromkeys(starts))
        if inference.kind == "contradicts":
            names.append(f"{inference.relation.to} -> {inference.node}")
        for name in names:
            self._by_name[name].append(inference.index)

    def matches(self, name: str) -> tuple[int, ...]:
        """Indexes of the inferences that a target can mean."""
        return tuple(self._by_name.get(name, ()))
