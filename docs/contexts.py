"""What every template of the site is given, read from the code: docs/templates.md, written by `docs/write.py`."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kb import discover
from kb.publishing import written
from kb.site import PAGES
from kb.templating import environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

_HEAD = """# What templates are given

Written by `make docs` from the code. [site/README.md](../site/README.md) says how a debate replaces single templates by its own.
A template knows what its page is given, and what all templates know; any other name is an error. A record is named by its type,
and described once, at the end."""


class Record(NamedTuple):
    """A record by its name and the module that has it."""

    name: str
    module: str


def templates() -> str:
    """The whole file."""
    modules = {name.replace("-", "_"): discover.module(PAGES, name) for name in discover.names(PAGES)} | {
        "_written": written
    }
    parts = [_HEAD, "## What all templates know", _table(environment, "Shared"), _table(environment, "PageFields")]
    wanted = _named(environment, "Shared") | _named(environment, "PageFields")
    for name, module in modules.items():
        parts += [f"## `{name}.html`", _summary(module), _table(module, "Context")]
        wanted |= _named(module, "Context")
    done: set[Record] = set()
    while wanted - done:
        record = min(wanted - done)
        done.add(record)
        wanted |= _named(importlib.import_module(record.module), record.name)
    parts.append("## Records")
    for record in sorted(done):
        alike = sum(other.name == record.name for other in done) > 1
        place = f" of {record.module.rpartition('.')[2]}.html" if alike and ".pages." in record.module else ""
        parts += [f"### {record.name}{place}", _table(importlib.import_module(record.module), record.name)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _summary(module: ModuleType) -> str:
    return (inspect.getdoc(module) or "").partition("\n\n")[0].replace("\n", " ")


def _table(module: ModuleType, name: str) -> str:
    """What a record is and its fields, each with its type and what it says."""
    found = _class(module, name)
    said = (ast.get_docstring(found) or "").replace("\n", " ")
    rows = "".join(
        f"| `{field}` | `{kind}` | {gloss} |\n".replace("|  |", "| |") for field, kind, gloss in _fields(found)
    )
    table = f"| field | type | says |\n|---|---|---|\n{rows.replace('` | `', '` | `')}".rstrip() if rows else ""
    return "\n\n".join(part for part in ("" if name == "Context" else said, table) if part)


def _fields(found: ast.ClassDef) -> Iterator[tuple[str, str, str]]:
    """Fields with their annotations and the text below each."""
    for statement, below in zip(found.body, [*found.body[1:], None], strict=True):
        if isinstance(statement, ast.AnnAssign):
            said = below.value.value if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) else ""
            kind = ast.unparse(statement.annotation).replace("|", "or")
            yield ast.unparse(statement.target), kind, " ".join(str(said).split())
        elif isinstance(statement, ast.FunctionDef) and any(
            ast.unparse(d) == "property" for d in statement.decorator_list
        ):
            kind = ast.unparse(statement.returns).replace("|", "or") if statement.returns else ""
            yield statement.name, kind, (ast.get_docstring(statement) or "").partition("\n\n")[0].replace("\n", " ")


def _named(module: ModuleType, name: str) -> set[Record]:
    """The records that stand in the types of a record's fields."""
    words = {word for _, kind, _ in _fields(_class(module, name)) for word in re.findall(r"[A-Z]\w+", kind)}
    homes = ((word, _home(module, word)) for word in words)
    return {Record(word, home.__name__) for word, home in homes if home is not None}


def _home(module: ModuleType, name: str) -> ModuleType | None:
    """The module of ours in which a record that a module knows is written; none for words that stand for plain values."""
    if _has(module, name):
        return module
    for node in ast.walk(_tree(module)):
        if (
            isinstance(node, ast.ImportFrom)
            and (node.module or "").startswith("kb")
            and any(a.name == name for a in node.names)
        ):
            there = importlib.import_module(node.module or "")
            return there if _has(there, name) else None
    return None


def _has(module: ModuleType, name: str) -> bool:
    return any(isinstance(node, ast.ClassDef) and node.name == name for node in _tree(module).body)


def _class(module: ModuleType, name: str) -> ast.ClassDef:
    return next(node for node in _tree(module).body if isinstance(node, ast.ClassDef) and node.name == name)


@cache
def _tree(module: ModuleType) -> ast.Module:
    return ast.parse(inspect.getsource(module))
