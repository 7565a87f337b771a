"""A debate that falls into parts: nothing in one of them bears on anything in another.

Each part is a debate of its own, so that it can be evaluated by itself and then dropped from memory. Questions about the whole are asked
of part after part and their answers joined (`by_part`); questions about one node are asked of its part (`near`).
"""

from __future__ import annotations

from functools import cached_property, wraps
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar, cast

from kb.debate import Debate
from kb.memory import forget, mark, once
from kb.results import NOTHING, Known, Results

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kb.results import Rows

Row = TypeVar("Row")

_ALL, _FEW = 20_000, 1_000
"""A debate of up to so many nodes stays evaluated as a whole. Of a larger one only parts with so few nodes do, the last ones asked for."""
_LATELY = 8
"""For how many looks an answer about several parts is kept although nobody asks for it."""
_NAMED = attrgetter("attrname")
"""The name of an index of debates."""
_OF_ALL: tuple[str, ...] = tuple(map(_NAMED, (Debate.passages, Debate.positions, Debate.speakers_by_source)))
"""Indexes about sources, which a part takes over from the whole."""
_OF_PARTS: tuple[str, ...] = tuple(
    map(_NAMED, (Debate.inference_tables, Debate.undercuts_of, Debate.linked_in, Debate.restatements))
)
"""Indexes that a large debate leaves to its parts, since they would take as much room as its nodes."""
questions: dict[str, Callable[[Debate], Rows]] = {}
"""By name all questions that are asked of every part."""


class Part(Debate):
    """The nodes of a debate that bear on each other, with all records that are no nodes."""

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
    """A debate that knows its parts; a part is made when first asked for."""

    def __init__(
        self,
        debate: Debate,
        group_of: Mapping[str, str],
        known: Known = NOTHING,
    ) -> None:
        """`group_of` has the name of the part of each node; a part has changed since `known` if its name is not there."""
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
        """Parts that were joined from others."""
        self._nodes_at_hand = 0
        self._put_together = 0
        self.unchanged = frozenset(known.results.parts)
        """The names of parts that have not changed."""
        self._fresh = {name: {**answers} for name, answers in known.results.fresh.items() if name in self.groups}
        self._listed: dict[str, Rows] = {}
        """By question the answers of all parts in one list."""
        self._known = known
        self._joint_answers: dict[str, Rows] = {}
        self._whole_answers: dict[str, tuple[str, Rows]] = {}

    def group(self, node_id: str) -> str:
        """The name of the part in which a node stands."""
        return self._group_of[node_id]

    def near(self, node_id: str) -> Part:
        """The part in which a node stands."""
        return self.part(self._group_of[node_id])

    def part(self, name: str) -> Part:
        """A part by its name; parts that nobody asked for in a long time are dropped."""
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
        """Drop the indexes and evaluations of the whole and of parts if the debate is large; the answers stay."""
        if self._is_large:
            self._forget()

    def end(self) -> None:
        """Drop everything but the answers: nobody will ask for anything else."""
        for name in _indexes(self):
            del vars(self)[name]
        self._forget()

    def _forget(self) -> None:
        for part in self._at_hand.values():
            forget(part)
        self._at_hand.clear()
        self._drop_joined()
        self._nodes_at_hand = 0
        for name in _OF_PARTS:
            vars(self).pop(name, None)
        forget(self)

    def _drop_joined(self) -> None:
        for part in self._joined:
            forget(part)
        self._joined.clear()

    def rows(self, question: str) -> Rows:
        """The answers of all parts to a question, in one list."""
        if question in self._listed:
            return self._listed[question]
        found = {**self.results.of(question)}
        for name in self.groups:
            if name not in found:
                found[name] = self._ask(name, question)
        listed = list(chain.from_iterable(map(found.__getitem__, self.groups)))
        if not self._is_large:
            self._listed[question] = listed
        return listed

    def _ask(self, name: str, question: str) -> Rows:
        """Ask a part; one of which nothing is remembered is asked all questions at once, while it is evaluated."""
        part, answers = self.part(name), self._fresh.setdefault(name, {})
        for other in (question,) if name in self.unchanged else questions:
            if other not in answers:
                answers[other] = questions[other](part)
        return answers[question]

    def jointly(self, question: object, nodes: Iterable[str], ask: Callable[[], Sequence[Row]]) -> Sequence[Row]:
        """The answer to a question about some nodes: rows of plain values that depend only on the parts of these nodes."""
        name = mark((question, sorted(self._groups_of(nodes))))
        if name not in self._joint_answers:
            self._joint_answers[name] = self._known.jointly[name][1] if name in self._known.jointly else ask()
        return cast("Sequence[Row]", self._joint_answers[name])

    def of_whole(self, question: str, of: str, ask: Callable[[], Sequence[Row]]) -> Sequence[Row]:
        """The answer to a question about the whole: rows of plain values that depend only on what has the mark `of`."""
        if question not in self._whole_answers:
            known = self._known.of_whole.get(question)
            self._whole_answers[question] = (of, ask()) if known is None or known[0] != of else known
        return cast("Sequence[Row]", self._whole_answers[question][1])

    def rows_before(self, question: str) -> Rows | None:
        """The answers of all parts when the debate was looked at before; None if not all of them were asked."""
        before = self._known.results
        found = before.of(question)
        return None if len(found) < len(before.parts) else list(chain.from_iterable(found.values()))

    @property
    def results(self) -> Results:
        """The answers about each part so far, beginning with those that are known."""
        return Results(tuple(self.groups), self._known.results.remembered, self._fresh)

    @property
    def all_known(self) -> Known:
        """All answers; those about several parts also if they were last asked for some looks ago, by a page that has not changed since."""
        lately = {name: (age + 1, rows) for name, (age, rows) in self._known.jointly.items() if age < _LATELY}
        jointly = lately | {name: (0, rows) for name, rows in self._joint_answers.items()}
        return Known(self.results, jointly, {**self._known.of_whole, **self._whole_answers})

    def around(self, nodes: Iterable[str]) -> Debate:
        """The parts of some nodes as one debate; the whole debate once so many nodes were joined that it costs less.

        Of a large debate only the parts that were joined last stay evaluated.
        """
        groups = sorted(self._groups_of(nodes))
        if len(groups) == 1:
            return self.part(groups[0])
        found = tuple(chain.from_iterable(self.groups[name] for name in groups))
        self._put_together += len(found)
        if self._is_large:
            self._drop_joined()
        elif self._put_together >= len(self.nodes):
            return self
        self._joined.append(Part(self, found))
        return self._joined[-1]

    def _groups_of(self, nodes: Iterable[str]) -> set[str]:
        return {self._group_of[node_id] for node_id in nodes}


