"""The records of a debate: what was said, by whom, where. Frozen values that know where they were read.

Every record carries `at`, the YAML mapping it was read from, and `file`; both stay out of equality, so that tests compare
meaning. `place("attacks", 0)` is where a finding about that value should point. A record that was remembered, not read, looks its
YAML up when first asked where something stands.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from kb.finding import NOWHERE, Place, Span
from kb.reading.values import Mapping, Scalar, Sequence, Value
from kb.vocabulary import TREES

Data = tuple[tuple[str, object], ...]
"""The free `data` field, kept verbatim as sorted pairs."""


def _span_at(at: Value | None, path: tuple[str | int, ...], *, of_key: bool) -> Span:
    """The span of the value at a path of keys and indexes; the nearest enclosing one if it is not there."""
    value = at
    span = _head_span(at)
    for step in path:
        if isinstance(value, Mapping) and isinstance(step, str) and step in value.values:
            span = value.keys[step].span
            value = value.values[step]
            if not of_key:
                span = _head_span(value)
        elif isinstance(value, Sequence) and isinstance(step, int) and step < len(value.items):
            value = value.items[step]
            span = _head_span(value)
    return span


def _head_span(value: Value | None) -> Span:
    """The span of a scalar; of a container, the first word in it (a whole block is no place to point at)."""
    while isinstance(value, Mapping | Sequence):
        inner = next(iter(value.keys.values() if isinstance(value, Mapping) else value.items), None)
        if inner is None:
            return Span(value.line, value.column, value.line, value.column + 1)
        value = inner
    return value.span if value is not None else NOWHERE


class Origin(Protocol):
    """Knows where to find the YAML of a record that was not read from it."""

    def look_up(self) -> Value | None:
        """The YAML; None if it is no longer there as it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has: a file and the values it was read from."""

    file: str = field(default="", compare=False, repr=False)
    origin: Value | Origin | None = field(default=None, compare=False, repr=False)

    @property
    def at(self) -> Value | None:
        """The YAML it was read from."""
        origin = self.origin
        return origin if origin is None or isinstance(origin, Value) else origin.look_up()

    def place(self, *path: str | int) -> Place:
        """Where the value at this path stands, as in `node.place("attacks", 0)`."""
        return Place(self.file, _span_at(self.at, path, of_key=False))

    def written(self, *path: str | int) -> str:
        """The text that stands at this path; empty if it is no text."""
        value = self.at
        for step in path:
            if isinstance(value, Mapping) and isinstance(step, str):
                value = value.values.get(step)
            elif isinstance(value, Sequence) and isinstance(step, int) and step < len(value.items):
                value = value.items[step]
        return value.text if isinstance(value, Scalar) else ""

    def has(self, name: str) -> bool:
        """Whether a field was written."""
        at = self.at
        return isinstance(at, Mapping) and name in at.keys

    def key_place(self, *path: str | int) -> Place:
        """Where the key at the end of this path stands."""
        return Place(self.file, _span_at(self.at, path, of_key=True))


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """Where something was put forward: a source, and one of its passages (none: its title)."""

    source: str
    passage: str | None = None

    def __str__(self) -> str:
        """As written in a file: `source-id passage-id`."""
        return self.source if self.passage is None else f"{self.source} {self.passage}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Record):
    """One relation from a node to a target: an id, or for an undercut also `X -> Y`."""

    kind: str
    node: str
    to: str
    premises: tuple[str, ...] = ()
    id: str | None = None
    by: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    scheme: str | None = None
    strict: bool = False
    part: bool = False
    weight: float | None = None
    note: str | None = None
    data: Data = ()

    def target_place(self) -> Place:
        """Where the target is written."""
        return self.place("to")


@dataclass(frozen=True, slots=True, kw_only=True)
class Premise(Record):
    """A premise of an argument node, with the role it plays in the scheme, if named."""

    id: str
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Node(Record):
    """A move of the debate: question, claim, objection, reply or argument."""

    id: str
    kind: str
    text: str
    title: str | None = None
    by: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    certainty: str = "asserted"
    attributed_to: tuple[str, ...] = ()
    stands_alone: bool = False
    exclusive: bool = False
    weight: float | None = None
    """The base score that gradual readings start from; no verdict depends on it."""
    relations: tuple[Relation, ...] = ()
    premises: tuple[Premise, ...] = ()
    scheme: str | None = None
    terms: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    topic: str = ""
    note: str | None = None
    allow: tuple[tuple[str, str], ...] = ()
    expect: str | None = None
    formerly: tuple[str, ...] = ()
    """The ids it had before, the oldest first: its old addresses lead to it."""
    data: Data = ()

    @property
    def label(self) -> str:
        """What a list or map calls it: the title, else the text."""
        return self.title or self.text

    def targets(self, kind: str) -> tuple[str, ...]:
        """Targets of one kind of relation, in the order written."""
        return tuple(r.to for r in self.relations if r.kind == kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """How sure it is who wrote or said something."""

    status: str = "confirmed"
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage(Record):
    """A stretch of a source that nodes cite: its speaker, what it answers, and a fingerprint of its text."""

    id: str
    by: tuple[str, ...] = ()
    date: str | None = None
    replies_to: tuple[str, ...] = ()
    items: int = 0
    sha256: str | None = None
    text: str | None = None
    skip: str | None = None
    data: Data = ()

    def item_ids(self) -> tuple[str, ...]:
        """By what the items of a run-together list are cited: item k of `p23` is `p23.k`."""
        return tuple(f"{self.id}.{item}" for item in range(1, self.items + 1)) if self.items else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Record):
    """A document the debate was held in, with its passages in reading order."""

    id: str
    title: str
    type: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    url: str | None = None
    attribution: Attribution = Attribution()
    passages: tuple[Passage, ...] = ()
    note: str | None = None
    allow: tuple[tuple[str, str], ...] = ()
    formerly: tuple[str, ...] = ()
    data: Data = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant(Record):
    """Somebody who speaks in the debate."""

    id: str
    name: str
    role: str | None = None
    several: bool = False
    """Whether several people speak under this name, with whom verbs agree."""
    url: str | None = None
    attribution: Attribution = Attribution()
    note: str | None = None
    allow: tuple[tuple[str, str], ...] = ()
    formerly: tuple[str, ...] = ()
    data: Data = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense(Record):
    """One sense of a term: who uses it so, and where."""

    id: str
    text: str
    by: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Record):
    """A word that carries weight in the debate, with its senses."""

    id: str
    term: str
    senses: tuple[Sense, ...] = ()
    see_also: tuple[str, ...] = ()
    note: str | None = None
    allow: tuple[tuple[str, str], ...] = ()
    formerly: tuple[str, ...] = ()
    data: Data = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic(Record):
    """A folder of nodes: its title and place in the order of topics."""

    id: str
    title: str
    description: str | None = None
    order: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LintSettings(Record):
    """What the editors of a debate want of the linter: which rules, how strictly, and what they accept where."""

    profile: str = "default"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, str], ...] = ()
    allow: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    """Reasons by rule, by folder or file of the debate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Record):
    """`kb.yaml`: what the debate is called and how it leads in."""

    title: str = ""
    description: str | None = None
    language: str = "en"
    url: str | None = None
    """Where the site is published."""
    pictures: bool = False
    """Whether there is a picture for the debate and each question, for links that are passed on."""
    maps: str = TREES
    """How the maps of topics and of the debate are drawn."""
    main: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    lint: LintSettings = field(default_factory=LintSettings)
    expect: tuple[tuple[str, str], ...] = ()
    """The outcome that a node is meant to have: a status or a verdict, of a question the state of its dispute."""
    data: Data = ()
