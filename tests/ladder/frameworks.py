"""Arguments and attacks alone: the definitions word by word, and an answer set solver, against what `kb solve` answers."""

from __future__ import annotations

import itertools
import random
from typing import TYPE_CHECKING

import clingo

from kb.abstract import grounded
from kb.abstract.attacks import IN, AttackGraph, attack_graph
from kb.abstract.extensions import SEMANTICS, Extensions
from kb.abstract.notation import write
from kb.abstract.tasks import answer
from tests.ladder.rung import Rung, Seen

if TYPE_CHECKING:
    from collections.abc import Iterator

Sets = set[frozenset[int]]


# -- the definitions, read word by word ------------------------------------------------------------------------


def by_definition(found: AttackGraph) -> dict[str, Sets]:
    """The extensions under each semantics (Dung 1995), by looking at every set of arguments."""
    size = len(found.names)
    pairs = {(a, target) for target, attackers in enumerate(found.attackers) for a in attackers}
    complete: Sets = set()
    stable: Sets = set()
    for count in range(size + 1):
        for chosen in map(frozenset, itertools.combinations(range(size), count)):
            if any((a, b) in pairs for a in chosen for b in chosen):
                continue
            attacked = {b for a, b in pairs if a in chosen}
            defended = {x for x in range(size) if all(a in attacked for a, b in pairs if b == x)}
            if defended == chosen:
                complete.add(chosen)
            if attacked == set(range(size)) - chosen:
                stable.add(chosen)
    preferred = {s for s in complete if not any(s < other for other in complete)}
    return {"GR": {min(complete, key=len)}, "CO": complete, "PR": preferred, "ST": stable}


def check_extensions(found: AttackGraph) -> Seen:
    """Compare all answers about a framework with the definitions."""
    by_semantics = by_definition(found)
    for semantics, expected in by_semantics.items():
        extensions = Extensions(found, semantics)
        listed = list(extensions.every())
        assert set(listed) == expected, (found, semantics)
        assert extensions.count() == len(listed) == len(expected)
        accepted = (frozenset().union(*expected), frozenset.intersection(*expected)) if expected else None
        assert extensions.accepted() == accepted, (found, semantics)
        one = extensions.one()
        assert one in expected if expected else one is None
        for number in range(len(found.names)):
            having = {e for e in expected if number in e}
            with_it, without = extensions.with_(number), extensions.without(number)
            assert with_it in having if having else with_it is None, (found, semantics, number)
            assert without in expected - having if expected - having else without is None, (found, semantics, number)
    return Seen({"with several complete extensions": len(by_semantics["CO"]) > 1})


def check_answers(found: AttackGraph) -> Seen:
    """Compare what is printed for every task, of every argument, with the definitions."""
    several = 0
    for semantics, expected in by_definition(found).items():
        told = {"w" + "".join(f" {found.names[n]}" for n in sorted(e)) for e in expected}
        several += len(told) > 1
        assert answer(found, f"CE-{semantics}", None) == f"{len(told)}\n"
        listed = answer(found, f"EE-{semantics}", None).splitlines()
        assert set(listed) == told
        assert len(listed) == len(told)
        assert answer(found, f"SE-{semantics}", None).rstrip("\n") in (told or {"NO"})
        for name in found.names:
            having = {line for line in told if name in line.split()}
            credulous = answer(found, f"DC-{semantics}", name).splitlines()
            assert credulous[0] == ("YES" if having else "NO")
            assert credulous[1:] == [] if not having else credulous[1] in having
            sceptical = answer(found, f"DS-{semantics}", name).splitlines()
            assert sceptical[0] == ("NO" if told - having else "YES")
            assert sceptical[1:] == [] if told == having else sceptical[1] in told - having
    return Seen({"with several extensions under some semantics": several > 0})


def all_of(size: int) -> Iterator[AttackGraph]:
    """Every framework with so many arguments."""
    pairs = [(attacker, target) for attacker in range(size) for target in range(size)]
    for chosen in itertools.product([False, True], repeat=len(pairs)):
        yield attack_graph([str(n + 1) for n in range(size)], itertools.compress(pairs, chosen))


def small(most: int) -> Iterator[AttackGraph]:
    """Every framework with up to so many arguments."""
    return itertools.chain.from_iterable(all_of(size) for size in range(most + 1))


