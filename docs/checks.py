"""Hold every computation against another one on many cases: `python docs/checks.py [--cases FACTOR] [--only NAME]`.

Climbs all of `tests/ladder` and writes docs/checked.md: what was compared with what, on how many cases, how often the two differed. It
takes some ten minutes; with `--cases 0.1`, a tenth of the cases, one. Ends with 1 if anything differed.
"""

from __future__ import annotations

import argparse
import platform
import sys
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the ladder stands beside the tests, which are no package of ours

from tests.ladder.every import RUNGS  # noqa: E402 - found by the line above
from tests.ladder.rung import tally  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.ladder.rung import AnyRung, Tally

PAGE = ROOT / "docs" / "checked.md"
SHOWN = 3
"""So many disagreements of a rung are printed."""
HEAD = """\
# Checked

Each row compares two computations that come to the same result by different ways: an algorithm and the definition tried out word by word,
our solver and one of others, a debate and the same debate written otherwise, a number and the one that a paper prints. Where the two
differ one of them is wrong, and the row counts a disagreement. The tests compare all of it on fewer cases, with every change; this page was
written by `make checks`, which counted what stands here.

| rung | what is computed | held against | on | cases | disagreements |
|---|---|---|---|---|---|
"""
NOTES = """\
In brackets: how many of the cases were of a kind in which the two could well have differed. A random map, where nothing else is said, has
2 to 5 points, with linked premises, undercuts of reasons, objections and undercuts, rivals and circles of all sorts; a random graph 2 to 8
points with base scores. A random debate has up to 7 nodes of any kind and certainty, by three participants and the record, with loops,
linked premises, arguments, rival answers, restatements, strict steps, concessions and all other acts. The dice always fall the same.
What was compared on which case is in `tests/ladder/`, a function for each row.

What the rows do not say: that the definitions are the right ones (see [what would settle it](settling.md) and the page *What a verdict
does not say* of every site), or that a debate was mapped well. Which state a disagreement is in, and who owes the next word, is tested by
a thread for every way into it (`tests/test_disagreements.py`, `tests/test_because.py`); here it is only held against itself in other
words, files and company. Samples, which are right only within an error (swings, Shapley values of many), are tested in
`tests/test_settling.py` and `tests/test_gradual.py`.
"""


def row(rung: AnyRung, found: Tally) -> str:
    """A line of the table."""
    kinds = [f"{count:,} {kind}" for kind, count in sorted(found.seen.items()) if count]
    cases = f"{found.cases:,}" + (f" ({'; '.join(kinds)})" if kinds else "")
    return f"| {rung.name} | {rung.compared} | {rung.against} | {rung.on} | {cases} | {len(found.disagreements):,} |\n"


def foot(found: Sequence[Tally], factor: float, minutes: float) -> str:
    """What was run, when and on what."""
    cases, wrong = sum(f.cases for f in found), sum(len(f.disagreements) for f in found)
    with_cases = "" if factor == 1 else f" with `--cases {factor:g}`"
    packages = ", ".join(f"{name} {version(name)}" for name in ("clingo", "python-sat", "hypothesis"))
    return (
        f"\nAll in all: {cases:,} cases, {wrong:,} disagreements.\n\n{NOTES}\n"
        f"Run on {datetime.now(UTC):%Y-%m-%d}{with_cases}, in {minutes:.1f} minutes; Python {platform.python_version()}, {packages}.\n"
    )


def climb(rungs: Sequence[AnyRung], factor: float) -> list[Tally]:
    """Compare on every rung, and say so while it goes on."""
    found = []
    for rung in rungs:
        before = time.monotonic()
        one = tally(rung, max(1, round(rung.many * factor)))
        took = time.monotonic() - before
        sys.stdout.write(
            f"{rung.name:28}{one.cases:8,} cases {len(one.disagreements):6,} disagreements {took:7.1f} s\n"
        )
        sys.stdout.writelines(f"    {told}\n" for told in one.disagreements[:SHOWN])
        sys.stdout.flush()
        found.append(one)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Climb the ladder, and write down what it came to."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument(
        "--cases", type=float, default=1.0, metavar="FACTOR", help="so many times as many cases as usual"
    )
    parser.add_argument(
        "--only", choices=[rung.name for rung in RUNGS], metavar="NAME", help="one rung; nothing is written"
    )
    asked = parser.parse_args(arguments)
    if sys.flags.optimize:
        parser.error("without assertions (python -O) nothing is compared")
    if not asked.cases > 0:
        parser.error("--cases takes a number above 0")
    rungs = [rung for rung in RUNGS if asked.only in {None, rung.name}]
    before = time.monotonic()
    found = climb(rungs, asked.cases)
    if asked.only is None:
        rows = "".join(row(rung, one) for rung, one in zip(rungs, found, strict=True))
        PAGE.write_text(HEAD + rows + foot(found, asked.cases, (time.monotonic() - before) / 60), encoding="utf-8")
    return int(any(one.disagreements for one in found))


if __name__ == "__main__":
    sys.exit(main())
