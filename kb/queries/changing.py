"""What would change a verdict: the next steps that it depends on, if everything else stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.evaluate import evaluate
from kb.queries.reasons import Reasons
from kb.queries.telling import Clauses, first_of, say
from kb.standing.framework import NO, OPEN, YES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.debate import Debate
    from kb.queries.telling import MessagePart, NodeMention, Phrase

_NAMED = 2
"""Points named in a row; of more the number is told."""


def change_phrase(debate: Debate, node_id: str) -> Phrase | None:
    """What would make a point that stands fall, or one that does not stand stand; None for what has no verdict, or is an argument."""
    verdict = evaluate(debate).verdict(node_id)
    if verdict is None or debate.points[node_id] in debate.argument_steps:
        return None
    change = _Change(debate, node_id)
    if verdict == YES and not change.unheld:
        return change.falls()
    return say("change.either", stands=change.stands(), falls=change.falls()) if verdict == OPEN else change.stands()


class _Change:
    """The steps that one point depends on, by how they came out."""

    def __init__(self, debate: Debate, node_id: str) -> None:
        self.reasons = Reasons(debate)
        self.labels = self.reasons.labels
        number = self.reasons.evaluation.point_number(node_id)
        self.point = self.reasons.frame.points[number]
        self.carrying = self.reasons.carrying_steps(number)
        self.unheld = self.reasons.evaluation.status(node_id) == "unheld"
        self.rivals = tuple(self.reasons.rivals(number))

    def falls(self) -> Phrase:
        """By what it would fall."""
        ways = tuple(self._ways_to_fall())
        return say("change.falls", ways=Clauses(ways, "list.or_else")) if ways else say("change.unopposed")

    def _ways_to_fall(self) -> Iterator[Phrase]:
        against = self._makers(step for step in self.point.attacks if self.labels.steps[step] != YES)
        rivals = self.reasons.mentions(rival for rival in self.rivals if self.labels.points[rival] != YES)
        if against:
            yield say("change.attack_carries", n=len(against), points=_any_of(against))
        if rivals:
            yield say("change.rival_holds", n=len(rivals), points=_any_of(rivals))
        if self.carrying:
            yield self._failing_reasons([step for step in self.point.supports if self.labels.steps[step] != NO])

    def _failing_reasons(self, steps: list[int]) -> Phrase:
        """That its reasons fail: a single one by any of its premises."""
        premises = self.reasons.mentions(self.reasons.premises(steps[0]))
        if len(steps) == 1 and len(premises) > 1:
            return say("change.premise_fails", points=_any_of(premises))
        makers = self._makers(steps)
        return say("change.reasons_fail", n=len(makers), points=_all_of(makers))

    def stands(self) -> Phrase:
        """By what it would stand: nothing against it carries, something carries it, and somebody holds it."""
        against = self._makers(step for step in self.point.attacks if self.labels.steps[step] != NO)
        rivals = self.reasons.mentions(rival for rival in self.rivals if self.labels.points[rival] != NO)
        needs: list[MessagePart] = []
        if against:
            needs.append(say("change.attack_fails", n=len(against), points=_any_of(against)))
        if rivals:
            needs.append(say("change.rival_fails", n=len(rivals), points=_any_of(rivals)))
        makers = self._makers(self.point.supports)
        if makers and self.point.basis != YES and not self.carrying:
            needs.append(say("change.reason_carries", n=len(makers), points=_any_of(makers)))
        if self.unheld or not needs:
            needs.append(say("change.somebody_holds"))
        return say("change.stands", needs=tuple(needs))

    def _makers(self, steps: Iterable[int]) -> tuple[NodeMention, ...]:
        """The points that make some steps, each once."""
        return tuple(dict.fromkeys(self.reasons.maker(step) for step in steps))


def _any_of(points: tuple[NodeMention, ...]) -> Clauses:
    """One or another of some points."""
    return Clauses(_all_of(points), "list.next", "list.or")


def _all_of(points: tuple[NodeMention, ...]) -> tuple[MessagePart, ...]:
    """All of some points; of many the first, and how many more there are."""
    return first_of(points, _NAMED, "change.more")
