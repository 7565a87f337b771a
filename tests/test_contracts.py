"""The house as tests: which module may import which, what may touch the outside world, how long things may get.

The package is a spine of singular modules and plural packages of leaves (one thing in each file). A new module takes its place in
`ORDER`; everything else here is found by looking at the package.
"""

from __future__ import annotations

import ast
import functools
import graphlib
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

import kb
from kb import discover

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(kb.__file__).parent
ROOT = PACKAGE.parent

ORDER = """
    __main__
    cli
    commands
    options

    previewing.server
    previewing.preview | previewing.watch
    previewing.rebuilding | previewing.state
    previewing.notes | previewing.became
    previewing.whereabouts

    serving.server
    serving.answers
    serving.protocol
    serving.desk
    editing.hover | editing.completion | editing.actions | editing.renaming | editing.symbols | editing.lenses
    editing.offers
    editing.telling
    editing.names | schema
    editing.meanings | editing.words | editing.shown

    fixing.debate | fixing.saving
    publish | workspace
    fixing.rounds
    fixing.splice | fixing.diff
    git | writing | linting.baseline | linting.changes | linting.modes | linting.statistics
    report | site | start
    formats
    reporting.plain | reporting.rows
    reporting.columns | reporting.excerpt | reporting.findings
    pages | companions

    templating.environment
    templating.bytecode
    templating.compiling | templating.sandbox
    templating.inlining | templating.macros | templating.printing

    publishing.blame | publishing.unused
    publishing.written | publishing.marks
    publishing.theme | publishing.document
    publishing.findable | publishing.records
    publishing.json_lines
    publishing.single_pages
    publishing.stands | publishing.glossing
    publishing.pictured
    publishing.outline | publishing.disputes | publishing.topic_maps
    publishing.aif | publishing.schema_org | publishing.feed
    publishing.node_map
    publishing.bearings
    publishing.cards
    publishing.passage_pages | publishing.dependencies
    publishing.messages | publishing.postings
    publishing.paging
    publishing.markup | publishing.addresses
    publishing.posters | publishing.folding

    mapping.interactive | mapping.paper
    mapping.drawing
    mapping.stacking
    mapping.tracing
    mapping.channels | mapping.graphviz
    mapping.ports
    mapping.layering
    mapping.routing
    mapping.layout
    mapping.overview
    mapping.neighbourhood | mapping.forest
    mapping.chart | mapping.text_width | mapping.graphviz_worker

    output.folder
    output.lock | output.ownership
    output.builder | output.marker
    output.links
    output.tags

    caching.tree
    caching.store
    caching.outline
    caching.codec | caching.shelf
    caching.signed
    caching.key
    caching.places
    incremental.found
    incremental.rechecking
    incremental.silence
    incremental.edits
    incremental.parts
    incremental.connections
    lint
    linting.choice
    linting.allowances
    rules
    linting.identity | linting.letters | linting.manual | linting.scope
    granting
    mentions | phrases | wording

    chronicle.tale
    chronicle.deeds
    chronicle.milestones | chronicle.moment
    chronicle.turns
    outlook
    prose
    queries
    disagreements
    contention.sides
    contention.contests | contention.debts | contention.objections
    contention.moves | contention.paths | contention.rows
    settling.robust | settling.sets | settling.views | settling.consequence
    settling.maxsat | settling.worlds
    settling.flips | settling.clauses
    settling.conditions
    evaluate | gradual.contributions
    gradual.slopes
    gradual.solving
    gradual.graph
    gradual.influence
    semantics | standing.unsettled
    abstract.tasks | abstract.notation | abstract.readings
    abstract.extensions | abstract.flattening
    abstract.solver | abstract.grounded
    abstract.attacks
    standing.framework
    standing.stances
    standing.acts

    load | former
    reading.assemble
    indexed
    parted
    results
    debate | reading.contents | reading.files
    reading.layout | reading.comments
    components | inference | passages | topics | reading.decode | reading.settings
    reading.records
    reading.fields
    reading.remedies | spelling
    reading.entries
    model
    glosses | catalogue
    reading.source | vocabulary
    reading.text | reading.torn | reading.letters
    reading.values | reading.syntax
    reading.slips
    reading.lines
    suggest | finding | tables | memory | dates
    breaking
    discover | __init__
"""
"""From the top down: a module imports only modules below it. Modules on one line do not import each other."""

