"""Who accepts, leans to, doubts or denies what: commitments read off the record.

A participant's stance follows from their acts in source order, the latest counting (commitment stores: Walton and Krabbe,
*Commitment in Dialogue*, ch. 4). Nothing is guessed: who did not act on a point has no stance on it.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kb.memory import once
from kb.parted import by_part
from kb.standing.acts import ATTRIBUTED, DENIES, GIVES_UP, HOLDS, OPPOSES, authors, is_committing, iter_acts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kb.debate import Debate
    from kb.standing.acts import Act, When


Period = tuple["When", "When | None"]
"""From one moment to another, or to this day."""


class Ledger(NamedTuple):
    """The stances on one point: as they are now, and who ever stood where."""

    now: Mapping[str, str]
    holders: frozenset[str]
    """Who accepts or leans to it now."""
    opponents: frozenset[str]
    """Who denies or doubts it now."""
    attributed: frozenset[str]
    """Who is taken to hold it and has neither disowned nor denied it."""
    held: frozenset[str]
    opposed: frozenset[str]
    ever_attributed: frozenset[str]
    contested: bool
    """Whether one participant held it (or was taken to) while another denied or doubted it."""

    @property
    def standing(self) -> frozenset[str]:
        """Who holds it now, or is taken to."""
        return self.holders | self.attributed if self.attributed else self.holders

    @property
    def ever(self) -> frozenset[str]:
        """Who ever held it, or was taken to."""
        return self.held | self.ever_attributed if self.ever_attributed else self.held


class Stances:
    """All stances of a debate. Nodes joined by `restates` share theirs."""

    def __init__(self, debate: Debate) -> None:
        """Read the acts off the record; ledgers are drawn up on first use."""
        self.debate = debate

    @cached_property
    def retracted(self) -> frozenset[tuple[str, str]]:
        """Participant and node, for every node that its speaker took back (and did not then take that back)."""
        debate = self.debate
        retractions = [
            ((debate.relation_position(relation, maker), debate.order[node.id]), maker, node.id, relation.to)
            for node in debate.nodes.values()
            for relation in node.relations
            if relation.kind == "retracts" and relation.to in debate.nodes and is_committing(node)
            for maker in debate.makers(relation)
            if maker in debate.speakers(relation.to)
        ]
        retracted: set[tuple[str, str]] = set()
        for _, maker, node_id, target in sorted(retractions, reverse=True):
            if (maker, node_id) not in retracted:
                retracted.add((maker, target))
        return frozenset(retracted)

    def has_lapsed(self, node_id: str) -> bool:
        """Whether everybody who put a node forward took it back, so that its acts count no more."""
        speakers = self.debate.speakers(node_id)
        return bool(self.retracted) and bool(speakers) and all((s, node_id) in self.retracted for s in speakers)

    @cached_property
    def _acts_by_point(self) -> Mapping[str, tuple[Act, ...]]:
        acts_by_point: dict[str, list[Act]] = defaultdict(list)
        for act in iter_acts(self.debate, self.retracted):
            acts_by_point[act.point].append(act)
        return {
            point: tuple(sorted(acts, key=lambda a: (a.when, a.weak, a.participant)))
            for point, acts in acts_by_point.items()
        }

    @cached_property
    def _ledgers(self) -> Mapping[str, Ledger]:
        return {point: _ledger(acts) for point, acts in self._acts_by_point.items()}

    def acts(self, node_id: str) -> tuple[Act, ...]:
        """Everything participants did about a point, in source order."""
        return self._acts_by_point.get(self.debate.points[node_id], ())

    def ledger(self, node_id: str) -> Ledger:
        """Who stands where on a point."""
        return self._ledgers.get(self.debate.points[node_id], _EMPTY)

    def now(self, node_id: str) -> Mapping[str, str]:
        """The present stance of every participant who has one."""
        return self.ledger(node_id).now

    def periods(self, node_id: str) -> Mapping[str, tuple[Period, ...]]:
        """From when to when each participant held a point or was taken to."""
        return {who: tuple(_periods(acts)) for who, acts in self._acts_by_participant(node_id).items()}

    def decisive_acts(self, node_id: str, wanted: frozenset[str] = HOLDS) -> Mapping[str, Act]:
        """The act that makes each participant hold a point, or oppose it: the latest that counts.

        Of who did so once and no longer does, the act that ended it.
        """
        acts = ((who, _decisive_act(own, wanted)) for who, own in self._acts_by_participant(node_id).items())
        return {who: act for who, act in acts if act is not None}

    def since(self, node_id: str, participant: str) -> Act | None:
        """The act by which somebody came to stand where they do on a point, for it or against it; None if they stand nowhere."""
        side = HOLDS if self.now(node_id).get(participant) in HOLDS else OPPOSES
        first: Act | None = None
        for act, stance, _ in _replay(self._acts_by_participant(node_id).get(participant, ())):
            if stance not in side:
                first = None
            elif first is None:
                first = act
        return first

    def _acts_by_participant(self, node_id: str) -> Mapping[str, list[Act]]:
        by_participant: dict[str, list[Act]] = defaultdict(list)
        for act in self.acts(node_id):
            by_participant[act.participant].append(act)
        return by_participant

    def askers(self, question: str) -> frozenset[str]:
        """Who ever put a question, or is taken to; nobody if it is the editors'."""
        own = self.debate.speakers(question) if is_committing(self.debate.nodes[question]) else ()
        return self.ledger(question).ever_attributed.union(own)

    def current_askers(self, question: str) -> frozenset[str]:
        """Who put a question and has not given it up since."""
        withdrawn = {act.participant for act in self.acts(question) if act.kind in GIVES_UP}
        return authors(self.debate, question) - withdrawn

    @cached_property
    def _concessions(self) -> Mapping[tuple[str, str], When]:
        """When a participant last granted a point in full, by point and participant."""
        return {
            (point, act.participant): act.when
            for point, acts in self._acts_by_point.items()
            for act in acts
            if act.kind == "concedes" and act.stance in HOLDS
        }

    def has_conceded_after(self, participant: str, node_id: str, when: When) -> bool:
        """Whether a participant granted a point after a moment."""
        last = self._concessions.get((self.debate.points[node_id], participant))
        return last is not None and last > when


