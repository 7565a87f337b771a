"""How fast and how large: `python bench/run.py [--sizes 1000 10000 100000] [--without build]`.

One run makes debates of several sizes and prints, for lint, query and build, the processor time (user and system, of a fresh process,
start-up included, the least of several runs) and the peak memory, beside the floor measured in the same run: reading every byte, filling
and writing as many pages, starting up and asking for the state of every file. Compare ratios: unlike seconds, they hold on any machine.

All files stay until the end: some file systems (ext4) take several times as long for a new file in the minutes after many were removed.
So leave some minutes between two runs, or make the files in memory (`TMPDIR=/dev/shm`).
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PYTHON = (sys.executable, "-X", "utf8")
KB = (*PYTHON, "-m", "kb")
MIB_OF_MAXRSS = 1 / 1024 if sys.platform != "darwin" else 1 / 1024 / 1024


class Cost(NamedTuple):
    """What a process cost."""

    cpu: float
    mib: float


class Bar(NamedTuple):
    """What a figure must not exceed; None if there is no limit."""

    cpu: float | None = None
    mib: float | None = None
    floors: float | None = None
    growth: float | None = None


class Row(NamedTuple):
    """A measured line of the table."""

    nodes: int
    what: str
    cost: Cost
    floor: Cost | None
    growth: float | None
    bar: Bar


EDITS: dict[str, Callable[[str], str]] = {
    "a note": lambda text: text + "note: Looked at again.\n",
    "a text": lambda text: text.replace("  The ", "  Once more the ", 1),
    "a weight": lambda text: re.sub("\nattacks: (.+)", r"\nattacks:\n  - to: \1\n    weight: 0.5", text),
    "a relation": lambda text: text.replace("kind: objection", "kind: reply").replace("\nattacks:", "\nqualifies:"),
}
"""What an editor may change in a file: what rules do not read, what few of them read, and what most of them do; the last turns verdicts."""
NEW = "kind: objection\ntext: >-\n  Nobody who lives in district 9 asked for that.\nattacks: {}\n"
"""A point that an editor may add, with what it attacks."""
LETTERS: dict[str, Callable[[str], str]] = {
    **EDITS,
    "half a field": lambda text: text + "not",
    "no target": lambda text: re.sub("\nattacks: ", "\nattacks: not-", text),
}
"""What somebody types: also what leaves a file broken, or a name that leads nowhere, until the next letter."""
BARS = {
    ("lint", 10_000): Bar(cpu=1.5, mib=120, floors=12),
    ("lint again", 10_000): Bar(cpu=0.4, floors=3),
    **{(f"lint, {what} edited", 10_000): Bar(cpu=0.4, floors=3) for what in EDITS},
    **{(f"keystroke, {what}", 10_000): Bar(cpu=0.15) for what in LETTERS},
    ("lint", 100_000): Bar(growth=12),
    ("build", 10_000): Bar(cpu=9, growth=12),
    ("build", 100_000): Bar(mib=700, growth=12),
    ("build after one edit", 10_000): Bar(cpu=1),
    **{(f"build, {what} edited", 10_000): Bar(cpu=1) for what in EDITS},
    ("build, a point added", 10_000): Bar(cpu=1),
}
"""The limits, by what is measured and on how many nodes."""
QUERY_BAR, HELP_BAR = Bar(cpu=0.3), Bar(cpu=0.1)
MOST_EDITED = 10_000
"""With more nodes than this there is no limit for a run after an edit."""
TYPED = 20
"""How many letters are typed to find the cost of one."""
PAGE_BAR, LARGEST_BAR = 10_000, 100_000
"""The most bytes that pages may have on average, and that any page may have."""


def measure(*command: str, runs: int = 1, cwd: Path = ROOT) -> Cost:
    """The least that a command cost in several runs; if it fails, the benchmark ends and says why."""
    return min(_once(command, cwd) for _ in range(runs))


def _once(command: tuple[str, ...], cwd: Path) -> Cost:
    with tempfile.TemporaryFile() as output:
        child = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, cwd=cwd, env=environment())
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            output.seek(0)
            tail = output.read()[-2000:].decode(errors="replace")
            sys.exit(f"{' '.join(command)} ended with {child.returncode}:\n{tail}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * MIB_OF_MAXRSS)


def environment() -> dict[str, str]:
    """The environment of a user's shell, in which this package is found and Python keeps compiled modules."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    return {**kept, "PYTHONPATH": str(ROOT)}


