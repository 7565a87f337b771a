"""What a label rests on, in a sentence: only on what the labelling decided before it, so that no account goes in a circle.

A label of in or out has a rank; whatever is named as its reason has a lower one. What is undecided hangs on what is undecided too, which
may well be in a circle: that is why it is undecided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.evaluate import evaluate
from kb.queries.telling import Mention, Told, joined
from kb.standing.framework import NO, OPEN, YES
from kb.vocabulary import ARGUMENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.debate import Debate
    from kb.inference import Inference
    from kb.queries.grounds import Labels
    from kb.queries.telling import Sentence
    from kb.semantics.grounded import Labelling

_UNGRANTED = "so far without an answer that holds, though the other side has not granted it"
"""What is added of a point that is unanswered."""


class Reasons:
    """The reasons of labels of a debate: of all, or of those that one verdict needs."""

    def __init__(self, debate: Debate, labels: Labels | Labelling | None = None) -> None:
        """Look at the labels of a debate, or at these of them; in the careful ones no unsettled leaf is granted."""
        self.debate = debate
        self.evaluation = evaluate(debate)
        self.frame = self.evaluation.frame
        self.labels = labels or self.evaluation.record
        self.ungranted = self.evaluation.unsettled if labels is self.evaluation.careful else frozenset[str]()

    def of(self, number: int) -> Told:
        """Why a point has its label."""
        label = self.labels.points[number]
        if label == YES:
            return self._why_in(number)
        return self._why_out(number) if label == NO else self._why_open(number)

    # -- in --------------------------------------------------------------------------------------------------------

    def _why_in(self, number: int) -> Told:
        point, told = self.frame.points[number], Told()
        self.basis(number, told)
        for step in point.attacks:
            self.fails(step, told, *self.objection(step))
        rivals = list(self.rivals(number))
        if rivals:
            told.clause("no rival answer holds: ", *joined([self.name(r) for r in rivals]), rests_on=rivals)
        for inference, why in self._gone(number):
            told.clause("the objection ", Mention(inference.node), " counts no more: ", why)
        if not (rivals or self._is_argument(number) or number in self.evaluation.challenged):
            told.clause("nothing on record speaks against it")
        return told

    def carried(self, number: int) -> list[int]:
        """The reasons that a point rests on: those that hold, unless it has a basis of its own."""
        point = self.frame.points[number]
        if point.basis == YES and point.id not in self.ungranted:
            return []
        return [s for s in point.supports if self.labels.steps[s] == YES]

    def basis(self, number: int, told: Told) -> None:
        """The step that carries a point, or who grants it."""
        point = self.frame.points[number]
        carrying = self.carried(number)
        holders = joined(self._people(sorted(self.evaluation.stances.ledger(point.id).holders)))
        if carrying:
            step = min(carrying, key=self.labels.step_rank.__getitem__)
            premises = self.frame.steps[step].premises
            verb = "its premises hold: " if self._is_argument(number) else "it follows from "
            if premises:
                told.clause(verb, *joined([self.name(p) for p in premises]), rests_on=premises)
            else:
                told.clause("it takes no premises" if self._is_argument(number) else "it follows without premises")
            self.unharmed(step, told)
        elif not holders:
            told.clause("it is put forward by the record itself")
        elif point.supports:
            alone = any(self.debate.nodes[m].stands_alone for m in self.debate.restatements[point.id])
            told.clause("it stands apart from its reasons, held by " if alone else "it is common ground of ", *holders)
        else:
            told.clause("it is held by ", *holders)

    def unharmed(self, step: int, told: Told) -> None:
        """Why what was said against a step that holds does not hold, and so on for what fells that."""
        standing = [step]
        for holds in standing:
            for undercut in self.frame.steps[holds].undercuts:
                standing.extend(self._felled(undercut, told, "the undercut ", self.maker(undercut)))

    def _gone(self, number: int) -> Iterator[tuple[Inference, str]]:
        """Attacks on record that count no more, and why."""
        for member in self.debate.restatements[self.frame.points[number].id]:
            for relation in self.debate.incoming[member]:
                inference = self.debate.inference_of(relation)
                if relation.kind == "attacks" and inference is not None and inference.index in self.frame.void:
                    yield inference, self._why_gone(inference)

    def _why_gone(self, inference: Inference) -> str:
        if self.evaluation.status(inference.node) == "supposed":
            return "it is only supposed"
        makers = self.debate.makers(inference.relation)
        taken_back = all((m, inference.node) in self.evaluation.stances.retracted for m in makers)
        return "it was taken back" if taken_back else "who made it conceded this afterwards"

    def fails(self, step: int, told: Told, *what: str | Mention) -> None:
        """Say why a step fails, and why what fells it holds."""
        for cause in self._felled(step, told, *what):
            self.unharmed(cause, told)

    def _felled(self, step: int, told: Told, *what: str | Mention) -> Iterator[int]:
        """Say what makes a step out, whichever was decided first: a premise that is out, or an undercut that is in (given)."""
        found, labels = self.frame.steps[step], self.labels
        causes = [(labels.point_rank[p], False, p) for p in found.premises if labels.points[p] == NO]
        causes += [(labels.step_rank[u], True, u) for u in found.undercuts if labels.steps[u] == YES]
        _, undercut, cause = min(causes)
        if undercut:
            told.clause(*what, " fails: ", self.maker(cause), " undercuts it", rests_on=self.premises(cause))
            yield cause
        elif self.name(cause) == self.maker(step):
            told.clause(*what, " does not hold", rests_on=(cause,))
        else:
            told.clause(*what, " fails: ", self.name(cause), " does not hold", rests_on=(cause,))

    # -- out ---------------------------------------------------------------------------------------------------------

    def _why_out(self, number: int) -> Told:
        point, labels, told = self.frame.points[number], self.labels, Told()
        rank = labels.point_rank[number]
        hits = [s for s in point.attacks if labels.steps[s] == YES and labels.step_rank[s] < rank]
        rivals = [r for r in self.rivals(number) if labels.points[r] == YES and labels.point_rank[r] < rank]
        if hits:
            self._hit(number, min(hits, key=labels.step_rank.__getitem__), told)
        elif rivals:
            told.clause("the rival answer ", self.name(rivals[0]), " holds", rests_on=rivals[:1])
        elif not point.supports:
            told.clause(self.why_no_basis(number))
        elif self._is_argument(number):
            self.fails(point.supports[0], told, "the argument ", self.name(number))
        else:
            for count, step in enumerate(point.supports):
                intro = "" if count else "none of the reasons given for it carries: "
                self.fails(step, told, intro + "the reason ", self.maker(step))
        if not hits and self.open_still(number):
            told.clause("what tells against it is ", _UNGRANTED)
        return told

    def _hit(self, number: int, step: int, told: Told) -> None:
        """The attack that holds, with what it takes, and what is unsettled about it."""
        premises = self.premises(step)
        linked = [self.name(p) for p in premises if self.name(p) != self.maker(step)]
        together = (" together with ", *joined(linked)) if linked else ()
        silence = f", {_UNGRANTED}" if self.open_still(number) else ""
        told.clause(self.maker(step), " holds against it", *together, silence, rests_on=premises)
        self.unharmed(step, told)

    def open_still(self, number: int) -> bool:
        """Whether a point is out on the record, but not by what all sides accept."""
        return self.evaluation.careful.points[number] != NO

    def why_no_basis(self, number: int) -> str:
        """Why a leaf has no basis."""
        node = self.debate.nodes[self.frame.points[number].id]
        argument = self.debate.argument_steps.get(node.id)
        if argument is not None and argument.index in self.frame.void:
            return self._why_gone(argument)
        if node.kind == ARGUMENT:
            return "it is an argument for or against nothing"
        return "nobody on record holds it"

    # -- undecided ---------------------------------------------------------------------------------------------------

    def _why_open(self, number: int) -> Told:
        point, labels, told = self.frame.points[number], self.labels, Told()
        rivals = [r for r in self.rivals(number) if labels.points[r] == OPEN]
        if rivals:
            its, verb = ("its rivals ", " are") if len(rivals) > 1 else ("its rival ", " is")
            told.clause(its, *joined([self.name(r) for r in rivals]), f"{verb} undecided too", rests_on=rivals)
        for step in point.attacks:
            if labels.steps[step] == OPEN:
                self.hangs(step, told, "it is undecided whether ", *self.objection(step), " carries")
        reasons = [s for s in point.supports if labels.steps[s] == OPEN]
        if point.basis != YES and not any(labels.steps[s] == YES for s in point.supports):
            for step in reasons:
                if self._is_argument(number):
                    self.hangs(step, told, "it hangs on what is undecided")
                else:
                    self.hangs(step, told, "it is undecided whether the reason ", self.maker(step), " carries")
        return told

    def hangs(self, step: int, told: Told, *words: str | Mention) -> None:
        """Name the undecided points that an undecided step hangs on, its own maker aside."""
        labels, steps, seen = self.labels, [step], {step}
        for found in steps:
            more = [u for u in self.frame.steps[found].undercuts if labels.steps[u] == OPEN and u not in seen]
            steps += more
            seen.update(more)
        ends = [p for found in steps for p in (*self.premises(found), *self._argued(found)) if labels.points[p] == OPEN]
        others = dict.fromkeys((*map(self.name, ends), *map(self.maker, steps)))
        others.pop(self.maker(step), None)
        hangs = (", which hangs on ", *joined(list(others))) if others else ()
        told.clause(*words, *hangs, rests_on=ends)

    # -- words -------------------------------------------------------------------------------------------------------

    def _is_argument(self, number: int) -> bool:
        return self.frame.points[number].id in self.debate.argument_steps

    def rivals(self, number: int) -> Iterator[int]:
        """The rival answers of a point."""
        for group in self.frame.points[number].groups:
            yield from (rival for rival in self.frame.groups[group] if rival != number)

    def name(self, number: int) -> Mention:
        """A point as a sentence names it."""
        return Mention(self.frame.points[number].id)

    def objection(self, step: int) -> Sentence:
        """What an attack is called: an objection, or what contradicts the point."""
        if self.debate.inferences[self.frame.steps[step].inference].kind == "contradicts":
            return (self.maker(step), ", which contradicts it,")
        return ("the objection ", self.maker(step))

    def maker(self, step: int) -> Mention:
        """The point that makes a step, whichever of its nodes says so."""
        found = self.frame.steps[step]
        inference = self.debate.inferences[found.inference]
        if inference.kind == "contradicts":
            return self.name(found.premises[0])
        return Mention(self.debate.points[inference.node])

    def premises(self, step: int) -> tuple[int, ...]:
        """The premises of a step."""
        return self.frame.steps[step].premises

    def _argued(self, step: int) -> tuple[int, ...]:
        """The argument that a step writes out, if it is one."""
        argument = self.debate.inferences[self.frame.steps[step].inference].argument
        return () if argument is None else (self.evaluation.number(argument),)

    def _people(self, ids: list[str]) -> list[str]:
        people = self.debate.participants
        return [people[i].name if i in people else i for i in ids]
