"""What makes a disagreement open, conceded or whatever it is: which act of whom, where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.contention.sides import sides
from kb.evaluate import evaluate
from kb.queries.reasons import Reasons
from kb.queries.telling import NodeMention, head_count, names, say
from kb.standing.acts import ATTRIBUTED, GIVES_UP, HOLDS, OPPOSES, is_committing
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


def deeds_behind(debate: Debate, dispute: Disagreement) -> tuple[Deed, ...]:
    """The acts that put a disagreement into its state, in source order, each once.

    For everybody who is on a side, the latest act that makes them hold it; for everybody who was, the act by which they left
    (commitment stores: Walton and Krabbe, *Commitment in Dialogue*, ch. 4). Then what sets the sides against each other: who denies
    another side's answer, and what the record says cannot hold together. Some states ask for more: *terminological* for who found
    only words in it, or for the readings, each with who accepts it; *misread* for who was taken to hold what; *decided* for the points
    that the cautious labelling rests on, each with who accepts it.
    """
    return _DeedCollector(debate, dispute).deeds()


def row(deed: Deed) -> Row:
    """A deed as the documented JSON has it."""
    return {
        "participant": deed.participant,
        "does": deed.does,
        "node": deed.node,
        **citation_fields(deed.citation),
        "target": deed.target,
    }


def citation_fields(citation: Citation | None) -> dict[str, Json]:
    """Where something was said, as the documented JSON has it; nowhere: null."""
    return {"source": citation.source, "passage": citation.passage} if citation else {"source": None, "passage": None}


def deed_phrase(debate: Debate, deed: Deed) -> Phrase:
    """A deed in words."""
    node, target = NodeMention(deed.node), NodeMention(deed.target)
    if deed.participant is None:
        return say(_REMARK_MESSAGES[deed.does], node=node, target=target)
    if deed.does == "is taken to hold":
        return _attribution_phrase(debate, deed, deed.participant)
    who = (deed.participant,)
    phrase = say(_DEED_MESSAGES[deed.does], n=head_count(debate, who), who=names(debate, who), target=target)
    return phrase if deed.node == deed.target else say("deed.with", deed=phrase, node=node)


def _attribution_phrase(debate: Debate, deed: Deed, participant: str) -> Phrase:
    """That somebody was taken to hold or ask something, and by whom."""
    asks, by = debate.nodes[deed.target].kind == QUESTION, debate.speakers(deed.node)
    who, n = names(debate, [participant]), head_count(debate, [participant])
    if by:
        key = "deed.took_to_ask" if asks else "deed.took_to_hold"
        return say(key, n=n, by=names(debate, by), who=who, target=NodeMention(deed.target))
    return say("deed.taken_to_ask" if asks else "deed.taken_to_hold", n=n, who=who, target=NodeMention(deed.target))


_DEED_MESSAGES = {
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
_REMARK_MESSAGES = {
    "records": "deed.records",
    "contradicts": "deed.contradicts",
    "is exclusive": "deed.is_exclusive",
    "reads": "deed.is_reading",
}


class _DeedCollector:
    """Collects the deeds of one disagreement."""

    def __init__(self, debate: Debate, dispute: Disagreement) -> None:
        self.debate = debate
        self.dispute = dispute
        self.sides = sides(debate)
        self.stances = stances(debate)
        self.contest = self.sides.contest(dispute.id)
        self._deeds: dict[Deed, tuple[object, ...]] = {}

    def deeds(self) -> tuple[Deed, ...]:
        """All of them in source order."""
        if self.contest.pairs:
            for position in self.contest.positions:
                self._add_side(position)
            self._add_oppositions()
        else:
            self._add_unopposed()
        if self.dispute.state == "terminological":
            self._add_dissolving()
        elif self.dispute.state == "decided":
            self._add_decisive_points()
        return tuple(sorted(self._deeds, key=self._deeds.__getitem__))

    def _add(self, participant: str | None, does: str, node: str, citation: Citation | None, target: str) -> None:
        cited = () if citation is None else (citation,)
        moment = (self.debate.first_position(cited), self.debate.order[node], participant or "", does, target)
        self._deeds.setdefault(Deed(participant, does, node, citation, target), moment)

    def _add_node(self, speaker: str | None, does: str, node: str, target: str | None = None) -> None:
        """What somebody says by a whole node."""
        citation = self.debate.first_citation(self.debate.nodes[node].citations, speaker)
        self._add(speaker, does, node, citation, target or node)

    def _add_act(self, act: Act) -> None:
        """An act, by what it does to the node that it names."""
        node, relation = self.debate.nodes[act.node], act.relation
        if relation is None:
            does = "is taken to hold" if act.kind == ATTRIBUTED else "puts forward"
            self._add_node(act.participant, does, node.id)
            return
        citation = self.debate.first_citation(relation.citations or node.citations, act.participant)
        named = self.debate.points.get(relation.to) == act.point
        self._add(
            act.participant, _deed_word(act, is_named=named), node.id, citation, relation.to if named else act.point
        )

    # -- the sides -----------------------------------------------------------------------------------------------------

    def _add_side(self, position: Position) -> None:
        """What makes everybody on a side hold it, and how those left who were on it."""
        self._add_members(position.contested, position.ever, OPPOSES if position.denies else HOLDS)
        for act in self.stances.acts(position.contested) if position.disowned else ():
            if act.kind == ATTRIBUTED and act.participant in position.disowned:
                self._add_act(act)

    def _add_members(self, point: str, members: Iterable[str], wanted: frozenset[str] = HOLDS) -> None:
        """What makes some people hold a point, or oppose it, or ask it if it is a question; or how they ceased to."""
        turns = self.stances.decisive_acts(point, wanted)
        for who in sorted(members):
            if who in turns:
                self._add_act(turns[who])
            elif wanted is HOLDS and self.debate.nodes[point].kind == QUESTION:
                self._add_asking(point, who)

    def _add_asking(self, question: str, asker: str) -> None:
        """That somebody put a question, or gave it up."""
        if asker not in self.stances.current_askers(question):
            left = [a for a in self.stances.acts(question) if a.participant == asker and a.kind in GIVES_UP]
            for act in left[-1:]:
                self._add_act(act)
            return
        for member in self.debate.restatements[self.debate.points[question]]:
            if asker in self.debate.speakers(member) and is_committing(self.debate.nodes[member]):
                self._add_node(asker, "asks", member)

    def _add_unopposed(self) -> None:
        """Who asked in vain, or who holds the answer that nobody rivals."""
        for side in self.dispute.sides:
            self._add_members(side.position, side.participants)

    def _add_oppositions(self) -> None:
        """What sets the sides against each other: denials that stand, and what the record has."""
        positions = self.contest.positions
        members = frozenset(who for position in positions for who in position.now)
        for point in dict.fromkeys(position.contested for position in positions):
            self._add_members(point, members & self.stances.ledger(point).opponents, OPPOSES)
        pairs = {frozenset((positions[a].contested, positions[b].contested)) for a, b in self.contest.pairs}
        points = self.debate.points
        for point in dict.fromkeys(position.contested for position in positions):
            for member in self.debate.restatements[point]:
                for relation in self.debate.nodes[member].relations:
                    if relation.kind == "contradicts" and frozenset((point, points.get(relation.to, ""))) in pairs:
                        self._add_node(None, "contradicts", member, relation.to)
        rivals = [
            p
            for p in pairs
            if len(p) == 2 and all(self.dispute.id in self.sides.contests.questions_of(end) for end in p)
        ]
        if rivals and self.debate.admits_one(self.dispute.id):
            self._add_node(None, "is exclusive", self.dispute.id)

    # -- what single states ask for ------------------------------------------------------------------------------------

    def _add_dissolving(self) -> None:
        """Who found only words in it, and who no longer denies that; or the readings, with everybody who accepts them."""
        members = frozenset(who for side in self.dispute.sides for who in side.members)
        dissolving = self.sides.dissolving_act(self.dispute.id)
        if dissolving is not None:
            self._add_act(dissolving)
            self._add_members(dissolving.node, members, OPPOSES)
            return
        for reading in self.sides.readings(self.dispute.id):
            for relation in self.debate.nodes[reading].relations:
                if relation.kind == "sense_of" and relation.to in self.debate.nodes:
                    for who in self.debate.makers(relation):
                        self._add_node(who, "reads", reading, relation.to)
                    if not self.debate.makers(relation):
                        self._add_node(None, "reads", reading, relation.to)
            self._add_members(reading, members)

    def _add_decisive_points(self) -> None:
        """The points that decide it by what all sides accept, each with who accepts it, or how they let go of it."""
        evaluation, reasons = evaluate(self.debate), Reasons(self.debate, evaluate(self.debate).cautious)
        queue = list(dict.fromkeys(evaluation.point_number(p.contested) for p in self.contest.positions))
        seen = set(queue)
        for number in queue:
            rests_on = reasons.explain(number).rests_on
            holds = reasons.labels.points[number] == YES
            if not (reasons.carrying_steps(number) if holds else rests_on):
                self._add_acceptance(evaluation.frame.points[number].id, holds=holds)
            queue += [n for n in rests_on if n not in seen]
            seen.update(rests_on)

    def _add_acceptance(self, point: str, *, holds: bool) -> None:
        """Who accepts a point that holds by itself, or gave up one that nobody holds."""
        holders = self.stances.ledger(point).holders
        if holds and not holders:
            self._add_node(None, "records", point)
        for who, act in sorted(self.stances.decisive_acts(point).items()):
            if (who in holders) == holds:
                self._add_act(act)


def _deed_word(act: Act, *, is_named: bool) -> str:
    """What somebody does to a point by a relation that names it, or that only uses it or takes a reason from it."""
    if act.kind in ARGUMENT_RELATIONS and act.stance in HOLDS:
        return "supports" if is_named and act.kind == "supports" else "relies on"
    if act.kind in ARGUMENT_RELATIONS and act.stance == "doubts":
        return "undercuts a reason"
    if act.kind == "concedes" and act.relation is not None and act.relation.part:
        return "concedes in part"
    return act.kind
