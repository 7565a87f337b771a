"""What makes a disagreement open, conceded or whatever it is: which act of whom, where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.contention.sides import sides
from kb.evaluate import evaluate
from kb.queries.reasons import Reasons
from kb.queries.telling import Mention, heads, names, say
from kb.standing.acts import ATTRIBUTED, GIVES_UP, HOLDS, OPPOSES, committed
from kb.standing.framework import YES
from kb.standing.stances import stances
from kb.vocabulary import ARGUMENT_RELATIONS, QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.contention.rows import Disagreement
    from kb.contention.sides import Position
    from kb.debate import Debate
    from kb.model import Citation
    from kb.queries.telling import Phrase
    from kb.standing.acts import Act
    from kb.tables import Json, Row


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did to a point, by which node, in which passage; without a participant, what the record has."""

    participant: str | None
    does: str
    """A word of `vocabulary.DEEDS`, for the record one of `vocabulary.REMARKS`."""
    node: str
    citation: Citation | None
    target: str


def because(debate: Debate, dispute: Disagreement) -> tuple[Deed, ...]:
    """The acts that put a disagreement into its state, in source order, each once.

    For everybody who is on a side, the latest act that makes them hold it; for everybody who was, the act by which they left
    (commitment stores: Walton and Krabbe, *Commitment in Dialogue*, ch. 4). Then what sets the sides against each other: who denies
    another side's answer, and what the record says cannot hold together. Some states ask for more: *terminological* for who found
    only words in it, or for the readings, each with who accepts it; *misread* for who was taken to hold what; *decided* for the points
    that the careful labelling rests on, each with who accepts it.
    """
    return _Account(debate, dispute).deeds()


def row(deed: Deed) -> Row:
    """A deed as the documented JSON has it."""
    return {
        "participant": deed.participant,
        "does": deed.does,
        "node": deed.node,
        **place(deed.citation),
        "target": deed.target,
    }


def place(citation: Citation | None) -> dict[str, Json]:
    """Where something was said, as the documented JSON has it; nowhere: null."""
    return {"source": citation.source, "passage": citation.passage} if citation else {"source": None, "passage": None}


def told(debate: Debate, deed: Deed) -> Phrase:
    """A deed in words."""
    node, target = Mention(deed.node), Mention(deed.target)
    if deed.participant is None:
        return say(_REMARKED[deed.does], node=node, target=target)
    if deed.does == "is taken to hold":
        return _attributed(debate, deed, deed.participant)
    who = (deed.participant,)
    did = say(_DID[deed.does], n=heads(debate, who), who=names(debate, who), target=target)
    return did if deed.node == deed.target else say("deed.with", deed=did, node=node)


def _attributed(debate: Debate, deed: Deed, participant: str) -> Phrase:
    """That somebody was taken to hold or ask something, and by whom."""
    asks, by = debate.nodes[deed.target].kind == QUESTION, debate.speakers(deed.node)
    who, n = names(debate, [participant]), heads(debate, [participant])
    if by:
        key = "deed.took_to_ask" if asks else "deed.took_to_hold"
        return say(key, n=n, by=names(debate, by), who=who, target=Mention(deed.target))
    return say("deed.taken_to_ask" if asks else "deed.taken_to_hold", n=n, who=who, target=Mention(deed.target))


_DID = {
    "puts forward": "deed.puts_forward",
    "asks": "deed.asks",
    "supports": "deed.supports",
    "relies on": "deed.relies_on",
    "concedes": "deed.concedes",
    "concedes in part": "deed.concedes_in_part",
    "attacks": "deed.attacks",
    "undercuts a reason": "deed.undercuts_a_reason",
    "retracts": "deed.retracts",
    "disowns": "deed.disowns",
    "dissolves": "deed.dissolves",
    "reads": "deed.reads",
}
_REMARKED = {
    "records": "deed.records",
    "contradicts": "deed.contradicts",
    "is exclusive": "deed.is_exclusive",
    "reads": "deed.is_reading",
}


