"""Read a strict subset of YAML and remember where every word of it stands.

The only reader of YAML in the package. It walks the parser's event stream (no recursion, so depth can be capped) and keeps
mappings, sequences and scalars with their positions. Scalars stay text: `no`, `on` and `2024-01-01` mean what they say. What the
subset leaves out (anchors, aliases, tags, merge keys, keys that are not plain words) is a fault with a position, never an
exception, and the rest of the document is still read.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

import yaml

from kb.finding import Fault, Span
from kb.reading.letters import MAX_BYTES, not_utf8, too_large, undecodable_lines, without_lines
from kb.reading.syntax import Complaint, escaped, syntax_fault, unprintable, without_controls
from kb.reading.torn import complete_before, document_start, lines_between, lines_from, next_document_start
from kb.reading.values import Mapping, Scalar, Sequence, Unread

if TYPE_CHECKING:
    from collections.abc import Callable

    from kb.reading.syntax import Mark
    from kb.reading.values import Value

try:
    from yaml._yaml import CParser as _Parser  # the C library: ten times as fast
except ImportError:  # PyYAML built without libyaml
    HAS_C_PARSER = False

    class _Parser(  # type: ignore[no-redef]
        yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser
    ):
        """The same events from PyYAML's own Python parser."""

        def __init__(self, stream: str) -> None:
            yaml.reader.Reader.__init__(self, stream)
            yaml.scanner.Scanner.__init__(self)
            yaml.parser.Parser.__init__(self)
else:
    HAS_C_PARSER = True

PARSER = f"PyYAML {yaml.__version__}, {'C' if HAS_C_PARSER else 'Python'}"
"""What reads YAML here: another parser may place or report things differently."""

MAX_DEPTH = 20
"""Brackets and indentation nested deeper than this are refused (a node needs four levels)."""
MAX_BROKEN = 20
"""After so many broken documents a file is not read on: it is no file of a debate."""


class _Event(Protocol):
    """What the events of the parser offer (which of it depends on the kind of event)."""

    value: str
    style: str | None
    anchor: str | None
    tag: str | None
    start_mark: Mark
    end_mark: Mark


class Parsed(NamedTuple):
    """The documents of one file, its faults, and what can be read of documents that break off or hold bytes that are no UTF-8."""

    documents: tuple[Value, ...]
    faults: tuple[Fault, ...]
    torn: tuple[Mapping, ...] = ()


def parse_bytes(file: str, raw: bytes) -> Parsed:
    """Read a file's bytes; what is too large, not UTF-8 or not text is a fault."""
    if len(raw) > MAX_BYTES:
        return Parsed((), (too_large(file, len(raw)),))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _parse_legible(not_utf8(file, raw, error.start), raw.decode("utf-8", "replace"))
    return parse(file, text)


def _parse_legible(fault: Fault, text: str) -> Parsed:
    """What else is surely wrong with a file that is not all UTF-8: in fields without such bytes, if it can be read to its end."""
    parsed = parse(fault.file, text)
    if not parsed.documents or any(one.rule in {"yaml-syntax", "too-deep"} for one in parsed.faults):
        return Parsed((), (fault,))
    lines = undecodable_lines(text)
    more = (one for one in parsed.faults if lines.isdisjoint(range(one.span.line, one.span.end_line + 1)))
    mappings = (without_lines(lines, root) for root in parsed.documents if isinstance(root, Mapping))
    return Parsed((), (fault, *more), tuple(root for root in mappings if root.keys))


def parse(file: str, text: str) -> Parsed:
    """Read YAML text (one document or several, separated by `---`) into values with positions.

    A document that cannot be read on does not hide those behind it.
    """
    text = text.removeprefix("\ufeff")
    no_text = unprintable(file, text)
    if no_text is not None:
        return Parsed((), (no_text,))
    parsed, broken = _parse_documents(file, text)
    for _ in range(MAX_BROKEN - 1):
        begin = broken and next_document_start(text, broken)
        if begin is None:
            break
        more, broken = _parse_documents(file, lines_from(text, begin))
        parsed = Parsed(parsed.documents + more.documents, parsed.faults + more.faults, parsed.torn + more.torn)
    return parsed


