"""Texts in any writing: which characters make one sign, where a line may end, how many columns of a terminal a text takes.

A letter with its marks, a flag or an emoji can be several characters, none of which is shown alone. Chinese and Japanese have no spaces
between words: there a line may end behind almost every sign, but no line begins with a full stop or a closing bracket.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_PLAIN = "[\x00-\u02ff\u0370-\u0482\u048a-\u058f\u1e00-\u200a\u2010-\u2027\u2030-\u205f\u2070-\u20cf\u2100-\u22ff]*\\Z"
"""Latin, Greek, Cyrillic and common signs: every character is a sign of its own and takes one column."""
_WIDEST = 2
"""Columns of the widest sign."""

_SPACE = re.compile(r"[^\S\N{NO-BREAK SPACE}]+")
UNSPACED = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
"""Signs behind which a line may end without a space."""
_OPENING = "「『（［｛〔〈《【〖〘〚“‘"  # noqa: RUF001 - quotation marks of Chinese
_CLOSING = "、。，．・：；？！」』）］｝〕〉》】〗〙〛”…‥ーｰ～〜々〻ゝゞヽヾ゛゜％ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ\u3099\u309a"  # noqa: RUF001 - as above
_MARKS = "\u0300-\u036f\ufe00-\ufe0f\U000e0100-\U000e01ef"
_ALSO = r",.;:!?)\]}»’%"  # noqa: RUF001 - as above
_RUN = f"[{UNSPACED}]"
_PIECE = (
    f"[{_OPENING}]*(?:(?![{_CLOSING}])[{UNSPACED}][{_CLOSING}{_ALSO}{_MARKS}]*"
    f"|[^{UNSPACED}{_OPENING}{_CLOSING}]+[{_CLOSING}{_MARKS}]*)"
    f"|[{_OPENING}][{_OPENING}{_MARKS}]*[{_CLOSING}{_MARKS}]*|[{_CLOSING}][{_CLOSING}{_MARKS}]*"
)


_compiled = cache(re.compile)
"""Patterns of so many signs take their time, and most debates need none of them."""


def is_plain(text: str) -> bool:
    """Whether each character of a text is a sign of its own, and as wide as any other."""
    return text.isascii() or _compiled(_PLAIN).match(text) is not None


def graphemes(text: str) -> Sequence[str]:
    """A text sign by sign, as readers count: a letter with its marks is one, and so is an emoji of several characters."""
    if is_plain(text):
        return text
    from wcwidth import iter_graphemes  # noqa: PLC0415 - its tables are large, and most texts are plain

    return [*iter_graphemes(text)]


def has_unspaced(text: str) -> bool:
    """Whether a text has letters of a writing in which lines end without a space."""
    return not text.isascii() and _compiled(_RUN).search(text) is not None


def pieces(text: str) -> Iterable[tuple[str, str]]:
    """What of a text stays in one line, each piece with the space before it, if there is one."""
    words = _SPACE.split(text.strip())
    if not has_unspaced(text):
        return [(" ", word) for word in words]
    return [
        ("" if number else " ", piece)
        for word in words
        for number, piece in enumerate(_compiled(_PIECE).findall(word) if has_unspaced(word) else (word,))
    ]


def column_count(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return len(text) if is_plain(text) else sum(map(_grapheme_columns, graphemes(text)))


def _grapheme_columns(sign: str) -> int:
    """The columns of a sign; of one that no terminal shows as it is, one."""
    from wcwidth import wcswidth  # noqa: PLC0415 - as above

    width = wcswidth(sign)
    return width if width >= 0 else 1


def fill_lines(text: str, width: int, first: str = "", indent: str = "") -> list[str]:
    """The lines of a text that fit so many columns; each begins with the indent, the first with one of its own."""
    lines, empty = [first], True
    room = max(width - max(column_count(first), column_count(indent)), _WIDEST)
    for space, piece in pieces(text):
        for number, part in enumerate(_split_wide(piece, room)):
            gap = "" if empty or number else space
            if empty or column_count(f"{lines[-1]}{gap}{part}") <= width:
                lines[-1] += gap + part
            else:
                lines.append(indent + part)
            empty = False
    return [] if empty else lines


def _split_wide(piece: str, room: int) -> Iterator[str]:
    """A piece that is wider than the room, in several."""
    while column_count(piece) > room:
        part = beginning(piece, room, column_count)
        yield part
        piece = piece[len(part) :]
    if piece:
        yield piece


def beginning(text: str, room: int, measure: Callable[[str], int] = len) -> str:
    """As much of a text from its beginning as there is room for: whole pieces, or of a long first one whole signs, at least one."""
    whole_pieces = _take_while_it_fits(pieces(text), room, measure)
    return (
        whole_pieces
        or _take_while_it_fits((("", sign) for sign in graphemes(text)), room, measure)
        or graphemes(text)[0]
    )


def _take_while_it_fits(parts: Iterable[tuple[str, str]], room: int, measure: Callable[[str], int]) -> str:
    taken = ""
    for space, part in parts:
        longer = f"{taken}{space}{part}" if taken else part
        if measure(longer) > room:
            break
        taken = longer
    return taken


def truncate(text: str, width: int) -> str:
    """The beginning of a text that fits so many columns, with an ellipsis if that is not all of it."""
    return text if column_count(text) <= width else f"{beginning(text, width - 1, column_count)}…"
