"""The extensions of frameworks too large to try every set, as an answer set solver finds them from four lines of the definitions."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import clingo

from kb.abstract.attacks import Attacks, attacks
from kb.abstract.extensions import Extensions
from kb.abstract.flattening import flattened
from kb.abstract.notation import write
from kb.semantics import grounded
from kb.standing.framework import YES
from tests.test_flattening import drawn

if TYPE_CHECKING:
    from collections.abc import Iterator

COMPLETE = """
{ in(X) : arg(X) }.
out(X) :- att(Y,X), in(Y).
undefended(X) :- att(Y,X), not out(Y).
:- in(X), out(X).
:- arg(X), in(X), undefended(X).
:- arg(X), not in(X), not undefended(X).
"""
"""Without conflict, and just what is defended (Dung 1995, definition 23)."""
STABLE = "in(X) :- arg(X), not out(X). out(X) :- att(Y,X), in(Y)."
"""What is not attacked from within is within (Dung 1995, definition 13)."""


def models(found: Attacks, program: str) -> set[frozenset[int]]:
    """What is in, in each answer set."""
    number = {name: n for n, name in enumerate(found.names)}
    control = clingo.Control(["--models=0", "--warn=none"])
    control.add("base", [], write(found, "apx") + program)
    control.ground([("base", [])])
    with control.solve(yield_=True) as handle:
        return {
            frozenset(number[str(atom.arguments[0])] for atom in model.symbols(atoms=True) if atom.name == "in")
            for model in handle
        }


def some(count: int) -> Iterator[Attacks]:
    """Frameworks as debates make them: answers to answers, some of them mutual, and a few cross attacks."""
    dice = random.Random(11)
    for _ in range(count):
        size = dice.randrange(9, 31)
        pairs = [(number, dice.randrange(number)) for number in range(1, size)]
        pairs += [(target, attacker) for attacker, target in dice.sample(pairs, size // 4)]
        pairs += [(dice.randrange(size), dice.randrange(size)) for _ in range(size // 4)]
        yield attacks([f"a{number}" for number in range(size)], pairs)


def check(found: Attacks) -> int:
    """Compare all extensions; how many there are."""
    complete = models(found, COMPLETE)
    assert set(Extensions(found, "CO").every()) == complete
    assert set(Extensions(found, "PR").every()) == {e for e in complete if not any(e < other for other in complete)}
    assert set(Extensions(found, "ST").every()) == models(found, STABLE)
    for semantics in ("CO", "PR", "ST"):
        every = set(Extensions(found, semantics).every())
        both = (frozenset().union(*every), frozenset.intersection(*every)) if every else None
        assert Extensions(found, semantics).accepted() == both
    assert set(Extensions(found, "GR").every()) == {frozenset.intersection(*complete)} & complete
    return len(complete)


def test_frameworks_like_debates_have_the_extensions_that_clingo_finds() -> None:
    assert sum(check(found) > 1 for found in some(400)) > 200


def test_maps_have_the_extensions_and_the_grounded_labels_that_clingo_finds() -> None:
    several = 0
    for frame in drawn(600):
        found = flattened(frame)
        several += check(found) > 1
        size = len(frame.points)
        least = min(models(found, COMPLETE), key=len)
        points = grounded.label(frame).points
        assert {n for n in least if n < size} == {n for n, label in enumerate(points) if label == YES}
    assert several > 50
