"""Print rows: as an aligned table for people, as JSON, CSV or Markdown for everything else."""

from __future__ import annotations

import csv
import io
import json
import re
import textwrap
from typing import TYPE_CHECKING

from kb import breaking

if TYPE_CHECKING:
    from collections.abc import Sequence

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
"""What a row may hold."""
Row = dict[str, Json]

_NARROWEST = 24
_WORD, _SHIELD = re.compile(r"\S+"), "\0"
_SPACE = set(" \t\r\n")


def as_json(value: object) -> str:
    """JSON with a fixed layout and a final newline."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def render(rows: Sequence[Row], columns: Sequence[str], form: str, width: int = 100, *, cut: bool = False) -> str:
    """Rows in one of the forms; tables and Markdown show `columns` only, the last of them wrapped (or cut) to the width."""
    if form == "json":
        return as_json(rows)
    if form == "csv":
        return _csv(rows, columns)
    cells = [[_cell(row.get(column)) for column in columns] for row in rows]
    return _markdown(columns, cells) if form == "md" else _table(columns, cells, width, cut=cut)


def _cell(value: Json) -> str:
    """A value in a line of text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_cell(item) for item in value)
    if isinstance(value, dict):
        return " ".join(_cell(item) for item in value.values() if item not in (None, [], ""))
    return " ".join(str(value).split())


def _csv(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """All fields of all rows (without rows, the columns); what is nested stays JSON."""
    out = io.StringIO()
    names = list(dict.fromkeys(name for row in rows for name in row)) or columns
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([_csv_cell(row.get(name)) for name in names])
    return out.getvalue()


def _csv_cell(value: Json) -> str:
    """Words of a list with spaces between them, unless they hold spaces themselves."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, list) and all(isinstance(item, str) and item and not set(item) & _SPACE for item in value):
        return " ".join(str(item) for item in value)
    return json.dumps(value, ensure_ascii=False)


def _markdown(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    """A Markdown table; what could end a cell or start markup is escaped."""
    lines = ["| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
    lines += ["| " + " | ".join(escape_markdown(cell) for cell in row) + " |" for row in cells]
    return "\n".join(lines) + "\n"


_MARKDOWN = str.maketrans({char: f"\\{char}" for char in "\\`*_{}[]<>|#"})


def escape_markdown(text: str) -> str:
    """Text that Markdown shows as it is."""
    return text.translate(_MARKDOWN)


def _table(columns: Sequence[str], cells: Sequence[Sequence[str]], width: int, *, cut: bool) -> str:
    """Columns side by side; the last one takes what room is left and wraps, or is cut so that a row is a line."""
    widths = [max([len(name), *(breaking.column_count(row[n]) for row in cells)]) for n, name in enumerate(columns)]
    room = max(width - sum(widths[:-1]) - 2 * (len(columns) - 1), _NARROWEST)
    widths[-1] = min(widths[-1], room)
    head = [name.replace("_", " ").upper() for name in columns]
    lines: list[str] = []
    for row in (head, *cells):
        wrapped = [_cut(row[-1], widths[-1])] if cut else _wrapped(row[-1], widths[-1])
        front = "".join(cell + " " * (widths[n] + 2 - breaking.column_count(cell)) for n, cell in enumerate(row[:-1]))
        lines.append((front + wrapped[0]).rstrip())
        lines += [" " * breaking.column_count(front) + more for more in wrapped[1:]]
    return "\n".join(lines) + "\n"


def _shielded(word: str, width: int) -> str:
    may_break = len(word) > width and "://" not in word
    return word if may_break else word.replace("-", _SHIELD)


def _wrapped(text: str, width: int) -> list[str]:
    """The lines of a text; an id that is too long for a line is broken at a hyphen, no other word is, nor an address."""
    if not breaking.is_plain(text):
        return breaking.fill_lines(text, width) or [""]
    shielded = _WORD.sub(lambda word: _shielded(word[0], width), text)
    return [line.replace(_SHIELD, "-") for line in textwrap.wrap(shielded, width)] or [""]


def _cut(text: str, width: int) -> str:
    """The beginning of a text, in whole words where there is room for some."""
    if not breaking.is_plain(text):
        return breaking.truncate(text, width)
    return (
        text
        if len(text) <= width
        else textwrap.shorten(text, width, placeholder="…")
        if " " in text[:width]
        else f"{text[: width - 1]}…"
    )
