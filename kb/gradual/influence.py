"""Four gradual semantics: how what is said for and against a point moves it away from its base score.

Each is an *aggregation*, which makes one number, the energy, of the strengths of reasons and objections, and an *influence*, by which
that moves the base score (the modular view of Mossakowski and Neuhaus 2018). Beside each stand its slopes, by which gradients are
reckoned exactly. In all four a point without reasons and objections keeps its base score, and what has strength 0 changes nothing.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Strengths = Sequence[float]
    Slopes = tuple[list[float], list[float]]

USUAL = 0.5
"""The base score where nobody gave one: as near to 0 as to 1."""
_LARGEST = 700.0
"""Beyond it the exponential function leaves what a float can hold; 1 is reached long before."""


class Aggregation(NamedTuple):
    """What the strengths of objections and of reasons come to, and how fast that grows with each of them."""

    energy: Callable[[Strengths, Strengths], float]
    slopes: Callable[[Strengths, Strengths], Slopes]


class Influence(NamedTuple):
    """The strength that a base score and an energy make, and how fast it grows with the one and the other."""

    strength: Callable[[float, float], float]
    slopes: Callable[[float, float], tuple[float, float]]


class Semantics(NamedTuple):
    """One way to weigh, with the name that the field knows it by."""

    title: str
    aggregation: Aggregation
    influence: Influence

    def strength(self, base: float, attacks: Strengths, supports: Strengths) -> float:
        """The strength of a point, of its base score and the strengths of what is said against it and for it."""
        return self.influence.strength(base, self.aggregation.energy(attacks, supports))

    def slopes(self, base: float, attacks: Strengths, supports: Strengths) -> tuple[float, list[float], list[float]]:
        """How fast that strength grows with the base score, and with each of the others (the chain rule)."""
        of_base, of_energy = self.influence.slopes(base, self.aggregation.energy(attacks, supports))
        against, in_favour = self.aggregation.slopes(attacks, supports)
        return of_base, [of_energy * slope for slope in against], [of_energy * slope for slope in in_favour]


# -- aggregations ------------------------------------------------------------------------------------------------------


def additive(attacks: Strengths, supports: Strengths) -> float:
    """Reasons less objections (the sum in any order: the same to the last digit)."""
    return math.fsum(supports) - math.fsum(attacks)


def _additive_slopes(attacks: Strengths, supports: Strengths) -> Slopes:
    return [-1.0] * len(attacks), [1.0] * len(supports)


def product(attacks: Strengths, supports: Strengths) -> float:
    """What objections leave of a point less what reasons leave of the doubt in it: one of strength 1 leaves nothing to others."""
    return math.prod(1 - s for s in attacks) - math.prod(1 - s for s in supports)


def _product_slopes(attacks: Strengths, supports: Strengths) -> Slopes:
    return [-left for left in _left_by_others(attacks)], _left_by_others(supports)


def _left_by_others(strengths: Strengths) -> list[float]:
    """For each number the product of what all others leave."""
    before = [1.0]
    for strength in strengths:
        before.append(before[-1] * (1 - strength))
    products, after = [], 1.0
    for index in range(len(strengths) - 1, -1, -1):
        products.append(before[index] * after)
        after *= 1 - strengths[index]
    return products[::-1]


def attacks_alone(attacks: Strengths, supports: Strengths) -> float:  # noqa: ARG001 - it knows no reasons
    """Objections only; reasons change nothing."""
    return -math.fsum(attacks)


def _attacks_alone_slopes(attacks: Strengths, supports: Strengths) -> Slopes:
    return [-1.0] * len(attacks), [0.0] * len(supports)


# -- influences --------------------------------------------------------------------------------------------------------


def _saturation(energy: float) -> float:
    """From 0 towards 1: flat at first, then steep, then flat."""
    return energy * energy / (1 + energy * energy)


def quadratic(base: float, energy: float) -> float:
    """Towards 1 or 0, however far that is, by a share that grows with the square of the energy."""
    return base + ((1 - base) if energy > 0 else -base) * _saturation(energy)


def _quadratic_slopes(base: float, energy: float) -> tuple[float, float]:
    room = 1 - base if energy > 0 else base
    return 1 - _saturation(energy), room * 2 * abs(energy) / (1 + energy * energy) ** 2


def linear(base: float, energy: float) -> float:
    """The share of the way to 1 or to 0 that the energy is."""
    return base + (1 - base if energy > 0 else base) * energy


def _linear_slopes(base: float, energy: float) -> tuple[float, float]:
    """At energy 0 it has a corner: there the mean of the slopes on both sides."""
    room = 0.5 if energy == 0 else 1 - base if energy > 0 else base
    return 1 - abs(energy), room


def euler(base: float, energy: float) -> float:
    """Never below the square of the base score; 0 and 1 stay what they are."""
    return 1 - (1 - base * base) / (1 + base * math.exp(min(energy, _LARGEST)))


def _euler_slopes(base: float, energy: float) -> tuple[float, float]:
    grown = math.exp(min(energy, _LARGEST / 2))
    below, left = 1 + base * grown, 1 - base * base
    return 2 * base / below + left * grown / below**2, left * base * grown / below**2


def quotient(base: float, energy: float) -> float:
    """The base score divided by one more than all that is said against it."""
    return base / (1 - energy)


def _quotient_slopes(base: float, energy: float) -> tuple[float, float]:
    return 1 / (1 - energy), base / (1 - energy) ** 2


# -- the four ----------------------------------------------------------------------------------------------------------

_ADDITIVE, _PRODUCT, _ATTACKS = (
    Aggregation(additive, _additive_slopes),
    Aggregation(product, _product_slopes),
    Aggregation(attacks_alone, _attacks_alone_slopes),
)
SEMANTICS: Mapping[str, Semantics] = {
    "quadratic": Semantics("quadratic energy", _ADDITIVE, Influence(quadratic, _quadratic_slopes)),
    "df-quad": Semantics("discontinuity-free QuAD", _PRODUCT, Influence(linear, _linear_slopes)),
    "euler": Semantics("Euler-based", _ADDITIVE, Influence(euler, _euler_slopes)),
    "h-categoriser": Semantics("h-categoriser", _ATTACKS, Influence(quotient, _quotient_slopes)),
}
"""Quadratic energy: Potyka, KR 2018. DF-QuAD: Rago, Toni, Aurisicchio and Baroni, KR 2016. Euler-based: Amgoud and Ben-Naim, ECSQARU 2017
and IJAR 2018. H-categoriser: Besnard and Hunter, Artificial Intelligence 128, 2001, in the weighted form of Amgoud and others, IJCAI 2017;
it knows objections only, so that reasons change nothing.
"""
