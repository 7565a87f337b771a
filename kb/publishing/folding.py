"""Words as the search compares them: without case, accents and dots, so that `über`, `Über` and `uber` are one.

Where people write without spaces (Chinese, Japanese, Thai …) every two neighbouring characters are a word. `site/assets/find.js` folds
what a reader types in the same way; a test holds the two together, character by character.
"""

from __future__ import annotations

import re
import unicodedata

_ACCENTS = (
    *((0x0300, 0x036F), (0x0483, 0x0487), (0x0591, 0x05BD), (0x05BF, 0x05BF), (0x05C1, 0x05C2), (0x05C4, 0x05C5)),
    *((0x05C7, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF)),
    *((0x20D0, 0x20FF), (0xFE20, 0xFE2F)),
)
"""Marks that people often leave out: accents, Hebrew points, Arabic vowels. Vowel signs of other scripts count as letters."""
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]+")
"""Runs of folded letters of scripts that put no spaces between words."""


class _Folding(dict[int, str]):
    """What becomes of each character: a letter, digit or vowel sign stays, an accent goes, anything else divides words."""

    def __missing__(self, code: int) -> str:
        if any(first <= code <= last for first, last in _ACCENTS):
            folded = ""
        else:
            folded = chr(code) if unicodedata.category(chr(code))[0] in "LNM" else " "
        self[code] = folded
        return folded


_FOLDING = _Folding({ord("ß"): "ss", 0x03C2: "\u03c3"})


def folded_words(text: str) -> list[str]:
    """The words of a text, in their order."""
    if text.isascii():
        return text.lower().translate(_FOLDING).split()
    folded = _folded(text)
    return folded.split() if _UNSPACED.search(folded) is None else _UNSPACED.sub(_pairs, folded).split()


def alphabetical_key(name: str) -> tuple[str, str]:
    """A key that sorts names by their letters without accents: Änne before Ben."""
    return " ".join(folded_words(name)), name


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKD", text).lower().translate(_FOLDING)


def search_words(text: str) -> list[str]:
    """The words by which a text is found; also the last character of writing without spaces, with which no pair begins."""
    words = folded_words(text)
    if not text.isascii() and (runs := _UNSPACED.findall(_folded(text))):
        words += [run[-1] for run in runs if unicodedata.category(run[-1])[0] != "M"]
    return words


def _pairs(run: re.Match[str]) -> str:
    """Every two neighbours of a run of characters as a word; a single character as it is."""
    text = run[0]
    pairs = [text[i : i + 2] for i in range(len(text) - 1)] or [text]
    return f" {' '.join(pairs)} "
