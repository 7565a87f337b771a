"""Take an entry out of a file, set it apart, or put fields in order: what can be mended only when the text is at hand.

Each remedy is asked with the text of the file and answers with the edits, or with nothing where it cannot be sure. No comment is ever
lost, and lines that are not concerned stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kb.finding import Edit, Fix, Place
from kb.reading.entries import entries, has_comment, is_flow, keeps_blank_lines, line_below, positions
from kb.reading.source import parse
from kb.reading.text import text_of
from kb.reading.values import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from kb.reading.entries import Container, Entry
    from kb.reading.text import Text
    from kb.reading.values import Value


# -- taking out ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EntryRemoval:
    """Take out what stands at a path; a field or list that would be empty then goes with it."""

    title: str
    file: str
    root: Value | None
    path: tuple[str | int, ...]
    safe: bool = True

    def __call__(self, string: str) -> Fix | None:
        """The lines, or the stretch between brackets, that go."""
        text = text_of(string)
        steps = _containers_on_path(self.root, self.path)
        while len(steps) > 1 and _entry_count(steps[-1][0]) == 1:
            steps.pop()
        removed = _removed_range(text, *steps[-1]) if steps else None
        return removed and Fix(self.title, (_edit(text, self.file, *removed),), self.safe)


def _containers_on_path(root: Value | None, path: tuple[str | int, ...]) -> list[tuple[Container, int]]:
    """The containers on a path, each with the number of its entry; a text in the place of a list is its only item.

    None if the path leads nowhere: what stands on the way must not go in its place.
    """
    containers: list[tuple[Container, int]] = []
    value = root
    for step in path:
        if isinstance(value, Mapping) and isinstance(step, str) and step in value.values:
            containers.append((value, positions(value)[step]))
            value = value.values[step]
        elif isinstance(value, Sequence) and isinstance(step, int) and step < len(value.items):
            containers.append((value, step))
            value = value.items[step]
        elif not (isinstance(value, Scalar) and step == 0):
            return []
    return containers


def _entry_count(container: Container) -> int:
    return len(container.items if isinstance(container, Sequence) else container.keys)


def _removed_range(text: Text, container: Container, index: int) -> tuple[int, int] | None:
    """What has to go for an entry to be gone."""
    listed = entries(text, container)
    if not listed:
        return None
    between = _range_in_brackets if is_flow(text, container) else _range_on_lines
    cut = between(text, listed, index, container)
    return None if cut is None or has_comment(text, *cut, listed[index]) else cut


def _range_in_brackets(_: Text, listed: tuple[Entry, ...], index: int, _list: Container) -> tuple[int, int] | None:
    if index + 1 < len(listed):
        return listed[index].start, listed[index + 1].start
    return (listed[index - 1].end, listed[index].end) if index else None


def _range_on_lines(text: Text, listed: tuple[Entry, ...], index: int, block: Container) -> tuple[int, int] | None:
    """All lines of an entry; of one with a comment behind it, what stands before the comment."""
    start, end, _ = listed[index]
    first, last = text.line_start(start), text.next_line(end)
    lead, rest = text.string[first:start], text.string[end:last]
    dash = "" if isinstance(block, Mapping) else "-"
    if lead.strip() != dash or "\t" in lead or line_below(text, end, block.column) != last:
        return None
    if not rest.strip():
        return first, last
    comment = rest.lstrip()
    return (first + len(lead) - len(lead.lstrip()), last - len(comment)) if comment.startswith("#") else None


@dataclass(frozen=True, slots=True)
class ListUnwrapping:
    """Take the brackets off a list of one where a text belongs."""

    title: str
    file: str
    list: Sequence

    def __call__(self, string: str) -> Fix | None:
        """The two brackets, with the space and the comma inside them."""
        text = text_of(string)
        start, end = text.range(self.list.span)
        (item,) = entries(text, self.list)
        if not is_flow(text, self.list) or self.list.line != self.list.end_line:
            return None
        return Fix(self.title, tuple(_edit(text, self.file, *cut) for cut in ((start, item.start), (item.end, end))))


def _edit(text: Text, file: str, start: int, end: int, new: str = "") -> Edit:
    return Edit(Place(file, text.between(start, end)), new)


# -- setting apart ---------------------------------------------------------------------------------------------

_DATA = "data"
_INDENT = "  "


@dataclass(frozen=True, slots=True)
class DataMove:
    """Keep a field that nobody reads under `data`, where nobody is meant to."""

    file: str
    mapping: Mapping
    name: str

    def __call__(self, string: str) -> Fix | None:
        """Put `data:` above it, or move it to the `data` that is there."""
        text = text_of(string)
        fields = entries(text, self.mapping)
        if not fields:
            return None
        entry = fields[positions(self.mapping)[self.name]]
        data = self.mapping.values.get(_DATA)
        if is_flow(text, self.mapping):
            edits = self._in_brackets(text, entry) if data is None else ()
        elif text.string[text.line_start(entry.start) : entry.start].strip(" "):
            edits = ()
        elif data is None:
            edits = self._below_it(text, entry)
        else:
            edits = self._moved(text, entry, data) if isinstance(data, Mapping) else ()
        return Fix(f"keep `{self.name}` under `{_DATA}`", edits, safe=False) if edits else None

    def _in_brackets(self, text: Text, entry: Entry) -> tuple[Edit, ...]:
        opened = _edit(text, self.file, entry.start, entry.start, f"{_DATA}: {{")
        return opened, _edit(text, self.file, entry.end, entry.end, "}")

    def _below_it(self, text: Text, entry: Entry) -> tuple[Edit, ...]:
        lead = text.string[text.line_start(entry.start) : entry.start]
        opened = f"{_DATA}:{text.newline}{lead}{_INDENT}"
        lines = [line for line, content in _lines(text, entry) if content.strip()][1:]
        return (
            _edit(text, self.file, entry.start, entry.start, opened),
            *(_edit(text, self.file, line, line, _INDENT) for line in lines),
        )

    def _moved(self, text: Text, entry: Entry, data: Mapping) -> tuple[Edit, ...]:
        data_entries = entries(text, data)
        if not data_entries or is_flow(text, data) or self.name in data.keys or keeps_blank_lines(text, data):
            return ()
        target = line_below(text, data_entries[-1].end, data.column)
        lines = _lines(text, entry)
        if line_below(text, entry.end, self.mapping.column) != text.next_line(entry.end):
            return ()
        if not text.string[:target].endswith(text.newline) or not lines[-1][1].endswith(text.newline):
            return ()
        lead = text.string[lines[0][0] : entry.start]
        indent = " " * (data_entries[0].start - text.line_start(data_entries[0].start))
        moved = "".join(indent + line.removeprefix(lead) if line.strip() else line for _, line in lines)
        removal = _edit(text, self.file, lines[0][0], text.next_line(entry.end))
        return _edit(text, self.file, target, target, moved), removal


def _lines(text: Text, entry: Entry) -> list[tuple[int, str]]:
    """The lines of an entry, each with its first character."""
    lines = []
    start = text.line_start(entry.start)
    while start < entry.end:
        end = text.next_line(start)
        lines.append((start, text.string[start:end]))
        start = end
    return lines


# -- putting in order ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FieldSorting:
    """Put the fields of a mapping in order, each with the comments above it."""

    title: str
    file: str
    mapping: Mapping
    order: tuple[str, ...]

    def __call__(self, string: str) -> Fix | None:
        """Only what stands at the wrong place is moved, and only if the file then says the same."""
        text = text_of(string)
        bounds = _bounds(text, self.mapping)
        names = list(self.mapping.keys)
        wanted = sorted(range(len(names)), key=lambda index: self.order.index(names[index]))
        wrong = [index for index, other in enumerate(wanted) if index != other]
        if not bounds or not wrong:
            return None
        parts = [text.string[start:end] for start, end in pairwise(bounds)]
        first, last = wrong[0], wrong[-1] + 1
        moved = _join_parts(
            [parts[index] for index in wanted[first:last]], text.newline, closed=_is_closed(parts[last - 1])
        )
        before, after = "".join(parts), "".join([*parts[:first], moved, *parts[last:]])
        if (content := _content_of(before)) is None or content != _content_of(after):
            return None
        return Fix(self.title, (_edit(text, self.file, bounds[first], bounds[last], moved),))


def _bounds(text: Text, mapping: Mapping) -> list[int]:
    """Where each field of a mapping begins with the comments above it, and where the last one ends; none if they share lines."""
    fields = entries(text, mapping)
    if not fields or is_flow(text, mapping):
        return []
    for start, end, _ in fields:
        lead, rest = text.string[text.line_start(start) : start], text.string[end : text.next_line(end)]
        if lead.strip(" ") or rest.strip()[:1] not in {"", "#"}:
            return []
    if keeps_blank_lines(text, mapping):
        return []
    return [text.line_start(fields[0].start), *(line_below(text, entry.end, mapping.column) for entry in fields)]


def _is_closed(line: str) -> bool:
    return line.endswith(("\n", "\r", "\x85", "\u2028", "\u2029"))


def _join_parts(parts: list[str], newline: str, *, closed: bool) -> str:
    """Parts below each other, the last one with an end of line only if that stood there."""
    lines = "".join(part if _is_closed(part) else part + newline for part in parts)
    return lines if closed else lines.removesuffix(newline)


def _content_of(text: str) -> object:
    """What a stretch of a file says, whatever the order of its fields."""
    parsed = parse("", text)
    return None if parsed.faults else [_plain_value(document) for document in parsed.documents]


def _plain_value(value: Value) -> object:
    if isinstance(value, Mapping):
        return {name: _plain_value(inner) for name, inner in value.values.items()}
    if isinstance(value, Sequence):
        return [_plain_value(item) for item in value.items]
    return (value.text, value.plain) if isinstance(value, Scalar) else None
