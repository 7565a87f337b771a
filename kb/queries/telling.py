"""Sentences that name nodes: words for the terminal, links on a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kb.debate import Debate


@dataclass(frozen=True, slots=True)
class Mention:
    """A node named in a sentence."""

    id: str


Sentence = tuple[str | Mention, ...]


class Told:
    """A sentence in the making, and the points it rests on."""

    def __init__(self) -> None:
        self.clauses: list[Sentence] = []
        self.rests_on: dict[int, None] = {}

    def clause(self, *words: str | Mention, rests_on: Iterable[int] = ()) -> None:
        """Add a clause."""
        self.clauses.append(words)
        self.rests_on.update(dict.fromkeys(rests_on))

    def headed(self, words: str, tell: Callable[[], None]) -> None:
        """Put words before the first of the clauses that are then told."""
        first = len(self.clauses)
        tell()
        self.clauses[first:] = [(words, *clause) for clause in self.clauses[first : first + 1]] + self.clauses[
            first + 1 :
        ]

    def sentence(self) -> Sentence:
        """The clauses with semicolons between them."""
        words = [word for clause in self.clauses for word in ("; ", *clause)]
        return (*words[1:], ".")


def joined(parts: Iterable[str | Mention]) -> Sentence:
    """A, B and C."""
    return listed([(part,) for part in parts])


def listed(parts: Sequence[Sentence]) -> Sentence:
    """A, B and C, each of several words."""
    found: list[str | Mention] = []
    for count, part in enumerate(parts):
        if count:
            found.append(" and " if count == len(parts) - 1 else ", ")
        found.extend(part)
    return tuple(found)


def people(debate: Debate, ids: Sequence[str]) -> str:
    """Names of participants in a sentence."""
    names = [debate.participants[i].name if i in debate.participants else i for i in ids]
    return " and ".join(names) if len(names) < 3 else ", ".join(names[:-1]) + " and " + names[-1]


def plainly(sentence: Sentence) -> str:
    """A sentence as plain text, ids in backticks."""
    return "".join(f"`{part.id}`" if isinstance(part, Mention) else part for part in sentence)
