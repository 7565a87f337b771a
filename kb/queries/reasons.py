"""What a label rests on, in a sentence: only on what the labelling decided before it, so that no account goes in a circle.

A label of in or out has a rank; whatever is named as its reason has a lower one. What is undecided hangs on what is undecided too, which
may well be in a circle: that is why it is undecided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.evaluate import evaluate
from kb.queries.telling import Mention, Told, heads, names, say
from kb.standing.acts import ATTRIBUTED
from kb.standing.framework import NO, OPEN, YES
from kb.standing.stances import stances
from kb.vocabulary import ARGUMENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.debate import Debate
    from kb.inference import Inference
    from kb.queries.grounds import Labels
    from kb.queries.telling import Phrase
    from kb.semantics.grounded import Labelling


_LET_GO = {"disowns": "account.disowned", "retracts": "account.retracted", "dissolves": "account.dissolved"}
"""How people let go of a point, by the relation that says so; else they only spoke against it."""


def nobody_holds(debate: Debate, node_id: str) -> Phrase:
    """That nobody holds a point, and how those let go of it who held it, or were taken to."""
    acts = stances(debate).turns(node_id)
    gone = [
        say(_LET_GO.get(act.kind, "account.spoke_against"), who=names(debate, [who]), point=Mention(act.node))
        for who, act in sorted(acts.items(), key=lambda item: item[1].when)
        if act.kind != ATTRIBUTED
    ]
    taken = [who for who in sorted(acts) if acts[who].kind == ATTRIBUTED]
    if taken:
        gone.append(say("account.only_taken", n=heads(debate, taken), who=names(debate, taken)))
    return say("account.let_go", acts=tuple(gone)) if gone else say("account.held_by_nobody")


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
            self.fails(step, told, self.objection(step))
        rivals = list(self.rivals(number))
        if rivals:
            told.say("account.no_rival_holds", n=len(rivals), rivals=self.names(rivals), rests_on=rivals)
        for inference, why in self._gone(number):
            told.say("account.counts_no_more", objection=Mention(inference.node), why=say(why))
        if not (rivals or self._is_argument(number) or number in self.evaluation.challenged):
            told.say("account.nothing_against")
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
        holders = names(self.debate, sorted(self.evaluation.stances.ledger(point.id).holders))
        if carrying:
            self._carries(number, min(carrying, key=self.labels.step_rank.__getitem__), told)
        elif not holders:
            told.say("account.by_the_record")
        elif point.supports:
            alone = any(self.debate.nodes[m].stands_alone for m in self.debate.restatements[point.id])
            told.say("account.stands_apart" if alone else "account.common_ground", who=holders)
        else:
            told.say("account.held", who=holders)

    def _carries(self, number: int, step: int, told: Told) -> None:
        """The step that carries a point, and why it holds."""
        premises, argument = self.premises(step), self._is_argument(number)
        if premises:
            key = "account.premises_hold" if argument else "account.follows"
            told.say(key, n=len(premises), points=self.names(premises), rests_on=premises)
        else:
            told.say("account.no_premises" if argument else "account.follows_from_nothing")
        self.unharmed(step, told)

    def unharmed(self, step: int, told: Told) -> None:
        """Why what was said against a step that holds does not hold, and so on for what fells that."""
        standing = [step]
        for holds in standing:
            for undercut in self.frame.steps[holds].undercuts:
                standing.extend(self._felled(undercut, told, self._called("account.undercut", undercut)))

    def _gone(self, number: int) -> Iterator[tuple[Inference, str]]:
        """Attacks on record that count no more, and why."""
        for member in self.debate.restatements[self.frame.points[number].id]:
            for relation in self.debate.incoming[member]:
                inference = self.debate.inference_of(relation)
                if relation.kind == "attacks" and inference is not None and inference.index in self.frame.void:
                    yield inference, self._why_gone(inference)

    def _why_gone(self, inference: Inference) -> str:
        """The message that says why a step counts no more."""
        if self.evaluation.status(inference.node) == "supposed":
            return "account.only_supposed"
        makers = self.debate.makers(inference.relation)
        taken_back = all((m, inference.node) in self.evaluation.stances.retracted for m in makers)
        return "account.taken_back" if taken_back else "account.conceded_since"

    def fails(self, step: int, told: Told, what: Phrase) -> None:
        """Say why a step fails, and why what fells it holds."""
        for cause in self._felled(step, told, what):
            self.unharmed(cause, told)

    def _felled(self, step: int, told: Told, what: Phrase) -> Iterator[int]:
        """Say what makes a step out, whichever was decided first: a premise that is out, or an undercut that is in (given)."""
        found, labels = self.frame.steps[step], self.labels
        causes = [(labels.point_rank[p], False, p) for p in found.premises if labels.points[p] == NO]
        causes += [(labels.step_rank[u], True, u) for u in found.undercuts if labels.steps[u] == YES]
        _, undercut, cause = min(causes)
        if undercut:
            told.say("account.is_undercut", what=what, point=self.maker(cause), rests_on=self.premises(cause))
            yield cause
        elif self.name(cause) == self.maker(step):
            told.say("account.holds_not", what=what, rests_on=(cause,))
        else:
            told.say("account.fails", what=what, point=self.name(cause), rests_on=(cause,))

    # -- out ---------------------------------------------------------------------------------------------------------

    def _why_out(self, number: int) -> Told:
        point, labels, told = self.frame.points[number], self.labels, Told()
        rank = labels.point_rank[number]
        hits = [s for s in point.attacks if labels.steps[s] == YES and labels.step_rank[s] < rank]
        rivals = [r for r in self.rivals(number) if labels.points[r] == YES and labels.point_rank[r] < rank]
        if hits:
            self._hit(number, min(hits, key=labels.step_rank.__getitem__), told)
        elif rivals:
            told.say("account.rival_holds", rival=self.name(rivals[0]), rests_on=rivals[:1])
        elif not point.supports:
            told.say(self.why_no_basis(number))
        elif self._is_argument(number):
            self.fails(point.supports[0], told, say("account.argument", point=self.name(number)))
        else:
            told.headed("account.no_reason_carries", lambda: self._fail(point.supports, told))
        if not hits and self.open_still(number):
            told.say("account.not_granted")
        return told

    def _fail(self, steps: Iterable[int], told: Told) -> None:
        """Say of each of some reasons why it fails."""
        for step in steps:
            self.fails(step, told, self.reason(step))

    def _hit(self, number: int, step: int, told: Told) -> None:
        """The attack that holds, with what it takes, and what is unsettled about it."""
        premises, point = self.premises(step), self.maker(step)
        linked = tuple(name for name in self.names(premises) if name != point)
        hits = say("account.hits", point=point)
        if linked:
            hits = say("account.hits_with", point=point, linked=linked)
        if self.open_still(number):
            hits = say("account.so_far", clause=hits)
        told.add(hits, premises)
        self.unharmed(step, told)

    def open_still(self, number: int) -> bool:
        """Whether a point is out on the record, but not by what all sides accept."""
        return self.evaluation.careful.points[number] != NO

    def why_no_basis(self, number: int) -> str:
        """The message that says why a leaf has no basis."""
        node = self.debate.nodes[self.frame.points[number].id]
        argument = self.debate.argument_steps.get(node.id)
        if argument is not None and argument.index in self.frame.void:
            return self._why_gone(argument)
        if node.kind == ARGUMENT:
            return "account.argues_nothing"
        return "account.held_by_nobody"

    # -- undecided ---------------------------------------------------------------------------------------------------

    def _why_open(self, number: int) -> Told:
        point, labels, told = self.frame.points[number], self.labels, Told()
        rivals = [r for r in self.rivals(number) if labels.points[r] == OPEN]
        even = [r for r in rivals if not self._hangs_elsewhere(r)]
        if even:
            told.say("account.draw", n=len(even), rivals=self.names(even))
        others = [r for r in rivals if r not in even]
        if others:
            told.say("account.rivals_undecided", n=len(others), rivals=self.names(others), rests_on=others)
        for step in point.attacks:
            if labels.steps[step] == OPEN:
                self.hangs(step, told, say("account.whether_carries", what=self.objection(step)))
        reasons = [s for s in point.supports if labels.steps[s] == OPEN]
        if point.basis != YES and not any(labels.steps[s] == YES for s in point.supports):
            for step in reasons:
                if self._is_argument(number):
                    self.hangs(step, told, say("account.hangs"))
                else:
                    self.hangs(step, told, say("account.whether_carries", what=self.reason(step)))
        return told

    def _hangs_elsewhere(self, number: int) -> bool:
        """Whether a point would be undecided without any rival, too."""
        point, steps = self.frame.points[number], self.labels.steps
        carried = point.basis == YES or any(steps[s] == YES for s in point.supports)
        return not carried or any(steps[s] == OPEN for s in point.attacks)

    def hangs(self, step: int, told: Told, clause: Phrase) -> None:
        """Name the undecided points that an undecided step hangs on, its own maker aside."""
        labels, steps, seen = self.labels, [step], {step}
        for found in steps:
            more = [u for u in self.frame.steps[found].undercuts if labels.steps[u] == OPEN and u not in seen]
            steps += more
            seen.update(more)
        ends = [p for found in steps for p in (*self.premises(found), *self._argued(found)) if labels.points[p] == OPEN]
        others = dict.fromkeys((*map(self.name, ends), *map(self.maker, steps)))
        others.pop(self.maker(step), None)
        told.add(say("account.hangs_on", clause=clause, points=tuple(others)) if others else clause, ends)

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

    def names(self, numbers: Iterable[int]) -> tuple[Mention, ...]:
        """Points as a sentence names them."""
        return tuple(map(self.name, numbers))

    def objection(self, step: int) -> Phrase:
        """What an attack is called: an objection, or what contradicts the point."""
        contradicts = self.debate.inferences[self.frame.steps[step].inference].kind == "contradicts"
        return self._called("account.contradiction" if contradicts else "account.objection", step)

    def reason(self, step: int) -> Phrase:
        """What a step is called that is for something."""
        return self._called("account.reason", step)

    def _called(self, key: str, step: int) -> Phrase:
        return say(key, point=self.maker(step))

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
