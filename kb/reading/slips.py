"""What an editor most likely did where a file stops being YAML: the word to change, and what would be right.

A parser gives up where nothing else is possible, which is often lines after the slip. Here the lines up to that place are read again as
people write them (fields, items, texts in quotes), and each kind of slip is looked for where it was made.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kb.finding import Span
from kb.reading.lines import BLOCK, indent, is_separator, lines_read, quotes

if TYPE_CHECKING:
    from kb.reading.lines import Line


class Stop(NamedTuple):
    """Where the parser gave up, where what it was reading had begun (both counted from 0), and why it gave up."""

    line: int
    column: int
    begun_line: int
    begun_column: int
    why: str


class Slip(NamedTuple):
    """What was most likely done, where, and what would be right."""

    message: str
    span: Span
    help: str


class _Broken(NamedTuple):
    """The lines of a file, what begins a field or an item in the broken document, and where the parser gave up."""

    lines: list[str]
    read: list[Line]
    stop: Stop

    @property
    def last(self) -> Line | None:
        """The field or item in the line where the parser gave up."""
        return self.read[-1] if self.read and self.read[-1].number == self.stop.line else None

    @property
    def character(self) -> str:
        """The character at which the parser gave up."""
        return self.lines[self.stop.line][self.stop.column :][:1]


def likely_slip(lines: list[str], stop: Stop) -> Slip | None:
    """The likeliest slip in the document that the parser could not read on; None if it is like none that is known."""
    stop = stop._replace(line=min(stop.line, len(lines) - 1))
    first = max((number + 1 for number in range(stop.line) if is_separator(lines[number])), default=0)
    broken = _Broken(lines, list(lines_read(lines, first, stop.line)), stop)
    return next((slip for detect in _DETECTORS if (slip := detect(broken)) is not None), None)


# -- slips, the surest first -----------------------------------------------------------------------------------


def _line_span(number: int, start: int, end: int) -> Span:
    """A stretch of a line, counted from 0."""
    return Span(number + 1, start + 1, number + 1, end + 1)


def _conflict(broken: _Broken) -> Slip | None:
    for number, line in enumerate(broken.lines[: broken.stop.line + 1]):
        if line.startswith(CONFLICT[0]):
            marks = ", ".join(f"`{mark}`" for mark in CONFLICT[:2])
            help_text = (
                f"keep what is right of both versions; remove the lines that begin with {marks} and `{CONFLICT[2]}`"
            )
            return Slip("an unresolved merge conflict", _line_span(number, 0, len(line)), help_text)
    return None


CONFLICT = ("<<<<<<<", "=======", ">>>>>>>")
"""What git writes around two versions of the same lines, and between them."""


def _tab(broken: _Broken) -> Slip | None:
    line, number = broken.lines[broken.stop.line], broken.stop.line
    lead = line[: len(line) - len(line.lstrip())]
    column = lead.find("\t") if "\t" in lead else broken.stop.column
    if line[column : column + 1] != "\t":
        return None
    return Slip("a tab stands where only spaces may", _line_span(number, column, column + 1), "indent with spaces")


def _quote(broken: _Broken) -> Slip | None:
    """A quote that is not closed, or closed before the text is over."""
    for line in broken.read:
        for start, end in quotes(broken.lines, line):
            quote = broken.lines[line.number][start]
            if end is None:
                help_text = f"put `{quote}` where the text ends"
                return Slip("this quote is not closed", _line_span(line.number, start, start + 1), help_text)
            rest = broken.lines[end[0]][end[1] :].strip()
            if start == line.column and line.value[0] == quote and rest and rest[0] not in "#:":
                return Slip(
                    "the text ends at this quote, but its line goes on",
                    _line_span(end[0], end[1] - 1, end[1]),
                    _WHOLE[quote],
                )
    return None


_WHOLE = {
    '"': 'put the whole text in quotes, with `\\"` for those inside it, or below its key after `>-`',
    "'": "write `''` for an apostrophe in the text, or put the whole text in double quotes",
}


def _no_space(broken: _Broken) -> Slip | None:
    stop = broken.stop
    for line in broken.read:
        match = _GLUED.fullmatch(line.value)
        above = broken.last and line.number < stop.line and len(line.lead) == len(broken.last.lead)
        if match and not line.key and (line.number in {stop.line, stop.begun_line} or above):
            key, value = match.groups()
            span = _line_span(line.number, line.column, line.column + len(key) + 1)
            return Slip(f"a space is missing behind `{key}:`", span, f"write `{key}: {value[:40]}`")
    return None


_GLUED = re.compile(r"([a-z_]+):([^\s:/].*)")


def _beginning(broken: _Broken) -> Slip | None:
    """A text that begins with a sign that means something else to YAML."""
    line = broken.last
    if line is None:
        return None
    if line.key and line.value.startswith("- "):
        help_text = "give each item a line of its own, below the key; a text that begins with `- ` needs quotes"
        return Slip(
            "a list begins below its key, not beside it",
            _line_span(line.number, line.column, line.column + 1),
            help_text,
        )
    sign, column = line.value[:1], line.column
    if broken.character in _SIGNS:
        sign, column = broken.character, broken.stop.column
    bracket = _BRACKETS.match(line.value)
    if sign in _SIGNS or (sign in {"|", ">"} and not BLOCK.fullmatch(line.value)) or (bracket and bracket["more"]):
        message = f"a text that begins with {'a backtick' if sign == '`' else f'`{sign}`'} needs quotes"
        return Slip(
            message, _line_span(line.number, column, column + 1), "put the text in quotes, or below its key after `>-`"
        )
    return None


_SIGNS = frozenset("@%`*&!")
_BRACKETS = re.compile(r"(?:\[[^\[\]]*+\]|\{[^{}]*+\})\s*(?P<more>[^\s#,\]}:].*)?")


def _escape(broken: _Broken) -> Slip | None:
    line, (number, column, *_) = broken.lines[broken.stop.line], broken.stop
    start = line.rfind("\\", 0, column + 1)
    if start < 0 or not ("escape" in broken.stop.why or "hex" in broken.stop.why):
        return None
    help_text = r"write `\\` for a backslash, or put the text in single quotes"
    message = f"`{line[start : start + 2]}` means nothing inside double quotes"
    return Slip(message, _line_span(number, start, start + 2), help_text)


def _comment(broken: _Broken) -> Slip | None:
    """A `#` inside a text that goes on in the next line."""
    number = broken.stop.line
    before = broken.lines[number - 1] if number else ""
    comment = re.search(r"\s(#)", before)
    if comment is None or broken.last or not broken.read or indent(broken.lines[number]) <= len(broken.read[-1].lead):
        return None
    span = _line_span(number - 1, comment.start(1), len(before))
    return Slip(
        "a comment ends the text, which goes on in the next line", span, "put the text in quotes, or remove the comment"
    )


def _uneven(broken: _Broken) -> Slip | None:
    """A line of a text below its key that is indented less than the first one."""
    text = broken.read[-1] if broken.read else None
    number = broken.stop.line
    if text is None or text.number == number or not BLOCK.fullmatch(text.value):
        return None
    spaces, least = indent(broken.lines[number]), indent(broken.lines[text.number + 1])
    if not len(text.lead) < spaces < least:
        return None
    help_text = f"indent all lines of `{text.key}` alike" if text.key else "indent all lines of the text alike"
    span = _line_span(number, spaces, len(broken.lines[number].rstrip()))
    return Slip("this line is indented less than the text that it belongs to", span, help_text)


def _indentation(broken: _Broken) -> Slip | None:
    """A field that is indented deeper than the one before it, or like nothing before it."""
    line, before = broken.last, broken.read[-2] if len(broken.read) > 1 else None
    if line is None or before is None:
        return None
    name = f"`{line.key}`" if line.key else "this line"
    span = _line_span(line.number, len(line.lead), len(line.lead) + len(line.key or line.value))
    at_key = broken.character == ":" and broken.stop.column == broken.lines[line.number].find(":")
    if at_key and line.key and not before.key and before.lead.endswith("- ") and indent(line.lead) == len(before.lead):
        help_text = f"begin the item with a field as well, as in `- to: {before.value[:60]}`"
        return Slip(f"{name} is a field, but its item began as a text", span, help_text)
    if at_key and before.value and len(line.lead) > len(before.lead):
        help_text = f"begin it right below `{before.key or before.value[:40]}`; if it goes on with the text above, quote that text"
        return Slip(f"the indentation of {name} is deeper than that of the line above", span, help_text)
    first = broken.read[0]
    if line.key and first.key and indent(line.lead) < len(first.lead):
        span = _line_span(first.number, len(first.lead), len(first.lead) + len(first.key))
        help_text = f"begin it right above {name}"
        return Slip(f"the indentation of `{first.key}` is deeper than that of the fields below it", span, help_text)
    columns = {column for other in broken.read[:-1] for column in (indent(other.lead), len(other.lead))}
    if indent(line.lead) not in columns:
        return Slip(
            f"the indentation of {name} fits no line above", span, "indent it like the lines that it belongs with"
        )
    return None


def _colon(broken: _Broken) -> Slip | None:
    if broken.character != ":" or not broken.read:
        return None
    line, column = broken.read[-1], broken.stop.column
    span = _line_span(broken.stop.line, column, column + 1)
    help_text = "put the text in quotes, or below its key after `>-`"
    if line.key == "source" and len(words := line.value.replace(":", " ").split()) == _PASSAGE:
        help_text = f"write `source: {' '.join(words)[:80]}`: the id of the source, a space, and that of the passage"
    return Slip("a text that holds `: ` needs quotes", span, help_text)


_PASSAGE = 2


def _neither(broken: _Broken) -> Slip | None:
    """A line that is no field and not indented like a text either."""
    line, before = broken.last, broken.read[-2] if len(broken.read) > 1 else None
    if "expected ':'" in broken.stop.why:
        number = broken.stop.begun_line
    elif line and line.key and before and not before.key and before.lead == line.lead and broken.character == ":":
        number = before.number
    else:
        return None
    text = broken.lines[number].rstrip()
    above = next((other.key for other in reversed(broken.read) if other.key and other.number < number), "")
    goes_on = f"indent it if it goes on with `{above}`; " if above else ""
    return Slip(
        "this line is no field",
        _line_span(number, indent(text), len(text)),
        f"{goes_on}a field is written `key: value`",
    )


def _bracket(broken: _Broken) -> Slip | None:
    stop = broken.stop
    if "flow" not in stop.why:
        return None
    bracket = broken.lines[stop.begun_line][stop.begun_column : stop.begun_column + 1]
    shape = "[one, two]" if bracket == "[" else "{key: value, key: value}"
    if stop.begun_line < stop.line:
        span = _line_span(stop.begun_line, stop.begun_column, stop.begun_column + 1)
        return Slip("this bracket is not closed, or a comma is missing behind it", span, f"write `{shape}`")
    span = _line_span(stop.line, stop.column, stop.column + 1)
    return Slip("a comma or the closing bracket is missing here", span, f"write `{shape}`")


_DETECTORS = (
    *(_conflict, _tab, _quote, _no_space, _escape, _beginning),
    *(_comment, _uneven, _indentation, _neither, _bracket, _colon),
)
