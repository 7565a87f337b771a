"""What an edit of a file changed in the debate: which fields, and which names the nodes that changed use."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, NamedTuple

from kb.incremental.connections import connecting_names
from kb.linting.scope import LAYOUT, ON_NODES, REJECTED
from kb.model import Node, Settings
from kb.reading.contents import Contents
from kb.vocabulary import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kb.model import Relation
    from kb.reading.contents import Filed


class Edits(NamedTuple):
    """The files and fields that differ, and the names that connect the changed nodes with others."""

    files: set[str]
    fields: set[str]
    names: set[str]

    def add(self, path: str, before: Contents | None, after: Contents | None) -> None:
        """Note how a file differs from what it said before (None: there was no such file)."""
        old, new = before or _NOTHING, after or _NOTHING
        self.files.add(path)
        self.fields.add(LAYOUT)
        if old.rejected != new.rejected:
            self.fields.add(REJECTED)
            self.names.update(old.rejected ^ new.rejected)
        if list(_ids(old.records)) != list(_ids(new.records)):
            self.fields.update(("id", REJECTED))  # where an id is used twice, another record may have it now
        was, now = _by_name(old.records), _by_name(new.records)
        for key in was.keys() | now.keys():
            one, other = was.get(key), now.get(key)
            if one != other:
                self.fields.update(_differing_record_fields(one, other))
                self.names.update(
                    name for node in (one, other) if isinstance(node, Node) for name in connecting_names(node)
                )

    def joined_with(self, other: Edits) -> Edits:
        """These edits and others together."""
        return Edits(*(one | more for one, more in zip(self, other, strict=True)))


def no_edits() -> Edits:
    """No edits at all."""
    return Edits(set(), set(), set())


_NOTHING = Contents()


def _ids(records: Iterable[Filed]) -> Iterator[tuple[str, str | None]]:
    """The ids that a file gives to records and relations."""
    for record in records:
        if not isinstance(record, Settings):
            yield type(record).__name__, record.id
        if isinstance(record, Node):
            yield from (("", relation.id) for relation in record.relations)


def _by_name(records: Iterable[Filed]) -> Mapping[tuple[str, str], Filed]:
    """Records by kind and id; of two with the same id the first, which is the one that counts."""
    records_by_name: dict[tuple[str, str], Filed] = {}
    for record in records:
        records_by_name.setdefault((type(record).__name__, "" if isinstance(record, Settings) else record.id), record)
    return records_by_name


_FILES = {
    "Source": "sources/",
    "Participant": "participants/",
    "Term": "terms/",
    "Topic": "topic.yaml",
    "Settings": "kb.yaml",
}


def _differing_record_fields(one: Filed | None, other: Filed | None) -> Iterable[str]:
    """The fields that differ; all of them if a node came or went."""
    if isinstance(one, Node) and isinstance(other, Node):
        return _differing_fields(one, other)
    record = one or other
    return () if record is None else ON_NODES if isinstance(record, Node) else {_FILES[type(record).__name__]}


def _differing_fields(one: Node, other: Node) -> Iterator[str]:
    for field in dataclasses.fields(Node):
        if field.compare and field.name != "relations" and getattr(one, field.name) != getattr(other, field.name):
            yield {"citations": "source"}.get(field.name, field.name)
    if one.relations != other.relations:
        yield from _differing_relations(one.relations, other.relations)


def _differing_relations(one: Sequence[Relation], other: Sequence[Relation]) -> Iterator[str]:
    """The kinds of relations that differ, and their other fields that differ, which nodes have, too."""
    if [r.by for r in one if r.by] != [r.by for r in other if r.by]:
        yield "by"
    if [r.citations for r in one if r.citations] != [r.citations for r in other if r.citations]:
        yield "source"
    for kind in RELATIONS:
        if [r for r in one if r.kind == kind] != [r for r in other if r.kind == kind]:
            yield kind
