"""Why a verdict is what it is: the reasons the labelling rests on, and nothing besides.

For *in*: what grants it or the reason that carries it, and why each attack fails. For *out*: the attack that holds, or the basis that is
missing. For *undecided*: what it hangs on. An account never goes in a circle: a label of in or out rests only on labels decided before it,
and each node is accounted for once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.evaluate import evaluate
from kb.framework import NO, OPEN, YES
from kb.queries.lookup import node
from kb.vocabulary import QUESTION, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.debate import Debate
    from kb.tables import Json, Row

COLUMNS = ("level", "id", "status", "why")
MAX_DEPTH = 30
"""Accounts are told this deep; further down `kb why` has to be asked again."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A node or participant named in a sentence."""

    id: str


Sentence = tuple[str | Mention, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """A node, its verdict, a sentence that says why, and the accounts of what the sentence rests on."""

    node: str
    verdict: str | None
    status: str | None
    sentence: Sentence
    because: tuple[Account, ...]

    @property
    def text(self) -> str:
        """The sentence as plain text, ids in backticks."""
        return "".join(f"`{part.id}`" if isinstance(part, Mention) else part for part in self.sentence)


def account(debate: Debate, node_id: str, depth: int = MAX_DEPTH) -> Account:
    """The reasons of a node's verdict, told so many levels deep."""
    node(debate, node_id)
    return _Teller(debate, depth).tell(node_id, 0)


def row(debate: Debate, found: Account) -> Row:
    """An account as JSON, with the accounts it rests on nested."""
    because: list[Json] = [row(debate, inner) for inner in found.because]
    return {
        "id": found.node,
        "verdict": found.verdict,
        "status": found.status,
        "why": found.text,
        "because": because,
    }


def flat(debate: Debate, found: Account, level: int = 0) -> list[Row]:
    """An account as rows, each with its level."""
    here: Row = {
        "level": level,
        "id": found.node,
        "verdict": found.verdict,
        "status": found.status,
        "why": found.text,
    }
    return [here, *(r for inner in found.because for r in flat(debate, inner, level + 1))]


class _Teller:
    """Tells one account; remembers what it has told."""

    def __init__(self, debate: Debate, depth: int) -> None:
        self.debate = debate
        self.depth = depth
        self.evaluation = evaluate(debate)
        self.frame = self.evaluation.frame
        self.labels = self.evaluation.record
        self.told: set[int] = set()

    def tell(self, node_id: str, depth: int) -> Account:
        number = self.evaluation.number(node_id)
        verdict, status = self.evaluation.verdict(node_id), self.evaluation.status(node_id)
        if number in self.told:
            return Account(node_id, verdict, status, ("as told above.",), ())
        self.told.add(number)
        if verdict is None:
            return Account(node_id, verdict, status, self._no_verdict(node_id), ())
        sentence, rests_on = self._reasons(number)
        if depth >= self.depth:
            cut: Sentence = (" (ask again from here)",) if depth == MAX_DEPTH else ()
            return Account(node_id, verdict, status, (*sentence, *cut), ())
        because = tuple(self.tell(self.frame.points[p].id, depth + 1) for p in dict.fromkeys(rests_on))
        return Account(node_id, verdict, status, sentence, because)

    def _no_verdict(self, node_id: str) -> Sentence:
        if self.debate.nodes[node_id].kind == QUESTION:
            return ("a question has no verdict; its answers have.",)
        if self.evaluation.status(node_id) == "supposed":
            return (f"{STATUSES['supposed'].gloss}.",)
        return ("it only acts on other points: there is nothing in it that could stand or fall.",)

    def _reasons(self, number: int) -> tuple[Sentence, list[int]]:
        label = self.labels.points[number]
        if label == YES:
            return self._why_in(number)
        return self._why_out(number) if label == NO else self._why_open(number)

    # -- in --------------------------------------------------------------------------------------------------------

    def _why_in(self, number: int) -> tuple[Sentence, list[int]]:
        sentence, rests_on = self._basis(number)
        for step in self.frame.points[number].attacks:
            more, points = self._why_step_fails(step)
            sentence += ("; the objection ", self._maker(step), " fails: ", *more)
            rests_on += points
        rivals = list(self._rivals(number))
        if rivals:
            sentence += ("; no rival answer holds: ", *self._names(rivals))
            rests_on += rivals
        if not self.frame.points[number].attacks and not rivals:
            sentence += ("; nothing on record speaks against it",)
        return (*sentence, "."), rests_on

    def _basis(self, number: int) -> tuple[Sentence, list[int]]:
        """The step that carries a point, or who grants it."""
        point = self.frame.points[number]
        carrying = [s for s in point.supports if self.labels.steps[s] == YES]
        if carrying and point.basis != YES:
            step = min(carrying, key=lambda s: self.labels.step_rank[s])
            premises = list(self.frame.steps[step].premises)
            failed = [u for u in self.frame.steps[step].undercuts if self.labels.steps[u] == NO]
            sentence: Sentence = ("it follows from ", *self._names(premises))
            rests_on = premises
            for undercut in failed:
                more, points = self._why_step_fails(undercut)
                sentence += ("; the undercut ", self._maker(undercut), " fails: ", *more)
                rests_on += points
            return sentence, rests_on
        holders = sorted(self.evaluation.stances.ledger(point.id).holders)
        if not holders:
            return ("it is put forward by the record itself",), []
        if len(holders) > 1:
            return ("it is common ground of ", *self._people(holders)), []
        return ("it is held by ", *self._people(holders)), []

    def _why_step_fails(self, step: int) -> tuple[Sentence, list[int]]:
        """What makes a step out: a premise that is out, or an undercut that is in; the one decided first."""
        found = self.frame.steps[step]
        premises = [p for p in found.premises if self.labels.points[p] == NO]
        undercuts = [u for u in found.undercuts if self.labels.steps[u] == YES]
        if premises:
            first = min(premises, key=lambda p: self.labels.point_rank[p])
            return (self._name(first), " does not hold"), [first]
        first_undercut = min(undercuts, key=lambda u: self.labels.step_rank[u])
        makers = list(self.frame.steps[first_undercut].premises)
        return (*self._names(makers), " undercuts the step"), makers

    # -- out ---------------------------------------------------------------------------------------------------------

    def _why_out(self, number: int) -> tuple[Sentence, list[int]]:
        point = self.frame.points[number]
        hits = [s for s in point.attacks if self.labels.steps[s] == YES]
        if hits:
            step = min(hits, key=lambda s: self.labels.step_rank[s])
            premises = list(self.frame.steps[step].premises)
            return (*self._names(premises), " holds against it", self._silence(number), "."), premises
        rivals = [r for r in self._rivals(number) if self.labels.points[r] == YES]
        if rivals:
            return ("the rival answer ", self._name(rivals[0]), " holds."), [rivals[0]]
        if not point.supports:
            return ("nobody on record holds it.",), []
        sentence: Sentence = ("none of the reasons given for it carries: ",)
        rests_on: list[int] = []
        for count, step in enumerate(point.supports):
            more, points = self._why_step_fails(step)
            sentence += (*(("; ",) if count else ()), "the step from ", self._maker(step), " fails, since ", *more)
            rests_on += points
        return (*sentence, "."), rests_on

    def _silence(self, number: int) -> str:
        """What is unsettled about an attack that holds."""
        if self.evaluation.careful.points[number] == NO:
            return ""
        return ", so far without an answer that holds, though the other side has not granted it"

    # -- undecided ---------------------------------------------------------------------------------------------------

    def _why_open(self, number: int) -> tuple[Sentence, list[int]]:
        point = self.frame.points[number]
        against = [s for s in point.attacks if self.labels.steps[s] == OPEN]
        reasons = [s for s in point.supports if self.labels.steps[s] == OPEN]
        rivals = [r for r in self._rivals(number) if self.labels.points[r] == OPEN]
        sentence: Sentence = ()
        rests_on: list[int] = []
        if rivals:
            sentence += ("its rival ", *self._names(rivals), " is undecided too")
            rests_on += rivals
        for step in against:
            sentence += (*(("; ",) if sentence else ()), "the objection ", self._maker(step), " is undecided")
            rests_on += self._open_ends(step)
        if not any(self.labels.steps[s] == YES for s in point.supports):
            for step in reasons:
                sentence += (*(("; ",) if sentence else ()), "the reason ", self._maker(step), " is undecided")
                rests_on += self._open_ends(step)
        return (*sentence, "."), rests_on

    def _open_ends(self, step: int) -> list[int]:
        """The undecided points that an undecided step hangs on."""
        found = self.frame.steps[step]
        ends = [p for p in found.premises if self.labels.points[p] == OPEN]
        for undercut in found.undercuts:
            if self.labels.steps[undercut] == OPEN:
                ends += [p for p in self.frame.steps[undercut].premises if self.labels.points[p] == OPEN]
        return ends

    # -- words -------------------------------------------------------------------------------------------------------

    def _rivals(self, number: int) -> Iterator[int]:
        for group in self.frame.points[number].groups:
            yield from (rival for rival in self.frame.groups[group] if rival != number)

    def _name(self, number: int) -> Mention:
        return Mention(self.frame.points[number].id)

    def _maker(self, step: int) -> Mention:
        """The node that makes a step."""
        found = self.frame.steps[step]
        inference = self.debate.inferences[found.inference]
        if inference.kind == "contradicts":
            return self._name(found.premises[0])
        return Mention(inference.node)

    def _names(self, numbers: list[int]) -> Sentence:
        return _joined([self._name(n) for n in numbers])

    def _people(self, ids: list[str]) -> Sentence:
        people = self.debate.participants
        return _joined([people[i].name if i in people else i for i in ids])


def _joined(parts: Sequence[str | Mention]) -> Sentence:
    """A, B and C."""
    found: Sentence = ()
    for count, part in enumerate(parts):
        if count:
            found += (" and " if count == len(parts) - 1 else ", ",)
        found += (part,)
    return found
