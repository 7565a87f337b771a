"""Sentences that name nodes and people, as data: their words are chosen where they are shown, in the language that is wanted there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.catalogue import DEFAULT, catalogue_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kb.catalogue import Catalogue
    from kb.debate import Debate


@dataclass(frozen=True, slots=True)
class NodeMention:
    """A node named in a sentence."""

    id: str


class Name(str):
    """What somebody is called: its letters may run the other way than those of the sentence around it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A message of the catalogue, and what its names stand for; `n` chooses the form of one that counts."""

    key: str
    values: Mapping[str, MessagePart]


@dataclass(frozen=True, slots=True)
class Clauses:
    """What is said one after the other in a sentence."""

    phrases: tuple[MessagePart, ...]
    between: str = "list.apart"
    """The message that stands between them: "account.next" where a language may as well begin a new sentence."""
    last: str = ""
    """The message that stands before the last of them, if another."""


MessagePart = str | int | NodeMention | Phrase | Clauses | tuple["MessagePart", ...]
"""What a name in a message may stand for: the name of somebody, a number, a node, more words; of several parts, "A, B and C"."""


class SentenceBuilder:
    """A sentence in the making, and the points it rests on."""

    def __init__(self) -> None:
        self.clauses: list[Phrase] = []
        self.rests_on: dict[int, None] = {}

    def say(self, key: str, *, rests_on: Iterable[int] = (), **values: MessagePart) -> None:
        """Add a clause."""
        self.add(Phrase(key, values), rests_on)

    def add(self, clause: Phrase, rests_on: Iterable[int]) -> None:
        """Add a clause made before."""
        self.clauses.append(clause)
        self.rests_on.update(dict.fromkeys(rests_on))

    def begin_with(self, clause: Phrase, instead_of: str) -> None:
        """Put a clause first, in the place of one that says less of the same."""
        self.clauses = [clause, *(other for other in self.clauses if other.key != instead_of)]

    def wrap(self, key: str, tell: Callable[[], None]) -> None:
        """Put the first of the clauses that are then told into another, as its `clause`."""
        first = len(self.clauses)
        tell()
        self.clauses[first : first + 1] = [say(key, clause=clause) for clause in self.clauses[first : first + 1]]

    def phrase(self) -> Phrase:
        """The clauses as one sentence."""
        return join_clauses(self.clauses)


def say(key: str, **values: MessagePart) -> Phrase:
    """A message of the catalogue with what its names stand for."""
    return Phrase(key, values)


def join_clauses(phrases: Iterable[Phrase]) -> Phrase:
    """Clauses as one sentence of an account."""
    return say("account.sentence", clauses=Clauses(tuple(phrases), "account.next"))


def clauses(sentence: Phrase) -> tuple[Phrase, ...]:
    """What an account says one after the other."""
    joined = sentence.values.get("clauses")
    return tuple(part for part in joined.phrases if isinstance(part, Phrase)) if isinstance(joined, Clauses) else ()


def first_of(parts: Sequence[MessagePart], most: int, more: str) -> tuple[MessagePart, ...]:
    """The first of several, and if that is not all of them, how many more there are, told by the message `more`."""
    left = len(parts) - most
    return (*parts[:most], say(more, n=left)) if left > 0 else tuple(parts)


def names(debate: Debate, ids: Iterable[str]) -> tuple[str, ...]:
    """What participants are called in a sentence."""
    return tuple(debate.participants[i].name if i in debate.participants else i for i in ids)


def head_count(debate: Debate, ids: Iterable[str]) -> int:
    """How many people that is at least, for verbs to agree with: one participant may be several."""
    return sum(2 if i in debate.participants and debate.participants[i].several else 1 for i in ids)


def citations_text(debate: Debate, node_id: str) -> str:
    """Where a node was said, as `source passage, …`."""
    return ", ".join(str(citation) for citation in debate.nodes[node_id].citations)


def names_text(debate: Debate, ids: Sequence[str]) -> str:
    """Names of participants in plain text: "A, B and C"."""
    return plain_text(names(debate, ids))


def plain_text(said: MessagePart) -> str:
    """What is said as plain English, ids in backticks."""
    return "".join(
        f"`{piece.id}`" if isinstance(piece, NodeMention) else piece
        for piece in render_part(said, catalogue_for(DEFAULT))
    )


def render_part(part: MessagePart, catalogue: Catalogue) -> list[str | NodeMention]:
    """What is said in the words of a language: stretches of text, and between them the people (`Name`) and nodes that are named."""
    rendered: list[str | NodeMention] = []
    _render(part, catalogue, rendered)
    return rendered


def _render(part: MessagePart, catalogue: Catalogue, rendered: list[str | NodeMention]) -> None:
    if isinstance(part, Phrase):
        for text, name in catalogue.pieces(part.key, part.values.get("n")):
            _append_text(text, rendered)
            if name is not None:
                _render(part.values[name], catalogue, rendered)
    elif isinstance(part, NodeMention):
        rendered.append(part)
    elif isinstance(part, Clauses):
        _render_series(part.phrases, catalogue, rendered, part.between, part.last or part.between)
    elif isinstance(part, tuple):
        _render_series(part, catalogue, rendered, "list.next", "list.last")
    elif isinstance(part, str):
        rendered.append(Name(part))
    else:
        _append_text(str(part), rendered)


def _render_series(
    parts: Sequence[MessagePart], catalogue: Catalogue, rendered: list[str | NodeMention], between: str, last: str
) -> None:
    """Parts one after the other, with words between them."""
    for count, part in enumerate(parts, 1 - len(parts)):
        _render(part, catalogue, rendered)
        if count:
            _append_text(catalogue.say(last if count == -1 else between), rendered)


def _append_text(text: str, rendered: list[str | NodeMention]) -> None:
    """Let a stretch of text go on, or begin one."""
    if rendered and type(rendered[-1]) is str:
        rendered[-1] += text
    elif text:
        rendered.append(text)
