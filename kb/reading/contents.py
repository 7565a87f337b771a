"""What one file says, whatever the others say: its records, what is wrong with them, and the ids that were not read as written.

Nothing here looks at a second file, so that an edit of one file costs the reading of one file.
"""

from __future__ import annotations

import dataclasses
import re
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from kb.finding import NOWHERE, Fault, Span, printable
from kb.model import Node, Participant, Settings, Source, Term, Topic
from kb.reading import comments, decode, records, settings
from kb.reading.fields import ID_HELP, id_like, is_id
from kb.reading.layout import is_tidy, layout_faults
from kb.reading.remedies import EntryRemoval
from kb.reading.source import Parsed, parse_bytes
from kb.reading.text import Text
from kb.reading.values import Mapping, Scalar

if TYPE_CHECKING:
    from collections.abc import Callable

    from kb.finding import Remedy
    from kb.reading.values import Value

    Read = Callable[[Mapping, str, str, list[Fault]], "Source | Participant | Term"]

Filed = Node | Source | Participant | Term | Topic | Settings
"""A record that a file, or a document of a file, holds."""

SETTINGS = "kb.yaml"
TOPIC = "topic"

_RECORDS: dict[str, Read] = {
    "sources": records.decode_source,
    "participants": records.decode_participant,
    "terms": records.decode_term,
}
"""Folders of records that are named by their files."""
_CUT_SHORT = {"yaml-syntax", "too-deep"}
"""Faults after which a file is not read on: more documents may have followed."""
_WRITTEN_ID = re.compile(rb"^id: +([a-z0-9-]{1,80}) *\r?$", re.MULTILINE)


_UNSURE = {"missing-field", "id-mismatch"}
"""What cannot be told of a record of which only the beginning was read."""


class Contents(NamedTuple):
    """The records of a file in the order written, its faults, and the ids of what was not read as written."""

    records: tuple[Filed, ...] = ()
    faults: tuple[Fault, ...] = ()
    rejected: frozenset[str] = frozenset()


_NONE: frozenset[str] = frozenset()


def read_contents(root: str, path: str, raw: bytes | Fault) -> Contents:
    """Decode one file of the debate in the folder `root`, or tell why there are no bytes of it."""
    reader = _Reader(root, path)
    reader.read(raw)
    rejected = frozenset(reader.rejected) if reader.rejected else _NONE
    return Contents(tuple(reader.records), tuple(reader.faults), rejected)


