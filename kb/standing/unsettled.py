"""What the cautious view leaves open: leaves that somebody disputes, and those that tell against what another still holds.

An objection that nobody answered turns the record's verdict, but silence is not consent: until somebody on the side it tells against
grants it, it is unsettled, and so are the reasons given for it.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from kb.standing.acts import authors
from kb.standing.framework import YES
from kb.standing.stances import stances
from kb.vocabulary import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.debate import Debate
    from kb.standing.framework import Framework, Step

Side = frozenset[str]
Rivalry = tuple[int, int]
"""A set of rival answers, and the one of them that tells against the others."""


def unsettled_leaves(debate: Debate, frame: Framework) -> frozenset[str]:
    """Points with a basis of their own that are in dispute."""
    return frozenset(_UnsettledLeaves(debate, frame).unsettled())


class _UnsettledLeaves:
    def __init__(self, debate: Debate, frame: Framework) -> None:
        self.debate = debate
        self.frame = frame
        self.stances = stances(debate)

    def unsettled(self) -> Iterator[str]:
        """Points somebody denies or doubts, or that tell against what another still holds and nobody there conceded.

        Leaves, and what has a basis besides its reasons: a point that stands alone is no more settled for being argued.
        """
        for number, point in enumerate(self.frame.points):
            if point.basis != YES or point.supposed:  # what stands on its reasons alone is as settled as they are
                continue
            if self.stances.ledger(point.id).opponents or self._awaits_concession(number, point.id):
                yield point.id

    def _awaits_concession(self, number: int, point: str) -> bool:
        """Whether on a side that it tells against there is somebody else, and nobody there granted it."""
        own, holders = authors(self.debate, point), self._holders(number)
        return any(
            (others := side - own) and others.isdisjoint(holders)
            for opposed in self._opposed_sides[number]
            for side in self._resolve_sides(opposed)
        )

    def _holders(self, number: int) -> Side:
        """Who holds a point; of a question, who asks it."""
        point = self.frame.points[number].id
        if self.debate.nodes[point].kind == QUESTION:
            return self.stances.current_askers(point)
        return self.stances.ledger(point).holders

    def _resolve_sides(self, opposed: Side | Rivalry) -> Iterator[Side]:
        """A side itself, or the holders of all rivals of an answer."""
        if isinstance(opposed, frozenset):
            yield opposed
            return
        group, member = opposed
        own = self._holders(member)
        yield from (side for side, count in self._rivals[group].items() if side != own or count > 1)

    @cached_property
    def _rivals(self) -> tuple[Mapping[Side, int], ...]:
        """For each set of rival answers, how many of them each side holds."""
        return tuple(Counter(map(self._holders, group)) for group in self.frame.groups)

    @cached_property
    def _opposed_sides(self) -> tuple[set[Side | Rivalry], ...]:
        """For each point what it tells against, by itself or as a reason: who holds what it attacks or undercuts, its rivals."""
        frame = self.frame
        opposed: tuple[set[Side | Rivalry], ...] = tuple({(g, n) for g in p.groups} for n, p in enumerate(frame.points))
        reasons: list[list[int]] = [[] for _ in frame.points]
        for step in frame.steps:
            if side := self._opposed_by(step):
                for premise in step.premises:
                    opposed[premise].add(side)
            if step.target >= 0 and not step.against:
                reasons[step.target].extend(step.premises)
        queue = [number for number, sides in enumerate(opposed) if sides]
        for number in queue:
            for reason in reasons[number]:
                if not opposed[number] <= opposed[reason]:
                    opposed[reason].update(opposed[number])
                    queue.append(reason)
        return opposed

    def _opposed_by(self, step: Step) -> Side:
        """Who holds what a step tells against; nobody if it is for something."""
        if step.denies is not None:
            return self._side_behind(self.frame.steps[step.denies])
        return self._holders(step.target) if step.against and step.target >= 0 else frozenset()

    def _side_behind(self, step: Step) -> Side:
        """Who stands behind a step: who made it, who holds what it is a reason for, who accepts it as an argument."""
        inference = self.debate.inferences[step.inference]
        side = frozenset() if inference.kind == "contradicts" else frozenset(self.debate.makers(inference.relation))
        if inference.argument is not None:
            side |= self._holders(self.frame.index[self.debate.points[inference.argument]])
        return side if step.target < 0 or step.against else side | self._holders(step.target)
