"""What stands in the way of another verdict: every objection and every reason, where an account names what suffices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.queries.grounds import grounds
from kb.queries.reasons import Reasons
from kb.queries.telling import SentenceBuilder, say
from kb.standing.framework import NO, OPEN, YES

if TYPE_CHECKING:
    from collections.abc import Iterable


class Obstacles(Reasons):
    """Why the points of a debate have no other labels."""

    def explain_obstacles(self, number: int) -> SentenceBuilder:
        """Why a point has no other label: what keeps it from being in, and what from being out."""
        sentence, label = SentenceBuilder(), self.labels.points[number]
        if label != YES:
            sentence.wrap("account.stands_not", lambda: self._say_why_not_in(number, sentence))
        if label != NO:
            sentence.wrap("account.falls_not", lambda: self._say_why_not_out(number, sentence))
        return sentence

    def _say_why_not_in(self, number: int, sentence: SentenceBuilder) -> None:
        """Every attack and rival that is not out, and what is wrong with its basis."""
        point, labels = self.frame.points[number], self.labels
        for step in point.attacks:
            if labels.steps[step] == YES and self._hold_without(number, self.premises(step)):
                sentence.say("account.holds", what=self.objection_phrase(step), rests_on=self.premises(step))
                self.say_counters_fail(step, sentence)
            elif labels.steps[step] == OPEN:
                self.say_hangs_on(step, sentence, say("account.whether_carries", what=self.objection_phrase(step)))
        for rival in self.rivals(number):
            if labels.points[rival] != NO and self._hold_without(number, [rival]):
                key = "account.rival_holds" if labels.points[rival] == YES else "account.rival_undecided"
                sentence.say(key, rival=self.mention(rival), rests_on=(rival,))
        if point.basis != YES and not any(labels.steps[s] == YES for s in point.supports):
            self._say_no_basis(number, sentence)

    def _hold_without(self, number: int, others: Iterable[int]) -> bool:
        """Whether others keep their labels whichever label a point has: what holds only because it is out does not stand in its way."""
        needs = grounds(self.debate).needs
        return self.labels.points[number] == OPEN or not any(needs(other, number) for other in others)

    def _say_no_basis(self, number: int, sentence: SentenceBuilder) -> None:
        point, labels = self.frame.points[number], self.labels
        if not point.supports:
            sentence.say(self.no_basis_message(number))
        for step in point.supports:
            if labels.steps[step] == NO:
                self.say_fails(step, sentence, self.reason_phrase(step))
            else:
                self.say_hangs_on(step, sentence, say("account.whether_carries", what=self.reason_phrase(step)))

    def _say_why_not_out(self, number: int, sentence: SentenceBuilder) -> None:
        """How every attack and rival fails or hangs in the balance, and what its basis is or hangs on."""
        point, labels = self.frame.points[number], self.labels
        for step in point.attacks:
            if labels.steps[step] == NO:
                self.say_fails(step, sentence, self.objection_phrase(step))
            else:
                self.say_hangs_on(step, sentence, say("account.holds_not_yet", what=self.objection_phrase(step)))
        for rival in self.rivals(number):
            key = "account.rival_holds_not" if labels.points[rival] == NO else "account.rival_holds_not_yet"
            sentence.say(key, rival=self.mention(rival), rests_on=(rival,))
        if point.basis == YES or any(labels.steps[s] == YES for s in point.supports):
            sentence.wrap("account.own_part", lambda: self.say_basis(number, sentence))
        else:
            for step in point.supports:
                if labels.steps[step] == OPEN:
                    self.say_hangs_on(step, sentence, say("account.fails_not_yet", what=self.reason_phrase(step)))
        if number not in self.evaluation.challenged:
            sentence.say("account.nothing_against")
