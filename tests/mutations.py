"""Debates changed at random in some fields, to test what rules promise about the fields they read."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import kb
from kb import discover
from kb.linting.manual import RULES, find_rule
from kb.linting.scope import LAYOUT, ON_NODES, REJECTED
from kb.load import load, load_texts
from kb.model import Citation, Node, Premise, Relation
from kb.reading.values import Mapping
from kb.vocabulary import CERTAINTIES, KINDS, RELATIONS
from tests.conftest import files_of

if TYPE_CHECKING:
    import random
    from collections.abc import Collection

    from kb.debate import Debate

MANUAL = re.compile(r"^(?:Bad|Good):\n\n((?:    .*\n|\n)+)", re.MULTILINE)


@cache
def manual_debates(name: str) -> tuple[Debate, ...]:
    """The examples of a rule."""
    blocks = MANUAL.findall(find_rule(name).manual + "\n")
    read = (load_texts(files_of(textwrap.dedent(block))).debate for block in blocks)
    return tuple(debate for debate in read if debate.nodes)


@cache
def debates() -> tuple[Debate, ...]:
    """The examples of all rules, and the debate that ships with the tool."""
    shipped = load(Path(kb.__file__).parent.parent / "claims").debate
    return (*(debate for name in discover.names(RULES) for debate in manual_debates(name)), shipped)


def side_by_side(debate: Debate, other: Debate) -> Debate:
    """Two debates side by side in one: no node of one names a node of the other."""
    ids = {name: f"{name}-beside" for name in other.nodes}

    def renamed(text: str) -> str:
        return " -> ".join(ids.get(word, f"{word}-beside") for word in text.split(" -> "))

    nodes = dict(debate.nodes)
    for node in other.nodes.values():
        relations = tuple(
            replace(
                r,
                node=renamed(r.node),
                to=renamed(r.to),
                premises=tuple(map(renamed, r.premises)),
                id=None if r.id is None else renamed(r.id),
            )
            for r in node.relations
        )
        premises = tuple(replace(premise, id=renamed(premise.id)) for premise in node.premises)
        nodes[renamed(node.id)] = replace(node, id=renamed(node.id), relations=relations, premises=premises)
    rejected = debate.rejected | frozenset(map(renamed, other.rejected))
    return replace(debate, nodes=dict(sorted(nodes.items())), rejected=rejected)


def with_changed_fields(debate: Debate, fields: Collection[str], dice: random.Random) -> Debate:
    """A debate in which some of these fields of some nodes have changed."""
    among = sorted({*ON_NODES, REJECTED}.intersection(fields))
    for _ in range(2 + len(debate.nodes) // 8 if among else 0):
        debate = with_one_change(debate, dice.choice(among), dice)
    return debate


def with_one_change(debate: Debate, name: str, dice: random.Random) -> Debate:
    """A debate with one field of one node changed, or one record of a table, or other ids rejected."""
    if name == REJECTED:
        return replace(debate, rejected=debate.rejected ^ {dice.choice(sorted(debate.nodes))})
    if name == LAYOUT:
        return _with_reversed_fields(debate)
    if name not in ON_NODES:
        return _with_changed_table(debate, name, dice)
    node, other = (debate.nodes[dice.choice(sorted(debate.nodes))] for _ in range(2))
    if name == "id":
        return _with_node_added_or_gone(debate, node, dice)
    made = (
        _with_other_relation(debate, node, name, dice)
        if name in RELATIONS
        else _with_other_value(node, name, other, dice)
    )
    if name in {"by", "source"} and dice.random() < 0.5:
        made = _with_other_makers(node, name, made)
    return replace(debate, nodes={**debate.nodes, node.id: made})


def _with_reversed_fields(debate: Debate) -> Debate:
    """A debate in which the fields of all nodes stand in another order."""
    nodes = {}
    for node in debate.nodes.values():
        written = node.at
        if isinstance(written, Mapping):
            other = Mapping(written.line, written.column)
            other.keys.update(reversed(written.keys.items()))
            other.values.update(reversed(written.values.items()))
            nodes[node.id] = replace(node, origin=other)
    return replace(debate, nodes={**debate.nodes, **nodes})


def _with_node_added_or_gone(debate: Debate, node: Node, dice: random.Random) -> Debate:
    nodes = dict(debate.nodes)
    if dice.random() < 0.5 and len(nodes) > 1:
        del nodes[node.id]
    else:
        name = f"{node.id}-again"
        nodes[name] = replace(node, id=name, relations=tuple(replace(r, node=name) for r in node.relations))
    return replace(debate, nodes=dict(sorted(nodes.items())))


def _with_other_value(node: Node, name: str, other: Node, dice: random.Random) -> Node:
    """A node with another value in a field, if possible one that somebody could write."""
    people = dice.choice([(), ("ada",), ("bo",), ("ada", "bo"), ("nobody-known",), ("ada", "ada")])
    words: dict[str, object] = {
        "kind": dice.choice(list(KINDS)),
        "certainty": dice.choice(list(CERTAINTIES)),
        "text": dice.choice([other.text, "", "It does not follow.", "Is it so or not so?", other.text * 40]),
        "title": dice.choice([None, "A title", "A title " * 60]),
        "by": people,
        "attributed_to": people,
        "source": dice.choice([(), (Citation("letters", "p1"),), (Citation("letter", "p9"),), (Citation("none"),)]),
        "premises": dice.choice([(), (Premise(id=other.id),), (Premise(id="nowhere"), Premise(id=other.id))]),
        "tags": dice.choice([(), ("open",), ("a", "a")]),
        "terms": dice.choice([(), ("blue",), ("blue/sea", "unknown-term")]),
        "topic": dice.choice(["", "talk", "elsewhere"]),
        "allow": dice.choice([(), (("unknown-target", "known"),)]),
        "expect": dice.choice([None, "stands"]),
        "data": dice.choice([(), (("a", "b"),)]),
        "stands_alone": not node.stands_alone,
        "exclusive": not node.exclusive,
        "scheme": dice.choice([None, "analogy"]),
        "note": dice.choice([None, "Looked at again."]),
        "weight": dice.choice([None, 0.0, 0.25, 1.0]),
        "formerly": dice.choice([(), ("nowhere",), (other.id,), ("nowhere", "elsewhere"), ("gone", "gone")]),
    }
    return replace(node, **{"citations" if name == "source" else name: words[name]})  # type: ignore[arg-type] # as the field has it


def _with_other_relation(debate: Debate, node: Node, kind: str, dice: random.Random) -> Node:
    """A node with another relation of a kind, in addition or in place of one."""
    ids = sorted(debate.nodes)
    to = dice.choice([*dice.choices(ids, k=6), "nowhere"])
    if kind == "undercuts":
        to = dice.choice([to, f"{to} -> {dice.choice(ids)}", *_steps(debate)[:20]])
    made = Relation(
        kind=kind,
        node=node.id,
        to=to,
        premises=dice.choice([(), (), (dice.choice(ids),)]),
        part=dice.random() < 0.1,
        strict=dice.random() < 0.1,
        file=node.file,
        origin=node.origin,
    )
    kept = [r for r in node.relations if r.kind != kind or r.by or r.citations or dice.random() < 0.3]
    return replace(node, relations=(*kept, *([made] if dice.random() < 0.8 else [])))


def _with_other_makers(node: Node, name: str, other: Node) -> Node:
    """A node whose relations have makers, or passages, of their own."""
    said = {"by": other.by} if name == "by" else {"citations": other.citations}
    return replace(node, relations=tuple(replace(relation, **said) for relation in node.relations))


def _steps(debate: Debate) -> list[str]:
    return [f"{r.node} -> {r.to}" for node in debate.nodes.values() for r in node.relations if r.kind == "supports"]


def _with_changed_table(debate: Debate, name: str, dice: random.Random) -> Debate:
    """A debate without one record of a table, or with one renamed; for `kb.yaml` with another main claim, language, or the like."""
    if name == "kb.yaml":
        settings = debate.settings
        main = (dice.choice(sorted(debate.nodes)),)
        other = replace(settings, main=main), replace(settings, participants=("bo",)), replace(settings, language="xx")
        return replace(debate, settings=dice.choice(other))
    field = {"topic.yaml": "topics"}.get(name, name.rstrip("/"))
    table = dict(getattr(debate, field))
    if table:
        key = dice.choice(sorted(table))
        record = table.pop(key)
        if dice.random() < 0.5:
            table[f"{key}-too"] = replace(record, id=f"{key}-too")
    return replace(debate, **{field: table})  # type: ignore[arg-type] # one of its tables
