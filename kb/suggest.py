"""Did you mean: the known word nearest to one that was not understood."""

from __future__ import annotations

import difflib
import functools
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_CUTOFF = 0.72
_SYNONYMS = {
    "answer": "answers",
    "argues_for": "supports",
    "attacked_by": "attacks",
    "author": "by",
    "authors": "by",
    "because": "supports",
    "challenges": "attacks",
    "citation": "source",
    "comment": "note",
    "contra": "attacks",
    "counters": "attacks",
    "denies": "attacks",
    "grants": "concedes",
    "objects_to": "attacks",
    "opposes": "attacks",
    "position": "claim",
    "premise": "premises",
    "pro": "supports",
    "rebuts": "attacks",
    "refutes": "attacks",
    "response": "reply",
    "responds_to": "replies_to",
    "sources": "source",
    "speaker": "by",
    "supported_by": "supports",
    "supports_with": "supports",
    "thesis": "claim",
    "undercut": "undercuts",
    "withdraws": "retracts",
}


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The one known word that `word` most likely stands for, or None."""
    return _nearest(word, tuple(sorted(known)))


@functools.lru_cache(maxsize=1024)
def _nearest(word: str, known: tuple[str, ...]) -> str | None:
    if word in known:
        return word
    synonym = _SYNONYMS.get(word.lower().replace("-", "_").replace(" ", "_"))
    if synonym in known:
        return synonym
    folded = word.strip().lower().replace(" ", "-")
    spellings = (folded, folded.replace("-", "_"), folded.replace("_", "-"))
    for spelling in spellings:
        if spelling in known:
            return spelling
    candidates = known if len(known) <= _FEW else _alike(word, known)
    matches = difflib.get_close_matches(word[:_LONGEST], candidates, n=1, cutoff=_CUTOFF)
    return matches[0] if matches else None


_FEW = 300
"""Up to so many words are compared one by one; of more only those that share rare letters with the word."""
_LONGEST = 100
"""Characters of a word that are compared: ids are shorter, and what is longer is no misspelt id."""
_ENOUGH = 20


def _alike(word: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The words that share most of the rarest groups of three letters with a word: the one that is meant is among them."""
    groups = _groups(known)
    shared = sorted((groups[g] for g in sorted(_letters(word[:_LONGEST])) if g in groups), key=len)
    counts: Counter[int] = Counter()
    for indexes in shared:
        if counts and len(indexes) > _FEW:
            break
        counts.update(indexes[:_FEW])
    best = sorted(counts, key=lambda index: (-counts[index], index))[:_ENOUGH]
    return tuple(known[index] for index in best)


@functools.lru_cache(maxsize=4)
def _groups(known: tuple[str, ...]) -> dict[str, list[int]]:
    """The words of a large table by the groups of three letters in them."""
    found: dict[str, list[int]] = {}
    for index, word in enumerate(known):
        for group in _letters(word):
            found.setdefault(group, []).append(index)
    return found


def _letters(word: str) -> set[str]:
    return {word[start : start + 3] for start in range(len(word) - 2)}


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The sentence to add to a message: a near word if there is one, else nothing."""
    found = nearest(word, known)
    return f"did you mean `{found}`?" if found else ""


def one_of(word: str, known: Iterable[str]) -> str:
    """The sentence to add to a message about a short table: a near word, else all of them."""
    words = tuple(known)
    return did_you_mean(word, words) or "one of " + ", ".join(f"`{w}`" for w in words)