def some(count: int, least: int = 4, most: int = 8) -> Iterator[AttackGraph]:
    """Frameworks drawn at random, most of them with circles, some with arguments that attack themselves."""
    dice = random.Random(4)
    for _ in range(count):
        size = dice.randrange(least, most + 1)
        pairs = [(dice.randrange(size), dice.randrange(size)) for _ in range(dice.randrange(size, 2 * size + 1))]
        yield attack_graph([str(n + 1) for n in range(size)], pairs)


EVERY_SMALL = Rung(
    "every-small-framework",
    "extensions (grounded, complete, preferred, stable): some, all, how many, with and without each argument",
    "the definitions, by looking at every set of arguments",
    "every framework of up to 4 arguments",
    lambda count: itertools.islice(small(4), count),
    check_extensions,
    1 + 2 + 2**4 + 2**9 + 2**16,
)
LARGER = Rung(
    "random-frameworks",
    "the same extensions",
    "the definitions, by looking at every set of arguments",
    "random frameworks of 4 to 8 arguments",
    some,
    check_extensions,
    10_000,
)
TASKS_ANSWERED = Rung(
    "tasks",
    "what `kb solve` prints for all 20 tasks, asked of each argument",
    "the definitions, by looking at every set of arguments",
    "every framework of up to 3 arguments, then random ones of 4 and 5",
    lambda count: itertools.islice(itertools.chain(small(3), some(count, most=5)), count),
    check_answers,
    5_000,
)


# -- an answer set solver --------------------------------------------------------------------------------------

COMPLETE = """
{ in(X) : arg(X) }.
out(X) :- att(Y,X), in(Y).
undefended(X) :- att(Y,X), not out(Y).
:- in(X), out(X).
:- arg(X), in(X), undefended(X).
:- arg(X), not in(X), not undefended(X).
"""
"""Free of conflict, and equal to what it defends (Dung 1995, definition 23)."""
STABLE = "in(X) :- arg(X), not out(X). out(X) :- att(Y,X), in(Y)."
"""Everything that no argument inside attacks is inside (Dung 1995, definition 13)."""


def models(found: AttackGraph, program: str) -> Sets:
    """The arguments that are in, for each answer set."""
    number = {name: n for n, name in enumerate(found.names)}
    control = clingo.Control(["--models=0", "--warn=none"])
    control.add("base", [], write(found, "apx") + program)
    control.ground([("base", [])])
    with control.solve(yield_=True) as handle:
        return {
            frozenset(number[str(atom.arguments[0])] for atom in model.symbols(atoms=True) if atom.name == "in")
            for model in handle
        }


def like_debates(count: int) -> Iterator[AttackGraph]:
    """Frameworks as debates make them: answers to answers, some of them mutual, and a few cross attacks."""
    dice = random.Random(11)
    for _ in range(count):
        size = dice.randrange(9, 31)
        pairs = [(number, dice.randrange(number)) for number in range(1, size)]
        pairs += [(target, attacker) for attacker, target in dice.sample(pairs, size // 4)]
        pairs += [(dice.randrange(size), dice.randrange(size)) for _ in range(size // 4)]
        yield attack_graph([f"a{number}" for number in range(size)], pairs)


def check_solvers(found: AttackGraph) -> Seen:
    """Compare all extensions, and the grounded labels, with the answer sets."""
    complete, stable = models(found, COMPLETE), models(found, STABLE)
    preferred = {e for e in complete if not any(e < other for other in complete)}
    least = frozenset.intersection(*complete)
    expected = {"GR": {least} & complete, "CO": complete, "PR": preferred, "ST": stable}
    assert list(expected) == list(SEMANTICS)
    for semantics, sets in expected.items():
        assert set(Extensions(found, semantics).every()) == sets, (found, semantics)
        accepted = (frozenset().union(*sets), frozenset.intersection(*sets)) if sets else None
        assert Extensions(found, semantics).accepted() == accepted, (found, semantics)
    assert {n for n, label in enumerate(grounded.label(found)) if label == IN} == least
    return Seen({"with several complete extensions": len(complete) > 1})


LIKE_DEBATES = Rung(
    "clingo",
    "all extensions by a SAT solver, the grounded labels by counting",
    "clingo, from the definitions in six lines",
    "random frameworks of 9 to 30 arguments, as debates make them",
    like_debates,
    check_solvers,
    5_000,
)
RUNGS = (EVERY_SMALL, LARGER, TASKS_ANSWERED, LIKE_DEBATES)
