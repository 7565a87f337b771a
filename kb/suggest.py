"""Did you mean: the known word nearest to one that was not understood."""

from __future__ import annotations

import difflib
import functools
import re
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

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
    "target": "to",
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
    completion = _only_completion(f"{word}-", known)
    if completion is not None:
        return completion
    candidates = known if len(known) <= _FEW else _similar_words(word, known)
    matches = difflib.get_close_matches(word[:_LONGEST], candidates, n=1, cutoff=_CUTOFF)
    return matches[0] if matches else _only_completion(word, known)


def _only_completion(beginning: str, known: tuple[str, ...]) -> str | None:
    """The one word of a sorted table that begins like this."""
    if len(beginning) < _PLAIN:
        return None
    first = bisect_left(known, beginning)
    completions = [word for word in known[first : first + 2] if word.startswith(beginning)]
    return completions[0] if len(completions) == 1 else None


_FEW = 300
"""Up to so many words are compared one by one; of more only those that share rare letters with the word."""
_LONGEST = 100
"""Characters of a word that are compared: ids are shorter, and what is longer is no misspelt id."""
_ENOUGH = 20


def _similar_words(word: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The words that share most of the rarest groups of three letters with a word: the one that is meant is among them."""
    groups = _trigram_index(known)
    shared = sorted((groups[g] for g in sorted(_trigrams(word[:_LONGEST])) if g in groups), key=len)
    counts: Counter[int] = Counter()
    for indexes in shared:
        if counts and len(indexes) > _FEW:
            break
        counts.update(indexes[:_FEW])
    best = sorted(counts, key=lambda index: (-counts[index], index))[:_ENOUGH]
    return tuple(known[index] for index in best)


@functools.lru_cache(maxsize=4)
def _trigram_index(known: tuple[str, ...]) -> dict[str, list[int]]:
    """The words of a large table by the groups of three letters in them."""
    positions: dict[str, list[int]] = {}
    for index, word in enumerate(known):
        for group in _trigrams(word):
            positions.setdefault(group, []).append(index)
    return positions


def _trigrams(word: str) -> set[str]:
    return {word[start : start + 3] for start in range(len(word) - 2)}


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The sentence to add to a message: a near word if there is one, else nothing."""
    near = nearest(word, known)
    return f"did you mean `{near}`?" if near else ""


def one_of(word: str, known: Iterable[str]) -> str:
    """The sentence to add to a message about a short table: a near word, else all of them."""
    words = tuple(dict.fromkeys(known))
    return did_you_mean(word, words) or "one of " + ", ".join(f"`{w}`" for w in words)


def list_hint(written: str, known: Container[str]) -> str:
    """The sentence to add where several known words stand in the place of one: how to write them as a list."""
    words = [word for word in re.split(r"[,;\s]+", written) if word]
    several = len(words) > 1 and all(word in known for word in words)
    return f"write a list: `[{', '.join(words)}]`" if several else ""


def places_hint(text: str) -> str:
    """How to write several places in sources that stand behind each other."""
    places: list[str] = []
    for words in (part.split() for part in text.split(",")):
        same = len(words) == 1 and places and " " in places[-1]
        places.append(" ".join([places[-1].split()[0], *words] if same else words))
    listed = [place for place in places if place]
    return "several places are a list" + (f": `[{', '.join(listed)}]`" if len(listed) > 1 else "")


class Likely(NamedTuple):
    """A known word that can take the place of one that was not understood, and whether no other can be meant."""

    word: str
    sure: bool


def likely_word(word: str, known: Iterable[str]) -> Likely | None:
    """What a word is to be replaced by; nothing if that would be a guess: another number, or a relation the other way round."""
    words = tuple(sorted(known))
    near = _nearest(word, words)
    if near in {None, word} or word.endswith("_by") or _digits(near) != _digits(word):
        return None
    return Likely(near, _is_sure(word, near, words))


def _is_sure(word: str, near: str, known: tuple[str, ...]) -> bool:
    """Whether a word is spelt like another but for capitals and what joins its parts, or is one slip away from it alone."""
    folded = _folded(word)
    if _folded(near) == folded:
        return sum(_folded(other) == folded for other in known) == 1
    if word[0] != near[0] or not _is_slip(word, near):
        return False
    others = known if len(known) <= _FEW else _similar_words(word, known)
    return all(other == near or len(other) < _PLAIN or _edit_distance(word, other, 2) > 2 for other in others)


def _is_slip(word: str, near: str) -> bool:
    """Whether one slip of the hand turns one word into the other, in a part long enough for a slip to leave no doubt."""
    pairs = [(a, b) for a, b in zip(_PARTS.split(word), _PARTS.split(near), strict=False) if a != b]
    same_parts = len(_PARTS.split(word)) == len(_PARTS.split(near))
    return same_parts and len(pairs) == 1 and min(map(len, pairs[0])) >= _PLAIN and _edit_distance(word, near, 1) == 1


_PARTS = re.compile(r"[-_/. ]")
_PLAIN = 4
"""`not` and `now` are two words; in one of so many letters one that is wrong is a slip."""


def _edit_distance(word: str, other: str, most: int) -> int:
    """How many letters must be put in, left out, changed or swapped with the next; counted up to one more than `most`."""
    if abs(len(word) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        last, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == wanted:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most and min(before) > most:
            return most + 1
    return min(row[-1], most + 1)


def _digits(word: str | None) -> str:
    return "".join(char for char in word or "" if char.isdigit())


def _folded(word: str) -> str:
    return _PARTS.sub("", word.lower())