ROOMS = (
    "abstract",
    "caching",
    "chronicle",
    "contention",
    "editing",
    "fixing",
    "gradual",
    "incremental",
    "linting",
    "mapping",
    "output",
    "previewing",
    "publishing",
    "reading",
    "reporting",
    "serving",
    "settling",
    "standing",
    "templating",
)
"""Packages of different things that belong together; each module has a place of its own in the order."""
LEAVES = ("commands", "companions", "formats", "pages", "rules")
"""Packages whose modules are found by their runners and imported by no other module."""
LIBRARIES = ("queries", "semantics")
"""Plural packages whose modules may use each other."""

ONLY_IN = {
    "yaml": {"kb.reading.source"},
    "wcwidth": {"kb.breaking"},
    "jinja2": {
        "kb.site",
        "kb.templating",
    },
    "markupsafe": {
        "kb.site",
        "kb.pages",
        "kb.publishing.bearings",
        "kb.publishing.cards",
        "kb.publishing.document",
        "kb.templating.sandbox",
        "kb.templating.environment",
        "kb.publishing.written",
        "kb.mapping.drawing",
        "kb.publishing.glossing",
        "kb.publishing.markup",
        "kb.publishing.messages",
        "kb.templating.printing",
        "kb.publishing.node_map",
        "kb.mapping.interactive",
        "kb.publishing.topic_maps",
    },
    "markdown_it": {"kb.publishing.markup", "kb.publishing.document"},
    "click": {"kb.cli", "kb.commands", "kb.options"},
    "networkx": {"kb.components"},
    "PIL": {"kb.publishing.posters"},
    "pygls": {"kb.serving"},
    "pygraphviz": {"kb.mapping.graphviz_worker"},
    "pysat": {"kb.abstract.solver", "kb.settling.maxsat"},
    "lsprotocol": {"kb.serving"},
    "kb.serving": {"kb.commands.lsp", "kb.serving"},
    "kb.previewing": {"kb.commands.serve", "kb.previewing"},
    "http": {"kb.previewing.server"},
    "threading": {"kb.previewing", "kb.commands.serve"},
    "watchfiles": {"kb.previewing.watch"},
}
"""Who may import a package from outside; a name covers the modules below it."""
LAZY = {
    "PIL",
    "jinja2",
    "markdown_it",
    "networkx",
    "pygls",
    "lsprotocol",
    "pysat",
    "kb.serving",
    "kb.templating",
    "kb.previewing",
    "watchfiles",
    "wcwidth",
}
"""Packages loaded inside the function that needs them, since most commands do not need them."""
APART = {
    "kb.serving",
    "kb.templating",
    "kb.previewing",
}
"""What is itself loaded like that, for the one command that it is for: what it needs it has at hand."""

WORLD = {"os", "pathlib", "shutil", "tempfile", "glob", "fileinput"}
TOUCHES_FILES = {
    "kb.caching",
    "kb.load",
    "kb.reading.files",
    "kb.output.lock",
    "kb.output.folder",
    "kb.output.ownership",
    "kb.publishing.theme",
    "kb.previewing",
    "kb.serving",
    "kb.start",
    "kb.options",
    "kb.git",
    "kb.writing",
    "kb.cli",
    "kb.commands",
}
NEVER = {
    "time",
    "datetime",
    "random",
    "secrets",
    "uuid",
    "socket",
    "subprocess",
    "urllib.request",
    "getpass",
    "platform",
}
"""The same debate gives the same bytes, so nothing below the commands depends on the day, the machine or chance."""
VAGUE = {"utils", "util", "common", "helpers", "base", "data", "core", "misc", "tools", "lib", "manager", "handlers"}

MAX_FILE, MAX_FUNCTION = 300, 40


class Import(NamedTuple):
    """`module` imports `name`; at once or inside a function, at run time or for the type checker only."""

    module: str
    name: str
    line: int
    lazy: bool
    typing: bool


@functools.cache
def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts)] = path
    return found


@functools.cache
def tree(module: str) -> ast.Module:
    return ast.parse(modules()[module].read_text("utf-8"))


