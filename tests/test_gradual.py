"""Strengths against what is published, against the definitions, and by the properties that papers prove of each semantics."""

from __future__ import annotations

import itertools
import math
import random
from typing import TYPE_CHECKING

import pytest

from kb.abstract import grounded
from kb.abstract.attacks import attacks
from kb.gradual import contributions, solving
from kb.gradual.contributions import gradient, removal, shapley
from kb.gradual.graph import NO_LIMIT, Graph, Vertex
from kb.gradual.influence import SEMANTICS
from kb.gradual.solving import Solver

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kb.gradual.contributions import Contribution

EVERY = pytest.mark.parametrize("name", list(SEMANTICS))
NEAR = pytest.approx


def graph_of(bases: Mapping[str, float], against: str, in_favour: str = "") -> Graph:
    """Arguments by letter with their base scores; attacks and supports written as `ca`: c bears on a."""

    def bearing(pairs: str, name: str) -> tuple[int, ...]:
        return tuple(list(bases).index(pair[0]) for pair in pairs.split() if pair[1] == name)

    vertices = (Vertex(base, (), bearing(against, name), bearing(in_favour, name)) for name, base in bases.items())
    return Graph(tuple(vertices), tuple(bases))


def strengths(graph: Graph, name: str) -> dict[str, float | None]:
    """Strengths by id."""
    return dict(zip(graph.ids, Solver(graph, SEMANTICS[name]).solve(), strict=False))


def by_id(graph: Graph, found: list[Contribution]) -> dict[str, float | None]:
    return {graph.ids[one.point]: one.value for one in found}


# -- published ---------------------------------------------------------------------------------------------------------

CYRAS = graph_of({"a": 0.5, "b": 0.2, "c": 0.85, "d": 0.65, "e": 0.4, "f": 1}, "ca eb fc", "ba da ec")
"""Čyras, Kampik and Weng 2022, example 4.1."""
YIN = graph_of(dict.fromkeys("ABCDEFGH", 0.5), "DA EB FD GF HF", "BA CA")
"""Yin, Potyka and Toni 2023, the graph of table 1."""
BONZON = graph_of(dict.fromkeys("abcde", 1.0), "ae da ed ce bc ba")
"""Bonzon and others 2016, figure 1."""


@pytest.mark.parametrize(
    ("graph", "name", "published", "digits"),
    [
        (CYRAS, "quadratic", {"a": 0.518755, "b": 0.172414, "c": 0.625}, 5),
        (CYRAS, "df-quad", {"a": 0.676, "b": 0.12, "c": 0.34}, 5),
        (CYRAS, "euler", {"a": 0.498787, "b": 0.153487, "c": 0.810773}, 5),
        (YIN, "df-quad", {"A": 0.59375}, 5),
        (BONZON, "h-categoriser", {"a": 0.377, "b": 1.0, "c": 0.5, "d": 0.652, "e": 0.533}, 3),
    ],
    ids=["vector-1-quadratic", "vector-1-df-quad", "vector-1-euler", "vector-2-df-quad", "vector-7-h-categoriser"],
)
def test_strengths_are_those_published(graph: Graph, name: str, published: dict[str, float], digits: int) -> None:
    found = strengths(graph, name)
    for point, value in published.items():
        assert found[point] == NEAR(value, abs=10**-digits if digits > 3 else 0.5 * 10**-digits), point


@pytest.mark.parametrize(
    ("graph", "name", "published"),
    [
        (CYRAS, "quadratic", {"a": 0.96249, "b": 0.15766, "c": -0.13447, "d": 0.18288, "e": -0.12260, "f": 0.10085}),
        (
            YIN,
            "df-quad",
            {"B": 0.125, "C": 0.375, "D": -0.4375, "E": -0.125, "F": 0.0625, "G": -0.0625, "H": -0.0625},
        ),
    ],
    ids=["vector-1-quadratic", "vector-2-df-quad"],
)
def test_gradients_are_those_published(graph: Graph, name: str, published: dict[str, float]) -> None:
    rows = gradient(graph, SEMANTICS[name], 0)
    assert all(row.error == 0 for row in rows)
    found = by_id(graph, rows)
    assert {point: found[point] for point in published} == NEAR(published, abs=1e-5)


