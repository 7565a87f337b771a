"""What the word under the cursor says: a node with its text and how it fares, a field, a word of a table, a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.editing import meanings, names, telling
from kb.editing.words import KEY, word_at

if TYPE_CHECKING:
    from kb.debate import Debate
    from kb.editing.words import Word


class Hover(NamedTuple):
    """An explanation in Markdown, and the stretch of the text that it explains."""

    markdown: str
    start: int
    end: int


def hover(debate: Debate, file: str, text: str, offset: int) -> Hover | None:
    """Explain the word under the cursor; None if there is nothing to say."""
    word = word_at(text, offset)
    if word is None or not word.text:
        return None
    piece = names.name_at(debate, file, word, offset)
    if piece is not None:
        description = telling.describe(debate, piece.name)
        return Hover(description, piece.start, piece.end) if description else None
    description = _field(file, word) if word.role == KEY else _word(file, word)
    return Hover(description, word.start, word.end) if description else None


def _field(file: str, word: Word) -> str | None:
    """What a field says."""
    record = meanings.record_in(file)
    if word.text not in meanings.fields(record, word.path):
        return None
    return telling.describe_field(record, word.path, word.text)


def _word(file: str, word: Word) -> str | None:
    """What a word of a table says."""
    gloss = meanings.WORDS.get(names.meaning_of(file, word) or "", {}).get(word.text)
    return f"**{word.text}**: {gloss}" if gloss else None
