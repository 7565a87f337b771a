"""A debate of which only an outline is known: all the rest is unpacked when first asked for.

Most runs of the linter after most edits need no more: what was found still holds, and the outline says how large the debate is, what
is wrong with its files, what editors accept and what they expect.
"""

from __future__ import annotations

import dataclasses
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

from kb.debate import Debate
from kb.incremental.connections import names
from kb.model import Node, Participant, Settings, Source, Term
from kb.reading.assemble import join
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kb.finding import Fault
    from kb.model import Topic
    from kb.reading.contents import Contents


class Sketch(NamedTuple):
    """How many nodes and sources a file holds, whether it asks a question, whether an outline has more of it, what its nodes name."""

    nodes: int
    sources: int
    asks: bool
    telling: bool
    names: tuple[str, ...]


def sketch(said: Contents) -> Sketch:
    """A file in outline."""
    kinds = [type(record) for record in said.records]
    minded = any(getattr(record, "allow", ()) or getattr(record, "expect", None) for record in said.records)
    telling = bool(said.faults or said.rejected or minded or Settings in kinds)
    asks = any(isinstance(record, Node) and record.kind == QUESTION for record in said.records)
    named = sorted({name for record in said.records if isinstance(record, Node) for name in names(record)})
    return Sketch(kinds.count(Node), kinds.count(Source), asks, telling, tuple(named))


class Filed(Protocol):
    """A file in outline, and how to unpack it."""

    @property
    def sketch(self) -> Sketch:
        """What an outline has of it."""

    def unpack(self) -> Contents:
        """All that it says."""


def whole(root: str, files: Sequence[Filed]) -> tuple[Debate, tuple[Fault, ...]]:
    """The debate that files make, read in full."""
    return join(root, (file.unpack() for file in files))


def outlined(root: str, files: Sequence[Filed]) -> tuple[Debate, tuple[Fault, ...]]:
    """The same debate in outline, of files in which no id is used twice."""
    telling, faults = join(root, (file.unpack() for file in files if file.sketch.telling))
    sketches = [file.sketch for file in files]
    size = sum(sketch.nodes for sketch in sketches), sum(sketch.sources for sketch in sketches)
    asks = any(sketch.asks for sketch in sketches)
    return _Outlined(telling, size, asks, lambda: whole(root, files)[0]), faults


def part(root: str, files: Sequence[Filed], debate: Debate) -> Debate:
    """The part of a debate that some of its files make; it knows what was rejected elsewhere, and what may be asked there."""
    made = dataclasses.replace(whole(root, files)[0], rejected=debate.rejected)
    vars(made)["asks"] = debate.asks or bool(debate.settings.main)
    return made


class _Outlined(Debate):
    """A debate that is put together when first asked for a record."""

    def __init__(self, telling: Debate, size: tuple[int, int], asks: bool, rest: Callable[[], Debate]) -> None:
        """Take from `telling` what an outline has."""
        for known in ("settings", "rejected", "allowing", "expecting"):
            vars(self)[known] = getattr(telling, known)
        vars(self).update(size=size, asks=asks, _rest=rest)

    @cached_property
    def _whole(self) -> Debate:
        rest: Callable[[], Debate] = vars(self)["_rest"]
        return rest()

    @cached_property
    def nodes(self) -> Mapping[str, Node]:
        return self._whole.nodes

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        return self._whole.sources

    @cached_property
    def participants(self) -> Mapping[str, Participant]:
        return self._whole.participants

    @cached_property
    def terms(self) -> Mapping[str, Term]:
        return self._whole.terms

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        return self._whole.topics
