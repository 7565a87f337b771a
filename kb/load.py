"""Read a debate from a folder or from texts: always what could be read, and what was wrong with the rest.

One broken file never hides the others. Nothing outside the folder is read (symbolic links are not followed) and nothing is written.
"""

from __future__ import annotations

import contextlib
import gc
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kb import decode
from kb.debate import Debate
from kb.fields import is_id
from kb.finding import NOWHERE, Fault, KbError, Span
from kb.model import Node, Participant, Settings, Source, Term, Topic
from kb.source import MAX_BYTES, Mapping, Scalar, parse_bytes, too_large

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.source import Value

CLAIMS = "claims"
SETTINGS = "kb.yaml"
_SUFFIXES = (".yaml", ".yml")
_MAX_FOLDERS = 12


@dataclass(frozen=True, slots=True)
class Loaded:
    """A debate, the faults found while reading it, and where its files are (for excerpts)."""

    debate: Debate
    faults: tuple[Fault, ...]
    project: Path
    texts: dict[str, bytes] = field(default_factory=dict)

    def line(self, file: str, number: int) -> str:
        """One line of a file as the editor sees it, for excerpts; empty if it cannot be read."""
        raw = self.texts.get(file)
        if raw is None:
            try:
                with (self.project / file).open("rb") as handle:
                    raw = handle.read(MAX_BYTES)
            except OSError:
                raw = b""
            self.texts[file] = raw
        lines = raw.decode("utf-8", "replace").removeprefix("\ufeff").splitlines()
        return lines[number - 1] if 0 < number <= len(lines) else ""


def find(start: Path) -> Path:
    """The `claims/` folder in `start` or the nearest one above it."""
    start = start.absolute()
    if not start.is_dir():
        message = f"there is no folder {start}"
        raise KbError(message)
    for folder in (start, *start.parents):
        if (folder / CLAIMS).is_dir():
            return folder / CLAIMS
        if (folder / SETTINGS).is_file():
            return folder
    message = f"no claims/ folder in {start} or above it; `kb init` starts a debate"
    raise KbError(message)


def load(claims: Path) -> Loaded:
    """Read the debate in a folder, usually called `claims/`."""
    project = claims.absolute().parent
    was_enabled = gc.isenabled()
    gc.disable()  # many small records, none of them garbage: a third of the time goes to looking
    try:
        debate, faults = assemble(claims.name, _files(claims))
    finally:
        if was_enabled:
            gc.enable()
    return Loaded(debate, faults, project)


def load_texts(texts: dict[str, str]) -> Loaded:
    """Read a debate from texts by path, as in `{"claims/kb.yaml": "title: …"}`."""
    raw = {path: text.encode() for path, text in texts.items()}
    debate, faults = assemble(CLAIMS, sorted(raw.items()))
    return Loaded(debate, faults, Path(), raw)


# -- files -----------------------------------------------------------------------------------------------------


def _files(claims: Path) -> Iterator[tuple[str, bytes | Fault]]:
    """Every YAML file below a folder with its bytes, or why there are none; sorted by path."""
    prefix = f"{claims.absolute().parent}{os.sep}"
    for path, entry in sorted(_walk(str(claims), claims.name, 0)):
        if entry is not None:
            yield path, entry
            continue
        try:
            with open(prefix + path, "rb", buffering=0) as handle:  # noqa: PTH123 - the hot path
                size = os.fstat(handle.fileno()).st_size
                yield path, too_large(path, size) if size > MAX_BYTES else handle.read()
        except OSError as error:
            yield path, _unreadable(path, error.strerror or "it cannot be read")


def _walk(folder: str, shown: str, depth: int) -> Iterator[tuple[str, Fault | None]]:
    """Paths of YAML files relative to the project, with a fault for what cannot be read."""
    try:
        entries = list(os.scandir(folder))
    except OSError as error:
        yield shown, _unreadable(shown, error.strerror or "it cannot be read")
        return
    for entry in entries:
        name = entry.name
        if name.startswith("."):
            continue
        path = f"{shown}/{name}"
        if entry.is_symlink():
            if name.endswith(_SUFFIXES) or entry.is_dir():
                yield path, _unreadable(path, "symbolic links are not followed")
        elif entry.is_dir(follow_symlinks=False):
            if depth >= _MAX_FOLDERS:
                yield path, _unreadable(path, f"folders are read {_MAX_FOLDERS} deep")
            else:
                yield from _walk(entry.path, path, depth + 1)
        elif name.endswith(_SUFFIXES):
            yield path, None if entry.is_file(follow_symlinks=False) else _unreadable(path, "it is not a regular file")


def _unreadable(path: str, why: str) -> Fault:
    safe = path.encode("utf-8", "replace").decode()
    return Fault("unreadable-file", f"`{safe}` was not read: {why}", safe, NOWHERE)


# -- records ---------------------------------------------------------------------------------------------------


def assemble(root: str, files: Iterable[tuple[str, bytes | Fault]]) -> tuple[Debate, tuple[Fault, ...]]:
    """Decode files into one debate."""
    builder = _Builder(root)
    for path, raw in files:
        builder.add(path, raw)
    return builder.finish()


