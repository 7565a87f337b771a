"""Strengths from weights: compares what `kb strength` reckons with numbers in papers and with the definitions."""

from __future__ import annotations

import itertools
import math
import random
from typing import TYPE_CHECKING, NamedTuple

from kb.abstract import grounded
from kb.abstract.attacks import attack_graph
from kb.gradual.contributions import gradient, removal, shapley
from kb.gradual.graph import NO_LIMIT, Graph, Vertex
from kb.gradual.influence import SEMANTICS
from kb.gradual.solving import Solver
from tests.ladder.rung import Rung, Seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kb.gradual.contributions import Contribution

Named = tuple[Graph, str]
"""A graph, and the semantics by which it is read."""


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
    """Contributions by id."""
    return {graph.ids[one.point]: one.value for one in found}


def known(values: Iterable[float | None]) -> list[float]:
    """Strengths, of which none may be missing."""
    found = [value for value in values if value is not None]
    assert None not in values
    return found


def near(one: float | None, other: float, within: float) -> bool:
    """Whether there is a number, and it is no farther off than that."""
    return one is not None and abs(one - other) <= within


# -- published -------------------------------------------------------------------------------------------------

CYRAS = graph_of({"a": 0.5, "b": 0.2, "c": 0.85, "d": 0.65, "e": 0.4, "f": 1}, "ca eb fc", "ba da ec")
"""Čyras, Kampik and Weng 2022, example 4.1."""
YIN = graph_of(dict.fromkeys("ABCDEFGH", 0.5), "DA EB FD GF HF", "BA CA")
"""Yin, Potyka and Toni 2023, the graph of table 1."""
BONZON = graph_of(dict.fromkeys("abcde", 1.0), "ae da ed ce bc ba")
"""Bonzon and others 2016, figure 1."""


class Published(NamedTuple):
    """Numbers that a paper prints for one graph and semantics."""

    id: str
    graph: Graph
    semantics: str
    numbers: Mapping[str, float]
    within: float = 1e-5


STRENGTHS = (
    Published("vector-1-quadratic", CYRAS, "quadratic", {"a": 0.518755, "b": 0.172414, "c": 0.625}),
    Published("vector-1-df-quad", CYRAS, "df-quad", {"a": 0.676, "b": 0.12, "c": 0.34}),
    Published("vector-1-euler", CYRAS, "euler", {"a": 0.498787, "b": 0.153487, "c": 0.810773}),
    Published("vector-2-df-quad", YIN, "df-quad", {"A": 0.59375}),
    Published(
        "vector-7-h-categoriser",
        BONZON,
        "h-categoriser",
        {"a": 0.377, "b": 1.0, "c": 0.5, "d": 0.652, "e": 0.533},
        0.0005,  # three digits are printed
    ),
)
GRADIENTS = (
    Published(
        "vector-1-quadratic",
        CYRAS,
        "quadratic",
        {"a": 0.96249, "b": 0.15766, "c": -0.13447, "d": 0.18288, "e": -0.12260, "f": 0.10085},
    ),
    Published(
        "vector-2-df-quad",
        YIN,
        "df-quad",
        {"B": 0.125, "C": 0.375, "D": -0.4375, "E": -0.125, "F": 0.0625, "G": -0.0625, "H": -0.0625},
    ),
)


def check_published(case: tuple[Published, str]) -> None:
    """Compare the strength of one argument with the number that is printed."""
    one, point = case
    found = strengths(one.graph, one.semantics)[point]
    assert near(found, one.numbers[point], one.within), (one.id, point, found)


def check_published_gradient(case: tuple[Published, str]) -> None:
    """Compare the gradient by the base score of one argument with the number that is printed."""
    one, point = case
    rows = gradient(one.graph, SEMANTICS[one.semantics], 0)
    assert all(row.error == 0 for row in rows)
    found = by_id(one.graph, rows)[point]
    assert near(found, one.numbers[point], one.within), (one.id, point, found)


def numbers(printed: Iterable[Published]) -> Callable[[int], Iterator[tuple[Published, str]]]:
    """One case for each number."""
    cases = [(one, point) for one in printed for point in one.numbers]
    return lambda count: itertools.islice(cases, count)


# -- random graphs ---------------------------------------------------------------------------------------------


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
    """A graph with a further step from the last points together for or against the first, and now and then an undercut of that step."""
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