class _Account:
    """Collects the deeds of one disagreement."""

    def __init__(self, debate: Debate, dispute: Disagreement) -> None:
        self.debate = debate
        self.found = dispute
        self.sides = sides(debate)
        self.stances = stances(debate)
        self.contest = self.sides.contest(dispute.id)
        self._deeds: dict[Deed, tuple[object, ...]] = {}

    def deeds(self) -> tuple[Deed, ...]:
        """All of them in source order."""
        if self.contest.pairs:
            for position in self.contest.positions:
                self._side(position)
            self._apart()
        else:
            self._alone()
        if self.found.state == "terminological":
            self._words_only()
        elif self.found.state == "decided":
            self._decided()
        return tuple(sorted(self._deeds, key=self._deeds.__getitem__))

    def _add(self, who: str | None, does: str, node: str, citation: Citation | None, target: str) -> None:
        cited = () if citation is None else (citation,)
        moment = (self.debate.when(cited), self.debate.order[node], who or "", does, target)
        self._deeds.setdefault(Deed(who, does, node, citation, target), moment)

    def _put(self, who: str | None, does: str, node: str, target: str | None = None) -> None:
        """What somebody says by a whole node."""
        citation = self.debate.where(self.debate.nodes[node].citations, who)
        self._add(who, does, node, citation, target or node)

    def _act(self, act: Act) -> None:
        """An act, by what it does to the node that it names."""
        node, relation = self.debate.nodes[act.node], act.relation
        if relation is None:
            does = "is taken to hold" if act.kind == ATTRIBUTED else "puts forward"
            self._put(act.participant, does, node.id)
            return
        citation = self.debate.where(relation.citations or node.citations, act.participant)
        named = self.debate.points.get(relation.to) == act.point
        self._add(act.participant, _does(act, named=named), node.id, citation, relation.to if named else act.point)

    # -- the sides -----------------------------------------------------------------------------------------------------

    def _side(self, position: Position) -> None:
        """What makes everybody on a side hold it, and how those left who were on it."""
        self._members(position.of, position.ever, OPPOSES if position.denies else HOLDS)
        for act in self.stances.acts(position.of) if position.disowned else ():
            if act.kind == ATTRIBUTED and act.participant in position.disowned:
                self._act(act)

    def _members(self, point: str, members: Iterable[str], wanted: frozenset[str] = HOLDS) -> None:
        """What makes some people hold a point, or oppose it, or ask it if it is a question; or how they ceased to."""
        turns = self.stances.turns(point, wanted)
        for who in sorted(members):
            if who in turns:
                self._act(turns[who])
            elif wanted is HOLDS and self.debate.nodes[point].kind == QUESTION:
                self._asked(point, who)

    def _asked(self, question: str, who: str) -> None:
        """That somebody put a question, or gave it up."""
        if who not in self.stances.asking(question):
            left = [a for a in self.stances.acts(question) if a.participant == who and a.kind in GIVES_UP]
            for act in left[-1:]:
                self._act(act)
            return
        for member in self.debate.restatements[self.debate.points[question]]:
            if who in self.debate.speakers(member) and committed(self.debate.nodes[member]):
                self._put(who, "asks", member)

    def _alone(self) -> None:
        """Who asked in vain, or who holds the answer that nobody rivals."""
        for side in self.found.sides:
            self._members(side.position, side.participants)

    def _apart(self) -> None:
        """What sets the sides against each other: denials that stand, and what the record has."""
        positions = self.contest.positions
        members = frozenset(who for position in positions for who in position.now)
        for point in dict.fromkeys(position.of for position in positions):
            self._members(point, members & self.stances.ledger(point).opponents, OPPOSES)
        pairs = {frozenset((positions[a].of, positions[b].of)) for a, b in self.contest.pairs}
        points = self.debate.points
        for point in dict.fromkeys(position.of for position in positions):
            for member in self.debate.restatements[point]:
                for relation in self.debate.nodes[member].relations:
                    if relation.kind == "contradicts" and frozenset((point, points.get(relation.to, ""))) in pairs:
                        self._put(None, "contradicts", member, relation.to)
        rivals = [
            p for p in pairs if len(p) == 2 and all(self.found.id in self.sides.contests.questions_of(end) for end in p)
        ]
        if rivals and self.debate.admits_one(self.found.id):
            self._put(None, "is exclusive", self.found.id)

    # -- what single states ask for ------------------------------------------------------------------------------------

    def _words_only(self) -> None:
        """Who found only words in it, and who no longer denies that; or the readings, with everybody who accepts them."""
        members = frozenset(who for side in self.found.sides for who in side.members)
        dissolving = self.sides.dissolving(self.found.id)
        if dissolving is not None:
            self._act(dissolving)
            self._members(dissolving.node, members, OPPOSES)
            return
        for reading in self.sides.readings(self.found.id):
            for relation in self.debate.nodes[reading].relations:
                if relation.kind == "sense_of" and relation.to in self.debate.nodes:
                    for who in self.debate.makers(relation):
                        self._put(who, "reads", reading, relation.to)
                    if not self.debate.makers(relation):
                        self._put(None, "reads", reading, relation.to)
            self._members(reading, members)

    def _decided(self) -> None:
        """The points that decide it by what all sides accept, each with who accepts it, or how they let go of it."""
        evaluation, reasons = evaluate(self.debate), Reasons(self.debate, evaluate(self.debate).careful)
        queue = list(dict.fromkeys(evaluation.number(p.of) for p in self.contest.positions))
        seen = set(queue)
        for number in queue:
            rests_on = reasons.of(number).rests_on
            holds = reasons.labels.points[number] == YES
            if not (reasons.carried(number) if holds else rests_on):
                self._granted(evaluation.frame.points[number].id, holds=holds)
            queue += [n for n in rests_on if n not in seen]
            seen.update(rests_on)

    def _granted(self, point: str, *, holds: bool) -> None:
        """Who accepts a point that holds by itself, or gave up one that nobody holds."""
        holders = self.stances.ledger(point).holders
        if holds and not holders:
            self._put(None, "records", point)
        for who, act in sorted(self.stances.turns(point).items()):
            if (who in holders) == holds:
                self._act(act)


def _does(act: Act, *, named: bool) -> str:
    """What somebody does to a point by a relation that names it, or that only uses it or takes a reason from it."""
    if act.kind in ARGUMENT_RELATIONS and act.stance in HOLDS:
        return "supports" if named and act.kind == "supports" else "relies on"
    if act.kind in ARGUMENT_RELATIONS and act.stance == "doubts":
        return "undercuts a reason"
    if act.kind == "concedes" and act.relation is not None and act.relation.part:
        return "concedes in part"
    return act.kind
