"""What a comparison is: cases, and a check that fails where two computations of the same thing differ."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Case = TypeVar("Case")
Seen = Counter[str]
"""What the cases were like: by kind, how many there were in which the two could have differed at all."""


@dataclass(frozen=True)
class Rung(Generic[Case]):
    """One comparison, for the tests with few cases and for `docs/checks.py` with many."""

    name: str
    compared: str
    """What the tool computes, in plain words."""
    against: str
    """The other way to the same result."""
    on: str
    """What the cases are, in plain words."""
    cases: Callable[[int], Iterable[Case]]
    """Makes so many cases, always the same ones; fewer if there are no more."""
    check: Callable[[Case], Mapping[str, int] | None]
    """Raises `AssertionError` if the two differ; returns what the case was like."""
    many: int
    """How many cases `docs/checks.py` takes."""


AnyRung = Rung[Any]


@dataclass
class Tally:
    """The result of a run over many cases."""

    cases: int
    seen: Seen
    disagreements: list[str]


def agree(rung: Rung[Case], count: int) -> Seen:
    """Compare on so many cases, and stop at the first disagreement."""
    return agree_on(rung.check, rung.cases(count))


def agree_on(check: Callable[[Case], Mapping[str, int] | None], cases: Iterable[Case]) -> Seen:
    """Compare on these cases; returns what they were like, and under `cases` how many there were."""
    seen: Seen = Counter()
    for case in cases:
        seen.update(check(case) or {})
        seen["cases"] += 1
    return seen


def tally(rung: Rung[Case], count: int) -> Tally:
    """Compare on so many cases, and go on after a disagreement."""
    found = Tally(0, Counter(), [])
    for case in islice(rung.cases(count), count):
        found.cases += 1
        try:
            found.seen.update(rung.check(case) or {})
        except Exception as error:  # noqa: BLE001 - who crashes gives no answer, where the other gave one
            found.disagreements.append(f"{case}\n{type(error).__name__}: {error}")
    return found
