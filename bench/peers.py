"""Beside the neighbours: `python bench/peers.py [--size 1000] [--tools FOLDER]`.

Writes one made-up debate, turns its nodes and links into the formats of Doorstop, sphinx-needs and TRLC, and checks the same graph with
each, and the YAML with yamllint. Prints processor time (user and system, of a fresh process, start-up included, the least of several
runs) and peak memory, and everything as a multiple of `kb lint` in the same run. Each tool has an environment of its own, into which it is
installed from the package registry when first needed; a tool that cannot be installed is named and left out.

The tools check different things: yamllint only syntax and style, the others ids and links, `kb lint` also what the links mean.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from run import HERE, KB, PYTHON, ROOT, Cost, floor, measure

sys.path.insert(0, str(ROOT))
from kb.load import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class Item(NamedTuple):
    """A node in a form that every tool can hold: a number, its text, and the numbers of the nodes to which it leads."""

    number: int
    text: str
    links: tuple[int, ...]


class Peer(NamedTuple):
    """A tool to compare with: what to install, how to write the debate for it, and how it checks."""

    name: str
    package: str
    write: Callable[[Path, Sequence[Item]], None]
    check: tuple[str, ...]


def items(folder: Path) -> list[Item]:
    """The debate as numbered items, whose links never make a circle."""
    debate = load(folder / "claims").debate
    numbers = {node_id: number for number, node_id in enumerate(debate.ordered, 1)}
    return [
        Item(numbers[i], " ".join(debate.nodes[i].text.split()), tuple(sorted(numbers[end] for end in debate.ends(i))))
        for i in debate.ordered
    ]


NOWHERE = 999_999
"""A number that no item has."""


def put(path: Path, lines: Iterator[str] | Sequence[str]) -> None:
    """Write a file line by line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def doorstop(folder: Path, listed: Sequence[Item]) -> None:
    """A file for each item, in a repository of its own."""
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    put(folder / "claims/.doorstop.yml", ["settings:", "  digits: 6", "  prefix: C", "  sep: ''"])
    for item in listed:
        links = [f"- C{link:06}: null" for link in item.links]
        put(
            folder / f"claims/C{item.number:06}.yml",
            [
                *(
                    "active: true",
                    "derived: false",
                    "header: ''",
                    f"level: 1.{item.number}",
                    "links:" if links else "links: []",
                    *links,
                ),
                *("normative: true", "ref: ''", "reviewed: null", "text: |", f"  {item.text}"),
            ],
        )


def sphinx_needs(folder: Path, listed: Sequence[Item]) -> None:
    """A document for every hundred needs."""
    put(folder / "conf.py", ["extensions = ['sphinx_needs']", "needs_id_regex = '^N_[0-9]{6}$'"])
    pages = [listed[start : start + 100] for start in range(0, len(listed), 100)]
    put(
        folder / "index.rst", ["A debate", "========", "", ".. toctree::", "", *(f"   p{n}" for n in range(len(pages)))]
    )
    for number, page in enumerate(pages):
        lines = [f"Part {number:06}", "==========="]
        for item in page:
            links = ", ".join(f"N_{link:06}" for link in item.links)
            lines += ["", f".. req:: Point {item.number}", f"   :id: N_{item.number:06}"]
            lines += [f"   :links: {links}"] if links else []
            lines += ["", f"   {item.text}"]
        put(folder / f"p{number}.rst", lines)


def trlc(folder: Path, listed: Sequence[Item]) -> None:
    """A type and a file of records."""
    put(
        folder / "debate.rsl",
        ["package Debate", "type Point {", "  text String", "  links optional Point [0 .. *]", "}"],
    )
    lines = ["package Debate"]
    for item in listed:
        lines += [f"Point P{item.number:06} {{", f'  text = "{item.text}"']
        lines += [f"  links = [{', '.join(f'P{link:06}' for link in item.links)}]"] if item.links else []
        lines += ["}"]
    put(folder / "debate.trlc", lines)


def nothing(folder: Path, listed: Sequence[Item]) -> None:
    """Nothing to write, for a tool that reads the files of the debate themselves."""
    del folder, listed


PEERS = (
    Peer("yamllint", "yamllint", nothing, ("-m", "yamllint", "-d", "relaxed", "{claims}")),
    Peer("TRLC", "trlc", trlc, ("-m", "trlc", "{folder}")),
    Peer("Doorstop", "doorstop", doorstop, ("-m", "doorstop.cli.main", "--quiet", "--no-reformat", "-j", "{folder}")),
    Peer(
        "sphinx-needs", "sphinx-needs", sphinx_needs, ("-m", "sphinx", "-q", "-b", "dummy", "{folder}", "{folder}/_out")
    ),
)


def installed(package: str, tools: Path) -> Path | None:
    """The interpreter of a tool's environment; None if the registry does not have the tool."""
    home = tools / package
    python = home / "bin" / "python"
    if not (home / ".ready").exists():
        print(f"installing {package} …", file=sys.stderr)
        venv.create(home, with_pip=True, clear=True)
        run = subprocess.run([python, "-m", "pip", "install", "-q", package], capture_output=True, check=False)
        if run.returncode:
            return None
        (home / ".ready").touch()
    return python


def looks(peer: Peer, python: Path, made: Path, listed: Sequence[Item]) -> bool:
    """Whether the tool really follows links, and so reports one that leads nowhere (yamllint need not)."""
    if peer.write is nothing:
        return True
    place = made / f"{peer.package}-broken"
    peer.write(place, [listed[0]._replace(links=(NOWHERE,)), *listed[1:]])
    command = [part.format(claims="", folder=place) for part in peer.check]
    run = subprocess.run([python, *command], capture_output=True, text=True, check=False, cwd=place)
    return str(NOWHERE) in run.stdout + run.stderr


def version(python: Path, package: str) -> str:
    """The installed release of a tool."""
    asked = f"import importlib.metadata as m; print(m.version({package!r}))"
    return subprocess.run([python, "-c", asked], capture_output=True, text=True, check=True).stdout.strip()


def line(name: str, cost: Cost, ours: Cost) -> str:
    """A row of the table."""
    return f"{name:<24}{cost.cpu:>8.2f}{cost.mib:>8.0f}{cost.cpu / ours.cpu:>10.1f}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=1_000, metavar="N")
    parser.add_argument("--tools", type=Path, default=HERE / ".tools", metavar="FOLDER")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kb-peers-") as made:
        folder = Path(made) / "kb"
        measure(*PYTHON, str(HERE / "debates.py"), str(options.size), str(folder))
        listed = items(folder)
        ours = measure(*KB, "-C", str(folder), "lint", "--no-cache", runs=3)
        print(f"{options.size} nodes, {sum(len(i.links) for i in listed)} links, Python {sys.version.split()[0]}\n")
        print(f"{'':<24}{'CPU s':>8}{'MiB':>8}{'x kb lint':>10}")
        print(line("kb lint", ours, ours))
        print(line("reading the bytes", floor("read", str(folder), runs=3), ours), flush=True)
        for peer in PEERS:
            python = installed(peer.package, options.tools)
            if python is None:
                print(f"{peer.name:<24}could not be installed")
                continue
            if not looks(peer, python, Path(made), listed):
                print(f"{peer.name:<24}does not follow links as it is set up here")
                continue
            place = Path(made) / peer.package
            peer.write(place, listed)
            command = [part.format(claims=folder / "claims", folder=place) for part in peer.check]
            cost = measure(str(python), *command, runs=2, cwd=place if place.exists() else folder)
            print(line(f"{peer.name} {version(python, peer.package)}", cost, ours), flush=True)


if __name__ == "__main__":
    main()
