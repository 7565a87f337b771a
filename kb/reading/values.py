"""Pieces of YAML with the places they were read from: what the reader hands to the decoder."""

from __future__ import annotations

from kb.finding import Span


class Value:
    """A piece of YAML with the place it was read from (1-based, end exclusive)."""

    __slots__ = ("column", "end_column", "end_line", "line")

    def __init__(self, line: int, column: int, end_line: int, end_column: int) -> None:
        """Remember the place."""
        self.line = line
        self.column = column
        self.end_line = end_line
        self.end_column = end_column

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.line, self.column, self.end_line, self.end_column)


class Unread(Value):
    """Something outside the subset, reported where it stands; whoever meets it need not report it again."""

    __slots__ = ()


class Scalar(Value):
    """A text. `plain` tells an unquoted word, the only one that can mean null or a boolean."""

    __slots__ = ("plain", "text")

    def __init__(self, text: str, plain: bool, line: int, column: int, end_line: int, end_column: int) -> None:
        """Keep the text as written, after YAML's own folding and unquoting."""
        self.text = text
        self.plain = plain
        self.line = line
        self.column = column
        self.end_line = end_line
        self.end_column = end_column

    @property
    def is_null(self) -> bool:
        """Nothing was written (YAML 1.2 core schema, section 10.3.2)."""
        return self.plain and self.text in {"", "~", "null", "Null", "NULL"}


class Sequence(Value):
    """A list."""

    __slots__ = ("items",)

    def __init__(self, line: int, column: int) -> None:
        """Start an empty list; the reader fills it and sets its end."""
        super().__init__(line, column, line, column)
        self.items: list[Value] = []


class Mapping(Value):
    """Fields in the order written, each with the place of its key."""

    __slots__ = ("keys", "values")

    def __init__(self, line: int, column: int) -> None:
        """Start an empty mapping; the reader fills it and sets its end."""
        super().__init__(line, column, line, column)
        self.keys: dict[str, Scalar] = {}
        self.values: dict[str, Value] = {}
