"""Exact gradients: how fast a strength grows with each base score, reckoned back from it through all that bears on it.

This is reverse accumulation, the chain rule from the end (Griewank and Walther, Evaluating Derivatives, 2008). It takes one pass, as
nothing there leads back to itself. Where a strength has a corner, one slope between those of both sides is taken: of premises that are
equally weak each has its share, and DF-QuAD in balance has the mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.gradual.solving import Solver, Values


def exact_slopes(solver: Solver, values: Values, target: int) -> dict[int, float]:
    """The slope by the base of each vertex between which and the target no circle lies; empty if there is no strength."""
    slopes = {number: 0.0 for part in solver.parts for number in part}
    slopes[target] = 1.0
    slopes_by_base: dict[int, float] = {}
    blurred: set[int] = set()
    for part in reversed(solver.parts):
        number = part[0]
        if number in solver.circles or number in blurred or values[number] is None:
            blurred.update(part, *(solver.inputs[n] for n in part))
            continue
        of_base, inputs = _local_slopes(solver, values, number)
        for other, slope in inputs:
            slopes[other] += slopes[number] * slope
        slopes_by_base[number] = slopes[number] * of_base
    return slopes_by_base


def _local_slopes(solver: Solver, values: Values, number: int) -> tuple[float, list[tuple[int, float]]]:
    """How fast a strength grows with its own base, and with each strength that it depends on directly."""
    vertex, base = solver.graph.vertices[number], solver.base(values, {}, number)
    attacks, supports = ([values[n] or 0.0 for n in numbers] for numbers in (vertex.attackers, vertex.supporters))
    of_base, against, in_favour = solver.semantics.slopes(base, attacks, supports)
    weakest = [n for n in vertex.rests_on if values[n] == base]
    own = vertex.base == base
    share = of_base / (len(weakest) + own)
    inputs = [*zip(vertex.attackers, against, strict=True), *zip(vertex.supporters, in_favour, strict=True)]
    return share * own, [*inputs, *((n, share) for n in weakest)]
