"""Debates of a few nodes, made without files: every small one, and random ones for tests of properties."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from kb.debate import Debate
from kb.model import Citation, Node, Participant, Passage, Premise, Relation, Settings, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

PEOPLE = ("ann", "bob", "cleo")
ACTS = ("concedes", "retracts", "disowns", "dissolves")


def debate_of(nodes: Sequence[Node], *, order: Sequence[int] | None = None) -> Debate:
    """A debate in which each node cites a passage of its own, spoken by its `by`; `order` is the order of passages."""
    passages = tuple(Passage(id=f"p{k}", by=nodes[k].by) for k in (order or range(len(nodes))))
    return Debate(
        settings=Settings(title="A small debate"),
        nodes={n.id: n for n in sorted(nodes, key=lambda n: n.id)},
        sources={"talk": Source(id="talk", title="Talk", passages=passages)},
        participants={p: Participant(id=p, name=p.title()) for p in PEOPLE},
        terms={},
        topics={},
    )


def node(number: int, by: str, kind: str = "claim", **fields: object) -> Node:
    """A node named by its number, said by one participant; if by nobody, it is the record's."""
    cited = (Citation("talk", f"p{number}"),) if by else ()
    return Node(id=f"n{number}", kind=kind, text=f"Point {number}.", by=(by,) if by else (), citations=cited, **fields)  # type: ignore[arg-type] # fields of a node


def with_relations(nodes: Iterable[Node], relations: Mapping[int, Sequence[Relation]]) -> list[Node]:
    """Nodes with relations written on them."""
    return [replace(n, relations=tuple(relations.get(int(n.id[1:]), ()))) for n in nodes]


def relation(kind: str, start: int, to: int | str, **fields: object) -> Relation:
    """A relation between nodes by number, or to a step by name."""
    target = to if isinstance(to, str) else f"n{to}"
    return Relation(kind=kind, node=f"n{start}", to=target, **fields)  # type: ignore[arg-type] # fields of a relation


# -- random maps -------------------------------------------------------------------------------------------------------


@st.composite
def debates(draw: st.DrawFn, most: int = 7) -> Debate:
    """A debate with any mixture of kinds, certainties, relations, loops and acts, each node in a passage of its own."""
    count = draw(st.integers(1, most))
    drawn = _DebateDraw(draw, count)
    nodes = [drawn.node(number) for number in range(count)]
    nodes = with_relations(nodes, drawn.relations(nodes))
    return debate_of(nodes, order=draw(st.permutations(range(count))))


class _DebateDraw:
    """The choices that make one random debate."""

    def __init__(self, draw: st.DrawFn, count: int) -> None:
        self.draw, self.count = draw, count

    def often(self, first: str, *others: str) -> str:
        """One of these words, the first of them in half of the cases."""
        return self.draw(st.sampled_from([first] * len(others) + list(others)))

    def rarely(self, *, one_in: int = 6) -> bool:
        return self.draw(st.integers(0, one_in - 1)) == one_in - 1

    def other(self, number: int) -> int:
        """A node to relate to: mostly another one."""
        to = self.draw(st.integers(0, self.count - 1))
        return (to + 1) % self.count if to == number else to

    def node(self, number: int) -> Node:
        kind = self.often("claim", "question", "objection", "reply", "argument")
        fields: dict[str, object] = {"certainty": self.often("asserted", "tentative", "arguendo", "mentioned")}
        fields["stands_alone"] = self.rarely()
        if kind == "question":
            fields["exclusive"] = not self.rarely(one_in=3)
        if kind == "argument":
            numbers = self.draw(st.lists(st.integers(0, self.count - 1), max_size=2, unique=True))
            fields["premises"] = tuple(Premise(id=f"n{p}") for p in numbers if p != number)
        elif self.rarely():
            fields["attributed_to"] = (self.draw(st.sampled_from(PEOPLE)),)
        return node(number, self.draw(st.sampled_from(("", *PEOPLE, *PEOPLE))), kind, **fields)

    def relations(self, nodes: Sequence[Node]) -> dict[int, list[Relation]]:
        """The relations of every node; undercuts name their targets by id, which every step has."""
        found: dict[int, list[Relation]] = {}
        steps: list[str] = []
        for number, made in enumerate(nodes):
            found[number] = [r for r in self._of(number, made, nodes, steps) if r.to != made.id]
        return found

    def _of(self, number: int, made: Node, nodes: Sequence[Node], steps: list[str]) -> list[Relation]:
        if made.kind == "reply" and self.rarely(one_in=2):
            kind = self.draw(st.sampled_from(ACTS))
            return [relation(kind, number, self.other(number), part=self.rarely())]
        kinds = ["supports", "attacks", "undercuts", "contradicts", "answers", "restates"]
        if made.kind == "argument":
            wanted = [self.draw(st.sampled_from(kinds[:3])), *(["contradicts"] if self.rarely() else [])]
        else:
            wanted = self.draw(st.lists(st.sampled_from(kinds[:3] * 2 + kinds[3:]), max_size=3, unique=True))
        rows = (self._relation(number, kind, nodes, steps) for kind in wanted)
        return [r for r in rows if r is not None]

    def _relation(self, number: int, kind: str, nodes: Sequence[Node], steps: list[str]) -> Relation | None:
        other = self.other(number)
        to: int | str = other
        if kind == "undercuts":
            if not steps:
                return None
            to = self.draw(st.sampled_from(steps))
        elif (kind == "answers" and (nodes[other].kind != "question" or nodes[number].kind == "question")) or (
            kind == "restates" and {"argument", "question"} & {nodes[other].kind, nodes[number].kind}
        ):
            return None
        fields: dict[str, object] = {}
        if kind in {"supports", "attacks", "undercuts", "contradicts"}:
            fields["id"] = f"s{len(steps)}"
            fields["strict"] = self.rarely(one_in=8)
            if nodes[number].kind != "argument" and self.rarely(one_in=4):
                fields["premises"] = (f"n{self.other(number)}",)
            steps.append(f"s{len(steps)}")
        if self.rarely(one_in=8):
            fields["by"] = (self.draw(st.sampled_from(PEOPLE)),)
        return relation(kind, number, to, **fields)


# -- every small map ---------------------------------------------------------------------------------------------------


def steps_between(count: int, *, own: bool = False) -> list[Relation]:
    """Every support, attack and contradiction between so many nodes; with `own`, also to themselves."""
    pairs = [(a, b) for a in range(count) for b in range(count) if own or a != b]
    found = [(kind, a, b) for kind in ("supports", "attacks") for a, b in pairs]
    found += [("contradicts", a, b) for a, b in pairs if a < b]
    return [relation(kind, a, b, id=f"{kind[0]}{a}{b}") for kind, a, b in found]


def undercuts_of(count: int, steps: Iterable[Relation]) -> list[Relation]:
    """Every undercut of these steps by a node."""
    return [relation("undercuts", n, s.id or "", id=f"u{n}-{s.id}") for n in range(count) for s in steps]


def with_steps(steps: Iterable[Relation], certainties: Sequence[str]) -> Debate:
    """A debate with these relations and a node for each certainty, each by another participant."""
    found: dict[int, list[Relation]] = {}
    for step in steps:
        found.setdefault(int(step.node[1:]), []).append(step)
    nodes = [node(k, PEOPLE[k], certainty=certainty) for k, certainty in enumerate(certainties)]
    return debate_of(with_relations(nodes, found))
