"""Put the records of all files together into one debate: who has which id, and what could not be read.

The first to use an id keeps it. Ids whose record is broken are remembered, so that nobody calls them unknown as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from kb.debate import Debate
from kb.finding import NOWHERE, Fault, Span, printable
from kb.model import Settings
from kb.reading import decode, records, settings
from kb.reading.fields import ID_HELP, is_id
from kb.reading.source import parse_bytes
from kb.reading.values import Mapping, Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kb.model import Node, Participant, Relation, Source, Term, Topic
    from kb.reading.files import File
    from kb.reading.source import Parsed
    from kb.reading.values import Value

    _R = TypeVar("_R", Source, Participant, Term)

SETTINGS = "kb.yaml"
TOPIC = "topic"

_CUT_SHORT = {"yaml-syntax", "too-deep"}
"""Faults after which a file is not read on: more documents may have followed."""
_WRITTEN_ID = re.compile(rb"^id: +([a-z0-9-]{1,80}) *\r?$", re.MULTILINE)


def assemble(root: str, files: Iterable[File]) -> tuple[Debate, tuple[Fault, ...]]:
    """Decode files (in the order of their paths) into one debate; `root` is the name of the folder."""
    builder = _Builder(root)
    for path, raw in files:
        builder.add(path, raw)
    return builder.finish()


class _Builder:
    """Collects records."""

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

    def add(self, path: str, raw: bytes | Fault) -> None:
        """Read one file."""
        folder, _, name = path.rpartition("/")
        stem = name.rpartition(".")[0] or name
        if isinstance(raw, Fault):
            self.faults.append(raw)
            self.rejected.add(stem)
            return
        parsed = parse_bytes(path, raw)
        if parsed.faults:
            self.faults.extend(parsed.faults)
            self.rejected.update([stem, *(found.decode() for found in _WRITTEN_ID.findall(raw))])
        if not _is_empty(parsed):
            self._place(path, folder.partition("/")[2].partition("/")[0], stem, parsed)
        elif not parsed.faults:
            self.rejected.add(stem)
            help_text = "write a record into it, or delete it"
            self._fault("empty-file", "the file holds nothing", path, NOWHERE, help_text)

    def _place(self, path: str, section: str, stem: str, parsed: Parsed) -> None:
        """Read documents as what the place of their file says they are."""
        documents = parsed.documents
        if path == f"{self.root}/{SETTINGS}":
            self._single(path, stem, documents, self._set_settings)
        elif section == "sources":
            self._record(path, stem, documents, self.sources, records.source)
        elif section == "participants":
            self._record(path, stem, documents, self.participants, records.participant)
        elif section == "terms":
            self._record(path, stem, documents, self.terms, records.term)
        elif stem == TOPIC and section:
            self._single(path, stem, documents, lambda mapping, file: self._set_topic(mapping, file, section))
        else:
            cut = any(fault.rule in _CUT_SHORT for fault in parsed.faults)
            for document in documents:
                self._node(path, stem, section, document, alone=len(documents) == 1 and not cut)

    def _fault(self, rule: str, message: str, path: str, span: Span, help_text: str = "") -> None:
        self.faults.append(Fault(rule, message, path, span, help=help_text))

    # -- records ---------------------------------------------------------------------------------------------------

    def _single(
        self, path: str, stem: str, documents: tuple[Value, ...], use: Callable[[Mapping, str], object]
    ) -> None:
        """Hand over the one mapping of a file that holds one record."""
        for extra in documents[1:]:
            help_text = "give it a file of its own"
            self._fault("wrong-type", "this file holds one record; here a second begins", path, _head(extra), help_text)
        before = len(self.faults)
        first = documents[0]
        if isinstance(first, Mapping):
            use(first, path)
        else:
            self._not_a_mapping(path, first, "the file")
        if len(self.faults) > before:
            self.rejected.add(stem)

    def _not_a_mapping(self, path: str, value: Value, what: str) -> None:
        message = f"{what} must be a mapping, `key: value` lines"
        self._fault("wrong-type", message, path, _head(value), "start with `kind: claim`, or the fields of the record")

    def _set_settings(self, mapping: Mapping, path: str) -> None:
        self.settings = settings.settings(mapping, path, self.faults)

    def _set_topic(self, mapping: Mapping, path: str, section: str) -> None:
        made = records.topic(mapping, path, section, self.faults)
        self.topics.setdefault(section, made)

    def _record(
        self,
        path: str,
        stem: str,
        documents: tuple[Value, ...],
        table: dict[str, _R],
        read: Callable[[Mapping, str, str, list[Fault]], _R],
    ) -> None:
        """A source, participant or term: one a file, named by the file."""

        def use(mapping: Mapping, file: str) -> None:
            made = read(mapping, file, stem, self.faults)
            if table.setdefault(stem, made) is not made:
                self._duplicate(stem, made, table[stem])

        if self._good_id(stem, path, NOWHERE):
            self._single(path, stem, documents, use)

    # -- nodes -----------------------------------------------------------------------------------------------------

    def _node(self, path: str, stem: str, topic: str, document: Value, *, alone: bool) -> None:
        """A node: named by its file, or one of several that name themselves."""
        if not isinstance(document, Mapping):
            if not (isinstance(document, Scalar) and document.is_null):  # `---` at the end begins nothing
                self._not_a_mapping(path, document, "a node")
                self.rejected.add(stem)
            return
        before = len(self.faults)
        found = self._node_id(document, path, stem, alone=alone)
        if found is None:
            return
        made = decode.node(document, path, found, topic, self.faults)
        if len(self.faults) > before:
            self.rejected.add(found)
        if self.nodes.setdefault(found, made) is not made:
            self._duplicate(found, made, self.nodes[found])

    def _node_id(self, document: Mapping, path: str, stem: str, *, alone: bool) -> str | None:
        """The id of a node, or None (with a fault) if it has no usable one."""
        written = document.values.get("id") if "id" in document.keys else None
        if written is None:
            if alone:
                return stem if self._good_id(stem, path, NOWHERE) else None
            help_text = "add `id:` as its first line"
            self._fault("missing-field", "a node in a file of several needs `id`", path, _head(document), help_text)
            return None
        if not isinstance(written, Scalar) or written.is_null:
            self._fault("wrong-type", "`id` must be one word", path, document.keys["id"].span, ID_HELP)
            return None
        if not self._good_id(written.text, path, written.span):
            return None
        if alone and written.text != stem:
            message = f"the id `{written.text}` does not match the file `{printable(stem)}.yaml`"
            help_text = f"rename the file to `{written.text}.yaml`, or remove `id:`"
            self._fault("id-mismatch", message, path, written.span, help_text)
            self.rejected.add(stem)
        return written.text

    # -- ids -------------------------------------------------------------------------------------------------------

    def _good_id(self, text: str, path: str, span: Span) -> bool:
        if is_id(text):
            return True
        self.rejected.add(text)
        self._fault("malformed-id", f"`{printable(text[:80])}` is no id", printable(path), span, ID_HELP)
        return False

    def _duplicate(
        self, used: str, made: Node | Source | Participant | Term, first: Node | Source | Participant | Term
    ) -> None:
        place, earlier = made.place("id"), first.place("id")
        message = f"the id `{used}` is taken by {earlier.file}:{earlier.span.line}"
        related = ((*earlier, "first used here"),)
        self.faults.append(Fault("duplicate-id", message, *place, "rename one of the two", used, related))

    def _relation_ids(self) -> None:
        """Relations with an id share the names of nodes."""
        taken: dict[str, Relation] = {}
        for node in self.nodes.values():
            for relation in node.relations:
                if relation.id is None:
                    continue
                other = self.nodes.get(relation.id) or taken.setdefault(relation.id, relation)
                if other is not relation:
                    place, earlier = relation.place("id"), other.place("id")
                    message = f"the id `{relation.id}` is taken by {earlier.file}:{earlier.span.line}"
                    related = ((*earlier, "first used here"),)
                    fault = Fault("duplicate-id", message, *place, "rename one of the two", node.id, related)
                    self.faults.append(fault)

    # -- the whole -------------------------------------------------------------------------------------------------

    def finish(self) -> tuple[Debate, tuple[Fault, ...]]:
        """The debate and all faults."""
        if self.settings is None:
            self.settings = Settings(file=f"{self.root}/{SETTINGS}")
            if SETTINGS.partition(".")[0] not in self.rejected:
                message, help_text = f"a debate needs `{SETTINGS}`", "create it with a line `title: …`"
                self._fault("missing-file", message, self.settings.file, NOWHERE, help_text)
        self._relation_ids()
        debate = Debate(
            settings=self.settings,
            nodes=dict(sorted(self.nodes.items())),
            sources=dict(sorted(self.sources.items())),
            participants=dict(sorted(self.participants.items())),
            terms=dict(sorted(self.terms.items())),
            topics=dict(sorted(self.topics.items())),
            rejected=frozenset(self.rejected),
        )
        return debate, tuple(self.faults)


def _is_empty(parsed: Parsed) -> bool:
    """Whether a file holds nothing but comments."""
    return all(isinstance(document, Scalar) and document.is_null for document in parsed.documents)


def _head(value: Value) -> Span:
    """A stretch to point at: the first key of a mapping, else the start of the value."""
    if isinstance(value, Mapping) and value.keys:
        return next(iter(value.keys.values())).span
    return Span(value.line, value.column, value.line, value.column + 1)
