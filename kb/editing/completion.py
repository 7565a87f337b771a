"""What can be written at the cursor: the fields a record may still have, and for a field the ids and words that fit, best first."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, NamedTuple

from kb.editing import meanings, names, telling
from kb.editing.offers import Offer, OfferContext, offers
from kb.editing.words import EITHER, KEY, word_at, words
from kb.vocabulary import FIELD_KINDS, KINDS, RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.debate import Debate
    from kb.editing.words import Word

MOST = 200
"""Of more choices the best are offered, and asked for anew with each letter."""


class Choice(NamedTuple):
    """A word that could take the place of a stretch of the text."""

    offer: Offer
    insert: str
    start: int
    end: int


class Choices(NamedTuple):
    """Words that could be written, best first, and whether there are more than are told."""

    best: tuple[Choice, ...]
    more: bool


def complete(debate: Debate, file: str, text: str, offset: int) -> Choices:
    """What can be written at the cursor, whether or not the file can be read as it is."""
    word = word_at(text, offset)
    if word is None:
        return Choices((), more=False)
    completer = _Completer(debate, file, text, word, offset)
    ranked = (
        (rank, number, choice) for number, choice in enumerate(completer.choices()) for rank in _rank(completer, choice)
    )
    best = heapq.nsmallest(MOST + 1, ranked)
    return Choices(tuple(choice for _, _, choice in best[:MOST]), more=len(best) > MOST)


class _Completer:
    """The cursor, with what is written around it."""

    def __init__(self, debate: Debate, file: str, text: str, word: Word, offset: int) -> None:
        self.debate = debate
        self.file = file
        self.text = text
        self.word = word
        quote = 1 if text[word.start : word.start + 1] in {'"', "'"} else 0
        self.typed = text[word.start + quote : offset]
        self.start = word.start + quote
        self.end = max(offset, self.start + len(word.text.partition("\n")[0]))
        self.record = meanings.record_in(file)
        self.around = [w for w in words(text) if w.document == word.document]

    def choices(self) -> Iterator[Choice]:
        """Everything that would fit."""
        word = self.word
        if word.role in {KEY, EITHER}:
            yield from self._key_choices(written=word.role == KEY)
        meaning = meanings.of_value(self.record, word.path) if word.role != KEY else None
        if meaning is not None:
            present = self._values(word.path) - {word.text}
            for offer in offers(self.debate, meaning, self._context(meaning)):
                if offer.word not in present:
                    yield Choice(offer, offer.word, self.start, self.end)

    # -- keys --------------------------------------------------------------------------------------------------------

    def _key_choices(self, *, written: bool) -> Iterator[Choice]:
        """Fields that are not there yet, or names that a mapping has as keys; with a colon unless one follows."""
        path = self.word.path
        present = {w.text for w in self.around if w.role == KEY and w.home == self.word.home} if written else set()
        colon = "" if self.text[self.end :].lstrip(" ").startswith(":") else ": "
        for offer in (*self._field_offers(path), *self._name_offers(path)):
            if offer.word not in present or offer.word == self.word.text:
                yield Choice(offer, offer.word + colon, self.start, self.end)

    def _field_offers(self, path: tuple[str, ...]) -> Iterator[Offer]:
        kind = self._kind
        for name in meanings.fields(self.record, path):
            relation = RELATIONS.get(name) if self.record == meanings.NODE and not path else None
            if relation is not None and kind not in {"", *relation.sources}:
                continue
            if kind and not path and kind not in FIELD_KINDS.get(name, KINDS):
                continue
            brief = "relation" if relation is not None else "field"
            yield Offer(name, brief, telling.gloss(self.record, path, name), meanings.FIELD)

    def _name_offers(self, path: tuple[str, ...]) -> Iterator[Offer]:
        meaning = meanings.of_key(self.record, path)
        return offers(self.debate, meaning, self._context(meaning)) if meaning is not None else iter(())

    # -- what is written around --------------------------------------------------------------------------------------

    def _context(self, meaning: str) -> OfferContext:
        """Where the word stands; of an outcome in `kb.yaml`, the node it is written for."""
        path = self.word.path
        owner = path[-1] if meaning == meanings.OUTCOME and self.record == "settings" else self._owner
        source = self.typed.split()[0] if len(self.typed.split(" ")) > 1 and self.typed.strip() else ""
        relation = path[0] if path and path[0] in RELATIONS else ""
        return OfferContext(owner, self._kind, relation, source)

    @property
    def _owner(self) -> str:
        written = next(iter(self._values(("id",))), "") if self.record == meanings.NODE else ""
        return written or names.owner_of(self.file)

    @property
    def _kind(self) -> str:
        kinds = self._values(("kind",)) if self.record == meanings.NODE else set()
        return next((kind for kind in kinds if kind in KINDS), "")

    def _values(self, path: tuple[str, ...]) -> set[str]:
        """What is written under a field already."""
        return {w.text for w in self.around if w.path == path and w.role != KEY}


# -- which fits best ---------------------------------------------------------------------------------------------------


def _rank(completer: _Completer, choice: Choice) -> Iterable[tuple[int, bool]]:
    """How well a word fits what was typed, nodes of the same folder first; nothing if it does not fit at all."""
    fit = _fit(" ".join(completer.typed.casefold().split()), choice.offer)
    if fit is not None:
        node = completer.debate.nodes.get(choice.offer.word)
        yield fit, node is not None and node.file.rpartition("/")[0] != completer.file.rpartition("/")[0]


def _fit(typed: str, offer: Offer) -> int | None:
    """How well a word fits: it begins with what was typed, a part of it does, it has it inside, its text has all of it."""
    word = offer.word
    if word.startswith(typed):
        return 0
    if f"-{typed}" in word or f"/{typed}" in word:
        return 1
    if typed in word:
        return 2
    text = f"{word} {offer.brief} {offer.text}".casefold()
    return 3 if all(part in text for part in typed.split()) else None
