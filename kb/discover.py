"""Find the leaves of a plural package: one module, one thing, named after its file."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType


@functools.cache
def names(package: str) -> tuple[str, ...]:
    """Kebab-case names of all modules of a package, sorted, without importing them."""
    path = importlib.import_module(package).__path__
    return tuple(sorted(m.name.replace("_", "-") for m in pkgutil.iter_modules(path)))


@functools.cache
def module(package: str, name: str) -> ModuleType:
    """The module that the kebab-case name stands for."""
    return importlib.import_module(f"{package}.{name.replace('-', '_')}")


def modules(package: str) -> dict[str, ModuleType]:
    """All modules of a package by kebab-case name, sorted."""
    return {name: module(package, name) for name in names(package)}
