"""The same entry is listed twice.

It counts once, so the second says nothing; more often than not another id was meant and its place is taken by the copy. A
contradiction holds both ways and is written on one of the two nodes.

Bad:

    id: light-scatters
    kind: claim
    text: Air scatters blue light more than red.
    supports:
      - sky-is-blue
      - sky-is-blue    # <- repeated-entry
    tags: [light, light]    # <- repeated-entry
    ---
    id: sky-is-blue
    kind: claim
    text: The sky is blue.

Bad:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    contradicts: sky-is-green
    ---
    id: sky-is-green
    kind: claim
    text: The sky is green.
    contradicts: sky-is-blue    # <- repeated-entry

Bad:

    id: sky-is-blue
    kind: claim
    text: The sky is blue.
    formerly:
      - heaven-is-blue
      - heaven-is-blue    # <- repeated-entry

Good:

    id: light-scatters
    kind: claim
    text: Air scatters blue light more than red.
    supports:
      - sky-is-blue
    tags: [light]
    ---
    id: sky-is-blue
    kind: claim
    text: The sky is blue.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kb.finding import Problem
from kb.linting.scope import STRUCTURE
from kb.mentions import mentions
from kb.reading.remedies import EntryRemoval

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.debate import Debate
    from kb.finding import Place
    from kb.model import Node, Record, Relation

SEVERITY = "warning"
FIX = "sometimes"
READS = STRUCTURE | {"tags", "terms", "formerly", "participants/", "terms/", "kb.yaml"}
LOCAL = True


def check(debate: Debate) -> Iterator[Problem]:
    """Look for an entry that its list has already."""
    for node in debate.nodes.values():
        for name, values in (
            ("by", node.by),
            ("attributed_to", node.attributed_to),
            ("source", node.citations),
            ("terms", node.terms),
            ("tags", node.tags),
            ("formerly", node.formerly),
        ):
            if len(values) > 1:
                yield from _repeated_values(node, name, [str(value) for value in values], node.id)
        if len(node.relations) > 1:
            yield from _repeated_relations(debate, node)
    for name, ids in (("main", debate.settings.main), ("participants", debate.settings.participants)):
        yield from _repeated_values(debate.settings, name, ids, None)
    for records in (debate.sources, debate.participants, debate.terms):
        for record in records.values():
            yield from _repeated_values(record, "formerly", record.formerly, record.id)
    yield from _contradictions_both_ways(debate)


def _repeated_values(record: Record, name: str, values: Sequence[str], owner: str | None) -> Iterator[Problem]:
    """Values that stand more than once in a list, each at its second place."""
    if len(set(values)) == len(values):
        return
    counts: Counter[str] = Counter()
    for index, value in enumerate(values):
        counts[value] += 1
        if counts[value] == 2:
            times = "twice" if values.count(value) == 2 else "several times"
            as_written = " ".join(record.written(name, index).split()) == value
            remedy = EntryRemoval("remove it", record.file, record.at, (name, index)) if as_written else None
            yield _problem(record.place(name, index), f"`{name}` lists `{value}` {times}", owner, remedy)


def _repeated_relations(debate: Debate, node: Node) -> Iterator[Problem]:
    seen: dict[tuple[str, str, tuple[str, ...]], Relation] = {}
    for relation in node.relations:
        first = seen.setdefault((relation.kind, relation.to, relation.premises), relation)
        if first is not relation:
            message = f"`{node.id}` {relation.kind} `{relation.to}` twice"
            remedy = _removal_of(debate, relation) if first == relation else None
            yield _problem(relation.target_place(), message, node.id, remedy)


def _removal_of(debate: Debate, relation: Relation) -> EntryRemoval | None:
    """Take a relation out, if all of its node was read as written."""
    node = debate.nodes[relation.node]
    alike = [other for other in node.relations if other.kind == relation.kind]
    index = next(index for index, other in enumerate(alike) if other is relation)
    if node.id in debate.rejected:
        return None
    return EntryRemoval("remove it", node.file, node.at, (relation.kind, index))


def _contradictions_both_ways(debate: Debate) -> Iterator[Problem]:
    """Contradictions written on both nodes: the one on the later id is too many."""
    pairs = {(relation.node, relation.to) for relation in mentions(debate).relations["contradicts"]}
    for relation in mentions(debate).relations["contradicts"]:
        if relation.to < relation.node and (relation.to, relation.node) in pairs:
            message = f"`{relation.to}` contradicts `{relation.node}` already, and it holds both ways"
            remedy = _removal_of(debate, relation) if relation.written() == relation.to else None
            yield _problem(relation.target_place(), message, relation.node, remedy)


def _problem(place: Place, message: str, owner: str | None, remedy: EntryRemoval | None) -> Problem:
    help_text = "remove it, or name the other one that was meant"
    return Problem(place, message, help_text, owner, remedy=remedy)