def floor(*arguments: str, runs: int = 1) -> Cost:
    """What the simplest program for a task costs."""
    return measure(*PYTHON, str(HERE / "floors.py"), *arguments, runs=runs)


def pages(site: Path) -> tuple[int, int, int]:
    """The number of pages, their bytes, and the bytes of the largest."""
    sizes = [entry.stat().st_size for entry in site.rglob("*.html")]
    return len(sizes), sum(sizes), max(sizes)


def objection(folder: Path, number: int) -> Path:
    """The file of an objection that nobody undercuts, so that no other relation depends on the one that is changed."""
    texts = {path: path.read_text() for path in sorted((folder / "claims/topic-0").iterdir())}
    undercut = set(re.findall(r"undercuts: (\S+) ->", "".join(texts.values())))
    return [path for path, text in texts.items() if "\nattacks:" in text and path.stem not in undercut][number]


def turns(nodes: int, most: int) -> int:
    """How often each kind of edit is made: a small debate has few objections."""
    return max(1, min(most, nodes // 100))


def edit(folder: Path, what: str, number: int) -> None:
    """Change one file, as an editor would."""
    found = objection(folder, number)
    found.write_text(EDITS[what](found.read_text()))


class Bench:
    """Measures size after size and keeps the rows."""

    def __init__(self, folder: Path, without: frozenset[str]) -> None:
        """Work below `folder`, leaving out some measures."""
        self.folder = folder
        self.without = without
        self.rows: list[Row] = []

    def add(self, nodes: int, what: str, cost: Cost, beside: Cost | None, bar: Bar | None = None) -> None:
        """Keep a row and print it, with its growth since the size before."""
        before = [row for row in self.rows if row.what == what and row.nodes < nodes]
        growth = cost.cpu / max(before[-1].cost.cpu, 0.001) if before else None
        row = Row(nodes, what, cost, beside, growth, bar or BARS.get((what, nodes), Bar()))
        self.rows.append(row)
        print(line(row), flush=True)

    def shipped(self) -> None:
        """Measure the questions that people ask most, on the debate that comes with the tool."""
        measure(*KB, "list", runs=1)  # compiles
        start = measure(*PYTHON, "-c", "pass", runs=5)
        self.add(0, "kb --help", measure(*KB, "--help", runs=5), start, HELP_BAR)
        first = subprocess.run([*KB, "list", "--format", "csv"], capture_output=True, text=True, check=True, cwd=ROOT)
        node = first.stdout.splitlines()[1].partition(",")[0]
        main, (one, other) = "does-the-predictor-become-an-agent", ("shoggoth-p1", "lenivchick")
        queries = (
            *("list", "open", f"show {node}", f"why {node}", "coverage", "participants", "terms", "stats"),
            *(f"cruxes {main}", "robust", f"compare {one} {other}", f"what-if {node}=out", f"strength {node}"),
        )
        for query in queries:
            shown = f"kb {query.split()[0]}"
            self.add(0, shown, measure(*KB, *query.split(), runs=3), start, QUERY_BAR)

    def size(self, nodes: int) -> None:
        """Measure everything for one size."""
        folder = self.folder / str(nodes)
        measure(*PYTHON, str(HERE / "debates.py"), str(nodes), str(folder))
        runs = 3 if nodes <= 10_000 else 1
        kb = (*KB, "-C", str(folder))
        read = floor("read", str(folder), runs=2 * runs)
        if "lint" not in self.without:
            self.add(nodes, "lint", measure(*kb, "lint", "--no-cache", runs=runs), read)
            if nodes <= MOST_EDITED:
                self.again(nodes, folder, kb)
        if "typing" not in self.without and nodes <= MOST_EDITED:
            self.typing(nodes, folder, read)
        if "query" not in self.without:
            self.add(nodes, "query", measure(*kb, "open", "--format", "json", runs=runs), read)
        if "build" not in self.without:
            self.build(nodes, folder, kb)

    def again(self, nodes: int, folder: Path, kb: tuple[str, ...]) -> None:
        """Measure a run that remembers, the next one, and runs after edits, beside starting up and asking for the state of every file."""
        start, look = measure(*KB, "--help", runs=5), floor("stat", str(folder), runs=5)
        beside = Cost(start.cpu + look.cpu, max(start.mib, look.mib))
        self.add(nodes, "lint, remembering", measure(*kb, "lint"), beside)
        self.add(nodes, "lint again", measure(*kb, "lint", runs=3), beside)
        self.edited(nodes, folder, (*kb, "lint"), beside, range(len(EDITS) * turns(nodes, 3)))

    def edited(self, nodes: int, folder: Path, command: tuple[str, ...], beside: Cost, chosen: Sequence[int]) -> None:
        """By kind of edit the least that a command costs after edits of several objections, as many for each kind."""
        runs = len(chosen) // len(EDITS)
        for kind, what in enumerate(EDITS):
            costs = []
            for number in chosen[kind * runs : (kind + 1) * runs]:
                edit(folder, what, number)
                costs.append(measure(*command))
            self.add(nodes, f"{command[-1]}, {what} edited", min(costs), beside)

    def typing(self, nodes: int, folder: Path, read: Cost) -> None:
        """Measure one letter typed in an editor, from the edit to the findings: the difference between more and less typing, by letter."""
        if find_spec("pygls") is None:
            print(f"{'':>9}    keystrokes are not measured: they need `pip install 'argument-kb[lsp]'`")
            return
        for what in LETTERS:
            few, many = (
                measure(*PYTHON, str(HERE / "keystroke.py"), str(folder), what, str(times), runs=3)
                for times in (2, 2 + TYPED)
            )
            self.add(nodes, f"keystroke, {what}", Cost(max(many.cpu - few.cpu, 0.0) / TYPED, many.mib), read)

    def build(self, nodes: int, folder: Path, kb: tuple[str, ...]) -> None:
        """Measure the site, beside writing as many bytes in as many pages."""
        cold = measure(*kb, "build")
        count, size, largest = pages(folder / "_site")
        plain = folder / "plain"
        plain.mkdir()
        beside = floor("write", str(plain), str(count), str(size // count))
        self.add(nodes, "build", cold, beside)
        told = (("on average", size / count, PAGE_BAR), ("the largest", largest, LARGEST_BAR))
        for what, got, limit in told:
            mark = "ok" if got <= limit else "MISSED"
            print(f"{'':>9}    {count} pages, {what} {got / 1000:.1f} KB ({limit / 1000:.0f} KB {mark})")
        if nodes <= MOST_EDITED:
            first = len(EDITS) * turns(nodes, 3)
            edit(folder, "a note", first)
            self.add(nodes, "build after one edit", measure(*kb, "build"), beside)
            self.edited(
                nodes, folder, (*kb, "build"), beside, range(first + 1, first + 1 + len(EDITS) * turns(nodes, 2))
            )
            costs = []
            for number in (0, 1):
                found = objection(folder, number)
                found.with_name(f"new-{number}.yaml").write_text(NEW.format(found.stem))
                costs.append(measure(*kb, "build"))
            self.add(nodes, "build, a point added", min(costs), beside)


HEAD = f"{'nodes':>9}  {'what':<26}{'CPU s':>8}{'MiB':>7}{'floor s':>9}{'x floor':>9}{'growth':>8}  bar"


def line(row: Row) -> str:
    """A row as text, with its limits and whether they hold."""
    nodes = f"{row.nodes:,}".replace(",", " ") if row.nodes else "shipped"
    beside = f"{row.floor.cpu:>9.2f}{row.cost.cpu / max(row.floor.cpu, 0.001):>9.1f}" if row.floor else " " * 18
    growth = f"{row.growth:>8.1f}" if row.growth else " " * 8
    return f"{nodes:>9}  {row.what:<26}{row.cost.cpu:>8.2f}{row.cost.mib:>7.0f}{beside}{growth}  {verdict(row)}"


def verdict(row: Row) -> str:
    """Each bar with its mark."""
    ratio = row.cost.cpu / max(row.floor.cpu, 0.001) if row.floor else None
    asked = (
        ("s", row.bar.cpu, row.cost.cpu),
        ("MiB", row.bar.mib, row.cost.mib),
        ("x floor", row.bar.floors, ratio),
        ("x growth", row.bar.growth, row.growth),
    )
    told = [f"{limit:g} {unit} {'ok' if got <= limit else 'MISSED'}" for unit, limit, got in asked if limit and got]
    return ", ".join(told)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000], metavar="N")
    parser.add_argument("--without", nargs="+", default=[], choices=["shipped", "lint", "typing", "query", "build"])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kb-bench-") as folder:
        os.environ["XDG_CONFIG_HOME"] = folder  # the folder in which the tool keeps the key of its caches
        bench = Bench(Path(folder), frozenset(options.without))
        print(f"Python {sys.version.split()[0]} on {os.cpu_count()} processors\n\n{HEAD}")
        if "shipped" not in options.without:
            bench.shipped()
        for nodes in sorted(options.sizes):
            bench.size(nodes)


if __name__ == "__main__":
    main()
