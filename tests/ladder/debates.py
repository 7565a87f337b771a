"""Whole debates: what is made of their records, and what a naive reading of the definitions makes of them."""

from __future__ import annotations

import itertools
from functools import lru_cache
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, given, seed, settings

from kb.abstract import grounded as abstract
from kb.abstract.flattening import flatten
from kb.abstract.readings import IN_ALL, IN_NONE, IN_SOME, NAMES, readings
from kb.contention.contests import contests
from kb.contention.objections import objection_state
from kb.disagreements import disagreements
from kb.evaluate import evaluate
from kb.queries.cruxes import cruxes
from kb.queries.grounds import Grounds
from kb.queries.what_if import changes
from kb.standing.framework import NO, OPEN, YES, framework
from kb.standing.stances import stances
from tests.contest_oracle import ContestOracle
from tests.ladder.frameworks import COMPLETE, STABLE, models
from tests.ladder.rung import Rung, Seen
from tests.maps import debates, steps_between, undercuts_of, with_steps
from tests.objection_oracle import ObjectionOracle
from tests.oracle import Oracle
from tests.status_oracle import StatusOracle

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kb.debate import Debate
    from kb.model import Relation
    from kb.standing.framework import Framework

ASSERTED = ("asserted",) * 3
MIXED = tuple(itertools.product(("asserted", "mentioned", "arguendo"), repeat=2))
_AT_ONCE = 100
ONE_DRAW = settings(
    max_examples=_AT_ONCE,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def random_debates(count: int) -> Iterator[Debate]:
    """Debates drawn at random, the same ones every time."""
    for number in range(-(-count // _AT_ONCE)):
        yield from itertools.islice(_draw(number), count - number * _AT_ONCE)


@lru_cache(maxsize=2)
def _draw(number: int) -> list[Debate]:
    """Draw a hundred debates at once, kept for the next question for the same ones."""
    found: list[Debate] = []

    @seed(number)
    @ONE_DRAW
    @given(debates())
    def draw(debate: Debate) -> None:
        found.append(debate)

    draw()
    return found


# -- labels ----------------------------------------------------------------------------------------------------


def labels(debate: Debate) -> dict[str, str]:
    """Labels by node, also of questions and supposed nodes."""
    evaluation = evaluate(debate)
    return {n: evaluation.record.points[evaluation.point_number(n)] for n in debate.nodes}


def check_labels(debate: Debate) -> Seen:
    """Compare the labels with those that the conditions require, applied until nothing changes."""
    found, naive = labels(debate), Oracle(debate).least_labelling()
    assert found == {n: naive[n] for n in debate.nodes}
    return Seen({"undecided in part": OPEN in found.values()})


def subsets(relations: Sequence[Relation], most: int) -> Iterator[tuple[Relation, ...]]:
    """All sets of up to so many of these relations."""
    for size in range(most + 1):
        yield from itertools.combinations(relations, size)


def of_two() -> Iterator[Debate]:
    """Every subset of the nine supports, attacks and contradictions of two nodes, to themselves included."""
    for steps in subsets(steps_between(2, own=True), 9):
        yield with_steps(steps, ASSERTED[:2])


def of_two_not_all_held(certainties: tuple[str, ...]) -> Iterator[Debate]:
    """Up to three of the steps, one of them undercut: mentioned points have no basis, supposed ones count as in."""
    for steps in subsets(steps_between(2), 3):
        for undercut in ((), *((u,) for u in undercuts_of(2, steps))):
            yield with_steps((*steps, *undercut), certainties)


def of_three(most: int) -> Iterator[Debate]:
    """Up to so many of the fifteen supports, attacks and contradictions of three nodes."""
    for steps in subsets(steps_between(3), most):
        yield with_steps(steps, ASSERTED)


def of_three_undercut() -> Iterator[Debate]:
    """One or two steps, one of them undercut by any node, and that undercut by any node in turn."""
    for steps in subsets(steps_between(3), 2):
        for first in undercuts_of(3, steps):
            for second in ((), *((u,) for u in undercuts_of(3, [first]))):
                yield with_steps((*steps, first, *second), ASSERTED)


def every_small(count: int) -> Iterator[Debate]:
    """All of these."""
    mixed = itertools.chain.from_iterable(map(of_two_not_all_held, MIXED))
    return itertools.islice(itertools.chain(of_two(), mixed, of_three_undercut(), of_three(15)), count)


# -- stances, statuses, objections -----------------------------------------------------------------------------


def check_statuses(debate: Debate) -> Seen:
    """Loops, linked premises, arguments, rival answers, restatements, retractions, concessions, strict steps."""
    oracle, evaluation = StatusOracle(debate), evaluate(debate)
    for node_id in debate.nodes:
        assert dict(evaluation.stances.now(node_id)) == oracle.stances[oracle.point[node_id]]
    check_labels(debate)
    assert {n for n in debate.nodes if debate.points[n] in evaluation.unsettled} == oracle.unsettled
    careful = oracle.least_labelling(oracle.unsettled)
    for node_id in debate.nodes:
        assert evaluation.cautious.points[evaluation.point_number(node_id)] == careful[node_id]
        assert evaluation.status(node_id) == oracle.status(node_id)
    told = {evaluation.status(node_id) for node_id in debate.nodes}
    return Seen({"with something unsettled": bool(oracle.unsettled), "with three statuses or more": len(told) > 2})


def check_holders(debate: Debate) -> Seen:
    """Compare holders with a naive reading: what they did to the point last, except weak acts after a stance."""
    oracle, told = ObjectionOracle(debate), 0
    for point in debate.restatements:
        latest: dict[str, str | None] = {}
        taken: dict[str, str] = {}
        for moment, weak, who, _, target, stance in sorted(oracle.acts(), key=lambda a: (a[0], a[1])):
            if debate.points[target] != point or (weak and who in taken and stance is not None):
                continue
            latest[who] = debate.ordered[moment[1]]
            taken.pop(who, None)
            taken |= {who: stance} if stance is not None else {}
        from_records = {who: latest[who] for who, stance in taken.items() if stance in {"accepts", "leans"}}
        turns = stances(debate).decisive_acts(point)
        assert {who: turns[who].node for who in from_records} == from_records
        told += len(from_records)
    return Seen({"with holders": told > 0})


def check_objections(debate: Debate) -> Seen:
    """Compare how each objection fares with the definition, read off the records."""
    oracle, states = ObjectionOracle(debate), set()
    for node in debate.nodes.values():
        for relation in node.relations:
            step = debate.inference_of(relation)
            if step is not None:
                state = objection_state(debate, step)
                assert state == oracle.state(relation), f"{node.id} {relation.kind} {relation.to}"
                states.add(state)
    return Seen({"with objections": bool(states - {None})})


def check_contests(debate: Debate) -> Seen:
    """Compare what participants differ about, and which disagreements there are, with the record played moment by moment."""
    oracle = ContestOracle(debate)
    found = {oracle.point[node_id] for node_id in contests(debate).contested}
    assert found == oracle.contested
    rows = {oracle.point[row.id] for row in disagreements(debate)}
    assert rows == oracle.rows()
    return Seen({"with something contested": bool(found), "with disagreements": bool(rows)})


# -- semantics -------------------------------------------------------------------------------------------------


def check_debate_flattened(debate: Debate) -> Seen:
    """Compare the labels of a debate with those of its abstract framework."""
    frame, evaluation = framework(debate), evaluate(debate)
    made = abstract.label(flatten(frame))
    judged = [n for n, point in enumerate(frame.points) if not point.supposed]
    assert [made[n] for n in judged] == [evaluation.record.points[n] for n in judged]
    return Seen({"undecided in part": OPEN in evaluation.record.points})


def check_readings(debate: Debate) -> Seen:
    """Compare how each point fares under every semantics with the answer sets of its abstract framework."""
    made = flatten(framework(debate))
    points = range(len(framework(debate).points))
    complete = models(made, COMPLETE)
    expected = {
        "grounded": {min(complete, key=len)},
        "complete": complete,
        "preferred": {e for e in complete if not any(e < other for other in complete)},
        "stable": models(made, STABLE),
    }
    assert set(expected) == set(NAMES)
    for semantics, sets in expected.items():
        told = readings(debate, semantics)
        if not sets:
            assert told is None
            continue
        counts = [sum(n in members for members in sets) for n in points]
        assert list(told or ()) == [IN_ALL if c == len(sets) else IN_SOME if c else IN_NONE for c in counts]
    return Seen({"with several complete extensions": len(complete) > 1})


# -- the least that a verdict needs ----------------------------------------------------------------------------

Label = tuple[bool, int, str]
"""Whether a step has it (or else a point), its number, and the label."""


def derivable(frame: Framework, among: set[Label], goal: Label) -> bool:
    """Whether a label follows from some of these labels, by the conditions of the labelling written down again."""
    known: set[Label] = set()
    while goal not in known:
        new = {one for one in among - known if follows(frame, known, *one)}
        if not new:
            return False
        known |= new
    return True


def follows(frame: Framework, known: set[Label], is_step: bool, number: int, label: str) -> bool:
    """Whether a label follows from known ones at once."""
    if is_step:
        step = frame.steps[number]
        if label == YES:
            return all((False, p, YES) in known for p in step.premises) and all(
                (True, u, NO) in known for u in step.undercuts
            )
        return any((False, p, NO) in known for p in step.premises) or any(
            (True, u, YES) in known for u in step.undercuts
        )
    point = frame.points[number]
    if point.supposed:
        return label == YES
    rivals = [r for group in point.groups for r in frame.groups[group] if r != number]
    if label == YES:
        return (
            (point.basis == YES or any((True, s, YES) in known for s in point.supports))
            and all((True, s, NO) in known for s in point.attacks)
            and all((False, r, NO) in known for r in rivals)
        )
    return (
        any((True, s, YES) in known for s in point.attacks)
        or any((False, r, YES) in known for r in rivals)
        or (point.basis == NO and all((True, s, NO) in known for s in point.supports))
    )


def check_grounds(debate: Debate) -> Seen:
    """A verdict follows from its grounds and from nothing less."""
    evaluation = evaluate(debate)
    frame, record = evaluation.frame, evaluation.record
    largest = 0
    for number, label in enumerate(record.points):
        if label == OPEN:
            continue
        found = Grounds(frame, record).needed_labels(number)
        used = {(False, n, found.points[n]) for n in range(len(frame.points)) if found.points[n] != OPEN}
        used |= {(True, n, found.steps[n]) for n in range(len(frame.steps)) if found.steps[n] != OPEN}
        goal = (False, number, label)
        assert derivable(frame, used, goal)
        assert not [one for one in used - {goal} if derivable(frame, used - {one}, goal)]
        largest = max(largest, len(used))
    return Seen({"with verdicts that rest on others": largest > 1})


# -- cruxes ----------------------------------------------------------------------------------------------------


def check_cruxes(debate: Debate) -> Seen:
    """What is said to settle a point does settle it, once it is supposed (unless the point is itself unsettled)."""
    evaluation, told = evaluate(debate), 0
    for node_id in debate.nodes:
        if evaluation.verdict(node_id) is None or debate.points[node_id] in evaluation.unsettled:
            continue
        (found,) = cruxes(debate, node_id)
        for way in found.ways:
            for outcomes in (way.outcomes, *((other,) for other in way.others)):
                supposed = {point: label for point, label in outcomes if evaluation.verdict(point) is not None}
                if len(supposed) < len(outcomes):
                    continue  # questions cannot be supposed
                would_be = {change.id: change.would_be for change in changes(debate, supposed)}
                assert would_be.get(debate.points[node_id], evaluation.verdict(node_id)) == way.label
                told += bool(outcomes)
    return Seen({"with something to settle": told > 0})


DEBATES = "random debates"
SMALL = Rung(
    "every-small-debate",
    "verdicts",
    "the conditions, gone through again and again until nothing changes",
    "every debate of 2 claims, every one of 3, those of 2 and 3 with few steps and undercuts",
    every_small,
    check_labels,
    37_204,
)
STATUSES = Rung(
    "statuses",
    "stances, verdicts on the record and in the careful view, what is unsettled, statuses",
    "a naive reading of the definitions",
    DEBATES,
    random_debates,
    check_statuses,
    5_000,
)
HOLDERS = Rung(
    "holders",
    "the act by which each participant holds a point (`kb open ID --why`)",
    "the acts played in order",
    DEBATES,
    random_debates,
    check_holders,
    5_000,
)
OBJECTIONS = Rung(
    "objections",
    "how each objection fares",
    "a naive reading of the definition",
    DEBATES,
    random_debates,
    check_objections,
    5_000,
)
CONTESTS = Rung(
    "contests",
    "what participants differ about, and which disagreements that makes (`kb open`)",
    "the record played moment by moment, by the definition",
    DEBATES,
    random_debates,
    check_contests,
    5_000,
)
DEBATE_FLATTENED = Rung(
    "debate-flattened",
    "verdicts of a debate",
    "grounded labels of the abstract framework made of it (`kb export`)",
    DEBATES,
    random_debates,
    check_debate_flattened,
    5_000,
)
READINGS = Rung(
    "readings",
    "how each point fares under each semantics (`kb list --semantics`)",
    "clingo, on the abstract framework",
    DEBATES,
    random_debates,
    check_readings,
    4_000,
)
GROUNDS = Rung(
    "grounds",
    "the points that a verdict rests on (`kb why`): it follows from them, and from none of them left out",
    "derivation from the conditions, tried without each",
    DEBATES,
    random_debates,
    check_grounds,
    5_000,
)
CRUXES = Rung(
    "cruxes",
    "what settles a point, as told (`kb cruxes`)",
    "what follows once that is supposed (`kb what-if`)",
    DEBATES,
    random_debates,
    check_cruxes,
    4_000,
)
RUNGS = (SMALL, STATUSES, HOLDERS, OBJECTIONS, CONTESTS, DEBATE_FLATTENED, READINGS, GROUNDS, CRUXES)
