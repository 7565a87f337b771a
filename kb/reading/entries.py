"""Where the entries of mappings and lists begin and end in a text, and which stretches of it are comments.

The parser counts blank lines and comments below a block to it, and says nothing of comments at all: what may be taken out or moved
has to be looked for in the text itself.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from kb.reading.values import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.reading.text import Text
    from kb.reading.values import Value

Container = Mapping | Sequence


class Entry(NamedTuple):
    """A field of a mapping or an item of a list: its first character, the one behind its last, and what it is made of."""

    start: int
    end: int
    parts: tuple[Value, ...]


@functools.lru_cache(maxsize=4)
def entries(text: Text, container: Container) -> tuple[Entry, ...]:
    """The entries of a container in the order written; none if one of them was not read as written."""
    if isinstance(container, Sequence):
        return tuple(Entry(text.offset(i.line, i.column), end_of(text, i), (i,)) for i in container.items)
    if container.keys.keys() != container.values.keys() or "" in container.values:
        return ()
    fields = [(key, container.values[name]) for name, key in container.keys.items()]
    return tuple(
        Entry(text.offset(key.line, key.column), max(text.range(key.span)[1], end_of(text, value)), (key, value))
        for key, value in fields
    )


@functools.lru_cache(maxsize=4)
def positions(mapping: Mapping) -> dict[str, int]:
    """The number of each field in the order written."""
    return {name: index for index, name in enumerate(mapping.keys)}


def is_flow(text: Text, container: Container) -> bool:
    """Whether a container is written in brackets."""
    return text.string[text.offset(container.line, container.column)] in "[{"


def end_of(text: Text, value: Value) -> int:
    """Where a value ends, without the comments and blank lines below it."""
    if isinstance(value, Container) and not is_flow(text, value):
        inner = value.items if isinstance(value, Sequence) else list(value.values.values())
        if inner:
            return end_of(text, inner[-1])
    start, end = text.range(value.span)
    return start + len(text.string[start:end].rstrip())


def scalars(value: Value) -> Iterator[Scalar]:
    """Every text in a value, keys included, in the order written."""
    if isinstance(value, Scalar):
        yield value
    elif isinstance(value, Sequence):
        for item in value.items:
            yield from scalars(item)
    elif isinstance(value, Mapping):
        for name, key in value.keys.items():
            yield key
            yield from scalars(value.values[name])


def is_block(text: Text, scalar: Scalar) -> bool:
    """Whether a text stands below its key, after `|` or `>`."""
    start = text.offset(scalar.line, scalar.column)
    return not scalar.plain and text.string[start : start + 1] in {"|", ">"}


def has_comment(text: Text, start: int, end: int, entry: Entry) -> bool:
    """Whether a comment stands in a stretch around an entry: between its texts, or after the `|` or `>` of one."""
    done = start
    for scalar in (scalar for part in entry.parts for scalar in scalars(part)):
        first, last = text.range(scalar.span)
        header = text.string[first : text.next_line(first)] if is_block(text, scalar) else ""
        if "#" in text.string[done:first] or "#" in header:
            return True
        done = max(done, last)
    return "#" in text.string[done:end]


def line_below(text: Text, end: int, column: int) -> int:
    """The line after an entry and after the comments that are indented as parts of it, whose place is below it."""
    after = start = text.next_line(end)
    while start < len(text.string):
        following = text.next_line(start)
        line = text.string[start:following]
        indent = len(line) - len(line.lstrip(" "))
        if line[indent : indent + 1] == "#" and indent >= column:
            after = following
        elif line.strip():
            break
        start = following
    return after


def keeps_blank_lines(text: Text, value: Value) -> bool:
    """Whether the blank lines below a text in a value are part of it."""
    return any(is_block(text, s) and _KEEP.match(text.string, text.range(s.span)[0]) for s in scalars(value))


_KEEP = re.compile(r"[|>]\d?\+")
