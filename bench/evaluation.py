"""How fast evaluation is: `python bench/evaluation.py [--sizes 10000 100000] [--beside] [--tools FOLDER]`.

Made-up debates, as points and steps in memory, of each size: processor time of the grounded labelling beside one pass over the edges in
plain Python (each point looks once at the label of every premise and undercut of each step to it), of all single flips, of the
preferred semantics for all arguments at once, and of the smallest settling sets of the theses. With `--beside`, the tasks of solvers on the
same abstract frameworks, each tool as a process of its own: pygarg and python-argumentation, installed when first asked for, and clingo.
"""

from __future__ import annotations

import argparse
import gc
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from frameworks import debate_like
from run import HERE, KB, ROOT, measure

sys.path.insert(0, str(ROOT))
from kb.abstract.extensions import Extensions
from kb.abstract.flattening import flatten
from kb.abstract.notation import write
from kb.semantics import grounded
from kb.settling.conditions import Conditions
from kb.settling.flips import shifts
from kb.settling.sets import settling_set
from kb.standing.framework import NO, YES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kb.standing.framework import Framework

Result = TypeVar("Result")
RUNS = 3
BARS = {"grounded": (1.0, 3.0), "all single flips": (5.0, None), "preferred, all arguments": (1.0, None)}
"""The most seconds, and the most times one pass over the edges, for a hundred thousand points."""
SETTLING_BAR = 1.0
LARGE = 100_000


class Figure(NamedTuple):
    """A line of the table: what was measured, how long it took, and its result."""

    what: str
    seconds: float
    said: str = ""


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """The least processor time of several runs, and the result."""
    best, result = float("inf"), None
    for _ in range(RUNS):
        gc.collect()
        start = time.process_time()
        result = work()
        best = min(best, time.process_time() - start)
    assert result is not None
    return best, result


def one_pass(frame: Framework) -> int:
    """Look at every edge once, from the point on which it bears."""
    points, steps, seen = ["?"] * len(frame.points), ["?"] * len(frame.steps), 0
    for point in frame.points:
        for number in point.attacks:
            seen += sum([points[premise] == "?" for premise in frame.steps[number].premises])
            seen += sum([steps[undercut] == "?" for undercut in frame.steps[number].undercuts])
        for number in point.supports:
            seen += sum([points[premise] == "?" for premise in frame.steps[number].premises])
            seen += sum([steps[undercut] == "?" for undercut in frame.steps[number].undercuts])
    return seen


def figures(size: int) -> Iterator[Figure]:
    """Everything that is measured in one process."""
    frame, unsettled = debate_like(size)
    floor, edges = timed(lambda: one_pass(frame))
    yield Figure("one pass over the edges", floor, f"{edges} edges")
    seconds, labels = timed(lambda: grounded.label(frame))
    yield Figure("grounded", seconds, f"{seconds / floor:.1f} x the pass")
    careful = grounded.label(frame, unsettled)

    def all_flips() -> int:
        found = Conditions(frame, careful, unsettled)
        return sum(len(shift.changes or ()) for shift in shifts(found))

    seconds, changes = timed(all_flips)
    yield Figure("all single flips", seconds, f"{len(unsettled)} leaves, {changes} changes")
    seconds, found = timed(lambda: flatten(frame))
    yield Figure("as an abstract framework", seconds, f"{len(found.names)} arguments")
    seconds, accepted = timed(lambda: Extensions(found, "PR").accepted())
    some, every = accepted or ((), ())
    open_still = labels.points.count("undecided")
    yield Figure(
        "preferred, all arguments", seconds, f"{len(some)} in some, {len(every)} in all; {open_still} points open"
    )
    yield from settled(Conditions(frame, careful, unsettled))


def settled(found: Conditions) -> Iterator[Figure]:
    """Find the smallest settling sets of the points with most below them."""
    theses = [point for point in found.points if point < 30]
    times = []
    for thesis in theses:
        start = time.process_time()
        for label in (YES, NO):
            settling_set(found, thesis, label)
        times.append(time.process_time() - start)
    if times:
        yield Figure("settling sets, a thesis", max(times), f"slowest of {len(times)}, both ways")


def mark(size: int, figure: Figure, floor: float) -> str:
    """The mark that says whether a bar is held."""
    if size != LARGE:
        return ""
    if figure.what.startswith("settling"):
        return "ok" if figure.seconds <= SETTLING_BAR else "MISSED"
    if figure.what not in BARS:
        return ""
    seconds, floors = BARS[figure.what]
    held = figure.seconds <= seconds and (floors is None or figure.seconds <= floors * floor)
    return "ok" if held else "MISSED"


