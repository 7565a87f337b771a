"""What an edit of a file changed in the debate: which fields, and which names the nodes that changed use."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, NamedTuple

from kb.incremental.connections import named
from kb.linting.scope import ON_NODES, REJECTED
from kb.model import Node, Settings
from kb.reading.contents import Contents
from kb.vocabulary import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kb.reading.contents import Filed


class Edits(NamedTuple):
    """The files that differ, the fields that do, and the names by which that concerns others."""

    files: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def __or__(self, other: Edits) -> Edits:
        """One edit and then another."""
        return Edits(self.files | other.files, self.fields | other.fields, self.names | other.names)


NO_EDITS = Edits()
_NOTHING = Contents()


def edits(path: str, before: Contents | None, after: Contents | None) -> Edits:
    """Compare what a file says with what it said (None: it was not there)."""
    old, new = before or _NOTHING, after or _NOTHING
    fields: set[str] = set()
    names: set[str] = set()
    if old.rejected != new.rejected:
        fields.add(REJECTED)
        names |= old.rejected ^ new.rejected
    was, now = _by_name(old.records), _by_name(new.records)
    for key in was.keys() | now.keys():
        one, other = was.get(key), now.get(key)
        if one != other:
            fields.update(_differing(one, other))
            names.update(name for node in (one, other) if isinstance(node, Node) for name in named(node))
    return Edits(frozenset({path}), frozenset(fields), frozenset(names))


def _by_name(records: Iterable[Filed]) -> Mapping[tuple[str, str], Filed]:
    """Records by kind and id; of two with one id the first, which is the one that counts."""
    found: dict[tuple[str, str], Filed] = {}
    for record in records:
        found.setdefault((type(record).__name__, "" if isinstance(record, Settings) else record.id), record)
    return found


_FILES = {
    "Source": "sources/",
    "Participant": "participants/",
    "Term": "terms/",
    "Topic": "topic.yaml",
    "Settings": "kb.yaml",
}


def _differing(one: Filed | None, other: Filed | None) -> Iterable[str]:
    """The fields that differ; of a node that came or went, all."""
    if isinstance(one, Node) and isinstance(other, Node):
        return _differing_fields(one, other)
    there = one or other
    return () if there is None else ON_NODES if isinstance(there, Node) else {_FILES[type(there).__name__]}


def _differing_fields(one: Node, other: Node) -> Iterator[str]:
    for field in dataclasses.fields(Node):
        if field.compare and field.name != "relations" and getattr(one, field.name) != getattr(other, field.name):
            yield {"citations": "source"}.get(field.name, field.name)
    if one.relations != other.relations:
        for kind in RELATIONS:
            if [r for r in one.relations if r.kind == kind] != [r for r in other.relations if r.kind == kind]:
                yield kind