def _indexes(debate: Debate) -> Mapping[str, object]:
    """By name all indexes of a debate that were made so far; another debate of the same records can take them over."""
    return {name: made for name, made in vars(debate).items() if isinstance(vars(Debate).get(name), cached_property)}


def near(debate: Debate, node_id: str) -> Debate:
    """The part of a debate in which a node stands; a debate that is not `Parted` is all one part."""
    return debate.near(node_id) if isinstance(debate, Parted) else debate


def around(debate: Debate, nodes: Iterable[str]) -> Debate:
    """The parts of some nodes as one debate; a debate that is not `Parted` is all one part."""
    return debate.around(nodes) if isinstance(debate, Parted) else debate


def groups(debate: Debate) -> Iterable[Iterable[str]]:
    """The nodes of each part of a debate; a debate that is not `Parted` is all one part."""
    return debate.groups.values() if isinstance(debate, Parted) else [debate.nodes]


def is_known(debate: Debate, node_id: str) -> bool:
    """Whether the part of a node has not changed since the debate was looked at before."""
    return isinstance(debate, Parted) and debate.group(node_id) in debate.unchanged


def whole(debate: Debate) -> Debate:
    """The debate of which this is a part, or this itself if it is no part."""
    return debate.whole if isinstance(debate, Part) else debate


def by_part(ask: Callable[[Debate], Sequence[Row]]) -> Callable[[Debate], Sequence[Row]]:
    """Ask a function of each part of a debate, and only once; its rows are plain values, and those of the parts together are those of the whole."""
    known, name = once(ask), f"{ask.__module__}.{ask.__qualname__}"
    questions[name] = known

    @wraps(ask)
    def rows(debate: Debate) -> Sequence[Row]:
        return cast("Sequence[Row]", debate.rows(name)) if isinstance(debate, Parted) else known(debate)

    return rows


def jointly(debate: Debate, question: object, nodes: Iterable[str], ask: Callable[[], Sequence[Row]]) -> Sequence[Row]:
    """The answer to a question about some nodes, remembered if the debate is `Parted`; see there."""
    return debate.jointly(question, nodes, ask) if isinstance(debate, Parted) else ask()


def each(debate: Debate, rows: Iterable[Row]) -> dict[str, Row]:
    """By node the rows of a question that gives one for each node, as `by_part` lists them."""
    nodes = chain.from_iterable(debate.groups.values()) if isinstance(debate, Parted) else debate.nodes
    return dict(zip(nodes, rows, strict=True))
