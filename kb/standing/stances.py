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
from kb.standing.acts import ATTRIBUTED, DENIES, GIVES_UP, HOLDS, OPPOSES, authors, committed
from kb.standing.acts import acts as all_acts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kb.debate import Debate
    from kb.standing.acts import Act, When


Span = tuple["When", "When | None"]
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
        taken = [
            ((debate.said(relation, maker), debate.order[node.id]), maker, node.id, relation.to)
            for node in debate.nodes.values()
            for relation in node.relations
            if relation.kind == "retracts" and relation.to in debate.nodes and committed(node)
            for maker in debate.makers(relation)
            if maker in debate.speakers(relation.to)
        ]
        found: set[tuple[str, str]] = set()
        for _, maker, node_id, target in sorted(taken, reverse=True):
            if (maker, node_id) not in found:
                found.add((maker, target))
        return frozenset(found)

    def lapsed(self, node_id: str) -> bool:
        """Whether everybody who put a node forward took it back, so that its acts count no more."""
        speakers = self.debate.speakers(node_id)
        return bool(self.retracted) and bool(speakers) and all((s, node_id) in self.retracted for s in speakers)

    @cached_property
    def _by_point(self) -> Mapping[str, tuple[Act, ...]]:
        found: dict[str, list[Act]] = defaultdict(list)
        for act in all_acts(self.debate, self.retracted):
            found[act.point].append(act)
        return {
            point: tuple(sorted(acts, key=lambda a: (a.when, a.weak, a.participant))) for point, acts in found.items()
        }

    @cached_property
    def _ledgers(self) -> Mapping[str, Ledger]:
        return {point: _ledger(acts) for point, acts in self._by_point.items()}

    def acts(self, node_id: str) -> tuple[Act, ...]:
        """Everything participants did about a point, in source order."""
        return self._by_point.get(self.debate.points[node_id], ())

    def ledger(self, node_id: str) -> Ledger:
        """Who stands where on a point."""
        return self._ledgers.get(self.debate.points[node_id], _EMPTY)

    def now(self, node_id: str) -> Mapping[str, str]:
        """The present stance of every participant who has one."""
        return self.ledger(node_id).now

    def spans(self, node_id: str) -> Mapping[str, tuple[Span, ...]]:
        """From when to when each participant held a point or was taken to."""
        return {who: tuple(_spans(acts)) for who, acts in self._each(node_id).items()}

    def turns(self, node_id: str, wanted: frozenset[str] = HOLDS) -> Mapping[str, Act]:
        """The act that makes each participant hold a point, or oppose it: the latest that counts.

        Of who did so once and no longer does, the act that ended it.
        """
        found = ((who, _turn(acts, wanted)) for who, acts in self._each(node_id).items())
        return {who: act for who, act in found if act is not None}

    def since(self, node_id: str, participant: str) -> Act | None:
        """The act by which somebody came to stand where they do on a point, for it or against it; None if they stand nowhere."""
        side = HOLDS if self.now(node_id).get(participant) in HOLDS else OPPOSES
        came: Act | None = None
        for act, stance, _ in _played(self._each(node_id).get(participant, ())):
            if stance not in side:
                came = None
            elif came is None:
                came = act
        return came

    def _each(self, node_id: str) -> Mapping[str, list[Act]]:
        own: dict[str, list[Act]] = defaultdict(list)
        for act in self.acts(node_id):
            own[act.participant].append(act)
        return own

    def askers(self, question: str) -> frozenset[str]:
        """Who ever put a question, or is taken to; nobody if it is the editors'."""
        own = self.debate.speakers(question) if committed(self.debate.nodes[question]) else ()
        return self.ledger(question).ever_attributed.union(own)

    def asking(self, question: str) -> frozenset[str]:
        """Who put a question and has not given it up since."""
        gone = {act.participant for act in self.acts(question) if act.kind in GIVES_UP}
        return authors(self.debate, question) - gone

    @cached_property
    def _concessions(self) -> Mapping[tuple[str, str], When]:
        """When a participant last granted a point in full, by point and participant."""
        return {
            (point, act.participant): act.when
            for point, acts in self._by_point.items()
            for act in acts
            if act.kind == "concedes" and act.stance in HOLDS
        }

    def conceded_after(self, participant: str, node_id: str, when: When) -> bool:
        """Whether a participant granted a point after a moment."""
        last = self._concessions.get((self.debate.points[node_id], participant))
        return last is not None and last > when


