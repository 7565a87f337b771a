"""What a label rests on, in a sentence: only on what the labelling decided before it, so that no account goes in a circle.

A label of in or out has a rank; whatever is named as its reason has a lower one. What is undecided hangs on what is undecided too, which
may well be in a circle: that is why it is undecided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.evaluate import evaluate
from kb.queries.telling import NodeMention, SentenceBuilder, head_count, names, say
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


def unheld_phrase(debate: Debate, node_id: str) -> Phrase:
    """That nobody holds a point, and how those let go of it who held it, or were taken to."""
    acts = stances(debate).decisive_acts(node_id)
    phrases = [
        say(_LET_GO.get(act.kind, "account.spoke_against"), who=names(debate, [who]), point=NodeMention(act.node))
        for who, act in sorted(acts.items(), key=lambda item: item[1].when)
        if act.kind != ATTRIBUTED
    ]
    attributed = [who for who in sorted(acts) if acts[who].kind == ATTRIBUTED]
    if attributed:
        phrases.append(say("account.only_taken", n=head_count(debate, attributed), who=names(debate, attributed)))
    return say("account.let_go", acts=tuple(phrases)) if phrases else say("account.held_by_nobody")


class Reasons:
    """The reasons of labels of a debate: of all, or of those that one verdict needs."""

    def __init__(self, debate: Debate, labels: Labels | Labelling | None = None) -> None:
        """Look at the labels of a debate, or at these of them; in the cautious ones no unsettled leaf is granted."""
        self.debate = debate
        self.evaluation = evaluate(debate)
        self.frame = self.evaluation.frame
        self.labels = labels or self.evaluation.record
        self.ungranted = self.evaluation.unsettled if labels is self.evaluation.cautious else frozenset[str]()

    def explain(self, number: int) -> SentenceBuilder:
        """Why a point has its label."""
        label = self.labels.points[number]
        if label == YES:
            return self._explain_in(number)
        return self._explain_out(number) if label == NO else self._explain_undecided(number)

    # -- in --------------------------------------------------------------------------------------------------------

    def _explain_in(self, number: int) -> SentenceBuilder:
        point, sentence = self.frame.points[number], SentenceBuilder()
        self.say_basis(number, sentence)
        for step in point.attacks:
            self.say_fails(step, sentence, self.objection_phrase(step))
        rivals = list(self.rivals(number))
        if rivals:
            sentence.say("account.no_rival_holds", n=len(rivals), rivals=self.mentions(rivals), rests_on=rivals)
        for inference, why in self._lapsed_attacks(number):
            sentence.say("account.counts_no_more", objection=NodeMention(inference.node), why=say(why))
        if not (rivals or self._is_argument(number) or number in self.evaluation.challenged):
            sentence.say("account.nothing_against")
        return sentence

    def carrying_steps(self, number: int) -> list[int]:
        """The reasons that a point rests on: those that hold, unless it has a basis of its own."""
        point = self.frame.points[number]
        if point.basis == YES and point.id not in self.ungranted:
            return []
        return [s for s in point.supports if self.labels.steps[s] == YES]

    def say_basis(self, number: int, sentence: SentenceBuilder) -> None:
        """The step that carries a point, or who grants it."""
        point = self.frame.points[number]
        carrying = self.carrying_steps(number)
        holders = names(self.debate, sorted(self.evaluation.stances.ledger(point.id).holders))
        if carrying:
            self._say_carrying_step(number, min(carrying, key=self.labels.step_rank.__getitem__), sentence)
        elif not holders:
            sentence.say("account.by_the_record")
        elif point.supports:
            alone = any(self.debate.nodes[m].stands_alone for m in self.debate.restatements[point.id])
            sentence.say("account.stands_apart" if alone else "account.common_ground", who=holders)
        else:
            sentence.say("account.held", who=holders)

    def _say_carrying_step(self, number: int, step: int, sentence: SentenceBuilder) -> None:
        """The step that carries a point, and why it holds."""
        premises, argument = self.premises(step), self._is_argument(number)
        if premises:
            key = "account.premises_hold" if argument else "account.follows"
            sentence.say(key, n=len(premises), points=self.mentions(premises), rests_on=premises)
        else:
            sentence.say("account.no_premises" if argument else "account.follows_from_nothing")
        self.say_counters_fail(step, sentence)

    def say_counters_fail(self, step: int, sentence: SentenceBuilder) -> None:
        """Why what was said against a step that holds does not hold, and so on for what fells that."""
        standing = [step]
        for holds in standing:
            for undercut in self.frame.steps[holds].undercuts:
                standing.extend(self._say_failure(undercut, sentence, self._step_phrase("account.undercut", undercut)))

    def _lapsed_attacks(self, number: int) -> Iterator[tuple[Inference, str]]:
        """Attacks on record that count no more, and why."""
        for member in self.debate.restatements[self.frame.points[number].id]:
            for relation in self.debate.incoming[member]:
                inference = self.debate.inference_of(relation)
                if relation.kind == "attacks" and inference is not None and inference.index in self.frame.void:
                    yield inference, self._lapse_message(inference)

    def _lapse_message(self, inference: Inference) -> str:
        """The message that says why a step counts no more."""
        if self.evaluation.status(inference.node) == "supposed":
            return "account.only_supposed"
        makers = self.debate.makers(inference.relation)
        taken_back = all((m, inference.node) in self.evaluation.stances.retracted for m in makers)
        return "account.taken_back" if taken_back else "account.conceded_since"

    def say_fails(self, step: int, sentence: SentenceBuilder, what: Phrase) -> None:
        """Say why a step fails, and why what fells it holds."""
        for cause in self._say_failure(step, sentence, what):
            self.say_counters_fail(cause, sentence)

    def _say_failure(self, step: int, sentence: SentenceBuilder, what: Phrase) -> Iterator[int]:
        """Say what makes a step out, whichever was decided first: a premise that is out, or an undercut that is in (given)."""
        failed, labels = self.frame.steps[step], self.labels
        causes = [(labels.point_rank[p], False, p) for p in failed.premises if labels.points[p] == NO]
        causes += [(labels.step_rank[u], True, u) for u in failed.undercuts if labels.steps[u] == YES]
        _, undercut, cause = min(causes)
        if undercut:
            sentence.say("account.is_undercut", what=what, point=self.maker(cause), rests_on=self.premises(cause))
            yield cause
        elif self.mention(cause) == self.maker(step):
            sentence.say("account.holds_not", what=what, rests_on=(cause,))
        else:
            sentence.say("account.fails", what=what, point=self.mention(cause), rests_on=(cause,))

    # -- out ---------------------------------------------------------------------------------------------------------

    def _explain_out(self, number: int) -> SentenceBuilder:
        point, labels, sentence = self.frame.points[number], self.labels, SentenceBuilder()
        rank = labels.point_rank[number]
        hits = [s for s in point.attacks if labels.steps[s] == YES and labels.step_rank[s] < rank]
        rivals = [r for r in self.rivals(number) if labels.points[r] == YES and labels.point_rank[r] < rank]
        if hits:
            self._say_attack_holds(number, min(hits, key=labels.step_rank.__getitem__), sentence)
        elif rivals:
            sentence.say("account.rival_holds", rival=self.mention(rivals[0]), rests_on=rivals[:1])
        elif not point.supports:
            sentence.say(self.no_basis_message(number))
        elif self._is_argument(number):
            self.say_fails(point.supports[0], sentence, say("account.argument", point=self.mention(number)))
        else:
            sentence.wrap("account.no_reason_carries", lambda: self._say_reasons_fail(point.supports, sentence))
        if not hits and self.is_still_open(number):
            sentence.say("account.not_granted")
        return sentence

    def _say_reasons_fail(self, steps: Iterable[int], sentence: SentenceBuilder) -> None:
        """Say of each of some reasons why it fails."""
        for step in steps:
            self.say_fails(step, sentence, self.reason_phrase(step))

    def _say_attack_holds(self, number: int, step: int, sentence: SentenceBuilder) -> None:
        """The attack that holds, with what it takes, and what is unsettled about it."""
        premises, point = self.premises(step), self.maker(step)
        linked = tuple(name for name in self.mentions(premises) if name != point)
        hits = say("account.hits", point=point)
        if linked:
            hits = say("account.hits_with", point=point, linked=linked)
        if self.is_still_open(number):
            hits = say("account.so_far", clause=hits)
        sentence.add(hits, premises)
        self.say_counters_fail(step, sentence)

    def is_still_open(self, number: int) -> bool:
        """Whether a point is out on the record, but not by what all sides accept."""
        return self.evaluation.cautious.points[number] != NO

    def no_basis_message(self, number: int) -> str:
        """The message that says why a leaf has no basis."""
        node = self.debate.nodes[self.frame.points[number].id]
        argument = self.debate.argument_steps.get(node.id)
        if argument is not None and argument.index in self.frame.void:
            return self._lapse_message(argument)
        if node.kind == ARGUMENT:
            return "account.argues_nothing"
        return "account.held_by_nobody"

    # -- undecided ---------------------------------------------------------------------------------------------------

    def _explain_undecided(self, number: int) -> SentenceBuilder:
        point, labels, sentence = self.frame.points[number], self.labels, SentenceBuilder()
        rivals = [r for r in self.rivals(number) if labels.points[r] == OPEN]
        exclusive = [r for r in rivals if not self._is_undecided_without_rivals(r)]
        if exclusive:
            sentence.say("account.draw", n=len(exclusive), rivals=self.mentions(exclusive))
        others = [r for r in rivals if r not in exclusive]
        if others:
            sentence.say("account.rivals_undecided", n=len(others), rivals=self.mentions(others), rests_on=others)
        for step in point.attacks:
            if labels.steps[step] == OPEN:
                self.say_hangs_on(step, sentence, say("account.whether_carries", what=self.objection_phrase(step)))
        reasons = [s for s in point.supports if labels.steps[s] == OPEN]
        if point.basis != YES and not any(labels.steps[s] == YES for s in point.supports):
            for step in reasons:
                if self._is_argument(number):
                    self.say_hangs_on(step, sentence, say("account.hangs"))
                else:
                    self.say_hangs_on(step, sentence, say("account.whether_carries", what=self.reason_phrase(step)))
        return sentence

    def _is_undecided_without_rivals(self, number: int) -> bool:
        """Whether a point would be undecided without any rival, too."""
        point, steps = self.frame.points[number], self.labels.steps
        carried = point.basis == YES or any(steps[s] == YES for s in point.supports)
        return not carried or any(steps[s] == OPEN for s in point.attacks)

    def say_hangs_on(self, step: int, sentence: SentenceBuilder, clause: Phrase) -> None:
        """Name the undecided points that an undecided step hangs on, its own maker aside."""
        labels, steps, seen = self.labels, [step], {step}
        for waiting in steps:
            more = [u for u in self.frame.steps[waiting].undercuts if labels.steps[u] == OPEN and u not in seen]
            steps += more
            seen.update(more)
        points = (p for waiting in steps for p in (*self.premises(waiting), *self._argument_points(waiting)))
        ends = [p for p in points if labels.points[p] == OPEN]
        others = dict.fromkeys((*map(self.mention, ends), *map(self.maker, steps)))
        others.pop(self.maker(step), None)
        sentence.add(say("account.hangs_on", clause=clause, points=tuple(others)) if others else clause, ends)

    # -- words -------------------------------------------------------------------------------------------------------

    def _is_argument(self, number: int) -> bool:
        return self.frame.points[number].id in self.debate.argument_steps

    def rivals(self, number: int) -> Iterator[int]:
        """The rival answers of a point."""
        for group in self.frame.points[number].groups:
            yield from (rival for rival in self.frame.groups[group] if rival != number)

    def mention(self, number: int) -> NodeMention:
        """A point as a sentence names it."""
        return NodeMention(self.frame.points[number].id)

    def mentions(self, numbers: Iterable[int]) -> tuple[NodeMention, ...]:
        """Points as a sentence names them."""
        return tuple(map(self.mention, numbers))

    def objection_phrase(self, step: int) -> Phrase:
        """What an attack is called: an objection, or what contradicts the point."""
        contradicts = self.debate.inferences[self.frame.steps[step].inference].kind == "contradicts"
        return self._step_phrase("account.contradiction" if contradicts else "account.objection", step)

    def reason_phrase(self, step: int) -> Phrase:
        """What a step is called that is for something."""
        return self._step_phrase("account.reason", step)

    def _step_phrase(self, key: str, step: int) -> Phrase:
        return say(key, point=self.maker(step))

    def maker(self, step: int) -> NodeMention:
        """The point that makes a step, whichever of its nodes says so."""
        step_record = self.frame.steps[step]
        inference = self.debate.inferences[step_record.inference]
        if inference.kind == "contradicts":
            return self.mention(step_record.premises[0])
        return NodeMention(self.debate.points[inference.node])

    def premises(self, step: int) -> tuple[int, ...]:
        """The premises of a step."""
        return self.frame.steps[step].premises

    def _argument_points(self, step: int) -> tuple[int, ...]:
        """The argument that a step writes out, if it is one."""
        argument = self.debate.inferences[self.frame.steps[step].inference].argument
        return () if argument is None else (self.evaluation.point_number(argument),)
