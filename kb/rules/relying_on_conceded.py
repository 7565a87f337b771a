"""Somebody concedes a point and goes on arguing from what it denies.

A concession counts for the other side, and whatever the granted point attacks or contradicts is given up with it. To argue from
that later, as if nothing had been granted, is either a slip of the speaker, and then an objection is missing, or one of the map:
the concession was only `part: true`, or the speaker also said why the granted point does not tell against theirs (an undercut).
The rule compares passages of one source, in reading order. No other checker we know follows a concession to what is said
afterwards.

Bad:

    id: lanes-slow-buses
    kind: claim
    text: Cycle lanes slow the buses down.
    source: minutes p1
    ---
    id: buses-got-faster
    kind: objection
    text: Since the lanes were built the buses have been faster.
    source: minutes p2
    attacks: lanes-slow-buses
    ---
    id: faster-granted
    kind: reply
    text: The buses are faster now, that is true.
    source: minutes p3
    concedes: buses-got-faster
    ---
    id: commuters-lose-time
    kind: claim
    text: Commuters lose time every morning.
    source: minutes p5
    supports:
      - to: remove-the-lanes
        with: [lanes-slow-buses]    # <- relying-on-conceded
    ---
    id: remove-the-lanes
    kind: claim
    text: The lanes should be removed.
    source: minutes p4
    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo
    ## sources/minutes.yaml
    title: Minutes
    passages:
      - id: p1
        by: ada
      - id: p2
        by: bo
      - id: p3
        by: ada
      - id: p4
        by: ada
      - id: p5
        by: ada

Good:

    id: lanes-slow-buses
    kind: claim
    text: Cycle lanes slow the buses down.
    source: minutes p1
    ---
    id: buses-got-faster
    kind: objection
    text: Since the lanes were built the buses have been faster.
    source: minutes p2
    attacks: lanes-slow-buses
    ---
    id: faster-granted
    kind: reply
    text: The buses are faster now, that is true.
    source: minutes p3
    concedes: buses-got-faster
    ---
    id: lanes-cost-parking
    kind: claim
    text: The lanes cost half of the parking places.
    source: minutes p5
    supports: remove-the-lanes
    ---
    id: remove-the-lanes
    kind: claim
    text: The lanes should be removed.
    source: minutes p4
    ## participants/ada.yaml
    name: Ada
    ## participants/bo.yaml
    name: Bo
    ## sources/minutes.yaml
    title: Minutes
    passages:
      - id: p1
        by: ada
      - id: p2
        by: bo
      - id: p3
        by: ada
      - id: p4
        by: ada
      - id: p5
        by: ada
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kb.finding import Problem
from kb.granting import granting
from kb.linting.scope import STRUCTURE
from kb.mentions import mentions
from kb.passages import NOWHERE_SAID

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from kb.debate import Debate
    from kb.model import Node, Relation
    from kb.passages import SourcePosition

SEVERITY = "warning"
READS = STRUCTURE
LOCAL = True


class _Conflict(NamedTuple):
    """What cannot be held by whoever grants a point, and the relation that says so."""

    lost: str
    relation: Relation


class _Reliance(NamedTuple):
    """Where somebody argues from a point, or puts it forward: when, on which record, in which field."""

    when: SourcePosition
    node: str
    record: Node | Relation
    field: tuple[str | int, ...]


def check(debate: Debate) -> Iterator[Problem]:
    """Follow every full concession to what it gives up, and to what its maker argues from later."""
    concessions = _full_concessions(debate)
    conflicts = _conflicts(debate, {point for point, _ in concessions})
    reliances = _reliances(debate, {debate.points[c.lost] for of_point in conflicts.values() for c in of_point})
    for (point, maker), grant in concessions.items():
        for conflict in conflicts.get(point, ()):
            for reliance in reliances.get((maker, debate.points[conflict.lost]), ()):
                if _is_later(debate, grant, maker, reliance.when) and _stands_by(debate, maker, grant, conflict):
                    yield _problem(maker, grant, conflict, reliance)


def _full_concessions(debate: Debate) -> Mapping[tuple[str, str], Relation]:
    """The first full concession of each point by each participant."""
    concessions: dict[tuple[str, str], Relation] = {}
    for grant, makers in mentions(debate).acts("concedes"):
        for maker in makers if not grant.part else ():
            key = debate.points[grant.to], maker
            if key not in concessions or debate.relation_position(grant, maker) < debate.relation_position(
                concessions[key], maker
            ):
                concessions[key] = grant
    return concessions


def _conflicts(debate: Debate, granted: Collection[str]) -> Mapping[str, list[_Conflict]]:
    """What attacks, is attacked by or contradicts the points that somebody grants."""
    conflicts: dict[str, list[_Conflict]] = defaultdict(list)
    if granted:
        for kind in ("attacks", "contradicts"):
            for relation in mentions(debate).relations[kind]:
                if relation.to in debate.points:
                    for end, lost in ((relation.node, relation.to), (relation.to, relation.node)):
                        if debate.points[end] in granted:
                            conflicts[debate.points[end]].append(_Conflict(lost, relation))
    return conflicts


def _reliances(debate: Debate, lost: Collection[str]) -> Mapping[tuple[str, str], list[_Reliance]]:
    """By whom and where these points are argued from as linked premises, or put forward once more."""
    reliances: dict[tuple[str, str], list[_Reliance]] = defaultdict(list)
    for point in lost:
        for member in debate.restatements[point]:
            node = debate.nodes[member]
            for speaker in debate.speakers(member):
                when = debate.first_position(node.citations, speaker)
                reliances[speaker, point].append(_Reliance(when, member, node, ("source",)))
    for kind in ("supports", "attacks", "undercuts") if lost else ():
        for step in mentions(debate).relations[kind]:
            for index, premise in enumerate(step.premises):
                if debate.points.get(premise) in lost:
                    for maker in debate.makers(step):
                        when = debate.relation_position(step, maker)
                        reliances[maker, debate.points[premise]].append(
                            _Reliance(when, step.node, step, ("with", index))
                        )
    return reliances


def _is_later(debate: Debate, grant: Relation, maker: str, when: SourcePosition) -> bool:
    """Whether something was said after a concession, in a later passage of the same source."""
    conceded = debate.relation_position(grant, maker)
    return conceded[0] == when[0] and conceded[1] < when[1] and when < NOWHERE_SAID


def _stands_by(debate: Debate, maker: str, grant: Relation, conflict: _Conflict) -> bool:
    """Whether somebody did not take a concession back, and nowhere says that what they granted does not tell against theirs."""
    grants, when = granting(debate), debate.relation_position(grant, maker)
    ends = (grant.to, grant.node)
    acts = (act for end in ends for act in grants.acts_against.get((debate.points[end], maker), ()))
    if any(debate.relation_position(act, maker) > when for act in acts):
        return False
    step = debate.inference_of(conflict.relation)
    return step is None or not grants.undercuts(maker, step)


def _problem(maker: str, grant: Relation, conflict: _Conflict, reliance: _Reliance) -> Problem:
    message = (
        f"`{maker}` conceded `{grant.to}` (`{grant.node}`), which `{conflict.lost}` cannot hold together with, "
        f"and argues from `{conflict.lost}` later (`{reliance.node}`)"
    )
    also = (
        (*grant.target_place(), f"`{grant.to}` is conceded"),
        (
            *conflict.relation.target_place(),
            f"`{conflict.relation.node}` {conflict.relation.kind} `{conflict.relation.to}`",
        ),
    )
    help_text = "if it was granted only in part, add `part: true`; if it does not tell against the other, add the undercut that says so"
    return Problem(reliance.record.place(*reliance.field), message, help_text, reliance.node, also)