def _parse_documents(file: str, text: str) -> tuple[Parsed, int | None]:
    """Read documents up to one that is broken, and that as far as it can be; and the line it is broken in."""
    reader = _Reader(file)
    broken: Fault | None = None
    try:
        parser = _Parser(text)
        reader.read(cast("Callable[[], _Event | None]", parser.get_event))
    except yaml.MarkedYAMLError as error:
        complaint = Complaint(error.problem, error.context, error.problem_mark, error.context_mark)
        broken = syntax_fault(file, text, complaint)
    except yaml.YAMLError as error:
        broken = Fault("yaml-syntax", str(error).splitlines()[0], file, Span(1, 1, 1, 1))
    except _TooDeepError as error:
        message, help_text = (
            f"nested deeper than {MAX_DEPTH} levels",
            "a node needs four levels at most; look for stray brackets",
        )
        broken = Fault("too-deep", message, file, error.args[0], help=help_text)
    if broken is None:
        return Parsed(tuple(reader.documents), tuple(reader.faults)), None
    line = broken.span.line
    first = document_start(text, line)
    documents = tuple(document for document in reader.documents if document.line < first)
    before = [fault for fault in reader.faults if fault.span.line < line]
    return Parsed(documents, (*before, broken), _complete_fields(file, text, first, line)), line


def _complete_fields(file: str, text: str, first: int, line: int) -> tuple[Mapping, ...]:
    """Of a document that is broken in a line, the fields that are complete before it, if it has any."""
    reader = _Reader(file)
    try:
        parser = _Parser(lines_between(text, first, line))
        reader.read(cast("Callable[[], _Event | None]", parser.get_event))
    except (yaml.YAMLError, _TooDeepError):
        return ()
    roots = [document for document in reader.documents if isinstance(document, Mapping)]
    return complete_before(line, text, roots[-1]) if roots else ()


class _TooDeepError(Exception):
    """Raised to leave the event loop; the argument is the span."""