class _Builder:
    """Collects records; the first to use an id keeps it."""

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
        """Ids that a file stands for but whose record could not be read: no reason to call them unknown as well."""

    def add(self, path: str, raw: bytes | Fault) -> None:
        """Read one file."""
        stem, folders = _stem(path), path.split("/")[1:-1]
        if isinstance(raw, Fault):
            self.faults.append(raw)
            self.rejected.add(stem)
            return
        parsed = parse_bytes(path, raw)
        self.faults.extend(parsed.faults)
        if parsed.faults:
            self.rejected.add(stem)
        documents = parsed.documents
        if not documents or all(isinstance(d, Scalar) and d.is_null for d in documents):
            if not parsed.faults:
                self.faults.append(
                    Fault("empty-file", "the file holds nothing", path, NOWHERE, help="write a record or delete it")
                )
                self.rejected.add(stem)
            return
        section = folders[0] if folders else ""
        if path == f"{self.root}/{SETTINGS}":
            self._single(path, documents, lambda m: self._set_settings(m, path))
        elif section in {"sources", "participants", "terms"}:
            self._record(path, stem, section, documents)
        elif stem == "topic" and folders:
            self._single(path, documents, lambda m: self._set_topic(m, path, section))
        else:
            self._nodes(path, stem, section, documents)

    def _single(self, path: str, documents: tuple[Value, ...], use: object) -> None:
        """Hand over the one mapping of a file that holds one record."""
        for extra in documents[1:]:
            self._fault("wrong-type", "this file holds one record; here a second begins", path, _head(extra))
        first = documents[0]
        if isinstance(first, Mapping):
            use(first)  # type: ignore[operator]
        else:
            self._fault("wrong-type", "the file must hold a mapping, `key: value` lines", path, _head(first))
            self.rejected.add(_stem(path))

    def _fault(self, rule: str, message: str, path: str, span: Span, help_text: str = "") -> None:
        self.faults.append(Fault(rule, message, path, span, help=help_text))

    def _set_settings(self, mapping: Mapping, path: str) -> None:
        self.settings = decode.settings(mapping, path, self.faults)

    def _set_topic(self, mapping: Mapping, path: str, section: str) -> None:
        made = decode.topic(mapping, path, section, self.faults)
        self.topics.setdefault(section, made)

    def _record(self, path: str, stem: str, section: str, documents: tuple[Value, ...]) -> None:
        """A source, participant or term: one a file, named by the file."""
        if not self._good_id(stem, path, NOWHERE):
            return

        def use(mapping: Mapping) -> None:
            table: dict[str, Source] | dict[str, Participant] | dict[str, Term]
            if section == "sources":
                table, made = self.sources, decode.source(mapping, path, stem, self.faults)
            elif section == "participants":
                table, made = self.participants, decode.participant(mapping, path, stem, self.faults)  # type: ignore[assignment]
            else:
                table, made = self.terms, decode.term(mapping, path, stem, self.faults)  # type: ignore[assignment]
            if stem in table:
                self._duplicate(stem, made, table[stem])
            else:
                table[stem] = made  # type: ignore[assignment]

        self._single(path, documents, use)

    def _nodes(self, path: str, stem: str, topic: str, documents: tuple[Value, ...]) -> None:
        """Nodes: one named by the file, or several that name themselves."""
        for document in documents:
            if not isinstance(document, Mapping):
                self._fault("wrong-type", "a node must be a mapping, `key: value` lines", path, _head(document))
                if len(documents) == 1:
                    self.rejected.add(stem)
                continue
            found = self._node_id(document, path, stem, alone=len(documents) == 1)
            if found is None:
                continue
            made = decode.node(document, path, found, topic, self.faults)
            if found in self.nodes:
                self._duplicate(found, made, self.nodes[found])
            else:
                self.nodes[found] = made

    def _node_id(self, document: Mapping, path: str, stem: str, *, alone: bool) -> str | None:
        """The id of a node, or None (with a fault) if it has no usable one."""
        written = document.values.get("id") if "id" in document.keys else None
        if written is None:
            if alone:
                return stem if self._good_id(stem, path, NOWHERE) else None
            span = _head(document)
            self._fault(
                "missing-field", "a node in a file of several needs `id`", path, span, "add `id:` as its first line"
            )
            return None
        if not isinstance(written, Scalar):
            self._fault("wrong-type", "`id` must be one word", path, document.keys["id"].span, decode.ID_HELP)
            return None
        if not self._good_id(written.text, path, written.span):
            return None
        if alone and written.text != stem:
            self._fault(
                "id-mismatch",
                f"the id `{written.text}` does not match the file `{stem}.yaml`",
                path,
                written.span,
                f"rename the file to `{written.text}.yaml`, or remove `id:`",
            )
        return written.text

    def _good_id(self, text: str, path: str, span: Span) -> bool:
        if is_id(text):
            return True
        shown = text.encode("utf-8", "replace").decode()[:80]
        self._fault("malformed-id", f"`{shown}` is no id", path, span, decode.ID_HELP)
        self.rejected.add(text)
        return False

    def _duplicate(
        self, used: str, made: Node | Source | Participant | Term, first: Node | Source | Participant | Term
    ) -> None:
        place, earlier = made.place("id"), first.place("id")
        self.faults.append(
            Fault(
                "duplicate-id",
                f"the id `{used}` is taken by {earlier.file}:{earlier.span.line}",
                place.file,
                place.span,
                help="rename one of the two",
                node=used,
                related=((earlier.file, earlier.span, "first used here"),),
            )
        )

    def finish(self) -> tuple[Debate, tuple[Fault, ...]]:
        """The debate and all faults."""
        if self.settings is None:
            file = f"{self.root}/{SETTINGS}"
            if "kb" not in self.rejected:
                self._fault(
                    "missing-file", f"a debate needs `{SETTINGS}`", file, NOWHERE, "create it with a line `title: …`"
                )
            self.settings = Settings(file=file)
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


def _stem(path: str) -> str:
    name = path.rpartition("/")[2]
    return name.rpartition(".")[0]


def _head(value: Value) -> Span:
    """A stretch to point at: the first key of a mapping, else the start of the value."""
    with contextlib.suppress(StopIteration):
        if isinstance(value, Mapping):
            return next(iter(value.keys.values())).span
    return Span(value.line, value.column, value.line, value.column + 1)
