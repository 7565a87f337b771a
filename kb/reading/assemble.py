"""Put the records of all files together into one debate: who has which id, and what could not be read.

The first record with an id keeps it, unless its file has another name and that of a later one has this name. Ids of records that are
broken, or are not the only ones of that id, are remembered, so that nobody calls them unknown as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kb.debate import Debate
from kb.finding import NOWHERE, Fault
from kb.model import Node, Participant, Settings, Source, Term, Topic
from kb.reading.contents import SETTINGS, read_contents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kb.model import Record, Relation
    from kb.reading.contents import Contents, Filed
    from kb.reading.files import File

_Named = TypeVar("_Named", Node, Source, Participant, Term)


def assemble(root: str, files: Iterable[File]) -> tuple[Debate, tuple[Fault, ...]]:
    """Decode files (in the order of their paths) into one debate; `root` is the name of the folder."""
    return join(root, (read_contents(root, path, raw) for path, raw in files))


def join(root: str, files: Iterable[Contents]) -> tuple[Debate, tuple[Fault, ...]]:
    """Make one debate of what its files say, given in the order of their paths."""
    builder = _Builder(root)
    for contents in files:
        builder.faults += contents.faults
        builder.misnamed.update(fault.file for fault in contents.faults if fault.rule == _MISNAMED)
        builder.rejected |= contents.rejected
        for record in contents.records:
            builder.add(record)
    return builder.finish()


class _Builder:
    """Collects records, each under its id."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.faults: list[Fault] = []
        self.settings: Settings | None = None
        self.nodes: dict[str, Node] = {}
        self.sources: dict[str, Source] = {}
        self.participants: dict[str, Participant] = {}
        self.terms: dict[str, Term] = {}
        self.topics: dict[str, Topic] = {}
        self.rejected: set[str] = set()
        self.misnamed: set[str] = set()
        self.copies: set[str] = set()

    def add(self, record: Filed) -> None:
        """Put a record in its table; a second one of that id is left out."""
        if isinstance(record, Node):
            self._add_to_table(self.nodes, record)
        elif isinstance(record, Source):
            self._add_to_table(self.sources, record)
        elif isinstance(record, Participant):
            self._add_to_table(self.participants, record)
        elif isinstance(record, Term):
            self._add_to_table(self.terms, record)
        elif isinstance(record, Topic):
            self.topics.setdefault(record.id, record)
        else:
            self.settings = record

    def _add_to_table(self, table: dict[str, _Named], record: _Named) -> None:
        """Give a record its id, or say who has it; what others say of one of the two cannot be judged then."""
        first = table.setdefault(record.id, record)
        if first is record:
            return
        kept, copy = sorted((first, record), key=lambda one: (one.file in self.misnamed, not _is_named_by_file(one)))
        table[record.id] = kept
        self.rejected.add(record.id)
        self.copies.add(copy.file)
        instead = (
            f"give it another `id`, or leave `id` out: then it is called `{_stem(copy)}`"
            if copy.file in self.misnamed
            else ""
        )
        self.faults.append(_duplicate_fault(copy.id, copy.id, copy, kept, instead))

    def finish(self) -> tuple[Debate, tuple[Fault, ...]]:
        """The debate and all faults."""
        if self.settings is None:
            self.settings = Settings(file=f"{self.root}/{SETTINGS}")
            if SETTINGS.partition(".")[0] not in self.rejected:
                message, help_text = f"a debate needs `{SETTINGS}`", "create it with a line `title: …`"
                self.faults.append(Fault("missing-file", message, self.settings.file, NOWHERE, help_text))
        once = (fault for fault in self.faults if fault.rule != _MISNAMED or fault.file not in self.copies)
        faults = (*once, *_duplicate_relations(self.nodes))
        debate = Debate(
            settings=self.settings,
            nodes=dict(sorted(self.nodes.items())),
            sources=dict(sorted(self.sources.items())),
            participants=dict(sorted(self.participants.items())),
            terms=dict(sorted(self.terms.items())),
            topics=dict(sorted(self.topics.items())),
            rejected=frozenset(self.rejected),
        )
        return debate, faults


_MISNAMED = "id-mismatch"


def _stem(record: _Named) -> str:
    return record.file.rpartition("/")[2].rpartition(".")[0]


def _is_named_by_file(record: _Named) -> bool:
    """Whether a record stands in a file of its name."""
    return _stem(record) == record.id


def _duplicate_relations(nodes: Mapping[str, Node]) -> Iterator[Fault]:
    """Relations with an id share the names of nodes."""
    by_id: dict[str, Relation] = {}
    for node in nodes.values():
        for relation in node.relations:
            if relation.id is None:
                continue
            other = nodes.get(relation.id) or by_id.setdefault(relation.id, relation)
            if other is not relation:
                yield _duplicate_fault(relation.id, node.id, relation, other)


def _duplicate_fault(used: str, owner: str, record: Record, first: Record, help_text: str = "") -> Fault:
    """Say that an id is taken."""
    place, earlier = record.place("id"), first.place("id")
    message = f"the id `{used}` is taken by {earlier.file}:{earlier.span.line}"
    related = ((*earlier, "first used here"),)
    return Fault("duplicate-id", message, *place, help_text or "rename one of the two", owner, related)