@pytest.mark.parametrize(("name", "strength"), [("quadratic", 0.682328), ("df-quad", 0.5), ("h-categoriser", 0.618034)])
def test_two_that_attack_each_other_meet_halfway(name: str, strength: float) -> None:
    assert strengths(graph_of({"a": 1, "b": 1}, "ab ba"), name) == NEAR({"a": strength, "b": strength}, abs=1e-6)


# -- random graphs -----------------------------------------------------------------------------------------------------


def drawn(count: int, seed: int, *, circles: bool = False, supports: bool = True, size: int = 9) -> Iterator[Graph]:
    """Graphs with base scores of all sorts, linked steps among them; each vertex depends on later ones only, unless in circles."""
    dice = random.Random(seed)
    for _ in range(count):
        total = dice.randrange(2, size)
        vertices = []
        for number in range(total):
            others = [n for n in range(total) if n != number] if circles else list(range(number + 1, total))
            chosen = dice.sample(others, dice.randint(0, min(4, len(others))))
            against = len(chosen) if not supports else dice.randint(0, len(chosen))
            base = dice.choice([0.0, 0.5, 1.0, dice.random(), dice.random(), dice.random()])
            vertices.append(Vertex(base, (), tuple(chosen[:against]), tuple(chosen[against:])))
        yield Graph(tuple(vertices), tuple(f"v{n}" for n in range(total)))


def linked(graph: Graph, dice: random.Random) -> Graph:
    """The same with a step more, of the last points together, for or against the first, and now and then with what undercuts it."""
    total = len(graph.vertices)
    premises = tuple(sorted(dice.sample(range(1, total), min(2, total - 1))))
    undercuts = tuple(n for n in (total - 1,) if n not in premises)
    first = graph.vertices[0]
    if dice.random() < 0.5:
        first = first._replace(attackers=(*first.attackers, total))
    else:
        first = first._replace(supporters=(*first.supporters, total))
    step = Vertex(NO_LIMIT, premises, undercuts)
    return Graph((first, *graph.vertices[1:], step), graph.ids)


def known(values: list[float | None]) -> list[float]:
    assert None not in values
    return [value for value in values if value is not None]


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
    for graph in drawn(200, 5, supports=False):
        full = Graph(tuple(v._replace(base=1.0) for v in graph.vertices), graph.ids)
        pairs = [(one, other) for other, v in enumerate(full.vertices) for one in v.attackers]
        labels = grounded.label(attacks(full.ids, pairs))
        assert Solver(full, SEMANTICS["df-quad"]).solve() == [{"in": 1.0, "out": 0.0}[label] for label in labels]


# -- circles -----------------------------------------------------------------------------------------------------------


@EVERY
def test_what_comes_to_rest_in_400_graphs_with_circles_rests_there(name: str) -> None:
    semantics, rested, restless = SEMANTICS[name], 0, 0
    for graph in drawn(400, 6, circles=True):
        values = Solver(graph, semantics).solve()
        restless += None in values
        for vertex, value in zip(graph.vertices, values, strict=True):
            if value is not None:
                against, in_favour = (
                    [values[n] or 0.0 for n in ends] for ends in (vertex.attackers, vertex.supporters)
                )
                assert semantics.strength(vertex.base, against, in_favour) == NEAR(value, abs=1e-11)
                rested += 1
    assert rested > 1500
    assert restless <= (10 if name == "df-quad" else 0)


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


