"""What other points contribute to the strength of one: three answers to three questions, never to be mixed.

*Removal*: by how much would its strength fall if that point were not there? *Gradient*: how fast does it grow with that point's base
score? *Shapley*: what is that point's share in the way from the base score to the strength? No measure has all the virtues one would wish
(Kampik, Potyka, Yin, Čyras and Toni 2024, arXiv 2401.08879): removal is the counterfactual, the gradient is true of small changes, and
only Shapley values add up.
"""

from __future__ import annotations

import hashlib
import math
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kb.gradual.slopes import exact_slopes
from kb.gradual.solving import Solver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kb.gradual.graph import Graph
    from kb.gradual.influence import Semantics
    from kb.gradual.solving import Values

EXACTLY = 10
"""Up to so many contributors every combination of them is tried: at most 1024."""
_REMOVALS = 4000
"""How often strengths are reckoned anew to sample what more contributors than that contribute."""
_FEWEST, _MOST = 8, 200
_NEAR = 1e-3


class Contribution(NamedTuple):
    """What a point contributes; None where strengths do not come to rest. `error` is 0 of what is exact."""

    point: int
    value: float | None
    error: float = 0.0


def removal(graph: Graph, semantics: Semantics, target: int) -> list[Contribution]:
    """The strength now less the strength if the point and all steps from it were not there."""
    view = _View(graph, semantics, target)
    whole = view.usual[target]
    return [Contribution(point, _difference_of(whole, view.without([point]))) for point in view.others]


def gradient(graph: Graph, semantics: Semantics, target: int) -> list[Contribution]:
    """The derivative of the strength by the base score of each point, its own among them.

    Where no circle lies between it is exact. Where one does it is a central difference over a thousandth and half of that, extrapolated
    (Richardson); the error is what that changed. Points without a base score, arguments, are left out.
    """
    view = _View(graph, semantics, target)
    known = exact_slopes(view.solver, view.usual, target)
    return [
        Contribution(point, known[base]) if base in known else view.numerical_gradient(point, base)
        for point in sorted((*view.others, target))
        if (base := graph.base_of(point)) is not None
    ]


def shapley(graph: Graph, semantics: Semantics, target: int) -> list[Contribution]:
    """What each point adds on average, over all orders in which the points could come in.

    Exact for up to ten contributors. With more of them orders are sampled, always the same ones, each with its reverse; the error is the
    standard error of the mean.
    """
    view = _View(graph, semantics, target)
    return _exact_shapley(view) if len(view.others) <= EXACTLY else _sampled_shapley(view)


KINDS: Mapping[str, Callable[[Graph, Semantics, int], list[Contribution]]] = {
    "removal": removal,
    "gradient": gradient,
    "shapley": shapley,
}


class _View:
    """A point with all that bears on it."""

    def __init__(self, graph: Graph, semantics: Semantics, target: int) -> None:
        self.graph, self.target = graph, target
        bearing = graph.upstream(target)
        self.solver = Solver(graph, semantics, only=bearing)
        self.usual: Values = self.solver.solve()
        arguing = {point for point, steps in graph.steps_of.items() if not bearing.isdisjoint(steps)}
        self.others = sorted(number for number in bearing | arguing if number < len(graph.ids) and number != target)

    def without(self, points: Iterable[int]) -> float | None:
        """The strength if these points and the steps that they stand for were not there."""
        absent = frozenset(n for point in points for n in self._with_steps(point))
        return self.solver.solve_again(self.usual, absent)[self.target]

    def strengths_along(self, order: Sequence[int]) -> Iterator[float | None]:
        """The strength without any of these points, then with the first of them, with the first two, and so on."""
        absent = frozenset(n for point in order for n in self._with_steps(point))
        strengths = self.solver.solve_again(self.usual, absent)
        yield strengths[self.target]
        for point in order:
            own = self._with_steps(point)
            absent = absent.difference(own)
            strengths = self.solver.solve_again(strengths, absent, touched=own)
            yield strengths[self.target]

    def _with_steps(self, point: int) -> tuple[int, ...]:
        """A point with the steps that go when it does."""
        return (point, *self.graph.steps_of.get(point, ()))

    def numerical_gradient(self, point: int, base: int) -> Contribution:
        """The gradient by a base score, reckoned from strengths nearby (a little beyond 0 and 1 the formulas still hold)."""
        wide, narrow = self._central_difference(base, _NEAR), self._central_difference(base, _NEAR / 2)
        if self.usual[self.target] is None or wide is None or narrow is None:
            return Contribution(point, None)
        better = (4 * narrow - wide) / 3
        return Contribution(point, better, abs(better - narrow))

    def _central_difference(self, base: int, near: float) -> float | None:
        usual = self.graph.vertices[base].base
        above, below = (self.solver.solve_again(self.usual, bases={base: usual + way}) for way in (near, -near))
        change = _difference_of(above[self.target], below[self.target])
        return None if change is None else change / (2 * near)


def _difference_of(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other


# -- Shapley values ----------------------------------------------------------------------------------------------------


def _exact_shapley(view: _View) -> list[Contribution]:
    """By the definition: over all sets of the other contributors."""
    count = len(view.others)
    worth = [view.without(p for n, p in enumerate(view.others) if not mask >> n & 1) for mask in range(1 << count)]
    shares = [math.factorial(n) * math.factorial(count - n - 1) / math.factorial(count) for n in range(count)]
    contributions = []
    for index, point in enumerate(view.others):
        sets = (mask for mask in range(1 << count) if not mask >> index & 1)
        added = [(shares[mask.bit_count()], _difference_of(worth[mask | 1 << index], worth[mask])) for mask in sets]
        known = [share * more for share, more in added if more is not None]
        contributions.append(Contribution(point, math.fsum(known) if len(known) == len(added) else None))
    return contributions


def _sampled_shapley(view: _View) -> list[Contribution]:
    """Mean and standard error over some orders, each with its reverse."""
    pairs = min(max(_REMOVALS // (2 * len(view.others)), _FEWEST), _MOST)
    samples: dict[int, list[float]] = {point: [] for point in view.others}
    for number in range(pairs):
        order = _pseudo_random_order(view, number)
        forth, back = dict(_marginal_contributions(view, order)), dict(_marginal_contributions(view, order[::-1]))
        for point, more in forth.items():
            other = back[point]
            if more is None or other is None:
                return [Contribution(each, None) for each in view.others]
            samples[point].append((more + other) / 2)
    return [Contribution(point, *_mean_and_error(values)) for point, values in samples.items()]


def _pseudo_random_order(view: _View, number: int) -> list[int]:
    """An order that looks like chance and is the same every time."""

    def sort_key(point: int) -> bytes:
        return hashlib.sha256(f"{number} {view.graph.ids[point]}".encode()).digest()

    return sorted(view.others, key=sort_key)


def _marginal_contributions(view: _View, order: Sequence[int]) -> Iterator[tuple[int, float | None]]:
    """What each point adds to those before it."""
    for point, (before, after) in zip(order, pairwise(view.strengths_along(order)), strict=True):
        yield point, _difference_of(after, before)


def _mean_and_error(values: Sequence[float]) -> tuple[float, float]:
    mean = math.fsum(values) / len(values)
    spread = math.fsum((one - mean) ** 2 for one in values) / (len(values) - 1)
    return mean, math.sqrt(spread / len(values))