@once
def stances(debate: Debate) -> Stances:
    """The stances of a debate."""
    return Stances(debate)


def stances_of(debate: Debate, participant: str) -> Mapping[str, str]:
    """A participant's present stances by point, in the order of the debate."""
    return _stances_by_participant(debate).get(participant, {})


def stances_on(debate: Debate, node_id: str) -> Mapping[str, str]:
    """The present stance on a node of every participant who has one."""
    return _stances_by_point(debate).get(debate.points[node_id], {})


@once
def _stances_by_point(debate: Debate) -> Mapping[str, Mapping[str, str]]:
    by_point: dict[str, dict[str, str]] = defaultdict(dict)
    for point, participant, stance in _present_stances(debate):
        by_point[point][participant] = stance
    return dict(by_point)


@once
def _stances_by_participant(debate: Debate) -> Mapping[str, Mapping[str, str]]:
    by_participant: dict[str, dict[str, str]] = defaultdict(dict)
    for point, participant, stance in sorted(_present_stances(debate), key=lambda row: debate.order[row[0]]):
        by_participant[participant][point] = stance
    return dict(by_participant)


@by_part
def _present_stances(debate: Debate) -> Sequence[tuple[str, str, str]]:
    """Every present stance: on which point, whose, and what it is."""
    stances_of_debate = stances(debate)
    points = (point for point in debate.nodes if debate.points[point] == point)
    return [(point, who, stance) for point in points for who, stance in stances_of_debate.now(point).items()]


def _ledger(acts: tuple[Act, ...]) -> Ledger:
    """Play the acts on one point in order."""
    now: dict[str, str] = {}
    holding: set[str] = set()
    opposing: set[str] = set()
    attributed: set[str] = set()
    held: set[str] = set()
    opposed: set[str] = set()
    ever_attributed: set[str] = set()
    contested = False
    for act in acts:
        participant = act.participant
        if act.kind == ATTRIBUTED:
            attributed.add(participant)
            ever_attributed.add(participant)
        elif act.stance is None:
            now.pop(participant, None)
            attributed.discard(participant)
        elif not act.weak or participant not in now:
            now[participant] = act.stance
            (held if act.stance in HOLDS else opposed).add(participant)
            if act.stance == DENIES:  # who denies what they were taken to hold says that they do not
                attributed.discard(participant)
        (holding.add if now.get(participant) in HOLDS else holding.discard)(participant)
        (opposing.add if now.get(participant) in OPPOSES else opposing.discard)(participant)
        contested = (
            contested or _is_opposed(participant, holding, opposing) or _is_opposed(participant, attributed, opposing)
        )
    return Ledger(
        now,
        frozenset(holding),
        frozenset(opposing),
        frozenset(attributed),
        frozenset(held),
        frozenset(opposed),
        frozenset(ever_attributed),
        contested,
    )


def _is_opposed(participant: str, holding: set[str], opposing: set[str]) -> bool:
    """Whether a participant who just acted stands against somebody else."""
    return (participant in holding and len(opposing) > (participant in opposing)) or (
        participant in opposing and len(holding) > (participant in holding)
    )


_EMPTY = _ledger(())


def _replay(acts: Iterable[Act]) -> Iterator[tuple[Act, str | None, bool]]:
    """The acts of one participant on one point that count, each with the stance it leaves, and whether they are taken to hold it."""
    stance, attributed = None, False
    for act in acts:
        if act.kind == ATTRIBUTED:
            attributed = True
        elif act.stance is None:
            stance, attributed = None, False
        elif not act.weak or stance is None:
            stance, attributed = act.stance, attributed and act.stance != DENIES
        else:
            continue
        yield act, stance, attributed


def _periods(acts: Iterable[Act]) -> Iterator[Period]:
    """Stretches over which one participant held a point or was taken to, from their acts on it."""
    since: When | None = None
    for act, stance, attributed in _replay(acts):
        if since is None and (attributed or stance in HOLDS):
            since = act.when
        elif since is not None and not (attributed or stance in HOLDS):
            yield since, act.when
            since = None
    if since is not None:
        yield since, None


def _decisive_act(acts: Iterable[Act], wanted: frozenset[str]) -> Act | None:
    """The act of one participant that makes them stand as wanted on a point, else the one that ended it."""
    decisive = attribution = None
    stood_before = False
    for act, stance, attributed in _replay(acts):
        attribution = act if act.kind == ATTRIBUTED else attribution
        stands = stance in wanted or (attributed and wanted is HOLDS)
        if stance in wanted:
            decisive = decisive if act.kind == ATTRIBUTED else act
        elif stands:
            decisive = attribution
        elif stood_before:
            decisive = act
        stood_before = stands
    return decisive