@once
def stances(debate: Debate) -> Stances:
    """The stances of a debate."""
    return Stances(debate)


def stances_of(debate: Debate, participant: str) -> Mapping[str, str]:
    """A participant's present stances by point, in the order of the debate."""
    return _by_participant(debate).get(participant, {})


def stances_on(debate: Debate, node_id: str) -> Mapping[str, str]:
    """The present stance on a node of every participant who has one."""
    return _by_point(debate).get(debate.points[node_id], {})


@once
def _by_point(debate: Debate) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for point, participant, stance in _taken(debate):
        found[point][participant] = stance
    return dict(found)


@once
def _by_participant(debate: Debate) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for point, participant, stance in sorted(_taken(debate), key=lambda row: debate.order[row[0]]):
        found[participant][point] = stance
    return dict(found)


@by_part
def _taken(debate: Debate) -> Sequence[tuple[str, str, str]]:
    """Every present stance: on which point, whose, and what it is."""
    found = stances(debate)
    points = (point for point in debate.nodes if debate.points[point] == point)
    return [(point, who, stance) for point in points for who, stance in found.now(point).items()]


def _ledger(acts: tuple[Act, ...]) -> Ledger:
    """Play the acts on one point in order."""
    now: dict[str, str] = {}
    holding: set[str] = set()
    opposing: set[str] = set()
    attributed: set[str] = set()
    held: set[str] = set()
    opposed: set[str] = set()
    ever: set[str] = set()
    contested = False
    for act in acts:
        who = act.participant
        if act.kind == ATTRIBUTED:
            attributed.add(who)
            ever.add(who)
        elif act.stance is None:
            now.pop(who, None)
            attributed.discard(who)
        elif not act.weak or who not in now:
            now[who] = act.stance
            (held if act.stance in HOLDS else opposed).add(who)
            if act.stance == DENIES:  # who denies what they were taken to hold says that they do not
                attributed.discard(who)
        (holding.add if now.get(who) in HOLDS else holding.discard)(who)
        (opposing.add if now.get(who) in OPPOSES else opposing.discard)(who)
        contested = contested or _meet(who, holding, opposing) or _meet(who, attributed, opposing)
    return Ledger(
        now,
        frozenset(holding),
        frozenset(opposing),
        frozenset(attributed),
        frozenset(held),
        frozenset(opposed),
        frozenset(ever),
        contested,
    )


def _meet(who: str, holding: set[str], opposing: set[str]) -> bool:
    """Whether a participant who just acted stands against somebody else."""
    return (who in holding and len(opposing) > (who in opposing)) or (
        who in opposing and len(holding) > (who in holding)
    )


_EMPTY = _ledger(())


def _played(acts: Iterable[Act]) -> Iterator[tuple[Act, str | None, bool]]:
    """The acts of one participant on one point that count, each with the stance it leaves, and whether they are taken to hold it."""
    stance, taken = None, False
    for act in acts:
        if act.kind == ATTRIBUTED:
            taken = True
        elif act.stance is None:
            stance, taken = None, False
        elif not act.weak or stance is None:
            stance, taken = act.stance, taken and act.stance != DENIES
        else:
            continue
        yield act, stance, taken


def _spans(acts: Iterable[Act]) -> Iterator[Span]:
    """Stretches over which one participant held a point or was taken to, from their acts on it."""
    since: When | None = None
    for act, stance, taken in _played(acts):
        if since is None and (taken or stance in HOLDS):
            since = act.when
        elif since is not None and not (taken or stance in HOLDS):
            yield since, act.when
            since = None
    if since is not None:
        yield since, None


def _turn(acts: Iterable[Act], wanted: frozenset[str]) -> Act | None:
    """The act of one participant that makes them stand as wanted on a point, else the one that ended it."""
    found = said_of = None
    stood = False
    for act, stance, taken in _played(acts):
        said_of = act if act.kind == ATTRIBUTED else said_of
        stands = stance in wanted or (taken and wanted is HOLDS)
        if stance in wanted:
            found = found if act.kind == ATTRIBUTED else act
        elif stands:
            found = said_of
        elif stood:
            found = act
        stood = stands
    return found
