"""Files that cannot be read as text, being too large or not UTF-8; and what can still be read of the latter."""

from __future__ import annotations

from kb.finding import Fault, Span
from kb.reading.syntax import LINE_END, span_after
from kb.reading.values import Mapping

MAX_BYTES = 1_000_000
"""A file larger than this is refused: a debate is made of short texts."""
_UNKNOWN = "\ufffd"
"""What stands in the text for a byte that is no letter."""


def too_large(file: str, size: int) -> Fault:
    """Say that a file of this many bytes is not read."""
    return Fault(
        "too-large",
        f"the file has {size:,} bytes; at most {MAX_BYTES:,} are read",
        file,
        Span(1, 1, 1, 1),
        help="split it: one node a file, or several files of nodes separated by `---`",
    )


def not_utf8(file: str, raw: bytes, index: int) -> Fault:
    """Say that a byte is no text in the encoding that all files have."""
    span = span_after(raw[:index].decode("utf-8"))
    return Fault("encoding", f"the byte 0x{raw[index]:02x} is not UTF-8", file, span, help="save the file as UTF-8")


def undecodable_lines(text: str) -> frozenset[int]:
    """The numbers of the lines in which a byte was no letter."""
    return frozenset(number for number, line in enumerate(LINE_END.split(text), 1) if _UNKNOWN in line)


def without_lines(lines: frozenset[int], root: Mapping) -> Mapping:
    """The fields of a document that stand in none of these lines."""
    kept = Mapping(root.line, root.column)
    for name, key in root.keys.items():
        if lines.isdisjoint(range(key.line, root.values[name].end_line + 1)):
            kept.keys[name], kept.values[name] = key, root.values[name]
    return kept