class _Reader:
    """Builds values from events; one per file.

    `stack` holds the containers around `container`, each with the key that waits for a value in it; `key` is that of
    `container` itself.
    """

    __slots__ = ("container", "documents", "duplicates", "faults", "file", "key", "stack")

    def __init__(self, file: str) -> None:
        self.file = file
        self.documents: list[Value] = []
        self.faults: list[Fault] = []
        self.duplicates: dict[int, int] = {}
        self.stack: list[tuple[Sequence | Mapping | None, Scalar | None]] = []
        self.container: Sequence | Mapping | None = None
        self.key: Scalar | None = None

    def forbid(self, what: str, span: Span, help_text: str) -> None:
        """Report a YAML feature outside the subset."""
        self.faults.append(Fault("forbidden-yaml", f"{what} not allowed here", self.file, span, help=help_text))

    def read(self, get_event: Callable[[], _Event | None]) -> None:
        """Consume all events. Nine in ten are scalars in a mapping: those are placed here, without a further call."""
        actions: dict[type, Callable[[_Event], None]] = {
            yaml.MappingStartEvent: self._open_mapping,
            yaml.SequenceStartEvent: self._open_sequence,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.AliasEvent: self._alias,
        }
        scalar: type = yaml.ScalarEvent
        while (event := get_event()) is not None:
            if type(event) is not scalar:
                action = actions.get(type(event))
                if action is not None:
                    action(event)
                continue
            text, start, end = event.value, event.start_mark, event.end_mark
            value = Scalar(text, not event.style, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
            if event.style == '"' and not text.isprintable():
                text = value.text = self._printable_text(value)
            if event.anchor is not None or event.tag is not None:
                self._report_decoration(event, value)
            container, key = self.container, self.key
            if type(container) is not Mapping:
                self._add_value(value)
            elif key is not None:
                container.values[key.text] = value
                self.key = None
            elif text in container.keys or text == "<<":
                self.key = self._key(container, value)
            else:
                container.keys[text] = self.key = value

    def _printable_text(self, value: Scalar) -> str:
        """A text without what no terminal should be told, which is reported."""
        self.faults += filter(None, [escaped(self.file, value.text, value.span)])
        return without_controls(value.text)

    def _alias(self, event: _Event) -> None:
        start, end = event.start_mark, event.end_mark
        value = Unread(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        self.forbid("an alias (`*name`) is", value.span, "write the value out, or quote the text if it begins with `*`")
        self._add_value(value)

    def _open_mapping(self, event: _Event) -> None:
        self._open(event, Mapping(event.start_mark.line + 1, event.start_mark.column + 1))

    def _open_sequence(self, event: _Event) -> None:
        self._open(event, Sequence(event.start_mark.line + 1, event.start_mark.column + 1))

    def _open(self, event: _Event, opened: Sequence | Mapping) -> None:
        if event.anchor is not None or event.tag is not None:
            self._report_decoration(event, opened)
        if len(self.stack) >= MAX_DEPTH:
            raise _TooDeepError(Span(opened.line, opened.column, opened.line, opened.column + 1))
        self.stack.append((self.container, self.key))
        self.container, self.key = opened, None

    def _close(self, event: _Event) -> None:
        closed = self.container
        if closed is None:
            return
        closed.end_line, closed.end_column = event.end_mark.line + 1, event.end_mark.column + 1
        self.container, self.key = self.stack.pop()
        self._add_value(closed)

    def _add_value(self, value: Value) -> None:
        """Put a finished value where it belongs: under the waiting key, into the list, or as a document."""
        container = self.container
        if type(container) is Mapping:
            if self.key is None:
                self.key = self._key(container, value)
            else:
                container.values[self.key.text] = value
                self.key = None
        elif type(container) is Sequence:
            container.items.append(value)
        else:
            self.documents.append(value)

    def _report_decoration(self, event: _Event, value: Value) -> None:
        """Report an anchor or a tag on a value."""
        span = Span(value.line, value.column, value.line, value.column + 1)
        if event.anchor is not None:
            self.forbid(f"the anchor `&{event.anchor}` is", span, "remove it, or quote the text if it begins with `&`")
        if event.tag is not None:
            self.forbid(f"the tag `{event.tag}` is", span, "remove it, or quote the text if it begins with `!`")

    def _key(self, mapping: Mapping, value: Value) -> Scalar:
        """Accept a key, or report it and give it a name no field has, so that its value is skipped."""
        if not isinstance(value, Scalar):
            if not isinstance(value, Unread):
                self.forbid("a list or mapping as a key is", value.span, "keys are plain words")
            return Scalar("", False, value.line, value.column, value.end_line, value.end_column)
        if value.text == "<<" and value.plain:
            self.forbid("the merge key `<<` is", value.span, "write the fields out")
            return Scalar("", False, value.line, value.column, value.end_line, value.end_column)
        if value.text in mapping.keys:
            self._report_duplicate_key(mapping, value)
            return Scalar("", False, value.line, value.column, value.end_line, value.end_column)
        mapping.keys[value.text] = value
        return value

    def _report_duplicate_key(self, mapping: Mapping, key: Scalar) -> None:
        """Report a key that is there already; more of them in one mapping are one slip, a `- ` or `---` left out."""
        first = mapping.keys[key.text]
        earlier = self.duplicates.get(id(mapping))
        if earlier is not None:
            fault = self.faults[earlier]
            also = (self.file, key.span, f"`{key.text}` is given twice too; was a `- ` or `---` left out above?")
            self.faults[earlier] = dataclasses.replace(fault, related=(*fault.related, also))
            return
        self.duplicates[id(mapping)] = len(self.faults)
        message = f"`{key.text}` is given twice; the first is in line {first.line}"
        related = ((self.file, first.span, "first given here"),)
        help_text = "keep one, or join the two values into a list"
        self.faults.append(Fault("duplicate-key", message, self.file, key.span, help=help_text, related=related))
