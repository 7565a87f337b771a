"""What stands in the way of another verdict: every objection and every reason, where an account names what suffices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.queries.grounds import grounds
from kb.queries.reasons import Reasons
from kb.queries.telling import Told, say
from kb.standing.framework import NO, OPEN, YES

if TYPE_CHECKING:
    from collections.abc import Iterable


class Obstacles(Reasons):
    """Why the points of a debate have no other labels."""

    def against(self, number: int) -> Told:
        """Why a point has no other label: what keeps it from being in, and what from being out."""
        told, label = Told(), self.labels.points[number]
        if label != YES:
            told.headed("account.stands_not", lambda: self._not_in(number, told))
        if label != NO:
            told.headed("account.falls_not", lambda: self._not_out(number, told))
        return told

    def _not_in(self, number: int, told: Told) -> None:
        """Every attack and rival that is not out, and what is wrong with its basis."""
        point, labels = self.frame.points[number], self.labels
        for step in point.attacks:
            if labels.steps[step] == YES and self._without(number, self.premises(step)):
                told.say("account.holds", what=self.objection(step), rests_on=self.premises(step))
                self.unharmed(step, told)
            elif labels.steps[step] == OPEN:
                self.hangs(step, told, say("account.whether_carries", what=self.objection(step)))
        for rival in self.rivals(number):
            if labels.points[rival] != NO and self._without(number, [rival]):
                key = "account.rival_holds" if labels.points[rival] == YES else "account.rival_undecided"
                told.say(key, rival=self.name(rival), rests_on=(rival,))
        if point.basis != YES and not any(labels.steps[s] == YES for s in point.supports):
            self._no_basis(number, told)

    def _without(self, number: int, others: Iterable[int]) -> bool:
        """Whether others keep their labels whichever label a point has: what holds only because it is out does not stand in its way."""
        needs = grounds(self.debate).needs
        return self.labels.points[number] == OPEN or not any(needs(other, number) for other in others)

    def _no_basis(self, number: int, told: Told) -> None:
        point, labels = self.frame.points[number], self.labels
        if not point.supports:
            told.say(self.why_no_basis(number))
        for step in point.supports:
            if labels.steps[step] == NO:
                self.fails(step, told, self.reason(step))
            else:
                self.hangs(step, told, say("account.whether_carries", what=self.reason(step)))

    def _not_out(self, number: int, told: Told) -> None:
        """How every attack and rival fails or hangs in the balance, and what its basis is or hangs on."""
        point, labels = self.frame.points[number], self.labels
        for step in point.attacks:
            if labels.steps[step] == NO:
                self.fails(step, told, self.objection(step))
            else:
                self.hangs(step, told, say("account.holds_not_yet", what=self.objection(step)))
        for rival in self.rivals(number):
            key = "account.rival_holds_not" if labels.points[rival] == NO else "account.rival_holds_not_yet"
            told.say(key, rival=self.name(rival), rests_on=(rival,))
        if point.basis == YES or any(labels.steps[s] == YES for s in point.supports):
            told.headed("account.own_part", lambda: self.basis(number, told))
        else:
            for step in point.supports:
                if labels.steps[step] == OPEN:
                    self.hangs(step, told, say("account.fails_not_yet", what=self.reason(step)))
        if number not in self.evaluation.challenged:
            told.say("account.nothing_against")
