"""Complete and stable labellings, found one after the other by a SAT solver.

An argument is in iff all its attackers are out, and out iff one of them is in (Caminada 2006, definition 5): those are the clauses.
Stable labellings leave nothing undecided. Needs the extra `[solve]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kb.finding import KbError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from kb.abstract.attacks import AttackGraph

Members = frozenset[int]
"""The arguments that are in, by number."""


class SatSolver(Protocol):
    """What is asked of a SAT solver."""

    def add_clause(self, clause: Sequence[int]) -> object:
        """One of these literals holds."""

    def set_phases(self, literals: Sequence[int]) -> object:
        """What to try first."""

    def solve(self, assumptions: Sequence[int]) -> bool:
        """Whether all can be true."""

    def get_model(self) -> Sequence[int]:
        """How, after they could."""


class LabellingSearch:
    """The complete labellings of a framework, or the stable ones."""

    def __init__(self, graph: AttackGraph, *, stable: bool) -> None:
        """Write the conditions down."""
        self._size = len(graph.names)
        self._solver = solver()
        self._switches = 2 * self._size
        for clause in _clauses(graph, stable=stable):
            self._solver.add_clause(clause)
        self._solver.set_phases(list(range(1, self._size + 1)))

    def find(
        self, inside: Iterable[int] = (), outside: Iterable[int] = (), switch: int | None = None
    ) -> Members | None:
        """A labelling with these arguments in, and those not; None if there is none."""
        assumptions = [_in(number) for number in inside]
        assumptions += [-_in(number) for number in outside]
        assumptions += [] if switch is None else [switch]
        if not self._solver.solve(assumptions=assumptions):
            return None
        return frozenset(literal - 1 for literal in self._solver.get_model()[: self._size] if literal > 0)

    def grow(self, members: Members) -> Members:
        """A largest labelling that has all these arguments in."""
        while (larger := self.find_beyond(members, inside=members)) is not None:
            members = larger
        return members

    def find_beyond(self, members: Members, inside: Iterable[int] = ()) -> Members | None:
        """A labelling that has some other argument in than `members`, and those `inside`."""
        self._switches += 1
        self._solver.add_clause([-self._switches, *map(_in, self._others(members))])
        larger = self.find(inside, switch=self._switches)
        self._solver.add_clause([-self._switches])
        return larger

    def forbid(self, members: Members) -> None:
        """Find this one no more."""
        self._solver.add_clause([*(-_in(n) for n in sorted(members)), *map(_in, self._others(members))])

    def forbid_within(self, members: Members) -> None:
        """Find nothing more that has no other argument in than these."""
        self._solver.add_clause(list(map(_in, self._others(members))))

    def _others(self, members: Collection[int]) -> list[int]:
        return [number for number in range(self._size) if number not in members]


def _in(number: int) -> int:
    return number + 1


def _clauses(graph: AttackGraph, *, stable: bool) -> Iterator[list[int]]:
    """What must hold of the labels; variables run from 1, first for *in*, then for *out*."""
    size = len(graph.names)
    for number, attackers in enumerate(graph.attackers):
        accepted, rejected = number + 1, size + number + 1
        yield [-accepted, -rejected]
        yield [accepted, *(-(size + a + 1) for a in attackers)]
        yield [-rejected, *(a + 1 for a in attackers)]
        for attacker in attackers:
            yield [-accepted, size + attacker + 1]
            yield [rejected, -(attacker + 1)]
        if stable:
            yield [accepted, rejected]


def solver() -> SatSolver:
    """A fresh solver. Raises `KbError`, saying what to install, if there is none."""
    try:
        from pysat.solvers import Solver  # noqa: PLC0415 - most questions need no solver
    except ImportError as error:
        message = "what the grounded labelling leaves undecided takes a SAT solver: `pip install 'argument-kb[solve]'`"
        raise KbError(message) from error
    made: SatSolver = Solver(name="glucose4")
    return made
