"""Remembering answers about a debate, marks of plain values, and making many records without garbage collection."""

from __future__ import annotations

import gc
import hashlib
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Asked = TypeVar("Asked")
About = TypeVarTuple("About")
Answer = TypeVar("Answer")


def once(function: Callable[[Asked], Answer]) -> Callable[[Asked], Answer]:
    """Ask a function once of each debate, or of anything else that never changes: the answer is kept with it for as long as it lives."""
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def remembered(asked: Asked) -> Answer:
        known: dict[str, Answer] = asked.__dict__
        try:
            return known[name]
        except KeyError:
            answer = known[name] = function(asked)
            return answer

    return remembered


def once_each(function: Callable[[Asked, *About], Answer]) -> Callable[[Asked, *About], Answer]:
    """Ask a function once about each thing in a debate: the answer is kept with the debate for as long as it lives."""
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def remembered(asked: Asked, *about: *About) -> Answer:
        known: dict[tuple[object, ...], Answer] = asked.__dict__.setdefault(name, {})
        if about not in known:
            known[about] = function(asked, *about)
        return known[about]

    return remembered


def was_asked(function: Callable[[Asked], Answer], asked: Asked) -> bool:
    """Whether the answer of such a function about this is known."""
    return f"{function.__module__}.{function.__qualname__}" in vars(asked)


def forget(asked: object) -> None:
    """Let go of all answers of functions that are asked once: most of them refer to what was asked about, and would live as long as it."""
    known = vars(asked)
    for name in [name for name in known if "." in name]:
        del known[name]


def mark(of: object) -> str:
    """A digest of plain values: equal values have the same digest, others another."""
    return hashlib.blake2b(repr(of).encode("utf-8", "replace"), digest_size=20).hexdigest()


NUMBER_BITS = 64
"""The bits of a mark that are enough to tell what one point says from what any other says."""


def number(of: object) -> int:
    """A shorter mark, which takes less room if there are many."""
    return int(mark(of)[: NUMBER_BITS // 4], 16)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Switch garbage collection off while many small objects are made that will all stay: it would take a third of the time.

    Afterwards these count as old, so that the first collection does not look through all of them.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.unfreeze()
        if was_enabled:
            gc.enable()