def without(graph: Graph, gone: set[int]) -> Graph:
    """The graph written anew, without some points and without the steps that have one among their premises."""
    gone = gone | {n for n, v in enumerate(graph.vertices) if not gone.isdisjoint(v.rests_on)}
    vertices = tuple(
        v._replace(
            attackers=tuple(n for n in v.attackers if n not in gone),
            supporters=tuple(n for n in v.supporters if n not in gone),
        )
        for v in graph.vertices
    )
    return Graph(vertices, graph.ids)


def worth(graph: Graph, name: str, gone: set[int]) -> float:
    return known(Solver(without(graph, gone), SEMANTICS[name]).solve())[0]


@EVERY
def test_removal_is_the_difference_that_a_graph_without_the_point_makes_on_200_graphs(name: str) -> None:
    dice, told = random.Random(7), 0
    for drawn_one in drawn(200, 7):
        graph = linked(drawn_one, dice)
        for row in removal(graph, SEMANTICS[name], 0):
            assert row.value == NEAR(worth(graph, name, set()) - worth(graph, name, {row.point}), abs=1e-12)
            told += row.value != 0
    assert told > 100


@EVERY
def test_gradients_are_what_small_changes_make_on_200_graphs(name: str) -> None:
    dice, told = random.Random(8), 0
    for drawn_one in drawn(200, 8):
        bases = [dice.uniform(0.1, 0.9) for _ in drawn_one.vertices]
        smooth = tuple(v._replace(base=base) for v, base in zip(drawn_one.vertices, bases, strict=True))
        graph = linked(Graph(smooth, drawn_one.ids), dice)
        solver = Solver(graph, SEMANTICS[name])
        usual = solver.solve()
        for row in gradient(graph, SEMANTICS[name], 0):
            base = graph.vertices[row.point].base
            above, below = (known(solver.again(usual, bases={row.point: base + way}))[0] for way in (1e-6, -1e-6))
            assert row.value == NEAR((above - below) / 2e-6, abs=1e-6)
            assert row.error == 0
            told += row.value != 0
    assert told > 400


@EVERY
def test_gradients_in_circles_say_how_sure_they_are_on_100_graphs(name: str) -> None:
    told = 0
    for graph in drawn(100, 9, circles=True, size=6):
        smooth = Graph(tuple(v._replace(base=0.1 + 0.8 * v.base) for v in graph.vertices), graph.ids)
        solver = Solver(smooth, SEMANTICS[name])
        usual = solver.solve()
        for row in gradient(smooth, SEMANTICS[name], 0):
            base = smooth.vertices[row.point].base
            above, below = (solver.again(usual, bases={row.point: base + way})[0] for way in (1e-5, -1e-5))
            if row.value is None or above is None or below is None:
                continue
            assert row.value == NEAR((above - below) / 2e-5, abs=1e-5 + 10 * row.error)
            told += row.error > 0
    assert told > 50


@EVERY
def test_shapley_values_add_up_and_are_means_over_all_orders_on_60_graphs(name: str) -> None:
    dice = random.Random(10)
    for drawn_one in drawn(60, 10, size=7):
        graph = linked(drawn_one, dice)
        found = by_id(graph, shapley(graph, SEMANTICS[name], 0))
        alone = worth(graph, name, set(range(1, len(graph.ids))))
        assert math.fsum(v or 0 for v in found.values()) == NEAR(worth(graph, name, set()) - alone, abs=1e-12)
        points = [graph.ids.index(point) for point in found]
        orders = list(itertools.permutations(points))
        if len(orders) > 24 or not points:
            continue
        for point in points:
            more = [added(graph, name, points, order, point) for order in orders]
            assert found[graph.ids[point]] == NEAR(math.fsum(more) / len(more), abs=1e-12)


def added(graph: Graph, name: str, points: list[int], order: tuple[int, ...], point: int) -> float:
    """What a point adds to those that come before it."""
    here = set(order[: order.index(point)])
    return worth(graph, name, set(points) - here - {point}) - worth(graph, name, set(points) - here)


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
