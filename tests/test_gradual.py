"""Strengths against what is published, against the definitions, and by the properties that papers prove of each semantics."""

from __future__ import annotations

import math
import random

import pytest

from kb.gradual import contributions, solving
from kb.gradual.contributions import shapley
from kb.gradual.graph import Graph, Vertex
from kb.gradual.influence import SEMANTICS
from kb.gradual.solving import Solver
from tests.ladder.rung import agree, agree_on
from tests.ladder.strengths import (
    ATTACKS_ALONE,
    GRADIENTS,
    STRENGTHS,
    Published,
    by_id,
    check_gradient,
    check_gradient_in_circles,
    check_published,
    check_published_gradient,
    check_removal,
    check_rest,
    check_shapley,
    drawn,
    graph_of,
    in_circles,
    known,
    smooth,
    strengths,
    under,
    with_links,
)

EVERY = pytest.mark.parametrize("name", list(SEMANTICS))
NEAR = pytest.approx


# -- published ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("one", STRENGTHS, ids=[one.id for one in STRENGTHS])
def test_strengths_are_those_published(one: Published) -> None:
    for point in one.numbers:
        check_published((one, point))


@pytest.mark.parametrize("one", GRADIENTS, ids=[one.id for one in GRADIENTS])
def test_gradients_are_those_published(one: Published) -> None:
    for point in one.numbers:
        check_published_gradient((one, point))


@pytest.mark.parametrize(("name", "strength"), [("quadratic", 0.682328), ("df-quad", 0.5), ("h-categoriser", 0.618034)])
def test_two_that_attack_each_other_meet_halfway(name: str, strength: float) -> None:
    assert strengths(graph_of({"a": 1, "b": 1}, "ab ba"), name) == NEAR({"a": strength, "b": strength}, abs=1e-6)


# -- random graphs -----------------------------------------------------------------------------------------------------


@EVERY
def test_without_relations_a_strength_is_its_base_in_11_cases(name: str) -> None:
    bases = {f"v{n}": n / 10 for n in range(11)}
    assert strengths(Graph(tuple(Vertex(b) for b in bases.values()), tuple(bases)), name) == bases


@EVERY
def test_strengths_lie_between_0_and_1_on_200_graphs(name: str) -> None:
    for graph in drawn(200, 1):
        assert all(0 <= value <= 1 for value in known(Solver(graph, SEMANTICS[name]).solve()))


@EVERY
def test_one_attacker_more_never_raises_and_one_supporter_never_lowers_on_200_graphs(name: str) -> None:
    dice = random.Random(2)
    for graph in drawn(200, 2):
        first, *others = graph.vertices
        before = known(Solver(graph, SEMANTICS[name]).solve())[0]
        free = [n for n in range(1, len(graph.vertices)) if n not in {*first.attackers, *first.supporters}]
        if not free:
            continue
        more = dice.choice(free)
        worse = first._replace(attackers=(*first.attackers, more))
        better = first._replace(supporters=(*first.supporters, more))
        for changed, sign in ((worse, 1), (better, -1)):
            after = known(Solver(Graph((changed, *others), graph.ids), SEMANTICS[name]).solve())[0]
            assert sign * after <= sign * before + 1e-15


@EVERY
def test_the_order_of_everything_is_all_one_on_200_graphs(name: str) -> None:
    dice = random.Random(3)
    for graph in drawn(200, 3, circles=True):
        total = len(graph.vertices)
        place = dice.sample(range(total), total)
        vertices = [Vertex(0)] * total
        for number, (base, _, against, in_favour) in enumerate(graph.vertices):
            moved = [tuple(place[n] for n in dice.sample(ends, len(ends))) for ends in (against, in_favour)]
            vertices[place[number]] = Vertex(base, (), *moved)
        one = Solver(graph, SEMANTICS[name]).solve()
        other = Solver(Graph(tuple(vertices), graph.ids), SEMANTICS[name]).solve()
        for number, value in enumerate(one):
            assert other[place[number]] == (value if value is None else NEAR(value, abs=1e-9))


def duals(name: str) -> tuple[int, int]:
    """Of how many points that have something bearing on them, how many are not mirrored when reasons and objections change places."""
    tried = broken = 0
    for graph in drawn(200, 4):
        values = known(Solver(graph, SEMANTICS[name]).solve())
        for vertex in graph.vertices:
            against, in_favour = ([values[n] for n in ends] for ends in (vertex.attackers, vertex.supporters))
            one = SEMANTICS[name].strength(vertex.base, against, in_favour)
            other = SEMANTICS[name].strength(1 - vertex.base, in_favour, against)
            tried += bool(against or in_favour)
            broken += not math.isclose(one, 1 - other, abs_tol=1e-12)
    return tried, broken


@pytest.mark.parametrize("name", ["quadratic", "df-quad"])
def test_reasons_mirror_objections_on_200_graphs(name: str) -> None:
    tried, broken = duals(name)
    assert tried > 500
    assert broken == 0


def test_by_euler_they_do_not() -> None:
    assert duals("euler")[1] > 100


def test_df_quad_is_the_grounded_labelling_on_200_graphs_of_attacks_with_base_1() -> None:
    assert agree(ATTACKS_ALONE, 200)["with attacks"] > 100


# -- circles -----------------------------------------------------------------------------------------------------------