def imports_of(module: str) -> Iterator[Import]:
    """Every import of a module, wherever it stands in it."""

    def walk(node: ast.AST, *, lazy: bool, typing: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                yield from (Import(module, alias.name, child.lineno, lazy, typing) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                assert child.level == 0, f"{module}:{child.lineno}: imports are absolute"
                for alias in child.names:
                    full = f"{child.module}.{alias.name}"
                    name = full if full in modules() or f"{full}.__init__" in modules() else child.module
                    yield Import(module, name or "", child.lineno, lazy, typing)
            else:
                inside = lazy or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
                guarded = typing or (isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING")
                yield from walk(child, lazy=inside, typing=guarded)

    return walk(tree(module), lazy=False, typing=False)


@functools.cache
def imports() -> tuple[Import, ...]:
    return tuple(found for module in modules() for found in imports_of(module))


def covers(names: set[str], module: str) -> bool:
    """Whether a module is one of these names, or inside one of these packages."""
    return any(module == name or module.startswith(f"{name}.") for name in names)


def place(module: str) -> str:
    """The name of a module in the order: its own if it is in a room, else that of its package."""
    parts = module.split(".")[1:]
    if not parts or (parts[0] in ROOMS and parts[1:] in ([], ["__init__"])):
        return "__init__"
    return ".".join(parts[:2]) if parts[0] in ROOMS else parts[0]


RANK = {
    name.strip(): rank
    for rank, line in enumerate(reversed(ORDER.split("\n")))
    for name in line.split("|")
    if name.strip()
}


def test_every_module_has_its_place_in_the_order_and_every_place_its_module() -> None:
    there = {place(module) for module in modules()}
    assert there - set(RANK) == set(), "new modules: give them a line in ORDER"
    assert set(RANK) - there == set(), "gone: take them out of ORDER"


def test_a_module_imports_only_what_stands_below_it() -> None:
    wrong = []
    for found in imports():
        if not covers({"kb"}, found.name):
            continue
        above, below = place(found.module), place(found.name)
        named_only = (
            found.typing and found.name == "kb.cli" and above in {"commands", "options"}
        )  # the Project it is given
        inside = above == below and above in LIBRARIES
        if RANK[above] <= RANK[below] and not inside and not named_only:
            wrong.append(f"{found.module}:{found.line} imports {found.name}")
    assert wrong == []


def test_no_two_modules_import_each_other() -> None:
    graph: dict[str, set[str]] = {module: set() for module in modules()}
    for found in imports():
        if found.name in graph and found.name != found.module and not found.typing:
            graph[found.module].add(found.name)
    list(graphlib.TopologicalSorter(graph).static_order())  # raises and names the circle


def test_nobody_imports_a_leaf() -> None:
    leaves = {f"kb.{name}" for name in LEAVES}
    assert [f"{i.module}:{i.line} imports {i.name}" for i in imports() if covers(leaves, i.name)] == []


def test_what_renders_does_not_check_and_what_checks_does_not_render() -> None:
    checkers = [i for i in imports() if i.name == "kb.lint" and not i.typing]
    assert [i.module for i in checkers if not covers({"kb.commands", "kb.workspace"}, i.module)] == []
    writers = [i for i in imports() if i.name in {"kb.site", "kb.output.folder", "kb.start"} and not i.typing]
    assert [i.module for i in writers if not covers({"kb.commands", "kb.previewing", "kb.publish"}, i.module)] == []


@pytest.mark.parametrize("package", sorted(ONLY_IN))
def test_a_package_from_outside_is_used_in_its_one_place(package: str) -> None:
    users = [i for i in imports() if covers({package}, i.name)]
    assert [f"{i.module}:{i.line}" for i in users if not covers(ONLY_IN[package], i.module)] == []
    if package in LAZY:
        eager = [i for i in users if not (i.lazy or i.typing or covers(APART, i.module))]
        assert [f"{i.module}:{i.line} is not lazy" for i in eager] == []


def test_no_other_package_from_outside_is_used() -> None:
    known = {*sys.stdlib_module_names, *ONLY_IN, "kb"}
    assert {i.name for i in imports() if i.name.split(".")[0] not in known} == set()


def test_only_loading_building_and_starting_touch_files() -> None:
    wrong = [
        f"{i.module}:{i.line} imports {i.name}"
        for i in imports()
        if i.name in WORLD and not i.typing and not covers(TOUCHES_FILES, i.module)
    ]
    assert wrong == []


def test_nothing_below_the_commands_asks_the_clock_the_machine_or_the_dice() -> None:
    above = {"kb.cli", "kb.commands", "kb.git", "kb.options"}
    apart = {("kb.mapping.graphviz", "subprocess")}  # it may crash; the same numbers get the same answer
    wrong = [
        f"{i.module}:{i.line} imports {i.name}"
        for i in imports()
        if i.name in NEVER and not covers(above, i.module) and (i.module, i.name) not in apart
    ]
    for module in modules():
        if covers(above, module):
            continue
        for node in ast.walk(tree(module)):
            said = ast.unparse(node) if isinstance(node, ast.Attribute) else ""
            if said in {"os.environ", "os.getenv", "os.getcwd", "Path.cwd", "Path.home", "os.getpid"}:
                wrong.append(f"{module}:{getattr(node, 'lineno', 0)} asks {said}")
    assert wrong == []


def test_only_the_commands_speak_to_the_terminal() -> None:
    above = {
        "kb.cli",
        "kb.commands",
        "kb.options",
        "kb.__main__",
        "kb.mapping.graphviz_worker",
    }  # a program of its own
    wrong = [
        f"{module}:{node.lineno}"
        for module in modules()
        if not covers(above, module)
        for node in ast.walk(tree(module))
        if (isinstance(node, ast.Name) and node.id in {"print", "input"})
        or (
            isinstance(node, ast.Attribute)
            and ast.unparse(node) in {"sys.stdout", "sys.stderr", "sys.stdin", "sys.argv"}
        )
    ]
    assert wrong == []


def test_no_module_has_a_vague_name() -> None:
    assert [m for m in modules() if m.rpartition(".")[2] in VAGUE] == []


def test_no_result_is_any() -> None:
    wrong = [
        f"{module}:{node.lineno}"
        for module in modules()
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Name) and node.id == "Any"
    ]
    assert wrong == []


def test_no_file_is_too_long_to_read_in_one_sitting() -> None:
    lengths = {module: len(path.read_text("utf-8").splitlines()) for module, path in modules().items()}
    assert {module: length for module, length in lengths.items() if length > MAX_FILE} == {}


def test_no_function_is_too_long_to_see_at_once() -> None:
    long = {}
    for module in modules():
        for node in ast.walk(tree(module)):
            if isinstance(node, ast.FunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > MAX_FUNCTION:
                    long[f"{module}.{node.name}"] = length
    assert long == {}


def test_every_module_says_what_it_is_for() -> None:
    assert [module for module in modules() if not ast.get_docstring(tree(module))] == []


@pytest.mark.parametrize("name", discover.names("kb.commands"))
def test_a_command_is_named_by_its_file_and_helps(name: str) -> None:
    import click  # noqa: PLC0415 - only here

    command = discover.module("kb.commands", name).command
    assert isinstance(command, click.Command)
    assert (command.help or "").strip().partition("\n")[0].endswith(".")


def loaded_by(*arguments: str) -> set[str]:
    """The heavy packages and the parts of `kb` that a command loads."""
    code = (
        "import sys\nfrom kb.cli import main\n"
        f"try:\n    main({list(arguments)!r})\nexcept SystemExit:\n    pass\n"
        "print('modules:', *sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(run.stdout.rpartition("modules:")[2].split())


def test_help_loads_neither_reader_nor_templates_nor_graphs() -> None:
    loaded = loaded_by("--help")
    assert (
        loaded
        & {
            "yaml",
            "jinja2",
            "markdown_it",
            "networkx",
            "json",
            "kb.load",
            "kb.debate",
            "kb.site",
            "kb.catalogue",
            "tomllib",
        }
        == set()
    )


@pytest.mark.parametrize(
    "arguments", [("lint",), ("list",), ("open",), ("participants",), ("why", "books-came-back-in-the-trial")]
)
def test_everyday_commands_load_neither_templates_nor_graphs(arguments: tuple[str, ...]) -> None:
    starter = ("-C", str(PACKAGE / "starter"))
    loaded = loaded_by(*starter, *arguments)
    assert "kb.load" in loaded
    assert loaded & {"jinja2", "markdown_it", "networkx"} == set()


MACHINE = re.compile(r"(?<![\w.~}])/(?:work|tmp|root|home|opt|mnt|Users)/\w")
"""A path that exists on one machine only."""
NOT_OURS = {".git", ".tools", ".venv", "_site", "dist", "__pycache__", "node_modules"}


def files() -> Iterator[Path]:
    """Every text of the repository."""
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT).parts
        hidden = any(p in NOT_OURS or p.endswith(("_cache", ".egg-info")) or p == ".hypothesis" for p in inside)
        if path.is_file() and not hidden and path.suffix not in {".png", ".pyc", ".woff2", ".ico"}:
            yield path


def test_no_file_names_a_path_of_one_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in files()
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        if MACHINE.search(line)
    ]
    assert found == []
