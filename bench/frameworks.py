"""Made-up debates as points and steps, for measuring evaluation without reading files; the same size gives the same debate.

A tree of reasons and objections that grows at random from ten theses, with linked premises, undercuts, cross-links and contradictions
in the proportions of the debate that ships with the tool; three leaves in ten are unsettled.
"""

from __future__ import annotations

import random

from kb.standing.framework import NO, YES, Framework, Point, Step

_THESES = 10
_LINKED, _UNDERCUTS, _CROSS, _RIVALS, _UNSETTLED = 0.1, 0.12, 0.06, 0.02, 0.3


def debate_like(size: int, seed: int = 1) -> tuple[Framework, list[int]]:
    """A framework of `size` points, and those points that are unsettled leaves."""
    dice = random.Random(seed)
    frame = Framework([Point(f"p{n}", YES) for n in range(size)], [], [], {}, {}, frozenset())
    frame.index.update((point.id, number) for number, point in enumerate(frame.points))
    made_by: dict[int, int] = {}
    for number in range(_THESES, size):
        target = dice.randrange(number)
        if target in made_by and dice.random() < _UNDERCUTS:
            _add(frame, (number,), -1, against=True, denies=made_by[target])
            continue
        linked = (dice.randrange(target + 1, number),) if target + 1 < number and dice.random() < _LINKED else ()
        made_by[number] = _add(frame, (number, *linked), target, against=dice.random() < 0.5)
        if dice.random() < _CROSS:
            _add(frame, (number,), dice.randrange(number), against=dice.random() < 0.5)
        if dice.random() < _RIVALS:
            other = dice.randrange(number)
            _add(frame, (number,), other, against=True)
            _add(frame, (other,), number, against=True)
    for point in frame.points:
        if point.supports:
            point.basis = NO
    leaves = [number for number, point in enumerate(frame.points) if point.basis == YES]
    return frame, [leaf for leaf in leaves if dice.random() < _UNSETTLED]


def _add(frame: Framework, premises: tuple[int, ...], target: int, *, against: bool, denies: int | None = None) -> int:
    number = len(frame.steps)
    frame.steps.append(Step(number, premises, target, against, [], denies))
    if denies is not None:
        frame.steps[denies].undercuts.append(number)
    else:
        point = frame.points[target]
        (point.attacks if against else point.supports).append(number)
    return number
