"""The fewest choices from which a goal follows: MaxSAT, circles forbidden as they turn up. Needs the extra `[solve]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.finding import KbError
from kb.settling.clauses import ClauseSet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.settling.conditions import Conditions

MISSING = "the smallest sets of points that would settle it take a solver: `pip install 'argument-kb[solve]'`"


def smallest_set(conditions: Conditions, goal: int, free: Iterable[int], held: Iterable[int] = ()) -> list[int] | None:
    """The fewest free literals that a goal follows from, contradicting neither each other nor those held; None if there are none."""
    try:
        from pysat.examples.rc2 import RC2  # noqa: PLC0415 - only the harder cases need it
        from pysat.formula import WCNF  # noqa: PLC0415
    except ImportError as error:
        raise KbError(MISSING) from error
    clauses = ClauseSet(conditions, [goal, *held], free)
    formula = WCNF()
    formula.extend([*clauses.conditions(), [clauses.variable(goal)]])
    formula.extend([[-variable] for variable in clauses.choices.values()], weights=[1] * len(clauses.choices))
    with RC2(formula) as solver:
        while (model := solver.compute()) is not None:
            chosen = clauses.chosen(model)
            assumed = conditions.assume(chosen)
            loop_clauses = clauses.loop_clauses(model)
            conditions.undo(assumed)
            if not loop_clauses:
                return chosen
            for clause in loop_clauses:
                solver.add_clause(clause)
    return None
