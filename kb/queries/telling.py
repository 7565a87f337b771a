"""Sentences that name nodes and people, as data: their words are chosen where they are shown, in the language that is wanted there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.catalogue import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kb.catalogue import Words
    from kb.debate import Debate


@dataclass(frozen=True, slots=True)
class Mention:
    """A node named in a sentence."""

    id: str


class Name(str):
    """What somebody is called: its letters may run the other way than those of the sentence around it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A message of the catalogue, and what its names stand for; `n` chooses the form of one that counts."""

    key: str
    values: Mapping[str, Part]


@dataclass(frozen=True, slots=True)
class Clauses:
    """What is said one after the other in a sentence."""

    phrases: tuple[Part, ...]
    between: str = "list.apart"
    """The message that stands between them: "account.next" where a language may as well begin a new sentence."""
    last: str = ""
    """The message that stands before the last of them, if another."""


Part = str | int | Mention | Phrase | Clauses | tuple["Part", ...]
"""What a name in a message may stand for: the name of somebody, a number, a node, more words; of several parts, "A, B and C"."""


class Told:
    """A sentence in the making, and the points it rests on."""

    def __init__(self) -> None:
        self.clauses: list[Phrase] = []
        self.rests_on: dict[int, None] = {}

    def say(self, key: str, *, rests_on: Iterable[int] = (), **values: Part) -> None:
        """Add a clause."""
        self.add(Phrase(key, values), rests_on)

    def add(self, clause: Phrase, rests_on: Iterable[int]) -> None:
        """Add a clause made before."""
        self.clauses.append(clause)
        self.rests_on.update(dict.fromkeys(rests_on))

    def begin(self, clause: Phrase, instead_of: str) -> None:
        """Put a clause first, in the place of one that says less of the same."""
        self.clauses = [clause, *(said for said in self.clauses if said.key != instead_of)]

    def headed(self, key: str, tell: Callable[[], None]) -> None:
        """Put the first of the clauses that are then told into another, as its `clause`."""
        first = len(self.clauses)
        tell()
        self.clauses[first : first + 1] = [say(key, clause=clause) for clause in self.clauses[first : first + 1]]

    def sentence(self) -> Phrase:
        """The clauses as one sentence."""
        return sentence(self.clauses)


def say(key: str, **values: Part) -> Phrase:
    """A message of the catalogue with what its names stand for."""
    return Phrase(key, values)


def sentence(said: Iterable[Phrase]) -> Phrase:
    """Clauses as one sentence of an account."""
    return say("account.sentence", clauses=Clauses(tuple(said), "account.next"))


def clauses(sentence: Phrase) -> tuple[Phrase, ...]:
    """What an account says one after the other."""
    said = sentence.values.get("clauses")
    return tuple(part for part in said.phrases if isinstance(part, Phrase)) if isinstance(said, Clauses) else ()


def first_of(parts: Sequence[Part], most: int, more: str) -> tuple[Part, ...]:
    """The first of several, and if that is not all of them, how many more there are, told by the message `more`."""
    left = len(parts) - most
    return (*parts[:most], say(more, n=left)) if left > 0 else tuple(parts)


def names(debate: Debate, ids: Iterable[str]) -> tuple[str, ...]:
    """What participants are called in a sentence."""
    return tuple(debate.participants[i].name if i in debate.participants else i for i in ids)


def heads(debate: Debate, ids: Iterable[str]) -> int:
    """How many people that is at least, for verbs to agree with: one participant may be several."""
    return sum(2 if i in debate.participants and debate.participants[i].several else 1 for i in ids)


def where(debate: Debate, node_id: str) -> str:
    """Where a node was said, as `source passage, …`."""
    return ", ".join(str(citation) for citation in debate.nodes[node_id].citations)


def people(debate: Debate, ids: Sequence[str]) -> str:
    """Names of participants in plain text: "A, B and C"."""
    return plainly(names(debate, ids))


def plainly(said: Part) -> str:
    """What is said as plain English, ids in backticks."""
    return "".join(f"`{part.id}`" if isinstance(part, Mention) else part for part in worded(said, words()))


def worded(said: Part, language: Words) -> list[str | Mention]:
    """What is said in the words of a language: stretches of text, and between them the people (`Name`) and nodes that are named."""
    found: list[str | Mention] = []
    _speak(said, language, found)
    return found


def _speak(said: Part, language: Words, found: list[str | Mention]) -> None:
    if isinstance(said, Phrase):
        for text, name in language.pieces(said.key, said.values.get("n")):
            _add(text, found)
            if name is not None:
                _speak(said.values[name], language, found)
    elif isinstance(said, Mention):
        found.append(said)
    elif isinstance(said, Clauses):
        _series(said.phrases, language, found, said.between, said.last or said.between)
    elif isinstance(said, tuple):
        _series(said, language, found, "list.next", "list.last")
    elif isinstance(said, str):
        found.append(Name(said))
    else:
        _add(str(said), found)


def _series(said: Sequence[Part], language: Words, found: list[str | Mention], between: str, last: str) -> None:
    """Parts one after the other, with words between them."""
    for count, part in enumerate(said, 1 - len(said)):
        _speak(part, language, found)
        if count:
            _add(language.say(last if count == -1 else between), found)


def _add(text: str, found: list[str | Mention]) -> None:
    """Let a stretch of text go on, or begin one."""
    if found and type(found[-1]) is str:
        found[-1] += text
    elif text:
        found.append(text)