def with_links(count: int, seed: int, size: int = 9) -> Iterator[Graph]:
    """Random graphs without circles, each with a linked step."""
    dice = random.Random(seed)
    return (linked(graph, dice) for graph in drawn(count, seed, size=size))


def smooth(count: int) -> Iterator[Graph]:
    """Graphs with base scores at which no semantics has a kink."""
    dice = random.Random(8)
    for graph in drawn(count, 8):
        bases = [dice.uniform(0.1, 0.9) for _ in graph.vertices]
        vertices = tuple(v._replace(base=base) for v, base in zip(graph.vertices, bases, strict=True))
        yield linked(Graph(vertices, graph.ids), dice)


def in_circles(count: int) -> Iterator[Graph]:
    """Small graphs with circles and such base scores."""
    for graph in drawn(count, 9, circles=True, size=6):
        yield Graph(tuple(v._replace(base=0.1 + 0.8 * v.base) for v in graph.vertices), graph.ids)


def under(name: str, graphs: Iterable[Graph]) -> Iterator[Named]:
    """Graphs, all read by one semantics."""
    return ((graph, name) for graph in graphs)


def under_each(graphs: Callable[[int], Iterable[Graph]]) -> Callable[[int], Iterator[Named]]:
    """Graphs, each read by every semantics in turn."""

    def cases(count: int) -> Iterator[Named]:
        found = ((graph, name) for graph in graphs(-(-count // len(SEMANTICS))) for name in SEMANTICS)
        return itertools.islice(found, count)

    return cases


def check_rest(case: Named) -> Seen:
    """Strengths that come to rest meet the equation of their semantics."""
    graph, name = case
    values, semantics = Solver(graph, SEMANTICS[name]).solve(), SEMANTICS[name]
    rested = 0
    for vertex, value in zip(graph.vertices, values, strict=True):
        if value is not None:
            against, in_favour = ([values[n] or 0.0 for n in ends] for ends in (vertex.attackers, vertex.supporters))
            assert near(value, semantics.strength(vertex.base, against, in_favour), 1e-11)
            rested += 1
    return Seen({"strengths": rested, "where some do not come to rest": None in values})


def check_attacks_alone(graph: Graph) -> Seen:
    """With attacks only and no base score but 1, DF-QuAD is the grounded labelling."""
    full = Graph(tuple(v._replace(base=1.0) for v in graph.vertices), graph.ids)
    pairs = [(one, other) for other, v in enumerate(full.vertices) for one in v.attackers]
    labels = grounded.label(attack_graph(full.ids, pairs))
    assert Solver(full, SEMANTICS["df-quad"]).solve() == [{"in": 1.0, "out": 0.0}[label] for label in labels]
    return Seen({"with attacks": bool(pairs)})


# -- contributions ---------------------------------------------------------------------------------------------


def without(graph: Graph, gone: set[int]) -> Graph:
    """The graph written again without some points and without the steps that have one of them as a premise."""
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
    """The strength of the first point if some others are missing."""
    return known(Solver(without(graph, gone), SEMANTICS[name]).solve())[0]


def check_removal(case: Named) -> Seen:
    """Compare the contribution by removal with the graph written again without the point."""
    graph, name = case
    telling = 0
    for row in removal(graph, SEMANTICS[name], 0):
        assert near(row.value, worth(graph, name, set()) - worth(graph, name, {row.point}), 1e-12)
        telling += row.value != 0
    return Seen({"contributions": telling})


def check_gradient(case: Named) -> Seen:
    """Compare exact gradients with the effect of a small change of the base score."""
    graph, name = case
    solver, telling = Solver(graph, SEMANTICS[name]), 0
    usual = solver.solve()
    for row in gradient(graph, SEMANTICS[name], 0):
        base = graph.vertices[row.point].base
        above, below = (known(solver.solve_again(usual, bases={row.point: base + way}))[0] for way in (1e-6, -1e-6))
        assert near(row.value, (above - below) / 2e-6, 1e-6)
        assert row.error == 0
        telling += row.value != 0
    return Seen({"gradients": telling})


def check_gradient_in_circles(case: Named) -> Seen:
    """Compare gradients in circles with the effect of small changes, as far as the gradients are said to be sure."""
    graph, name = case
    solver, telling = Solver(graph, SEMANTICS[name]), 0
    usual = solver.solve()
    for row in gradient(graph, SEMANTICS[name], 0):
        base = graph.vertices[row.point].base
        above, below = (solver.solve_again(usual, bases={row.point: base + way})[0] for way in (1e-5, -1e-5))
        if row.value is None or above is None or below is None:
            continue
        assert near(row.value, (above - below) / 2e-5, 1e-5 + 10 * row.error)
        telling += row.error > 0
    return Seen({"gradients through circles": telling})


def check_shapley(case: Named) -> Seen:
    """Shapley values add up, and are the means of what a point adds over all orders."""
    graph, name = case
    found = by_id(graph, shapley(graph, SEMANTICS[name], 0))
    alone = worth(graph, name, set(range(1, len(graph.ids))))
    assert near(math.fsum(v or 0 for v in found.values()), worth(graph, name, set()) - alone, 1e-12)
    points = [graph.ids.index(point) for point in found]
    orders = list(itertools.permutations(points))
    if len(orders) > 24 or not points:
        return Seen()
    for point in points:
        more = [added(graph, name, points, order, point) for order in orders]
        assert near(found[graph.ids[point]], math.fsum(more) / len(more), 1e-12)
    return Seen({"with all orders": 1})


def added(graph: Graph, name: str, points: list[int], order: tuple[int, ...], point: int) -> float:
    """What a point adds to those that come before it."""
    here = set(order[: order.index(point)])
    return worth(graph, name, set(points) - here - {point}) - worth(graph, name, set(points) - here)


GRAPHS = "random graphs, each under four semantics"
PUBLISHED = Rung(
    "published-strengths",
    "strengths (quadratic energy, DF-QuAD, Euler, h-categoriser), to within 0.00001, or as many digits as are printed",
    "the numbers that papers print",
    "Čyras and others 2022, Yin and others 2023, Bonzon and others 2016",
    numbers(STRENGTHS),
    check_published,
    sum(len(one.numbers) for one in STRENGTHS),
)
PUBLISHED_GRADIENTS = Rung(
    "published-gradients",
    "gradients of strengths, to within 0.00001",
    "the numbers that papers print",
    "Čyras and others 2022, Yin and others 2023",
    numbers(GRADIENTS),
    check_published_gradient,
    sum(len(one.numbers) for one in GRADIENTS),
)
REST = Rung(
    "strengths-at-rest",
    "strengths where points go round in circles",
    "the equation of the semantics, which they must meet",
    f"{GRAPHS}, with circles",
    under_each(lambda count: drawn(count, 6, circles=True)),
    check_rest,
    10_000,
)
ATTACKS_ALONE = Rung(
    "df-quad-grounded",
    "strengths by DF-QuAD of attacks alone, from 1",
    "the grounded labels",
    "random graphs of 2 to 8 points",
    lambda count: drawn(count, 5, supports=False),
    check_attacks_alone,
    10_000,
)
REMOVAL = Rung(
    "removal",
    "contributions by removal",
    "strengths in the graph written anew without the point",
    GRAPHS,
    under_each(lambda count: with_links(count, 7)),
    check_removal,
    10_000,
)
GRADIENT = Rung(
    "gradients",
    "contributions by gradient",
    "what a small change of the base score makes",
    GRAPHS,
    under_each(smooth),
    check_gradient,
    10_000,
)
GRADIENT_IN_CIRCLES = Rung(
    "gradients-in-circles",
    "contributions by gradient, within ten times the error they tell",
    "what a small change of the base score makes",
    "random graphs of 2 to 5 points, each under four semantics, with circles",
    under_each(in_circles),
    check_gradient_in_circles,
    2_000,
)
SHAPLEY = Rung(
    "shapley",
    "Shapley values, of each point and their sum",
    "means over all orders (of up to 4 contributors), and the way from base score to strength",
    "random graphs of 2 to 6 points, each under four semantics",
    under_each(lambda count: with_links(count, 10, size=7)),
    check_shapley,
    4_000,
)
RUNGS = (PUBLISHED, PUBLISHED_GRADIENTS, REST, ATTACKS_ALONE, REMOVAL, GRADIENT, GRADIENT_IN_CIRCLES, SHAPLEY)