# -- beside others -----------------------------------------------------------------------------------------------------

PYARG = """
import re, sys
from py_arg.abstract_argumentation_classes.abstract_argumentation_framework import AbstractArgumentationFramework
from py_arg.abstract_argumentation_classes.argument import Argument
from py_arg.abstract_argumentation_classes.defeat import Defeat
from py_arg.algorithms.semantics.get_{name} import get_{name}
text = open(sys.argv[1]).read()
made = {{n: Argument(n) for n in re.findall(r"arg\\((\\w+)\\)", text)}}
defeats = [Defeat(made[a], made[b]) for a, b in re.findall(r"att\\((\\w+),(\\w+)\\)", text)]
found = get_{name}(AbstractArgumentationFramework("", list(made.values()), defeats))
print(len(found))
"""
CLINGO = """
import sys, clingo
control = clingo.Control(["0", "--heuristic=Domain", "--enum-mode=domRec", "--warn=none"])
control.load(sys.argv[1])
control.add("base", [], "{in(X)} :- arg(X). :- in(X), in(Y), att(X,Y). hit(X) :- in(Y), att(Y,X)."
    " :- in(X), att(Y,X), not hit(Y). :- arg(X), not in(X), hit(Y) : att(Y,X). #heuristic in(X) : arg(X). [1,true]")
control.ground([("base", [])])
print(sum(1 for _ in control.solve(yield_=True)))
"""
"""Complete sets, those largest by inclusion: the preferred extensions."""
TASKS = ((20, "SE-GR"), (20, "EE-PR"), (60, "SE-GR"), (60, "EE-PR"), (600, "SE-GR"), (600, "EE-PR"))
PATIENCE = 20
NAMES = {"SE-GR": "grounded_extension", "EE-PR": "preferred_extensions"}


def beside(tools: Path) -> None:
    """Run the tasks of solvers, each tool in a process of its own; a task that takes too long is given up."""
    python = installed(tools)
    print(
        f"\n{'arguments':>10} {'task':<7}{'kb solve':>10}{'pygarg':>10}{'PyArg':>10}{'clingo':>10}   CPU s, start-up included"
    )
    for size, task in TASKS:
        with tempfile.TemporaryDirectory(prefix="kb-solve-") as made:
            file = Path(made) / "debate.apx"
            found = flatten(debate_like(size)[0])
            file.write_text(write(found, "apx"), encoding="utf-8")
            script = PYARG.format(name=NAMES[task])
            others = [
                (str(python), "-m", "pygarg", "-p", task, "-fo", "apx", "-f", str(file)),
                (str(python), "-c", script, str(file)),
                (sys.executable, "-c", CLINGO, str(file)) if task == "EE-PR" else (),
            ]
            ours = measure(*KB, "solve", str(file), "-p", task).cpu
            costs = "".join(f"{cost(command):>10}" for command in others)
            print(f"{len(found.names):>10} {task:<7}{ours:>10.2f}{costs}", flush=True)


def cost(command: tuple[str, ...]) -> str:
    """Seconds of processor time; a dash if it was not measured, or there is none."""
    if not command:
        return "-"
    try:
        subprocess.run(command, capture_output=True, timeout=PATIENCE, check=True)
    except subprocess.TimeoutExpired:
        return f"> {PATIENCE}"
    except (subprocess.CalledProcessError, OSError):
        return "-"
    return f"{measure(*command, runs=1).cpu:.2f}"


def installed(tools: Path) -> Path:
    """An environment in which the other solvers are installed."""
    home = tools / "solvers"
    if not (home / ".ready").exists():
        print("installing pygarg and python-argumentation …", file=sys.stderr)
        venv.create(home, with_pip=True, clear=True)
        wanted = ("pygarg", "python-sat", "python-argumentation")
        subprocess.run(
            [home / "bin" / "python", "-m", "pip", "install", "-q", *wanted], capture_output=True, check=True
        )
        (home / ".ready").touch()
    return home / "bin" / "python"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, LARGE], metavar="N")
    parser.add_argument("--beside", action="store_true")
    parser.add_argument("--tools", type=Path, default=HERE / ".tools", metavar="FOLDER")
    options = parser.parse_args()
    for size in options.sizes:
        print(f"{size} points, Python {sys.version.split()[0]}")
        floor = 0.0
        for figure in figures(size):
            floor = floor or figure.seconds
            print(
                f"  {figure.what:<28}{figure.seconds:>8.3f} s  {figure.said:<52}{mark(size, figure, floor)}".rstrip(),
                flush=True,
            )
    if options.beside:
        beside(options.tools)


if __name__ == "__main__":
    main()