class _Reader:
    """Collects what one file holds."""

    __slots__ = ("faults", "path", "records", "rejected", "root", "section", "stem")

    def __init__(self, root: str, path: str) -> None:
        folder, _, name = path.rpartition("/")
        self.root = root
        self.path = path
        self.stem = intern(name.rpartition(".")[0] or name)
        self.section = folder.partition("/")[2].partition("/")[0]
        self.records: list[Filed] = []
        self.faults: list[Fault] = []
        self.rejected: set[str] = set()

    def read(self, raw: bytes | Fault) -> None:
        """Read the bytes, if there are any."""
        if isinstance(raw, Fault):
            self.faults.append(raw)
            self.rejected.add(self.stem)
            return
        parsed = parse_bytes(self.path, raw)
        self._read_records(raw, parsed)
        if not self.faults and not is_tidy(raw, self.records):
            self.faults = list(layout_faults(self.path, raw, parsed.documents, self.records))
        if b" #" in raw:
            self._check_comments(raw, parsed.documents)
        if self.faults and any(fault.remedy is not None for fault in self.faults):
            text = raw.decode("utf-8").removeprefix("\ufeff")
            self.faults = [_with_fix(fault, text) for fault in self.faults]

    def _read_records(self, raw: bytes, parsed: Parsed) -> None:
        """Read what the parser made of the file."""
        if parsed.faults:
            self.faults.extend(parsed.faults)
            self.rejected.update([self.stem, *(found.decode() for found in _WRITTEN_ID.findall(raw))])
        if parsed.torn:
            self._read_torn(parsed)
        if not _is_empty(parsed):
            self._read_documents(parsed)
        elif not parsed.faults:
            self.rejected.add(self.stem)
            self._add_fault("empty-file", "the file holds nothing", NOWHERE, "write a record into it, or delete it")

    def _read_documents(self, parsed: Parsed) -> None:
        """Read documents as what the place of their file says they are."""
        documents = parsed.documents
        if self.path == f"{self.root}/{SETTINGS}":
            self._read_single(documents, lambda mapping: settings.decode_settings(mapping, self.path, self.faults))
        elif self.section in _RECORDS:
            read = _RECORDS[self.section]
            if self._is_good_id(self.stem, NOWHERE):
                self._read_single(documents, lambda mapping: read(mapping, self.path, self.stem, self.faults))
        elif self.stem == TOPIC and self.section:
            self._read_single(
                documents, lambda mapping: records.decode_topic(mapping, self.path, self.section, self.faults)
            )
        else:
            cut = any(fault.rule in _CUT_SHORT for fault in parsed.faults)
            for document in documents:
                self._read_node(document, alone=len(documents) == 1 and not cut)

    def _check_comments(self, raw: bytes, documents: tuple[Value, ...]) -> None:
        """Tell what was taken for a comment; a text that is empty for that reason is told here, where its file is at hand."""
        text = Text(raw.decode("utf-8", "replace").removeprefix("\ufeff"))
        empty = list(comments.missing_text_faults(self.path, text, self.records))
        self.rejected.update(fault.node for fault in empty if fault.node)
        explained = comments.explain_emptied(text, self.faults, documents)
        self.faults = [*explained, *empty, *comments.truncated_text_faults(self.path, text, documents)]

    def _read_torn(self, parsed: Parsed) -> None:
        """Tell what is wrong in what can be read of a document; what is missing there may stand in the rest.

        There is no remedy, since one has to know where a field ends; and only whoever saved a file in another encoding can mend that.
        """
        letters = all(fault.rule != "encoding" for fault in parsed.faults)
        for fields in parsed.torn:
            other = _Reader(self.root, self.path)
            other._read_documents(Parsed((fields,), ()))
            sure = [fault for fault in other.faults if fault.rule not in _UNSURE and fault.span != NOWHERE]
            self.faults += [dataclasses.replace(f, remedy=None, fix=f.fix if letters else None) for f in sure]
            self.rejected |= other.rejected

    def _add_fault(
        self, rule: str, message: str, span: Span, help_text: str = "", remedy: Remedy | None = None
    ) -> None:
        self.faults.append(Fault(rule, message, self.path, span, help=help_text, remedy=remedy))

    # -- records ---------------------------------------------------------------------------------------------------

    def _read_single(self, documents: tuple[Value, ...], read: Callable[[Mapping], Filed]) -> None:
        """Read the one mapping of a file that holds one record."""
        for extra in documents[1:]:
            help_text = "give it a file of its own"
            self._add_fault(
                "wrong-type", "this file holds one record; here a second begins", _head_span(extra), help_text
            )
        before = len(self.faults)
        first = documents[0]
        if isinstance(first, Mapping):
            self.records.append(read(first))
        else:
            self._report_no_mapping(first, "the file")
        if len(self.faults) > before:
            self.rejected.add(self.stem)

    def _report_no_mapping(self, value: Value, what: str) -> None:
        message = f"{what} must be a mapping, `key: value` lines"
        self._add_fault(
            "wrong-type", message, _head_span(value), "start with `kind: claim`, or the fields of the record"
        )

    # -- nodes -----------------------------------------------------------------------------------------------------

    def _read_node(self, document: Value, *, alone: bool) -> None:
        """A node: named by its file, or one of several that name themselves."""
        if not isinstance(document, Mapping):
            if not (isinstance(document, Scalar) and document.is_null):  # `---` at the end begins nothing
                self._report_no_mapping(document, "a node")
                self.rejected.add(self.stem)
            return
        before = len(self.faults)
        node_id = self._node_id(document, alone=alone)
        if node_id is None:
            return
        self.records.append(decode.decode_node(document, self.path, node_id, self.section, self.faults))
        if len(self.faults) > before:
            self.rejected.add(node_id)

    def _node_id(self, document: Mapping, *, alone: bool) -> str | None:
        """The id of a node, or None (with a fault) if it has no usable one."""
        written = document.values.get("id") if "id" in document.keys else None
        if written is None:
            if alone:
                return self.stem if self._is_good_id(self.stem, NOWHERE) else None
            help_text = "add `id:` as its first line"
            self._add_fault("missing-field", "a node in a file of several needs `id`", _head_span(document), help_text)
            return None
        if not isinstance(written, Scalar) or written.is_null:
            self._add_fault("wrong-type", "`id` must be one word", document.keys["id"].span, ID_HELP)
            return None
        if not self._is_good_id(written.text, written.span):
            return None
        if alone and written.text != self.stem:
            message = f"the id `{written.text}` does not match the file `{printable(self.stem)}.yaml`"
            help_text = f"rename the file to `{written.text}.yaml`, or remove `id:`"
            remedy = EntryRemoval("remove `id`", self.path, document, ("id",), safe=False)
            self._add_fault("id-mismatch", message, written.span, help_text, remedy)
            self.rejected.add(self.stem)
        return intern(written.text)

    def _is_good_id(self, text: str, span: Span) -> bool:
        if is_id(text):
            return True
        self.rejected.add(text)
        fault = Fault(
            "malformed-id", f"`{printable(text[:80])}` is no id", printable(self.path), span, help=id_like(text)
        )
        self.faults.append(fault)
        return False


def _with_fix(fault: Fault, text: str) -> Fault:
    """A fault with the fix that its remedy finds in the text, if it finds one."""
    return fault if fault.remedy is None else dataclasses.replace(fault, fix=fault.remedy(text), remedy=None)


def _is_empty(parsed: Parsed) -> bool:
    """Whether a file holds nothing but comments."""
    return all(isinstance(document, Scalar) and document.is_null for document in parsed.documents)


def _head_span(value: Value) -> Span:
    """A stretch to point at: the first key of a mapping, else the start of the value."""
    if isinstance(value, Mapping) and value.keys:
        return next(iter(value.keys.values())).span
    return Span(value.line, value.column, value.line, value.column + 1)
