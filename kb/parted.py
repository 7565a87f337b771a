"""A debate that falls into parts: nothing that stands in one of them bears on what stands in another.

Each part is a debate of its own, so that it can be evaluated apart from all else, and let go. What is to be known of the whole is asked
of part after part and put together (`by_part`); what is about one node is asked of its part (`near`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, wraps
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from kb.debate import Debate
from kb.memory import forget, mark, once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Row = TypeVar("Row")

_ALL, _FEW = 20_000, 1_000
"""A debate of so many nodes stays evaluated. Of a larger one few nodes do: each is let go long before anybody asks for it again."""
_LATELY = 8
"""Looks for which what was said of several parts is known without being asked for."""
_NAMED = attrgetter("attrname")
"""The name of an index of debates."""
_OF_ALL: tuple[str, ...] = tuple(map(_NAMED, (Debate.passages, Debate.positions, Debate.voices)))
"""What a debate finds out about its sources: a part takes it over."""
_OF_PARTS: tuple[str, ...] = tuple(
    map(_NAMED, (Debate.inference_tables, Debate.undercuts_of, Debate.linked_in, Debate.restatements))
)
"""What is asked of the parts of a large debate, and would be as large as its nodes."""
asked: dict[str, Callable[[Debate], Sequence[object]]] = {}
"""All that anybody asks of every part, by name."""

Told = Mapping[str, "Sequence[object]"]
"""What there was to say of a part, by the name of what was asked: rows of plain values, so that they can be remembered."""


class Known(NamedTuple):
    """What there was to say when a debate was looked at before."""

    parts: Mapping[str, Told] = {}
    """Of each part."""
    jointly: Mapping[str, tuple[int, Sequence[object]]] = {}
    """Of several parts, by a mark of the question and of them, and how many looks ago that was asked last."""
    of_whole: Mapping[str, tuple[str, Sequence[object]]] = {}
    """Of the whole, by the name of what was asked, with a mark of all that the answer depended on."""


NOTHING = Known()


class Part(Debate):
    """The nodes of a debate that bear on each other, with all that is not about nodes."""

    def __init__(self, whole: Debate, nodes: Iterable[str]) -> None:
        """Take some nodes out of a debate; no other node may bear on them."""
        super().__init__(
            whole.settings,
            {node_id: whole.nodes[node_id] for node_id in nodes},
            whole.sources,
            whole.participants,
            whole.terms,
            whole.topics,
            whole.rejected,
        )
        self.whole = whole
        vars(self).update({name: getattr(whole, name) for name in _OF_ALL})


class Parted(Debate):
    """A debate that knows its parts; each is made when first asked for."""

    def __init__(
        self,
        debate: Debate,
        group_of: Mapping[str, str],
        known: Known = NOTHING,
    ) -> None:
        """The same debate, with the name of the part in which each node stands; names tell parts from those of the debate that is known."""
        super().__init__(
            debate.settings,
            debate.nodes,
            debate.sources,
            debate.participants,
            debate.terms,
            debate.topics,
            debate.rejected,
        )
        self._is_large = len(debate.nodes) > _ALL
        vars(self).update(
            {name: made for name, made in _indexes(debate).items() if not self._is_large or name not in _OF_PARTS}
        )
        self.groups: dict[str, list[str]] = {}
        """The nodes of each part."""
        for node_id in debate.nodes:
            self.groups.setdefault(group_of[node_id], []).append(node_id)
        self._group_of = group_of
        self._at_hand: dict[str, Part] = {}
        self._joined: list[Part] = []
        """Parts that were put together of others."""
        self._nodes_at_hand = 0
        self._put_together = 0
        self.unchanged = frozenset(known.parts)
        """The parts of which there is nothing new to say."""
        self.told: dict[str, Told] = {name: known.parts.get(name, {}) for name in self.groups}
        """What was said of each part so far; of one of which nothing new was said, that is what was known."""
        self._known = known
        self._told_jointly: dict[str, Sequence[object]] = {}
        self._told_of_whole: dict[str, tuple[str, Sequence[object]]] = {}

    def group(self, node_id: str) -> str:
        """The name of the part in which a node stands."""
        return self._group_of[node_id]

    def near(self, node_id: str) -> Part:
        """The part in which a node stands."""
        return self.part(self._group_of[node_id])

    def part(self, name: str) -> Part:
        """A part; what was found out about those that nobody asked for in a long time is let go."""
        found = self._at_hand.pop(name, None)
        if found is None:
            found = Part(self, self.groups[name])
            self._nodes_at_hand += len(found.nodes)
        self._at_hand[name] = found
        while self._nodes_at_hand > (_FEW if self._is_large else _ALL) and len(self._at_hand) > 1:
            gone = self._at_hand.pop(next(iter(self._at_hand)))
            self._nodes_at_hand -= len(gone.nodes)
            forget(gone)
        return found

    def let_go(self) -> None:
        """Forget what was found out about the whole and the parts at hand, if that is much; what was told of them stays."""
        if self._is_large:
            self._forget()

    def end(self) -> None:
        """Hold nothing any longer but what was told: nobody will ask for anything else."""
        for name in _indexes(self):
            del vars(self)[name]
        self._forget()

    def _forget(self) -> None:
        for part in (*self._at_hand.values(), *self._joined):
            forget(part)
        self._at_hand.clear()
        self._joined.clear()
        self._nodes_at_hand = 0
        for name in _OF_PARTS:
            vars(self).pop(name, None)
        forget(self)

    def rows(self, question: str) -> Sequence[object]:
        """What there is to say of each part, one after the other; while a part is at hand, all is asked that anybody asks of all parts."""
        for name, told in self.told.items():
            if question not in told:
                part = self.part(name)
                self.told[name] = {**told, **{other: ask(part) for other, ask in asked.items() if other not in told}}
        return list(chain.from_iterable(told[question] for told in self.told.values()))

    def jointly(self, question: object, nodes: Iterable[str], ask: Callable[[], Sequence[Row]]) -> Sequence[Row]:
        """What there is to say of some nodes: rows of plain values that depend on the parts in which these stand, and on nothing else.

        Of a large debate it would be too much to hold.
        """
        if self._is_large:
            return ask()
        name = mark((question, sorted(self._groups_of(nodes))))
        if name not in self._told_jointly:
            self._told_jointly[name] = self._known.jointly[name][1] if name in self._known.jointly else ask()
        return cast("Sequence[Row]", self._told_jointly[name])

    def of_whole(self, question: str, of: str, ask: Callable[[], Sequence[Row]]) -> Sequence[Row]:
        """What there is to say of the whole: rows of plain values that depend on what has this mark, and on nothing else."""
        if self._is_large:
            return ask()
        if question not in self._told_of_whole:
            known = self._known.of_whole.get(question)
            self._told_of_whole[question] = (of, ask()) if known is None or known[0] != of else known
        return cast("Sequence[Row]", self._told_of_whole[question][1])

    def rows_before(self, question: str) -> Sequence[object] | None:
        """What there was to say of each part when the debate was looked at before; None if that was not asked of all."""
        told = self._known.parts.values()
        if not all(question in said for said in told):
            return None
        return list(chain.from_iterable(said[question] for said in told))

    @property
    def all_told(self) -> Known:
        """What was said, of several parts now or not long ago: who lists them may be as it was, and not have asked."""
        lately = {name: (age + 1, rows) for name, (age, rows) in self._known.jointly.items() if age < _LATELY}
        jointly = lately | {name: (0, rows) for name, rows in self._told_jointly.items()}
        return Known(self.told, jointly, {**self._known.of_whole, **self._told_of_whole})

    def around(self, nodes: Iterable[str]) -> Debate:
        """The parts in which some nodes stand, as one debate; all of it, once so many were put together that all costs less."""
        groups = sorted(self._groups_of(nodes))
        if len(groups) == 1:
            return self.part(groups[0])
        found = tuple(chain.from_iterable(self.groups[name] for name in groups))
        self._put_together += len(found)
        if self._put_together >= len(self.nodes):
            return self
        self._joined.append(Part(self, found))
        return self._joined[-1]

    def _groups_of(self, nodes: Iterable[str]) -> set[str]:
        return {self._group_of[node_id] for node_id in nodes}


def _indexes(debate: Debate) -> Mapping[str, object]:
    """All indexes of a debate that were made so far, by name: another debate of the same records can take them over."""
    return {name: made for name, made in vars(debate).items() if isinstance(vars(Debate).get(name), cached_property)}


def near(debate: Debate, node_id: str) -> Debate:
    """The part of a debate in which a node stands; a debate that knows no parts is one."""
    return debate.near(node_id) if isinstance(debate, Parted) else debate


def around(debate: Debate, nodes: Iterable[str]) -> Debate:
    """What all these nodes stand in; a debate that knows no parts is that."""
    return debate.around(nodes) if isinstance(debate, Parted) else debate


def groups(debate: Debate) -> Iterable[Iterable[str]]:
    """The nodes of each part of a debate; a debate that knows no parts is one."""
    return debate.groups.values() if isinstance(debate, Parted) else [debate.nodes]


def is_known(debate: Debate, node_id: str) -> bool:
    """Whether there is nothing new to say of the part of a debate in which a node stands, since that was asked last."""
    return isinstance(debate, Parted) and debate.group(node_id) in debate.unchanged


def whole(debate: Debate) -> Debate:
    """The debate that something is a part of; what is no part is itself all there is."""
    return debate.whole if isinstance(debate, Part) else debate


def by_part(ask: Callable[[Debate], Sequence[Row]]) -> Callable[[Debate], Sequence[Row]]:
    """Ask a function of each part of a debate, and once: its rows, of plain values, say of a part what they say of the whole."""
    known, name = once(ask), f"{ask.__module__}.{ask.__qualname__}"
    asked[name] = known

    @wraps(ask)
    def rows(debate: Debate) -> Sequence[Row]:
        return cast("Sequence[Row]", debate.rows(name)) if isinstance(debate, Parted) else known(debate)

    return rows


def jointly(debate: Debate, question: object, nodes: Iterable[str], ask: Callable[[], Sequence[Row]]) -> Sequence[Row]:
    """What there is to say of some nodes, as of a debate that knows its parts; of any other it is asked each time."""
    return debate.jointly(question, nodes, ask) if isinstance(debate, Parted) else ask()


def each(debate: Debate, rows: Iterable[Row]) -> dict[str, Row]:
    """What was asked of part after part about each of its nodes, by node."""
    nodes = chain.from_iterable(debate.groups.values()) if isinstance(debate, Parted) else debate.nodes
    return dict(zip(nodes, rows, strict=True))
