"""The labelling against the definitions: on every small map, on random ones, and what must hold of any labelling."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from kb.evaluate import evaluate
from kb.semantics import grounded
from kb.standing.framework import NO, OPEN, YES, framework
from tests.conftest import read
from tests.ladder.debates import (
    ASSERTED,
    MIXED,
    check_labels,
    check_statuses,
    labels,
    of_three,
    of_three_undercut,
    of_two,
    of_two_not_all_held,
    subsets,
)
from tests.ladder.rung import agree_on
from tests.maps import debates, steps_between, with_steps
from tests.oracle import IN, OUT, Oracle

if TYPE_CHECKING:
    from collections.abc import Callable

    from kb.debate import Debate
    from kb.semantics.grounded import Labelling
    from kb.standing.framework import Framework

RANDOM = settings(max_examples=500, deadline=None, database=None, suppress_health_check=list(HealthCheck))
FEWER = settings(RANDOM, max_examples=100)


# -- against the definitions -------------------------------------------------------------------------------------------


def test_every_map_of_two_nodes() -> None:
    assert agree_on(check_labels, of_two())["cases"] == 2**9


@pytest.mark.parametrize("certainties", MIXED, ids="-".join)
def test_every_map_of_two_nodes_that_need_not_be_held(certainties: tuple[str, str]) -> None:
    assert agree_on(check_labels, of_two_not_all_held(certainties))["cases"] > 100


def test_every_map_of_three_nodes_with_up_to_four_steps() -> None:
    assert agree_on(check_labels, of_three(4))["undecided in part"] > 1000


def test_every_map_of_three_nodes_with_undercuts_of_undercuts() -> None:
    assert agree_on(check_labels, of_three_undercut())["undecided in part"] > 100


def test_the_labelling_is_the_least_of_all_that_satisfy_the_conditions() -> None:
    """Every labelling that satisfies the conditions agrees with what the grounded one decides; all of them are tried."""
    for steps in subsets(steps_between(2), 3):
        debate = with_steps(steps, ASSERTED[:2])
        found = labels(debate)
        every = list(Oracle(debate).labellings())
        assert any(all(one[n] == found[n] for n in found) for one in every), steps
        for one in every:
            assert all(label in (OPEN, one[n]) for n, label in found.items()), (steps, one)


@RANDOM
@given(debates())
def test_random_debates(debate: Debate) -> None:
    check_statuses(debate)


# -- what must hold of any labelling -----------------------------------------------------------------------------------


@FEWER
@given(debates())
def test_the_labels_of_steps_satisfy_the_conditions(debate: Debate) -> None:
    frame = framework(debate)
    found = grounded.label(frame)
    for number, step in enumerate(frame.steps):
        premises = [found.points[p] for p in step.premises]
        undercuts = [found.steps[u] for u in step.undercuts]
        assert (found.steps[number] == YES) == (set(premises) <= {YES} and set(undercuts) <= {NO})
        assert (found.steps[number] == NO) == (NO in premises or YES in undercuts)


@FEWER
@given(debates())
def test_what_decides_a_label_was_decided_before(debate: Debate) -> None:
    """So that an account of a verdict never goes in a circle."""
    evaluation = evaluate(debate)
    for found in (evaluation.record, evaluation.cautious):
        for number, label in enumerate(found.steps):
            if label != OPEN:
                assert earlier(deciding_step(evaluation.frame, found, number), found.step_rank[number])
        for number, label in enumerate(found.points):
            if label != OPEN:
                assert earlier(deciding_point(evaluation.frame, found, number), found.point_rank[number])


def earlier(ways: list[list[int]], rank: int) -> bool:
    """Whether in one of the ways to decide a label everything it takes was decided at a lower rank."""
    return any(all(0 <= r < rank for r in way) for way in ways)


def deciding_step(frame: Framework, found: Labelling, number: int) -> list[list[int]]:
    step = frame.steps[number]
    if found.steps[number] == YES:
        return [[found.point_rank[p] for p in step.premises] + [found.step_rank[u] for u in step.undercuts]]
    failed = [[found.point_rank[p]] for p in step.premises if found.points[p] == NO]
    return failed + [[found.step_rank[u]] for u in step.undercuts if found.steps[u] == YES]


def deciding_point(frame: Framework, found: Labelling, number: int) -> list[list[int]]:
    point = frame.points[number]
    rivals = [r for g in point.groups for r in frame.groups[g] if r != number]
    if found.points[number] == YES:
        needed = [found.step_rank[a] for a in point.attacks] + [found.point_rank[r] for r in rivals]
        carrying = [[found.step_rank[s]] for s in point.supports if found.steps[s] == YES]
        return [needed] if point.basis == YES else [needed + way for way in carrying]
    hits = [[found.step_rank[a]] for a in point.attacks if found.steps[a] == YES]
    hits += [[found.point_rank[r]] for r in rivals if found.points[r] == YES]
    fails = point.basis == NO and all(found.steps[s] == NO for s in point.supports)
    return hits + ([[found.step_rank[s] for s in point.supports]] if fails else [])


@FEWER
@given(debates())
def test_the_cautious_view_only_leaves_more_open(debate: Debate) -> None:
    evaluation = evaluate(debate)
    for cautious, record in zip(evaluation.cautious.points, evaluation.record.points, strict=True):
        assert cautious in (OPEN, record)


@FEWER
@given(debates())
def test_every_verdict_has_a_status_that_fits_it(debate: Debate) -> None:
    fitting: dict[str | None, set[str | None]] = {
        IN: {"unheld", "unchallenged", "stands"},
        OUT: {"unheld", "unanswered", "unsupported", "defeated"},
        OPEN: {"unheld", "undecided"},
        None: {"supposed", None},
    }
    evaluation = evaluate(debate)
    for node_id in debate.nodes:
        assert evaluation.status(node_id) in fitting[evaluation.verdict(node_id)]


# -- by hand -----------------------------------------------------------------------------------------------------------


def test_an_objection_defeats_and_its_own_objection_reinstates(debate: Callable[[str], Debate]) -> None:
    assert labels(
        debate("""
            id: rain
            kind: claim
            text: It will rain.
            ---
            id: dry-wind
            kind: objection
            text: The wind is dry.
            attacks: rain
            ---
            id: wind-turned
            kind: objection
            text: The wind has turned.
            attacks: dry-wind
            """)
    ) == {"rain": IN, "dry-wind": OUT, "wind-turned": IN}


def test_linked_premises_fall_together_and_convergent_reasons_do_not(debate: Callable[[str], Debate]) -> None:
    found = labels(
        debate("""
            id: linked
            kind: claim
            text: The bridge needs both pillars.
            ---
            id: left
            kind: claim
            text: The left pillar holds.
            supports: {to: linked, with: right}
            ---
            id: right
            kind: claim
            text: The right pillar holds.
            ---
            id: either
            kind: claim
            text: Either road leads home.
            ---
            id: crack
            kind: objection
            text: The right pillar is cracked.
            attacks: right
            ---
            id: north
            kind: claim
            text: The north road is open.
            supports: either
            ---
            id: south
            kind: claim
            text: The south road is open.
            supports: either
            ---
            id: flood
            kind: objection
            text: The south road is flooded.
            attacks: south
            """)
    )
    assert (found["linked"], found["left"], found["either"]) == (OUT, IN, IN)


def test_the_order_of_files_and_documents_changes_nothing() -> None:
    nodes = [
        "id: a\nkind: claim\ntext: A.\n",
        "id: b\nkind: objection\ntext: B.\nattacks: {to: a, id: b-on-a}\n",
        "id: c\nkind: objection\ntext: C.\nundercuts: b-on-a\n",
        "id: d\nkind: claim\ntext: D.\ncontradicts: c\n",
    ]
    found = [labels(read("---\n".join(order)).debate) for order in itertools.permutations(nodes)]
    assert all(list(one.items()) == list(found[0].items()) for one in found)
    assert found[0] == {"a": OPEN, "b": IN, "c": OPEN, "d": OPEN}


@FEWER
@given(debates())
def test_asking_twice_gives_the_same(debate: Debate) -> None:
    frame = framework(debate)
    assert grounded.label(frame) == grounded.label(frame)


def test_a_line_of_thousands_is_labelled_without_a_stack() -> None:
    count = 5000
    lines = ["id: n0\nkind: claim\ntext: N.\n"]
    lines += [f"id: n{k}\nkind: objection\ntext: N{k}.\nattacks: n{k - 1}\n" for k in range(1, count)]
    found = labels(read("---\n".join(lines)).debate)
    assert [found[f"n{k}"] for k in range(count)] == [OUT if (count - 1 - k) % 2 else IN for k in range(count)]


def test_circular_support_hangs_in_the_air_until_something_outside_settles_it() -> None:
    def ring(more: str) -> dict[str, str]:
        return labels(
            read(
                "id: a\nkind: claim\ntext: A.\nsupports: b\n---\nid: b\nkind: claim\ntext: B.\nsupports: a\n" + more
            ).debate
        )

    assert ring("") == {"a": OPEN, "b": OPEN}
    assert ring("---\nid: c\nkind: claim\ntext: C.\nsupports: a\n") == {"a": IN, "b": IN, "c": IN}
    assert ring("---\nid: c\nkind: objection\ntext: C.\nattacks: a\n") == {"a": OUT, "b": OUT, "c": IN}


def test_the_framework_of_an_empty_debate_is_empty() -> None:
    frame = framework(read("").debate)
    assert grounded.label(frame) == grounded.Labelling((), (), (), ())