@EVERY
def test_what_comes_to_rest_in_400_graphs_with_circles_rests_there(name: str) -> None:
    seen = agree_on(check_rest, under(name, drawn(400, 6, circles=True)))
    assert seen["strengths"] > 1500
    assert seen["where some do not come to rest"] <= (10 if name == "df-quad" else 0)


@EVERY
def test_what_rests_in_one_round_needs_no_damping(name: str) -> None:
    graph = graph_of({"a": 0, "b": 0.5, "c": 0.5}, "ba", "ab ac")
    assert strengths(graph, name)["c"] == 0.5


def test_what_does_not_come_to_rest_has_no_strength_nor_has_what_depends_on_it() -> None:
    graph = graph_of({"a": 1, "b": 1, "c": 0.9, "d": 0.5, "e": 0.5, "f": 0.4}, "ba ca ab ac bc ad", "fe de")
    assert strengths(graph, "df-quad") == dict.fromkeys("abcde") | {"f": 0.4}
    for kind in contributions.KINDS.values():
        assert by_id(graph, kind(graph, SEMANTICS["df-quad"], 4))["b"] is None
    assert None not in strengths(graph, "quadratic").values()


def test_with_too_few_rounds_nothing_is_made_up() -> None:
    graph = graph_of({"a": 1, "b": 1}, "ab ba")
    assert Solver(graph, SEMANTICS["euler"], rounds=0).solve() == [None, None]
    assert Solver(graph, SEMANTICS["quadratic"], rounds=3).solve() == [None, None]
    assert None not in Solver(graph, SEMANTICS["quadratic"], rounds=solving.ROUNDS).solve()


# -- contributions -----------------------------------------------------------------------------------------------------


@EVERY
def test_removal_is_the_difference_that_a_graph_without_the_point_makes_on_200_graphs(name: str) -> None:
    assert agree_on(check_removal, under(name, with_links(200, 7)))["contributions"] > 100


@EVERY
def test_gradients_are_what_small_changes_make_on_200_graphs(name: str) -> None:
    assert agree_on(check_gradient, under(name, smooth(200)))["gradients"] > 400


@EVERY
def test_gradients_in_circles_say_how_sure_they_are_on_100_graphs(name: str) -> None:
    assert agree_on(check_gradient_in_circles, under(name, in_circles(100)))["gradients through circles"] > 50


@EVERY
def test_shapley_values_add_up_and_are_means_over_all_orders_on_60_graphs(name: str) -> None:
    assert agree_on(check_shapley, under(name, with_links(60, 10, size=7)))["with all orders"] > 10


@EVERY
def test_sampled_shapley_values_say_how_sure_they_are_on_20_graphs(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    far = tried = 0
    for graph in drawn(20, 11, size=10):
        exact = shapley(graph, SEMANTICS[name], 0)
        with monkeypatch.context() as patched:
            patched.setattr(contributions, "EXACTLY", 0)
            if not exact:
                continue
            sampled = shapley(graph, SEMANTICS[name], 0)
            assert sampled == shapley(graph, SEMANTICS[name], 0), "the same every time"
        for one, other in zip(exact, sampled, strict=True):
            tried += 1
            far += abs((one.value or 0) - (other.value or 0)) > 3 * other.error + 1e-12
        assert math.fsum(o.value or 0 for o in sampled) == NEAR(math.fsum(o.value or 0 for o in exact), abs=1e-12)
    assert tried > 40
    assert far <= tried / 20


# -- what a change concerns --------------------------------------------------------------------------------------------


@EVERY
def test_after_a_change_all_is_to_the_last_digit_as_reckoned_anew_on_200_graphs(name: str) -> None:
    """Points that go and come back in any order, other bases, circles: what is kept is what would have come out."""
    for number, graph in enumerate(drawn(200, 12, circles=True)):
        dice, everything = random.Random(number), range(len(graph.vertices))
        solver = Solver(graph, SEMANTICS[name])
        usual = solver.solve()
        bases = {dice.choice(everything): dice.random()}
        assert solver.solve_again(usual, bases=bases) == solver.solve_again(usual, bases=bases, touched=everything)
        gone, found = frozenset(everything), solver.solve_again(usual, frozenset(everything))
        for point in dice.sample(everything, len(everything)):
            gone = gone.difference((point,))
            found = solver.solve_again(found, gone, touched=(point,))
            assert found == solver.solve_again(usual, gone) == solver.solve_again(usual, gone, touched=everything)
        assert found == usual


def reckoned(length: int, kind: str) -> int:
    """How many strengths are reckoned to tell what a chain of reasons contributes to what it ends in."""
    counted = 0
    plain = SEMANTICS["quadratic"]

    def strength(base: float, energy: float) -> float:
        nonlocal counted
        counted += 1
        return plain.influence.strength(base, energy)

    chain = [Vertex(0.5, (), (), (number + 1,)) for number in range(length - 1)]
    graph = Graph((*chain, Vertex(0.5)), tuple(f"v{number}" for number in range(length)))
    assert contributions.KINDS[kind](graph, plain._replace(influence=plain.influence._replace(strength=strength)), 0)
    return counted


@pytest.mark.parametrize(("kind", "length", "times"), [("removal", 200, 2.2), ("shapley", 80, 1.2)])
def test_a_chain_of_twice_as_many_reasons_takes_no_more_than_its_length(kind: str, length: int, times: float) -> None:
    """What is far away is felt by few: nothing is pursued beyond; of more points fewer orders are sampled."""
    assert reckoned(2 * length, kind) < times * reckoned(length, kind)
